"""Matching many formats fast: the same answers as the plain way, whatever the pattern and the name."""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from radarr_core.domain.custom_formats import (
    CustomFormat,
    FormatMatches,
    FormatSet,
    FormatSubject,
    Quarantine,
    judge_formats,
)
from radarr_core.domain.custom_formats.conditions import Condition, TextCondition
from radarr_core.domain.custom_formats.lint import lint_formats
from radarr_core.domain.custom_formats.matching import ConditionVerdict, FormatMatch, combine, judge_condition
from radarr_core.domain.custom_formats.patterns import check_pattern, find_span
from radarr_core.domain.custom_formats.patterns.literals import fold
from radarr_core.domain.custom_formats.prefilter import build_prefilter
from radarr_core.domain.languages import LANGUAGES
from radarr_core.domain.parsing import read_name
from radarr_core.domain.quality import QUALITIES
from radarr_core.domain.releases import IndexerFlag, Span
from radarr_core.errors import PolicyDataError

from .formats import condition, get_corpus, make_format, read_folder, title

EVERY_CHARACTER = "".join(map(chr, range(0x110000)))
BOMBS = ("(a|a)+$", "(a|aa)+$")
FUSE = "a" * 40 + "!"


def plain_search(pattern: str, text: str) -> bool:
    """Whether `regex` alone finds the pattern as this library understands it."""
    return check_pattern(pattern).compiled.search(text) is not None


# -- case --------------------------------------------------------------------------------------------------------------


def test_folding_follows_the_engines_idea_of_case() -> None:
    """Every character that equals an ASCII letter when case plays no part is folded into that letter, and no other."""
    folded: dict[str, set[str]] = {}
    for character in EVERY_CHARACTER:
        folded.setdefault(fold(character), set()).add(character)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        assert folded[letter] == set(regex.findall(letter, EVERY_CHARACTER, regex.IGNORECASE))
    for sign in map(chr, range(128)):
        if not sign.isalpha():
            assert regex.findall(regex.escape(sign), EVERY_CHARACTER, regex.IGNORECASE) == [sign]


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    """Nothing grows or shrinks: a text that stood together stands together."""
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("name", ["MARK.2019", "MAR\u212a.2019", "\u017fTRIKE", "strike", "H\u0130T", "hit"])
def test_letters_of_other_alphabets_are_not_lost(name: str) -> None:
    """A Kelvin sign, a long s and a dotted I are found like the letters they are equal to."""
    formats = [make_format(title(word), name=word) for word in ("mark", "strike", "hit", "^(mark.2019)$")]
    formats.append(make_format(condition("group", value="^(MARK|Strike|HIT)$"), name="group"))
    subject = FormatSubject(release_title=name, release_group=name)
    matches = FormatSet(formats).match(subject)
    assert matches == judge_formats(formats, subject)
    assert matches.names


# -- patterns in general -----------------------------------------------------------------------------------------------

PATTERNED = ("title", "edition", "group")
LETTERS = st.sampled_from("abk1")
ATOMS = st.one_of(
    LETTERS,
    st.sampled_from([".", r"\d", r"\w", r"\b", r"\B", "^", "$", "[ab]", "[^a]", "[a-b1]", r"[.\d]", r"\.", "[-a]"]),
    st.sampled_from(["web", "web[ .-]?dl", "{", "}", "{a}", "[[a]", "[]a]", r"\x61", r"\u0062", "é", "\u212a"]),
)


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    wrapped = st.tuples(st.sampled_from(["(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?i:"]), inner).map(
        lambda pair: f"{pair[0]}{pair[1]})"
    )
    named = inner.map(lambda text: f"(?'n'{text})")
    counted = st.tuples(
        st.one_of(LETTERS, inner.map(lambda text: f"({text})")),
        st.sampled_from(["?", "*", "+", "{2}", "{1,2}", "{0,1}", "??", "*?", "{1,}"]),
    ).map("".join)
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map("|".join),
        wrapped,
        named,
        counted,
    )


PATTERNS = st.recursive(ATOMS, _grow, max_leaves=12)
NAMES = st.text(alphabet="abk1AB.- WEBDLweb{}[]é\u212a\u017f\u0130", max_size=14)


