"""The ladder of pauses for indexers that fail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radarr_core.domain.indexer_health import HIGHEST_LEVEL, LADDER, START_UP_PAUSE, IndexerHealth

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FINE = IndexerHealth(indexer="harbor")
MINUTE = timedelta(minutes=1)


def fail(health: IndexerHealth, now: datetime, **facts: object) -> IndexerHealth:
    """A failure of a question that was asked at that moment."""
    return health.failed("away", **{"asked_at": now, "now": now, **facts})  # type: ignore[arg-type]


def test_each_failure_lengthens_the_pause_up_to_a_day() -> None:
    """The rungs are Radarr's: a minute, 5, 15, 30, 1 hour, 3, 6, 12 and 24."""
    health, now, pauses = FINE, NOW, []
    for _ in range(11):
        health = fail(health, now)
        assert health.left_alone_until is not None
        pauses.append((health.left_alone_until - now) / MINUTE)
        now = health.left_alone_until
    assert pauses == [1, 5, 15, 30, 60, 180, 360, 720, 1440, 1440, 1440]
    assert health.failing_since == NOW


def test_a_success_steps_down_and_ends_the_pause() -> None:
    """An indexer that answers may be asked again at once; its next failure still counts for more than a first one."""
    health = fail(fail(FINE, NOW), NOW + 2 * MINUTE)
    assert (health.level, health.is_left_alone(NOW + 3 * MINUTE)) == (2, True)
    better = health.succeeded()
    assert (better.level, better.left_alone_until, better.failing_since) == (1, None, NOW)
    well = better.succeeded()
    assert (well.level, well.failing_since) == (0, None)
    assert well.succeeded() == well


@pytest.mark.parametrize(("seconds", "level"), [(0, 1), (60, 1), (61, 2), (120, 2), (3600, 5), (86_400, 9), (10**9, 9)])
def test_an_indexer_that_asks_for_patience_is_given_at_least_that(seconds: int, level: int) -> None:
    """The level is raised to the first rung that is long enough, at most a day."""
    health = fail(FINE, NOW, pause=timedelta(seconds=seconds))
    assert (health.level, health.left_alone_until) == (level, NOW + LADDER[level])
    assert health.is_on_request


def test_what_cannot_be_reached_does_not_climb() -> None:
    """Our own network may be down for hours; when it is back, indexers are asked again within minutes."""
    first = fail(FINE, NOW, climbs=False)
    second = fail(first, NOW + 2 * MINUTE, climbs=False)
    assert (first.level, second.level) == (1, 1)
    assert second.left_alone_until == NOW + 3 * MINUTE


def test_questions_that_were_under_way_together_count_once() -> None:
    """A hundred searches at once that meet one outage do not end in a day of silence."""
    health = FINE
    for second in range(100):
        health = health.failed("away", asked_at=NOW, now=NOW + timedelta(seconds=second))
    assert health.level == 1
    assert health.left_alone_until == NOW + timedelta(seconds=99) + MINUTE


def test_just_after_a_start_failures_count_for_little() -> None:
    """The network may come up later than the program does."""
    health = FINE.failed("away", asked_at=NOW, now=NOW, is_starting=True)
    later = fail(fail(fail(health, NOW + 2 * MINUTE), NOW + 9 * MINUTE), NOW + 30 * MINUTE)
    assert (health.level, later.level) == (1, 4)
    again = fail(later, NOW + 70 * MINUTE, is_starting=True)
    assert again.level == 4
    assert again.left_alone_until == NOW + 70 * MINUTE + START_UP_PAUSE


def test_a_clock_that_is_set_back_makes_no_pause_longer() -> None:
    """An indexer that failed in what is now the future is asked at once."""
    health = fail(FINE, NOW)
    assert health.is_left_alone(NOW)
    assert not health.is_left_alone(NOW + MINUTE)
    assert not health.is_left_alone(NOW - MINUTE)
    assert not FINE.is_left_alone(NOW)


steps = st.tuples(
    st.sampled_from(["success", "failure", "unreachable", "start"]),
    st.integers(0, 100_000),
    st.none() | st.integers(0, 200_000),
)


@given(st.lists(steps, max_size=40))
def test_whatever_happens_the_pause_is_a_day_at_most_and_the_level_stays_on_the_ladder(
    happenings: list[tuple[str, int, int | None]],
) -> None:
    """No order of failures, successes and wishes leaves an indexer alone for ever."""
    health, now = FINE, NOW
    for kind, seconds, pause in happenings:
        now += timedelta(seconds=seconds)
        if kind == "success":
            health = health.succeeded()
            assert not health.is_left_alone(now)
            continue
        before = health
        health = fail(
            health, now, pause=None if pause is None else timedelta(seconds=pause),
            climbs=kind != "unreachable", is_starting=kind == "start",
        )  # fmt: skip
        assert health.level >= before.level
        assert health.is_left_alone(now)
        assert not health.is_left_alone(now + LADDER[-1])
        if pause is not None:
            assert health.left_alone_until is not None
            assert health.left_alone_until - now >= min(timedelta(seconds=pause), LADDER[-1])
    assert 0 <= health.level <= HIGHEST_LEVEL
