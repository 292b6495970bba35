"""Words a second of the patterns and of the lists of names, each alone and one after the other.

    python benchmarks/deidentify.py [--all] [FOLDER …]

The promise: a million words a second for both together, on one core. Read without argument: the
annotated corpus, ``examples/corpus-annote``, in its three renderings, dense in names and numbers.
Each FOLDER holds ``.txt`` files, one turn a line. ``--all`` adds every other recogniser, the
model of names where it is installed, and the whole. Seconds of processor, best of several rounds.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

from croisee.deidentify import (
    CandidateFinder,
    NamesOfQuebec,
    QuebecPatterns,
    Recogniser,
    Turn,
    default_recognisers,
)
from croisee.deidentify.gold import read_gold
from croisee.deidentify.gold_renderings import heard, inclusive

_GOLD = Path(__file__).resolve().parent.parent / "examples" / "corpus-annote"
_ROUNDS, _ROUNDS_OF_ALL = 15, 3


def _texts(folders: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each set of turns with its name."""
    if not folders:
        documents = read_gold(_GOLD).documents
        for name, rendered in (("clair", None), ("entendu", heard), ("inclusif", inclusive)):
            written = [rendered(document) if rendered else document for document in documents]
            yield name, [turn.text for document in written for turn in document.turns]
    for folder in folders:
        files = sorted(Path(folder).rglob("*.txt"))
        lines = [line for path in files for line in path.read_text("utf-8", "replace").splitlines()]
        yield Path(folder).name, [line for line in lines if line.strip()]


def _read(packs: Sequence[Recogniser], turns: Sequence[str]) -> None:
    for turn in turns:
        for pack in packs:
            list(pack.find(turn))


def _speed(packs: Sequence[Recogniser], turns: Sequence[str], rounds: int) -> float:
    """Return millions of words a second, best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = process_time()
        _read(packs, turns)
        best = min(best, process_time() - start)
    return _words(turns) / best / 1e6


def _words(turns: Sequence[str]) -> int:
    return sum(len(turn.split()) for turn in turns)


def _whole(turns: Sequence[str]) -> float:
    finder = CandidateFinder(())
    start = process_time()
    list(finder.document([Turn("d", place, "", "", text) for place, text in enumerate(turns, 1)]))
    return _words(turns) / (process_time() - start) / 1e6


def main() -> None:
    """Print one line a set of texts; with ``--all``, one line a recogniser too."""
    folders = [argument for argument in sys.argv[1:] if argument != "--all"]
    patterns, names = QuebecPatterns(), NamesOfQuebec()
    print("| texte | mots | tours | motif | lexique | les deux |\n|---|---|---|---|---|---|")
    sets = list(_texts(folders))
    for name, turns in sets:
        speeds = [
            f"{_speed(packs, turns, _ROUNDS):.2f}"
            for packs in ((patterns,), (names,), (patterns, names))
        ]
        print(f"| {name} | {_words(turns)} | {len(turns)} | {' | '.join(speeds)} |")
    print(f"\nMillions de mots par seconde de processeur ; charge {os.getloadavg()[0]:.1f}.")
    if "--all" in sys.argv:
        print("\n| texte | détecteur | millions de mots par seconde |\n|---|---|---|")
        for name, turns in sets:
            for pack in default_recognisers():
                print(f"| {name} | {pack.name} | {_speed((pack,), turns, _ROUNDS_OF_ALL):.3f} |")
            print(f"| {name} | ensemble | {_whole(turns):.3f} |")


if __name__ == "__main__":
    main()