@settings(max_examples=600, deadline=None)
@given(PATTERNS, NAMES)
def test_what_is_read_is_valid_and_loses_no_match(pattern: str, name: str) -> None:
    """A pattern this library reads compiles; where it matches, one of the texts it needs is there.

    What is proved of a pattern without running it is also true of it: the whole texts it lists, that it never
    matches or always does.
    """
    try:
        read = check_pattern(pattern)
    except ValueError:
        assume(False)
    assume(read.tree is not None)
    assert read.tree is not None
    found = read.compiled.search(name, timeout=5)
    folded = fold(name)
    if found and read.needed is not None:
        assert any(text in folded for text in read.needed)
    if found and read.needed_too is not None:
        assert any(text in folded for text in read.needed_too)
    if read.whole_texts is not None:
        assert (folded in read.whole_texts) is bool(found)
    assert not (found and read.never_matches)
    assert found or not read.always_matches


CONDITIONS = st.builds(
    lambda kind, pattern, negate, required: condition(
        kind, negate=negate, required=required, **({"value": pattern} if kind in PATTERNED else {})
    ),
    st.sampled_from([*PATTERNED, "title", "source", "resolution", "language", "flag", "size", "year"]),
    PATTERNS.filter(lambda pattern: _is_usable(pattern)),
    st.booleans(),
    st.booleans(),
)
SUBJECTS = st.builds(
    FormatSubject,
    release_title=NAMES,
    file_name=st.none() | NAMES,
    edition=st.none() | NAMES,
    release_group=st.none() | NAMES,
    quality=st.sampled_from(QUALITIES),
    languages=st.none() | st.lists(st.sampled_from(LANGUAGES), max_size=2).map(tuple),
    original_language=st.none() | st.sampled_from(LANGUAGES),
    size=st.none() | st.integers(0, 2**32),
    flags=st.none() | st.sampled_from(IndexerFlag),
    year=st.none() | st.integers(1980, 2010),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CONDITIONS, min_size=1, max_size=5), min_size=1, max_size=5), SUBJECTS)
def test_sets_of_any_formats_answer_as_the_plain_way(made: list[list[dict[str, Any]]], subject: FormatSubject) -> None:
    """Whatever the conditions and the subject, formats, verdicts and spans are those of asking one by one."""
    formats = [make_format(*conditions, name=f"{place}") for place, conditions in enumerate(made)]
    quarantine = Quarantine(time_limit=5)
    plain = judge_formats(formats, subject, quarantine)
    assert FormatSet(formats).match(subject, quarantine) == plain
    assert FormatSet(formats, use_engine=False).match(subject, quarantine) == plain


def test_a_format_that_only_excludes_matches_what_it_does_not_exclude() -> None:
    """No question has to be answered with yes for it."""
    formats = FormatSet([make_format(title("web", negate=True), name="Not WEB")])
    assert formats.match(FormatSubject(release_title="a")).names == ("Not WEB",)
    assert formats.match(FormatSubject(release_title="web")).names == ()


def _is_usable(pattern: str) -> bool:
    try:
        check_pattern(pattern)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("a{e}", ["a{e}"], ["a", "ae"]),
        ("{edition-", ["{EDITION-x}"], ["edition"]),
        ("a{,2}b", ["a{,2}b"], ["aab", "b"]),
        ("(?'x'a)b", ["ab"], ["b"]),
        (r"(?<!\bweb.*)-EVO", ["hdtv-evo"], ["web.x-evo"]),
        ("(?i)abc", ["ABC"], ["ab"]),
        (r"^[]a]$", ["]", "a"], ["b"]),
        (r"(a)(b)\2", ["abb"], ["aba"]),
    ],
)
def test_patterns_mean_what_they_mean_to_dot_net(pattern: str, yes: list[str], no: list[str]) -> None:
    """Braces that count nothing are characters, never fuzzy matching; .NET's own spellings are understood."""
    for text in yes:
        assert plain_search(pattern, text), text
    for text in no:
        assert not plain_search(pattern, text), text


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\bweb[ .]?dl\b", {"webdl", "web dl", "web.dl"}),
        (r"^(?=.*\b(PMR)\b)(?=.*\b(Remux)\b)", {"remux"}),
        (r"\b(German)\b.*(DL|ML)", {"german"}),
        (r"x(abc)?", None),
        (r".*", None),
        (r"abc|d", None),
        ("(?!nope)yes", {"yes"}),
    ],
)
def test_texts_a_pattern_needs(pattern: str, needed: set[str] | None) -> None:
    """The longest texts no match can do without; none where a match can do without any."""
    assert check_pattern(pattern).needed == needed


