"""A model that learns from outcomes, and the judgement whether it foretells better than the score alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import fsum, log, sqrt
from typing import Any, NamedTuple

from attrs import evolve, field, frozen

from radarr_core.domain.scene_groups import GroupTable, ModelReport, Observation

from .features import Example, Knowledge, Label, Row, gather, learn_before, list_labels

LEAST_LABELLED = 200
"""Fewer are not learned from: of 200 the later 60 are judged by, and on fewer two Brier scores say little."""
LEAST_OF_EITHER = 20
"""So many kept and so many lost are needed among those learned from; a quarter of it among those judged by."""
_LEARNED_SHARE = 0.7
_BLOCKS = (0.0, 0.35, _LEARNED_SHARE, 0.85)
"""Where knowledge is taken anew, as shares of the labels: each label is foretold by what was known before its block."""
_SURE = 1.645
"""Standard errors by which the learned model has to be better: 95 % sure, to one side."""
_SEED = 0


@frozen(kw_only=True)
class Verdict:
    """The report, and the model and knowledge that answers are moved by; without them none is."""

    report: ModelReport
    model: LearnedModel | None = None
    knowledge: Knowledge | None = field(default=None, repr=False)


@frozen
class LearnedModel:
    """Two fitted estimators of the chance that a release is kept: by the score alone, and by everything."""

    simple: Any = field(repr=False)
    learned: Any = field(repr=False)

    def foretell(self, scores: Sequence[float], rows: Sequence[Row]) -> tuple[list[float], list[float]]:
        """The chances by the score alone, and by everything."""
        simple = self.simple.predict_proba([[score / 100] for score in scores])
        learned = self.learned.predict_proba([list(row) for row in rows])
        return [float(one[1]) for one in simple], [float(one[1]) for one in learned]

    def compare(self, cases: Sequence[tuple[float, Row]]) -> list[Foretold]:
        """What both say of each score and row."""
        both = self.foretell([score for score, _ in cases], [row for _, row in cases])
        return [Foretold(simple, learned) for simple, learned in zip(*both, strict=True)]


class Foretold(NamedTuple):
    """The chances that a release is kept, by the score alone and by everything."""

    simple: float
    learned: float

    @property
    def ratio(self) -> float:
        """The logarithm of their odds' ratio: above 0 where everything promises more than the score."""
        return _odds(self.learned) - _odds(self.simple)


def learn(observations: Sequence[Observation], table: GroupTable | None, *, source: str) -> Verdict:
    """Learn from what became of releases, and judge that on later ones. A pure function; takes seconds.

    The first 70 % of the labels, in the order in which the releases came out, are learned from, calibration included;
    on the others both models are judged by their Brier scores. The learned one is used where its score is lower by
    1.645 standard errors of the difference, releases of one group taken together. The one in force is the one that was
    judged: it is not fitted again to what it was judged by.

    Args:
        observations: each release once.
        table: the table of groups in force; its date is that of the question.
        source: the name of who asks.
    """
    if table is None:
        return Verdict(report=ModelReport(source=source, at=None, why="groups were not judged yet"))
    labels = list_labels(observations, table.at)
    cut = int(len(labels) * _LEARNED_SHARE)
    report = ModelReport(
        source=source,
        at=table.at,
        labelled=len(labels),
        bad=sum(not label.is_kept for label in labels),
        judged=len(labels) - cut,
        why="",
    )
    lack = _find_lack(labels[:cut], labels[cut:])
    if lack:
        return Verdict(report=evolve(report, judged=0, why=lack))
    examples = _make_examples(observations, labels, table.at)
    model = fit_models(examples[:cut])
    report = judge(model, examples[cut:], report)
    if not report.is_used:
        return Verdict(report=report)
    return Verdict(report=report, model=model, knowledge=gather(observations, table))


