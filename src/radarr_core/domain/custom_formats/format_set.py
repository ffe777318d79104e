"""Many custom formats matched at once: prepared once, used for every release.

Each distinct question is asked once for a subject. Patterns are asked only where a text they cannot do without is
there at all. What is asked of a format is then a comparison of bits: one bit a condition, set where it holds.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from radarr_core.domain.releases import Span

from .conditions import FactCondition, TextCondition
from .formats import CustomFormat, check_unique
from .matching import ConditionVerdict, FormatMatch, FormatMatches, combine
from .patterns import check_pattern, find_span
from .patterns.analysis import Pattern
from .patterns.literals import fold
from .prefilter import Candidates, build_prefilter
from .quarantine import Quarantine
from .subject import FormatSubject


@frozen
class _Slot:
    """Where a question's answer goes: a condition of a format, with its verdicts at hand."""

    format: int
    place: int
    condition: Any
    yes: ConditionVerdict
    unknown: ConditionVerdict


@define
class _Question:
    """One question and every condition that asks it.

    Attributes:
        turns: the bits, by the number of their format, that a yes turns over.
        wakes: the formats that may match only if this or another of their questions is answered with yes.
    """

    slots: list[_Slot] = field(factory=list)
    turns: list[tuple[int, int]] = field(factory=list)
    wakes: list[int] = field(factory=list)


@frozen
class _Prepared:
    """A format as bits: which conditions hold when every question is answered with no, and what each type needs."""

    format: CustomFormat
    start: int
    types: tuple[tuple[int, int], ...]
    verdicts: tuple[ConditionVerdict, ...]

    @property
    def waking(self) -> int:
        """Bits of which one must be turned over by a yes before the format can match; 0 if it needs none."""
        for required, every in self.types:
            lacking = required & ~self.start
            if lacking:
                return lacking & -lacking  # all of them are needed, so any single one will do
            if not self.start & every:
                return every
        return 0

    def matches(self, holding: int) -> bool:
        for required, every in self.types:  # noqa: SIM110 - a generator costs as much as what it would ask
            if holding & required != required or not holding & every:
                return False
        return True


@frozen
class _Texts:
    """The patterns searched in the same places."""

    places: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    questions: tuple[_Question, ...]
    always: tuple[int, ...]
    whole: dict[str, tuple[int, ...]]
    candidates: Candidates | None


_Answers = list[tuple[_Question, str | None, Span | None]]


def _as_tuple(formats: Iterable[CustomFormat]) -> tuple[CustomFormat, ...]:
    return tuple(formats)


