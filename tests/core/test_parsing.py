"""What is promised of reading names, beyond the cases of the corpus."""

from __future__ import annotations

import pickle

import pytest

from radarr_core import parse_release, parse_release_path, read_name
from radarr_core.domain.languages import (
    ENGLISH,
    LANGUAGE_BY_NAME,
    LANGUAGES,
    ORIGINAL,
    UNKNOWN_LANGUAGE,
    find_language_by_code,
)
from radarr_core.domain.numerals import from_roman, to_roman
from radarr_core.domain.parsing.figures import read_feed_size, read_loose_integer, read_size
from radarr_core.domain.parsing.numbers import normalize_imdb_id
from radarr_core.domain.parsing.release_languages import aggregate_languages
from radarr_core.domain.parsing.scene_names import find_scene_name, is_scene_title, scene_title
from radarr_core.domain.parsing.subtitles import find_subtitle_language, read_subtitle_beside, read_subtitle_name
from radarr_core.domain.releases import (
    AudioClaim,
    AudioCodec,
    Cut,
    HdrFormat,
    Mark,
    NameKind,
    ParsedRelease,
    VideoCodec,
)
from radarr_core.domain.titles import clean_title, normalize_title, search_term, slugify, sort_title
from radarr_core.errors import NotAMovieError, UnparsableReleaseError

FULL = "Glass.Harbor.2019.Directors.Cut.REPACK.2160p.AMZN.WEB-DL.Hybrid.DDP5.1.Atmos.DV.HDR10Plus.10bit.H.265-GRP.mkv"
FRENCH, GERMAN, GREEK = (LANGUAGE_BY_NAME[name] for name in ("french", "german", "greek"))


def _quoted(release: ParsedRelease, field: str) -> list[str]:
    return [release.original[start:end] for start, end in release.spans[field]]


# -- every field ------------------------------------------------------------------------------------------------------


def test_every_field_of_a_full_name_is_filled() -> None:
    """One name that says everything: each claim ends in its own typed field."""
    release = parse_release(FULL)
    assert (release.title, release.year, release.quality.name) == ("Glass Harbor", 2019, "WEBDL-2160p")
    assert (release.revision.version, release.revision.is_repack) == (2, True)
    assert (release.edition, release.cuts) == ("Directors Cut", (Cut.DIRECTORS,))
    assert (release.video_codec, release.bit_depth, release.resolution) == (VideoCodec.H265, 10, 2160)
    assert release.audio == (AudioClaim(codec=AudioCodec.EAC3, channels="5.1", atmos=True),)
    assert release.hdr == (HdrFormat.DOLBY_VISION, HdrFormat.HDR10_PLUS)
    assert release.streaming_service == "Amazon Prime Video"
    assert release.marks == {Mark.REPACK, Mark.HYBRID}
    assert (release.release_group, release.container) == ("GRP", "mkv")


def test_spans_quote_what_each_field_was_read_from() -> None:
    """A caller can underline each claim in the name it stands in."""
    release = parse_release(FULL)
    assert _quoted(release, "title") == ["Glass.Harbor"]
    assert _quoted(release, "year") == ["2019"]
    assert _quoted(release, "quality") == ["2160p", "WEB-DL"]
    assert _quoted(release, "audio") == ["DDP5.1.Atmos"]
    assert _quoted(release, "video_codec") == ["H.265"]
    assert _quoted(release, "release_group") == ["GRP"]
    assert _quoted(release, "edition") == ["Directors.Cut"]
    assert _quoted(release, "container") == ["mkv"]


def test_spans_of_a_reversed_name_lie_in_the_name_as_given() -> None:
    """A name posted backwards is read forwards, and underlined where it stands."""
    name = "Glass.Harbor.2019.1080p.BluRay.x264-GRP"
    release = parse_release(name[::-1] + ".mkv")
    assert (release.title, release.year, release.release_group) == ("Glass Harbor", 2019, "GRP")
    assert _quoted(release, "title") == ["Glass.Harbor"[::-1]]
    assert _quoted(release, "container") == ["mkv"]