def _find_lack(earlier: Sequence[Label], later: Sequence[Label]) -> str:
    total = len(earlier) + len(later)
    if total < LEAST_LABELLED:
        return f"{total} imports have a known outcome, {LEAST_LABELLED} are needed"
    for part, labels, least in (("earlier", earlier, LEAST_OF_EITHER), ("later", later, LEAST_OF_EITHER // 4)):
        kept = sum(label.is_kept for label in labels)
        if min(kept, len(labels) - kept) < least:
            return (
                f"of the {len(labels)} {part} imports {kept} were kept and {len(labels) - kept} were not; "
                f"{least} of either are needed"
            )
    return ""


def _make_examples(observations: Sequence[Observation], labels: Sequence[Label], at: datetime) -> list[Example]:
    places = [int(len(labels) * share) for share in _BLOCKS]
    examples = []
    for begin, end in zip(places, [*places[1:], len(labels)], strict=True):
        block = labels[begin:end]
        knowledge = learn_before(observations, block[0].came, at)
        for label in block:
            score, row = knowledge.describe(label.group, label.stratum)
            examples.append(Example(knowledge.resolve(label.group), score, row, label.is_kept))
    return examples


def fit_models(examples: Sequence[Example]) -> LearnedModel:
    """Fit both models to the same examples: a logistic curve of the score, and calibrated boosted trees of everything.

    Trees, since figures that nobody knows stay unknown in them; small and slow ones, since there are few examples. The
    calibration is Platt's, by chances that were given to examples that were left out.
    """
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold
    from threadpoolctl import threadpool_limits

    kept = [int(example.is_kept) for example in examples]
    trees = HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=60, max_depth=3, min_samples_leaf=15, l2_regularization=5.0, early_stopping=False,
        random_state=_SEED,
    )  # fmt: skip
    folds = StratifiedKFold(n_splits=4, shuffle=True, random_state=_SEED)
    learned = CalibratedClassifierCV(trees, method="sigmoid", cv=folds, ensemble=False)
    # Threads wait for each other by spinning: on a busy machine several take many times as long as one.
    with threadpool_limits(1):
        return LearnedModel(
            LogisticRegression().fit([[example.score / 100] for example in examples], kept),
            learned.fit([list(example.row) for example in examples], kept),
        )


def judge(model: LearnedModel, examples: Sequence[Example], report: ModelReport) -> ModelReport:
    """The report with both Brier scores on examples that neither model was fitted to, and what follows from them."""
    simple, learned = model.foretell([one.score for one in examples], [one.row for one in examples])
    came = [float(one.is_kept) for one in examples]
    gains = [(s - y) ** 2 - (p - y) ** 2 for s, p, y in zip(simple, learned, came, strict=True)]
    gain = fsum(gains) / len(gains)
    error = _find_error([one.group for one in examples], gains, gain)
    is_used = gain > 0 and gain > _SURE * error
    report = evolve(report, learned_score=_brier(learned, came), simple_score=_brier(simple, came), is_used=is_used)
    return evolve(report, why=_explain(report, gain, error))


def _explain(report: ModelReport, gain: float, error: float) -> str:
    figures = (
        f"Brier score {report.learned_score:.3f} beside {report.simple_score:.3f} of the score alone, on the "
        f"{report.judged} later of {report.labelled} imports"
    )
    if report.is_used:
        return f"it foretells better: {figures}"
    if gain <= 0:
        return f"it foretells no better: {figures}"
    return f"it is not surely better: {figures}; the gain of {gain:.3f} has a standard error of {error:.3f}"


def _find_error(groups: Sequence[str], gains: Sequence[float], gain: float) -> float:
    """The standard error of the mean gain; releases of one group are alike, and so are summed before squaring."""
    sums: dict[str, float] = {}
    for group, one in zip(groups, gains, strict=True):
        sums[group] = sums.get(group, 0.0) + one - gain
    return sqrt(fsum(value * value for value in sums.values())) / len(gains)


def _brier(chances: Sequence[float], came: Sequence[float]) -> float:
    return fsum((chance - one) ** 2 for chance, one in zip(chances, came, strict=True)) / len(came)


def _odds(chance: float) -> float:
    chance = min(1 - 1e-9, max(1e-9, chance))
    return log(chance / (1 - chance))
