"""The sampling frame: how many members of a case could have answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from croisee.dataset import Dataset
from croisee.study import Case

_Row = dict[str, Any]
Key = tuple[str, str]
"""(case, component); the component is empty where the case has none."""


class Frames:
    """Frame sizes of one wave of one instrument or method.

    For each case: the number declared for this very instrument; if none, the length of the
    member list of the edition; if none, the number declared for any instrument.
    """

    def __init__(self, dataset: Dataset, source: str, edition: str) -> None:
        editions = {"", edition}
        members: defaultdict[Key, set[str]] = defaultdict(set)
        for row in dataset.rows("organisations"):
            if row["edition"] in editions:
                for component in {row["component"], ""}:
                    members[row["case"], component].add(row["organisation"])
        numbers = [row for row in dataset.rows("frames") if row["edition"] in editions]
        self._levels: tuple[dict[Key, int], ...] = (
            _declared(numbers, lambda row: row["instrument"] == source),
            {key: len(codes) for key, codes in members.items()},
            _declared(numbers, lambda row: not row["instrument"]),
        )

    def of(self, case: Case, component: str = "") -> int | None:
        """Return the frame's size, ``None`` when unknown for a part of the case."""
        for sizes in self._levels:
            found = _size(sizes, case, component)
            if found is not None:
                return found
        return None

    def declared(self, case: Case) -> bool:
        """Return whether a number was declared for this very instrument in this case."""
        return any(key[0] == case.code for key in self._levels[0])


def _declared(
    rows: list[dict[str, Any]], wanted: Callable[[dict[str, Any]], bool]
) -> dict[Key, int]:
    """Return declared sizes; a line of this very edition wins over one of every edition."""
    return {
        (row["case"], row["component"]): row["size"]
        for row in sorted(rows, key=lambda row: row["edition"] != "")
        if wanted(row) and row["size"] is not None
    }


def _size(sizes: dict[Key, int], case: Case, component: str) -> int | None:
    """Return one size; for a whole case, the sum of its parts when no line says it."""
    if (case.code, component) in sizes or component or not case.components:
        return sizes.get((case.code, component))
    parts = [sizes.get((case.code, part.code)) for part in case.components]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
