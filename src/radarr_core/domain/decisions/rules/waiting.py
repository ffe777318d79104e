"""Rules about the age of an offer: too young to be whole, too old to be had, or worth waiting beyond."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from attrs import frozen

from radarr_core.domain.decisions.situation import RunKind
from radarr_core.domain.decisions.upgrade import find_obstacle
from radarr_core.domain.decisions.verdicts import Verdict
from radarr_core.domain.releases import DownloadProtocol

from .base import ASKED, NO_MOVIE, Case, Wanted, accepted, not_applicable, rejected, rejected_until, unknown

_NO_USENET = "it is not from usenet"


@frozen
class MinimumAge:
    """A post needs time to spread over the servers of usenet."""

    name: str = "minimum age"

    def judge(self, case: Case) -> Verdict:
        """Reject a younger post until it is old enough."""
        minutes = case.policy.settings.minimum_age_minutes
        if case.offer.protocol is not DownloadProtocol.USENET:
            return not_applicable(self.name, _NO_USENET)
        if not minutes:
            return not_applicable(self.name, "no minimum age is set")
        if case.age is None or case.offer.published is None:
            return unknown(self.name, "the indexer did not tell when it was published", minimum=minutes)
        age = case.age / timedelta(minutes=1)
        if age < minutes:
            until = _add(case.offer.published, timedelta(minutes=minutes))
            sentence = f"it is {age:.1f} minutes old, and {minutes} are needed"
            return rejected_until(self.name, until, sentence, age=round(age, 1), minimum=minutes)
        return accepted(self.name, f"it is older than {minutes} minutes", age=round(age, 1), minimum=minutes)


@frozen
class Retention:
    """Servers of usenet keep a post for so many days."""

    name: str = "retention"

    def judge(self, case: Case) -> Verdict:
        """Reject an older post."""
        days = case.policy.settings.retention_days
        if case.offer.protocol is not DownloadProtocol.USENET:
            return not_applicable(self.name, _NO_USENET)
        if not days:
            return not_applicable(self.name, "no retention is set")
        if case.age is None:
            return unknown(self.name, "the indexer did not tell when it was published", maximum=days)
        if case.age.days > days:
            return rejected(
                self.name, f"it is {case.age.days} days old, servers keep {days}", age=case.age.days, maximum=days
            )
        return accepted(self.name, f"it is {case.age.days} days old", age=case.age.days, maximum=days)


@frozen
class Delay:
    """The delay profile may wait for something better to come."""

    name: str = "delay"

    def judge(self, case: Case) -> Verdict:
        """Reject an offer until the wait is over; what cannot get any better is not waited with."""
        if case.situation.kind is RunKind.INTERACTIVE:
            return not_applicable(self.name, ASKED)
        if case.wanted is None or case.parsed is None:
            return not_applicable(self.name, NO_MOVIE)
        minutes = case.wanted.delay_profile.find_delay(case.offer.protocol)
        if not minutes:
            return accepted(self.name, "nothing is waited for", delay=0)
        bypass = _find_bypass(case, case.wanted)
        if bypass:
            return accepted(self.name, f"not waited with: {bypass}", delay=minutes)
        if case.age is None or case.offer.published is None:
            return unknown(self.name, "the indexer did not tell when it was published", delay=minutes)
        wait, age = timedelta(minutes=minutes), int(case.age / timedelta(minutes=1))
        if _has_waited(case, case.wanted, wait):
            return accepted(self.name, "something has waited long enough already", delay=minutes, age=age)
        if case.age >= wait:
            return accepted(self.name, f"it is older than {minutes} minutes", delay=minutes, age=age)
        sentence = f"it is {age} minutes old, and something better is waited for until it is {minutes}"
        return rejected_until(self.name, _add(case.offer.published, wait), sentence, delay=minutes, age=age)


def _add(moment: datetime, wait: timedelta) -> datetime:
    """The end of a wait; what an indexer dates at the end of the calendar is waited for no longer than that."""
    last = datetime.max.replace(tzinfo=UTC)
    return last if moment >= last - wait else moment + wait


def _find_bypass(case: Case, wanted: Wanted) -> str | None:
    """Why this offer is not waited with; only offers of the preferred protocol never are."""
    profile = wanted.delay_profile
    if case.offer.protocol is not profile.preferred_protocol or case.worth is None:
        return None
    if wanted.standing is not None and case.worth.is_revision_of(wanted.standing.worth):
        propers = case.policy.settings.propers
        if find_obstacle(wanted.standing.worth, case.worth, wanted.profile, propers) is None:
            return "it puts right what is held"
    if (
        profile.bypass_if_highest_quality
        and wanted.profile.index(case.worth.quality) >= wanted.profile.last_allowed_index
    ):
        return "no better quality is wanted"
    if profile.bypass_if_above_format_score and case.worth.score >= profile.minimum_format_score:
        return f"its score is {case.worth.score}"
    return None


def _has_waited(case: Case, wanted: Wanted, wait: timedelta) -> bool:
    """Whether the oldest of the releases that wait for the slot has waited for that long."""
    moments = [one.offer.published for one in case.situation.pending_for(wanted.key) if one.offer.published]
    return bool(moments) and case.now - min(moments) >= wait
