"""A project of 100 000 codings, written and read as REFI-QDA, beside pyrefiqda.

Claim: written in 5 s, read in 5 s, 500 MB at most; the same codings come back. 200 documents,
200 codes, two coders. pyrefiqda (of the same environment) reads the file we wrote, and writes back
what it read; it checks no position.

    python benchmarks/exchange_coded.py [codings]
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from croisee.formats.coded import (
    Applied,
    CodedProject,
    Coder,
    ProjectCode,
    Selection,
    Source,
    identifier,
    read_refi,
    write_refi,
)

DOCUMENTS, CODES, CODERS, WORDS = 200, 200, 2, 6000
SEED = 20261123
PEER = """
import sys, time
from pyrefiqda import RefiProject
start = time.perf_counter()
project = RefiProject.load(sys.argv[1], sys.argv[2])
read = time.perf_counter()
RefiProject.save(project, sys.argv[3])
print(read - start, time.perf_counter() - read)
"""


def made(codings: int) -> CodedProject:
    """Return a project drawn from a seed, passages of three to forty words."""
    draw = np.random.default_rng(SEED)
    codes = tuple(
        ProjectCode(
            identifier("c", str(n)), f"Thème {n}", identifier("c", str(n // 8)) if n else ""
        )
        for n in range(CODES)
    )
    coders = tuple(Coder(identifier("w", str(n)), f"Codeuse {n + 1}") for n in range(CODERS))
    sources = []
    for number in range(DOCUMENTS):
        words = draw.choice(
            ["on", "été", "se", "parlait", "avec", "l’équipe", "·", "ensemble"], WORDS
        )
        text = " ".join(words)
        starts = np.concatenate([[0], np.cumsum([len(word) + 1 for word in words])])
        marks = []
        for place in range(codings // DOCUMENTS):
            first = int(draw.integers(0, WORDS - 50))
            last = first + int(draw.integers(3, 40))
            key = (str(number), str(place))
            applied = Applied(
                identifier("a", *key), codes[int(draw.integers(CODES))].key,
                coders[int(draw.integers(CODERS))].key, "2026-01-15T10:00:00Z",
            )  # fmt: skip
            bounds = int(starts[first]), int(starts[last]) - 1
            marks.append(Selection(identifier("p", *key), *bounds, applied=(applied,)))
        sources.append(
            Source(identifier("s", str(number)), f"Entretien {number}", text,
                   selections=tuple(marks))
        )  # fmt: skip
    return CodedProject(
        "Cent mille codages", coders, codes, sources=tuple(sources), origin="Croisée"
    )


def main() -> None:
    """Print the table."""
    codings = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    load = os.getloadavg()[0]
    project = made(codings)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "p.qdpx"
        start, work = time.perf_counter(), time.process_time()
        write_refi(project, path)
        written = time.perf_counter() - start, time.process_time() - work
        size = path.stat().st_size / 2**20
        start, work = time.perf_counter(), time.process_time()
        back, told = read_refi(path)
        read = time.perf_counter() - start, time.process_time() - work
        assert (back.sources, set(back.codes), told) == (project.sources, set(project.codes), ())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
        done = subprocess.run(
            [sys.executable, "-c", PEER, path, folder / "x", folder / "o.qdpx"],
            stdout=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        peer = [float(one) for one in done.stdout.split()] or [float("nan")] * 2
    print(f"{codings} codages, {DOCUMENTS} documents, {CODES} codes, {size:.1f} Mio")
    print(f"{os.cpu_count()} processeurs, charge {load:.1f} avant\n")
    print("| | Croisée, s | cpu, s | pyrefiqda, s | promesse |\n|---|---:|---:|---:|---|")
    for label, mine, theirs in (("écrire", written, peer[1]), ("lire", read, peer[0])):
        kept = "tenue" if mine[0] <= 5 else "non tenue"
        print(f"| {label} | {mine[0]:.2f} | {mine[1]:.2f} | {theirs:.2f} | 5 s : {kept} |")
    kept = "tenue" if peak <= 500 else "non tenue"
    print(
        f"\nMémoire : {peak:.0f} Mio en tout, dont {before:.0f} avant d’écrire ; 500 Mo : {kept}."
    )


if __name__ == "__main__":
    main()
