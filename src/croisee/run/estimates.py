"""``croisee estimates``: each answer of a wave with its interval, as the wave was drawn.

For the team: the ends of an interval give a count back (``docs/methods/divulgation.md`` §3.10).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from croisee.formats import write_csv
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.changes import moves, moves_told, signed, successive
from croisee.run.frozen_study import (
    SurveyRefused,
    chosen_waves,
    frozen_study,
    refuse_existing,
)
from croisee.run.wave_estimates import FEW, Line, Summary, estimated, estimates, gaps
from croisee.survey import Design, Units, wave_design, wave_units
from croisee.text import typeset

HEADER = (
    "instrument", "edition", "question", "resume", "option", "cas", "n", "valeur",
    "erreur_type", "bas", "haut", "taille_efficace", "methode",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EstimatesAsked:
    """What was asked: a wave or all, one question in detail, where to write everything."""

    instrument: str = ""
    edition: str = ""
    question: str = ""
    out: Path | None = None


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
        if asked.question or asked.out is not None:
            lines += tuple(gaps(lines, units))
        yield ""
        yield from map(say, _design_told(units, drawn))
        told = _told(lines, language, whole=bool(asked.question), census=units.census)
        yield from map(say, told)
        rows += [_row(units, line) for line in lines]
    for first, second in successive(found, study):
        moved = moves(first, second, study, asked.question)
        if moved:
            yield ""
            yield from map(say, moves_told(first, second, moved))
    if asked.out is not None:
        write_csv(asked.out, HEADER, rows)
        yield say(phrase("Estimations écrites : {file}", file=str(asked.out)))


def _asks(units: Units, question: str) -> bool:
    return any(one.code == question and estimated(one) for one in units.instrument.questions)


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
    if units.weights is not None:
        yield phrase("  Poids de l’étude : ce qu’ils ont eux-mêmes d’incertain n’est dans aucun "
                     "intervalle.")  # fmt: skip
    if units.weights is None and units.frame is not None and len(units.frame) > 1:
        yield phrase("  Ensemble, chaque réponse parle pour sa part de la base de sondage.")


def _told(
    lines: Sequence[Line], language: Language, *, whole: bool, census: bool
) -> Iterator[Phrase]:
    """Say every line of one question, or one line of each question: see :func:`_foremost`."""
    together = [line for line in lines if not line.cases]
    shown = list(lines) if whole else []
    if not whole:
        for question in dict.fromkeys(line.question for line in together):
            shown.append(_foremost([one for one in together if one.question == question]))
    cases: tuple[str, ...] = ()
    for line in shown:
        if line.cases != cases and line.summary is not Summary.GAP:
            cases = line.cases
            yield phrase("  {case}", case=cases[0])
        elif line.summary is Summary.GAP and len(cases) < len(line.cases):
            cases = line.cases
            yield phrase("  Entre deux cas, le second moins le premier :")
        yield _one(line, language, census=census)
    yield from _method_told([line for line in shown if line.found.n >= FEW])


def _foremost(lines: Sequence[Line]) -> Line:
    """Return the mean of a number, what is ranked first, or the answer most chosen."""
    means = [line for line in lines if line.summary is Summary.MEAN]
    places = [line for line in lines if line.summary is Summary.PLACE]
    shares = [line for line in lines if line.summary is Summary.SHARE]
    if means:
        return means[0]
    if places:
        return min(places, key=lambda line: line.found.value)
    return max(shares, key=lambda line: line.found.value)


def _method_told(lines: Sequence[Line]) -> Iterator[Phrase]:
    """Name the interval of each kind of line shown, and what none of them holds."""
    drawn = [line for line in lines if line.found.low < line.found.high]
    if not drawn:
        return
    shares = [line for line in drawn if line.summary in {Summary.SHARE, Summary.TOP}]
    if any(line.found.exact for line in shares):
        yield phrase("  Intervalles à 95 % des parts, tirage simple : exacts, hypergéométriques si "
                     "la base est connue, sinon de Clopper et Pearson.")  # fmt: skip
    if not all(line.found.exact for line in shares):
        yield phrase("  Intervalles à 95 % des parts, selon le plan : Korn et Graubard.")
    summaries = {line.summary for line in drawn}
    if summaries & {Summary.MEAN, Summary.PLACE}:
        yield phrase("  Intervalles à 95 % des moyennes : Student, variance linéarisée.")
    if Summary.MEDIAN in summaries:
        yield phrase("  Intervalles à 95 % des médianes : test inversé, Francisco et Fuller.")
    if Summary.GAP in summaries:
        yield phrase("  Intervalles à 95 % des écarts : Zou et Donner, un par paire, sans "
                     "correction pour leur nombre ; pour un test, croisee tests.")  # fmt: skip
    yield phrase("  Qui se tait n’est dans aucun.")


def _one(line: Line, language: Language, *, census: bool) -> Phrase:
    found = line.found
    name = _name(line)
    if found.n < FEW:
        return phrase(
            "    {name} : {people}, trop peu pour un intervalle",
            name=name,
            people=phrases("{n} réponse", "{n} réponses", found.n),
        )
    if line.summary is Summary.GAP:
        return _gap_told(line, name)
    number = _number(line, language)
    told: dict[str, str | Phrase] = {"name": name, "value": number(found.value)}
    share = line.summary in {Summary.SHARE, Summary.TOP}
    if found.low == found.high and (census or line.summary is not Summary.MEDIAN):
        return phrase("    {name} : {value} %", **told) if share else (
            phrase("    {name} : {value}", **told)
        )  # fmt: skip
    told |= {"low": number(found.low), "high": number(found.high), "n": str(found.n)}
    if share:
        return phrase("    {name} : {value} % (de {low} à {high} %, n = {n})", **told)
    return (
        phrase("    {name} : {value} (de « {low} » à « {high} », n = {n})", **told) if line.scale
        else phrase("    {name} : {value} (de {low} à {high}, n = {n})", **told)
    )  # fmt: skip


def _name(line: Line) -> str | Phrase:
    if line.summary is Summary.MEDIAN:
        return phrase("{question}, médiane", question=line.question)
    if line.summary is Summary.MEAN:
        return phrase("{question}, moyenne", question=line.question)
    if line.summary is Summary.PLACE:
        return phrase("{question}, rang moyen de {option}", question=line.question,
                      option=line.option)  # fmt: skip
    return f"{line.question}, {line.option}" if line.option else line.question


def _gap_told(line: Line, name: str | Phrase) -> Phrase:
    found = line.found
    first, second = line.cases
    told = {"name": name, "first": first, "second": second, "gap": signed(found.value)}
    if found.low == found.high:
        return phrase("    {name} : {second} moins {first}, {gap} points", **told)
    return phrase(
        "    {name} : {second} moins {first}, {gap} points (de {low} à {high})",
        **told,
        low=signed(found.low),
        high=signed(found.high),
    )


def _number(line: Line, language: Language) -> Callable[[float], str]:
    if line.scale:
        return lambda value: line.scale[round(value) - 1]
    if line.summary in {Summary.SHARE, Summary.TOP}:
        return lambda value: f"{100 * value:.0f}"
    return _decimal(language)


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
        line.summary.value,
        line.option or (line.scale[round(found.value) - 1] if line.scale else ""),
        " - ".join(reversed(line.cases)),
        str(found.n),
        *(f"{cell:.6f}".replace(".", ",") if np.isfinite(cell) else "" for cell in cells),
        _method(line),
    )


def _method(line: Line) -> str:
    if line.summary is Summary.GAP:
        return "Zou et Donner"
    if line.found.exact:
        return "exacte"
    return "Francisco et Fuller" if line.summary is Summary.MEDIAN else "linéarisée"
