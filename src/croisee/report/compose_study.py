"""The opening of the report: in brief, the study itself, who took part."""

from __future__ import annotations

from croisee.disclosure.released import Head, Kind, ReleasedTable, Value, Word
from croisee.disclosure.values import Chiffre, Form
from croisee.language import Phrase, phrase
from croisee.report import words
from croisee.report.told import Telling
from croisee.report.tree import (
    Block,
    KeyNumber,
    KeyNumbers,
    ListBlock,
    ListItem,
    Paragraph,
    Section,
)

_MOST_NUMBERS = 4


def in_brief(telling: Telling) -> Section:
    """Return the validated findings, each a line, under the numbers of participation."""
    blocks: list[Block] = []
    numbers = _key_numbers(telling)
    if numbers:
        blocks.append(KeyNumbers(tuple(numbers)))
    findings = telling.release.findings
    agreed = [f for f in findings if f.status in {"valide", "discute"} and not f.proposal]
    disputed = [f for f in findings if f.status == "dispute"]
    proposals = [f for f in findings if f.proposal and f.status != "dispute"]
    if agreed:
        items = tuple(ListItem(telling.say(f.title), anchor=f.code) for f in agreed)
        blocks.append(ListBlock(items))
    if proposals:
        blocks.append(Paragraph(telling.say(_proposed(telling))))
        items = tuple(ListItem(telling.say(f.title), anchor=f.code) for f in proposals)
        blocks.append(ListBlock(items))
    if disputed:
        blocks.append(Paragraph(telling.say(phrase("Tout le monde n’est pas d’accord sur :"))))
        items = tuple(ListItem(telling.say(f.title), anchor=f.code) for f in disputed)
        blocks.append(ListBlock(items))
    return Section(2, telling.say(phrase("En bref")), "en-bref", tuple(blocks))


def _proposed(telling: Telling) -> Phrase:
    alone = len(telling.release.study.cases) == 1
    return phrase("Ce qui est proposé :") if alone else phrase("Les réseaux proposent :")


def _key_numbers(telling: Telling) -> list[KeyNumber]:
    tables = telling.tables(Kind.PARTICIPATION)
    found = [number for table in tables if (number := _total(telling, table)) is not None]
    if len(found) < 2 and tables:
        found = _by_case(telling, tables[0])
    return found[:_MOST_NUMBERS]


def _total(telling: Telling, table: ReleasedTable) -> KeyNumber | None:
    for place, head in enumerate(table.rows):
        cell = table.cells[place][0]
        if head.key == "total" and cell is not None and not _foregone(cell.value):
            return KeyNumber(
                _large(telling, cell.value, table), telling.say(table.title), table.code
            )
    return None


def _foregone(value: Value) -> bool:
    """Return whether everybody is in by construction: a registration form filled by all."""
    return isinstance(value, Chiffre) and value.form is Form.EXACT and value.lo == value.n


def _by_case(telling: Telling, table: ReleasedTable) -> list[KeyNumber]:
    return [
        KeyNumber(
            _large(telling, cells[0].value, table),
            _counted(telling, table, head),
            table.code,
        )
        for head, cells in zip(table.rows, table.cells, strict=True)
        if cells[0] is not None and head.key != "total" and not isinstance(cells[0].value, Word)
    ]


def _counted(telling: Telling, table: ReleasedTable, head: Head) -> str:
    """Return whose participation a number counts: « Verre · Entretien »; one case goes unsaid."""
    if len(telling.release.study.cases) == 1:
        return telling.say(table.title)
    return f"{telling.say(head.label)} · {telling.say(table.title)}"


def _large(telling: Telling, value: Value, table: ReleasedTable) -> str:
    """Return a number with its base, or with its unit when it has none."""
    said = words.of_base(value, telling.language)
    if isinstance(value, Chiffre) and value.n is None and table.bases:
        unit = words.counted(value.hi, table.bases[0], telling.release.study)
        return f"{said} {telling.say(unit)}"
    return said


def the_study(telling: Telling) -> Section:
    """Return the question, the cases, the steps, the methods, the objectives, the context."""
    study = telling.release.study
    blocks: list[Block] = []
    question = telling.say(study.question)
    if question:
        blocks.append(Paragraph(question, lead=True))
    names = [case.name.to(telling.language) for case in study.cases]
    if len(names) > 1:
        listed = words.enumeration(names, telling.language)
        blocks.append(
            Paragraph(telling.say(phrase("L’étude réunit ces réseaux : {names}.", names=listed)))
        )
    blocks.extend(_links(telling))
    blocks.extend(
        telling.of_kind(Kind.CASES, Kind.TIMELINE, Kind.ACTIVITIES, Kind.OBJECTIVES, Kind.CONTEXT)
    )
    return Section(2, telling.say(phrase("L’étude")), "etude", tuple(blocks))


def _links(telling: Telling) -> list[Block]:
    """Say which cases share people: the cases are not independent of one another."""
    study = telling.release.study
    known = {case.code for case in study.cases}
    pairs = {
        tuple(sorted((case.code, other)))
        for case in study.cases
        for other in case.links
        if other in known
    }
    return [
        Paragraph(
            telling.say(
                phrase(
                    "Ces réseaux partagent des personnes : {names}. "
                    "Ils ne sont donc pas tout à fait indépendants.",
                    names=words.cases(pair, study, telling.language),
                )
            )
        )
        for pair in sorted(pairs)
    ]


def who_took_part(telling: Telling) -> Section:
    """Return participation against the frames, then the profile of participants."""
    figures = telling.of_kind(Kind.PARTICIPATION, Kind.PROFILE)
    return Section(2, telling.say(participation_title()), "participation", figures)


def participation_title() -> Phrase:
    """Return the title of the chapter on participation, whoever writes it."""
    return phrase("Qui a participé")
