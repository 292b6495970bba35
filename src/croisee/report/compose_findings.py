"""Findings with their evidence, section by section, disagreement included."""

from __future__ import annotations

from croisee.disclosure.marks import resolve_marks
from croisee.disclosure.released import ReleasedFinding
from croisee.language import Label, Phrase, phrase
from croisee.report import words
from croisee.report.sentences import in_a_row
from croisee.report.told import Telling
from croisee.report.tree import FindingBlock, Section


def finding_sections(telling: Telling) -> tuple[Section, ...]:
    """Return one chapter a section of findings, in the order the authors wrote them."""
    findings = telling.release.findings
    names: dict[str, Label] = {}
    for finding in findings:
        named = names.get(finding.section)
        if named is None or not named.en:
            names[finding.section] = Label(finding.section, finding.section_en)
    return tuple(
        Section(
            2,
            telling.say(label) or telling.say(phrase("Constats")),
            f"constats-{number}",
            tuple(_finding(telling, f) for f in findings if f.section == name),
        )
        for number, (name, label) in enumerate(names.items(), 1)
    )


def _finding(telling: Telling, finding: ReleasedFinding) -> FindingBlock:
    release, language = telling.release, telling.language
    tables = [table for table in release.tables if table.key in finding.figures]
    tables.sort(key=lambda table: finding.figures.index(table.key))
    earlier = tuple(table.code for table in tables if table.key in telling.shown)
    quotes = sorted(
        (quote for quote in release.quotes if quote.key in finding.quotes),
        key=lambda quote: finding.quotes.index(quote.key),
    )
    cited = [r for r in release.references if r.key in finding.references]
    return FindingBlock(
        code=finding.code,
        title=resolve_marks(telling.say(finding.title), release, language),
        status=telling.say(status_words(finding.status)),
        disputed=finding.status == "dispute",
        scope=_scope(telling, finding),
        paragraphs=_paragraphs(telling, finding.text),
        figures=telling.first_time(tables),
        quotes=telling.quotes(quotes),
        minority=resolve_marks(telling.say(finding.minority), release, language),
        references=in_a_row([reference.text.to(language) for reference in cited]),
        also=earlier,
    )


def _paragraphs(telling: Telling, text: Label) -> tuple[str, ...]:
    resolved = resolve_marks(telling.say(text), telling.release, telling.language)
    parts = (" ".join(part.split()) for part in resolved.split("\n\n"))
    return tuple(part for part in parts if part)


def _scope(telling: Telling, finding: ReleasedFinding) -> str:
    study = telling.release.study
    every = {case.code for case in study.cases}
    if len(every) == 1:
        return ""
    if not finding.cases or set(finding.cases) >= every:
        return telling.say(phrase("Tous les réseaux"))
    return words.cases(finding.cases, study, telling.language)


def status_words(status: str) -> Phrase | Label:
    """Return what a reader is told of a finding's status; nothing once it is validated."""
    return {
        "brouillon": phrase("Constat à l’état de brouillon"),
        "discute": phrase("Constat discuté, pas encore validé"),
        "dispute": phrase("Constat disputé"),
    }.get(status, Label(""))
