"""What networks say, case beside case, and every question nobody has drawn on yet."""

from __future__ import annotations

from croisee.disclosure.released import Kind, ReleasedTable
from croisee.language import phrase
from croisee.report import words
from croisee.report.told import Telling
from croisee.report.tree import Section

_VOICES = (Kind.RANKING, Kind.BUDGET, Kind.POSITIONS, Kind.ARGUMENTS, Kind.LANDSCAPE)


def what_networks_say(telling: Telling) -> Section:
    """Return priorities, budgets, positions, technologies and quotes not printed above."""
    figures = telling.of_kind(*_VOICES)
    sections = []
    quotes = telling.quotes(telling.release.quotes)
    if quotes:
        sections.append(Section(3, telling.say(phrase("Extraits")), "extraits", quotes))
    alone = len(telling.release.study.cases) == 1
    title = telling.say(
        phrase("Ce que disent les personnes") if alone else phrase("Ce que disent les réseaux")
    )
    return Section(2, title, "paroles", figures, tuple(sections))


def across_cases(telling: Telling) -> Section:
    """Return codes by case and the reading across cases."""
    figures = telling.of_kind(Kind.CODE_CASE, Kind.CROSS_CASE)
    return Section(2, telling.say(phrase("Lecture croisée")), "lecture-croisee", figures)


def over_editions(telling: Telling) -> Section:
    """Return the questions that several editions asked, and what moved."""
    title = telling.say(phrase("D’une édition à l’autre"))
    return Section(2, title, "tendances", telling.of_kind(Kind.TREND))


def all_questions(telling: Telling) -> Section:
    """Return every other figure, gathered by where it was collected.

    Beside findings that show their own figures these are an annex; alone, they are the report.
    """
    rest = [
        table
        for table in telling.release.tables
        if table.key not in telling.shown and table.kind not in _VOICES
    ]
    groups: dict[str, list[ReleasedTable]] = {}
    for table in rest:
        where = words.origin(table, telling.release.study, telling.language)
        groups.setdefault(where or telling.say(phrase("Autres questions")), []).append(table)
    sections = tuple(
        Section(3, title, f"questions-{number}", telling.first_time(tables))
        for number, (title, tables) in enumerate(groups.items(), 1)
    )
    title = telling.say(phrase("Toutes les questions"))
    drawn = any(finding.figures for finding in telling.release.findings)
    return Section(2, title, "questions", (), sections, annex=drawn)
