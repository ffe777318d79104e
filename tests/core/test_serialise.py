"""Values survive being written as JSON."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from radarr_core.domain.custom_formats import CustomFormat, FormatSet
from radarr_core.domain.decisions import Decision, DecisionTable, Policy, Situation, Verdict, decide
from radarr_core.domain.downloads import BlockedRelease, Grab
from radarr_core.domain.events import EVENT_TYPES, Event, MovieAdded, StoredEvent
from radarr_core.domain.identifiers import CorrelationId, MovieId
from radarr_core.domain.movies import Movie, MovieFile, Slot
from radarr_core.domain.plans import Effect, Plan
from radarr_core.domain.quality import QualityProfile
from radarr_core.domain.releases import MediaInfo, ParsedRelease, Release
from radarr_core.serialise import from_data, from_json, tagged, to_data, to_json
from radarr_core.testing import policy_strategies, strategies
from tests.core.builders import make_offer

VALUES: dict[type[Any], st.SearchStrategy[Any]] = {
    Movie: strategies.movies,
    Release: strategies.releases,
    ParsedRelease: strategies.parsed_releases,
    MediaInfo: strategies.media_infos,
    MovieFile: strategies.movie_files,
    Grab: strategies.grabs,
    BlockedRelease: strategies.blocked_releases,
    Plan: strategies.plans,
    CustomFormat: policy_strategies.custom_formats,
    FormatSet: policy_strategies.format_sets,
    QualityProfile: policy_strategies.quality_profiles,
    Policy: policy_strategies.policies,
    Verdict: policy_strategies.verdicts,
    Decision: policy_strategies.decisions,
    DecisionTable: policy_strategies.decision_tables,
    StoredEvent: st.builds(StoredEvent, sequence=st.integers(0, 2**63), event=strategies.events),
}


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
def test_what_is_written_is_read_back_unchanged(kind: type[Any], data: st.DataObject) -> None:
    """Every value comes back equal, also in the fields that take no part in equality."""
    value = data.draw(VALUES[kind])

    back = from_json(to_json(value), kind)

    assert back == value
    assert to_json(back) == to_json(value)


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=30)
def test_data_is_plain_json(kind: type[Any], data: st.DataObject) -> None:
    """Plain data is nothing JSON does not know: it comes through the standard library's `json` unchanged."""
    plain = to_data(data.draw(VALUES[kind]))

    assert json.loads(json.dumps(plain)) == plain


@given(one=strategies.parsed_releases)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=30)
def test_equal_values_give_equal_texts(one: ParsedRelease) -> None:
    """Sets are written in one order, so that texts can be compared and kept under version control."""
    again = evolve(one, marks=frozenset(sorted(one.marks, reverse=True)))

    assert to_json(again) == to_json(one)


def test_every_kind_of_event_and_effect_says_what_it_is() -> None:
    """A reader of the JSON finds the kind in `type`, for every member of a union."""
    event = MovieAdded(
        at=datetime(2024, 1, 1, tzinfo=UTC),
        correlation_id=CorrelationId("c"),
        movie_id=MovieId("m"),
        title="T",
        year=2000,
    )

    assert to_data(StoredEvent(sequence=1, event=event))["event"]["type"] == "MovieAdded"
    assert {kind.__name__ for kind in get_args(Event)} == set(EVENT_TYPES)
    assert {kind.__name__ for kind in get_args(Effect)} == {"PlaceFile", "RetireFile", "RenameFile"}


@pytest.mark.parametrize(
    "data", [{}, [], None, "x", {"title": "T"}, {"title": " ", "year": 2000}, {"title": "T", "year": "?"}]
)
def test_nonsense_is_refused_by_name(data: object) -> None:
    """Data that is no movie is one ValueError that says what was expected."""
    with pytest.raises(ValueError, match="Movie"):
        from_data(data, Movie)


def test_a_tagged_value_carries_its_schema() -> None:
    """What leaves by `--json` names its schema and version beside the value's own fields."""
    movie = Movie(title="T", year=2000)

    assert tagged(movie, schema="movie", version=2) == {"schema": "movie", "version": 2, **to_data(movie)}


@given(
    policy=policy_strategies.policies,
    profile=policy_strategies.quality_profiles,
    offers=st.lists(strategies.releases, max_size=3),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
def test_decisions_under_a_policy_that_was_written_are_the_same(
    policy: Policy, profile: QualityProfile, offers: list[Release]
) -> None:
    """A policy read back decides as the one that was written, and so does what it decided come back unchanged."""
    policy = evolve(policy, profiles={profile.name: profile})
    movie = Movie(title="T", year=2000, slots=(Slot(profile=profile.name),))
    now = datetime(2024, 1, 1, tzinfo=UTC)
    named = [evolve(offer, title=f"T.2000.{offer.title}") for offer in offers]

    def judge(by: Policy) -> DecisionTable:
        return decide(named, wanted=movie, policy=by, situation=Situation(), now=now)

    table = judge(policy)
    assert judge(from_json(to_json(policy), Policy)) == table
    assert from_json(to_json(table), DecisionTable) == table


def test_formats_are_written_as_the_guides_publish_them() -> None:
    """What is kept can be given to others, and what others give can be kept."""
    data = {
        "trash_id": "1" * 32,
        "trash_scores": {"default": 5},
        "name": "Made",
        "includeCustomFormatWhenRenaming": False,
        "specifications": [
            {
                "name": "c",
                "implementation": "SourceSpecification",
                "negate": False,
                "required": False,
                "fields": {"value": 7},
            }
        ],
    }
    made = CustomFormat.from_trash(data)
    assert to_data(made) == data
    assert to_data(Policy(formats=FormatSet((made,))))["formats"]["formats"] == [data]
    with pytest.raises(ValueError, match=r"CustomFormat.*specifications"):
        from_data({**data, "specifications": []}, CustomFormat)


def test_what_a_stranger_matches_by_cannot_be_written() -> None:
    """A policy with formats of another kind is refused, not written without them."""

    class Mine:
        def match(self, subject: Any, quarantine: Any) -> Any:
            raise NotImplementedError

    with pytest.raises(ValueError, match="only a FormatSet can be written"):
        to_data(Policy(formats=Mine()))


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000])
def test_a_text_nested_too_deeply_is_of_no_type(text: str) -> None:
    """It is refused like every other text that cannot be read."""
    with pytest.raises(ValueError, match="nested too deeply"):
        from_json(text, Release)


@pytest.mark.parametrize(("year", "hours"), [(1, 14), (9999, -14)])
def test_a_moment_that_cannot_be_told_in_utc_is_refused_on_the_way_in(year: int, hours: int) -> None:
    """What can be made can be written."""
    edge = datetime(year, 1 if year == 1 else 12, 1 if year == 1 else 31, 12, tzinfo=UTC)
    with pytest.raises(ValueError, match="cannot be told in UTC"):
        make_offer(published=edge.replace(tzinfo=timezone(timedelta(hours=hours))))
    assert "published" in to_json(make_offer(published=edge))
