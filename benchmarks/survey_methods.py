"""Estimates, raking and exact tests beside svy and SciPy, in one run.

Claim: at a hundred times the reference study's flash survey (8 300 organisations, and once more at
ten times that), every share of forty options with its interval, and weights raked to two margins,
are as svy gives them and no slower; an exact test of a small table takes a second at most.
svy is installed in an environment of its own by this script, and reads the same answers.

    python benchmarks/survey_methods.py [respondents…]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from croisee.survey import Margin, association, design, rake, share, trend

UV = str(Path(__file__).resolve().parent.parent / ".ci" / "uv")
PEER_PACKAGE = "svy==0.35.0"
OPTIONS, SEED = 40, 20261123
STRATA = {"carrefours": 64, "nord": 12, "quartiers": 30, "sud": 16}
PEER = r"""
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import polars as pl, svy
job = json.load(open(sys.argv[1]))
rows = pl.DataFrame(job["rows"])
design = svy.Design(wgt="w", stratum="s", pop_size="N")
def shares():
    found = svy.Sample(data=rows, design=design).estimation
    got = []
    for name in job["options"]:
        for line in found.prop(name, ci_method="korn-graubard").to_dicts():
            if str(line["y_level"]) in {"1", "1.0"}:
                got.append((line["est"], line["se"]))
    return got
def raked():
    sample = svy.Sample(data=rows, design=svy.Design(wgt="one"))
    done = sample.weighting.rake(controls=job["margins"], tol=1e-9, max_iter=200)
    return done.data["rk_wgt"].to_list()
out = {}
for name, act in (("shares", shares), ("raked", raked)):
    best = None
    for _ in range(3):
        start = time.perf_counter()
        got = act()
        took = time.perf_counter() - start
        best = took if best is None else min(best, took)
    out[name] = {"seconds": best, "got": got}
json.dump(out, open(sys.argv[2], "w"))
"""


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Return the best of three times in seconds, and what was found."""
    found, best = None, float("inf")
    for _ in range(3):
        start = time.perf_counter()
        found = act()
        best = min(best, time.perf_counter() - start)
    return best, found


def answers(n: int) -> dict[str, list[Any]]:
    """Draw a wave of n organisations in four strata, forty options, two variables to rake to."""
    generator = np.random.default_rng(SEED)
    names, parts = list(STRATA), np.array(list(STRATA.values())) / sum(STRATA.values())
    strata = generator.choice(len(names), n, p=parts)
    strata[: len(names)] = range(len(names))
    frame = {name: int(n * 1.4 * part) + 10 for name, part in zip(names, parts, strict=True)}
    counts = np.bincount(strata, minlength=len(names))
    rows: dict[str, list[Any]] = {
        "s": [names[k] for k in strata],
        "N": [frame[names[k]] for k in strata],
        "w": [frame[names[k]] / int(counts[k]) for k in strata],
        "one": [1.0] * n,
        "age": [("a", "b", "c")[k] for k in generator.integers(0, 3, n)],
        "size": [("u", "v", "w", "x")[k] for k in generator.integers(0, 4, n)],
    }
    for option in range(OPTIONS):
        p = generator.uniform(0.05, 0.95)
        rows[f"q{option}"] = (generator.random(n) < p).astype(int).tolist()
    return rows


def ours(rows: dict[str, list[Any]], margins: dict[str, dict[str, float]]) -> dict[str, Any]:
    n = len(rows["s"])
    frame = dict(zip(rows["s"], rows["N"], strict=True))
    alone = [str(k) for k in range(n)]
    held = np.array(rows["w"])
    chosen = [np.array(rows[f"q{k}"], dtype=float) for k in range(OPTIONS)]

    def shares() -> list[tuple[float, float]]:
        drawn = design(held, rows["s"], alone, frame)
        found = [share(drawn, one) for one in chosen]
        return [(one.value, one.error) for one in found]

    def raked() -> list[float]:
        told = [Margin(name, sizes) for name, sizes in margins.items()]
        return rake(rows["one"], told, [rows[name] for name in margins]).weights.tolist()

    return {name: timed(act) for name, act in (("shares", shares), ("raked", raked))}


def peer(python: Path, folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    given, told, script = folder / "job.json", folder / "told.json", folder / "peer.py"
    given.write_text(json.dumps(job))
    script.write_text(PEER)
    subprocess.run([python, script, given, told], check=True)
    return json.loads(told.read_text())


def gap(one: list[Any], other: list[Any]) -> float:
    a, b = np.array(one, dtype=float), np.array(other, dtype=float)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(b), 1e-12)))


def exact_tests() -> None:
    generator = np.random.default_rng(SEED)
    job = np.array([[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]])
    print("\ntable            test                        seconds   p")
    for name, cells in (
        ("3 × 3, n = 83", generator.multinomial(83, np.ones(9) / 9).reshape(3, 3)),
        ("3 × 5, n = 83", generator.multinomial(83, np.ones(15) / 15).reshape(3, 5)),
        ("4 × 4, n = 96", job),
        ("3 × 5, n = 8 300", generator.multinomial(8300, np.ones(15) / 15).reshape(3, 5)),
    ):
        for test, act in (
            ("Fisher–Freeman–Halton", lambda c=cells: association(c, np.random.default_rng(1))),
            ("Jonckheere–Terpstra", lambda c=cells: trend([c], np.random.default_rng(1))),
        ):
            seconds, found = timed(act)
            print(f"{name:16} {test:22} {found.way:8} {seconds:6.3f}   {found.p:.4f}")
        drawn = stats.PermutationMethod(n_resamples=9999, rng=np.random.default_rng(1))
        try:
            seconds, found = timed(lambda c=cells, m=drawn: stats.fisher_exact(c, method=m))
            print(f"{name:16} SciPy, 9 999 draws              {seconds:6.3f}   {found.pvalue:.4f}")
        except (TypeError, ValueError) as error:
            print(f"{name:16} SciPy: {error}")


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or [83, 8_300, 83_000]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        subprocess.run([UV, "venv", "-q", "--python", sys.executable, folder / "env"], check=True)
        python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
        subprocess.run([UV, "pip", "install", "-q", "--python", python, PEER_PACKAGE], check=True)
        print(f"{OPTIONS} shares; margins of 3 and 4; best of three\n")
        print("respondents   job       ours s   svy s   ratio   largest relative gap")
        for n in sizes:
            rows = answers(n)
            margins = {
                "age": {"a": n * 0.5, "b": n * 0.3, "c": n * 0.2},
                "size": {"u": n * 0.4, "v": n * 0.3, "w": n * 0.2, "x": n * 0.1},
            }
            found = ours(rows, margins)
            job = {
                "rows": rows, "margins": margins, "options": [f"q{k}" for k in range(OPTIONS)]
            }  # fmt: skip
            told = peer(python, folder, job)
            for name, (seconds, got) in found.items():
                theirs = told[name]
                print(
                    f"{n:11,}   {name:8} {seconds:7.4f} {theirs['seconds']:7.4f} "
                    f"{theirs['seconds'] / seconds:6.1f}   {gap(got, theirs['got']):.1e}"
                )
    exact_tests()


if __name__ == "__main__":
    main()
