"""Which lines of a sheet are its header, which column holds what, and what must not be kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from croisee.formats import Line
from croisee.text import fold

_LOOKED_AT = 30
_MOSTLY = 0.5
_LONGEST_TITLE = 60


class MemberPart(StrEnum):
    """What a column of a member list may say of a member."""

    NAME = "nom"
    CODE = "code"
    REGION = "region"
    TYPE = "type"


_TITLES: Mapping[MemberPart, tuple[str, ...]] = {
    MemberPart.NAME: (
        "nom de l'organisme",
        "nom de l'organisation",
        "nom",
        "organisme",
        "organisation",
        "organization",
        "name",
        "raison sociale",
        "denomination",
        "membre",
        "member",
        "groupe",
        "association",
    ),
    MemberPart.CODE: ("code", "numero", "no", "n°", "#", "id", "identifiant", "number"),
    MemberPart.REGION: (
        "region",
        "territoire",
        "municipalite",
        "ville",
        "arrondissement",
        "city",
        "mrc",
    ),
    MemberPart.TYPE: ("type", "categorie", "category", "secteur", "statut", "genre"),
}
_OF_PEOPLE = (
    "courriel",
    "e-mail",
    "email",
    "mail",
    "telephone",
    "tel",
    "phone",
    "cellulaire",
    "telecopieur",
    "fax",
    "contact",
    "personne",
    "personne-ressource",
    "responsable",
    "direction",
    "directrice",
    "directeur",
    "coordination",
    "coordonnatrice",
    "coordonnateur",
    "presidence",
    "prenom",
    "nom de famille",
    "first name",
    "last name",
)
_OTHERS = ("adresse", "address", "code postal", "site web", "site", "depuis", "date", "notes")
_OPENING = ("nom", "name", "region", "type", "code", "numero", "no", "categorie", "ville")
_MAIL = re.compile(r"\S+@\S+\.\w+")
_TELEPHONE = re.compile(r"(?:\+?1[ .-]?)?\(?[2-9][0-9]{2}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Heading:
    """The header of a list: positions of its first and last lines, and a name for each column.

    ``first`` and ``last`` are positions in the grid, ``last`` excluded from the members; both
    are -1 when the list has no header. Names of two header lines are joined by « – ».
    """

    first: int
    last: int
    names: tuple[str, ...]


def find_heading(lines: Sequence[Line]) -> Heading:
    """Return the header of a list, after its titles; two header lines are one.

    The first line that bears a title we know, with the one after it when that bears some too,
    and the one before it when that groups columns.
    """
    for position, (_, cells) in enumerate(lines[:_LOOKED_AT]):
        if _is_title(cells) or not _has_titles(cells):
            continue
        last = position
        following = lines[position + 1][1] if position + 1 < len(lines) else ()
        if _has_titles(following) and not _is_title(following):
            last = position + 1
        first = position
        if last == position and position and _groups(lines[position - 1], lines[position]):
            first = position - 1
        return _heading(lines, first, last)
    return Heading(-1, -1, _numbered(len(lines[0][1]) if lines else 0))


def heading_at(lines: Sequence[Line], number: int) -> Heading:
    """Return the header that somebody pointed at by its line number; 0 for none."""
    for position, (line, _) in enumerate(lines):
        if line == number:
            return _heading(lines, position, position)
    return Heading(-1, -1, _numbered(len(lines[0][1]) if lines else 0))


def _heading(lines: Sequence[Line], first: int, last: int) -> Heading:
    columns = zip(*(cells for _, cells in lines[first : last + 1]), strict=True)
    named = [" – ".join(dict.fromkeys(part for part in column if part)) for column in columns]
    empty = _numbered(len(named))
    return Heading(first, last, tuple(name or empty[i] for i, name in enumerate(named)))


def _numbered(width: int) -> tuple[str, ...]:
    return tuple(_letters(position) for position in range(width))


def _letters(position: int) -> str:
    """Return a column's name in a spreadsheet: A … Z, AA…"""
    before, letter = divmod(position, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)


