"""Raw tables of an invented wave on DuckDB and on Spark: the same, and what they cost.

Claim: every one-way and case table, and participation, of 65,000 respondents × 100 questions are
the same on both engines. On one machine Spark is slower: what it is for is a folder that several
machines see. The slopes say what grows with the respondents, here with two cores.

Needs the extra ``spark`` and Java; each size is a program of its own.

    python benchmarks/engines.py [respondents…]
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from invented_wave import AT, WAVE, answers, study

from croisee.dataset import Dataset, Distributed, freeze, load
from croisee.survey import participation, wave_tables

QUESTIONS, MULTIPLE = 100, 20
SIZES = (6_500, 65_000, 650_000)
MASTER = "local[2]"


def tables(dataset: Dataset) -> tuple[object, float]:
    """Return every raw table of the wave, and the seconds they took."""
    start = time.perf_counter()
    source, edition = WAVE.removeprefix("answers/").split("@")
    counted = wave_tables(dataset, source, edition).keyed()
    found = (list(counted), tuple(participation(dataset)))
    return found, time.perf_counter() - start


def driver() -> int:
    """Return the largest memory of this program until now, in MiB: not that of Java."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def one(respondents: int) -> None:
    """Print a line for one size."""
    described = study(QUESTIONS, MULTIPLE)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "dataset"
        with freeze(described, {WAVE: answers(described, respondents)}, {}, path, at=AT):
            size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        with load(path) as dataset:
            before = driver()
            here, embedded = tables(dataset)
            after = driver()
            start = time.perf_counter()
            with Distributed(MASTER) as engine:
                started = time.perf_counter() - start
                there, first = tables(dataset.on(engine))
                again, second = tables(dataset.on(engine))
        same = "yes" if here == there == again else "NO"
        print(
            f"| {respondents:,} | {size / 2**20:.0f} | {embedded:.2f} | {started:.1f} | "
            f"{first:.1f} | {second:.1f} | {after - before} | {driver() - after} | {same} |",
            flush=True,
        )
        if same != "yes":
            raise SystemExit("the engines differ")


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
        return
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    print(f"{QUESTIONS} questions, {MULTIPLE} of several choices, four cases; {MASTER}; "
          f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
    print("| respondents | folder, MiB | DuckDB, s | Spark starts, s | first, s | again, s | "
          "memory DuckDB adds, MiB | driver adds, MiB | same |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for respondents in sizes:
        subprocess.run([sys.executable, __file__, "--one", str(respondents)], check=True)


if __name__ == "__main__":
    main()
