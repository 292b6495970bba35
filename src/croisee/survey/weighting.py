"""Weights: from the frame, raked to known margins, limited; and what they cost.

See ``docs/methods/poids.md``: assumptions, formulae, sources, when not to use them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from croisee.language import Label, Phrase, phrase

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
NOBODY = -1
"""The place of a respondent who did not answer a margin's question."""
_ROUNDS = 500
_CLOSE = 1e-7
"""Relative distance to a margin under which it is met."""


_IN_ENGLISH = {
    "cas": Label("cas", "case"),
    "composante": Label("composante", "component"),
    "cadre": Label("cadre", "frame"),
}
"""Margins that are no question, by the name each language gives them."""


def margin_name(variable: str) -> Label:
    """Return a margin's name in both languages: a question's code is the same in each."""
    return _IN_ENGLISH.get(variable, Label(variable))


class WeightsRefused(ValueError):
    """No weights can be worked out; ``message`` says which margin or stratum, and what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


@dataclass(frozen=True, slots=True)
class Margin:
    """How many members of the frame are known to be in each category of a variable."""

    variable: str
    sizes: Mapping[str, float]

    @property
    def total(self) -> float:
        """Return the members in all categories."""
        return float(sum(self.sizes.values()))


@dataclass(frozen=True, slots=True)
class Raked:
    """Raked weights. ``missed``: by how much the limit leaves each margin unmet, relative."""

    weights: Floats
    rounds: int
    limited: int
    """Respondents whose weight was brought down to the limit."""
    missed: Mapping[str, float]


def base_weights(strata: Sequence[str], frame: Mapping[str, int]) -> Floats:
    """Return N_h / n_h for each respondent, from the stratum of each and the frame of strata.

    The weight of the Horvitz–Thompson estimator when those who answered are like a draw in
    their stratum (weighting classes; Särndal, Swensson and Wretman 1992, §15.6.2). A stratum
    of the frame where nobody answered raises :class:`WeightsRefused`, and so does a respondent
    outside of the frame: no weight would speak for them.

    Example:
        >>> base_weights(["a", "a", "b"], {"a": 6, "b": 5}).tolist()
        [3.0, 3.0, 5.0]
    """
    here: dict[str, int] = {}
    for stratum in strata:
        here[stratum] = here.get(stratum, 0) + 1
    for stratum, members in frame.items():
        if members and stratum not in here:
            raise WeightsRefused(
                phrase(
                    "Personne n’a répondu dans « {stratum} » ({members} membres) : aucun poids ne "
                    "peut parler pour elle. Réunissez-la à une autre, ou retirez-la de la base.",
                    stratum=stratum,
                    members=members,
                )
            )
    for stratum, answered in here.items():
        if frame.get(stratum, 0) < answered:
            raise WeightsRefused(
                phrase(
                    "« {stratum} » a {answered} réponses pour {members} membres dans la base de "
                    "sondage : corrigez la base.",
                    stratum=stratum,
                    answered=answered,
                    members=frame.get(stratum, 0),
                )
            )
    return np.array([frame[stratum] / here[stratum] for stratum in strata], dtype=np.float64)


def rake(
    start: Sequence[float] | Floats,
    margins: Sequence[Margin],
    answers: Sequence[Sequence[str | None]],
    *,
    limit: float | None = None,
) -> Raked:
    """Return weights that give every margin its numbers (iterative proportional fitting).

    Deming and Stephan (1940), *Annals of Mathematical Statistics* 11, p. 427-444; one margin
    alone is post-stratification. Each round multiplies the weights of a category by what is
    lacking to its number, margin after margin, until all are met to 10⁻⁷.

    Args:
        start: the weight of each respondent, more than zero.
        margins: what is known of the frame; all of the same total.
        answers: for each margin, the category of each respondent, ``None`` for no answer.
            Who gave none keeps the share of the total that their weight has.
        limit: the largest weight allowed, in times the mean weight; what is cut goes to the
            others, and ``missed`` says how far from the margins that leaves them.

    Raises:
        WeightsRefused: totals that differ, a category with members where nobody answered,
            an answer the margin does not know, margins that cannot be met together.
    """
    weights = np.asarray(start, dtype=np.float64).copy()
    if not margins:
        return Raked(weights, 0, 0, {})
    _check_totals(margins)
    known = [_places(margin, said) for margin, said in zip(margins, answers, strict=True)]
    targets = [np.array(list(margin.sizes.values())) for margin in margins]
    weights *= margins[0].total / weights.sum()
    cap = limit * margins[0].total / len(weights) if limit is not None else np.inf
    if limit is not None and limit <= 1:
        raise WeightsRefused(phrase("La limite d’un poids est plus grande que 1."))
    rounds = 0
    worst = np.inf
    while worst > _CLOSE and rounds < _ROUNDS:
        before = weights.copy()
        for place, target in zip(known, targets, strict=True):
            _fit(weights, place, target)
        np.minimum(weights, cap, out=weights)
        rounds += 1
        worst = float(np.max(np.abs(weights - before) / before))
    gaps = {
        margin.variable: _gap(weights, place, target)
        for margin, place, target in zip(margins, known, targets, strict=True)
    }
    if limit is None and max(gaps.values()) > 1e-4:
        raise WeightsRefused(_unmet(margins, gaps))
    limited = int(np.sum(weights >= cap * (1 - 1e-9)))
    return Raked(weights, rounds, limited, gaps)


def kish_effect(weights: Sequence[float] | Floats) -> float:
    """Return n Σw² / (Σw)²: by how much unequal weights multiply a variance.

    Kish (1965), *Survey Sampling*, §11.7; Kish (1992), *Journal of Official Statistics* 8,
    p. 183-200. Holds where weights have nothing to do with the answers; 1 for equal weights.

    Example:
        >>> kish_effect([1, 1, 2])
        1.125
    """
    held = np.asarray(weights, dtype=np.float64)
    return float(len(held) * np.sum(held**2) / np.sum(held) ** 2)


def kish_size(weights: Sequence[float] | Floats) -> float:
    """Return (Σw)² / Σw²: how many equal answers the weighted ones are worth."""
    return len(weights) / kish_effect(weights)


def worth_weighting(share: float, weighted: float, n: int, effect: float) -> bool:
    """Return whether weights bring an estimate closer, as far as the answers tell.

    Weights take bias away and add variance. With v = p(1 − p)/n the variance without them and
    ``effect``·v with them, the squared gap d² holds the squared bias and (``effect`` − 1)·v of
    chance; the weighted share has the smaller mean squared error when d² > 2(``effect`` − 1)·v.
    Where no answer gains, what weights do is chance.
    """
    variance = share * (1 - share) / n
    return (weighted - share) ** 2 > 2 * (effect - 1) * variance


def _check_totals(margins: Sequence[Margin]) -> None:
    first = margins[0]
    for margin in margins:
        if margin.total <= 0 or min(margin.sizes.values()) < 0:
            raise WeightsRefused(
                phrase("La marge « {name} » ne compte personne.", name=margin_name(margin.variable))
            )
        if abs(margin.total - first.total) > 1e-6 * first.total:
            raise WeightsRefused(
                phrase(
                    "Les marges « {one} » ({first}) et « {other} » ({second}) ne comptent pas le "
                    "même nombre de membres : ramenez-les au même total.",
                    one=margin_name(first.variable),
                    first=f"{first.total:g}",
                    other=margin_name(margin.variable),
                    second=f"{margin.total:g}",
                )
            )


def _places(margin: Margin, said: Sequence[str | None]) -> Whole:
    """Return the place of each respondent's category; refuse what the margin cannot weigh."""
    order = {category: place for place, category in enumerate(margin.sizes)}
    for answer in said:
        if answer is not None and not margin.sizes.get(answer):
            raise WeightsRefused(
                phrase(
                    "Quelqu’un est « {category} » ({margin}), et la marge n’y compte personne : "
                    "ajoutez son nombre à marges, ou réunissez des catégories.",
                    category=answer,
                    margin=margin_name(margin.variable),
                )
            )
    heard = set(said)
    for category, members in margin.sizes.items():
        if members and category not in heard:
            raise WeightsRefused(
                phrase(
                    "Personne n’a répondu « {category} » ({margin}), et la marge y compte "
                    "{members} membres : réunissez-la à une catégorie voisine.",
                    category=category,
                    margin=margin_name(margin.variable),
                    members=f"{members:g}",
                )
            )
    return np.array([NOBODY if one is None else order[one] for one in said], dtype=np.int64)


