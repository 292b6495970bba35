"""Findings and leaflets: every number in them is a released one, or they do not leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from croisee.disclosure.marks import MARK, mark_problems
from croisee.disclosure.quotes import Chosen, quotes_of_finding, quotes_of_leaflet
from croisee.disclosure.released import ReleasedFinding, ReleasedTable
from croisee.disclosure.work import Work
from croisee.findings import Finding, Leaflet
from croisee.language import LANGUAGES, Label, Phrase, phrase
from croisee.study import Study
from croisee.text import spelled_numbers, typed_numbers

_RULE = "constats"


def release_findings(
    findings: Sequence[Finding],
    tables: Sequence[ReleasedTable],
    chosen: Chosen,
    work: Work,
) -> tuple[ReleasedFinding, ...]:
    """Return the findings whose every number is a released value; the others are logged.

    A figure or a quote that did not leave is taken off a finding, and logged.
    """
    released = []
    for finding in findings:
        problems = finding_problems(finding, tables, work.study)
        for problem in problems:
            work.refuse(finding.code, _RULE, problem)
        if not problems:
            _flag_spelled(finding, work)
            released.append(_released(finding, tables, chosen, work))
    return tuple(released)


def finding_problems(
    finding: Finding, tables: Sequence[ReleasedTable], study: Study
) -> tuple[Phrase, ...]:
    """Return what keeps a finding inside: marks that point to nothing, numbers typed by hand."""
    texts = list(_texts(finding.title, finding.text, finding.minority))
    found = [
        phrase("Constat {code} : {problem}", code=finding.code, problem=problem)
        for problem in mark_problems(texts, tables, study)
    ]
    typed = dict.fromkeys(
        number.text for text in texts for number in typed_numbers(text, literals=finding.literals)
    )
    found += [
        phrase(
            "Constat {code} : le nombre « {number} » est tapé. Mettez un repère, "
            "ou ajoutez-le à « litteraux » après relecture.",
            code=finding.code,
            number=number,
        )
        for number in typed
    ]
    return tuple(found)


def release_leaflets(
    leaflets: Sequence[Leaflet],
    tables: Sequence[ReleasedTable],
    findings: Sequence[ReleasedFinding],
    chosen: Chosen,
    work: Work,
) -> tuple[Leaflet, ...]:
    """Return the leaflets with what may leave; each choice that may not is emptied and logged."""
    keys = {table.key for table in tables}
    known = {finding.code for finding in findings}
    found = []
    for leaflet in leaflets:
        about = f"feuillet:{leaflet.case}"
        numbers = tuple(
            number
            for number in leaflet.numbers
            if _clean(about, (Label(number.mark), number.caption), tables, work)
        )
        found.append(
            replace(
                leaflet,
                title=_kept(about, leaflet.title, tables, work),
                lead=_kept(about, leaflet.lead, tables, work),
                numbers=numbers,
                figure=leaflet.figure if _among(about, leaflet.figure, keys, work) else "",
                quotes=quotes_of_leaflet(leaflet, chosen, work),
                proposals=tuple(
                    code for code in leaflet.proposals if _among(about, code, known, work)
                ),
                minority=leaflet.minority if _among(about, leaflet.minority, known, work) else "",
            )
        )
    return tuple(found)


def _released(
    finding: Finding, tables: Sequence[ReleasedTable], chosen: Chosen, work: Work
) -> ReleasedFinding:
    keys = {table.key for table in tables}
    figures = tuple(key for key in finding.figures if _among(finding.code, key, keys, work))
    return ReleasedFinding(
        code=finding.code,
        title=finding.title,
        text=finding.text,
        section=finding.section,
        section_en=finding.section_en,
        cases=finding.cases,
        status=finding.status,
        figures=figures,
        quotes=quotes_of_finding(finding, chosen, work),
        minority=finding.minority,
        leaflets=finding.leaflets,
        references=finding.references,
        proposal=finding.proposal,
    )


def _texts(*labels: Label) -> Iterable[str]:
    for label in labels:
        for language in LANGUAGES:
            text = label.to(language)
            if text:
                yield text


def _flag_spelled(finding: Finding, work: Work) -> None:
    """Flag counts written in letters: a person says whether they are counts."""
    for language in LANGUAGES:
        for label in (finding.title, finding.text, finding.minority):
            for number in spelled_numbers(label.to(language), language):
                if not any(number.text in literal for literal in finding.literals):
                    work.refuse(
                        finding.code,
                        "à relire",
                        phrase("« {number} » est écrit en lettres.", number=number.text),
                    )


def _kept(about: str, label: Label, tables: Sequence[ReleasedTable], work: Work) -> Label:
    return label if _clean(about, (label,), tables, work) else Label("")


def _clean(
    about: str, labels: Sequence[Label], tables: Sequence[ReleasedTable], work: Work
) -> bool:
    texts = list(_texts(*labels))
    problems = list(mark_problems(texts, tables, work.study))
    problems += [
        phrase("Le nombre « {number} » est tapé : mettez un repère.", number=number.text)
        for text in texts
        for number in typed_numbers(MARK.sub("", text))
    ]
    for problem in dict.fromkeys(problems):
        work.refuse(about, _RULE, problem)
    return not problems


def _among(about: str, key: str, known: Iterable[str], work: Work) -> bool:
    if not key:
        return False
    if key in known:
        return True
    work.refuse(about, _RULE, phrase("« {key} » n’est pas diffusé.", key=key))
    return False
