"""Custom formats: what conditions ask, how they are combined, and what is said of bad ones."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from radarr_core.domain.custom_formats import CustomFormat, FormatSubject, judge_format, judge_formats, read_formats
from radarr_core.domain.custom_formats.conditions import SourceCondition, YearCondition
from radarr_core.domain.languages import ANY, ENGLISH, ORIGINAL, UNKNOWN_LANGUAGE, Language, find_language
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.quality import get_quality
from radarr_core.domain.releases import IndexerFlag, Span
from radarr_core.errors import AskPersonError, PolicyDataError
from tests.corpus.answers_custom_format import answer_custom_format

from .formats import condition, find_corpus, get_corpus, make_format, title

GERMAN = find_language("German")
FRENCH = find_language("French")
GIGABYTE = 1024**3


def judge(data: dict[str, Any], **facts: Any) -> bool | None:
    """Whether a format of this one condition matches."""
    return judge_format(make_format(data), FormatSubject(**{"release_title": "A", **facts})).matches


@pytest.mark.parametrize(
    ("data", "facts", "expected"),
    [
        (condition("title"), {"release_title": "x.Atmos.y"}, True),
        (condition("title"), {"release_title": "x", "file_name": "y atmos"}, True),
        (condition("title"), {"release_title": "batmost"}, False),
        (title("a*b*"), {"release_title": ""}, True),
        (condition("edition"), {"edition": "EXTENDED Cut"}, True),
        (condition("edition"), {"edition": None}, False),
        (condition("edition", negate=True), {"edition": None}, True),
        (condition("group"), {"release_group": "tide"}, True),
        (condition("group"), {"release_group": "tides"}, False),
        (condition("group"), {"release_group": None}, False),
        (condition("language"), {"languages": (ENGLISH, GERMAN)}, True),
        (condition("language"), {"languages": ()}, False),
        (condition("language", value=4, exceptLanguage=True), {"languages": (GERMAN,)}, False),
        (condition("language", value=4, exceptLanguage=True), {"languages": (GERMAN, FRENCH)}, True),
        (condition("language", value=-1), {"languages": (ENGLISH,)}, False),
        (condition("language", value=-1), {"languages": (ANY,)}, True),
        (condition("flag"), {"flags": IndexerFlag.INTERNAL | IndexerFlag.SCENE}, True),
        (condition("flag"), {"flags": IndexerFlag.SCENE}, False),
        (condition("flag", value=1024), {"flags": IndexerFlag.SCENE}, False),
        (condition("source"), {"quality": get_quality("WEBDL-720p")}, True),
        (condition("source"), {"quality": get_quality("WEBRip-720p")}, False),
        (condition("source"), {}, False),
        (condition("resolution"), {"quality": get_quality("TELESYNC").at(1080)}, True),
        (condition("resolution"), {"quality": get_quality("TELESYNC")}, False),
        (condition("modifier"), {"quality": get_quality("Remux-2160p")}, True),
        (condition("modifier"), {"quality": get_quality("Bluray-2160p")}, False),
        (condition("size"), {"size": GIGABYTE}, False),
        (condition("size"), {"size": GIGABYTE + 1}, True),
        (condition("size"), {"size": GIGABYTE * 5 // 2}, True),
        (condition("size"), {"size": GIGABYTE * 5 // 2 + 1}, False),
        (condition("year"), {"year": 1990}, True),
        (condition("year"), {"year": 1999}, True),
        (condition("year"), {"year": 2000}, False),
    ],
)
def test_conditions_ask_what_they_say(data: dict[str, Any], facts: dict[str, Any], expected: bool) -> None:
    """Each of the ten types answers by its own fact, at its edges too; turned round it answers the opposite."""
    assert judge(data, **facts) is expected
    assert judge({**data, "negate": not data["negate"]}, **facts) is (not expected)


@pytest.mark.parametrize(
    ("kind", "facts"),
    [("language", {"languages": None}), ("flag", {"flags": None}), ("size", {}), ("year", {})],
)
def test_what_is_not_known_is_unknown_both_ways_round(kind: str, facts: dict[str, Any]) -> None:
    """A missing fact never counts as a match, whichever way the condition asks; the answer says so."""
    for negate in (False, True):
        match = judge_format(make_format(condition(kind, negate=negate)), FormatSubject(release_title="A", **facts))
        assert match.matches is None
        assert [verdict.condition.name for verdict in match.unknown] == [f"is {kind}"]


@pytest.mark.parametrize(
    ("original", "expected"),
    [(FRENCH, True), (ENGLISH, False), (None, False), (UNKNOWN_LANGUAGE, False)],
)
def test_original_stands_for_the_movies_own_language(original: Language | None, expected: bool) -> None:
    """Original is the movie's language where that is known, else it stays the word itself."""
    data = condition("language", value=ORIGINAL.id)
    assert judge(data, languages=(FRENCH,), original_language=original) is expected
    assert judge(data, languages=(ORIGINAL,), original_language=None) is True