@pytest.mark.parametrize(
    ("pattern", "needed", "too"),
    [
        (r"^(?=.*\b(PMR)\b)(?=.*\b(Remux)\b)", {"remux"}, {"pmr"}),
        (r"(?<=ab).*(?!nope)\bcdef?\b", {"cde"}, {"ab"}),
        (r"web.*rip[ .]off", {"rip off", "rip.off"}, {"web"}),
        (r"(web|(?=dl).*)rip", {"rip"}, {"web", "dl"}),
        (r"same.*same", {"same"}, None),
        (r"web.*(dl|x)", {"web"}, None),
    ],
)
def test_texts_a_pattern_needs_as_well(pattern: str, needed: set[str], too: set[str] | None) -> None:
    """Where a pattern asks for two things, a name that has but one of them is not searched."""
    read = check_pattern(pattern)
    assert (read.needed, read.needed_too) == (needed, too)
    if too is not None:
        candidates = build_prefilter({0: read.needed or frozenset()}, {0: frozenset(too)})
        assert candidates is not None
        first, second = min(needed), min(too)
        found = [list(candidates(text)) for text in (f"{second}-{first}", first, second, "")]
        assert found == [[0], [], [], []]


@pytest.mark.parametrize(
    ("pattern", "is_affordable"),
    [
        (r"\bweb[ ._-]?(dl|rip)?\b", True),
        (r"a.*b", True),
        ("(abc)*d", True),
        ("(a|a)+$", False),
        ("(a|aa)+$", False),
        ("(a+)+$", False),
        ("(a*)*$", False),
        ("(a?){30}a{30}", False),
        (".*.*.*.*.*.*=", False),
        ("(?=(a+)+$)", False),
        (r"(a|b)\1*(a|a)*c", False),
        (r"\p{L}+", False),
    ],
)
def test_only_patterns_proved_harmless_run_without_a_time_out(pattern: str, is_affordable: bool) -> None:
    """What cannot be bounded, or only by too much, is watched."""
    assert (check_pattern(pattern).affordable_length >= 80) is is_affordable


# -- bombs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_loaded_and_named_and_goes_off_once(bomb: str) -> None:
    """A pattern that takes too long makes its condition unknown, not false, and is not run again in that run."""
    formats = [make_format(title(bomb), name="Bomb"), make_format(title("a"), name="Sound")]
    quarantine = Quarantine(time_limit=0.05)
    prepared = FormatSet(formats)
    matches = prepared.match(FormatSubject(release_title=FUSE), quarantine)
    assert matches.names == ("Sound",)
    assert [match.name for match in matches.undecided] == ["Bomb"]
    assert matches.undecided[0].unknown[0].condition.name == "is title"
    assert matches.offenders == (bomb,)
    assert quarantine.offenders == {bomb: FUSE}
    started = time.process_time()
    for _ in range(200):
        again = prepared.match(FormatSubject(release_title=FUSE + "aa"), quarantine)
        assert again.offenders == (bomb,)
    assert time.process_time() - started < 2
    assert judge_formats(formats, FormatSubject(release_title=FUSE), quarantine) == matches


def test_the_next_run_tries_again() -> None:
    """A quarantine is that of one run; a name that lights no bomb is judged as ever."""
    formats = FormatSet([make_format(title(BOMBS[0]), name="Bomb")])
    assert formats.match(FormatSubject(release_title=FUSE), Quarantine(time_limit=0.05)).undecided
    assert formats.match(FormatSubject(release_title="baa"), Quarantine(time_limit=0.05)).names == ("Bomb",)


