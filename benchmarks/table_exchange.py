"""A labelled table converted between CSV, XLSX and SPSS, beside pandas and pyreadstat.

Claim: none of speed; the cost of what is kept is shown. Ours carries labels, missing values and
multiple response sets in every format, and reads again what it wrote to compare it, cell by
cell, before putting it in place; ``croisee.formats`` alone, without that proof, is the second
row. pandas writes the bare cells in CSV and XLSX: what labels it keeps is said in the last
column. Both convert the same file, in turn, each in a process of its own that is already
started; the cells of what came out are compared.

    python benchmarks/table_exchange.py [rows [rounds]]
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
from subprocess import PIPE

import numpy as np

from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.formats.labelled_sheet import (
    beside,
    read_labelled_sheet,
    write_labelled_csv,
    write_labelled_xlsx,
)
from croisee.formats.sav import read_sav
from croisee.formats.sav_writing import write_sav
from croisee.run.converting import convert

ROWS, ROUNDS = 20_000, 3
SINGLE, BOXES, NUMBERS, TEXTS = 20, 5, 4, 2
UV = str(Path(__file__).resolve().parent.parent / ".ci" / "uv")
WAYS = (("sav", "csv"), ("csv", "sav"), ("sav", "xlsx"), ("xlsx", "sav"))
PEER = """
import json, sys, time
import pandas as pd, pyreadstat

print(json.dumps([pd.__version__, pyreadstat.__version__]), flush=True)
for line in sys.stdin:
    source, result = json.loads(line)
    start = time.perf_counter()
    if source.endswith("sav"):
        frame, _ = pyreadstat.read_sav(source, user_missing=True)
    else:
        frame = pd.read_csv(source, sep=";") if source.endswith("csv") else pd.read_excel(source)
    if result.endswith("sav"):
        pyreadstat.write_sav(frame, result)
    elif result.endswith("csv"):
        frame.to_csv(result, index=False, sep=";")
    else:
        frame.to_excel(result, index=False)
    print(json.dumps([time.perf_counter() - start, list(frame.shape)]), flush=True)
"""
"""pandas and pyreadstat, in their own process: a conversion for each line they are sent."""


def invented(rows: int) -> Labelled:
    """Return an invented wave: scales with a missing value, boxes, numbers, short texts."""
    chance = np.random.default_rng(2026)
    scale = tuple(Value(str(code), f"Degré {code}") for code in range(1, 6))
    refused = Value("-9", "Refus", missing=True)
    variables = [
        Variable(f"q{place}", f"Question {place} ?", values=(*scale, refused),
                 measure=Measure.ORDINAL, missing=(("-9", "-9"),))
        for place in range(SINGLE)
    ]  # fmt: skip
    yes = (Value("1", "Oui"), Value("0", "Non"))
    boxes = [Variable(f"b{place}", f"Outil {place}", values=yes) for place in range(BOXES)]
    numbers = [
        Variable(f"n{place}", f"Heures {place}", measure=Measure.SCALE, decimals=1)
        for place in range(NUMBERS)
    ]
    texts = [Variable(f"t{place}", f"Remarque {place}", Content.TEXT) for place in range(TEXTS)]
    words = ("le vélo", "l’autobus, souvent", "à pied", "rien ; vraiment rien", "chez nous")
    hours = chance.integers(1, 400, (NUMBERS, rows)) / 10
    columns = [
        *chance.choice(["1", "2", "3", "4", "5", "-9"], (SINGLE, rows)).tolist(),
        *chance.choice(["0", "1"], (BOXES, rows)).tolist(),
        *([f"{one:g}" for one in column] for column in hours),
        *chance.choice(words, (TEXTS, rows)).tolist(),
    ]
    cells = tuple(zip(*columns, strict=True))
    known = tuple(one.name for one in boxes)
    return Labelled(
        "Vague inventée",
        (*variables, *boxes, *numbers, *texts),
        (Multiple("outils", "Quels outils ?", known),),
        cells,
    )


def _read(path: Path) -> Labelled:
    return read_sav(path) if path.suffix == ".sav" else read_labelled_sheet(path)[0]


def bare(source: Path, result: Path) -> None:
    """Convert without reading again what was written."""
    table = _read(source)
    if result.suffix == ".sav":
        write_sav(result, table)
    elif result.suffix == ".csv":
        write_labelled_csv(result, beside(result), table)
    else:
        write_labelled_xlsx(result, table)


def peer(folder: Path) -> subprocess.Popen[str]:
    """Make the peers' environment and start them."""
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([UV, "venv", "-q", str(folder / "venv")], check=True)
    wanted = ["pandas", "pyreadstat", "openpyxl"]
    subprocess.run([UV, "pip", "install", "-q", "--python", str(python), *wanted], check=True)
    return subprocess.Popen([str(python), "-c", PEER], stdin=PIPE, stdout=PIPE, text=True)