A, B = r"\bA\b", r"\bB\b"
WEBDL, WEBRIP = condition("source"), condition("source", value=8)


@pytest.mark.parametrize(
    ("conditions", "yes", "no"),
    [
        ([title(A), title(B)], ["A", "B", "A B"], ["C"]),
        ([title(A, required=True), title(B)], ["A", "A B"], ["B", "C"]),
        ([title(A, required=True), title(B, required=True)], ["A B"], ["A", "B", "C"]),
        ([title(A), WEBDL], ["A/WEBDL-1080p"], ["A", "/WEBDL-1080p", "A/WEBRip-1080p"]),
        ([title(A), WEBDL, WEBRIP], ["A/WEBDL-1080p", "A/WEBRip-1080p"], ["A", "/WEBRip-1080p", "A/SDTV"]),
        ([title(A), title(B, negate=True)], ["A", "C", "A B"], ["B"]),
        ([title(A, required=True), title(B, negate=True, required=True)], ["A"], ["A B", "B", "C"]),
        ([title(A, negate=True)], ["C"], ["A"]),
    ],
)
def test_conditions_are_combined_by_type(conditions: list[dict[str, Any]], yes: list[str], no: list[str]) -> None:
    """Within a type any condition will do, but a required one must hold; every type has its say."""
    for name in yes + no:
        text, _, quality = name.partition("/")
        subject = FormatSubject(release_title=text, quality=get_quality(quality or "Unknown"))
        assert judge_format(make_format(*conditions), subject).matches is (name in yes), name


def test_an_unknown_condition_decides_nothing_that_others_decide() -> None:
    """Where the answer is the same whatever the unknown fact is, it is given; else the format is undecided."""
    size, subject = condition("size"), FormatSubject(release_title="A")
    assert judge_format(make_format(title(A), size), subject).matches is None
    assert judge_format(make_format(title(B), size), subject).matches is False
    years = [condition("year"), condition("size", required=True)]
    assert judge_format(make_format(*years), FormatSubject(release_title="A", year=2020)).matches is False
    judged = judge_formats([make_format(title(A), size, name="Sized"), make_format(title(A), name="Sure")], subject)
    assert judged.names == ("Sure",)
    assert [match.name for match in judged.undecided] == ["Sized"]
    assert judged.score({"Sized": 100, "Sure": 5}) == 5


def test_a_match_shows_what_was_found_and_where() -> None:
    """People see which text made a format match; one without regard to case, in the name or in the file's."""
    subject = FormatSubject(release_title="The.Film.atmos-TIDE", file_name="B", release_group="TIDE")
    match = judge_format(make_format(condition("title"), condition("group"), title(B)), subject)
    assert [(each.place, each.span, each.text(subject)) for each in match.conditions] == [
        ("release_title", Span(9, 14), "atmos"),
        ("release_group", Span(0, 4), "TIDE"),
        ("file_name", Span(0, 1), "B"),
    ]


def test_matches_are_sorted_and_scored_by_name_or_id() -> None:
    """The score is the sum over the matching formats; what is not listed counts nothing."""
    formats = [make_format(title("x"), name=name, trash_id=f"id-{name}") for name in ("b", "a", "c")]
    judged = judge_formats(formats, FormatSubject(release_title="x"))
    assert judged.names == ("a", "b", "c")
    assert judged.scores({"a": 7, "id-b": -9}) == {"a": 7, "b": -9, "c": 0}
    assert judged.score({"a": 7, "id-b": -9}) == -2


