"""What sets a disagreement with guessit apart, for the classes that a rule can tell.

A predicate sees both claims and nothing else; those of field "movie", where one parser refuses, see the refusals.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from attrs import frozen

from radarr_core.domain.languages import LANGUAGE_BY_NAME, ORIGINAL, Language
from radarr_core.domain.parsing.group_names import REPOSTER_PREFIX, REPOSTERS
from radarr_core.domain.quality import UNKNOWN_QUALITY, DetectedFrom, Modifier, Source
from radarr_core.domain.releases import AudioClaim, AudioCodec, HdrFormat, ParsedRelease
from radarr_core.domain.titles import clean_title


@frozen
class Pair:
    """What both parsers make of one name: the claims, None for a refusal, and guessit's reason for its refusal."""

    name: str
    ours: ParsedRelease | None
    theirs: ParsedRelease | None
    their_refusal: str | None = None


Predicate = Callable[[ParsedRelease, ParsedRelease], bool]
PREDICATES: dict[str, Callable[[Pair], bool]] = {}


def predicate(function: Predicate) -> Predicate:
    """Registers a predicate on two claims by its name; it never holds where a parser refuses."""
    PREDICATES[function.__name__] = lambda pair: (
        pair.ours is not None and pair.theirs is not None and function(pair.ours, pair.theirs)
    )
    return function


# -- movie -------------------------------------------------------------------------------------------------------------

PREDICATES["guessit_finds_no_title"] = lambda pair: pair.their_refusal == "guessit finds no title"
PREDICATES["guessit_finds_no_mark"] = lambda pair: (pair.their_refusal or "").startswith("guessit finds neither")


# -- quality -----------------------------------------------------------------------------------------------------------


