"""What a slot holds, what replaces it, and that replacing comes to an end."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from radarr_core.domain.custom_formats import CustomFormat, FormatSet
from radarr_core.domain.decisions import DecisionSettings, Offer, Policy, Propers, RunKind, Situation, decide
from radarr_core.domain.decisions.rulesets import DEFAULT_RULES
from radarr_core.domain.decisions.upgrade import (
    Obstacle,
    Worth,
    find_import_obstacle,
    find_mislabel,
    find_objection,
    find_obstacle,
    is_upgrade_allowed,
    proved_quality,
)
from radarr_core.domain.downloads import BlockCause, BlockedRelease
from radarr_core.domain.identifiers import InfoHash
from radarr_core.domain.movies import MovieFile
from radarr_core.domain.quality import (
    QUALITIES,
    Quality,
    QualityProfile,
    Revision,
    build_profile,
    complete_items,
    get_quality,
)
from radarr_core.domain.releases import MediaInfo, ParsedRelease, Release, VideoStream

from .builders import KEY, MOVIE, NOW, make_file, make_offer, make_proof

PROFILE = build_profile(
    "Table",
    allowed=("SDTV", "HDTV-720p", "WEB 720p", "Bluray-720p", "WEB 1080p", "Bluray-1080p"),
    cutoff="Bluray-1080p",
    upgrade_allowed=True,
    cutoff_format_score=100,
)
KEEPS = evolve(PROFILE, upgrade_allowed=False)


def worth(name: str, score: int = 0, version: int = 1) -> Worth:
    """What a file of that quality counts for."""
    return Worth(get_quality(name), Revision(version=version), score)


@pytest.mark.parametrize(
    ("profile", "held", "offered", "propers", "obstacle"),
    [
        (PROFILE, worth("HDTV-720p"), worth("Bluray-1080p"), Propers.PREFER_AND_UPGRADE, None),
        (PROFILE, worth("HDTV-720p", 50), worth("WEBDL-1080p", 10), Propers.PREFER_AND_UPGRADE, None),
        (PROFILE, worth("Bluray-1080p"), worth("WEBDL-1080p", 80), Propers.PREFER_AND_UPGRADE, Obstacle.BETTER_QUALITY),
        (PROFILE, worth("Bluray-1080p"), worth("Bluray-1080p", 50), Propers.PREFER_AND_UPGRADE, None),
        (
            PROFILE, worth("Bluray-1080p", 50), worth("Bluray-1080p", 50), Propers.PREFER_AND_UPGRADE,
            Obstacle.FORMAT_SCORE,
        ),
        (
            PROFILE, worth("Bluray-1080p", 100), worth("Bluray-1080p", 150), Propers.PREFER_AND_UPGRADE,
            Obstacle.QUALITY_CUTOFF,
        ),
        (PROFILE, worth("Bluray-1080p", 100), worth("Bluray-1080p", 0, 2), Propers.PREFER_AND_UPGRADE, None),
        (
            PROFILE, worth("WEBDL-1080p", 0, 2), worth("WEBDL-1080p", 90), Propers.PREFER_AND_UPGRADE,
            Obstacle.BETTER_REVISION,
        ),
        (PROFILE, worth("WEBDL-720p"), worth("WEBRip-720p"), Propers.PREFER_AND_UPGRADE, Obstacle.FORMAT_SCORE),
        (PROFILE, worth("WEBDL-720p"), worth("WEBRip-720p", 20), Propers.PREFER_AND_UPGRADE, None),
        (KEEPS, worth("HDTV-720p"), worth("Bluray-1080p", 50), Propers.PREFER_AND_UPGRADE, Obstacle.QUALITY_CUTOFF),
        (KEEPS, worth("Bluray-1080p"), worth("Bluray-1080p", 0, 2), Propers.PREFER_AND_UPGRADE, None),
        (
            KEEPS, worth("Bluray-1080p"), worth("Bluray-1080p", 0, 2), Propers.DO_NOT_PREFER,
            Obstacle.UPGRADES_NOT_ALLOWED,
        ),
    ],
)  # fmt: skip
def test_the_reference_table_of_upgrades(
    profile: QualityProfile, held: Worth, offered: Worth, propers: Propers, obstacle: Obstacle | None
) -> None:
    """Quality up to its cutoff, then revision, then score up to its cutoff."""
    objection = find_objection(held, offered, profile, propers)
    assert (objection.obstacle if objection else None) is obstacle


def test_a_score_has_to_grow_by_the_increment_and_stops_at_the_cutoff() -> None:
    """A gain too small for the profile is no upgrade, and neither is one beyond what it asks for."""
    picky = evolve(PROFILE, min_upgrade_format_score=11)
    first, second = worth("WEBDL-1080p", 10), worth("WEBDL-1080p", 20)
    assert find_obstacle(first, second, picky, Propers.PREFER_AND_UPGRADE) is Obstacle.SCORE_INCREMENT
    assert find_obstacle(first, worth("WEBDL-1080p", 21), picky, Propers.PREFER_AND_UPGRADE) is None
    rich, richer = worth("WEBDL-1080p", 100), worth("WEBDL-1080p", 200)
    assert find_obstacle(rich, richer, PROFILE, Propers.PREFER_AND_UPGRADE) is Obstacle.FORMAT_CUTOFF


def test_a_better_revision_is_allowed_by_every_profile() -> None:
    """A profile that keeps what it has still wants it whole."""
    assert is_upgrade_allowed(worth("DVD"), worth("DVD", 0, 2), KEEPS)
    assert not is_upgrade_allowed(worth("SDTV"), worth("DVD"), KEEPS)
    assert not is_upgrade_allowed(worth("DVD"), worth("DVD", 5), KEEPS)
    assert is_upgrade_allowed(worth("DVD"), worth("SDTV"), KEEPS)  # no upgrade: others refuse it


def test_a_file_that_arrived_only_has_to_be_as_good() -> None:
    """At import neither cutoffs nor upgrades are asked about."""
    held = worth("Bluray-1080p", 10, 2)
    assert find_import_obstacle(held, worth("Bluray-1080p", 10, 2), KEEPS, Propers.PREFER_AND_UPGRADE) is None
    for worse in (worth("WEBDL-1080p", 50, 3), worth("Bluray-1080p", 50), worth("Bluray-1080p", 9, 2)):
        assert find_import_obstacle(held, worse, KEEPS, Propers.PREFER_AND_UPGRADE) is not None
    assert find_import_obstacle(held, worth("Bluray-1080p", 50), KEEPS, Propers.DO_NOT_PREFER) is None


def test_a_remux_that_proves_less_is_no_remux_of_less() -> None:
    """There is no remux of 720 lines, so such a file counts as the disk's ordinary encode."""
    claim = make_file("The.Glass.Harbor.2024.1080p.BluRay.REMUX.AVC-DOCK").claim
    assert proved_quality(claim, make_proof(720)).name == "Bluray-720p"
    assert find_mislabel(claim, make_proof(720), PROFILE) is not None


