"""Rules about the offer: whether it can be had, and whether it was bad before."""

from __future__ import annotations

from attrs import frozen

from radarr_core.domain.decisions.verdicts import Verdict
from radarr_core.domain.releases import DownloadProtocol

from .base import NO_MOVIE, Case, accepted, not_applicable, rejected, unknown


@frozen
class EnoughSeeders:
    """A torrent needs somebody who has it."""

    name: str = "seeders"

    def judge(self, case: Case) -> Verdict:
        """Reject fewer seeders than the indexer's minimum; a number that was not told is unknown."""
        if case.offer.protocol is not DownloadProtocol.TORRENT:
            return not_applicable(self.name, "it is no torrent")
        seeders, least = case.offer.seeders, case.offer.minimum_seeders
        if seeders is None:
            return unknown(self.name, "the indexer did not tell the number of seeders", minimum=least)
        if seeders < least:
            return rejected(self.name, f"{seeders} seeders, at least {least} needed", seeders=seeders, minimum=least)
        return accepted(self.name, f"{seeders} seeders", seeders=seeders, minimum=least)


@frozen
class NotBlocked:
    """A release that failed before is not taken again."""

    name: str = "not blocked"

    def judge(self, case: Case) -> Verdict:
        """Reject a release that was blocked for this movie, whoever offers it now."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        for blocked in case.situation.blocked:
            if blocked.target == case.wanted.key and blocked.identity == case.offer.identity:
                return rejected(self.name, f"it was blocked: {blocked.reason}", since=blocked.blocked_at.isoformat())
        return accepted(self.name, "never blocked")
