"""What a labelled file calls our questions, and how it remembers what we call them.

SPSS wants names without signs and choices as numbers: what is changed is written in the notes
of the file (``:var``, ``:codes``, ``:rank``), so that the same answers come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from croisee.formats.labelled import Labelled
from croisee.formats.sav_writing import MAX_NAME, cut

_SIGN = ":croisee 1"
_NOTE = 78
_RESERVED = frozenset(
    "all and by eq ge gt le lt ne not or to with meta instanceid".split()  # noqa: SIM905
)


@dataclass(slots=True)
class Renaming:
    """Their names and ours."""

    headers: dict[str, str] = field(default_factory=dict)
    """Variable → the question's path below the form, a choice's code after it."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    """Variable → (their code → ours)."""
    ranks: frozenset[str] = frozenset()
    """Questions whose variables are the ranks of their choices."""


def variable_name(wanted: str, taken: set[str]) -> str:
    """Return a name that SPSS accepts and that no other variable has."""
    bare = re.sub(r"[^A-Za-z0-9_]+", "_", wanted).strip("_") or "v"
    if not bare[0].isalpha() or bare.lower() in _RESERVED:
        bare = f"v_{bare}"
    base = name = cut(bare, MAX_NAME - 4)
    place = 2
    while name.lower() in taken:
        name, place = f"{base}_{place}", place + 1
    taken.add(name.lower())
    return name


def notes_of(renaming: Renaming) -> tuple[str, ...]:
    """Return the notes that remember our names, each short enough for SPSS."""
    lines = [_SIGN]
    for variable, header in renaming.headers.items():
        lines += _wrapped(f":var {variable} {header}")
    for variable, codes in renaming.codes.items():
        said = " ".join(f"{theirs}={ours}" for theirs, ours in codes.items())
        lines += _wrapped(f":codes {variable} {said}")
    for question in sorted(renaming.ranks):
        lines += _wrapped(f":rank {question}")
    return tuple(lines)


def _wrapped(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 78 bytes; a piece that goes on begins with ``+``."""
    rest, first = line, True
    while rest or first:
        piece = cut(rest, _NOTE)
        kept = piece.rstrip(" ") or piece
        yield kept if first else f"+{kept}"
        rest, first = rest[len(kept) :], False


def renaming_of(table: Labelled) -> Renaming | None:
    """Return what the notes of a file remember; ``None`` for a file that is not ours."""
    if _SIGN not in table.notes:
        return None
    found = Renaming()
    ranks: set[str] = set()
    for line in _joined(table.notes):
        kind, _, said = line.partition(" ")
        name, _, rest = said.partition(" ")
        if kind == ":var":
            found.headers[name] = rest
        elif kind == ":codes":
            pairs = (one.partition("=") for one in rest.split())
            found.codes[name] = {theirs: ours for theirs, _, ours in pairs}
        elif kind == ":rank":
            ranks.add(said)
    found.ranks = frozenset(ranks)
    return found


def _joined(notes: Iterable[str]) -> list[str]:
    lines: list[str] = []
    for note in notes:
        if note.startswith("+") and lines:
            lines[-1] += note[1:]
        else:
            lines.append(note)
    return lines


def node_names(table: Labelled) -> Mapping[str, str]:
    """Return a name for each variable and each set that a form accepts, all different."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for name in (*(one.name for one in table.multiples), *(one.name for one in table.variables)):
        bare = re.sub(r"[^\w\-.]+", "_", name).strip("_.-") or "v"
        if not (bare[0].isalpha()) or bare.lower() in {"meta", "instanceid"}:
            bare = f"v_{bare}"
        base, unique, place = bare, bare, 2
        while unique.lower() in taken:
            unique, place = f"{base}_{place}", place + 1
        taken.add(unique.lower())
        found.setdefault(name, unique)
    return found


def option_codes(set_name: str, variables: Sequence[str]) -> dict[str, str]:
    """Return the code of the choice that each variable of a set says.

    Example:
        >>> option_codes("outils", ["outils_visio", "outils_mail"])
        {'outils_visio': 'visio', 'outils_mail': 'mail'}
    """
    start = f"{set_name}_".lower()
    whole = all(one.lower().startswith(start) and len(one) > len(start) for one in variables)
    return {
        one: re.sub(r"[^\w\-.]+", "_", one[len(start) :] if whole else one) for one in variables
    }
