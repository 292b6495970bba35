"""One table of a million answers, from the file to what may be printed, beside acro.

Claim: at least twenty times faster than acro's checked and suppressed cross-tabulation of the same
answers. Ours is read again from Parquet at each round, counted, and passed through the gate
(thresholds, secondary suppression, wording). « audited » adds the attacker that reads it with all
its sums, which acro has no equivalent of; no promise there. acro is made in an environment of its
own by this script; it holds the answers in memory, silences left out (it stops at one), before its
clock starts.

    python benchmarks/released_table.py [respondents]
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

import pyarrow as pa
from invented_wave import AT, WAVE, answers, study
from pyarrow import csv

from croisee.dataset import freeze, load
from croisee.disclosure import DatasetWorlds, Register, audit, draft_release
from croisee.survey import wave_tables

UV = str(Path(__file__).resolve().parent.parent / ".ci" / "uv")
PEER = "acro==1.0.2"
ROUNDS, SMALL = 5, 300
ACRO = r"""
import json, logging, os, statistics, sys, time, warnings
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
import pandas as pd
from acro import ACRO
told = {}
for path in sys.argv[2:]:
    frame = pd.read_csv(path).dropna()
    spent = []
    for _ in range(int(sys.argv[1])):
        session = ACRO(suppress=True)
        start, work = time.perf_counter(), time.process_time()
        session.crosstab(frame["q00"], frame["case"])
        spent.append((time.perf_counter() - start, time.process_time() - work))
    told[path] = [statistics.median(one) for one in zip(*spent)]
sys.stdout = sys.__stdout__
print("TOLD" + json.dumps(told))
"""


def theirs(folder: Path, tables: dict[int, pa.Table]) -> dict[int, tuple[float, float]]:
    """Return acro's seconds, of the clock and of the processor, for each size."""
    paths = {}
    for size, table in tables.items():
        paths[size] = folder / f"{size}.csv"
        few = pa.table({"case": table["case"], "q00": table["q_q00"].cast(pa.string())})
        csv.write_csv(few, paths[size])
    script = folder / "peer.py"
    script.write_text(ACRO, encoding="utf-8")
    python = folder / "venv" / "bin" / "python"
    subprocess.run([UV, "venv", "-q", str(folder / "venv")], check=True)
    subprocess.run([UV, "pip", "install", "-q", "--python", str(python), PEER], check=True)
    told = subprocess.run(
        [python, script, str(ROUNDS), *paths.values()], cwd=folder, stdout=subprocess.PIPE,
        text=True, check=True,
    ).stdout  # fmt: skip
    found = json.loads(told.partition("TOLD")[2])
    return {size: tuple(found[str(path)]) for size, path in paths.items()}


def ours(folder: Path, table: pa.Table) -> dict[str, float]:
    """Return our seconds to the frozen file read, counted and released; then audited too."""
    described = study(1)
    path = folder / f"gel-{len(table)}"
    freeze(described, {WAVE: table}, {}, path, at=AT).close()
    released, worked, audited = [], [], []
    for number in range(ROUNDS):
        register = Register.open(folder / f"registre-{len(table)}-{number}")
        start, work = time.perf_counter(), time.process_time()
        dataset = load(path)
        (crossed, *_) = wave_tables(dataset, "nationale", "2026").keyed()
        draft = draft_release(
            study=described,
            tables=[crossed],
            register=register,
            dataset_digest=dataset.digest,
            software="benchmark",
        )
        released.append(time.perf_counter() - start)
        worked.append(time.process_time() - work)
        report = audit([draft.release], DatasetWorlds(dataset), described.policy)
        audited.append(time.perf_counter() - start)
        assert report.passed
        assert len(draft.release.tables) == 1
        dataset.close()
    spent = {"released": released, "worked": worked, "audited": audited}
    return {name: statistics.median(times) for name, times in spent.items()}


def main() -> None:
    """Print the table."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    load_before = os.getloadavg()[0]
    tables = {size: answers(study(1), size) for size in (SMALL, largest)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        mine = {size: ours(folder, table) for size, table in tables.items()}
        peer = theirs(folder, tables)
    print(f"{os.cpu_count()} processeurs, charge {load_before:.1f} avant, médianes de {ROUNDS}\n")
    print("| réponses | Croisée, ms | et l’audit, ms | cpu, ms | acro, ms | cpu, ms | × | × cpu |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size, spent in mine.items():
        wall, work = peer[size]
        told = (spent["released"], spent["audited"], spent["worked"], wall, work)
        times = " | ".join(f"{one * 1e3:.1f}" for one in told)
        ratios = f"{wall / spent['released']:.1f} | {work / spent['worked']:.1f}"
        print(f"| {size} | {times} | {ratios} |")
    kept = peer[largest][0] / mine[largest]["released"] >= 20
    print(
        f"\nPromesse, {largest} réponses : au moins 20 fois plus vite : "
        f"{'tenue' if kept else 'non tenue'}."
    )


if __name__ == "__main__":
    main()