def test_spans_of_a_path_lie_in_the_path() -> None:
    """Offsets count from the start of what the caller gave, folders and all."""
    path = "/media/Glass.Harbor.2019.1080p.BluRay.x264-GRP/0123456789abcdef0123456789abcdef.mkv"
    release = parse_release_path(path)
    assert _quoted(release, "title") == ["Glass.Harbor"]
    assert _quoted(release, "release_group") == ["GRP"]
    assert _quoted(release, "container") == ["mkv"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("X.2019.1080p.BluRay.DTS-HD.MA.5.1.x264-G", [("DTS-HD MA", "5.1", False)]),
        ("X.2019.1080p.BluRay.DTS-HD.HRA.7.1.x264-G", [("DTS-HD HRA", "7.1", False)]),
        ("X.2019.1080p.BluRay.DTS.x264-G", [("DTS", None, False)]),
        ("X.2019.1080p.BluRay.DTS-ES.x264-G", [("DTS-ES", None, False)]),
        ("X.2019.1080p.BluRay.DTS-X.7.1.x264-G", [("DTS:X", "7.1", False)]),
        ("X.2019.1080p.BluRay.TrueHD.Atmos.7.1.x264-G", [("TrueHD", "7.1", True)]),
        ("X.2019.1080p.BluRay.DD+.5.1.x264-G", [("EAC3", "5.1", False)]),
        ("X 2019 1080p WEB-DL DD5 1 H 264", [("AC3", "5.1", False)]),
        ("X.2019.1080p.BluRay.E-AC-3.x264-G", [("EAC3", None, False)]),
        ("X.2019.1080p.BluRay.FLAC2.0.x264-G", [("FLAC", "2.0", False)]),
        ("X (2019) [1080p] [WEBRip] [5.1] [YTS.MX]", [(None, "5.1", False)]),
        ("X.2019.1080p.BluRay.DTS-HD.MA.5.1.AC3.2.0.x264-G", [("DTS-HD MA", "5.1", False), ("AC3", "2.0", False)]),
        ("X.2019.1080p.WEB-DL.Dolby.Digital.Plus.5.1.x264-G", [("EAC3", "5.1", False)]),
        ("X.2019.1080p.BluRay.x264-G", []),
    ],
)
def test_sound_tracks(name: str, expected: list[tuple[str | None, str | None, bool]]) -> None:
    """Codec, channels and objects of each track, however the parts are glued or parted."""
    found = [(track.codec and track.codec.value, track.channels, track.atmos) for track in parse_release(name).audio]
    assert found == expected


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("X.2019.1080p.NF.WEB-DL.x264-G", "Netflix"),
        ("X.2019.1080p.DSNP.WEB-DL.x264-G", "Disney+"),
        ("X.2019.1080p.iT.WEB-DL.x264-G", "iTunes"),
        ("X.2019.1080p.MA.WEB-DL.x264-G", "Movies Anywhere"),
        ("X.2019.1080p.BluRay.DTS-HD.MA.5.1-G", None),
        ("It.Comes.at.Night.2017.1080p.WEB-DL.x264-G", None),
        ("X.2019.MAX.1080p.BluRay-G", None),
    ],
)
def test_streaming_services(name: str, service: str | None) -> None:
    """A short mark is a service only where it stands before WEB; elsewhere it is something else."""
    assert parse_release(name).streaming_service == service


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("X.2019.1080p.BluRay.VOSTFR.x264-G", ["French"]),
        ("X.2019.1080p.BluRay.NLSubs.x264-G", ["Dutch"]),
        ("X.2019.1080p.WEB-DL.Sub.Ita.Eng.x264-G", ["Italian", "English"]),
        ("X.2019.1080p.WEB-DL.ESub.x264-G", ["English"]),
        ("X.2019.1080p.WEB-DL.MultiSubs.x264-G", []),
    ],
)
def test_subtitle_languages(name: str, languages: list[str]) -> None:
    """The languages of subtitles are told apart from those that are spoken."""
    assert [language.name for language in parse_release(name).subtitle_languages] == languages


def test_multi_and_3d_are_flags() -> None:
    """Several languages, and two pictures, are said without naming more."""
    release = parse_release("X.2019.MULTi.3D.1080p.BluRay.Half-OU.x264-G")
    assert release.is_multi
    assert release.is_3d


def test_absent_is_none_or_empty() -> None:
    """What a name does not speak of is absent, never a word that says unknown."""
    release = parse_release("Glass Harbor 2019")
    assert release.edition is release.release_group is release.video_codec is release.container is None
    assert release.languages == release.audio == release.hdr == ()
    assert not release.marks
    assert release.resolution is None


def test_a_bare_4k_is_a_claim_but_no_quality() -> None:
    """4K in a name is told to people as 2160 lines, and does not raise the quality."""
    release = parse_release("Glass.Harbor.2019.4K.WEB-DL-GRP")
    assert release.resolution == 2160
    assert release.quality.name == "WEBDL-480p"


