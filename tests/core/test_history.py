"""A slot's history, told by its grabs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from radarr_core.domain.decisions import HistoryEvent, Situation
from radarr_core.domain.decisions.history import derive_history
from radarr_core.domain.downloads import Grab, GrabState
from radarr_core.domain.identifiers import InfoHash
from radarr_core.domain.movies import SlotKey
from radarr_core.domain.quality import get_quality

from .builders import BETTER, GOOD, KEY, NOW, make_file, make_grab

HASH = InfoHash("a" * 40)


def make(title: str = GOOD, minutes: int = 0, **facts: Any) -> Grab:
    """A grab of that many minutes ago."""
    return evolve(make_grab(title), grabbed_at=NOW - timedelta(minutes=minutes), info_hash=HASH, **facts)


def tell(*grabs: Grab) -> list[tuple[HistoryEvent, str]]:
    """What happened, newest first."""
    return [(entry.event, entry.claim.original) for entry in derive_history(grabs, {}, {})]


def test_a_grab_and_its_end_are_two_entries() -> None:
    """Each at its moment, with the download's id; one that is under way has not ended."""
    ended = make(BETTER, minutes=60, state=GrabState.FAILED, ended_at=NOW - timedelta(minutes=30))
    running = make(GOOD, minutes=10, state=GrabState.WAITING)
    assert tell(running, ended) == [
        (HistoryEvent.GRABBED, GOOD),
        (HistoryEvent.FAILED, BETTER),
        (HistoryEvent.GRABBED, BETTER),
    ]
    failed = derive_history([ended], {}, {})[0]
    assert (failed.at, failed.download_id, failed.offer) == (ended.ended_at, str(HASH), ended.offer)


def test_an_end_that_nobody_noted_the_moment_of_comes_after_its_grab() -> None:
    """Libraries of before hold such grabs: the slot is not taken for one that waits for a download."""
    assert tell(make(state=GrabState.IMPORTED)) == [(HistoryEvent.IMPORTED, GOOD), (HistoryEvent.GRABBED, GOOD)]
    history = derive_history([make(state=GrabState.IMPORTED)], {}, {})
    assert Situation(history=history).history_of(KEY)[0].event is HistoryEvent.IMPORTED


def test_what_was_imported_counts_as_what_its_file_proved_to_be() -> None:
    """Only where the slot still holds the file of that very download."""
    grab, proved = make(state=GrabState.IMPORTED), get_quality("WEBDL-720p")
    held = evolve(make_file(GOOD), info_hash=HASH)
    imported, grabbed = derive_history([grab], {KEY: held}, {KEY: proved})
    assert (imported.claim.quality, grabbed.claim.quality) == (proved, grab.claim.quality)
    other = evolve(held, info_hash=InfoHash("b" * 40))
    assert derive_history([grab], {KEY: other}, {KEY: proved})[0].claim == grab.claim


grabs = st.builds(
    make,
    st.sampled_from([GOOD, BETTER]),
    st.integers(0, 50),
    state=st.sampled_from(GrabState),
    ended_at=st.none() | st.integers(0, 50).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    target=st.sampled_from([KEY, SlotKey(movie_id=KEY.movie_id, slot="other")]),  # type: ignore[arg-type]
)


@given(st.lists(grabs, max_size=8))
def test_history_is_newest_first_and_an_end_never_comes_before_its_grab(made: list[Grab]) -> None:
    """Whatever moments were noted, and also when read back slot by slot."""
    history = derive_history(made, {}, {})
    assert [entry.at for entry in history] == sorted((entry.at for entry in history), reverse=True)
    assert len(history) == len(made) + sum(not grab.is_active for grab in made)
    for grab in made:
        alone = Situation(history=derive_history([grab], {}, {})).history_of(grab.target)
        assert [entry.event is HistoryEvent.GRABBED for entry in alone] == [False] * (len(alone) - 1) + [True]
