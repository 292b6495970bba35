"""Names and places of Québec, ready to be looked up: plain lists, one fact a line.

The lists are ours, written from general knowledge; they are in ``deidentify/lists``. A word
of them that is also an ordinary word (« Rose », « côté », « Nouvelle ») is told apart: it
needs something beside it. See ``docs/methods/reconnaissance.md`` §2.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from croisee.text import fold

FIRST, LAST, WORD, PLACE, OF_PLACE = 1, 2, 4, 8, 16
MUNICIPALITY, QUARTER, MRC = "municipalité", "quartier", "MRC"
_LISTS = Path(__file__).parent / "lists"
_LETTERS = re.compile(r"[^\W_]+")
_ABBREVIATED = {"st": "saint", "ste": "sainte"}
_FEW = 20
_LETTER_ONLY = 2
_OF_REGION = {
    "Bas-Saint-Laurent": "du Bas-Saint-Laurent", "Saguenay–Lac-Saint-Jean":
    "du Saguenay–Lac-Saint-Jean", "Capitale-Nationale": "de la Capitale-Nationale",
    "Mauricie": "de la Mauricie", "Estrie": "de l’Estrie", "Outaouais": "de l’Outaouais",
    "Abitibi-Témiscamingue": "de l’Abitibi-Témiscamingue", "Côte-Nord": "de la Côte-Nord",
    "Nord-du-Québec": "du Nord-du-Québec", "Gaspésie–Îles-de-la-Madeleine":
    "de la Gaspésie ou des Îles-de-la-Madeleine", "Chaudière-Appalaches":
    "de la Chaudière-Appalaches", "Lanaudière": "de Lanaudière", "Laurentides":
    "des Laurentides", "Montérégie": "de la Montérégie", "Centre-du-Québec":
    "du Centre-du-Québec", "Montréal": "de Montréal", "Laval": "de Laval",
}  # fmt: skip


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """Return the key of one written word: folded, « St » read as « Saint »."""
    folded = fold(word)
    return _ABBREVIATED.get(folded, folded)


@dataclass(frozen=True, slots=True)
class Place:
    """One place under a region. ``words`` are its keys in order."""

    name: str
    kind: str
    region: str
    words: tuple[str, ...]
    common: bool
    """Every one of its words is also a word or somebody's name: it needs a preposition."""


class Gazetteer:
    """Every list, read once. ``words`` gives what a key may be, as bits."""

    def __init__(self) -> None:
        self.words: dict[str, int] = defaultdict(int)
        self.written: set[str] = set()
        """Words as the lists write them: « marié » is not « Marie »."""
        self.names_written: set[str] = set()
        """Among them, those of names: « aime » is written so, « Aimé » is the name."""
        for name, bit in (("prenoms.txt", FIRST), ("noms.txt", LAST), ("mots.txt", WORD)):
            for line in read_list(name):
                parts = _LETTERS.findall(line[0].lower())
                self.written.update(parts)
                if bit != WORD:
                    self.names_written.update(parts)
                for key in _keys(line[0]):
                    if len(key) >= _LETTER_ONLY:
                        self.words[key] |= bit
        self.places: dict[str, list[Place]] = defaultdict(list)
        self._regions: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.sizes: Counter[str] = Counter()
        for name, kind in (
            ("municipalites.txt", MUNICIPALITY), ("quartiers.txt", QUARTER), ("mrc.txt", MRC),
        ):  # fmt: skip
            for line in read_list(name):
                self._add(line[0], kind, line[1])
        self.starts: dict[tuple[str, str], list[Place]] = defaultdict(list)
        """Places by their first two words; the second of a place of one word is empty."""
        for places in self.places.values():
            places.sort(key=lambda place: -len(place.words))
            for place in places:
                second = place.words[1] if len(place.words) > 1 else ""
                self.starts[place.words[0], second].append(place)

    def _add(self, name: str, kind: str, region: str) -> None:
        words = _keys(name)
        self._regions[words].add(region)
        self.sizes[region] += kind == MUNICIPALITY
        if any(place.words == words for place in self.places[words[0]]):
            return
        common = all(self.words.get(word, 0) for word in words)
        self.places[words[0]].append(Place(name, kind, region, words, common))
        self.words[words[0]] |= PLACE
        for word in words:
            self.words[word] |= OF_PLACE

    def generalised(self, place: Place) -> str:
        """Return what may stand for a place: « [une municipalité de la Montérégie] ».

        The region is left out when it holds fewer than twenty municipalities (it would say
        which one), or when several places of that name lie in different regions.
        """
        article = {MUNICIPALITY: "une municipalité", QUARTER: "un quartier", MRC: "une MRC"}
        known = self._regions[place.words]
        if len(known) > 1 or (place.kind != QUARTER and self.sizes[place.region] < _FEW):
            return f"[{article[place.kind]}]"
        return f"[{article[place.kind]} {_OF_REGION[place.region]}]"


def read_list(name: str) -> Iterator[list[str]]:
    """Yield the facts of one list, cut at the tabulation."""
    for line in (_LISTS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def word_sets(name: str) -> dict[str, frozenset[str]]:
    """Return the words of a list by their role: the role, a tabulation, words."""
    sets: dict[str, set[str]] = defaultdict(set)
    for role, words in read_list(name):
        sets[role].update(words.split())
    return {role: frozenset(words) for role, words in sets.items()}


def _keys(name: str) -> tuple[str, ...]:
    return tuple(word_key(word) for word in _LETTERS.findall(name))


@cache
def gazetteer() -> Gazetteer:
    """Return the lists, read at the first call only."""
    return Gazetteer()
