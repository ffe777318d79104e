"""A text in, what it says of a movie out: pure, total in `read_name`, one pass over the name.

`tokens` cuts, `lexicon` looks up, `frames` and `layouts` find title and year, and each topic of the grammar
(`sources`, `pictures`, `video`, `audio`, `spoken`, `editions`, `groups`, ...) judges its own words.
"""

from .acceptance import parse_release, read_name
from .paths import parse_release_path

__all__ = ["parse_release", "parse_release_path", "read_name"]
