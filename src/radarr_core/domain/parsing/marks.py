"""Words about how a release was made, put right or cut."""

from __future__ import annotations

from radarr_core.domain.quality import FIRST_REVISION, Revision
from radarr_core.domain.releases import Cut, Mark

from .tokens import Tokens

MARKS: dict[str, Mark] = {
    "remux": Mark.REMUX, "bdremux": Mark.REMUX, "uhdremux": Mark.REMUX, "uhdbdremux": Mark.REMUX,
    "hybrid": Mark.HYBRID, "internal": Mark.INTERNAL,
    "int": Mark.INTERNAL, "scene": Mark.SCENE, "proper": Mark.PROPER, "limited": Mark.LIMITED, "dubbed": Mark.DUBBED,
    "dub": Mark.DUBBED, "subbed": Mark.SUBBED, "sample": Mark.SAMPLE, "real": Mark.REAL, "repack": Mark.REPACK,
    "rerip": Mark.REPACK,
}  # fmt: skip
MARKS.update({f"{word}{digit}": Mark.REPACK for word in ("repack", "rerip") for digit in range(1, 10)})

# Looking a member up on its enumeration costs ten times a global name.
_REAL, _PROPER, _REPACK = Mark.REAL, Mark.PROPER, Mark.REPACK


def read_marks(tokens: Tokens, hits: list[tuple[int, Mark]]) -> list[tuple[int, Mark]]:
    """The marks that count; REAL is one in capitals only, INT not inside a title-case name."""
    return [
        (i, mark)
        for i, mark in hits
        if (mark is not _REAL or tokens.words[i] == "REAL") and (tokens.lows[i] != "int" or tokens.words[i].isupper())
    ]


# -- revisions ---------------------------------------------------------------------------------------------------------

_VERSION_SEPS = frozenset(("", "-", "_", ".", " "))
# What follows a version: a separator, or the end of the name, which an extension may still follow.
_AFTER_VERSION = frozenset(("", "-", "_", ".", " "))
_REVISIONS: dict[tuple[int, int, bool], Revision] = {}


def read_version(tokens: Tokens, hits: list[tuple[int, int]]) -> tuple[int, int] | None:
    """An explicit version and its word: `01v2`, `2019 v2`, `[v2]`. A letter before it makes it something else."""
    for i, version in hits:
        word = tokens.lows[i]
        gap, after = tokens.gaps[i], tokens.gaps[i + 1]
        if word[0] != "v":
            if after[:1] in _AFTER_VERSION:
                return version, i
        elif (gap.endswith("[") and after.startswith("]")) or (
            i and gap in _VERSION_SEPS and tokens.lows[i - 1][-1].isdigit() and after[:1] in _AFTER_VERSION
        ):
            return version, i
    return None


def revise(tokens: Tokens, marks: list[tuple[int, Mark]], version: int | None) -> Revision:
    """One revision from the marks and the explicit version; PROPER and REPACK raise it by one, not by two."""
    repaired = is_repack = False
    reals = 0
    for i, mark in marks:
        if mark is _REAL:
            reals += 1
        elif mark is _PROPER:
            repaired = True
        elif mark is _REPACK:
            repaired = is_repack = True
            digit = tokens.lows[i][-1]
            if version is None and digit.isdigit():
                version = int(digit)
    if not reals and not repaired and version is None:
        return FIRST_REVISION
    number = (version + 1 if version is not None else 2) if repaired else version if version is not None else 1
    key = (reals, number, is_repack)
    revision = _REVISIONS.get(key)
    if revision is None:
        revision = Revision(real=reals, version=number, is_repack=is_repack)
        if reals < 10:
            _REVISIONS[key] = revision
    return revision


# -- cuts --------------------------------------------------------------------------------------------------------------

_CUT_NOUNS = frozenset(("cut", "edition", "version", "editions"))
CUTS: dict[str, Cut] = {
    "directors": Cut.DIRECTORS, "director": Cut.DIRECTORS, "dc": Cut.DIRECTORS, "extended": Cut.EXTENDED,
    "ext": Cut.EXTENDED, "unrated": Cut.UNRATED, "theatrical": Cut.THEATRICAL, "special": Cut.SPECIAL,
    "collector": Cut.COLLECTOR, "collectors": Cut.COLLECTOR, "criterion": Cut.CRITERION, "ultimate": Cut.ULTIMATE,
    "limited": Cut.LIMITED, "remastered": Cut.REMASTERED, "remaster": Cut.REMASTERED, "uncut": Cut.UNCUT,
    "uncensored": Cut.UNCENSORED, "imax": Cut.IMAX, "anniversary": Cut.ANNIVERSARY, "diamond": Cut.DIAMOND,
    "final": Cut.FINAL, "despecialized": Cut.DESPECIALIZED, "matte": Cut.OPEN_MATTE, "restored": Cut.RESTORED,
    "fanedit": Cut.FAN, "assembly": Cut.ASSEMBLY, "signature": Cut.SIGNATURE, "alternative": Cut.ALTERNATIVE,
    "alternate": Cut.ALTERNATIVE, "om": Cut.OPEN_MATTE, "fan": Cut.FAN, "collection": Cut.COLLECTOR,
}  # fmt: skip
_ALTERNATIVE = Cut.ALTERNATIVE
_NEED_NOUN = frozenset((Cut.SPECIAL, Cut.FINAL, Cut.ASSEMBLY, Cut.SIGNATURE, Cut.DIAMOND))


def read_cuts(tokens: Tokens, hits: list[tuple[int, Cut]]) -> tuple[list[Cut], list[int]]:
    """Every kind of edition named, each once, and the words that name them."""
    cuts: list[Cut] = []
    places: list[int] = []
    for i, cut in hits:
        if cut not in cuts and _counts(tokens, i, cut):
            cuts.append(cut)
            places.append(i)
    return cuts, places


def _counts(tokens: Tokens, i: int, cut: Cut) -> bool:
    word, after = tokens.lows[i], tokens.lows[i + 1]
    if word == "director":
        return after in ("s", "cut")
    if word in ("dc", "ext", "om"):
        return tokens.words[i].isupper()
    if cut in _NEED_NOUN:
        return after in _CUT_NOUNS
    if cut is _ALTERNATIVE:
        return after in _CUT_NOUNS or tokens.lows[i + 2] in _CUT_NOUNS
    if word == "fan":
        return after == "edit"
    if word == "matte":
        return tokens.lows[i - 1] == "open"
    if word == "collection":
        return False
    return word != "collector" or after in ("s", *_CUT_NOUNS) or tokens.lows[i - 1] == "edition"
