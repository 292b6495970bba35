"""100 000 codings over 200 documents, 200 codes, two coders: agreement, and codes together.

Claim: agreement (every coefficient, by turn, by character and by passage, each code and all
together, with its jackknife interval) in 1 s, codes together (each of the four nearnesses) in
1 s, 500 MB at most for the whole process. Clocks start on tables in memory, as the study folder's
are read; what reading them into columns takes is given apart.

Beside, in a process of their own, made by this script: ``krippendorff`` for alpha by turn, all
codes; ``irrCAC`` for AC1 by turn, on some codes, brought to all (it takes one table a code);
``pandas`` for codes in one turn and codes that share characters. They are given their inputs
already in their own shape, outside the clock. Values and counts are compared: alpha and AC1 to
1e-9 and 1e-5 (irrCAC rounds), pairs exactly. Nothing we found computes agreement by character at
this size: QualCoder's report takes one code and one file at a time, and its kappa is not Cohen's
(``docs/methods/accord.md`` §5).

    python benchmarks/coding_methods.py [codings]
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as table_csv

from croisee.qualitative import Near, agreement_of, read_codings, read_sentences, together

UV = str(Path(__file__).resolve().parent.parent / ".ci" / "uv")
PEERS = ("krippendorff==0.9.0", "irrCAC==0.4.4", "pandas<3")
DOCUMENTS, TURNS, LETTERS, CODES, SEED = 200, 200, 300, 200, 20261123
SENTENCE = "On a dit que le local ferme à midi, et que personne ne répond. "
SAMPLE = 10
"""Codes on which irrCAC is run."""
PEER = r"""
import json, sys, time, warnings
import numpy as np, pandas as pd
import krippendorff
from irrCAC.raw import CAC
warnings.filterwarnings("ignore")
path, turns, codes, sample = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
frame = pd.read_csv(path)
marks = np.zeros((codes, 2, turns), np.int8)
marks[frame.code, frame.coder, frame.place] = 1
seconds, found = {}, {}
start = time.perf_counter()
found["alpha"] = [krippendorff.alpha(m, level_of_measurement="nominal") for m in marks]
seconds["krippendorff.alpha, all codes, by turn, no interval"] = time.perf_counter() - start
tables = [pd.DataFrame(marks[c].T.astype(int)) for c in range(sample)]
start = time.perf_counter()
found["ac1"] = [float(CAC(t).gwet()["est"]["coefficient_value"]) for t in tables]
took = (time.perf_counter() - start) * codes / sample
seconds[f"irrCAC gwet, by turn, {sample} codes brought to {codes}"] = took
held = frame[["place", "code"]].drop_duplicates()
start = time.perf_counter()
pairs = held.merge(held, on="place")
pairs = pairs[pairs.code_x < pairs.code_y].groupby(["code_x", "code_y"]).size()
seconds["pandas merge, codes in one turn"] = time.perf_counter() - start
found["turn"] = int(pairs.sum())
spans = frame[["place", "code", "start", "end"]]
start = time.perf_counter()
pairs = spans.merge(spans, on="place")
pairs = pairs[(pairs.code_x < pairs.code_y) & (pairs.start_x < pairs.end_y)
              & (pairs.start_y < pairs.end_x)]
