"""``croisee coding``: do those who code see the same things, and where they read differently.

For the team only: agreement says how a team works, not what the networks say, and no count here
goes through the disclosure gate. Codings of people who refused or withdrew are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from croisee.dataset import TABLES, consenting_tables
from croisee.formats import write_csv
from croisee.language import Language, Phrase, phrase, phrases
from croisee.qualitative import Agreement, CodeAgreement, Coefficient, agreement_of, read_codings
from croisee.run.preparation import StudyRefused
from croisee.studyfolder import StudyFolder, read_study
from croisee.text import typeset

AGREEMENT = "accord.csv"
AGREEMENT_HEADER = (
    "unite", "code", "unites_marquees", "meme_jugement", "marque_commun",
    "alpha", "alpha_bas", "alpha_haut", "kappa", "kappa_bas", "kappa_haut",
    "ac1", "ac1_bas", "ac1_haut", "alpha_u", "alpha_u_bas", "alpha_u_haut",
)  # fmt: skip
_SHOWN = 15


class CodingRefused(Exception):
    """Nothing can be read, or written; ``message`` says why and what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


def coding_lines(path: Path, language: Language, out: Path | None = None) -> Iterator[str]:
    """Yield what ``croisee coding`` prints.

    Args:
        path: the study folder.
        language: of our sentences; codes are printed as they are written.
        out: a folder to write every line in as CSV; it must be new, or empty.

    Raises:
        CodingRefused: nothing is coded; ``out`` holds something already.
        StudyRefused: the folder must be corrected first.
    """
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CodingRefused(
            phrase("Choisissez un dossier nouveau, ou vide : {file}.", file=str(out))
        )
    tables = _tables(read_study(path))
    codings = read_codings(tables.__getitem__)
    if not len(codings.turn):
        raise CodingRefused(
            phrase("Aucun codage d’un tour de participante ou de participant : remplissez codages.")
        )
    found = agreement_of(codings)
    for line in _agreement_told(found, language):
        yield typeset(line.to(language), language, medium="text") if line else ""
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        if found is not None:
            write_csv(out / AGREEMENT, AGREEMENT_HEADER, _agreement_rows(found))
        told = phrase("Tableaux écrits : {folder}", folder=str(out))
        yield typeset(told.to(language), language, medium="text")


def _tables(folder: StudyFolder) -> dict[str, pa.Table]:
    """Return every table of the schema, of those who may be analysed; empty where not given."""
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    kept, _ = consenting_tables(folder.study, folder.tables, folder.consents)
    return {name: schema.empty_table() for name, schema in TABLES.items()} | kept


def _agreement_told(found: Agreement | None, language: Language) -> Iterator[Phrase | None]:
    if found is None:
        yield phrase(
            "Aucun document n’a été codé par deux personnes : l’accord ne peut pas être mesuré."
        )
        return
    yield phrase(
        "{documents} par deux personnes ou plus ({coders} en tout) : {turns}.",
        documents=phrases("{n} document codé", "{n} documents codés", found.documents),
        coders=found.coders,
        turns=phrases("{n} tour", "{n} tours", found.turns),
    )
    yield phrase("Pour l’équipe seulement : l’accord dit comment on code, et ne sort nulle part.")
    if not found.by_turn:
        return
    yield None
    yield phrase("Tous les codes ensemble (de −1 à 1 ; 0 : le hasard ; 1 : le même codage) :")
    first, by_character = found.by_turn[0], found.by_character[:1]
    yield _told(phrase("tour par tour"), first, language)
    for line in by_character:
        yield _told(phrase("caractère par caractère"), line, language)
        if line.unitising is not None:
            yield phrase(
                "  passages, bornes comprises : αu {value}", value=_said(line.unitising, language)
            )
    yield None
    yield phrase(
        "Là où vous lisez le plus différemment (de ce qu’une personne marque, part qu’une autre "
        "marque aussi) :"
    )
    apart = sorted(found.by_turn[1:], key=lambda line: (line.shared, -line.marked, line.code))
    for line in apart[:_SHOWN]:
        yield phrase(
            "  {share} %  {code} ({turns})",
            share=f"{100 * line.shared:>3.0f}",
            code=line.code,
            turns=phrases("{n} tour marqué", "{n} tours marqués", line.marked),
        )


def _told(unit: Phrase, line: CodeAgreement, language: Language) -> Phrase:
    return phrase(
        "  {unit} : α {alpha}, κ {kappa}, AC1 {ac1}",
        unit=unit,
        alpha=_said(line.alpha, language),
        kappa=_said(line.kappa, language),
        ac1=_said(line.ac1, language),
    )


def _said(found: Coefficient, language: Language) -> Phrase | str:
    if found.value is None:
        return phrase("sans objet (rien ne varie)")
    value = _number(found.value, language)
    if found.low is None or found.high is None:
        return value
    return f"{value} [{_number(found.low, language)} ; {_number(found.high, language)}]"


def _number(value: float, language: Language) -> str:
    text = f"{value:.2f}".replace("-", "−")
    return text.replace(".", ",") if language == "fr" else text


def _agreement_rows(found: Agreement) -> Iterator[Sequence[object]]:
    for unit, lines in (("tour", found.by_turn), ("caractere", found.by_character)):
        for line in lines:
            yield unit, line.code or "(tous)", line.marked, *_cells(line)


def _cells(line: CodeAgreement) -> Iterable[str]:
    yield _cell(line.observed)
    yield _cell(line.shared)
    for found in (line.alpha, line.kappa, line.ac1, line.unitising or Coefficient(None)):
        yield from (_cell(found.value), _cell(found.low), _cell(found.high))


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".replace(".", ",")