@predicate
def guessit_has_no_lines(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """What guessit read of source and resolution names no quality."""
    return theirs.quality == UNKNOWN_QUALITY


@predicate
def ours_is_suggested_by_the_extension(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """The name itself tells no source, or no resolution."""
    return DetectedFrom.EXTENSION in (ours.source_from, ours.resolution_from)


@predicate
def ours_is_of_a_kind(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Ours is a disc, a remux, a raw recording or the like, and guessit's is not."""
    return ours.quality.modifier is not Modifier.NONE and theirs.quality.modifier is Modifier.NONE


@predicate
def guessit_knows_no_source(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Guessit's quality is television's for want of a source, and the name speaks of no television."""
    said = re.search(r"hdtv|pdtv|sdtv|\btv|dsr", ours.original, re.IGNORECASE)
    return theirs.quality.source is Source.TV and ours.quality.source is not Source.TV and said is None


# -- title -------------------------------------------------------------------------------------------------------------


@predicate
def ours_keeps_the_folders(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """The text has slashes in it, which guessit takes for a path's."""
    return "/" in ours.original and "/" in ours.title and " / " not in ours.title


@predicate
def guessit_stops_at_a_hyphen(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Guessit's title is ours up to a spaced hyphen."""
    return re.match(re.escape(theirs.title) + r" ?- ", ours.title) is not None


@predicate
def guessit_stops_at_a_part(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Guessit's title is ours without its number of part or volume."""
    pattern = re.escape(theirs.title) + r"( -)? (part|vol|volume) \w+"
    return re.fullmatch(pattern, ours.title, re.IGNORECASE) is not None


@predicate
def guessit_takes_one_of_ours(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Guessit's title is another one of ours, but not the first."""
    return clean_title(theirs.title) in [clean_title(title) for title in ours.titles[1:]]


@predicate
def guessit_keeps_the_website(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Guessit's title is the website in front."""
    return re.match(r"\W*(www\W|[\w-]+\.(net|org|com))", ours.original) is not None or theirs.title[:1] == "【"


@predicate
def ours_keeps_3d(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Our title ends in the 3D that stands between title and year."""
    return ours.title == f"{theirs.title} 3D"


@predicate
def guessit_keeps_the_edition(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Guessit's title is ours with the edition behind it."""
    return ours.edition is not None and clean_title(theirs.title).startswith(clean_title(ours.title))


@predicate
def guessit_keeps_a_year(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Guessit's title is ours with the name's first year behind it."""
    return re.fullmatch(re.escape(ours.title) + r"\W*(19|20)\d\dг?", theirs.title) is not None


# -- release group -----------------------------------------------------------------------------------------------------


def _groups(ours: ParsedRelease, theirs: ParsedRelease) -> tuple[str, str]:
    return ours.release_group or "", theirs.release_group or ""


@predicate
def guessit_keeps_a_tracker(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Guessit's group is ours with a tag in brackets glued to it."""
    mine, other = _groups(ours, theirs)
    return other.startswith(mine + "[") and other.endswith("]")


@predicate
def guessit_keeps_a_reposter(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Guessit's group is ours with the mark of a re-poster behind it."""
    mine, other = _groups(ours, theirs)
    behind = other[len(mine) + 1 :].lower().split("-")
    known = all(mark in REPOSTERS or mark.startswith(REPOSTER_PREFIX) for mark in behind)
    return other.startswith(mine + "-") and known


@predicate
def guessit_takes_in_more(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Guessit's group is ours with other words of the name around it."""
    mine, other = _groups(ours, theirs)
    return re.search(r"(\A|[^\w]|\b)" + re.escape(mine) + r"([^\w]|\Z)", other) is not None


# -- languages ---------------------------------------------------------------------------------------------------------

_WIDER = {
    LANGUAGE_BY_NAME["portuguese (brazil)"]: LANGUAGE_BY_NAME["portuguese"],
    LANGUAGE_BY_NAME["flemish"]: LANGUAGE_BY_NAME["dutch"],
    LANGUAGE_BY_NAME["spanish (latino)"]: LANGUAGE_BY_NAME["spanish"],
}


def _without_original(languages: tuple[Language, ...]) -> set[Language]:
    return {language for language in languages if language != ORIGINAL}


@predicate
def ours_tells_the_original(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """But for the movie's own language both name the same."""
    return ORIGINAL in ours.languages and _without_original(ours.languages) == set(theirs.languages)


@predicate
def ours_tells_the_region(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Every language of guessit's is one of ours, or the wider one of it."""
    folded = {_WIDER.get(language, language) for language in ours.languages}
    return folded != set(ours.languages) and set(theirs.languages) <= folded | set(ours.languages)


@predicate
def guessit_passes_over_languages(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Guessit names some of our languages, and no other."""
    return set(theirs.languages) < set(ours.languages)


@predicate
def guessit_takes_castilian_for_catalan(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """The name says Castellano, and guessit says Catalan."""
    return "castellano" in ours.original.lower() and LANGUAGE_BY_NAME["catalan"] in theirs.languages


# -- sound and picture -------------------------------------------------------------------------------------------------

_COARSE = {
    AudioCodec.DTS_HD_MA: AudioCodec.DTS_HD,
    AudioCodec.DTS_HD_HRA: AudioCodec.DTS_HD,
    AudioCodec.DTS_ES: AudioCodec.DTS,
}


def _coarse_tracks(tracks: tuple[AudioClaim, ...]) -> list[tuple[AudioCodec | None, str | None]]:
    return [(_COARSE.get(track.codec, track.codec) if track.codec else None, track.channels) for track in tracks]


def _coarse_codecs(tracks: tuple[AudioClaim, ...]) -> set[AudioCodec]:
    return {codec for codec, _ in _coarse_tracks(tracks) if codec is not None}


@predicate
def ours_tells_the_kind_of_dts(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """The tracks are the same, were it not for the kind of DTS."""
    return _coarse_tracks(ours.audio) == _coarse_tracks(theirs.audio)


@predicate
def guessit_tells_tracks_apart_less(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """The codecs are the same; which channels belong to which, or how many tracks there are, is not."""
    return _coarse_codecs(ours.audio) == _coarse_codecs(theirs.audio)


def _coarse_ranges(ranges: tuple[HdrFormat, ...]) -> set[HdrFormat]:
    return {HdrFormat.HDR if found is HdrFormat.HDR10 else found for found in ranges}


@predicate
def hdr_is_hdr10(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """The ranges are the same, were HDR and HDR10 one."""
    return _coarse_ranges(ours.hdr) == _coarse_ranges(theirs.hdr)


@predicate
def guessit_misses_hdr10_plus(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """The name speaks of HDR10+."""
    return HdrFormat.HDR10_PLUS in ours.hdr and HdrFormat.HDR10_PLUS not in theirs.hdr


# -- the rest ----------------------------------------------------------------------------------------------------------


@predicate
def the_edition_is_worded_differently(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Both editions begin with the same word."""
    mine, other = (ours.edition or "").lower(), (theirs.edition or "").lower()
    return mine[:6] == other[:6]


@predicate
def amazon_has_two_names(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """Both mean Amazon's service."""
    return ours.streaming_service == "Amazon Prime Video" and theirs.streaming_service == "Amazon Prime"


@predicate
def ours_counts_real_apart(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """The name says REAL."""
    return ours.revision.real > 0 and theirs.revision.real == 0


@predicate
def guessit_reads_no_version(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """The name has a version, `v2`, which guessit reads of episodes alone."""
    return theirs.revision.version == 1 and re.search(r"v\d\b", ours.original, re.IGNORECASE) is not None


@predicate
def ours_takes_the_last_of_a_range(ours: ParsedRelease, theirs: ParsedRelease) -> bool:
    """The name has a range of years."""
    return re.search(r"(19|20)\d\d-(19|20)\d\d", ours.original) is not None