def test_a_turned_round_bomb_is_unknown_too() -> None:
    """Not found in time is not found in neither direction."""
    formats = FormatSet([make_format(title(BOMBS[1], negate=True), name="Bomb")])
    matches = formats.match(FormatSubject(release_title=FUSE), Quarantine(time_limit=0.05))
    assert (matches.names, len(matches.undecided)) == ((), 1)


def test_a_bomb_that_is_found_at_once_is_found() -> None:
    """The texts are searched one after the other, and no more than is needed to know."""
    formats = [make_format(title(BOMBS[0]), name="Bomb")]
    subject = FormatSubject(release_title="a", file_name=FUSE)
    matches = FormatSet(formats).match(subject, Quarantine(time_limit=0.05))
    assert (matches.names, matches.offenders) == (("Bomb",), ())
    assert judge_formats(formats, subject) == matches


def test_deep_nesting_is_refused_or_read_but_never_crashes() -> None:
    """A pattern nested thousands deep is a pattern like any other or an error, not the end of the process."""
    for deep in (
        "(" * 5000 + "a" + ")" * 5000,
        "(?=" * 300 + "a" + ")" * 300,
        "[" * 3000,
        "(a|" * 400 + "b" + ")" * 400,
    ):
        try:
            found = find_span(check_pattern(deep), "a", Quarantine())
        except ValueError:
            continue
        assert isinstance(found, Span | bool)


def _nest(ways: str, deep: int) -> str:
    for _ in range(deep):
        ways = f"(?:{ways}){{0,8}}"
    return f"{ways}$"


@pytest.mark.parametrize("deep", [1, 2, 3, 4, 8, 20, 55])
def test_a_cost_beyond_all_numbers_is_no_small_one(deep: int) -> None:
    """However many ways there are to match, a search of them is watched, and given up in time."""
    pattern = check_pattern(_nest("(?:a|a|a|a)", deep))
    assert pattern.affordable_length < 400
    if deep > 1:
        assert find_span(pattern, "a" * 400 + "!", Quarantine(time_limit=0.05)) is None


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("a{999999999}", "repeats"),
        ("a{" + "9" * 5000 + "}", "repeats"),
        ("(?:(?:(?:a{100}){100}){100}){100}", "repeats"),
        (r"(?x) (?:\w {1000} ) {1000}", "repeats"),
        ("(?#[)(?:[)(]{1000}){1000}]", "repeats"),
        ("(?<n>(?>a){400}){0400,}", "repeats"),
        ("(?:" + "a" * 50_000 + ")", "50004 characters"),
        ("}" * 1_000_000, "1000000 characters"),
    ],
)
def test_what_no_machine_could_compile_is_refused_before_it_is_tried(pattern: str, reason: str) -> None:
    """Compiling cannot be stopped once it has begun: a few characters may ask for all of the memory."""
    with pytest.raises(PolicyDataError, match=reason) as caught:
        make_format(title(pattern))
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("pattern", ["a{1000}", "(?:a{1,999}){1,999}", r"\(\[[({99}[]{99}]{99}", "a{0}b{,9}", "(a){9}"])
def test_repetitions_that_can_be_meant_are_taken(pattern: str) -> None:
    """The limit stands far from everything people write, and counts neither escaped signs nor those of a set."""
    assert _is_usable(pattern)


@pytest.mark.parametrize("part", ["a", "}", "^", r"\b", "a?", "[ab]", "abc|"])
def test_the_work_on_a_long_pattern_grows_with_its_length_alone(part: str) -> None:
    """Four times the pattern is not sixteen times the work, as it once was: compared within one run, with room."""
    short, long = (_spend_on_part(part, length) for length in (5_000, 20_000))
    assert long < 10 * max(short, 0.05)


