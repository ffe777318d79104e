"""Names for files and folders: what a template gives, and what it can never give."""

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from radarr_core.domain.downloads import find_danger
from radarr_core.domain.identifiers import ImdbId, MovieId, TmdbId
from radarr_core.domain.movies import Movie
from radarr_core.domain.naming import (
    DEFAULT_FILE_TEMPLATE,
    DEFAULT_FOLDER_TEMPLATE,
    ColonMode,
    NamingTemplate,
    build_file_name,
    build_folder_name,
    clean_value,
)
from radarr_core.domain.naming.characters import case_edition, clean_movie_title, first_character, move_article
from radarr_core.domain.quality import Revision, get_quality
from radarr_core.domain.releases import AudioStream, HdrFormat, MediaInfo, ParsedRelease, VideoStream

MOVIE = Movie(title="The Glass: Harbor", year=2019, imdb_id=ImdbId("tt1234567"), tmdb_id=TmdbId(98765))
RELEASE = "The.Glass.Harbor.2019.PROPER.1080p.BluRay.x264-GRP"
FULL = ParsedRelease(
    original=RELEASE,
    title="The Glass Harbor",
    quality=get_quality("Bluray-1080p"),
    revision=Revision(version=2),
    edition="director's cut",
    release_group="GRP",
)
BARE = evolve(FULL, revision=Revision(), edition=None, release_group=None)
PROOF = MediaInfo(
    container="Matroska",
    video=VideoStream(codec="H.264", width=1920, height=1080, bit_depth=10, hdr=(HdrFormat.HDR10,)),
    audio=(AudioStream(codec="DTS", channels="5.1"), AudioStream(codec="AAC", channels="2.0")),
)


def name_file(pattern: str, movie: Movie = MOVIE, claim: ParsedRelease = FULL, **options: object) -> str:
    """A file's name by a pattern that need not stand alone: title and year are added in a folder in front."""
    template = NamingTemplate(f"{{Movie Title}} {{Release Year}}/{pattern}", **options)  # type: ignore[arg-type]
    return build_file_name(template, movie=movie, claim=claim, proof=PROOF).partition("/")[2]


def name_folder(pattern: str, movie: Movie = MOVIE) -> str:
    """A folder's name by a pattern."""
    return build_folder_name(NamingTemplate(pattern, kind="folder"), movie=movie)


