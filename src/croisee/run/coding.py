"""``croisee coding``: do those who code see the same things, and what do their codes say together.

For the team only: agreement says how a team works, not what the networks say, and no count here
goes through the disclosure gate. Codings of people who refused or withdrew are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import pyarrow as pa

from croisee.crosscase import Between, Inside
from croisee.dataset import TABLES, consenting_tables
from croisee.formats import write_csv
from croisee.language import Language, Phrase, phrase, phrases
from croisee.qualitative import (
    Agreement,
    CodeAgreement,
    Coefficient,
    Near,
    agreement_of,
    read_codings,
)
from croisee.run.coding_tables import CodingTables, coding_tables, write_coding_tables
from croisee.run.preparation import StudyRefused
from croisee.study import Study
from croisee.studyfolder import StudyFolder, read_study
from croisee.text import typeset

AGREEMENT = "accord.csv"
AGREEMENT_HEADER = (
    "unite", "code", "unites_marquees", "meme_jugement", "marque_commun",
    "alpha", "alpha_bas", "alpha_haut", "kappa", "kappa_bas", "kappa_haut",
    "ac1", "ac1_bas", "ac1_haut", "alpha_u", "alpha_u_bas", "alpha_u_haut",
)  # fmt: skip
_SHOWN, _PAIRS_SHOWN = 15, 10

_INSIDE = {
    Inside.ALIKE: phrase("d’accord"),
    Inside.DIVIDED: phrase("partagé"),
    Inside.SCATTERED: phrase("sans majorité"),
    Inside.FEW: phrase("trop peu de monde"),
}
_BETWEEN = {
    Between.ALIKE: phrase("même position"),
    Between.OPPOSED: phrase("ils s’opposent"),
    Between.DIFFERENT: phrase("différent"),
    Between.ALONE: phrase("rien à comparer"),
}


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
    study, tables = _read(read_study(path))
    codings = read_codings(tables.__getitem__)
    if not len(codings.turn):
        raise CodingRefused(
            phrase("Aucun codage d’un tour de participante ou de participant : remplissez codages.")
        )
    found = agreement_of(codings)
    rest = coding_tables(study, tables, codings)
    told = chain(
        _agreement_told(found, language),
        _together_told(rest),
        _curve_told(rest, language),
        _floors_told(rest, language),
        _sides_told(rest, language),
    )
    for line in told:
        yield typeset(line.to(language), language, medium="text") if line else ""
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        if found is not None:
            write_csv(out / AGREEMENT, AGREEMENT_HEADER, _agreement_rows(found))
        write_coding_tables(out, rest, tables, codings)
        written = phrase("Tableaux écrits : {folder}", folder=str(out))
        yield typeset(written.to(language), language, medium="text")


def _read(folder: StudyFolder) -> tuple[Study, dict[str, pa.Table]]:
    """Return the study, and its tables of those who may be analysed; empty where not given."""
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    kept, _ = consenting_tables(folder.study, folder.tables, folder.consents)
    return folder.study, {name: schema.empty_table() for name, schema in TABLES.items()} | kept


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


def _together_told(found: CodingTables) -> Iterator[Phrase | None]:
    pairs = found.pairs[Near.TURN]
    if not pairs:
        return
    yield None
    yield phrase(
        "Codes le plus souvent dans un même tour (attendu si l’un ne disait rien de l’autre) :"
    )
    for one in pairs[:_PAIRS_SHOWN]:
        yield phrase(
            "  {both} ({expected})  {first}, {second} : {people}",
            both=f"{one.both:>4}",
            expected=f"{one.expected:.0f}",
            first=one.first,
            second=one.second,
            people=phrases("{n} personne", "{n} personnes", one.people),
        )


def _curve_told(found: CodingTables, language: Language) -> Iterator[Phrase | None]:
    curve = found.curve
    yield None
    yield phrase(
        "{codes} dans {documents} ; le dernier en a apporté {new}.",
        codes=phrases("{n} code", "{n} codes", curve.total[-1]),
        documents=phrases("{n} document", "{n} documents", len(curve.new)),
        new=curve.new[-1],
    )
    if len(curve.new) > 2 and curve.unseen is not None and curve.coverage is not None:
        yield phrase(
            "Entendus une seule fois : {once}. Au moins {unseen} à entendre encore ; un document "
            "de plus redirait des codes connus {coverage} % du temps.",
            once=curve.once,
            unseen=_number(float(curve.unseen), language, 1),
            coverage=f"{100 * float(curve.coverage):.0f}",
        )


def _floors_told(found: CodingTables, language: Language) -> Iterator[Phrase | None]:
    shared = [one for one in found.floors if len(one.spoke) > 1 and one.gini is not None]
    if not shared:
        return
    yield None
    yield phrase("La parole, du partage le plus inégal au plus égal (Gini : 0, tous autant) :")
    for one in sorted(shared, key=lambda one: (-(one.gini or 0), one.session))[:_SHOWN]:
        half = phrase(
            "  {gini}  {session} : la moitié des mots à {half} sur {people}",
            gini=_number(float(one.gini or 0), language),
            session=one.session,
            half=one.half,
            people=len(one.spoke),
        )
        silent = phrases(
            "{half} ; {n} silencieuse", "{half} ; {n} silencieuses", one.silent, half=half
        )
        yield silent if one.silent else half


def _sides_told(found: CodingTables, language: Language) -> Iterator[Phrase | None]:
    if not found.sides:
        return
    yield None
    yield phrase("Positions, dans chaque réseau puis entre eux :")
    for theme in found.sides:
        yield phrase(
            "  {theme} : {cases} ; entre réseaux : {between}",
            theme=theme.theme,
            cases=_listed([(one.case, _INSIDE[one.inside]) for one in theme.cases], language),
            between=_BETWEEN[theme.between],
        )


def _listed(named: Iterable[tuple[str, Phrase]], language: Language) -> str:
    return ", ".join(f"{name} {said.to(language)}" for name, said in named)


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


def _number(value: float, language: Language, places: int = 2) -> str:
    text = f"{value:.{places}f}".replace("-", "−")
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
