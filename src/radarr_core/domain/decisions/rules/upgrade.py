"""Rules about what the slot holds, is about to hold, or was to hold."""

from __future__ import annotations

from datetime import timedelta

from attrs import frozen

from radarr_core.domain.decisions.policy import Propers
from radarr_core.domain.decisions.situation import HistoryEntry, HistoryEvent, RunKind
from radarr_core.domain.decisions.upgrade import Objection, Worth, find_objection, find_sameness, is_upgrade_allowed
from radarr_core.domain.decisions.verdicts import Verdict
from radarr_core.domain.releases import DownloadProtocol

from .base import NO_MOVIE, Case, Wanted, accepted, not_applicable, rejected

_EMPTY = "the slot is empty"
_NOT_A_FEED = "only feeds are judged by it"


def _refuse(rule: str, objection: Objection, current: Worth, new: Worth) -> Verdict:
    return rejected(
        rule,
        objection.sentence,
        reason=objection.obstacle.value,
        held=current.quality.name,
        held_score=current.score,
        offered=new.quality.name,
        offered_score=new.score,
    )


def _object(case: Case, wanted: Wanted, current: Worth, new: Worth, place: str) -> Objection | None:
    return find_objection(current, new, wanted.profile, case.policy.settings.propers, place=place)


@frozen
class BetterThanHeld:
    """The offer has to be better than the slot's file: claim against the greater of its claim and proof."""

    name: str = "better than held"

    def judge(self, case: Case) -> Verdict:
        """Reject what does not improve on the file, or comes after the cutoff."""
        if case.wanted is None or case.worth is None:
            return not_applicable(self.name, NO_MOVIE)
        standing = case.wanted.standing
        if standing is None:
            return accepted(self.name, _EMPTY)
        objection = _object(case, case.wanted, standing.worth, case.worth, "held")
        if objection:
            return _refuse(self.name, objection, standing.worth, case.worth)
        held, offered = standing.worth.quality, case.worth.quality
        return accepted(self.name, f"better than the {held} that is held", held=held.name, offered=offered.name)


@frozen
class UpgradeAllowed:
    """A profile may keep what it has, but always takes a better revision of it."""

    name: str = "upgrade allowed"

    def judge(self, case: Case) -> Verdict:
        """Reject an improvement that the profile does not want."""
        if case.wanted is None or case.worth is None:
            return not_applicable(self.name, NO_MOVIE)
        standing, profile = case.wanted.standing, case.wanted.profile
        if standing is None:
            return accepted(self.name, _EMPTY)
        if not is_upgrade_allowed(standing.worth, case.worth, profile):
            return rejected(self.name, f"the profile {profile.name} does not upgrade", profile=profile.name)
        return accepted(self.name, f"the profile {profile.name} does not object", profile=profile.name)


@frozen
class AnotherRelease:
    """What is held is not fetched again under another name."""

    name: str = "another release"

    def judge(self, case: Case) -> Verdict:
        """Reject the very release the slot's file came from."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        if case.wanted.held is None:
            return accepted(self.name, _EMPTY)
        same = find_sameness(case.wanted.held, case.offer)
        return rejected(self.name, same) if same else accepted(self.name, "it is not the release that is held")


_PROPER_WINDOW = timedelta(days=7)


@frozen
class Proper:
    """In feeds, a better revision of the held file is taken for a week, then the file is left alone."""

    name: str = "proper"

    def judge(self, case: Case) -> Verdict:
        """Reject a revision that is not wanted, or comes too late."""
        if case.wanted is None or case.worth is None:
            return not_applicable(self.name, NO_MOVIE)
        if case.situation.kind is not RunKind.FEED:
            return not_applicable(self.name, _NOT_A_FEED)
        held, standing = case.wanted.held, case.wanted.standing
        if held is None or standing is None:
            return accepted(self.name, _EMPTY)
        propers = case.policy.settings.propers
        if propers is Propers.DO_NOT_PREFER or not case.worth.is_revision_of(standing.worth):
            return accepted(self.name, "no better revision of what is held")
        if propers is Propers.DO_NOT_UPGRADE:
            return rejected(self.name, "better revisions are not fetched by themselves", propers=propers.value)
        today = case.now.replace(hour=0, minute=0, second=0, microsecond=0)
        if held.added < today - _PROPER_WINDOW:
            sentence = f"the file is there since {held.added:%Y-%m-%d}, which is more than a week"
            return rejected(self.name, sentence, added=held.added.isoformat())
        return accepted(self.name, "a better revision of a recent file", added=held.added.isoformat())


@frozen
class Repack:
    """A repack puts right what its own group released before, and nobody else's."""

    name: str = "repack"

    def judge(self, case: Case) -> Verdict:
        """Reject a repack of the held quality that another group made, or that is not wanted."""
        if case.wanted is None or case.worth is None or case.parsed is None:
            return not_applicable(self.name, NO_MOVIE)
        propers, held, standing = case.policy.settings.propers, case.wanted.held, case.wanted.standing
        if not case.parsed.revision.is_repack:
            return accepted(self.name, "it is no repack")
        if propers is Propers.DO_NOT_PREFER or held is None or standing is None:
            return accepted(self.name, "it is judged like any other release")
        if not case.worth.is_revision_of(standing.worth):
            return accepted(self.name, "it is no repack of what is held")
        if propers is Propers.DO_NOT_UPGRADE:
            return rejected(self.name, "repacks are not fetched by themselves", propers=propers.value)
        ours, theirs = held.claim.release_group, case.parsed.release_group
        if not ours or not theirs:
            whose = "what is held" if not ours else "the repack"
            return rejected(self.name, f"the group of {whose} is not known", held=ours, offered=theirs)
        if ours.casefold() != theirs.casefold():
            return rejected(self.name, f"a repack by {theirs}, held is one by {ours}", held=ours, offered=theirs)
        return accepted(self.name, f"a repack by {theirs} itself", held=ours, offered=theirs)


