"""The banner: one question crossed with 49 others, a million respondents, five levels.

Claim: at least 8 times pandas.crosstab, through the very Ibis expressions that
``croisee.survey.cross`` uses, on a frozen Dataset, where answers are texts. The claim is about
"pandas.crosstab, texts": the answers as pandas reads them from that file. A reader who recodes
them first has the other ways, all given: categories, int8 codes, ``groupby.size``.

What is not the same on both sides, and in whose favour: pandas has read, and recoded, its
columns before its clock starts; ours reads the file in each round. Ours has two threads, pandas
one: the processor time (user and system, every thread) is given beside the wall time. The freeze
has written the rank of each answer beside its text (``docs/methods/dataset.md`` §1), which is
what ours reads; so "int8 codes" is what pandas does from the same starting point, less the
reading. Rounds alternate on the same machine; counts are compared.

    python benchmarks/banner.py [respondents [rounds]]
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

QUESTIONS, ROUNDS = 50, 7
UV = str(Path(__file__).resolve().parent.parent / ".ci" / "uv")
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
        start, work = time.perf_counter(), time.process_time()
        found = count()
        seconds[label] = [time.perf_counter() - start, time.process_time() - work]
        tables = tables or found
    counts = [
        {f"{row}|{column}": int(table.loc[row, column]) for row in table.index for column in table}
        for table in tables
    ]
    print(json.dumps([seconds, counts]), flush=True)
"""
"""pandas, in its own process: for each line it is sent, it does everything once."""


Spent = tuple[float, float]
"""Wall seconds, processor seconds."""


def ours(dataset: Dataset) -> tuple[Spent, list[dict[str, int]]]:
    """Return the times of our banner and its counts, in the peer's form."""
    questions = [f"q{place:02}" for place in range(1, QUESTIONS)]
    start, work = time.perf_counter(), time.process_time()
    tables = banner(dataset, "nationale", "2026", "q00", questions)
    spent = time.perf_counter() - start, time.process_time() - work
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
    subprocess.run([UV, "venv", "-q", str(folder / "venv")], check=True)
    subprocess.run(
        [UV, "pip", "install", "-q", "--python", str(python), "pandas", "pyarrow"], check=True
    )
    command = [str(python), "-c", PEER, str(parquet), str(QUESTIONS)]
    return subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True)


def rounds(
    dataset: Dataset, pandas: subprocess.Popen[str], times: int
) -> Iterator[dict[str, Spent]]:
    """Yield the times of each round, ours then theirs; check that the counts are the same."""
    assert pandas.stdin is not None
    assert pandas.stdout is not None
    for _ in range(times):
        spent, counts = ours(dataset)
        pandas.stdin.write("once\n")
        pandas.stdin.flush()
        theirs, their_counts = json.loads(pandas.stdout.readline())
        assert counts == their_counts, "the counts differ"
        yield {OURS: spent, **theirs}


def main() -> None:
    """Print the table: medians of every way, and how many times ours each takes."""
    asked = [int(word) for word in sys.argv[1:]]
    respondents, times = (*asked, *(1_000_000, ROUNDS)[len(asked) :])
    described = study(QUESTIONS)
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tables = {WAVE: answers(described, respondents)}
        with freeze(described, tables, {}, folder / "gel", at=AT) as dataset:
            del tables
            with peer(folder / "gel" / table_file(WAVE), folder) as pandas:
                version = json.loads(pandas.stdout.readline()) if pandas.stdout else ""
                found = list(rounds(dataset, pandas, times))
                if pandas.stdin is not None:
                    pandas.stdin.close()
    print(f"{QUESTIONS - 1} tables, {respondents} respondents, medians of {times}, same counts")
    print(
        f"{os.cpu_count()} processors, load {before:.1f} before and {os.getloadavg()[0]:.1f} "
        f"after, pandas {version}"
    )
    print(f"| {'':33} | wall s | × ours | cpu s | × ours |")
    print(f"| {'-' * 33} | -----: | -----: | ----: | -----: |")
    medians = {
        label: [statistics.median(one[label][kind] for one in found) for kind in (0, 1)]
        for label in found[0]
    }
    for label, (wall, work) in medians.items():
        more, harder = wall / medians[OURS][0], work / medians[OURS][1]
        print(f"| {label:33} | {wall:6.2f} | {more:6.1f} | {work:5.2f} | {harder:6.1f} |")


if __name__ == "__main__":
    main()