def _is_title(cells: Sequence[str]) -> bool:
    return len(cells) > 1 and len({cell for cell in cells if cell}) == 1


def _groups(before: Line, header: Line) -> bool:
    """Return whether a line names groups of columns of the line right after it."""
    told = [cell for cell in before[1] if cell]
    apart = header[0] - before[0] > 1
    return not apart and len(set(told)) > 1 and not any(re.search("[0-9]", cell) for cell in told)


def _has_titles(cells: Sequence[str]) -> bool:
    """Return whether half of the filled cells, at least, are titles; a longer one counts half.

    « Groupe d’entraide » is no title, though « Groupe » is: a member's name may start so.
    """
    filled = [cell for cell in cells if cell]
    every = (*_OF_PEOPLE, *_OTHERS, *(word for words in _TITLES.values() for word in words))
    score = sum(
        2 if _bare(cell) in every else bool(_matches(cell, every, opening=_OPENING))
        for cell in filled
    )
    return bool(score) and score >= len(filled)


def _bare(cell: str) -> str:
    return fold(cell).strip(" :.*")


def _matches(cell: str, words: Sequence[str], opening: Sequence[str] | None = None) -> bool:
    """Return whether a title is one of the words, or opens with one of them."""
    folded = _bare(cell)
    return any(
        folded == word
        or (
            (opening is None or word in opening)
            and folded.startswith(f"{word} ")
            and len(folded) <= _LONGEST_TITLE
        )
        for word in words
    )


def _of_people(title: str) -> bool:
    return any(_matches(part, _OF_PEOPLE) for part in title.split(" – "))


def guess_columns(lines: Sequence[Line], heading: Heading) -> dict[MemberPart, int]:
    """Return the column that each part is most likely in; a part may be missing.

    A title decides, the exact one before the longer. Without any for the name, it is the column
    of most different texts.
    """
    found: dict[MemberPart, int] = {}
    for part, words in _TITLES.items():
        for word in words:
            for column, name in enumerate(heading.names):
                ends = [name, name.rsplit(" – ", 1)[-1]]
                if column not in found.values() and any(_matches(end, (word,)) for end in ends):
                    found.setdefault(part, column)
    if MemberPart.NAME not in found:
        rows = [cells for _, cells in lines[heading.last + 1 :]]
        free = [c for c in range(len(heading.names)) if c not in found.values()]
        texts = {c: {row[c] for row in rows if re.search(r"[^\W\d]{3}", row[c])} for c in free}
        best = max(free, key=lambda column: len(texts[column]), default=None)
        if best is not None and texts[best]:
            found[MemberPart.NAME] = best
    return found


def without_personal_cells(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the lines without people's addresses and telephones, and the columns emptied.

    A column is emptied when its title names people or ways to reach them, or when half of
    its cells hold an address or a telephone; elsewhere such a cell alone is emptied.
    """
    heading = find_heading(lines)
    body = [cells for _, cells in lines[heading.last + 1 :]]
    emptied = [
        column
        for column, name in enumerate(heading.names)
        if (heading.last >= 0 and _of_people(name)) or _mostly_reaches(body, column)
    ]
    kept = tuple(
        (number, cells if position <= heading.last else _emptied(cells, emptied))
        for position, (number, cells) in enumerate(lines)
    )
    return kept, tuple(heading.names[column] for column in emptied)


def _mostly_reaches(body: Sequence[Sequence[str]], column: int) -> bool:
    filled = [row[column] for row in body if row[column]]
    return bool(filled) and sum(map(_reaches, filled)) / len(filled) >= _MOSTLY


def _reaches(cell: str) -> bool:
    return bool(_MAIL.search(cell) or _TELEPHONE.search(cell))


def _emptied(cells: tuple[str, ...], columns: Sequence[int]) -> tuple[str, ...]:
    return tuple(
        "" if position in columns or _reaches(cell) else cell for position, cell in enumerate(cells)
    )