# The reference's table of examples: pattern, full file, bare file.
EXAMPLES = [
    (
        "{Movie Title} ({Release Year}) {Quality Full}",
        "The Glass - Harbor (2019) Bluray-1080p Proper",
        "The Glass - Harbor (2019) Bluray-1080p",
    ),
    (
        "{Movie.CleanTitle}{.Release.Year}{.Edition.Tags}{.Quality.Full}{-Release Group}",
        "The.Glass.Harbor.2019.Director's.Cut.Bluray-1080p.Proper-GRP",
        "The.Glass.Harbor.2019.Bluray-1080p",
    ),
    (
        "{Movie Title} ({Release Year}) - {Edition Tags }{[Custom Formats]}{[Quality Full]}{-Release Group}",
        "The Glass - Harbor (2019) - Director's Cut [Bluray-1080p Proper]-GRP",
        "The Glass - Harbor (2019) - [Bluray-1080p]",
    ),
    (
        (
            "{Movie CleanTitle} {(Release Year)} {imdb-{ImdbId}} {edition-{Edition Tags}} "
            "{[Quality Full]}{[MediaInfo AudioCodec}{ MediaInfo AudioChannels]}{[MediaInfo VideoDynamicRangeType]}"
        ),
        "The Glass Harbor (2019) {imdb-tt1234567} {edition-Director's Cut} [Bluray-1080p Proper][DTS 5.1][HDR10]",
        "The Glass Harbor (2019) {imdb-tt1234567} [Bluray-1080p][DTS 5.1][HDR10]",
    ),
    (
        "{Movie CleanTitle} {(Release Year)} {tmdb-{TmdbId}} {{Edition Tags}}",
        "The Glass Harbor (2019) {tmdb-98765} {Director's Cut}",
        "The Glass Harbor (2019) {tmdb-98765}",
    ),
    ("{Movie Title} [{Edition Tags}]", "The Glass - Harbor [Director's Cut]", "The Glass - Harbor []"),
    ("{movie title} ({release year})", "the glass - harbor (2019)", "the glass - harbor (2019)"),
    ("{MOVIE TITLE}", "THE GLASS - HARBOR", "THE GLASS - HARBOR"),
    ("{MOVIE TITLE:12}", "THE GLASS...", "THE GLASS..."),
    ("{MovieTitle}", "The Glass - Harbor", "The Glass - Harbor"),
    ("{Movie_CleanTitle}", "The_Glass_Harbor", "The_Glass_Harbor"),
    ("{Movie.Title}", "The.Glass-.Harbor", "The.Glass-.Harbor"),
    ("{Movie TitleThe} ({Release Year})", "Glass - Harbor, The (2019)", "Glass - Harbor, The (2019)"),
    ("{Movie CleanTitleThe}", "Glass Harbor, The", "Glass Harbor, The"),
    ("{Movie Title:FR}", "The Glass - Harbor", "The Glass - Harbor"),
    ("{Movie Title:12}", "The Glass...", "The Glass..."),
    ("{Movie Title:-12}", "...s - Harbor", "...s - Harbor"),
    ("{Original Title}", RELEASE, RELEASE),
    ("{Movie Title}{-Release Group}", "The Glass - Harbor-GRP", "The Glass - Harbor"),
    ("{Movie Title}-{Release Group}", "The Glass - Harbor-GRP", "The Glass - Harbor"),
    ("{Bogus Token}x", "x", "x"),
    ("{Quality Title}{ Quality Proper}", "Bluray-1080p Proper", "Bluray-1080p"),
    ("{MediaInfo Simple} {MediaInfo VideoBitDepth}bit {MediaInfo VideoDynamicRange}", "x264 DTS 10bit HDR", None),
]


@pytest.mark.parametrize(("pattern", "full", "bare"), EXAMPLES)
def test_gives_the_names_of_the_reference(pattern: str, full: str, bare: str | None) -> None:
    """People's own patterns give the names they are used to."""
    assert name_file(pattern) == full
    if bare is not None:
        assert name_file(pattern, claim=BARE) == bare


@pytest.mark.parametrize(
    ("pattern", "title", "name"),
    [
        ("{Movie TitleThe} ({Release Year}) {tmdb-{TmdbId}}", MOVIE.title, "Glass - Harbor, The (2019) {tmdb-98765}"),
        ("{Movie TitleFirstCharacter}/{Movie Title}", MOVIE.title, "G/The Glass - Harbor"),
        ("{Movie TitleFirstCharacter}\\{Movie Title}", MOVIE.title, "G/The Glass - Harbor"),
        ("{Movie Title}", "Harbor...", "Harbor"),
        ("{Movie Title}", ".hack", "hack"),
        ("{Movie Title:10}", "東京のガラスの港の物語", "東京..."),
        ("{Movie Title} -", "Harbor", "Harbor -"),
        ("{Movie Title}", "CON", "CON_"),
        ("{Movie Title}", "Con.Air", "Con_Air"),
        ("{Movie Title}", "Con Air", "Con Air"),
        ("{Movie Title}", "a/../b\\c", "a+.+b+c"),
        ("{Movie Title} [imdbid-{ImdbId}]", "Harbor", "Harbor [imdbid-tt1234567]"),
    ],
)
def test_names_folders(pattern: str, title: str, name: str) -> None:
    """A folder's name follows the rules for folders, and no title can lead out of the library."""
    assert name_folder(pattern, evolve(MOVIE, title=title)) == name


def test_an_unknown_id_leaves_no_empty_brackets() -> None:
    """What wraps an id goes when there is none, in braces and in square brackets."""
    movie = Movie(title="Harbor", year=2019)
    for pattern in ("{tmdb-{TmdbId}}", "[tmdbid-{TmdbId}]", "{imdb-{ImdbId}}", "[imdbid-{ImdbId}]"):
        assert name_folder(f"{{Movie Title}} {pattern}", movie) == "Harbor"


