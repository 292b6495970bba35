"""The regions of Québec as equal squares: where each is drawn, and how dark.

The arrangement is ours: who is north, south or beside whom, nothing of the land's shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from croisee.text import fold
from croisee_web.collection.rules.counted import Region

SIDE, GAP = 80, 4
_PLACES: dict[str, tuple[int, int, str]] = {
    "Nord-du-Québec": (2, 0, "Nord"),
    "Côte-Nord": (5, 0, "Côte-Nord"),
    "Abitibi-Témiscamingue": (0, 1, "Abitibi-T."),
    "Saguenay–Lac-Saint-Jean": (4, 1, "Saguenay"),
    "Gaspésie–Îles-de-la-Madeleine": (6, 1, "Gaspésie"),
    "Outaouais": (0, 2, "Outaouais"),
    "Laurentides": (1, 2, "Laurentides"),
    "Lanaudière": (2, 2, "Lanaudière"),
    "Mauricie": (3, 2, "Mauricie"),
    "Capitale-Nationale": (4, 2, "Capitale-N."),
    "Bas-Saint-Laurent": (5, 2, "Bas-St-L."),
    "Laval": (1, 3, "Laval"),
    "Montréal": (2, 3, "Montréal"),
    "Centre-du-Québec": (3, 3, "Centre-Qc"),
    "Chaudière-Appalaches": (4, 3, "Chaudière"),
    "Montérégie": (2, 4, "Montérégie"),
    "Estrie": (3, 4, "Estrie"),
}
"""Column and row from the north-west, and a name short enough for a square."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One square. ``shade``: 0 where nobody answered to 4; ``None`` where nothing is told."""

    name: str
    short: str
    x: int
    y: int
    answered: int | None
    base: int | None
    shade: int | None

    @property
    def middle(self) -> int:
        """Return where its words are centred."""
        return self.x + SIDE // 2


@dataclass(frozen=True, slots=True)
class RegionMap:
    """The seventeen squares, and the size of the drawing."""

    tiles: tuple[Tile, ...]
    width: int = 7 * (SIDE + GAP) - GAP
    height: int = 5 * (SIDE + GAP) - GAP
    side: int = SIDE


def region_map(told: Iterable[Region]) -> RegionMap | None:
    """Return the map of the regions that may be told, ``None`` where one is not Québec's.

    It holds what the table holds and nothing else: a region that the table joins to others is
    drawn as one without any member. A name is known whatever its capitals, accents and dashes,
    with « St » for « Saint », and after its number.

    Example:
        >>> drawn = region_map([Region("ESTRIE", 3, 7), Region("16 - Monteregie", 0, 4)])
        >>> [(one.name, one.answered, one.shade) for one in drawn.tiles if one.base]
        [('Montérégie', 0, 0), ('Estrie', 3, 2)]
    """
    named = [one for one in told if one.name]
    by_key = {_key(one.name): one for one in named}
    if not named or len(by_key) < len(named) or not by_key.keys() <= _KEYS:
        return None
    return RegionMap(
        tuple(
            Tile(
                name,
                short,
                column * (SIDE + GAP),
                row * (SIDE + GAP),
                found.answered if found else None,
                found.base if found else None,
                -(-4 * found.answered // found.base) if found and found.base else None,
            )
            for name, (column, row, short) in _PLACES.items()
            for found in [by_key.get(_key(name))]
        )
    )


def _key(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", fold(name)).split()
    if words and words[0].isdigit():
        words = words[1:]
    return " ".join("saint" if word == "st" else word for word in words)


_KEYS = frozenset(_key(name) for name in _PLACES)