# -- acceptance -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Glass.Harbor.S01E02.1080p.WEB-DL.x264-G", NameKind.EPISODE),
        ("Glass.Harbor.S01.1080p.WEB-DL.x264-G", NameKind.SEASON),
        ("Glass Harbor - Live (1999) [FLAC]", NameKind.MUSIC),
        ("Glass.Harbor.2019.PS5-GRP", NameKind.GAME),
        ("Glass Harbor (2019) EPUB", NameKind.BOOK),
        ("Glass Harbor", NameKind.UNKNOWN),
        ("Glass.Harbor.2019.1080p.BluRay.x264-G", NameKind.MOVIE),
    ],
)
def test_kinds_are_told_apart(name: str, kind: NameKind) -> None:
    """`read_name` says what a name is the name of; `parse_release` takes movies alone."""
    facts = read_name(name)
    assert facts.kind is kind
    if kind is NameKind.MOVIE:
        assert parse_release(name).title == facts.title
        return
    expected = UnparsableReleaseError if kind is NameKind.UNKNOWN else NotAMovieError
    with pytest.raises(expected) as caught:
        parse_release(name)
    assert caught.value.reason == facts.reason


def test_an_episode_still_has_its_facts() -> None:
    """`read_name` reads every field of any text, also of an episode."""
    facts = read_name("Glass.Harbor.S01E02.Low.Tide.1080p.AMZN.WEB-DL.DDP5.1.H.264-NTb")
    assert (facts.title, facts.quality.name, facts.release_group) == ("Glass Harbor", "WEBDL-1080p", "NTb")
    assert facts.streaming_service == "Amazon Prime Video"


def test_a_hash_in_a_folder_of_its_own_name_is_read_from_the_folder_above() -> None:
    """A folder called like its file says nothing new; the one above it may."""
    path = "/done/Glass Harbor (2019) BRRiP XViD/ab12-cd34/ab12-cd34.avi"
    assert parse_release_path(path).year == 2019


def test_a_name_with_slashes_is_not_a_path() -> None:
    """Languages and titles parted by slashes are one name."""
    release = parse_release_path("Gläserner Hafen / Glass Harbor (2019) WEB-DL 1080p Rus/Eng")
    assert release.titles == ("Gläserner Hafen / Glass Harbor", "Gläserner Hafen", "Glass Harbor")


def test_a_file_without_a_year_takes_the_folders() -> None:
    """Title and year of the folder, everything else of the file, and no language from the repeated title."""
    release = parse_release_path("/films/The Italian Job (2003)/The.Italian.Job.720p.WEB-DL.x264-GRP.mkv")
    assert (release.title, release.year, release.quality.name) == ("The Italian Job", 2003, "WEBDL-720p")
    assert release.languages == ()


def test_a_library_folder_knows_the_title() -> None:
    """`Title (Year)` is how libraries name folders; a file that adds words to the title does not overrule it."""
    release = parse_release_path("/films/Glass Harbor (2019)/09.Glass.Harbor.2019.1080p.BluRay.x264-GRP.mkv")
    assert release.titles[0] == "Glass Harbor"


def test_an_empty_path_is_refused() -> None:
    """Nothing but separators names nothing."""
    with pytest.raises(UnparsableReleaseError, match="empty"):
        parse_release_path("///")


def test_the_public_constructor_still_checks() -> None:
    """The parser's values skip validation; everybody else's do not."""
    with pytest.raises(ValueError, match="title"):
        ParsedRelease(original="x", title=" ")


def test_parsed_values_behave_like_constructed_ones() -> None:
    """A parsed release is equal to the same one built by hand, hashable, and survives pickling."""
    release = parse_release("Glass Harbor 2019")
    built = ParsedRelease(original="Glass Harbor 2019", title="Glass Harbor", year=2019)
    assert release == built
    assert hash(release) == hash(built)
    assert pickle.loads(pickle.dumps(release)) == release


def test_refusals_survive_pickling() -> None:
    """A refusal may cross processes with its reason."""
    with pytest.raises(NotAMovieError) as caught:
        parse_release("Glass.Harbor.S01E01.720p.HDTV.x264-G")
    assert pickle.loads(pickle.dumps(caught.value)).reason == caught.value.reason


# -- titles -----------------------------------------------------------------------------------------------------------


def test_roman_numerals_go_round() -> None:
    """Every number that has a numeral comes back from it."""
    assert all(from_roman(to_roman(number)) == number for number in range(1, 4000))