def test_the_defaults() -> None:
    """Without a word from the user names are the ones the incumbent gives."""
    name = build_file_name(DEFAULT_FILE_TEMPLATE, movie=MOVIE, claim=BARE, proof=None)
    assert name == "The Glass - Harbor (2019) Bluray-1080p"
    assert build_folder_name(DEFAULT_FOLDER_TEMPLATE, movie=MOVIE) == "The Glass - Harbor (2019)"


def test_a_release_name_that_ends_like_a_file_gives_no_double_extension() -> None:
    """One-file torrents are called like their file."""
    claim = evolve(FULL, original=f"{RELEASE}.mkv")
    template = NamingTemplate("{Original Title}")
    assert build_file_name(template, movie=MOVIE, claim=claim, proof=None) == RELEASE


def test_media_info_tokens_are_blank_without_a_proof() -> None:
    """A file that was not probed has a name all the same."""
    template = NamingTemplate("{Movie Title} {Release Year}{ MediaInfo VideoCodec}{-MediaInfo AudioCodec}")
    name = build_file_name(template, movie=MOVIE, claim=FULL, proof=None)
    assert name == "The Glass - Harbor 2019"


@pytest.mark.parametrize(
    ("hdr", "text"),
    [
        ((), ""),
        ((HdrFormat.PQ,), "PQ"),
        ((HdrFormat.HDR10,), "HDR10"),
        ((HdrFormat.HDR10, HdrFormat.HDR10_PLUS), "HDR10Plus"),
        ((HdrFormat.HLG,), "HLG"),
        ((HdrFormat.DOLBY_VISION,), "DV"),
        ((HdrFormat.DOLBY_VISION, HdrFormat.HDR10), "DV HDR10"),
        ((HdrFormat.DOLBY_VISION, HdrFormat.HDR10, HdrFormat.HDR10_PLUS), "DV HDR10Plus"),
        ((HdrFormat.DOLBY_VISION, HdrFormat.HLG), "DV HLG"),
        ((HdrFormat.DOLBY_VISION, HdrFormat.SDR), "DV SDR"),
    ],
)
def test_spells_the_dynamic_range(hdr: tuple[HdrFormat, ...], text: str) -> None:
    """Every range a probe can prove has the field's word."""
    template = NamingTemplate("{Movie Title} {Release Year}/x{MediaInfo VideoDynamicRangeType}")
    proof = evolve(PROOF, video=evolve(PROOF.video, hdr=hdr))
    name = build_file_name(template, movie=MOVIE, claim=FULL, proof=proof)
    assert name.rpartition("/")[2] == f"x{text}"


@pytest.mark.parametrize(
    ("codec", "original", "text"),
    [
        ("H.264", "Film.2019.1080p.AVC-GRP", "AVC"),
        ("H.264", "Film.2019.1080p-GRP", "h264"),
        ("H.265", "Film.2019.1080p.X265-GRP", "x265"),
        ("H.265", "Film.2019", "h265"),
        ("MPEG-2", "Film.2019", "MPEG2"),
        ("AV1", "Film.2019", "AV1"),
        ("VC-1", "Film.2019", "VC1"),
        ("Theora", "Film.2019", "Theora"),
    ],
)
def test_spells_the_codec_as_the_release_did(codec: str, original: str, text: str) -> None:
    """One codec has several spellings; the release's own one is kept."""
    template = NamingTemplate("{Movie Title} {Release Year}/{MediaInfo VideoCodec}")
    proof = evolve(PROOF, video=evolve(PROOF.video, codec=codec))
    name = build_file_name(template, movie=MOVIE, claim=evolve(FULL, original=original), proof=proof)
    assert name.rpartition("/")[2] == text