@frozen
class BetterThanQueued:
    """The offer has to be better than what is on its way for the same slot."""

    name: str = "better than queued"

    def judge(self, case: Case) -> Verdict:
        """Reject an offer while something as good is under way."""
        if case.wanted is None or case.worth is None:
            return not_applicable(self.name, NO_MOVIE)
        for grab, queued in case.wanted.queued:
            objection = _object(case, case.wanted, queued, case.worth, f"{grab.state}")
            if objection:
                return _refuse(self.name, objection, queued, case.worth)
            if case.policy.settings.propers is Propers.DO_NOT_UPGRADE and case.worth.is_revision_of(queued):
                return rejected(self.name, f"a better revision of {grab.offer.title} is not fetched by itself")
        if case.wanted.queued:
            return accepted(self.name, "better than what is under way for the slot")
        return accepted(self.name, "nothing is under way for the slot")


@frozen
class SlotFree:
    """One download a slot at a time."""

    name: str = "slot free"

    def judge(self, case: Case) -> Verdict:
        """Reject an offer while anything is under way for the slot."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        for grab, worth in case.wanted.queued:
            sentence = f"{grab.offer.title} is already {grab.state}; one download a slot at a time"
            return rejected(self.name, sentence, queued=worth.quality.name)
        return accepted(self.name, "nothing is under way for the slot")


_RECENT = timedelta(hours=12)


@frozen
class BetterThanGrabbed:
    """In feeds, the offer has to be better than what was grabbed last and has not arrived."""

    name: str = "history"

    def judge(self, case: Case) -> Verdict:
        """Reject what is no better than a recent grab: it may only not be seen in the queue yet."""
        if case.wanted is None or case.worth is None:
            return not_applicable(self.name, NO_MOVIE)
        if case.situation.kind is not RunKind.FEED:
            return not_applicable(self.name, _NOT_A_FEED)
        latest = next(iter(case.wanted.history), None)
        if latest is None or latest.event is not HistoryEvent.GRABBED:
            return accepted(self.name, "nothing was grabbed that has not come to an end")
        is_recent = case.now - latest.at < _RECENT
        if not is_recent and case.policy.settings.completed_download_handling:
            return accepted(self.name, "the last grab is not recent; the queue knows of it", at=latest.at.isoformat())
        grabbed = case.wanted.find_worth(latest.claim, latest.offer)
        objection = _object(case, case.wanted, grabbed, case.worth, "grabbed")
        if objection:
            return _refuse(self.name, objection, grabbed, case.worth)
        return accepted(self.name, f"better than the {grabbed.quality} that was grabbed", at=latest.at.isoformat())


@frozen
class NotImportedBefore:
    """A release that was grabbed as one quality and imported as another is not grabbed again."""

    name: str = "already imported"

    def judge(self, case: Case) -> Verdict:
        """Reject the release that the held file came from, when it turned out to be something else."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        if not case.policy.settings.completed_download_handling or case.wanted.held is None:
            return accepted(self.name, "nothing was imported by us")
        grabbed = next((one for one in case.wanted.history if one.event is HistoryEvent.GRABBED), None)
        if grabbed is None or not _was_imported_otherwise(grabbed, case.wanted.history):
            return accepted(self.name, "nothing was imported as something else than it was grabbed as")
        info_hash, download_id = case.offer.info_hash, (grabbed.download_id or "").lower()
        if case.offer.protocol is DownloadProtocol.TORRENT and info_hash and str(info_hash) == download_id:
            return rejected(self.name, "this torrent was imported before, as something else", info_hash=str(info_hash))
        if case.offer.title.casefold() == grabbed.claim.original.casefold():
            return rejected(self.name, "a release of this name was imported before, as something else")
        return accepted(self.name, "it is not the release that was imported")


def _was_imported_otherwise(grabbed: HistoryEntry, history: tuple[HistoryEntry, ...]) -> bool:
    """Whether what was grabbed has been imported, as another quality or revision."""
    if grabbed.download_id is None:
        return False
    for entry in history:
        if entry.event is HistoryEvent.IMPORTED and entry.download_id == grabbed.download_id:
            as_grabbed = (grabbed.claim.quality, grabbed.claim.revision)
            return (entry.claim.quality, entry.claim.revision) != as_grabbed
    return False
