"""One question over editions: where it stood, how far it moved, and what may be compared.

See ``docs/methods/tendances.md``: formulae, sources, limits, worked example.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from croisee.dataset import Dataset
from croisee.language import Label, Phrase
from croisee.study import Instrument, Study, Verdict
from croisee.survey.intervals import interval
from croisee.survey.waves import TABULATED, QuestionTable, one_way
from croisee.tables import Base, MultipleTable, NumericTable

_NO_REASON = Phrase("")
_ORDER = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Step:
    """What changed in a question from one edition to a later one, and why it matters."""

    before: str
    after: str
    verdict: Verdict
    why: Phrase | Label = _NO_REASON


@dataclass(frozen=True, slots=True)
class Point:
    """One edition: ``count`` of ``n`` answered so, and the 95 % interval of the share.

    ``low`` and ``high`` speak of the members of the frame where it is known, else of an endless
    population (:func:`croisee.survey.interval`).
    """

    edition: str
    count: int
    n: int
    frame: int | None
    low: float
    high: float

    @property
    def share(self) -> float:
        """Return the share of those who answered, 0 to 1."""
        return self.count / self.n


@dataclass(frozen=True, slots=True)
class Change:
    """What moved between two editions, in shares (−1 to 1), and its 95 % interval.

    ``verdict`` is the worst of the steps between them: a change across
    :attr:`Verdict.NOT_COMPARABLE` is never made.
    """

    before: str
    after: str
    gap: float
    low: float
    high: float
    verdict: Verdict

    @property
    def moved(self) -> bool:
        """Return whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Trend:
    """The share of some answers to one question, edition after edition."""

    question: str
    levels: tuple[str, ...]
    points: tuple[Point, ...]
    steps: tuple[Step, ...] = ()

    @property
    def breaks(self) -> tuple[Step, ...]:
        """Return the steps that are not plainly comparable, in time order."""
        return tuple(step for step in self.steps if step.verdict is not Verdict.COMPARABLE)

    def runs(self) -> tuple[tuple[Point, ...], ...]:
        """Return the points in runs: inside one, every edition may be compared with the next."""
        found: list[list[Point]] = []
        for place, point in enumerate(self.points):
            whole = place and self._step(self.points[place - 1], point) is Verdict.NOT_COMPARABLE
            if not place or whole:
                found.append([])
            found[-1].append(point)
        return tuple(tuple(run) for run in found)

    def change(self, before: str, after: str) -> Change | None:
        """Return what moved from one edition to a later one; ``None`` across a full break.

        Raises ``ValueError`` unless both are points of the trend, in this order.
        """
        editions = [point.edition for point in self.points]
        first, last = editions.index(before), editions.index(after)
        if first >= last:
            raise ValueError(f"{before} is not before {after}")
        crossed = {self._step(one, two) for one, two in pairwise(self.points[first : last + 1])}
        if Verdict.NOT_COMPARABLE in crossed:
            return None
        one, two = self.points[first], self.points[last]
        low, high = difference((one.share, one.low, one.high), (two.share, two.low, two.high))
        verdict = Verdict.WITH_CARE if Verdict.WITH_CARE in crossed else Verdict.COMPARABLE
        return Change(before, after, two.share - one.share, low, high, verdict)

    def changes(self) -> tuple[Change, ...]:
        """Return what moved from each edition to the next, where they may be compared."""
        found = (self.change(one.edition, two.edition) for one, two in pairwise(self.points))
        return tuple(change for change in found if change is not None)

    def _step(self, one: Point, two: Point) -> Verdict:
        return next(
            (s.verdict for s in self.steps if (s.before, s.after) == (one.edition, two.edition)),
            Verdict.COMPARABLE,
        )


def difference(
    before: tuple[float, float, float],
    after: tuple[float, float, float],
    correlation: float = 0.0,
) -> tuple[float, float]:
    """Return the 95 % interval of a difference, each side (estimate, low, high) with its own.

    Square-and-add: the distances of the estimates to their own limits are the legs of a right
    triangle (Newcombe 1998, Statistics in Medicine 17, p. 873-890, method 10; Zou and Donner
    2008, Statistics in Medicine 27, p. 1693-1702, for any pair of intervals). Where the same units
    answered twice, ``correlation`` is that of the two shares and the angle is no longer right
    (Newcombe 1998, p. 2635-2650, method 10; :func:`croisee.survey.overlap_correlation`); zero for
    two separate draws, and prudent where it is not known.

    Example:
        >>> [round(end, 4) for end in difference((0.6, 0.4904, 0.7002), (0.8, 0.6918, 0.8773))]
        [0.0525, 0.3341]
    """
    (p, p_low, p_high), (q, q_low, q_high) = before, after
    gap = q - p
    low = gap - _third_side(q - q_low, p_high - p, correlation)
    high = gap + _third_side(q_high - q, p - p_low, correlation)
    return max(-1.0, low), min(1.0, high)


