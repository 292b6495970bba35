"""A reader who has the files of deposits and nothing else, and adds up all that they print.

Of each single-choice question: how many people of each network can have chosen each option? Integer
programs (``docs/methods/divulgation.md`` §6) over the CSV of the figures, of all deposits together.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Question = tuple[str, str, str]
"""Instrument, edition, question."""
Printed = tuple[str, tuple[int, ...], int, int, int]
"""Network, places of the options counted together, lowest, highest, base."""
_WHOLE, _REST = "Ensemble", "(autres)"
_KEY = re.compile(r"([^.@]+)\.([^.@]+)\.([^.@~]+)(?:@[^~]+)?")
_KINDS = {"cas", "distribution", "profil"}


@dataclass
class Asked:
    """A question: its options, its threshold, and every number printed of it."""

    options: tuple[str, ...]
    least: int
    printed: dict[Printed, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Guessed:
    """How many chose an option can only be from ``low`` to ``high``, of ``n``."""

    question: Question
    network: str
    option: str
    low: int
    high: int
    n: int


def read_deposits(roots: Iterable[Path]) -> dict[Question, Asked]:
    """Read every number that some deposits print of single choices."""
    found: dict[Question, Asked] = {}
    for root in roots:
        options, kinds, natures = _codebook(root)
        for name, key, kind in {
            (r["fichier"], r["cle"], r["genre"]) for r in _rows(root / "tableaux.csv")
        }:
            asked = _KEY.fullmatch(key)
            if (
                asked is None
                or kind not in _KINDS
                or kinds.get((asked[1], asked[3])) not in {"choix", "ordinal"}
            ):
                continue
            place = (asked[1], asked[3])
            least = 10 if natures[place] == "sensible" else 5
            one = found.setdefault(asked.groups(), Asked(tuple(options[place]), least))
            named = _runs(options[place])
            for row in _rows(root / "diffusion" / "figures" / name):
                if row["minimum"] and row["base"] and (run := named.get(_plain(row["ligne"]))):
                    numbers = (int(row[column]) for column in ("minimum", "maximum", "base"))
                    one.printed[(row["colonne"], run, *numbers)] = None
    return found


def guessed(asked: Mapping[Question, Asked]) -> tuple[int, list[Guessed]]:
    """Return how many counts were tried, and those that are small or too narrow (§6.3)."""
    tried, found = 0, []
    for question, one in asked.items():
        for network, option, low, high, n in _bounds(one):
            tried += 1
            t = one.least
            small, narrow = low >= 1 and high < t, high - low + 1 < t
            if small or (narrow and (low < t or high > n - t)):
                found.append(Guessed(question, network, one.options[option], low, high, n))
    return tried, found


def _bounds(one: Asked) -> Iterator[tuple[str, int, int, int, int]]:
    sizes = {network: n for network, *_, n in one.printed}
    networks = [name for name in sizes if name != _WHOLE]
    rest = sizes.get(_WHOLE, 0) - sum(sizes[name] for name in networks)
    if rest > 0:
        networks.append(_REST)
        sizes[_REST] = rest
    many = len(one.options)

    def counting(network: str, options: Iterable[int]) -> np.ndarray:
        row = np.zeros(len(networks) * many)
        for name in networks if network == _WHOLE else (network,):
            row[[networks.index(name) * many + place for place in options]] = 1
        return row

    known = [(counting(name, range(many)), sizes[name], sizes[name]) for name in networks]
    known += [(counting(name, run), low, high) for name, run, low, high, _ in one.printed]
    rows, lows, highs = zip(*known, strict=True)
    constraint = LinearConstraint(np.array(rows), lows, highs)

    def least(row: np.ndarray) -> int:
        solved = milp(
            row, constraints=constraint, bounds=Bounds(0, np.inf), integrality=np.ones(len(row))
        )
        assert solved.status == 0, "what is printed contradicts itself"
        return round(solved.fun)

    for name, size in sizes.items():
        for place in range(many):
            row = counting(name, (place,))
            yield name, place, least(row), -least(-row), size


def _codebook(root: Path) -> tuple[dict, dict, dict]:
    options: dict[tuple[str, str], list[str]] = defaultdict(list)
    kinds, natures = {}, {}
    for path in sorted((root / "livre-de-codes").glob("*.csv")):
        for row in _rows(path):
            place = row["instrument"], row["question"]
            kinds[place], natures[place] = row["type"], row["nature"]
            if row["option"]:
                options[place].append(row["option_libelle"])
    return options, kinds, natures


def _runs(options: list[str]) -> dict[str, tuple[int, ...]]:
    """Return the names that options merged with their neighbours are printed under."""
    found = {}
    for first in range(len(options)):
        for last in range(first, len(options)):
            run = [options[first], *(o[:1].lower() + o[1:] for o in options[first + 1 : last + 1])]
            *before, end = run
            name = f"{', '.join(before)} ou {end}" if before else end
            found.setdefault(_plain(name), tuple(range(first, last + 1)))
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))
