"""Every profile of the guides ranks and refuses a table of releases as the guides intend.

The tables were written by hand from the guides' JSON; `ranking_tables/README.md` says how to read them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import pytest

from radarr_core.domain.decisions import Decision

from .ranking_tables import plainly
from .ranking_tables.guides import rank, read_guides
from .ranking_tables.tables import FAMILIES, Table, differing_tokens, read_table

PROFILES = [(family, profile) for family in FAMILIES for profile in read_table(family).profiles]
RULES = {
    "quality": "quality allowed",
    "score": "custom format score",
    "language": "language",
    "size": "acceptable size",
    "hardcoded subs": "hardcoded subs",
}
"""The tables' words for what this library calls its rules."""
CRITERIA = {"score": "custom format score"}
MOST_TOKENS = 5
"""As many as `DTS-HD.MA.5.1` has."""


@pytest.fixture(params=FAMILIES)
def table(request: pytest.FixtureRequest) -> Table:
    """Each table in turn."""
    return read_table(request.param)


# -- the tables themselves ---------------------------------------------------------------------------------------------


def test_every_family_has_enough_of_everything(table: Table) -> None:
    """A table proves little when it is short: releases, pairs of one fact, and refusals in every profile."""
    assert len(table.rows) >= 60
    assert len({(pair.better, pair.worse) for pair in table.pairs if pair.fact}) >= 60
    for profile in table.profiles:
        assert sum(bool(pair.fact) and profile in pair.profiles for pair in table.pairs) >= 20, profile
        refused = {row for refusal in table.refusals if profile in refusal.profiles for row in refusal.ids}
        assert 10 <= len(refused) < len(table.rows), profile


def test_every_release_is_spoken_of(table: Table) -> None:
    """A release that stands in no pair and no refusal proves nothing."""
    spoken_of = {row for pair in table.pairs for row in (pair.better, pair.worse)}
    spoken_of |= {row for refusal in table.refusals for row in refusal.ids}
    assert set(table.rows) <= spoken_of


def test_pairs_of_one_fact_differ_in_one_fact(table: Table) -> None:
    """Either one short stretch of the name differs, and nothing of the offer; or the name is the same, and one term."""
    for pair in filter(lambda pair: pair.fact, table.pairs):
        better, worse = table.rows[pair.better], table.rows[pair.worse]
        terms = [key for key, value in better.terms.items() if worse.terms[key] != value]
        tokens = differing_tokens(better.name, worse.name)
        assert bool(terms) is not bool(better.name != worse.name), pair
        assert len(terms) <= 1, pair
        assert all(len(side) <= MOST_TOKENS for side in tokens), pair


def test_pairs_say_how_they_are_won_and_why(table: Table) -> None:
    """Every pair names a rule; one that scores decide says by how much, and no pair says the opposite of another."""
    for pair in table.pairs:
        assert pair.rule, pair
        assert (pair.margin is not None) is (pair.by == "score"), pair
        assert pair.margin is None or pair.margin > 0, pair
    won = {(profile, pair.better, pair.worse) for pair in table.pairs for profile in pair.profiles}
    assert not [pair for pair in won if (pair[0], pair[2], pair[1]) in won]


def test_every_profile_belongs_to_one_family() -> None:
    """All 39 are ranked, none twice."""
    names = [profile for _, profile in PROFILES]
    assert len(names) == len(set(names)) == 39


def test_the_guides_have_no_other_profiles() -> None:
    """Nor any fewer."""
    assert sorted(profile for _, profile in PROFILES) == sorted(read_guides("quality-profiles"))


# -- what the profiles make of them ------------------------------------------------------------------------------------


def decisions_of(family: str, profile: str) -> dict[str, Decision]:
    """The decisions by the id of the release."""
    return {decision.offer.guid: decision for decision in rank(family, profile)}


@pytest.mark.parametrize(("family", "profile"), PROFILES)
def test_names_are_read_as_a_person_reads_them(family: str, profile: str) -> None:
    """Quality, group and languages, on which all the rest stands."""
    decisions = decisions_of(family, profile)
    for row in read_table(family).rows.values():
        parsed = decisions[row.id].parsed
        assert parsed is not None, row.name
        spoken = {language.name for language in decisions[row.id].languages}
        read = (parsed.quality.name, parsed.release_group, spoken)
        assert read == (row.quality, row.group, set(row.languages)), row.name


