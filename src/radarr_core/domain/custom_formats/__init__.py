"""Custom formats: conditions on releases, the scores they earn, and the data of the TRaSH guides.

`CustomFormat.from_trash` reads the guides' JSON, `FormatSet` matches many formats with many releases.
"""

from .format_set import FormatSet
from .formats import CustomFormat, read_formats, score_of
from .matching import ConditionVerdict, FormatMatch, FormatMatches, judge_format, judge_formats
from .patterns import Quarantine
from .subject import FormatSubject

__all__ = [
    "ConditionVerdict",
    "CustomFormat",
    "FormatMatch",
    "FormatMatches",
    "FormatSet",
    "FormatSubject",
    "Quarantine",
    "judge_format",
    "judge_formats",
    "read_formats",
    "score_of",
]