@frozen(slots=False)
class FormatSet:
    """Custom formats made ready to be matched with many releases.

    It answers what `judge_formats` answers. Preparing it takes some tenths of a second for all formats of the guides,
    so make it once. Without the package `ahocorasick_rs` it works too, at the pace of the plain way.

    Attributes:
        formats: the formats, of different names and ids.
        use_engine: False to do without the search for literals.

    Raises:
        PolicyDataError: two formats share a name or an id.
    """

    formats: tuple[CustomFormat, ...] = field(converter=_as_tuple)
    use_engine: bool = field(default=True, kw_only=True, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse formats that could not be told apart."""
        check_unique(self.formats)

    def __iter__(self) -> Iterator[CustomFormat]:
        return iter(self.formats)

    def __len__(self) -> int:
        return len(self.formats)

    def __getstate__(self) -> dict[str, Any]:
        """The formats alone: an engine does not travel."""
        return {"formats": self.formats, "use_engine": self.use_engine}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def match(self, subject: FormatSubject, quarantine: Quarantine | None = None) -> FormatMatches:
        """The formats that match a subject, and those of which nobody can tell.

        Args:
            subject: what is judged.
            quarantine: the same one for every subject of a run, so that a pattern that takes too long does so once.

        Raises:
            MissingExtraError: `regex` is not installed.
        """
        run = Quarantine() if quarantine is None else quarantine
        plan = self._plan
        yes: _Answers = []
        unknown: list[_Question] = []
        slow: set[str] = set()
        for texts in plan.texts:
            _search(texts, subject, run, yes, unknown, slow)
        for question, ask in plan.facts:
            answer = ask(subject)
            if answer:
                yes.append((question, None, None))
            elif answer is None:
                unknown.append(question)
        return plan.conclude(subject, yes, unknown, tuple(sorted(slow)))

    @cached_property
    def _plan(self) -> _Plan:
        return _make_plan(self.formats, use_engine=self.use_engine)


@frozen
class _Plan:
    """What a set was compiled into; formats in the order of their names."""

    formats: tuple[_Prepared, ...]
    starts: list[int]
    awake: frozenset[int]
    texts: tuple[_Texts, ...]
    facts: tuple[tuple[_Question, Any], ...]

    def conclude(
        self, subject: FormatSubject, yes: _Answers, unknown: list[_Question], offenders: tuple[str, ...]
    ) -> FormatMatches:
        """Set the bits that the answers turn over, and compare."""
        holding = self.starts.copy()
        woken = set(self.awake)
        for question, _, _ in yes:
            woken.update(question.wakes)
            for number, bit in question.turns:
                holding[number] ^= bit
        doubtful = {slot.format for question in unknown for slot in question.slots}
        formats = self.formats
        matching = [number for number in woken if formats[number].matches(holding[number])]
        told = _spread(yes, unknown, doubtful.union(matching))
        decided = [self._build(number, told.get(number, {})) for number in sorted(doubtful.union(matching))]
        return FormatMatches(
            subject,
            tuple([match for match in decided if match.matches]),
            tuple([match for match in decided if match.matches is None]),
            offenders,
        )

    def _build(self, number: int, told: dict[int, ConditionVerdict]) -> FormatMatch:
        prepared = self.formats[number]
        verdicts = prepared.verdicts
        if told:
            changed = list(verdicts)
            for place, verdict in told.items():
                changed[place] = verdict
            verdicts = tuple(changed)
        is_doubtful = any(verdict.holds is None for verdict in told.values())
        return FormatMatch(prepared.format, combine(verdicts) if is_doubtful else True, verdicts)


def _spread(yes: _Answers, unknown: list[_Question], wanted: set[int]) -> dict[int, dict[int, ConditionVerdict]]:
    """For each wanted format, the conditions whose answer is not the usual one."""
    told: dict[int, dict[int, ConditionVerdict]] = {number: {} for number in wanted}
    for question, place, span in yes:
        for slot in question.slots:
            if slot.format in told:
                told[slot.format][slot.place] = (
                    slot.yes if place is None else ConditionVerdict(slot.condition, slot.yes.holds, place, span)
                )
    for question in unknown:
        for slot in question.slots:
            told[slot.format][slot.place] = slot.unknown
    return told


# -- searching ---------------------------------------------------------------------------------------------------------


def _search(
    texts: _Texts, subject: FormatSubject, run: Quarantine, yes: _Answers, unknown: list[_Question], slow: set[str]
) -> None:
    found: set[int] = set()
    doubtful: set[int] = set()
    for place in texts.places:
        text: str | None = getattr(subject, place)
        if text is None:
            continue
        for number in _find_candidates(texts, text):
            if number in found:
                continue
            pattern = texts.patterns[number]
            span = find_span(pattern, text, run)
            if isinstance(span, Span):
                found.add(number)
                yes.append((texts.questions[number], place, span))
            elif span is None:
                doubtful.add(number)
                slow.add(pattern.text)
    unknown.extend([texts.questions[number] for number in sorted(doubtful - found)])


def _find_candidates(texts: _Texts, text: str) -> Iterable[int]:
    if texts.candidates is None:
        return range(len(texts.patterns))
    folded = fold(text)
    return (*texts.candidates(folded), *texts.always, *texts.whole.get(folded.removesuffix("\n"), ()))


# -- preparing ---------------------------------------------------------------------------------------------------------


def _make_plan(formats: tuple[CustomFormat, ...], *, use_engine: bool) -> _Plan:
    prepared = tuple(_prepare(each) for each in sorted(formats, key=lambda each: each.name))
    questions: dict[Hashable, _Question] = {}
    asked: dict[Hashable, Any] = {}
    for number, each in enumerate(prepared):
        for place, condition in enumerate(each.format.conditions):
            asked.setdefault(condition.question, condition)
            _enter(questions.setdefault(condition.question, _Question()), number, place, each)
    by_places: dict[tuple[str, ...], dict[str, _Question]] = {}
    for key, found in asked.items():
        if isinstance(found, TextCondition):
            by_places.setdefault(found.places, {})[found.pattern] = questions[key]
    return _Plan(
        formats=prepared,
        starts=[each.start for each in prepared],
        awake=frozenset(number for number, each in enumerate(prepared) if not each.waking),
        texts=tuple(_prepare_texts(places, group, use_engine=use_engine) for places, group in by_places.items()),
        facts=tuple((questions[key], found.ask) for key, found in asked.items() if isinstance(found, FactCondition)),
    )


def _enter(question: _Question, number: int, place: int, prepared: _Prepared) -> None:
    condition = prepared.format.conditions[place]
    question.slots.append(
        _Slot(
            format=number,
            place=place,
            condition=condition,
            yes=ConditionVerdict(condition, not condition.negate),
            unknown=ConditionVerdict(condition, None),
        )
    )
    question.turns.append((number, 1 << place))
    if prepared.waking >> place & 1:
        question.wakes.append(number)


def _prepare(custom_format: CustomFormat) -> _Prepared:
    start = 0
    types: dict[str, list[int]] = {}
    for place, condition in enumerate(custom_format.conditions):
        bit = 1 << place
        start |= bit if condition.negate else 0
        masks = types.setdefault(condition.implementation, [0, 0])
        masks[0] |= bit if condition.required else 0
        masks[1] |= bit
    # What fails most often is asked first: names have few of the texts and groups that formats look for.
    order = sorted(types.items(), key=lambda item: not item[0].startswith("Release"))
    verdicts = tuple(ConditionVerdict(condition, condition.negate) for condition in custom_format.conditions)
    return _Prepared(custom_format, start, tuple((masks[0], masks[1]) for _, masks in order), verdicts)


def _prepare_texts(places: tuple[str, ...], group: dict[str, _Question], *, use_engine: bool) -> _Texts:
    patterns = tuple(check_pattern(text) for text in group)
    whole: dict[str, list[int]] = {}
    needed: dict[int, frozenset[str]] = {}
    needed_too: dict[int, frozenset[str]] = {}
    always: list[int] = []
    for number, pattern in enumerate(patterns):
        if pattern.whole_texts is not None:
            for text in pattern.whole_texts:
                whole.setdefault(text, []).append(number)
        elif pattern.needed is not None:
            needed[number] = pattern.needed
            if pattern.needed_too is not None:
                needed_too[number] = pattern.needed_too
        else:
            always.append(number)
    return _Texts(
        places=places,
        patterns=patterns,
        questions=tuple(group.values()),
        always=tuple(always),
        whole={text: tuple(numbers) for text, numbers in whole.items()},
        candidates=build_prefilter(needed, needed_too) if use_engine else None,
    )
