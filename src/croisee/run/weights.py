"""``croisee weights``: weights of each wave from its frame and margins, and what they are worth.

For the team: the report names small categories. Nothing changes in the study until the team
keeps the files written and says ``poids = true``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from croisee.dataset import Dataset
from croisee.language import phrase
from croisee.run.frozen_study import SurveyRefused
from croisee.study import QuestionKind
from croisee.studyfolder import MarginLine
from croisee.survey import (
    Margin,
    Raked,
    Units,
    WeightsRefused,
    base_weights,
    kish_effect,
    rake,
    response,
    worth_weighting,
)

STRATA = "cadre"
"""The name of the margin that keeps each stratum of the frame at its size."""
FRAME_VARIABLES = ("region", "type")
_CLOSED = (QuestionKind.SINGLE, QuestionKind.ORDINAL, QuestionKind.NUMBER, QuestionKind.MULTIPLE)


@dataclass(frozen=True, slots=True)
class Gain:
    """How far weights move one answer, in shares, and whether that is more than chance."""

    question: str
    option: str
    share: float
    weighted: float
    helps: bool


@dataclass(frozen=True, slots=True)
class Weighted:
    """One wave with its weights. ``silent``: respondents without an answer, by margin."""

    units: Units
    base: NDArray[np.float64]
    margins: tuple[Margin, ...]
    raked: Raked
    silent: tuple[tuple[str, int], ...]
    gains: tuple[Gain, ...]
    sources: tuple[str, ...] = ()
    """Where the numbers of the margins come from, as ``marges`` says it."""

    @property
    def effect(self) -> float:
        """Return Kish's design effect of the weights."""
        return kish_effect(self.raked.weights)


def weigh(
    dataset: Dataset,
    units: Units,
    lines: Sequence[MarginLine],
    by: Sequence[str],
    limit: float | None,
) -> Weighted:
    """Return the weights of a wave.

    Args:
        dataset: where the frame is.
        units: the respondents.
        lines: the lines of ``marges``; those of other waves are left aside.
        by: variables of the frame to rake to as well, counted in its list.
        limit: see :func:`croisee.survey.rake`.

    Raises:
        WeightsRefused: see :func:`croisee.survey.rake` and :func:`croisee.survey.base_weights`.
        SurveyRefused: a variable of ``by`` cannot be counted in the frame.
    """
    base = np.ones(len(units))
    if units.frame is not None:
        base = base_weights(units.strata, units.frame)
    margins, answers = [], []
    for margin, said in _margins(dataset, units, lines, by):
        margins.append(margin)
        answers.append(said)
    if margins and units.frame is not None and len(units.frame) > 1:
        margins.insert(0, Margin(STRATA, dict(units.frame)))
        answers.insert(0, list(units.strata))
    raked = rake(base, margins, answers, limit=limit)
    silent = tuple(
        (margin.variable, said.count(None))
        for margin, said in zip(margins, answers, strict=True)
        if None in said
    )
    gains = tuple(_gains(units, raked.weights, {margin.variable for margin in margins}))
    wave = (units.instrument.code, units.edition)
    told = (line.source for line in lines if (line.instrument, line.edition) == wave)
    sources = tuple(dict.fromkeys(source for source in told if source))
    return Weighted(units, base, tuple(margins), raked, silent, gains, sources)


def _margins(
    dataset: Dataset, units: Units, lines: Sequence[MarginLine], by: Sequence[str]
) -> Iterator[tuple[Margin, list[str | None]]]:
    """Yield the margins of a wave, with the category of each respondent."""
    asked = units.instrument
    here = [
        line for line in lines if (line.instrument, line.edition) == (asked.code, units.edition)
    ]
    for variable in dict.fromkeys(line.variable for line in here):
        sizes = {line.category: float(line.size) for line in here if line.variable == variable}
        yield Margin(variable, sizes), _categories(dataset, units, variable)
    for variable in by:
        yield _counted(dataset, units, variable), _categories(dataset, units, variable)


def _categories(dataset: Dataset, units: Units, variable: str) -> list[str | None]:
    if variable == "cas":
        return list(units.cases)
    if variable == "composante":
        return [text or None for text in units.rows["component"].to_pylist()]
    if variable in FRAME_VARIABLES:
        listed = _listed(dataset, units)
        return [
            (listed.get(place) or {}).get(variable) or None
            for place in zip(units.cases, units.organisations, strict=True)
        ]
    found = response(units.rows, units.instrument.question(variable))
    return [found.options[place] if place >= 0 else None for place in found.places]


def _listed(dataset: Dataset, units: Units) -> dict[tuple[str, str], dict[str, str]]:
    """Return the lines of the frame of this edition, by case and organisation."""
    return {
        (row["case"], row["organisation"]): row
        for row in dataset.rows("organisations")
        if row["edition"] in {"", units.edition} and row["case"] in set(units.cases)
    }


def _counted(dataset: Dataset, units: Units, variable: str) -> Margin:
    """Count a variable in the frame's list; it must list as many members as the frame has."""
    listed = _listed(dataset, units)
    members = sum(units.frame.values()) if units.frame is not None else None
    sizes: dict[str, float] = {}
    for row in listed.values():
        sizes[row[variable]] = sizes.get(row[variable], 0) + 1
    if members != len(listed) or "" in sizes:
        raise SurveyRefused(
            phrase(
                "« {variable} » ne se compte pas dans cadre pour {wave} : la liste a {listed} "
                "membres, dont {blank} sans cette valeur, et la base de sondage {members}. "
                "Donnez les nombres dans marges.",
                variable=variable,
                wave=f"{units.instrument.code} {units.edition}",
                listed=len(listed),
                blank=int(sizes.get("", 0)),
                members="?" if members is None else members,
            )
        )
    return Margin(variable, dict(sorted(sizes.items())))


def _gains(units: Units, weights: NDArray[np.float64], raked: set[str]) -> Iterator[Gain]:
    """Yield each answer's share without and with weights; margins move by construction."""
    effect = kish_effect(weights)
    for question in units.instrument.questions:
        if question.kind not in _CLOSED or question.code in raked:
            continue
        found = response(units.rows, question)
        n = int(found.answered.sum())
        if n < 2:
            continue
        chosen, held = found.chosen[found.answered], weights[found.answered]
        for place, option in enumerate(found.options):
            share = float(chosen[:, place].mean())
            weighted = float(held @ chosen[:, place] / held.sum())
            helps = worth_weighting(share, weighted, n, effect)
            yield Gain(question.code, option, share, weighted, helps)


__all__ = ["FRAME_VARIABLES", "STRATA", "Gain", "Weighted", "WeightsRefused", "weigh"]
