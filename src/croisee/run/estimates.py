"""``croisee estimates``: each answer of a wave with its interval, as the wave was drawn.

For the team: the ends of an interval give a count back (``docs/methods/divulgation.md`` §3.10).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from croisee.formats import write_csv
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.changes import moves, moves_told, successive
from croisee.run.frozen_study import (
    SurveyRefused,
    chosen_waves,
    frozen_study,
    refuse_existing,
)
from croisee.study import Question, QuestionKind
from croisee.survey import (
    Design,
    Estimate,
    Response,
    Units,
    mean,
    numbers,
    response,
    share,
    wave_design,
    wave_units,
)
from croisee.text import typeset

HEADER = (
    "instrument", "edition", "question", "option", "cas", "n", "valeur", "erreur_type", "bas",
    "haut", "taille_efficace", "methode",
)  # fmt: skip
_COUNTED = {
    QuestionKind.SINGLE,
    QuestionKind.ORDINAL,
    QuestionKind.MULTIPLE,
    QuestionKind.NUMBER,
}
_FEW = 5


@dataclass(frozen=True, slots=True)
class EstimatesAsked:
    """What was asked: a wave or all, one question in detail, where to write everything."""

    instrument: str = ""
    edition: str = ""
    question: str = ""
    out: Path | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One estimate: of a question's option (or of its mean, ""), in a case or in all of them."""

    question: str
    option: str
    case: str
    found: Estimate


def estimates_lines(
    path: Path, language: Language, asked: EstimatesAsked, *, at: datetime
) -> Iterator[str]:
    """Yield what ``croisee estimates`` prints, and write every estimate where asked.

    Raises:
        SurveyRefused: nothing answers to what is asked; ``out`` is there already.
        StudyRefused: the folder must be corrected first.
    """
    refuse_existing(asked.out)
    say = _sayer(language)
    rows: list[tuple[str, ...]] = []
    with frozen_study(path, at) as (_, dataset):
        waves = chosen_waves(dataset, asked.instrument, asked.edition)
        found = [wave_units(dataset, *wave) for wave in waves]
        study = dataset.study
    if asked.question and not any(_asks(units, asked.question) for units in found):
        raise SurveyRefused(
            phrase("Aucune question fermée « {question} » ici.", question=asked.question)
        )
    yield say(phrase("Pour l’équipe seulement : des bouts d’un intervalle on retrouve le nombre."))
    for units in found:
        drawn = wave_design(units)
        lines = tuple(estimates(units, drawn, asked.question))
        if not lines:
            continue
        yield ""
        yield from map(say, _design_told(units, drawn))
        yield from map(say, _told(lines, language, whole=bool(asked.question)))
        rows += [_row(units, line) for line in lines]
    for first, second in successive(found, study):
        moved = moves(first, second, study, asked.question)
        if moved:
            yield ""
            yield from map(say, moves_told(first, second, moved))
    if asked.out is not None:
        write_csv(asked.out, HEADER, rows)
        yield say(phrase("Estimations écrites : {file}", file=str(asked.out)))


def estimates(units: Units, drawn: Design, question: str = "") -> Iterator[Line]:
    """Yield every estimate of a wave, all cases together and then by case."""
    cases = np.array(units.cases)
    for one in units.instrument.questions:
        if one.kind not in _COUNTED or question not in {"", one.code}:
            continue
        found = response(units.rows, one)
        for case in ("", *dict.fromkeys(units.cases)):
            if case and one.pooled:
                continue
            domain = found.answered if not case else found.answered & (cases == case)
            if domain.any():
                yield from _of_question(one, found, units, drawn, case, domain)


def _of_question(
    asked: Question,
    found: Response,
    units: Units,
    drawn: Design,
    case: str,
    domain: NDArray[np.bool_],
) -> Iterator[Line]:
    if not drawn.weights[domain].sum():
        return
    for place, option in enumerate(found.options):
        yield Line(asked.code, option, case, share(drawn, found.chosen[:, place], domain))
    if asked.kind is QuestionKind.NUMBER:
        values = np.nan_to_num(numbers(units.rows, asked))
        yield Line(asked.code, "", case, mean(drawn, values, domain))


