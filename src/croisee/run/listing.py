"""Problems as a person reads them: by file, aligned, each remedy once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from croisee.language import Language, phrase, phrases
from croisee.studyfolder import Problem

_REFUSAL = "refus"
_WIDEST_PLACE = 34


def problem_lines(
    problems: Sequence[Problem], language: Language, *, width: int = 100
) -> Iterator[str]:
    """Yield every problem as lines of text: what stops a run first, by file, in the file's order.

    Neighbours with the same remedy share it. The last line counts them, so that it is the one
    seen at the end of a long list. No problem, no line.
    """
    stops = [problem for problem in problems if problem.severity == _REFUSAL]
    others = [problem for problem in problems if problem.severity != _REFUSAL]
    for title, found in ((phrase("À corriger"), stops), (phrase("À vérifier"), others)):
        if found:
            yield title.to(language).upper()
            yield from _by_file(found, language, width)
            yield ""
    if problems:
        yield _count(len(stops), len(others), len({problem.file for problem in problems}), language)


def _by_file(problems: Sequence[Problem], language: Language, width: int) -> Iterator[str]:
    ordered = sorted(problems, key=lambda problem: (problem.file, problem.row or 0))
    for file, group in groupby(ordered, key=lambda problem: problem.file):
        found = list(group)
        yield ""
        number = phrases("{n} chose", "{n} choses", len(found)).to(language)
        yield f"{file} ({number})" if len(found) > 1 else file
        places = {problem: _place(problem, language) for problem in found}
        column = min(max(map(len, places.values())), _WIDEST_PLACE)
        for _remedy, alike in groupby(found, key=lambda problem: problem.remedy.to(language)):
            yield from _with_one_remedy(list(alike), places, column, language, width)


def _with_one_remedy(
    problems: Sequence[Problem],
    places: dict[Problem, str],
    column: int,
    language: Language,
    width: int,
) -> Iterator[str]:
    margin = "  " + " " * column + ("  " if column else "")
    for problem in problems:
        place = places[problem]
        head = f"  {place:<{column}}" + ("  " if column else "")
        yield from _wrapped(problem.message.to(language), head, margin, width)
    yield from _wrapped(problems[0].remedy.to(language), f"{margin}→ ", f"{margin}  ", width)


def _wrapped(text: str, first: str, margin: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, len(margin) + 40),
        initial_indent=first,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _place(problem: Problem, language: Language) -> str:
    row = "" if problem.row is None else phrase("ligne {row}", row=problem.row).to(language)
    return ", ".join(part for part in (row, problem.column) if part)


def _count(stops: int, others: int, files: int, language: Language) -> str:
    told = []
    if stops:
        told.append(phrases("{n} chose à corriger", "{n} choses à corriger", stops).to(language))
    if others:
        told.append(phrases("{n} chose à vérifier", "{n} choses à vérifier", others).to(language))
    where = phrases("dans {n} fichier.", "dans {n} fichiers.", files).to(language)
    return f"{', '.join(told)}, {where}"