found["overlap"] = int(len(pairs.groupby(["code_x", "code_y"]).size()))
seconds["pandas merge, codes that share characters"] = time.perf_counter() - start
json.dump([seconds, found], sys.stdout)
"""


def tables(codings: int) -> dict[str, pa.Table]:
    """Return invented turns and codings: the second coder repeats half of the first's, moved."""
    draw = np.random.default_rng(SEED)
    places = DOCUMENTS * TURNS
    document = np.repeat(np.arange(DOCUMENTS), TURNS)
    text = (SENTENCE * (LETTERS // len(SENTENCE) + 1))[:LETTERS]
    names = np.array([f"d-{number:03}" for number in range(DOCUMENTS)])
    turns = pa.table({
        "document": names[document],
        "turn": pa.array(np.tile(np.arange(1, TURNS + 1), DOCUMENTS), pa.int32()),
        "participant": [f"p-{place % 7}" for place in range(places)],
        "text": pa.array([text] * places),
    })  # fmt: skip
    half = codings // 2
    place = draw.integers(0, places, half)
    code = np.minimum(draw.zipf(1.5, half) - 1, CODES - 1)
    start = draw.integers(0, LETTERS - 60, half)
    end = start + draw.integers(10, 60, half)
    again = draw.random(half) < 0.5
    place = np.concatenate((place, np.where(again, place, draw.integers(0, places, half))))
    code = np.concatenate((code, np.where(again, code, draw.integers(0, CODES, half))))
    moved = np.clip(start + draw.integers(-8, 9, half), 0, LETTERS - 60)
    start, end = np.concatenate((start, moved)), np.concatenate((end, moved + end - start))
    coder = np.repeat(np.array(["c-1", "c-2"]), half)
    return {
        "turns": turns,
        "codings": pa.table({
            "document": names[document[place]],
            "turn": pa.array(place % TURNS + 1, pa.int32()),
            "start": pa.array(start, pa.int32()),
            "end": pa.array(end, pa.int32()),
            "code": [f"k-{number:03}" for number in code],
            "coder": coder,
        }),
    }  # fmt: skip


def timed(label: str, seconds: dict[str, float], what: Callable[[], Any]) -> Any:
    """Run once, note the wall seconds."""
    start = time.perf_counter()
    found = what()
    seconds[label] = time.perf_counter() - start
    return found


def peers(codings: object, folder: Path) -> tuple[dict[str, float], dict[str, object]]:
    """Run the peers on the same codings, in their own environment."""
    frame = folder / "codings.csv"
    table_csv.write_csv(
        pa.table({
            "place": codings.turn, "start": codings.start, "end": codings.end,
            "code": codings.code, "coder": codings.coder,
        }),
        frame,
    )  # fmt: skip
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([UV, "venv", "-q", str(folder / "venv")], check=True)
    subprocess.run([UV, "pip", "install", "-q", "--python", str(python), *PEERS], check=True)
    command = [str(python), "-c", PEER, str(frame), str(len(codings.length)),
               str(len(codings.codes)), str(SAMPLE)]  # fmt: skip
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    seconds, found = json.loads(done.stdout)
    return seconds, found


def main() -> None:
    """Print the table, and whether the values are the same."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    load = os.getloadavg()[0]
    given = tables(many)
    seconds: dict[str, float] = {}
    codings = timed("reading the tables", seconds, lambda: read_codings(given.__getitem__))
    found = timed("agreement: everything", seconds, lambda: agreement_of(codings))
    sentences = timed(
        "reading sentences", seconds, lambda: read_sentences(given.__getitem__, codings)
    )
    pairs = {
        near: timed(f"together: {near.value}", seconds, lambda near=near: together(
            codings, near, sentences=sentences))
        for near in Near
    }  # fmt: skip
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as name:
        theirs, values = peers(codings, Path(name))
    alphas = {line.code: line.alpha.value for line in found.by_turn}
    far = max(
        abs(alphas[code] - value)
        for code, value in zip(codings.codes, values["alpha"], strict=True)
    )
    ac1 = {line.code: line.ac1.value for line in found.by_turn}
    near = max(
        abs(ac1[code] - value)
        for code, value in zip(codings.codes[:SAMPLE], values["ac1"], strict=True)
    )
    assert far < 1e-9, far
    assert near < 1e-5, near
    assert values["turn"] == sum(line.both for line in pairs[Near.TURN])
    assert values["overlap"] == len(pairs[Near.OVERLAP])
    print(
        f"{many} codings, {DOCUMENTS} documents, {len(codings.codes)} codes, "
        f"{len(codings.length)} turns, {codings.length.sum()} characters; load {load:.1f}"
    )
    print("| what | seconds |\n|---|---|")
    for label, spent in seconds.items():
        print(f"| Croisée, {label} | {spent:.3f} |")
    for label, spent in theirs.items():
        print(f"| {label} | {spent:.3f} |")
    print(f"Peak memory of ours, texts included: {memory:.0f} MB.")
    print(
        f"Same values: alpha to {far:.0e}, AC1 to {near:.0e} on {SAMPLE} codes, "
        f"{values['turn']} pairs in turns, {values['overlap']} pairs of codes overlap."
    )


if __name__ == "__main__":
    main()
