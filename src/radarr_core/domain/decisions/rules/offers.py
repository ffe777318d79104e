"""Rules about the offer: whether it can be had, from whom, and whether it was bad before."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from attrs import frozen

from radarr_core.domain.decisions.verdicts import Verdict
from radarr_core.domain.downloads import BlockedRelease
from radarr_core.domain.quality import MEGABYTE
from radarr_core.domain.releases import DownloadProtocol, IndexerFlag, Release

from .base import NO_MOVIE, Case, accepted, not_applicable, rejected, rejected_until, unknown


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
class IndexerServing:
    """An indexer that failed is left alone for a while."""

    name: str = "blocked indexer"

    def judge(self, case: Case) -> Verdict:
        """Reject, until its pause is over, what an indexer offers that is left alone."""
        until = case.situation.disabled_indexers.get(case.offer.indexer)
        if until is None or until <= case.now:
            return accepted(self.name, f"{case.offer.indexer} is in use", indexer=case.offer.indexer)
        sentence = f"{case.offer.indexer} failed and is left alone until {until:%Y-%m-%d %H:%M} UTC"
        return rejected_until(self.name, until, sentence, indexer=case.offer.indexer)


@frozen
class IndexerTags:
    """An indexer may be meant for some movies alone."""

    name: str = "indexer tags"

    def judge(self, case: Case) -> Verdict:
        """Reject what an indexer with tags offers for a movie that shares none of them."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        if not case.offer.indexer_tags:
            return accepted(self.name, f"{case.offer.indexer} serves every movie")
        theirs, ours = ", ".join(sorted(case.offer.indexer_tags)), ", ".join(sorted(case.wanted.movie.tags))
        if case.offer.indexer_tags.isdisjoint(case.wanted.movie.tags):
            sentence = f"{case.offer.indexer} is for movies tagged {theirs}, this one has {ours or 'no tag'}"
            return rejected(self.name, sentence, indexer=theirs, movie=ours)
        return accepted(self.name, f"{case.offer.indexer} serves movies tagged {theirs}", indexer=theirs, movie=ours)


@frozen
class RequiredFlags:
    """An indexer's offers may be taken only under certain terms, freeleech for one."""

    name: str = "required flags"

    def judge(self, case: Case) -> Verdict:
        """Reject a torrent that carries none of the flags asked for."""
        required = case.offer.required_flags
        if case.offer.protocol is not DownloadProtocol.TORRENT or not required:
            return not_applicable(self.name, "no flag is required")
        wanted, found = describe_flags(required), describe_flags(case.offer.flags)
        if not required & case.offer.flags:
            return rejected(self.name, f"one of {wanted} is required, it has {found or 'none'}", required=wanted)
        return accepted(self.name, f"it has {found}", required=wanted, found=found)


@cache
def describe_flags(flags: IndexerFlag) -> str:
    """The flags in words."""
    return ", ".join((flag.name or "").lower().replace("_", " ") for flag in flags)


@frozen
class ProtocolEnabled:
    """The delay profile of the movie says by which protocols it is fetched."""

    name: str = "protocol"

    def judge(self, case: Case) -> Verdict:
        """Reject a protocol that is switched off for the movie."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        protocol = case.offer.protocol
        if protocol is None:
            return unknown(self.name, "the indexer did not tell the protocol")
        if not case.wanted.delay_profile.is_enabled(protocol):
            return rejected(self.name, f"{protocol} is switched off for the movie", protocol=protocol.value)
        return accepted(self.name, f"{protocol} is in use", protocol=protocol.value)


@frozen
class NotBlocked:
    """A release that failed before is not taken again."""

    name: str = "not blocked"

    def judge(self, case: Case) -> Verdict:
        """Reject a release that was blocked for this slot, whoever offers it now."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        for blocked in case.situation.blocked_for(case.wanted.key):
            if blocked.identity == case.offer.identity or is_same_release(blocked, case.offer):
                return rejected(self.name, f"it was blocked: {blocked.reason}", since=blocked.blocked_at.isoformat())
        return accepted(self.name, "never blocked")


_NEAR_IN_TIME = timedelta(minutes=2)
_NEAR_IN_SIZE = 2 * MEGABYTE


def is_same_release(blocked: BlockedRelease, offer: Release) -> bool:
    """Whether an offer is the blocked release under another identity.

    A torrent is known by its info-hash, else by name and indexer; a usenet post by its name and either the very
    moment of its publication, or nearly that moment and nearly that size at another indexer.
    """
    known = blocked.offer
    if known is None or known.protocol is not offer.protocol:
        return False
    if offer.protocol is DownloadProtocol.TORRENT:
        if offer.info_hash is not None:
            return offer.info_hash == known.info_hash
        return _is_named_alike(blocked, offer) and known.indexer == offer.indexer
    if offer.protocol is DownloadProtocol.USENET:
        return _is_named_alike(blocked, offer) and _is_same_post(known, offer)
    return False


def _is_named_alike(blocked: BlockedRelease, offer: Release) -> bool:
    return offer.title.casefold() in blocked.title.casefold()


def _is_same_post(known: Release, offer: Release) -> bool:
    if known.published is not None and known.published == offer.published:
        return True
    if known.indexer == offer.indexer:
        return False
    if known.published and offer.published and abs(known.published - offer.published) > _NEAR_IN_TIME:
        return False
    return not (known.size and offer.size and abs(known.size - offer.size) > _NEAR_IN_SIZE)
