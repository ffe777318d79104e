"""Policies from files: profiles, custom formats and size limits as the guides publish them, and of one's own."""

from .formats import FormatFolder, read_format_folder
from .policy import PolicyFiles, list_readings, read_policy, read_policy_files
from .profiles import ReadProfile, read_profile_file
from .reading import read_policy_data
from .sizes import read_size_file

__all__ = [
    "FormatFolder",
    "PolicyFiles",
    "ReadProfile",
    "list_readings",
    "read_format_folder",
    "read_policy",
    "read_policy_data",
    "read_policy_files",
    "read_profile_file",
    "read_size_file",
]
