"""Rules about the movie an offer is of."""

from __future__ import annotations

from attrs import frozen

from radarr_core.domain.decisions.situation import RunKind
from radarr_core.domain.decisions.verdicts import Verdict

from .base import NO_MOVIE, UNREAD, Case, accepted, not_applicable, rejected


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
class Monitored:
    """Unless a person asks, only monitored movies are fetched."""

    name: str = "monitored"

    def judge(self, case: Case) -> Verdict:
        """Reject an unmonitored movie, except in an interactive search."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        if case.situation.kind is RunKind.INTERACTIVE:
            return not_applicable(self.name, "a person asked for it")
        if not case.wanted.movie.monitored:
            return rejected(self.name, f"{case.wanted.movie} is not monitored", monitored=False)
        return accepted(self.name, f"{case.wanted.movie} is monitored", monitored=True)
