"""The ten types of condition, and how they are read from JSON."""

from .base import Condition, FactCondition
from .facts import (
    IndexerFlagCondition,
    LanguageCondition,
    QualityModifierCondition,
    ResolutionCondition,
    SourceCondition,
)
from .ranges import SizeCondition, YearCondition
from .reading import CONDITION_TYPES, read_condition
from .texts import EditionCondition, ReleaseGroupCondition, ReleaseTitleCondition, TextCondition

__all__ = [
    "CONDITION_TYPES",
    "Condition",
    "EditionCondition",
    "FactCondition",
    "IndexerFlagCondition",
    "LanguageCondition",
    "QualityModifierCondition",
    "ReleaseGroupCondition",
    "ReleaseTitleCondition",
    "ResolutionCondition",
    "SizeCondition",
    "SourceCondition",
    "TextCondition",
    "YearCondition",
    "read_condition",
]
