"""The banner: one question crossed with 49 others, a million respondents, five levels.

Goal, not met yet (docs/proof/performance.md): at least 8 times pandas.crosstab, through the
very Ibis expressions that
``croisee.survey.cross`` uses, on a frozen Dataset. pandas lives in an environment that this
script makes; it has read the same Parquet file into memory before its clock starts, while
ours reads the file each time. Rounds alternate on the same machine; counts are compared.

    python benchmarks/banner.py [respondents]
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

from invented_wave import AT, WAVE, answers, study

from croisee.dataset import Dataset, freeze
from croisee.dataset.manifest import table_file
from croisee.survey import banner

QUESTIONS, ROUNDS = 50, 5
OURS = "Croisée (Ibis on DuckDB, Parquet)"
PEER = """
import json, sys, time
import pandas as pd

path, questions = sys.argv[1], int(sys.argv[2])
names = [f"q_q{place:02}" for place in range(questions)]
texts = pd.read_parquet(path, columns=names)
categories = texts.astype("category")
codes = categories.apply(lambda column: column.cat.codes)


def crosstabs(frame):
    return [pd.crosstab(frame[names[0]], frame[name]) for name in names[1:]]


def groups(frame):
    return [frame.groupby([names[0], name], observed=True).size() for name in names[1:]]


WAYS = {
    "pandas.crosstab, texts": lambda: crosstabs(texts),
    "pandas.crosstab, categories": lambda: crosstabs(categories),
    "pandas.crosstab, int8 codes": lambda: crosstabs(codes),
    "pandas groupby.size, texts": lambda: groups(texts),
    "pandas groupby.size, categories": lambda: groups(categories),
}
print(json.dumps(pd.__version__), flush=True)
for _ in sys.stdin:
    seconds, tables = {}, None
    for label, count in WAYS.items():
        start = time.perf_counter()
        found = count()
        seconds[label] = time.perf_counter() - start
        tables = tables or found
    counts = [
        {f"{row}|{column}": int(table.loc[row, column]) for row in table.index for column in table}
        for table in tables
    ]
    print(json.dumps([seconds, counts]), flush=True)
"""
"""pandas, in its own process: for each line it is sent, it does everything once."""


def ours(dataset: Dataset) -> tuple[float, list[dict[str, int]]]:
    """Return the time of our banner and its counts, in the peer's form."""
    questions = [f"q{place:02}" for place in range(1, QUESTIONS)]
    start = time.perf_counter()
    tables = banner(dataset, "nationale", "2026", "q00", questions)
    spent = time.perf_counter() - start
    counts = [
        {
            f"{row.code}|{column.code}": table.counts[r][c]
            for r, row in enumerate(table.row.options)
            for c, column in enumerate(table.column.options)
        }
        for table in tables
    ]
    return spent, counts


def peer(parquet: Path, folder: Path) -> subprocess.Popen[str]:
    """Make pandas' environment and start it on the same file."""
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run(["uv", "venv", "-q", str(folder / "venv")], check=True)
    subprocess.run(
        ["uv", "pip", "install", "-q", "--python", str(python), "pandas", "pyarrow"], check=True
    )
    command = [str(python), "-c", PEER, str(parquet), str(QUESTIONS)]
    return subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True)


def rounds(dataset: Dataset, pandas: subprocess.Popen[str]) -> Iterator[dict[str, float]]:
    """Yield the times of each round, ours then theirs; check that the counts are the same."""
    assert pandas.stdin is not None
    assert pandas.stdout is not None
    for _ in range(ROUNDS):
        spent, counts = ours(dataset)
        pandas.stdin.write("once\n")
        pandas.stdin.flush()
        theirs, their_counts = json.loads(pandas.stdout.readline())
        assert counts == their_counts, "the counts differ"
        yield {OURS: spent, **theirs}


def main() -> None:
    respondents = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    described = study(QUESTIONS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tables = {WAVE: answers(described, respondents)}
        with freeze(described, tables, {}, folder / "gel", at=AT) as dataset:
            del tables
            with peer(folder / "gel" / table_file(WAVE), folder) as pandas:
                version = json.loads(pandas.stdout.readline()) if pandas.stdout else ""
                found = list(rounds(dataset, pandas))
                if pandas.stdin is not None:
                    pandas.stdin.close()
    medians = {label: statistics.median(one[label] for one in found) for label in found[0]}
    print(f"{QUESTIONS - 1} tables, {respondents} respondents, median of {ROUNDS}, same counts")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, pandas {version}")
    print(f"| {'':33} | seconds | × Croisée |\n| {'-' * 33} | ------: | --------: |")
    for label, spent in medians.items():
        print(f"| {label:33} | {spent:7.2f} | {spent / medians[OURS]:9.1f} |")


if __name__ == "__main__":
    main()
