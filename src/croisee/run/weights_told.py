"""What ``croisee weights`` prints and writes; see :mod:`croisee.run.weights`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from croisee.formats import write_csv
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.frozen_study import SurveyRefused, chosen_waves, frozen_study
from croisee.run.weights import FRAME_VARIABLES, STRATA, Weighted, weigh
from croisee.survey import margin_name, wave_units
from croisee.text import typeset

HEADER = ("repondant", "poids")
ENOUGH = 20
"""Fewer answers than this are not weighted: two people would carry a result."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class WeightsAsked:
    """What was asked: one wave or all, variables of the frame, a limit, where to write."""

    instrument: str = ""
    edition: str = ""
    by: tuple[str, ...] = ()
    limit: float | None = None
    out: Path | None = None


def weights_lines(
    path: Path, language: Language, asked: WeightsAsked, *, at: datetime
) -> Iterator[str]:
    """Yield what ``croisee weights`` prints, and write a file of weights a wave where asked.

    Raises:
        SurveyRefused: nothing answers to what is asked; a file is there already.
        WeightsRefused: margins or a frame that give no weights; no file is then written.
        StudyRefused: the folder must be corrected first.
    """
    for variable in asked.by:
        if variable not in FRAME_VARIABLES:
            raise SurveyRefused(
                phrase(
                    "--by ne connaît que {known} ; le reste s’écrit dans marges.",
                    known=", ".join(FRAME_VARIABLES),
                )
            )
    with frozen_study(path, at) as (folder, dataset):
        waves = chosen_waves(dataset, asked.instrument, asked.edition)
        found = [
            weigh(dataset, wave_units(dataset, *wave), folder.margins, asked.by, asked.limit)
            for wave in waves
        ]
    written = [(_file(asked.out, one), one) for one in found if asked.out and _useful(one)]
    for file, _ in written:
        if file.exists():
            raise SurveyRefused(
                phrase("Choisissez un nom nouveau : {file} existe.", file=str(file))
            )
    for one in found:
        yield from map(_sayer(language), _told(one, language))
    for file, one in written:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_csv(file, HEADER, _rows(one))
        yield _sayer(language)(phrase("Poids écrits : {file}", file=str(file)))
    if written:
        yield _sayer(language)(
            phrase("Pour s’en servir : gardez-les dans poids/ du dossier d’étude, et écrivez "
                   "poids = true dans [[instruments]].")
        )  # fmt: skip


def _sayer(language: Language) -> Callable[[Phrase], str]:
    return lambda sentence: typeset(sentence.to(language), language, medium="text")


def _file(out: Path | None, one: Weighted) -> Path:
    return (out or Path()) / f"{one.units.instrument.code}_{one.units.edition}.csv"


def _rows(one: Weighted) -> Iterator[tuple[str, str]]:
    names = one.units.rows["respondent"].to_pylist()
    for name, weight in sorted(zip(names, one.raked.weights, strict=True)):
        yield name, f"{weight:.6f}".replace(".", ",")


def _useful(one: Weighted) -> bool:
    return one.effect > 1 + 1e-9


def _told(one: Weighted, language: Language) -> Iterator[Phrase]:
    units = one.units
    wave = f"{units.instrument.code} {units.edition}"
    answers = phrases("{n} réponse", "{n} réponses", len(units))
    yield phrase("{wave} : {answers}.", wave=wave, answers=answers)
    if units.weights is not None:
        yield phrase("  Les poids que ce dossier a déjà ne servent pas ici.")
    yield from _strata_told(one, language)
    yield from _margins_told(one, language)
    if units.census:
        yield phrase("  Tout le monde a répondu : il n’y a rien à pondérer.")
    elif not _useful(one):
        yield phrase("  Tous les poids sont égaux : ils ne changent aucun pourcentage.")
    else:
        yield from _cost_told(one, language)
        yield _verdict(one)


