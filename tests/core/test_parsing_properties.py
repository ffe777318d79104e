"""What holds of every text, not only of release names."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from radarr_core.domain.parsing import parse_release, parse_release_path, read_name
from radarr_core.domain.parsing.acceptance import MAX_NAME
from radarr_core.domain.parsing.containers import EXTENSIONS
from radarr_core.domain.parsing.lexicon import LEXICON
from radarr_core.domain.parsing.paths import MAX_PATH
from radarr_core.domain.releases import NameFacts, NameKind
from radarr_core.domain.titles import clean_title
from radarr_core.errors import UnparsableReleaseError

MARKERS = (
    "1080p", "BluRay", "WEB-DL", "x264", "DTS-HD.MA", "5.1", "German", "DL", "2019", "S01E02", "[", "]", "(", ")", "{",
    "-", "_", ".", " ", "AKA", "/", "www.", "tt1234567", "tmdb-", "Directors", "Cut", "SUB", "v2", "A.", "é", "字幕",
    "İ", "REMUX", "p0801", "HDR10+", "Season", "xn--", "\u0301", "ß", "𝔛", " - 01 ", ".mkv", "Dr", "\\",
)  # fmt: skip
WORDS = st.sampled_from(sorted(LEXICON))
SEPARATORS = st.sampled_from([".", " ", "-", "_", " - ", "[", "]", "(", ")", " [", "] ", ".-", "/", " / ", "+", ""])
NAME_LIKE = st.lists(st.tuples(WORDS | st.text(max_size=6) | st.sampled_from(MARKERS), SEPARATORS), max_size=25).map(
    lambda pairs: "".join(itertools.chain.from_iterable(pairs))
)
TEXTS = st.text(max_size=200) | NAME_LIKE

FIELDS_OF_THE_FILE = {"container", "quality", "source_from", "resolution_from", "original", "spans"}


def _facts(facts: NameFacts, without: set[str]) -> dict[str, object]:
    return {name: getattr(facts, name) for name in NameFacts.__slots__ if name not in without and name[0] != "_"}


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("")
@example("2019")
@example("[")
@example("(" * 500)
@example("\x00")
def test_reading_never_raises(text: str) -> None:
    """`read_name` answers for any text, so that a feed cannot stop the program."""
    facts = read_name(text)
    assert facts.original is text
    assert facts.reason


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_parsing_raises_only_its_refusal(text: str) -> None:
    """Whoever catches `UnparsableReleaseError` has caught everything, also for paths."""
    for parse in (parse_release, parse_release_path):
        try:
            release = parse(text)
        except UnparsableReleaseError:
            continue
        assert release.title.strip()
        assert release.titles[0] == release.title
        assert release.original == text


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_same_text_reads_the_same_twice(text: str) -> None:
    """Nothing of one name is remembered for the next."""
    first, second = read_name(text), read_name(text)
    assert first == second
    assert first.spans == second.spans


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_lie_inside_the_text(text: str) -> None:
    """Every span is a stretch of the original, so that it can be underlined there."""
    for spans in read_name(text).spans.values():
        for start, end in spans:
            assert 0 <= start < end <= len(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_what_was_read_stands_at_its_span(text: str) -> None:
    """A field that is quoted from the name is the text at its span."""
    facts = read_name(text)
    for field in ("release_group", "release_hash"):
        value = getattr(facts, field)
        if value is not None:
            start, end = facts.spans[field][0]
            # A name posted backwards is quoted backwards.
            assert value in (text[start:end], text[start:end][::-1])


@settings(max_examples=400, deadline=None)
@given(NAME_LIKE)
@example("Glass.Harbor.2019.1080p.BluRay.x264-GRP")
@example("Glass.Harbor.2019.1080p.AMZN.WEB.")
@example("Movie Title - 2020 1080p Viva MKV WEB")
def test_an_extension_changes_only_what_it_says(text: str) -> None:
    """`name.mkv` reads as `name` does, but for the container and the quality an extension suggests."""
    words = re.findall(r"[^\W_]+", text.lower())
    assume(len(text) + 4 <= MAX_NAME and (not words or words[-1] not in EXTENSIONS))
    spoken, suffixed = read_name(text), read_name(text + ".mkv")
    assert _facts(suffixed, FIELDS_OF_THE_FILE) == _facts(spoken, FIELDS_OF_THE_FILE)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60) | NAME_LIKE)
@example("The Lord of the Harbor")
@example("\u212a")
@example("Å")
def test_cleaning_a_title_again_changes_nothing(title: str) -> None:
    """The key of a key is the key, so that stored keys and fresh ones are equal."""
    assert clean_title(clean_title(title)) == clean_title(title)


@pytest.mark.parametrize("marker", MARKERS)
def test_the_longest_repeat_of_a_marker_is_read(marker: str) -> None:
    """A thousand times the same marker is a name like any other: read, or refused with a reason."""
    text = (marker * MAX_NAME)[:MAX_NAME]
    assert read_name(text).reason
    assert read_name(f"Glass Harbor 2019 {text}"[:MAX_NAME]).reason


def test_longer_names_are_refused_unread() -> None:
    """A name beyond the limit costs nothing, and the reason names the limit."""
    text = "Glass.Harbor.2019." + "x" * MAX_NAME
    facts = read_name(text)
    assert facts.kind is NameKind.UNKNOWN
    assert facts.title is None
    assert "1024" in facts.reason
    with pytest.raises(UnparsableReleaseError, match="1024"):
        parse_release(text)


def test_longer_paths_are_refused_unread() -> None:
    """A path beyond its limit is refused with the limit."""
    with pytest.raises(UnparsableReleaseError, match="4096"):
        parse_release_path("/" + "x" * MAX_PATH)
