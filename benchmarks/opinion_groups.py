"""Opinion groups beside red-dwarf, on real conversations and on votes made up.

Claim: 3 times as fast as red-dwarf 0.4.0 on the real conversations, 8 times at 10,000 people and
500 statements, with the same number of groups; 100,000 × 500 in 15 s, 1,000,000 × 1,000 in bounded
memory; the same answer on every run. Both get votes already read: red-dwarf its list of votes, we
our rows. Its pipeline also weighs each statement, so ours also counts the votes of each group and
what tells it. How near the answers are: correlation of each axis, and adjusted Rand index.

    python benchmarks/opinion_groups.py
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from croisee.formats.polis import read_polis
from croisee.opinion import (
    Groups,
    Votes,
    characteristic,
    consensus,
    dividing,
    opinion_groups,
    stability,
    tallies,
    votes_of,
)

UV = str(Path(__file__).resolve().parent.parent / ".ci" / "uv")
PEERS = ("red-dwarf==0.4.0",)
REAL = Path(os.environ.get("CROISEE_REAL_DATA", "../shared/data")) / "polis"
SEED, ROUNDS = 20261123, 3
BESIDE = ((10_000, 500, 0.1),)
ALONE = ((100_000, 500, 0.05), (1_000_000, 1_000, 0.02))
PEER = r"""
import json, resource, sys, time, warnings
warnings.filterwarnings("ignore")
import numpy as np
from reddwarf.implementations import polis
told = []
for path in json.load(open(sys.argv[1])):
    held = np.load(path)
    rows = zip(held["who"].tolist(), held["what"].tolist(), held["vote"].tolist())
    votes = [{"participant_id": p, "statement_id": s, "vote": v} for p, s, v in rows]
    best = None
    for _ in range(int(sys.argv[2]) if len(votes) < 100_000 else 1):
        start = time.perf_counter()
        found = polis.run_pipeline(votes=votes, random_state=1)
        seconds = time.perf_counter() - start
        best = seconds if best is None else min(best, seconds)
    people = found.participants_df[found.participants_df.to_cluster]
    told.append({
        "seconds": best, "who": people.index.tolist(), "x": people.x.tolist(),
        "y": people.y.tolist(), "group": people.cluster_id.astype(int).tolist(),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    })