# -- properties --------------------------------------------------------------------------------------------------------

FORMATS = FormatSet(
    tuple(
        CustomFormat.from_trash(
            {
                "trash_id": f"{number:032x}",
                "name": name,
                "includeCustomFormatWhenRenaming": False,
                "specifications": [
                    {
                        "name": name,
                        "implementation": "ReleaseTitleSpecification",
                        "negate": False,
                        "required": False,
                        "fields": {"value": name},
                    }
                ],
            }
        )
        for number, name in enumerate(("x264", "HEVC", "TIDE"), 1)
    )
)
revisions = st.builds(Revision, real=st.integers(0, 1), version=st.integers(1, 3))


@st.composite
def profiles(draw: st.DrawFn) -> QualityProfile:
    """Any order of some qualities, any cutoff, any scores."""
    base = build_profile("Test", allowed=tuple(q.name for q in QUALITIES if not _is_grouped(q.name)), cutoff="DVD")
    items = draw(st.permutations([item for item in base.items if not item.name])).copy()
    chosen = complete_items(items[:8] + [item for item in base.items if item.name])
    allowed = tuple(evolve(item, allowed=item.label in [one.label for one in items[:8]]) for item in chosen)
    scores = {name: draw(st.integers(-20, 20)) for name in ("x264", "HEVC", "TIDE")}
    return evolve(
        base,
        items=allowed,
        cutoff=draw(st.sampled_from([item.label for item in allowed if item.allowed])),
        upgrade_allowed=draw(st.booleans()),
        format_scores=scores,
        cutoff_format_score=draw(st.integers(-30, 60)),
        min_upgrade_format_score=draw(st.integers(1, 15)),
        min_format_score=draw(st.sampled_from([-100, -5])),
    )


