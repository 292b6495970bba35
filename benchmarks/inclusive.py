"""Reading inclusive forms in running text: tokens a second, beside a lemmatiser.

Claim: at least 1 000 000 tokens a second on spoken French, the text of the reference study, as it
is and with one word in two hundred written in a short form (about what a report of the field
holds). A token is a word between spaces and signs. The text is read turn by turn.

Beside it, on the same text: ``simplemma`` where it is installed (its tokeniser and its lemmas,
which leave or break the forms), and how many of the forms put there each one reads whole.

    python benchmarks/inclusive.py
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from croisee.text import Search, analysed, fold, inclusive_forms

HERE = Path(__file__).resolve().parent.parent
PROMISE, ROUNDS, COPIES = 1_000_000, 3, 8
WRITINGS = (
    "intervenant∙e∙s", "citoyen·ne·s", "directeur(-trice)s", "élu.e.s", "militant-e-s",
    "chercheur·euse·s", "ils∙elles", "tou·te·s", "usager/ère", "employé(e)s", "étudiant·es",
    "intervenantes et intervenants", "iels", "acteurices",
)  # fmt: skip
_WORD = re.compile(r"\w+")


def turns() -> list[str]:
    """Return the lines of the reference study’s verbatims, several times over."""
    folder = HERE / "examples" / "etude-de-reference" / "documents"
    lines = [
        line
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    return lines * COPIES


def with_forms(lines: Sequence[str], one_in: int) -> tuple[list[str], int]:
    """Return the lines with one word in ``one_in`` replaced by a form, and how many were."""
    draw = np.random.default_rng(20261123)
    made, put = [], 0
    for line in lines:
        words = line.split(" ")
        for place in range(len(words)):
            if draw.integers(one_in) == 0:
                words[place] = WRITINGS[draw.integers(len(WRITINGS))]
                put += 1
        made.append(" ".join(words))
    return made, put


def seconds(work: Callable[[str], object], lines: Sequence[str]) -> float:
    """Return the best processor time of a few rounds over every line."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for line in lines:
            work(line)
        best = min(best, time.process_time() - started)
    return best


def lemmatised() -> Callable[[str], object] | None:
    """Return simplemma’s own reading of a line, or ``None`` where it is not installed."""
    if find_spec("simplemma") is None:
        return None
    read = import_module("simplemma").text_lemmatizer
    return lambda line: read(line, lang="fr")


def main() -> int:
    """Print the table; 1 when the claim does not hold."""
    plain = turns()
    texts = {
        "as it is": (plain, None),
        "1 form in 200": with_forms(plain, 200),
        "1 form in 10": with_forms(plain, 10),
    }
    search = Search("intervenante")
    works: dict[str, Callable[[str], object]] = {
        "inclusive_forms": inclusive_forms,
        "analysed (forms, offsets)": analysed,
        "Search.find": search.find,
        "fold": fold,
    }
    if other := lemmatised():
        works["simplemma"] = other
    print(f"load {os.getloadavg()[0]:.1f}; million tokens a second, best of {ROUNDS}, one process")
    print(f"{'text':16} {'tokens':>9} " + " ".join(f"{name:>26}" for name in works))
    kept = True
    for name, (lines, put) in texts.items():
        tokens = sum(len(_WORD.findall(line)) for line in lines)
        rates = {work: tokens / seconds(run, lines) for work, run in works.items()}
        print(f"{name:16} {tokens:>9} " + " ".join(f"{r / 1e6:>26.2f}" for r in rates.values()))
        if put is not None:
            found = sum(len(inclusive_forms(line)) for line in lines)
            print(f"{'':16} {put} forms put there, {found} read")
        kept &= name == "1 form in 10" or rates["inclusive_forms"] >= PROMISE
    if not other:
        print("simplemma is not installed here: no comparison")
    print("held" if kept else "NOT held")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
