"""The codebook as a tree: codes in reading order, and what each parent gathers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from croisee.language import Label
from croisee.tables import Code


def codebook(rows: Iterable[Mapping[str, Any]], used: Iterable[str] = ()) -> tuple[Code, ...]:
    """Return the codes of a ``codes`` table, each parent before its children.

    Brothers come by code. A code that is used but not described is its own label; a parent
    that does not exist, or that is its own ancestor, is no parent.
    """
    codes = {
        row["code"]: Code(
            row["code"],
            Label(row["label_fr"], row["label_en"]),
            Label(row["definition_fr"], row["definition_en"]),
            row["parent"],
            row["kind"] or "theme",
            bool(row["sensitive"]),
        )
        for row in rows
    }
    for code in used:
        codes.setdefault(code, Code(code, Label(code)))
    children: dict[str, list[str]] = defaultdict(list)
    for name in sorted(codes):
        children[_parent(name, codes)].append(name)
    ordered: list[Code] = []
    waiting = list(reversed(children[""]))
    while waiting:
        name = waiting.pop()
        ordered.append(codes[name])
        waiting += reversed(children[name])
    return tuple(ordered)


def with_descendants(codes: Sequence[Code]) -> dict[str, frozenset[str]]:
    """Return each code with the codes it gathers: itself, its children, theirs."""
    known = {code.code: code for code in codes}
    gathered: dict[str, set[str]] = {code.code: {code.code} for code in codes}
    for name in known:
        above = _parent(name, known)
        while above:
            gathered[above].add(name)
            above = _parent(above, known)
    return {name: frozenset(inside) for name, inside in gathered.items()}


def _parent(name: str, codes: Mapping[str, Code]) -> str:
    """Return a code's parent, or nothing when its line of ancestors is broken or turns round."""
    parent = codes[name].parent
    seen, above = {name}, parent
    while above:
        if above in seen or above not in codes:
            return "" if above in seen or above == parent else parent
        seen.add(above)
        above = codes[above].parent
    return parent
