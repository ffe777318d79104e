"""Rules about the movie an offer is of."""

from __future__ import annotations

from datetime import timedelta

from attrs import frozen

from radarr_core.domain.availability import Availability, is_available
from radarr_core.domain.decisions.situation import RunKind
from radarr_core.domain.decisions.verdicts import Verdict

from .base import ASKED, NO_MOVIE, UNREAD, Case, accepted, not_applicable, rejected


@frozen
class RightMovie:
    """The offer has to be of a movie that is wanted."""

    name: str = "right movie"

    def judge(self, case: Case) -> Verdict:
        """Reject another film, the same title of another year, and what may be one of several films."""
        if case.parsed is None or case.match is None:
            return not_applicable(self.name, UNREAD)
        if case.match.movie is None:
            names = ", ".join(str(movie) for movie in case.match.candidates)
            return rejected(
                self.name, case.match.sentence, title=case.parsed.title, year=case.parsed.year, may_be=names
            )
        return accepted(self.name, case.match.sentence, title=case.parsed.title, year=case.parsed.year)


@frozen
class SearchedMovie:
    """A search for one movie may not end in another."""

    name: str = "searched movie"

    def judge(self, case: Case) -> Verdict:
        """Reject what is of another movie of the library than the one that was searched for."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        searched, found = case.situation.searched, case.wanted.movie
        if searched is None:
            return not_applicable(self.name, "no single movie was searched for")
        if found.id != searched:
            return rejected(self.name, f"it is {found}, which was not searched for", found=found.id, searched=searched)
        return accepted(self.name, f"{found} was searched for", found=found.id, searched=searched)


@frozen
class Monitored:
    """Unless a person asks, only monitored movies are fetched."""

    name: str = "monitored"

    def judge(self, case: Case) -> Verdict:
        """Reject an unmonitored movie, except in an interactive search."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        if case.situation.kind is RunKind.INTERACTIVE:
            return not_applicable(self.name, ASKED)
        if not case.wanted.movie.monitored:
            return rejected(self.name, f"{case.wanted.movie} is not monitored", monitored=False)
        return accepted(self.name, f"{case.wanted.movie} is monitored", monitored=True)


@frozen
class Available:
    """Unless a person asks, a film is fetched only once it has reached its minimum availability."""

    name: str = "availability"

    def judge(self, case: Case) -> Verdict:
        """Reject a film that is not out yet: what is offered of it is seldom what it says."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        if case.situation.kind is RunKind.INTERACTIVE:
            return not_applicable(self.name, ASKED)
        movie, delay = case.wanted.movie, case.policy.settings.availability_delay_days
        minimum = movie.minimum_availability
        if is_available(movie.dates, minimum, case.now, delay_days=delay):
            return accepted(self.name, f"{movie} is available", minimum=minimum.value, delay_days=delay)
        start = None if minimum is Availability.TBA else movie.dates.available_from(minimum)
        begins = "no date is known" if start is None else f"from {start + timedelta(days=delay):%Y-%m-%d} on"
        sentence = f"{movie} is not {minimum.value.replace('_', ' ')} yet ({begins}, delay {delay} days)"
        return rejected(
            self.name, sentence, minimum=minimum.value, delay_days=delay, start=start.isoformat() if start else None
        )