@pytest.mark.parametrize(("family", "profile"), PROFILES)
def test_every_pair_comes_out_in_order(family: str, profile: str) -> None:
    """Better goes before worse, by the criterion the table names and by the margin it says."""
    decisions = decisions_of(family, profile)
    order = list(decisions)
    for pair in read_table(family).pairs:
        if profile not in pair.profiles:
            continue
        better, worse = decisions[pair.better], decisions[pair.worse]
        assert better.is_accepted, (pair, better.reasons)
        assert order.index(pair.better) < order.index(pair.worse), pair
        if pair.by == "refused":
            assert not worse.is_accepted, pair
            continue
        assert worse.is_accepted, (pair, worse.reasons)
        difference = better.beats(worse)
        assert difference is not None, pair
        assert difference.criterion == CRITERIA.get(pair.by, pair.by), (pair, difference)
        if pair.margin is not None:
            assert better.format_score is not None
            assert worse.format_score is not None
            assert better.format_score - worse.format_score == pair.margin, (pair, better.formats, worse.formats)


@pytest.mark.parametrize(("family", "profile"), PROFILES)
def test_exactly_what_the_table_refuses_is_refused(family: str, profile: str) -> None:
    """Each refusal for the reason given, and everything else accepted."""
    decisions = decisions_of(family, profile)
    expected: dict[str, set[str]] = {}
    for refusal in read_table(family).refusals:
        if profile in refusal.profiles:
            for row in refusal.ids:
                expected.setdefault(row, set()).add(RULES[refusal.because])
    for row, decision in decisions.items():
        rules = {verdict.rule for verdict in decision.rejections}
        assert expected.get(row, set()) <= rules, (row, rules, decision.format_score)
        assert bool(rules) is (row in expected), (row, decision.reasons)


# -- the second check --------------------------------------------------------------------------------------------------


@cache
def match_plainly(family: str) -> dict[str, frozenset[str]]:
    """The formats that fit each release of a family, found the plain way."""
    table = read_table(family)
    formats = read_guides("cf").values()
    return {
        row.id: frozenset(each["name"] for each in formats if plainly.matches(each, row, table.film))
        for row in table.rows.values()
    }


def score_plainly(family: str, profile: str) -> Mapping[str, int]:
    """What each format is worth in a profile, read from the JSON alone."""
    data, formats, groups = (read_guides(folder) for folder in ("quality-profiles", "cf", "cf-groups"))
    return plainly.scores(data[profile], formats.values(), groups.values(), read_table(family).formats)


@pytest.mark.parametrize(("family", "profile"), PROFILES)
def test_every_score_is_at_work(family: str, profile: str) -> None:
    """Each format a profile scores fits some release of its table, so none goes untried."""
    at_work = frozenset[str]().union(*match_plainly(family).values())
    assert {name for name, score in score_plainly(family, profile).items() if score} <= at_work


@pytest.mark.parametrize(("family", "profile"), PROFILES)
def test_the_plain_way_finds_the_same_formats_and_scores(family: str, profile: str) -> None:
    """All formats of the guides on every release, and what each profile makes of them."""
    scores = score_plainly(family, profile)
    assert len(read_guides("cf")) >= 242
    for row, decision in decisions_of(family, profile).items():
        plain = match_plainly(family)[row]
        assert {each.name for each in decision.formats} == plain, row
        assert decision.format_score == sum(scores.get(name, 0) for name in plain), row
        assert not decision.undecided_formats


@cache
def _spoken_score() -> re.Pattern[str]:
    names = sorted((each["name"] for each in read_guides("cf").values()), key=len, reverse=True)
    return re.compile(rf"(?<![\w+-])'?({'|'.join(map(re.escape, names))})'? (-?\d+(?:, -?\d+)*)(?![\w.])")


@pytest.mark.parametrize(("family", "profile"), PROFILES)
def test_the_scores_the_tables_speak_of_stand_in_the_guides(family: str, profile: str) -> None:
    """A rule that names a format and its score is held to the JSON; where it names several, to one of them."""
    table = read_table(family)
    scores = score_plainly(family, profile)
    texts = [(pair.rule, pair.profiles) for pair in table.pairs]
    texts += [(refusal.why, refusal.profiles) for refusal in table.refusals]
    spoken = [found for text, where in texts if profile in where for found in _spoken_score().findall(text)]
    assert len(spoken) >= 10
    for name, figures in spoken:
        assert str(scores.get(name, 0)) in figures.split(", "), (name, figures)
