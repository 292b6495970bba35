"""The banner: one question crossed with 49 others, a million respondents, five levels.

Claim: at least 8 times pandas.crosstab, through the very Ibis expressions that
``croisee.survey.cross`` uses, on a frozen Dataset. pandas lives in an environment that this
script makes; it reads the same Parquet file before its clock starts. Counts are compared.

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
from pathlib import Path

from invented_wave import AT, WAVE, answers, study

from croisee.dataset import Dataset, freeze
from croisee.dataset.manifest import table_file
from croisee.survey import banner

QUESTIONS, ROUNDS = 50, 5
PEER = """
import json, statistics, sys, time
import pandas as pd

path, questions, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
names = [f"q_q{place:02}" for place in range(questions)]
texts = pd.read_parquet(path, columns=names)
categories = texts.astype("category")
codes = categories.apply(lambda column: column.cat.codes)


def crosstabs(frame):
    return [pd.crosstab(frame[names[0]], frame[name]) for name in names[1:]]


def groups(frame):
    return [frame.groupby([names[0], name], observed=True).size() for name in names[1:]]


def measured(count, frame):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        found = count(frame)
        times.append(time.perf_counter() - start)
    return statistics.median(times), found


seconds = {}
seconds["pandas.crosstab, texts"], found = measured(crosstabs, texts)
seconds["pandas.crosstab, categories"], _ = measured(crosstabs, categories)
seconds["pandas.crosstab, int8 codes"], _ = measured(crosstabs, codes)
seconds["pandas groupby.size, texts"], _ = measured(groups, texts)
seconds["pandas groupby.size, categories"], _ = measured(groups, categories)
counts = [
    {f"{row}|{column}": int(table.loc[row, column]) for row in table.index for column in table}
    for table in found
]
print(json.dumps({"version": pd.__version__, "seconds": seconds, "counts": counts}))
"""


def ours(dataset: Dataset) -> tuple[float, list[dict[str, int]]]:
    """Return our median time and the counts, in the peer's form."""
    questions = [f"q{place:02}" for place in range(1, QUESTIONS)]
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        tables = banner(dataset, "nationale", "2026", "q00", questions)
        times.append(time.perf_counter() - start)
    counts = [
        {
            f"{row.code}|{column.code}": table.counts[r][c]
            for r, row in enumerate(table.row.options)
            for c, column in enumerate(table.column.options)
        }
        for table in tables
    ]
    return statistics.median(times), counts


def peer(parquet: Path, folder: Path) -> dict:
    """Run pandas in its own environment and return what it printed."""
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run(["uv", "venv", "-q", str(folder / "venv")], check=True)
    subprocess.run(
        ["uv", "pip", "install", "-q", "--python", str(python), "pandas", "pyarrow"], check=True
    )
    arguments = [str(python), "-c", PEER, str(parquet), str(QUESTIONS), str(ROUNDS)]
    done = subprocess.run(arguments, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def main() -> None:
    respondents = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    described = study(QUESTIONS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tables = {WAVE: answers(described, respondents)}
        with freeze(described, tables, {}, folder / "gel", at=AT) as dataset:
            del tables
            seconds, counts = ours(dataset)
            theirs = peer(folder / "gel" / table_file(WAVE), folder)
    assert counts == theirs["counts"], "the counts differ"
    print(f"{QUESTIONS - 1} tables, {respondents} respondents, median of {ROUNDS}, same counts")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, pandas {theirs['version']}")
    print(f"| {'':33} | seconds | × Croisée |\n| {'-' * 33} | ------: | --------: |")
    for label, spent in {"Croisée (Ibis on DuckDB, Parquet)": seconds, **theirs["seconds"]}.items():
        print(f"| {label:33} | {spent:7.2f} | {spent / seconds:9.1f} |")


if __name__ == "__main__":
    main()