@pytest.mark.parametrize(
    ("codec", "atmos", "text"), [("TrueHD", True, "TrueHD Atmos"), ("DTS:X", False, "DTS-X"), ("EAC3", False, "EAC3")]
)
def test_spells_the_sound(codec: str, atmos: bool, text: str) -> None:
    """The main track's codec is written as file names can hold it."""
    template = NamingTemplate("{Movie Title} {Release Year}/{MediaInfo AudioCodec}")
    proof = evolve(PROOF, audio=(AudioStream(codec=codec, atmos=atmos),))
    name = build_file_name(template, movie=MOVIE, claim=FULL, proof=proof)
    assert name.rpartition("/")[2] == text


# Characters.


@pytest.mark.parametrize(
    ("mode", "spaced", "bare"),
    [
        (ColonMode.DELETE, "Glass Harbor", "GlassHarbor"),
        (ColonMode.DASH, "Glass- Harbor", "Glass-Harbor"),
        (ColonMode.SPACE_DASH, "Glass - Harbor", "Glass -Harbor"),
        (ColonMode.SPACE_DASH_SPACE, "Glass - Harbor", "Glass - Harbor"),
        (ColonMode.SMART, "Glass - Harbor", "Glass-Harbor"),
    ],
)
def test_replaces_colons(mode: ColonMode, spaced: str, bare: str) -> None:
    """Each way of replacing a colon gives its own name."""
    for title, name in (("Glass: Harbor", spaced), ("Glass:Harbor", bare)):
        assert name_file("{Movie Title}", evolve(MOVIE, title=title), colon=mode) == name


def test_replaces_or_deletes_characters_no_file_system_takes() -> None:
    """Replacing gives similar characters, deleting gives none."""
    title = 'a\\b/c<d>e?f*g|h"i:j'
    assert clean_value(title) == "a+b+cde!f-ghi-j"
    assert clean_value(title, replace=False) == "abcdefghij"


def test_takes_out_what_nobody_sees() -> None:
    """Control characters and lone surrogates go, and white space of any kind is a space."""
    assert clean_value("a\0b\x1bc\nd\u2028e\xa0f\ud800g") == "abc d e fg"


@settings(deadline=None)
@given(st.text(), st.booleans(), st.sampled_from(ColonMode))
def test_cleaning_twice_changes_nothing(text: str, replace: bool, colon: ColonMode) -> None:
    """A name that was cleaned is clean."""
    once = clean_value(text, replace=replace, colon=colon)
    assert clean_value(once, replace=replace, colon=colon) == once


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("The Glass: Harbor", "The Glass Harbor"),
        ("Harbor: Part (Two)", "Harbor Part Two"),
        ("We're the Harbors", "Were the Harbors"),
        ("Harbor's", "Harbor's"),
        ("AC/DC - Live!", "AC DC  Live!"),
        ("Wait, What?", "Wait What"),
        ("Good-bye - Hello", "Good-bye  Hello"),
        ("Tom & Jerry / Spike", "Tom and Jerry   Spike"),
        ("Æon & Übung", "AEon and Ubung"),
        ("Straße nach Süden", "Strasse nach Suden"),
        ("10,000 Harbors · $9.99 · Up!", "10,000 Harbors · $9.99 · Up!"),
        ("Москва 東京 é", "Москва 東京 e"),
    ],
)
def test_cleans_titles(title: str, clean: str) -> None:
    """Punctuation and accents go as the reference says; doubled spaces are collapsed when the name is built."""
    assert clean_movie_title(title) == clean


@pytest.mark.parametrize(
    ("title", "moved"),
    [
        ("The Harbor (2019)", "Harbor, The (2019)"),
        ("an Apple", "Apple, an"),
        ("A", "A"),
        ("Theory", "Theory"),
        ("The (2019)", "(2019), The"),
    ],
)
def test_moves_the_article(title: str, moved: str) -> None:
    """An article goes behind the title, in front of what stands in parentheses."""
    assert move_article(title) == moved