def _third_side(one: float, other: float, correlation: float) -> float:
    return sqrt(max(0.0, one * one + other * other - 2 * correlation * one * other))


def trend_of(
    question: str,
    levels: Sequence[str],
    observed: Iterable[tuple[str, int, int, int | None]],
    steps: Iterable[Step] = (),
) -> Trend:
    """Return the trend of counts: (edition, count, n, frame), oldest first.

    Give released counts where anything of it leaves the team: the ends of an interval give the
    count back (``docs/methods/divulgation.md`` §3.10). Editions nobody answered are left out.
    A step between two editions that are not neighbours here is left out too.

    Raises ``ValueError`` when an edition comes twice or a count does not fit.
    """
    points = tuple(
        Point(edition, count, n, frame, *interval(count, n, frame))
        for edition, count, n, frame in observed
        if n
    )
    editions = [point.edition for point in points]
    if len(set(editions)) < len(editions):
        raise ValueError(f"{question}: an edition comes twice")
    neighbours = set(pairwise(editions))
    kept = tuple(step for step in steps if (step.before, step.after) in neighbours)
    return Trend(question, tuple(levels), points, kept)


def declared_step(
    study: Study, instrument: Instrument, question: str, before: str, after: str
) -> Step:
    """Return what the study says changed in a question between two editions of one codebook.

    A break counts for every pair of editions it stands between: of several, the worst is
    returned. Nothing said: the same question, comparable.
    """
    order = {edition.code: place for place, edition in enumerate(study.editions)}
    crossed = [
        one
        for one in instrument.breaks
        if one.question == question
        and {one.before, one.after} <= set(order)
        and order[before] < order[one.after] <= order[after]
    ]
    worst = max(crossed, key=lambda one: _ORDER.index(one.verdict), default=None)
    if worst is None:
        return Step(before, after, Verdict.COMPARABLE)
    return Step(before, after, worst.verdict, worst.why)


def question_trend(
    dataset: Dataset,
    instrument: str,
    question: str,
    levels: Sequence[str],
    *,
    case: str = "",
    steps: Iterable[Step] = (),
) -> Trend:
    """Return the trend of one closed question in every edition that asked it (for the team).

    ``steps``: what changed; those that the study declares (:func:`declared_step`) where none is
    given.

    ``levels`` are the options counted together (classes of a numeric question); ``case`` one
    network, or all of them. Where some of the wave skipped the question its frame is not used: how
    many silent members would have skipped it too is not known, and the interval is then wider.
    Three queries an edition.

    Raises ``ValueError`` on an option the question does not have, or several of a multiple one.
    """
    codebook = dataset.study.instrument(instrument)
    asked = codebook.question(question)
    if asked.kind not in TABULATED:
        raise ValueError(f"{question} is not a closed question")
    editions = [edition for source, edition in dataset.waves() if source == instrument]
    observed = []
    for edition in editions:
        cases = _cases(dataset, instrument, edition)
        if case and case not in cases:
            continue
        table = one_way(dataset, instrument, edition, question, case)
        chosen, base = _counts(table, levels)
        observed.append((edition, chosen, base.n, _frame(base)))
    there = [edition for edition, *_counts in observed]
    declared = (declared_step(dataset.study, codebook, question, *pair) for pair in pairwise(there))
    return trend_of(question, levels, observed, tuple(steps) or declared)


def _cases(dataset: Dataset, instrument: str, edition: str) -> set[str]:
    rows = dataset.answers(instrument, edition)
    return {line["case"] for line in dataset.collect(rows.select("case").distinct())}


def _counts(table: QuestionTable, levels: Sequence[str]) -> tuple[int, Base]:
    """Return how many units gave one of the levels, and the base of those who answered."""
    flat = table.classes if isinstance(table, NumericTable) else table
    counts = dict(zip((o.code for o in flat.question.options), flat.counts, strict=True))
    unknown = set(levels) - set(counts)
    if unknown:
        raise ValueError(f"{flat.question.code}: {', '.join(sorted(unknown))}")
    if isinstance(flat, MultipleTable) and len(levels) != 1:
        raise ValueError(f"{flat.question.code}: one option at a time")
    return sum(counts[level] for level in levels), flat.base


def _frame(base: Base) -> int | None:
    """Return the frame of a base, unless some of the wave skipped the question."""
    return None if base.within and base.filter else base.frame
