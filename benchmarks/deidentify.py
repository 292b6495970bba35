"""Words a second of each recogniser, and of all together, on a text given or made up.

    python benchmarks/deidentify.py [FOLDER]

FOLDER holds ``.txt`` files, one turn a line. Without it, invented turns are repeated; they
hold more names and numbers than real speech, so they are slower than a real corpus.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from croisee.deidentify import CandidateFinder, Recogniser, Turn, default_recognisers

_INVENTED = (
    "Ben moi je trouve que c’est important de se parler, parce que souvent on ne se connaît pas.",
    "J’ai travaillé avec Mireille Tanguay à Longueuil, au 450 555-0142, pendant quatre ans.",
    "On avait une petite salle, une cuisine, pis les gens venaient quand ils voulaient.",
    "ma soeur julie habite à saint-hyacinthe, son numéro c’est cinq un quatre cinq cinq cinq",
    "Non, je pense que non, ce qui manque c’est du temps et un peu d’argent pour continuer.",
)
_REPEATED = 4000
_ROUNDS = 3


def _turns(arguments: list[str]) -> list[str]:
    if not arguments:
        return list(_INVENTED) * _REPEATED
    files = sorted(Path(arguments[0]).rglob("*.txt"))
    return [line for path in files for line in path.read_text("utf-8", "replace").splitlines()]


def _fastest(work: Callable[[list[str]], object], turns: list[str]) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        start = perf_counter()
        work(turns)
        best = min(best, perf_counter() - start)
    return best


def _read(pack: Recogniser, turns: list[str]) -> None:
    for turn in turns:
        list(pack.find(turn))


def main() -> None:
    """Print one line a recogniser, then the whole."""
    turns = _turns(sys.argv[1:])
    words = sum(len(turn.split()) for turn in turns)
    print(f"{words} mots, {len(turns)} tours")
    for pack in default_recognisers():
        seconds = _fastest(partial(_read, pack), turns)
        print(f"{pack.name:10} {words / seconds:12,.0f} mots/s")
    finder = CandidateFinder(())
    document = [Turn("d", number, "", "", text) for number, text in enumerate(turns, 1)]
    seconds = _fastest(lambda _: finder.document(document), turns)
    print(f"{'ensemble':10} {words / seconds:12,.0f} mots/s")


if __name__ == "__main__":
    main()