def _spend_on_part(part: str, length: int) -> float:
    """The least of three patterns of about that length: another one each time, since what is known of one is kept.

    The collector has everything to look through that other tests have left, so it waits.
    """
    texts = [part * (length // len(part) - fewer) for fewer in range(3)]
    gc.collect()
    gc.disable()
    try:
        return min(_spend_on_pattern(text.rstrip("|")) for text in texts)
    finally:
        gc.enable()


def _spend_on_pattern(pattern: str) -> float:
    """The processor's seconds to read it, lint it and match it once."""
    started = time.process_time()
    formats = [make_format(title(pattern))]
    list(lint_formats(formats))
    FormatSet(formats).match(FormatSubject(release_title="The.Film.2020.1080p.WEB-DL-TIDE"))
    return time.process_time() - started


# -- the guides' formats -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def formats() -> tuple[CustomFormat, ...]:
    """Every format of the guides."""
    return tuple(map(CustomFormat.from_trash, read_folder(get_corpus() / "trash-guides" / "cf").values()))


@pytest.fixture(scope="module")
def subjects() -> list[FormatSubject]:
    """Every release name of the shared corpus as it is, with what can be read of it."""
    return list(_make_subjects())


def _make_subjects() -> Iterator[FormatSubject]:
    for name in (get_corpus() / "release-names.txt").read_text("utf-8").splitlines():
        facts = read_name(name)
        yield FormatSubject(
            release_title=name,
            edition=facts.edition,
            release_group=facts.release_group,
            quality=facts.quality,
            languages=facts.languages,
            year=facts.year,
        )


def text_conditions(formats: tuple[CustomFormat, ...]) -> list[TextCondition]:
    """Every condition with a pattern."""
    return [each for one in formats for each in one.conditions if isinstance(each, TextCondition)]


class PlainestWay:
    """The plain way once more, so cheap that every name can be judged: `regex` searches each pattern once for a name.

    A format's verdicts are combined again only where they differ from all that were combined before.
    """

    def __init__(self, formats: tuple[CustomFormat, ...]) -> None:
        self.formats = sorted(formats, key=lambda each: each.name)
        self.searches = {
            (each.places, each.pattern): check_pattern(each.pattern).compiled.search
            for each in text_conditions(formats)
        }
        self.quarantine = Quarantine()
        self.combined: dict[tuple[str, *tuple[bool | None, ...]], bool | None] = {}

    def judge(self, subject: FormatSubject) -> FormatMatches:
        """What `judge_formats` has to answer."""
        found = dict(self.search(subject))
        judged = [self.judge_one(each, subject, found) for each in self.formats]
        matching, undecided = (tuple([match for match in judged if match.matches is word]) for word in (True, None))
        return FormatMatches(subject, matching, undecided)

    def search(self, subject: FormatSubject) -> Iterator[tuple[Any, tuple[str, Span]]]:
        """Which patterns are found in the subject's texts, and where first."""
        texts = {
            places: [(place, getattr(subject, place)) for place in places]
            for places in {key[0] for key in self.searches}
        }
        texts = {
            places: [(place, text) for place, text in pairs if text is not None] for places, pairs in texts.items()
        }
        for (places, pattern), search in self.searches.items():
            for place, text in texts[places]:
                if hit := search(text):
                    yield (places, pattern), (place, Span(*hit.span()))
                    break

    def judge_one(self, one: CustomFormat, subject: FormatSubject, found: dict[Any, tuple[str, Span]]) -> FormatMatch:
        """One format beside a subject in which these patterns were found."""
        verdicts = tuple([self.ask(each, subject, found) for each in one.conditions])
        key = one.name, *[verdict.holds for verdict in verdicts]
        if key not in self.combined:
            self.combined[key] = combine(verdicts)
        return FormatMatch(one, self.combined[key], verdicts)

    def ask(self, condition: Condition, subject: FormatSubject, found: dict[Any, tuple[str, Span]]) -> ConditionVerdict:
        """One condition's answer."""
        if not isinstance(condition, TextCondition):
            return judge_condition(condition, subject, self.quarantine)
        hit = found.get((condition.places, condition.pattern))
        if hit is None:
            return ConditionVerdict(condition, condition.negate)
        return ConditionVerdict(condition, not condition.negate, *hit)


def test_every_name_and_format_as_the_plain_way(
    formats: tuple[CustomFormat, ...], subjects: list[FormatSubject]
) -> None:
    """Formats, verdicts and spans are the same for every name of the corpus and every format of the guides.

    The plain way shares no answer between formats and looks for no literals.
    """
    prepared, quarantine = FormatSet(formats), Quarantine(time_limit=5)
    plain = PlainestWay(formats)
    matched = 0
    for place, subject in enumerate(subjects):
        fast = prepared.match(subject, quarantine)
        assert fast == plain.judge(subject)
        assert place % 50 or fast == judge_formats(formats, subject, quarantine)
        matched += len(fast.matching)
    assert quarantine.offenders == {}
    assert matched > 5 * len(subjects)


def test_without_the_engine_the_answers_are_the_same(
    formats: tuple[CustomFormat, ...], subjects: list[FormatSubject]
) -> None:
    """The engine only makes it faster."""
    with_engine, without = FormatSet(formats), FormatSet(formats, use_engine=False)
    for subject in subjects[::20]:
        assert with_engine.match(subject) == without.match(subject)


def test_the_guides_patterns_are_all_understood(formats: tuple[CustomFormat, ...]) -> None:
    """None of them is compiled to be known as valid, and all but a few need a text, so that names skip them."""
    patterns = {check_pattern(each.pattern) for one in formats for each in one.conditions if hasattr(each, "pattern")}
    assert len(patterns) > 1000
    assert [each.text for each in patterns if each.tree is None] == []
    assert len([each for each in patterns if not each.needed and not each.whole_texts]) <= 3


def test_few_patterns_are_run_for_a_name(formats: tuple[CustomFormat, ...], subjects: list[FormatSubject]) -> None:
    """What makes it fast: of more than a thousand patterns a name meets a dozen."""
    needed = {}
    for each in {check_pattern(each.pattern) for each in text_conditions(formats)}:
        if each.needed is not None:
            needed[len(needed)] = each.needed
    candidates = build_prefilter(needed)
    assert candidates is not None
    assert sum(len(candidates(fold(subject.release_title))) for subject in subjects) < 15 * len(subjects)


# -- sets --------------------------------------------------------------------------------------------------------------


def test_a_set_refuses_formats_that_cannot_be_told_apart() -> None:
    """Two formats of one name would share a score."""
    with pytest.raises(PolicyDataError, match="'Same' stands twice"):
        FormatSet([make_format(title("a"), name="Same"), make_format(title("b"), name="Same")])


def test_a_set_travels() -> None:
    """Deciding may happen in another process; the set arrives and answers the same."""
    formats = FormatSet([make_format(title("web"), name="Web")])
    subject = FormatSubject(release_title="a.web")
    before = formats.match(subject)
    assert pickle.loads(pickle.dumps(formats)).match(subject) == before
    assert pickle.loads(pickle.dumps(formats)) == formats


def test_an_empty_set_matches_nothing() -> None:
    """No formats, no matches, no score."""
    matches = FormatSet(()).match(FormatSubject(release_title="a"))
    assert matches == FormatMatches(FormatSubject(release_title="a"))
    assert matches.score({"x": 5}) == 0


WITHOUT = """
import sys
sys.modules[{missing!r}] = None
from radarr_core.domain.custom_formats import CustomFormat, FormatSet, FormatSubject
condition = {{"name": "c", "implementation": "ReleaseTitleSpecification", "negate": False, "required": False,
             "fields": {{"value": "web.?dl"}}}}
made = CustomFormat.from_trash({{"name": "Web", "specifications": [condition]}})
try:
    print(FormatSet([made]).match(FormatSubject(release_title="A.WEB-DL")).names)
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize(
    ("missing", "printed"),
    [
        ("ahocorasick_rs", "('Web',)"),
        ("regex", "MissingExtraError custom formats need the package regex: pip install 'radarr-core[formats]'"),
    ],
)
def test_what_happens_without_the_libraries(missing: str, printed: str) -> None:
    """Without the engine all goes on; without `regex` formats load, and matching says what to install."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(missing=missing)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == printed


def test_nothing_is_imported_before_it_is_needed() -> None:
    """Reading formats imports neither library."""
    code = (
        "import sys; from radarr_core.domain.custom_formats import CustomFormat, FormatSet; "
        "print(sorted({'regex', 'ahocorasick_rs'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