def asked(peers: subprocess.Popen[str], source: Path, result: Path) -> tuple[float, list[int]]:
    """Return the seconds of a conversion by the peers, and the shape of what they read."""
    assert peers.stdin is not None
    assert peers.stdout is not None
    peers.stdin.write(json.dumps([str(source), str(result)]) + "\n")
    peers.stdin.flush()
    seconds, shape = json.loads(peers.stdout.readline())
    return seconds, shape


def labels_in(path: Path) -> int:
    """Return how many labels of variables and of values a file of the peers has."""
    table = _read(path)
    return sum(bool(one.label) + len(one.values) for one in table.variables)


def main() -> None:
    """Print the table: medians of each way, and what labels are left."""
    given = [int(word) for word in sys.argv[1:]]
    rows, times = (*given, *(ROWS, ROUNDS)[len(given) :])
    table = invented(rows)
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = {"sav": folder / "source.sav"}
        write_sav(sources["sav"], table)
        for ending in ("csv", "xlsx"):
            sources[ending] = folder / f"source.{ending}"
            bare(sources["sav"], sources[ending])
        with peer(folder) as peers:
            assert peers.stdout is not None
            versions = json.loads(peers.stdout.readline())
            lines = []
            for read, written in WAYS:
                spent: dict[str, list[float]] = {"ours": [], "bare": [], "theirs": []}
                for turn in range(times):
                    results = [folder / f"{who}{turn}-{read}.{written}" for who in spent]
                    for who, act, result in zip(spent, (convert, bare), results, strict=False):
                        start = time.perf_counter()
                        act(sources[read], result)
                        spent[who].append(time.perf_counter() - start)
                    seconds, shape = asked(peers, sources[read], results[2])
                    spent["theirs"].append(seconds)
                    assert shape == [rows, len(table.variables)], shape
                    again = _read(results[0])
                    assert again.rows == table.rows, "the cells differ"
                    assert again.variables == table.variables, "the labels differ"
                medians = [statistics.median(one) for one in spent.values()]
                lines.append((f"{read} → {written}", medians, labels_in(results[2])))
            if peers.stdin is not None:
                peers.stdin.close()
    whole = sum(bool(one.label) + len(one.values) for one in table.variables)
    print(f"{rows} rows, {len(table.variables)} variables, {whole} labels, medians of {times}")
    print(
        f"{os.cpu_count()} processors, load {before:.1f} before and {os.getloadavg()[0]:.1f} "
        f"after, pandas {versions[0]}, pyreadstat {versions[1]}"
    )
    print("|            | ours, compared s | ours, bare s | pandas s | labels: ours | pandas |")
    print("| ---------- | ---------------: | -----------: | -------: | -----------: | -----: |")
    for label, (ours, alone, theirs), kept in lines:
        print(
            f"| {label:10} | {ours:16.2f} | {alone:12.2f} | {theirs:8.2f} | {whole:12} | {kept:6} |"
        )


if __name__ == "__main__":
    main()