@pytest.mark.parametrize(
    ("title", "char"),
    [("Über", "U"), ("Æon", "A"), ("9 Lives", "9"), ("'71", "7"), ("...", "_"), ("좀비", "좀"), ("?", "_")],
)
def test_files_under_a_first_character(title: str, char: str) -> None:
    """A title is filed under a letter or digit, and under a line when it begins with neither."""
    assert first_character(title) == char


@pytest.mark.parametrize(
    ("edition", "cased"),
    [
        ("director's cut", "Director's Cut"),
        ("50TH anniversary", "50th Anniversary"),
        ("imax 3d hdr", "IMAX 3D HDR"),
        ("EXTENDED", "Extended"),
    ],
)
def test_cases_editions(edition: str, cased: str) -> None:
    """Editions are written in one way, whatever the release's way was."""
    assert case_edition(edition) == cased


# Templates.


@pytest.mark.parametrize(
    ("pattern", "kind", "fault"),
    [
        ("", "file", "empty"),
        ("  ", "folder", "empty"),
        ("{Release Year}", "file", "movie title"),
        ("{Movie Title}", "file", "Release Year"),
        ("{(Movie Title)} {Release Year}", "file", "movie title"),
        ("{Movie TitleFirstCharacter} {Release Year}", "file", "movie title"),
        ("{Release Year}", "folder", "movie title"),
        ("{Movie Title} {Quality Full}", "folder", "Quality Full"),
        ("{Movie Title} {Original Title}", "folder", "Original Title"),
        ("{Movie Title}{-Release Group}", "folder", "Release Group"),
        ("{Movie Title} {MediaInfo Simple}", "folder", "MediaInfo Simple"),
        ("{Movie Title}: {Release Year}", "file", "':'"),
        ("{Movie Title}\n{Release Year}", "file", r"'\\n'"),
        ("{Movie Title}?", "folder", r"'\?'"),
        ("../{Movie Title}", "folder", "another folder"),
        ("./{Movie Title}", "folder", "another folder"),
        ("{Movie Title}" + "x" * 200, "folder", "no room"),
    ],
)
def test_refuses_patterns_that_cannot_work(pattern: str, kind: str, fault: str) -> None:
    """A bad pattern is refused when it is made, with the pattern and what is wrong."""
    with pytest.raises(ValueError, match=fault) as caught:
        NamingTemplate(pattern, kind=kind)
    assert repr(pattern) in str(caught.value)


def test_refuses_a_limit_without_room() -> None:
    """A limit must leave room for a title."""
    with pytest.raises(ValueError, match="20"):
        NamingTemplate("{Movie Title}", kind="folder", max_bytes=20)


def test_refuses_the_wrong_kind_of_template() -> None:
    """Folders and files are never named by each other's template."""
    with pytest.raises(ValueError, match="folder"):
        build_file_name(DEFAULT_FOLDER_TEMPLATE, movie=MOVIE, claim=FULL)
    with pytest.raises(ValueError, match="file"):
        build_folder_name(DEFAULT_FILE_TEMPLATE, movie=MOVIE)


def test_tells_of_tokens_nobody_knows() -> None:
    """A misspelt token gives no text, so that a person can be told beforehand."""
    template = NamingTemplate("{Movie Title} ({Release Year}) {Qualty Full}{ Bogus}")
    assert template.unknown_tokens == ("Qualty Full", "Bogus")
    assert DEFAULT_FILE_TEMPLATE.unknown_tokens == ()


# What no title can bring about.

HOSTILE = (
    st.text()
    | st.text(alphabet="./\\ :-_*?\0\n\ud800~$", min_size=1)
    | st.text(min_size=60, max_size=400).map(lambda text: text * 4)
    | st.sampled_from(["..", "/etc/passwd", "C:\\x", "con", "CON.", "aux .x", "~", "ﾠ", "ß" * 300, "<" * 3000])
)
TITLES = HOSTILE.filter(lambda text: text.strip() != "")
FILE_PATTERNS = [
    DEFAULT_FILE_TEMPLATE.pattern,
    "{Movie.CleanTitle:40}.{Release.Year}/{Release Group}{[Edition Tags:-20]}",
    "{MOVIE TITLETHE} {Release Year} {MOVIE TITLE:-300}{edition-{Edition Tags}}",
    "{Original Title}",
    "{movie_title}_{Release Year}/{Movie TitleFirstCharacter}",
]
FOLDER_PATTERNS = [
    DEFAULT_FOLDER_TEMPLATE.pattern,
    "{Movie Title}",
    "{Movie TitleFirstCharacter}/{Movie TitleThe:8}",
    "{Movie.CleanTitleThe} [imdbid-{ImdbId}]",
]


