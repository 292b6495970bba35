"""What ``croisee tests`` prints and writes; see :mod:`croisee.run.answer_tests`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from croisee.formats import write_csv
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.answer_tests import Family, Line, asks, families
from croisee.run.frozen_study import (
    SurveyRefused,
    chosen_waves,
    frozen_study,
    refuse_existing,
)
from croisee.survey import Way, wave_units
from croisee.text import typeset

HEADER = (
    "instrument", "edition", "selon", "question", "test", "voie", "n", "p", "p_holm",
    "erreur_type", "plus_petit_p",
)  # fmt: skip
LEVEL = 0.05
_NAMES = {
    "fisher": phrase("Fisher–Freeman–Halton"),
    "wilcoxon": phrase("Wilcoxon–Mann–Whitney"),
    "kruskal": phrase("Kruskal–Wallis"),
    "armitage": phrase("Cochran–Armitage, dans chaque réseau"),
    "jonckheere": phrase("Jonckheere–Terpstra, dans chaque réseau"),
    "strates": phrase("permutations dans chaque réseau"),
    "plusieurs": phrase("permutations des personnes"),
    "mcnemar": phrase("McNemar"),
    "marges": phrase("permutations d’avant et d’après"),
}


@dataclass(frozen=True, slots=True)
class TestsAsked:
    """What was asked: a wave or all, groups, one question, where to write everything."""

    instrument: str = ""
    edition: str = ""
    by: str = ""
    question: str = ""
    out: Path | None = None


def tests_lines(
    path: Path, language: Language, asked: TestsAsked, *, at: datetime
) -> Iterator[str]:
    """Yield what ``croisee tests`` prints, and write every test where asked.

    Raises:
        SurveyRefused: nothing answers to what is asked; ``out`` is there already.
        StudyRefused: the folder must be corrected first.
    """
    refuse_existing(asked.out)

    def say(told: Phrase) -> str:
        return typeset(told.to(language), language, medium="text")

    with frozen_study(path, at) as (_, dataset):
        waves = chosen_waves(dataset, asked.instrument, asked.edition)
        units = [wave_units(dataset, *wave) for wave in waves]
    for question in filter(None, (asked.question, asked.by)):
        if not any(asks(one, question) for one in units):
            raise SurveyRefused(
                phrase("Aucune question fermée « {question} » ici.", question=question)
            )
    if asked.by:
        units = [one for one in units if asks(one, asked.by)]
    found = [
        one for one in families(units, attribute=asked.by, question=asked.question) if one.lines
    ]
    yield say(
        phrase("Pour l’équipe seulement : avec les marges de son tableau, un p rend les nombres "
               "cachés. Aucun p n’entre dans un rapport.")
    )  # fmt: skip
    if not found:
        yield say(
            phrase("Rien à comparer : un seul réseau a répondu à chaque question. Des groupes se "
                   "comparent avec --by.")
        )  # fmt: skip
    for family in found:
        yield ""
        yield from map(say, _family_told(family, language))
    yield ""
    yield say(
        phrase("Un petit p ne dit ni que l’écart est grand, ni qu’il compte. Un grand p ne dit pas "
               "que l’on pense pareil. Les écarts et leur incertitude : croisee estimates.")
    )  # fmt: skip
    if asked.out is not None:
        write_csv(asked.out, HEADER, [_row(one, line) for one in found for line in one.lines])
        yield say(phrase("Tests écrits : {file}", file=str(asked.out)))


def _family_told(family: Family, language: Language) -> Iterator[Phrase]:
    many = phrases("{n} question", "{n} questions", len(family.lines))
    wave = f"{family.instrument} {family.edition}"
    if family.paired:
        yield phrase("{wave}, les mêmes organismes : {questions}.", wave=wave, questions=many)
    elif family.by:
        yield phrase(
            "{wave}, selon « {by} » : {questions}.", wave=wave, by=family.by, questions=many
        )
    else:
        yield phrase("{wave}, selon le réseau : {questions}.", wave=wave, questions=many)
    if family.census:
        yield phrase(
            "  Tout le monde a répondu : un écart est un écart. Il n’y a pas de hasard à écarter, "
            "donc pas de p."
        )
        return
    if len(family.lines) > 1:
        yield phrase(
            "  Corrigés ensemble (Holm) : sans aucun écart vrai, une étude sur vingt au plus en "
            "annoncerait un."
        )
    yield from family.notes
    yield from _lines_told(family.lines, language)


def _lines_told(lines: Sequence[Line], language: Language) -> Iterator[Phrase]:
    order = sorted(lines, key=lambda line: (line.corrected, line.found.p))
    told = [line for line in order if line.corrected < LEVEL]
    mute = [line for line in order if line.found.least is not None and line.found.least > LEVEL]
    rest = [line for line in order if line not in told and line not in mute]
    if told:
        yield phrase("  Plus que le hasard :")
    for line in told:
        yield _line_told(line, language)
        option, shares = line.apart
        if shares:
            yield phrase(
                "      {option} : {shares}",
                option=option,
                shares=", ".join(f"{name} {100 * share:.0f}\u00a0%" for name, share in shares),
            )
    if rest:
        yield phrase("  Rien qui se distingue du hasard :")
    for line in rest:
        yield _line_told(line, language)
    if mute:
        yield phrase(
            "  Trop peu de réponses, ou de changements, pour que quoi que ce soit se distingue : "
            "{questions}.",
            questions=", ".join(line.question for line in mute),
        )


def _line_told(line: Line, language: Language) -> Phrase:
    return phrase(
        "    {question} : p {p}, corrigé {corrected} ({test}, {way}, {answers})",
        question=line.question,
        p=_p(line.found.p, language),
        corrected=_p(line.corrected, language),
        test=_NAMES[line.test],
        way=phrase("exact") if line.found.way is Way.EXACT else phrase("tiré au sort"),
        answers=phrases("{n} réponse", "{n} réponses", line.found.n),
    )


def _p(value: float, language: Language) -> str:
    text = "< 0.001" if value < 0.001 else f"= {value:.3f}" if value < 0.1 else f"= {value:.2f}"
    return text.replace(".", ",") if language == "fr" else text


def _row(family: Family, line: Line) -> tuple[str, ...]:
    found = line.found
    exact = "exacte" if found.way is Way.EXACT else "tirages"
    by = "editions" if family.paired else family.by or "cas"
    p: tuple[float | None, ...] = (found.p, line.corrected, found.error, found.least)
    if family.census:
        p = (None,) * 4
    return (
        family.instrument, family.edition, by, line.question, line.test, exact, str(found.n),
        *("" if one is None else f"{one:.6g}".replace(".", ",") for one in p),
    )  # fmt: skip