def _is_grouped(name: str) -> bool:
    return name.startswith("WEB")


claims = st.builds(
    lambda quality, revision, words, number: ParsedRelease(
        original=f"The.Glass.Harbor.2024.{'.'.join(words)}-{number}",
        title="The Glass Harbor",
        year=2024,
        quality=quality,
        revision=revision,
    ),
    st.sampled_from(QUALITIES),
    revisions,
    st.lists(st.sampled_from(["x264", "HEVC", "TIDE"]), unique=True),
    st.integers(0, 50),
)
proofs = st.builds(
    lambda height: MediaInfo(container="Matroska", video=VideoStream(codec="AVC", width=height, height=height)),
    st.sampled_from([0, 480, 576, 720, 1080, 2160]),
)
propers = st.sampled_from(Propers)


@frozen
class Stock:
    """A release that indexers offer, and what its file would prove."""

    offer: Offer
    proof: MediaInfo


@st.composite
def stocks(draw: st.DrawFn) -> Stock:
    """A torrent that claims anything and proves anything."""
    claim = draw(claims)
    number = draw(st.integers(1, 10**6))
    release = make_offer(
        claim.original,
        guid=str(number),
        size=None,
        info_hash=InfoHash(f"{number:040x}"),
        seeders=draw(st.integers(1, 9)),
    )
    return Stock(Offer(release=release, parsed=claim), draw(proofs))


def _hold(stock: Stock) -> MovieFile:
    assert stock.offer.parsed is not None
    release = stock.offer.release
    return MovieFile(
        movie_id=MOVIE.id, slot=KEY.slot, path=PurePath("/movies/a.mkv"), size=1, claim=stock.offer.parsed,
        proof=stock.proof, added=NOW, offer=release, info_hash=release.info_hash,
    )  # fmt: skip


def _policy(profile: QualityProfile, propers: Propers, budget: int = 3) -> Policy:
    settings = DecisionSettings(propers=propers, mislabel_budget=budget)
    return Policy(profiles={"Test": profile}, formats=FORMATS, settings=settings)


def _decide(policy: Policy, offers: list[Offer], **situation: Any) -> Any:
    there = Situation(kind=RunKind.FEED, **situation)
    return decide(offers, wanted=MOVIE, policy=policy, situation=there, now=NOW)


@settings(max_examples=200)
@given(profiles(), propers, stocks(), stocks(), st.integers(0, 6))
def test_a_release_is_never_an_upgrade_of_itself_under_any_name(
    profile: QualityProfile, propers: Propers, stock: Stock, renamed: Stock, mislabels: int
) -> None:
    """Whatever its file proves, and whatever another indexer calls it, importing a release ends the wish for it."""
    held, policy = _hold(stock), _policy(profile, propers)
    release = stock.offer.release
    again = [
        stock.offer,
        Offer(release=evolve(release, indexer="other", guid="other", info_hash=None), parsed=stock.offer.parsed),
        Offer(release=evolve(renamed.offer.release, info_hash=release.info_hash), parsed=renamed.offer.parsed),
    ]
    table = _decide(policy, again, held={KEY: held}, mislabelled={KEY: mislabels})
    assert not table.accepted


