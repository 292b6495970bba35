"""Words that more people say in one case than in the others. For the team only.

See ``docs/methods/mots-par-reseau.md``: formulae, sources, limits, worked example.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, log, sqrt

from croisee.survey.exact import holm

FEWEST = 5
"""People who must say a word for it to be compared at all."""
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A word in one case against all the others: people, never times.

    ``here`` of ``base`` people of the case say it, ``elsewhere`` of ``others`` of the other cases.
    ``times_more`` and its 95 % interval are a ratio of shares; ``likelihood`` is Dunning's
    statistic, to order; ``corrected`` the exact p-value after Holm, over every word and case.
    """

    word: str
    case: str
    here: int
    base: int
    elsewhere: int
    others: int
    likelihood: float
    times_more: float
    low: float
    high: float
    p: float
    corrected: float


def log_likelihood(here: int, base: int, elsewhere: int, others: int) -> float:
    """Return −2 log λ of a two by two table (Dunning 1993, Computational Linguistics 19, p. 61-74).

    Example:
        >>> round(log_likelihood(110, 110 + 2442, 111, 111 + 29114), 1)
        270.7
    """
    cells = (here, base - here, elsewhere, others - elsewhere)
    rows, columns = (base, others), (here + elsewhere, base + others - here - elsewhere)
    whole = base + others
    expected = [row * column / whole for row in rows for column in columns]
    return 2 * fsum(
        seen * log(seen / mean) for seen, mean in zip(cells, expected, strict=True) if seen
    )


def times_more(here: int, base: int, elsewhere: int, others: int) -> tuple[float, float, float]:
    """Return the ratio of two shares and its 95 % interval, half a person added everywhere.

    Walter (1975), Biometrika 62, p. 371-374; Pettigrew, Gart and Thomas (1986), Biometrika 73,
    p. 425-435. Its logarithm in base 2 is the log ratio of corpus work (Hardie 2014).
    """
    a, b = here + 0.5, elsewhere + 0.5
    n, m = base + 0.5, others + 0.5
    ratio = log(a / n) - log(b / m)
    error = sqrt(max(0.0, 1 / a - 1 / n + 1 / b - 1 / m))
    return exp(ratio), exp(ratio - _Z * error), exp(ratio + _Z * error)


def key_words(
    said: Mapping[str, Collection[str]],
    cases: Mapping[str, str],
    order: Sequence[str],
    *,
    fewest: int = FEWEST,
) -> tuple[KeyWord, ...]:
    """Return, case by case, the words that more of its people say than of the others'.

    Args:
        said: for each word, the people who say it. Each counts once, however often they say it.
        cases: the case of each person who spoke.
        order: the cases, in the study's order.
        fewest: people, all cases together, below whom a word is not compared.

    The p-value is Fisher's, both sides; Holm's correction runs over every word of ``fewest`` people
    and every case, said more there or less: choosing by what was seen would undo it. Words of a
    case come by rising corrected p-value, then by falling likelihood.
    """
    from scipy.stats import hypergeom  # noqa: PLC0415 -- half a second; other commands do without

    bases = {case: sum(1 for one in cases.values() if one == case) for case in order}
    bases = {case: base for case, base in bases.items() if base}
    whole = sum(bases.values())
    found: list[tuple[str, str, int, int, float]] = []
    for word, people in said.items():
        total = len(people)
        if total < fewest:
            continue
        for case, base in bases.items():
            here = sum(1 for one in people if cases[one] == case)
            if base == whole:
                continue
            law = hypergeom(whole, total, base)
            chances = law.pmf(range(max(0, total - whole + base), min(total, base) + 1))
            seen = law.pmf(here)
            p = min(1.0, float(chances[chances <= seen * (1 + 1e-7)].sum()))
            found.append((word, case, here, total, p))
    corrected = holm([p for *_, p in found])
    words = []
    for (word, case, here, total, p), after in zip(found, corrected, strict=True):
        base, others = bases[case], whole - bases[case]
        if here * others <= (total - here) * base:
            continue
        table = (here, base, total - here, others)
        likelihood = log_likelihood(*table)
        words.append(KeyWord(word, case, *table, likelihood, *times_more(*table), p, after))
    place = {case: rank for rank, case in enumerate(order)}
    return tuple(sorted(words, key=lambda k: (place[k.case], k.corrected, -k.likelihood, k.word)))
