"""The comparison with guessit: nothing unexplained passes, and no explanation outlives what it explains."""

from __future__ import annotations

import re
from typing import Any

import pytest

from radarr_core.domain.opinions import FIELDS, Comparison, Opinion, find_disagreements
from radarr_core.domain.releases import ParsedRelease

from .differences import PREDICATES
from .differential import DifferenceClass, Review, digest, judge, main, read_review

NAME = "Glass.Harbor.2019.1080p.BluRay.x264-GRP"


def _compare(ours: dict[str, Any] | str, theirs: dict[str, Any] | str) -> Comparison:
    """A comparison of two claims about `NAME`; a text instead of fields is the reason for a refusal."""
    opinions = tuple(
        Opinion(parser=parser, refusal=said)
        if isinstance(said, str)
        else Opinion(parser=parser, claim=ParsedRelease(**{"original": NAME, "title": "Glass Harbor", **said}))
        for parser, said in (("native", ours), ("guessit", theirs))
    )
    return Comparison(name=NAME, opinions=opinions, disagreements=find_disagreements(opinions))


def _review(*classes: DifferenceClass, about: str = "release_group") -> Review:
    return Review("4.4.0", {about: classes})


def test_a_disagreement_without_a_class_is_unexplained() -> None:
    """A new difference is seen, with the name, its digest and both readings, instead of being lost among the old."""
    outcome = judge([_compare({"release_group": "GRP"}, {"release_group": "Other"})], Review("4.4.0", {}))
    (line,) = outcome.unexplained
    assert NAME in line
    assert digest(NAME) in line
    assert "native GRP, guessit Other" in line


def test_a_listed_name_is_explained() -> None:
    """A difference that was reviewed by name is known by the name's digest, on that field alone."""
    listed = DifferenceClass("as_reviewed", "It was looked at.", names={digest(NAME)})
    outcome = judge(
        [_compare({"release_group": "GRP", "year": 2019}, {"release_group": "X", "year": 2018})], _review(listed)
    )
    assert outcome.counts == {("release_group", "as_reviewed"): 1}
    assert [line.partition(":")[0] for line in outcome.unexplained] == ["year"]
    assert outcome.stale == ()


def test_the_first_class_that_fits_counts() -> None:
    """Classes are tried in their order, so that a narrow one may stand before a wide one."""
    tracker = DifferenceClass("guessit_keeps_a_tracker", "A tag.")
    wide = DifferenceClass("guessit_takes_in_more", "More words.")
    outcome = judge([_compare({"release_group": "GRP"}, {"release_group": "GRP[TGx]"})], _review(tracker, wide))
    assert outcome.counts == {("release_group", "guessit_keeps_a_tracker"): 1}
    assert outcome.stale == ("release_group: class 'guessit_takes_in_more' stands for no disagreement any more",)


def test_a_digest_that_stands_for_nothing_is_stale() -> None:
    """When ours is mended, or guessit is, its entry has to go; the list holds no more than is true."""
    listed = DifferenceClass("as_reviewed", "It was looked at.", names={digest(NAME), "0123456789ab"})
    outcome = judge([_compare({"release_group": "GRP"}, {"release_group": "Other"})], _review(listed))
    assert outcome.unexplained == ()
    assert outcome.stale == ("release_group: 0123456789ab is of class 'as_reviewed' no more",)


def test_a_refusal_is_a_disagreement_of_its_own() -> None:
    """Whether the name is a film's at all is asked first; predicates on two claims never hold where one is missing."""
    no_title = DifferenceClass("guessit_finds_no_title", "A title of tags.")
    comparison = _compare({}, "guessit finds no title")
    assert judge([comparison], _review(no_title, about="movie")).counts == {("movie", "guessit_finds_no_title"): 1}
    group = DifferenceClass("guessit_takes_in_more", "More words.")
    assert judge([comparison], _review(group, about="movie")).unexplained


def test_the_review_is_whole() -> None:
    """Each class has a reason in one sentence, a field that is compared, and a predicate or digests to tell it by."""
    review = read_review()
    assert review.fields.keys() <= {"movie", *FIELDS}
    for about, classes in review.fields.items():
        assert len({each.name for each in classes}) == len(classes), about
        for each in classes:
            assert each.reason.endswith("."), each.name
            assert len(each.reason.split()) > 3, each.name
            assert each.names or each.name in PREDICATES, each.name
            assert all(re.fullmatch(r"[0-9a-f]{12}", mark) for mark in each.names), each.name


def test_every_predicate_is_used() -> None:
    """A predicate nobody refers to is dead."""
    used = {each.name for classes in read_review().fields.values() for each in classes if not each.names}
    assert used == PREDICATES.keys()


def test_missing_names_are_an_error(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without names is no comparison in which nothing differed."""
    assert main([str(tmp_path)]) == 2
    assert "skipped" in capsys.readouterr().out
