"""A text in, what it says of a movie out: pure, total in `read_name`, one pass over the name."""

from .acceptance import parse_release, parse_release_path
from .names import read_name

__all__ = ["parse_release", "parse_release_path", "read_name"]
