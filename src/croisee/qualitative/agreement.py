"""Do two people who code the same text see the same things? One overall coefficient."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from croisee.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha over every (turn, code) that at least two people judged.

    1 is perfect agreement, 0 what chance would give, below 0 systematic disagreement.
    ``alpha`` is ``None`` when there is nothing to disagree about: one value everywhere.
    There is no line by coder: that would be an appraisal.
    """

    alpha: Decimal | None
    turns: int
    documents: int
    coders: int
    codes: int


def krippendorff_alpha(units: Iterable[Sequence[Hashable | None]]) -> Fraction | None:
    """Return Krippendorff's alpha for nominal values; ``None`` when all values are equal.

    Args:
        units: one sequence a unit, one value an observer in any order; ``None`` is missing.
            A unit with fewer than two values says nothing and is left out.

    Source: Krippendorff (2011), *Computing Krippendorff's Alpha-Reliability*, part C
    (nominal data, any number of observers, missing data).
    """
    together: Counter[Hashable] = Counter()
    disagreement = Fraction(0)
    for unit in units:
        values = Counter(value for value in unit if value is not None)
        size = values.total()
        if size < 2:
            continue
        together += values
        same = sum(count * (count - 1) for count in values.values())
        disagreement += Fraction(size * (size - 1) - same, size - 1)
    total = together.total()
    expected = total * (total - 1) - sum(count * (count - 1) for count in together.values())
    if not expected:
        return None
    return 1 - (total - 1) * disagreement / expected


def agreement(dataset: Dataset) -> Agreement | None:
    """Return how far coders agree; ``None`` when no document has two of them.

    A unit is one code on one participant's turn, used or not, in the documents coded by at
    least two people; a coder who coded nothing in a document has not judged it.
    """
    used: dict[tuple[str, int], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    coders: dict[str, set[str]] = defaultdict(set)
    for row in dataset.rows("codings"):
        if row["coder"]:
            used[row["document"], row["turn"]][row["coder"]].add(row["code"])
            coders[row["document"]].add(row["coder"])
    shared = {document: names for document, names in coders.items() if len(names) > 1}
    if not shared:
        return None
    turns = [place for place in _participants_turns(dataset) if place[0] in shared]
    codes = sorted({code for by in used.values() for names in by.values() for code in names})
    alpha = krippendorff_alpha(_units(turns, shared, used, codes))
    return Agreement(
        None if alpha is None else _rounded(alpha),
        len(turns),
        len(shared),
        len({name for names in shared.values() for name in names}),
        len(codes),
    )


def _units(
    turns: Iterable[tuple[str, int]],
    coders: Mapping[str, set[str]],
    used: Mapping[tuple[str, int], Mapping[str, set[str]]],
    codes: Sequence[str],
) -> Iterator[list[bool]]:
    for place in turns:
        given = used.get(place, {})
        for code in codes:
            yield [code in given.get(coder, ()) for coder in sorted(coders[place[0]])]


def _participants_turns(dataset: Dataset) -> list[tuple[str, int]]:
    turns = dataset.table("turns")
    spoken = turns.filter(turns.participant != "").select("document", "turn")
    return sorted((row["document"], row["turn"]) for row in dataset.collect(spoken))


def _rounded(alpha: Fraction) -> Decimal:
    return (Decimal(alpha.numerator) / Decimal(alpha.denominator)).quantize(Decimal("0.001"))