def _fit(weights: Floats, place: Whole, target: Floats) -> None:
    """Bring the sum of each category's weights to its part of those who answered."""
    there = place != NOBODY
    sums = np.bincount(place[there], weights[there], minlength=len(target))
    wanted = target * (sums.sum() / target.sum())
    if there.all():
        wanted = target
    factors = np.divide(wanted, sums, out=np.ones_like(sums), where=sums > 0)
    weights[there] *= factors[place[there]]


def _gap(weights: Floats, place: Whole, target: Floats) -> float:
    """Return the largest relative distance of a category to its part of the margin."""
    there = place != NOBODY
    sums = np.bincount(place[there], weights[there], minlength=len(target))
    inside = target > 0
    wanted = target[inside] / target.sum()
    return float(np.max(np.abs(sums[inside] / sums.sum() - wanted) / wanted))


def _unmet(margins: Sequence[Margin], gaps: Mapping[str, float]) -> Phrase:
    worst = max(gaps, key=lambda variable: gaps[variable])
    others = ", ".join(margin.variable for margin in margins if margin.variable != worst)
    return phrase(
        "Les marges se contredisent : « {margin} » reste à {gap} % de ses nombres quand {others} "
        "ont les leurs. Aucune réponse ne réunit ce qu’elles demandent ensemble : réunissez des "
        "catégories, ou retirez une marge.",
        margin=margin_name(worst),
        gap=f"{100 * gaps[worst]:.0f}",
        others=others or "…",
    )