json.dump(told, sys.stdout)
"""
Rows = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def made(people: int, statements: int, density: float) -> Rows:
    """Return votes of three camps that agree with statements each in its own measure."""
    draws = np.random.default_rng(SEED)
    camp = draws.integers(0, 3, people)
    own = draws.random((3, statements))
    parts = []
    for start in range(0, people, 100_000):
        end = min(people, start + 100_000)
        cells = np.unique(
            draws.integers(0, (end - start) * statements, int((end - start) * statements * density))
        )
        who, what = np.divmod(cells, statements)
        vote = np.where(draws.random(who.size) < own[camp[who + start], what], 1, -1)
        vote[draws.random(who.size) < 0.1] = 0
        parts.append((who + start, what, vote))
    who, what, vote = (np.concatenate(column) for column in zip(*parts, strict=True))
    return who, what, vote


def real() -> dict[str, Rows]:
    """Return the last votes of the real conversations, statements refused set aside."""
    found = {}
    for path in sorted(REAL.rglob("votes.csv")):
        conversation = read_polis(path.parent)
        last = {
            (person, statement): vote
            for person, statement, vote in zip(
                conversation.person.tolist(),
                conversation.statement.tolist(),
                conversation.vote.tolist(),
                strict=True,
            )
        }
        refused = {one.number for one in conversation.statements if one.moderated < 0}
        rows = [(*key, vote) for key, vote in sorted(last.items()) if key[1] not in refused]
        who, what, vote = (np.array(column) for column in zip(*rows, strict=True))
        found[path.parent.name] = who, what, vote
    return found


def ours(rows: Rows, many: int | None = None) -> tuple[Votes, Groups]:
    """Return the votes and groups, after what red-dwarf also works out."""
    people, person = np.unique(rows[0], return_inverse=True)
    names, column = np.unique(rows[1], return_inverse=True)
    votes = votes_of(list(map(str, people.tolist())), list(map(str, names.tolist())),
                     person, column, rows[2])  # fmt: skip
    found = opinion_groups(votes, np.random.default_rng(SEED), many)
    inside = [tallies(votes, found.members(group)) for group in range(found.many)]
    placed = found.landscape.placed
    for group in range(found.many):
        characteristic(inside[group], tallies(votes, placed[found.labels != group]))
    whole = tallies(votes)
    consensus(whole, inside)
    dividing(whole)
    return votes, found


def peers(folder: Path, every: list[Rows]) -> list[dict[str, Any]]:
    """Run red-dwarf, in an environment of its own."""
    paths = []
    for place, (who, what, vote) in enumerate(every):
        paths.append(str(folder / f"{place}.npz"))
        np.savez(paths[-1], who=who, what=what, vote=vote)
    (folder / "job.json").write_text(json.dumps(paths), encoding="utf-8")
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([UV, "venv", "-q", str(folder / "venv")], check=True)
    subprocess.run([UV, "pip", "install", "-q", "--python", str(python), *PEERS], check=True)
    command = [str(python), "-c", PEER, str(folder / "job.json"), str(ROUNDS)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def rand(first: NDArray[np.int64], second: NDArray[np.int64]) -> float:
    """Return the adjusted Rand index of two partitions (Hubert and Arabie 1985)."""

    def pairs(counts: NDArray[np.float64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(both, (first, second), 1)
    rows, columns = pairs(both.sum(axis=1)), pairs(both.sum(axis=0))
    chance = rows * columns / pairs(np.array([both.sum()]))
    most = (rows + columns) / 2
    return 1.0 if most == chance else (pairs(both) - chance) / (most - chance)


def beside(name: str, rows: Rows, peer: dict[str, Any]) -> None:
    """Print a line of ours beside red-dwarf's."""
    many = len(set(peer["group"]))
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        votes, found = ours(rows)
        best = min(best, time.perf_counter() - start)
    same = ours(rows, many)[1]
    place = {int(votes.people[one]): k for k, one in enumerate(same.landscape.placed.tolist())}
    both = [(place[who], k) for k, who in enumerate(peer["who"]) if who in place]
    here, there = (np.array(column) for column in zip(*both, strict=True))
    points = same.landscape.points[here]
    near = [abs(np.corrcoef(points[:, axis], np.array(peer[name])[there])[0, 1])
            for axis, name in enumerate(("x", "y"))]  # fmt: skip
    alike = rand(same.labels[here], np.array(peer["group"])[there]) if same.many else float("nan")
    print(
        f"| {name} | {len(rows[0])} | {best:.3f} | {peer['seconds']:.3f} | "
        f"{peer['seconds'] / best:.1f} | {found.many} | {many} | "
        f"{near[0]:.3f} / {near[1]:.3f} | {alike:.2f} |"
    )


def alone(people: int, statements: int, density: float) -> None:
    """Print a line of ours: seconds, peak memory, and a mark of the answer."""
    rows = made(people, statements, density)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.perf_counter()
    votes, found = ours(rows)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    kept, trial = stability(votes, found, np.random.default_rng(SEED))
    more = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    mark = hashlib.sha256(kept.labels.tobytes()).hexdigest()[:12]
    print(
        f"| {people:,} × {statements:,} | {len(rows[0]):,} | {seconds:.1f} | {more:.1f} | "
        f"{before} | {peak} | {kept.many} | {min(trial.alike):.2f} | {mark} |"
    )


def main() -> None:
    """Print the tables."""
    if sys.argv[1:2] == ["--alone"]:
        alone(int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
        return
    every = real() | {f"{p:,} × {s}, {d:.0%}": made(p, s, d) for p, s, d in BESIDE}
    with tempfile.TemporaryDirectory() as name:
        answers = peers(Path(name), list(every.values()))
    print("| votes of | votes | Croisée, s | red-dwarf, s | times | groups | theirs | "
          "axes, correlation | same number of groups: Rand |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    for (name, rows), answer in zip(every.items(), answers, strict=True):
        beside(name, rows, answer)
    print()
    print("| made up | votes | groups, s | stability, s | rows alone, MiB | peak, MiB | groups | "
          "least alike | answer |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for people, statements, density in ALONE:
        for _ in range(2):
            command = [sys.executable, __file__, "--alone", str(people), str(statements)]
            subprocess.run([*command, str(density)], check=True)


if __name__ == "__main__":
    main()
