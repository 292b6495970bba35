"""Ballots in a plain table: a row an order, a column an option, in the cell its rank."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from croisee.formats.preflib import MOST_OPTIONS, Election, Levels, PreflibNotice
from croisee.formats.refused import FormatRefused
from croisee.formats.tabular import Sheet, read_table
from croisee.language import Phrase, phrase
from croisee.text import fold

_MANY = frozenset({"bulletins", "bulletin", "ballots", "ballot", "nombre", "count"})
_RANK = re.compile(r"([1-9][0-9]{0,4})(?:\.0)?")
_CATEGORY = re.compile(r"([1-9][0-9]{0,3})\. (.+)", re.DOTALL)
_MOST_NOTICES = 20

Row = tuple[object, ...]
Named = tuple[int, dict[int, int]]
"""How many hold a ballot, and the rank of each option in it."""


def ballot_table(election: Election, first: str) -> tuple[tuple[str, ...], list[Row]]:
    """Return the header and the rows of a table of ballots; :func:`read_ballot_table` reads it.

    ``first`` names the column of how many hold each order (« bulletins »). In a cell, the rank
    of the option, from 1; tied options have the same; empty where a ballot leaves it out. With
    categories, their number and name (« 1. Oui »). Options of the same name get a number.
    """
    names = [
        name if election.alternatives.count(name) == 1 else f"{name} ({place})"
        for place, name in enumerate(election.alternatives, 1)
    ]
    return (first, *names), [
        (many, *_cells(levels, len(names), election.categories)) for many, levels in election.orders
    ]


def _cells(levels: Levels, options: int, categories: Sequence[str]) -> Iterator[object]:
    ranks = {option: rank for rank, level in enumerate(levels, 1) for option in level}
    for option in range(1, options + 1):
        rank = ranks.get(option)
        if rank is None:
            yield ""
        else:
            yield f"{rank}. {categories[rank - 1]}" if categories else rank


def read_ballot_table(path: Path) -> Election:
    """Return the ballots of a CSV or an XLSX.

    The first column says how many people hold the row's order (``bulletins``, ``ballots``), or
    names one person, who is not kept. Each other column is an option, its rank in the cell: 1
    for the first, the same for those tied, nothing where it is not ranked.

    A rank that is missing between two others closes up, and is told with its line. A row with a
    cell that is no rank is not read.

    Raises:
        FormatRefused: no table, hostile, or no row of it is a ballot.
    """
    sheet = read_table(path)
    first, *options = sheet.header
    if not options or len(options) > MOST_OPTIONS:
        raise _no_ballots()
    counted = fold(first).strip() in _MANY
    notices: list[PreflibNotice] = []
    rows: list[Named] = []
    categories: dict[int, str] = {}
    for line, row in sheet.rows:
        read = _row(row, first, options, categories, counted=counted)
        if isinstance(read, Phrase):
            notices.append(PreflibNotice(line, read))
        else:
            notices += _gaps(line, read[1], categories)
            rows.append(read)
    if not rows:
        raise _no_ballots()
    if categories and any(name is None for name in _named(categories)):
        notices.append(PreflibNotice(0, phrase("Une catégorie que personne n’a prise a perdu "
                                               "son nom.")))  # fmt: skip
    return Election(
        "", tuple(options), tuple((many, _levels(ranks, categories)) for many, ranks in rows),
        tuple(name or str(place) for place, name in enumerate(_named(categories), 1)),
        tuple(_few([*_remarks(sheet), *notices])),
    )  # fmt: skip


def _named(categories: dict[int, str]) -> list[str | None]:
    return [categories.get(place) for place in range(1, max(categories, default=0) + 1)]


def _row(
    row: dict[str, str], first: str, options: Sequence[str], categories: dict[int, str],
    *, counted: bool,
) -> Named | Phrase:  # fmt: skip
    many = row[first].strip().removesuffix(".0") if counted else "1"
    if not many.isdecimal() or not 0 < int(many) < 10**12:
        return phrase("« {cell} » n’est pas un nombre de bulletins : ligne non lue.", cell=many)
    ranks: dict[int, int] = {}
    for place, option in enumerate(options, 1):
        cell = row[option].strip()
        found = _RANK.fullmatch(cell) or _CATEGORY.fullmatch(cell)
        if cell and found is None:
            return phrase("« {cell} » n’est pas un rang (1, 2, 3…) pour {option} : ligne non lue.",
                          cell=cell[:60], option=option)  # fmt: skip
        if found is None:
            continue
        rank = int(found[1])
        named = found.re is _CATEGORY
        if named and categories.setdefault(rank, found[2]) != found[2]:
            return phrase("« {cell} » : cette catégorie a un autre nom plus haut ; ligne non lue.",
                          cell=cell[:60])  # fmt: skip
        ranks[place] = rank
    if not ranks:
        return phrase("Personne n’a rien classé sur cette ligne : elle n’est pas lue.")
    return int(many), ranks


def _gaps(line: int, ranks: dict[int, int], categories: dict[int, str]) -> Iterator[PreflibNotice]:
    used = set(ranks.values())
    if not categories and max(used) != len(used):
        missing = next(rank for rank in range(1, max(used)) if rank not in used)
        yield PreflibNotice(
            line, phrase("Le rang {rank} manque : les suivants remontent.", rank=missing)
        )


def _levels(ranks: dict[int, int], categories: dict[int, str]) -> Levels:
    used = range(1, max(ranks.values()) + 1) if categories else sorted(set(ranks.values()))
    return tuple(tuple(option for option, rank in ranks.items() if rank == level) for level in used)


def _remarks(sheet: Sheet) -> Iterator[PreflibNotice]:
    for one in sheet.remarks:
        yield PreflibNotice(one.line, one.message)


def _few(notices: Sequence[PreflibNotice]) -> Iterator[PreflibNotice]:
    """Yield notices, and how many more there are where they are many."""
    yield from notices[:_MOST_NOTICES]
    if len(notices) > _MOST_NOTICES:
        more = len(notices) - _MOST_NOTICES
        yield PreflibNotice(0, phrase("et {n} autres de même", n=more))


def _no_ballots() -> FormatRefused:
    return FormatRefused(
        phrase("Aucun bulletin dans ce tableau."),
        phrase("Une colonne « bulletins » (combien de personnes), puis une colonne par option, "
               "avec son rang : 1, 2, 3…"),
    )  # fmt: skip


def orders_of(election: Election) -> Counter[Levels]:
    """Return how many people hold each order, options sorted inside a tie."""
    found = Counter[Levels]()
    for many, levels in election.orders:
        found[tuple(tuple(sorted(level)) for level in levels)] += many
    return found
