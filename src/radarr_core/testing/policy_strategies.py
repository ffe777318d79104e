"""Hypothesis strategies for what people decide beforehand, and for what the engine answers: policies and decisions.

They are made beside those of `strategies`, which hold the values of films, releases and files.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from radarr_core.domain.custom_formats import CustomFormat, FormatSet
from radarr_core.domain.custom_formats.conditions import (
    EditionCondition,
    IndexerFlagCondition,
    LanguageCondition,
    QualityModifierCondition,
    ReleaseGroupCondition,
    ReleaseTitleCondition,
    ResolutionCondition,
    SizeCondition,
    SourceCondition,
    YearCondition,
)
from radarr_core.domain.decisions import (
    Decision,
    DecisionSettings,
    DecisionTable,
    DelayProfile,
    Outcome,
    Policy,
    Propers,
    Rank,
    ReleaseProfile,
    Verdict,
)
from radarr_core.domain.decisions.formats import NO_FORMATS, FoundText, ScoredFormat
from radarr_core.domain.movies import Slot
from radarr_core.domain.quality import (
    DEFAULT_DEFINITIONS,
    QUALITIES,
    ProfileItem,
    QualityDefinition,
    QualityProfile,
    complete_items,
)
from radarr_core.domain.releases import DownloadProtocol, Span

from .strategies import counts, languages, moments, movies, names, parsed_releases, releases, texts

scores = st.integers(-(2**31) + 1, 2**31 - 1)
"""What a format may be worth: as much as Radarr can store."""
limits = st.integers(0, 2000) | st.floats(0, 2000, allow_nan=False)
patterns = st.sampled_from([r"\bATMOS\b", "^(TIDE|DOCK)$", "(?<!web.*)hdr", "a{2,3}", "(a|aa)+$", "é"])
"""Patterns of every kind there is: plain, with edges, with looks behind, and one that takes too long."""
json_values = st.none() | st.booleans() | st.integers(-(2**31), 2**31) | texts
"""What may stand in JSON beside what is known."""


def _named(kind: Any, **values: Any) -> st.SearchStrategy[Any]:
    extras = st.dictionaries(st.sampled_from(["remark", "x"]), json_values, max_size=1)
    return st.builds(kind, name=names, negate=st.booleans(), required=st.booleans(), extras=extras, **values)


_bounds = st.lists(st.integers(1, 9999), min_size=2, max_size=2, unique=True).map(sorted)


def _bounded(kind: Any) -> st.SearchStrategy[Any]:
    return _bounds.flatmap(lambda pair: _named(kind, minimum=st.just(pair[0]), maximum=st.just(pair[1])))


conditions = st.one_of(
    *(_named(kind, pattern=patterns) for kind in (ReleaseTitleCondition, EditionCondition, ReleaseGroupCondition)),
    *(
        _named(kind, value=st.sampled_from(kind.known))
        for kind in (SourceCondition, ResolutionCondition, QualityModifierCondition, IndexerFlagCondition)
    ),
    _named(LanguageCondition, language=languages, except_language=st.booleans()),
    _bounded(SizeCondition),
    _bounded(YearCondition),
)
"""Conditions of every type."""

custom_formats = st.builds(
    CustomFormat,
    name=names,
    conditions=st.lists(conditions, min_size=1, max_size=3).map(tuple),
    trash_id=st.none() | st.uuids().map(lambda identity: identity.hex),
    trash_scores=st.dictionaries(texts, scores, max_size=2),
    include_when_renaming=st.booleans(),
    extras=st.dictionaries(st.sampled_from(["trash_regex", "remark"]), json_values, max_size=1),
)

format_sets = st.lists(
    custom_formats, max_size=3, unique_by=(lambda one: one.name, lambda one: one.trash_id or one.name)
).map(FormatSet)
"""Formats of different names and ids."""


_orders = st.permutations(QUALITIES)
_sizes = st.lists(st.integers(1, 3), min_size=1, max_size=6)
_format_scores = st.dictionaries(names, scores, max_size=3)
_gains = st.integers(1, 2**31 - 1)


@st.composite
def _profiles(draw: st.DrawFn) -> QualityProfile:
    """Qualities in any order, some of them in groups."""
    order = draw(_orders)
    sizes = draw(_sizes)
    items: list[ProfileItem] = []
    for place, size in enumerate(sizes):
        members = tuple(order[sum(sizes[:place]) : sum(sizes[:place]) + size])
        allowed = draw(st.booleans()) or place == 0
        items.append(ProfileItem(qualities=members, name=f"group {place}" if size > 1 else None, allowed=allowed))
    format_scores = draw(_format_scores)
    reachable = sum(score for score in format_scores.values() if score > 0)
    return QualityProfile(
        name=draw(names),
        items=complete_items(items),
        cutoff=draw(st.sampled_from([item.label for item in items if item.allowed])),
        upgrade_allowed=draw(st.booleans()),
        min_format_score=draw(st.integers(-(2**31), reachable)),
        cutoff_format_score=draw(scores),
        min_upgrade_format_score=draw(_gains),
        format_scores=format_scores,
        language=draw(languages),
    )


quality_profiles = _profiles()


_changed = st.lists(st.sampled_from(QUALITIES), max_size=3, unique=True)
_three_limits = st.tuples(limits, limits, limits).map(sorted)


@st.composite
def _definitions(draw: st.DrawFn) -> dict[Any, QualityDefinition]:
    changed = draw(_changed)
    made = dict(DEFAULT_DEFINITIONS)
    for quality in changed:
        low, middle, high = draw(_three_limits)
        made[quality] = QualityDefinition(quality=quality, minimum=low, preferred=middle, maximum=high)
    return made


tag_sets = st.frozensets(texts, max_size=2)
delay_profiles = st.builds(
    DelayProfile,
    enable_usenet=st.booleans(),
    enable_torrent=st.booleans(),
    preferred_protocol=st.sampled_from(DownloadProtocol),
    usenet_delay=counts,
    torrent_delay=counts,
    bypass_if_highest_quality=st.booleans(),
    bypass_if_above_format_score=st.booleans(),
    minimum_format_score=scores,
    order=counts,
    tags=tag_sets,
)
terms = st.sampled_from(["x265", r"/\bHDR\b/i", "/(a|aa)+$/", "Ünïcode"])
release_profiles = st.builds(
    ReleaseProfile,
    name=texts,
    enabled=st.booleans(),
    required=st.lists(terms, max_size=2).map(tuple),
    ignored=st.lists(terms, min_size=1, max_size=2).map(tuple),
    indexer=st.none() | texts,
    tags=tag_sets,
)
decision_settings = st.builds(
    DecisionSettings,
    minimum_free_space=counts,
    maximum_size=counts,
    availability_delay_days=st.integers(-365, 365),
    propers=st.sampled_from(Propers),
    prefer_indexer_flags=st.booleans(),
    whitelisted_hardcoded_subs=st.lists(texts, max_size=2).map(tuple),
)
policies = st.builds(
    Policy,
    profiles=st.lists(quality_profiles, max_size=2).map(lambda made: {profile.name: profile for profile in made}),
    definitions=_definitions(),
    settings=decision_settings,
    formats=st.just(NO_FORMATS) | format_sets,
    delay_profiles=delay_profiles.map(lambda profile: (profile,)),
    release_profiles=st.lists(release_profiles, max_size=2).map(tuple),
)

figures = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
"""What a rule may have read."""
ranks = st.builds(
    Rank,
    criterion=names,
    key=st.lists(st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9), min_size=1, max_size=3).map(tuple),
    figure=figures,
)


_outcomes = st.sampled_from(Outcome)
_figures_by_name = st.dictionaries(texts, figures, max_size=3)


@st.composite
def _verdicts(draw: st.DrawFn) -> Verdict:
    outcome = draw(_outcomes)
    return Verdict(
        rule=draw(names),
        outcome=outcome,
        sentence=draw(texts),
        figures=draw(_figures_by_name),
        until=draw(moments) if outcome is Outcome.TEMPORARILY_REJECTED else None,
    )


verdicts = _verdicts()
scored_formats = st.builds(
    ScoredFormat,
    name=names,
    score=scores,
    found=st.lists(
        st.builds(
            FoundText,
            condition=names,
            place=st.sampled_from(["release_title", "edition", "release_group"]),
            span=st.builds(Span, counts, counts),
        ),
        max_size=2,
    ).map(tuple),
)
decisions = st.builds(
    Decision,
    offer=releases,
    parsed=st.none() | parsed_releases,
    refusal=st.none() | texts,
    movie=st.none() | movies,
    slot=st.none() | st.builds(Slot, profile=texts),
    languages=st.lists(languages, max_size=2).map(tuple),
    formats=st.lists(scored_formats, max_size=2).map(tuple),
    undecided_formats=st.lists(texts, max_size=2).map(tuple),
    format_score=st.none() | scores,
    verdicts=st.lists(verdicts, max_size=4).map(tuple),
    ranking=st.lists(ranks, max_size=3).map(tuple),
)
decision_tables = st.lists(decisions, max_size=3).map(lambda made: DecisionTable(decisions=tuple(made)))