@settings(max_examples=300)
@given(
    st.lists(profiles(), min_size=1, max_size=3),
    propers,
    st.lists(stocks(), max_size=12),
    st.integers(0, 3),
    st.data(),
)
def test_grabs_never_outnumber_improvements_and_the_mislabel_budget(
    versions: list[QualityProfile], propers: Propers, stock: list[Stock], budget: int, data: st.DataObject
) -> None:
    """Grabbing ends: each grab is a strict improvement of the slot or one of few mislabelled files.

    The profile is edited between runs; grabs are then counted for each version of it.
    """
    held: MovieFile | None = None
    blocked: list[BlockedRelease] = []
    count = 0
    by_hash = {one.offer.release.info_hash: one for one in stock}
    for profile in versions:
        policy, grabs, improvements = _policy(profile, propers, budget), 0, 0
        for _ in range(len(stock) + budget + 2):
            table = _decide(
                policy,
                [one.offer for one in by_hash.values()],
                held={KEY: held} if held else {},
                blocked=tuple(blocked),
                mislabelled={KEY: count},
            )
            if not table.accepted:
                break
            chosen = data.draw(st.sampled_from(table.accepted), label="grabbed")
            before = _rank(held, profile, propers, believes_proof=count <= budget)
            held = _hold(by_hash[chosen.offer.info_hash])
            grabs += 1
            if find_mislabel(held.claim, held.proof, profile) is not None:
                count += 1
                blocked.append(_block(chosen.offer))
            improvements += before < _rank(held, profile, propers, believes_proof=count <= budget)
        else:
            pytest.fail("grabbing never ends")
        assert grabs <= improvements + budget


def _rank(
    held: MovieFile | None, profile: QualityProfile, propers: Propers, *, believes_proof: bool
) -> tuple[Any, ...]:
    """What a slot counts for, worked out here by the definition; an empty slot comes before all."""
    if held is None:
        return ()
    proved = proved_quality(held.claim, held.proof)
    claim, proof = (_key(held, quality, profile, propers) for quality in (held.claim.quality, proved))
    if believes_proof and find_mislabel(held.claim, held.proof, profile) is not None:
        return proof
    return max(claim, proof)


def _key(held: MovieFile, quality: Quality, profile: QualityProfile, propers: Propers) -> tuple[Any, ...]:
    score = sum(points for name, points in profile.format_scores.items() if name in held.claim.original)
    if propers is Propers.DO_NOT_PREFER:
        return profile.index(quality), score
    return profile.index(quality), held.claim.revision, score


def _block(offer: Release) -> BlockedRelease:
    return BlockedRelease(
        target=KEY, identity=offer.identity, title=offer.title, cause=BlockCause.MISLABELLED, reason="it lied",
        blocked_at=NOW, offer=offer,
    )  # fmt: skip


@given(
    profiles(),
    propers,
    st.lists(st.builds(Worth, st.sampled_from(QUALITIES), revisions, st.integers(-9, 9)), min_size=2, max_size=2),
)
def test_two_releases_are_never_upgrades_of_each_other(
    profile: QualityProfile, propers: Propers, worths: list[Worth]
) -> None:
    """Two releases cannot take turns for ever."""
    first, second = worths
    forth = find_obstacle(first, second, profile, propers)
    assert forth or find_obstacle(second, first, profile, propers)


def test_the_default_rules_hold_what_the_properties_need() -> None:
    """The rule that knows a held release again is among those in force."""
    assert "another release" in [rule.name for rule in DEFAULT_RULES.rules]
