"""Problems as a person reads them: by file, aligned, each remedy once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from croisee.language import Language, phrase, phrases
from croisee.studyfolder import Problem

_REFUSAL = "refus"
_WIDEST_PLACE = 34
_SAME = 4
"""Lines from which a file that says the same thing over and over says it once, with them all."""


def problem_lines(
    problems: Sequence[Problem], language: Language, *, width: int = 100
) -> Iterator[str]:
    """Yield every problem as lines of text: what stops a run first, by file, in the file's order.

    Neighbours with the same remedy share it, and the same thing on many lines is said once with
    all of them. The last line counts them, so that it is the one seen at the end of a long list.
    No problem, no line.
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
        alike = groupby(found, key=lambda problem: problem.remedy.to(language))
        said = [(remedy, tuple(_said_once(tuple(same), language))) for remedy, same in alike]
        column = min(max(len(place) for _, pairs in said for place, _ in pairs), _WIDEST_PLACE)
        for remedy, pairs in said:
            yield from _with_one_remedy(remedy, pairs, column, width)


def _said_once(problems: Sequence[Problem], language: Language) -> Iterator[tuple[str, str]]:
    """Yield (place, message), in the order of the file; one line for what many lines share."""
    rows: dict[tuple[str, str], list[int]] = {}
    for problem in problems:
        if problem.row is not None:
            rows.setdefault((problem.column, problem.message.to(language)), []).append(problem.row)
    for problem in problems:
        message = problem.message.to(language)
        same = rows.get((problem.column, message), [])
        if len(same) < _SAME or problem.row is None:
            yield _place(problem, language), message
        elif problem.row == same[0]:
            told = phrase("{message} Lignes {rows}.", message=message, rows=spans(same, language))
            yield problem.column, told.to(language)


def spans(numbers: Sequence[int], language: Language, *, before: str = "") -> str:
    """Return rising numbers, neighbours joined: « 2, 5 à 9, 12 ».

    ``before`` is written before each: « F-01 à F-126 » (two digits at least, then).
    """
    told, start = [], 0
    for place in range(1, len(numbers) + 1):
        if place < len(numbers) and numbers[place] - numbers[place - 1] in {0, 1}:
            continue
        first, last = numbers[start], numbers[place - 1]
        ends = [f"{before}{n:02d}" if before else str(n) for n in (first, last)]
        together = phrase("{first} à {last}", first=ends[0], last=ends[1]).to(language)
        told += [together] if last - first > 1 else list(dict.fromkeys(ends))
        start = place
    return ", ".join(told)


def _with_one_remedy(
    remedy: str, pairs: Sequence[tuple[str, str]], column: int, width: int
) -> Iterator[str]:
    margin = "  " + " " * column + ("  " if column else "")
    for place, message in pairs:
        head = f"  {place:<{column}}" + ("  " if column else "")
        yield from _wrapped(message, head, margin, width)
    yield from _wrapped(remedy, f"{margin}→ ", f"{margin}  ", width)


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