def test_a_movies_title_is_blotted_out() -> None:
    """A format must not find its word in a film's title; what it finds keeps its place in the name."""
    name = "The.Atmos.Effect.2019.1080p.WEB-DL.Atmos-TIDE.mkv"
    claim = parse_release(name)
    subject = FormatSubject.of_claim(claim, size=5, original_language=FRENCH)
    assert subject.release_title == "qqqqqqqqqqqqqqqq.2019.1080p.WEB-DL.Atmos-TIDE"
    assert (subject.release_group, subject.year, subject.size) == ("TIDE", 2019, 5)
    verdict = judge_format(make_format(condition("title")), subject).conditions[0]
    assert verdict.span is not None
    assert name[verdict.span.start : verdict.span.end] == "Atmos"
    assert verdict.span.start == name.rindex("Atmos")


def test_fields_may_be_an_object_or_a_list() -> None:
    """The guides' form and that of Radarr's API give the same format, decoration left out."""
    listed = condition("language")
    listed["fields"] = [
        {"order": 0, "name": "value", "label": "Language", "value": 4, "type": "select"},
        {"order": 1, "name": "exceptLanguage", "value": False, "advanced": True},
    ]
    listed |= {"id": 3, "implementationName": "Language", "infoLink": "x", "presets": []}
    read = make_format(listed, id=12)
    assert read == make_format(condition("language"))
    assert read.to_trash()["specifications"][0]["fields"] == {"value": 4, "exceptLanguage": False}


def test_what_was_read_is_written_back_unchanged() -> None:
    """Every key comes back, unknown ones and their order included."""
    data = {
        "trash_regex": "https://example.org",
        "name": "Mine",
        "trash_scores": {"default": 5, "other": -5},
        "trash_new": {"a": [1, 2]},
        "trash_id": "0123456789abcdef0123456789abcdef",
        "includeCustomFormatWhenRenaming": True,
        "specifications": [{**condition(kind), "trash_note": "y"} for kind in ("size", "year", "language", "title")],
    }
    read = CustomFormat.from_trash(data)
    assert json.dumps(read.to_trash()) == json.dumps(data)
    assert CustomFormat.from_trash(read.to_trash()) == read


def broken(**changes: Any) -> dict[str, Any]:
    """A format with one condition, some keys of which are changed, or removed by None."""
    made = {**condition("title"), **changes}
    return {"name": "N", "specifications": [{key: value for key, value in made.items() if value is not None}]}


