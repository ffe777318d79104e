"""The data of the TRaSH guides as typed values, each written back as it was read."""

from .groups import Conflict, Conflicts, FormatGroup, GroupedFormat
from .names import NameTemplates, ProfileGroup
from .profile_data import ProfileData, build_profile_data, default_groups
from .profiles import TrashProfile, TrashProfileItem
from .sizes import QualitySizes, SizeRow

__all__ = [
    "Conflict",
    "Conflicts",
    "FormatGroup",
    "GroupedFormat",
    "NameTemplates",
    "ProfileData",
    "ProfileGroup",
    "QualitySizes",
    "SizeRow",
    "TrashProfile",
    "TrashProfileItem",
    "build_profile_data",
    "default_groups",
]