def _asks(units: Units, question: str) -> bool:
    return any(one.code == question and one.kind in _COUNTED for one in units.instrument.questions)


def _sayer(language: Language) -> Callable[[Phrase], str]:
    return lambda sentence: typeset(sentence.to(language), language, medium="text")


def _design_told(units: Units, drawn: Design) -> Iterator[Phrase]:
    yield phrase(
        "{wave} : {answers}.",
        wave=f"{units.instrument.code} {units.edition}",
        answers=phrases("{n} réponse", "{n} réponses", len(units)),
    )
    if units.census:
        yield phrase("  Tout le monde a répondu : ces nombres sont exacts, sans intervalle.")
        return
    if drawn.members is not None:
        here = Counter(units.strata)
        parts = ", ".join(f"{name} {here[name]}/{drawn.members[place]}"
                          for place, name in enumerate(sorted(here)))  # fmt: skip
        yield phrase("  Tirage par strate, d’une base connue : {strata}.", strata=parts)
    else:
        yield phrase("  Base de sondage inconnue : comme un tirage d’une population sans fin.")
    clusters = len(set(units.clusters))
    if clusters < len(units):
        yield phrase(
            "  {people} de {clusters} : qui est du même organisme se ressemble, et l’intervalle "
            "en tient compte.",
            people=phrases("{n} personne", "{n} personnes", len(units)),
            clusters=phrases("{n} organisme", "{n} organismes", clusters),
        )
    names = sorted(set(units.strata))
    if drawn.lonely:
        yield phrase(
            "  Une seule réponse ou grappe dans {strata} : son écart est pris à toutes les autres, "
            "ce qui est prudent.",
            strata=", ".join(names[place] for place in drawn.lonely),
        )
    if units.weights is None and units.frame is not None and len(units.frame) > 1:
        yield phrase("  Ensemble, chaque réponse parle pour sa part de la base de sondage.")


def _told(lines: Iterable[Line], language: Language, *, whole: bool) -> Iterator[Phrase]:
    """Say every line of one question, or the most chosen answer of each question."""
    together = [line for line in lines if not line.case]
    shown = list(lines) if whole else []
    for question in dict.fromkeys(line.question for line in together):
        if not whole:
            options = [one for one in together if one.question == question]
            mean_line = [one for one in options if not one.option]
            shown += mean_line or [max(options, key=lambda one: one.found.value)]
    case = ""
    for line in shown:
        if line.case != case:
            case = line.case
            yield phrase("  {case}", case=case)
        yield _one(line, language)


def _one(line: Line, language: Language) -> Phrase:
    found = line.found
    name = f"{line.question}, {line.option}" if line.option else line.question
    if found.n < _FEW:
        return phrase(
            "    {name} : {people}, trop peu pour un intervalle",
            name=name,
            people=phrases("{n} réponse", "{n} réponses", found.n),
        )
    number = (lambda value: f"{100 * value:.0f}") if line.option else _decimal(language)
    told = {"name": name, "value": number(found.value)}
    if found.low == found.high:
        if line.option:
            return phrase("    {name} : {value} %", **told)
        return phrase("    {name} : {value}", **told)
    told |= {"low": number(found.low), "high": number(found.high), "n": str(found.n)}
    if line.option:
        return phrase("    {name} : {value} % (de {low} à {high} %, n = {n})", **told)
    return phrase("    {name} : {value} (de {low} à {high}, n = {n})", **told)


def _decimal(language: Language) -> Callable[[float], str]:
    def number(value: float) -> str:
        text = f"{value:.2f}"
        return text.replace(".", ",") if language == "fr" else text

    return number


def _row(units: Units, line: Line) -> tuple[str, ...]:
    found = line.found
    cells = (found.value, found.error, found.low, found.high, found.effective)
    return (
        units.instrument.code,
        units.edition,
        line.question,
        line.option or "(moyenne)",
        line.case,
        str(found.n),
        *(f"{cell:.6f}".replace(".", ",") if np.isfinite(cell) else "" for cell in cells),
        "exacte" if found.exact else "linéarisée",
    )