def _strata_told(one: Weighted, language: Language) -> Iterator[Phrase]:
    units = one.units
    if units.frame is None:
        yield phrase("  Base de sondage inconnue : chaque réponse part avec un poids de 1.")
        return
    here = Counter(units.strata)
    for stratum, members in units.frame.items():
        yield phrase(
            "  {stratum} : {answered} sur {members}, chaque réponse parle pour {weight}.",
            stratum=stratum,
            answered=here[stratum],
            members=members,
            weight=_number(members / here[stratum], language, 2),
        )


def _margins_told(one: Weighted, language: Language) -> Iterator[Phrase]:
    named = [margin for margin in one.margins if margin.variable != STRATA]
    if not named:
        return
    yield phrase(
        "  Calé sur {margins} ({rounds}).",
        margins=", ".join(
            f"{margin_name(margin.variable).to(language)} ({len(margin.sizes)})" for margin in named
        ),
        rounds=phrases("{n} reprise", "{n} reprises", one.raked.rounds),
    )
    for source in one.sources:
        yield phrase("  Source de ces nombres : {source}", source=source)
    for variable, many in one.silent:
        yield phrase(
            "  {people} sans réponse à « {margin} » : leur part du total ne change pas.",
            people=phrases("{n} personne", "{n} personnes", many),
            margin=margin_name(variable),
        )
    if one.raked.limited:
        yield phrase(
            "  {people} à la limite de poids ; les marges ne sont plus tenues qu’à {gap} % près.",
            people=phrases("{n} réponse", "{n} réponses", one.raked.limited),
            gap=_number(100 * max(one.raked.missed.values()), language, 1),
        )


def _cost_told(one: Weighted, language: Language) -> Iterator[Phrase]:
    weights = one.raked.weights
    yield phrase(
        "  Poids de {low} à {high} ; effet de plan {effect} : {answers} n’en valent que {size}.",
        low=_number(float(weights.min()), language, 2),
        high=_number(float(weights.max()), language, 2),
        effect=_number(one.effect, language, 2),
        answers=phrases("{n} réponse", "{n} réponses", len(weights)),
        size=f"{len(weights) / one.effect:.0f}",
    )
    mean = float(weights.mean())
    heavy = int(np.sum(weights > 3 * mean))
    if heavy:
        yield phrase(
            "  {answers} plus de trois fois le poids moyen : --limit 3 les ramène.",
            answers=phrases("{n} réponse pèse", "{n} réponses pèsent", heavy),
        )
    moved = sorted(one.gains, key=lambda gain: -abs(gain.weighted - gain.share))
    for gain in [gain for gain in moved if gain.helps][:_SHOWN]:
        yield phrase(
            "    {question}, {option} : {share} % sans poids, {weighted} % avec",
            question=gain.question,
            option=gain.option,
            share=f"{100 * gain.share:.0f}",
            weighted=f"{100 * gain.weighted:.0f}",
        )


def _verdict(one: Weighted) -> Phrase:
    """Say whether weights are worse than none, as far as the answers tell."""
    n = len(one.units)
    helped = sum(gain.helps for gain in one.gains)
    of = phrases("{n} pourcentage", "{n} pourcentages", len(one.gains))
    if n < ENOUGH:
        return phrase(
            "  Mieux vaut s’en passer : sous {enough} réponses, quelques personnes porteraient "
            "tout le résultat.",
            enough=ENOUGH,
        )
    if one.effect > 2:
        return phrase(
            "  Mieux vaut s’en passer, ou réunir des catégories : ces poids perdent plus de la "
            "moitié de ce que valent les réponses."
        )
    if 2 * helped < len(one.gains):
        return phrase(
            "  Mieux vaut s’en passer : {helped} sur {of} bougent plus que le hasard ne le ferait. "
            "Pour les autres, ces poids ajoutent de l’incertitude sans rien corriger.",
            helped=helped,
            of=of,
        )
    return phrase(
        "  Ces poids servent : {helped} sur {of} bougent plus que le hasard ne le ferait.",
        helped=helped,
        of=of,
    )


def _number(value: float, language: Language, places: int) -> str:
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language == "fr" else text