LOTS = settings(max_examples=500, deadline=None)  # a busy machine is no fault of a name


def check_name(name: str, limit: int) -> None:
    """Every component can be a name on any common file system, and says something."""
    components = name.split("/")
    for component in components:
        assert find_danger(component) is None, component
        assert component.strip(" ."), component
        assert not set(component) & set('<>:"|?*\\'), component
        assert len(component.encode()) <= limit


@LOTS
@given(TITLES, TITLES, HOSTILE, HOSTILE, st.sampled_from(FILE_PATTERNS), st.booleans(), st.sampled_from(ColonMode))
@example("x" * 300, "x", "", "", FILE_PATTERNS[0], True, ColonMode.SMART)
@example(":" * 300, "x", "", "", FILE_PATTERNS[0], True, ColonMode.SPACE_DASH_SPACE)
@example("-,0" + "¡" * 200, "0", "", "", FILE_PATTERNS[4], False, ColonMode.DELETE)
@example("<" * 3_000 + "x" * 300, "x", "", "", FILE_PATTERNS[0], True, ColonMode.SMART)
def test_no_file_name_is_ever_hostile(
    title: str, original: str, edition: str, group: str, pattern: str, replace: bool, colon: ColonMode
) -> None:
    """Whatever strangers put into titles and releases, a file's name is a name and not too long."""
    claim = evolve(FULL, original=original, edition=edition, release_group=group)
    template = NamingTemplate(pattern, replace_illegal=replace, colon=colon)
    movie = Movie(title=title, year=2019)
    name = build_file_name(template, movie=movie, claim=claim, proof=PROOF)
    check_name(name, 255)
    assert len(name.rpartition("/")[2].encode() + b".pt-br.forced.srt") <= 255
    assert name == build_file_name(template, movie=movie, claim=claim, proof=PROOF)


@LOTS
@given(TITLES, HOSTILE, st.sampled_from(FOLDER_PATTERNS), st.sampled_from([64, 100, 255]))
@example("<>", "..", "{Movie Title}", 255)
@example("<>", "CON", "{Movie Title}", 255)
@example("...", " /", "{Movie Title}", 64)
@example("<<<<<0000", "", FOLDER_PATTERNS[2], 64)
def test_no_folder_name_is_ever_hostile(title: str, movie_id: str, pattern: str, limit: int) -> None:
    """Whatever a film and its id are called, its folder stays in the library and within the limit."""
    movie = Movie(title=title, year=2019, id=MovieId(movie_id))
    check_name(build_folder_name(NamingTemplate(pattern, kind="folder", max_bytes=limit), movie=movie), limit)


def test_a_long_title_is_shortened_and_the_rest_stays() -> None:
    """The year and the quality survive, and so does as much of the title as fits."""
    movie = evolve(MOVIE, title="Ünï " * 200)
    name = build_file_name(DEFAULT_FILE_TEMPLATE, movie=movie, claim=BARE)
    assert name.endswith("... (2019) Bluray-1080p")
    assert 225 <= len(name.encode()) <= 235
    folder = build_folder_name(DEFAULT_FOLDER_TEMPLATE, movie=movie)
    assert folder.endswith("... (2019)")
    assert 245 <= len(folder.encode()) <= 255


def test_without_a_limit_names_are_as_long_as_they_are() -> None:
    """The limit can be switched off, as the incumbent has none."""
    template = NamingTemplate("{Movie Title}", kind="folder", max_bytes=None)
    assert build_folder_name(template, movie=evolve(MOVIE, title="x" * 500)) == "x" * 500