@pytest.mark.parametrize(
    ("data", "key", "reason"),
    [
        ([], None, "must be an object"),
        ({"specifications": [condition("title")]}, "name", "is missing"),
        ({"name": " ", "specifications": [condition("title")]}, "name", "may not be blank"),
        ({"name": 7, "specifications": [condition("title")]}, "name", "must be a text, not 7"),
        ({"name": "N"}, "specifications", "is missing"),
        ({"name": "N", "specifications": []}, "specifications", "at least one condition"),
        ({"name": "N", "specifications": {}}, "specifications", "must be a list, not {}"),
        ({"name": "N", "specifications": ["x"]}, "specifications[0]", "must be an object, not 'x'"),
        ({**broken(), "trash_scores": {"default": "5"}}, "trash_scores.default", "must be a whole number, not '5'"),
        ({**broken(), "trash_scores": {"default": True}}, "trash_scores.default", "must be a whole number, not True"),
        ({**broken(), "trash_id": None}, "trash_id", "must be a text"),
        ({**broken(), "includeCustomFormatWhenRenaming": 1}, "includeCustomFormatWhenRenaming", "true or false"),
        (broken(implementation="Nonsense"), "specifications[0].implementation", "no condition is called 'Nonsense'"),
        (broken(implementation=None), "specifications[0].implementation", "is missing"),
        (broken(fields=None), "specifications[0].fields", "is missing"),
        (broken(fields={}), "specifications[0].fields.value", "is missing"),
        (broken(fields={"value": 5}), "specifications[0].fields.value", "must be a text, not 5"),
        (broken(fields={"value": "a", "x": 1}), "specifications[0].fields.x", "no such field"),
        (broken(fields={"value": "(a"}), "specifications[0].fields.value", "the pattern '(a' cannot be used"),
        (broken(fields={"value": "[a-z-[b]]"}), "specifications[0].fields.value", "a set taken from a set"),
        (broken(fields={"value": " "}), "specifications[0].fields.value", "may not be blank"),
        (broken(fields=[{"name": "value"}]), "specifications[0].fields[0].value", "is missing"),
        (broken(negate="no"), "specifications[0].negate", "must be true or false, not 'no'"),
        (broken(required=None), "specifications[0].required", "is missing"),
        (broken(name=" "), "specifications[0].name", "may not be blank"),
        (broken(**condition("source", value=0)), "specifications[0].fields.value", "0 is no source"),
        (broken(**condition("source", value=7.0)), "specifications[0].fields.value", "must be a whole number"),
        (broken(**condition("resolution", value=1081)), "specifications[0].fields.value", "1081 is no resolution"),
        (broken(**condition("modifier", value=6)), "specifications[0].fields.value", "6 is no quality modifier"),
        (broken(**condition("flag", value=3)), "specifications[0].fields.value", "3 is no indexer flag"),
        (broken(**condition("language", value=99)), "specifications[0].fields.value", "the number of no language"),
        (broken(**condition("size", min=3, max=2)), "specifications[0].fields", "0 <= min < max"),
        (broken(**condition("year", min=0, max=2)), "specifications[0].fields", "0 < min <= max"),
    ],
)
def test_bad_data_is_one_error_that_names_file_key_and_reason(data: Any, key: str | None, reason: str) -> None:
    """Whoever wrote the file learns where to look; the error is a ValueError that a person can mend."""
    with pytest.raises(PolicyDataError) as caught:
        CustomFormat.from_trash(data, file="cf/mine.json")
    assert caught.value.file == "cf/mine.json"
    assert caught.value.key == key
    assert reason in caught.value.reason
    assert str(caught.value) == ": ".join(part for part in ("cf/mine.json", key, caught.value.reason) if part)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, AskPersonError)


def test_the_error_crosses_processes() -> None:
    """Pickled and back it says the same."""
    error = pickle.loads(pickle.dumps(PolicyDataError("is missing", file="f", key="k")))
    assert (str(error), error.file, error.key, error.reason) == ("f: k: is missing", "f", "k", "is missing")


def test_conditions_made_by_hand_are_checked_too() -> None:
    """A value of no meaning is refused wherever it comes from."""
    with pytest.raises(ValueError, match="12 is no source"):
        SourceCondition(name="x", value=12)
    with pytest.raises(ValueError, match="years need"):
        YearCondition(name="x", minimum=5, maximum=4)
    with pytest.raises(PolicyDataError, match="at least one condition"):
        CustomFormat(name="x", conditions=())


@pytest.mark.parametrize("key", ["name", "trash_id"])
def test_two_formats_of_one_name_or_id_are_refused(key: str) -> None:
    """Scores go by name and by id, so neither may stand for two; the message names both files."""
    table = {
        f"{file}.json": {"name": file, "trash_id": f"id-{file}", "specifications": [condition("title")]} | {key: "same"}
        for file in ("first", "second")
    }
    with pytest.raises(PolicyDataError, match=r"second.json: .*'same' stands twice, also in 'first.json'"):
        read_formats(table)


def test_ids_of_the_guides_text_may_repeat() -> None:
    """`guide-only` is a word, not an id."""
    table = {name: {"name": name, "trash_id": "guide-only", "specifications": [condition("title")]} for name in "ab"}
    assert len(read_formats(table)) == 2


def read_cases() -> list[dict[str, Any]]:
    """The cases of the shared corpus; none without it."""
    folder = find_corpus()
    path = None if folder is None else folder / "custom_format.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path and path.exists() else []


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case["id"])
def test_shared_cases(case: dict[str, Any]) -> None:
    """The peers' own cases have the peers' answers."""
    assert answer_custom_format(case["input"]) == case["expect"]


def test_shared_cases_are_there() -> None:
    """Without the shared corpus the cases above are none, which must not pass unseen."""
    assert (get_corpus() / "custom_format.jsonl").exists()
    assert len(read_cases()) >= 11