@pytest.mark.parametrize("text", ["", "IIII", "ABC", "VX", "IC"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    """Letters in a wrong order are no number, whatever they add up to."""
    with pytest.raises(ValueError, match="no Roman numeral"):
        from_roman(text)


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_numbers_without_a_numeral_are_refused(number: int) -> None:
    """Roman numerals have neither zero nor four thousand."""
    with pytest.raises(ValueError, match="no Roman numeral"):
        to_roman(number)


def test_keys_of_titles() -> None:
    """The four keys of one title: to compare, to sort, to ask and to address."""
    title = "The Lord of the Harbor: Part II"
    assert clean_title(title) == "thelordharborpartii"
    assert sort_title(title) == "lord of the harbor part ii"
    assert search_term(title) == "Lord+of+the+Harbor+Part+II"
    assert slugify(title) == "the-lord-of-the-harbor-part-ii"
    assert normalize_title(title) == "the lord of the harbor ii"


# -- languages --------------------------------------------------------------------------------------------------------


def test_every_code_of_the_table_finds_its_language() -> None:
    """A code is the way back to its language, but for the two Spanish ones that share three letters."""
    for language in LANGUAGES:
        if language.code:
            assert find_language_by_code(language.code) == language
        if language.code3 and language.name != "Spanish (Latino)":
            assert find_language_by_code(language.code3) == language
    assert find_language_by_code("ger") == GERMAN
    assert find_language_by_code("nb") == LANGUAGE_BY_NAME["norwegian"]
    assert find_language_by_code("nob-x") is None
    assert find_language_by_code("xx") is None


def test_multi_stands_for_what_the_indexer_says() -> None:
    """MULTi adds the indexer's languages; the original language replaces Original and nothing."""
    languages = aggregate_languages(
        [FRENCH], original_language=ENGLISH, movie_title="Glass Harbor", name="Glass.Harbor.2019.MULTi.1080p",
        multi_languages=[ORIGINAL, GERMAN],
    )  # fmt: skip
    assert set(languages) == {FRENCH, GERMAN, ENGLISH}
    assert aggregate_languages([], original_language=GREEK, movie_title="X", name="X.2019") == (GREEK,)


def test_words_of_the_title_are_no_languages() -> None:
    """Greek in a movie's title says nothing of how it is spoken; beside the title it does."""
    told = {"original_language": ENGLISH, "movie_title": "Jimmy The Greek"}
    name = "Jimmy.The.Greek.2019.1080p"
    assert aggregate_languages([GREEK], name=name, **told) == (ENGLISH,)
    assert aggregate_languages([GREEK], name="Jimmy.The.Greek.Greek.2019", **told) == (GREEK,)
    assert aggregate_languages([GREEK], name=name, from_indexer=[GREEK], **told) == (GREEK,)


def test_original_beside_the_original_language_is_unknown() -> None:
    """A name that says both the movie's language and Original speaks of a second one nobody knows."""
    languages = aggregate_languages([ENGLISH, ORIGINAL], original_language=ENGLISH, movie_title="X", name="X.2019")
    assert languages == (ENGLISH, UNKNOWN_LANGUAGE)


# -- files ------------------------------------------------------------------------------------------------------------


def test_scene_names() -> None:
    """A scene name has dots, a group, a quality and a title."""
    name = "Glass.Harbor.2019.1080p.BluRay.x264-GRP"
    assert is_scene_title(name)
    assert not is_scene_title("Glass Harbor 2019 1080p BluRay x264-GRP")
    assert not is_scene_title("Glass.Harbor.2019.1080p.BluRay.x264")
    assert scene_title(f"_{name}_.mkv") == name
    assert find_scene_name(f"{name}.mkv", is_only_video=False) == name
    assert find_scene_name("a.mkv", is_only_video=True, folder_title=name) == name
    assert find_scene_name("a.mkv", is_only_video=True, download_title=f"{name}.nzb") == name
    assert find_scene_name("a.mkv", is_only_video=False, download_title=name) is None


def test_subtitle_names() -> None:
    """Language, tags, title and copy of a subtitle, with and without the movie beside it."""
    assert find_subtitle_language("Glass.Harbor.2019.ger.forced.srt") == GERMAN
    assert find_subtitle_language("Glass.Harbor.2019.srt") == UNKNOWN_LANGUAGE
    found = read_subtitle_name("Glass Harbor (2019).commentary.fr.sdh.srt")
    assert (found.language, found.tags, found.title) == (FRENCH, ("sdh",), "commentary")
    beside = read_subtitle_beside("Glass.Harbor.2019.2.en.srt", ("films/Glass.Harbor.2019.mkv",))
    assert (beside.language, beside.copy, beside.title) == (ENGLISH, 2, None)
    assert read_subtitle_beside("other.en.srt", ("films/Glass.Harbor.2019.mkv",)).language == ENGLISH


def test_figures() -> None:
    """Sizes and numbers of feeds and pages; what is none is 0."""
    assert read_feed_size("Size: 1.5 GB, 3 files") == 1610612736
    assert read_feed_size("1073741824") == 1073741824
    assert read_feed_size("fast: 100 Mb/s") == 0
    assert read_size("nonsense") == 0
    assert read_size("1 GB") == 1073741824
    assert read_loose_integer("none") == 0
    assert normalize_imdb_id("0133093") == "tt0133093"
    assert normalize_imdb_id("tt12345678901") is None
