"""Kemeny's order with 12 options and 10 000 ballots; every method beside pref-voting and abcvoting.

Claim: Kemeny exact, from ballots to order, in 1 s. Ballots are drawn so that majorities cycle
(each option a little alike, no group apart): all 4 096 sets of options are looked at. The peers are
made in an environment of their own by this script, and read the same ballots.

Then each method is compared, election by election, on small elections drawn at random and on the
PrefLib files of the real data if they are there: all of Kemeny's best orders, Schulze's winners,
run-off winners and possible winners, Condorcet's, against pref-voting; what equal shares buy, and
what they buy in the end, against abcvoting. pref-voting is only given ballots without ties that
rank everything, where its methods take nothing else.

    python benchmarks/rankings.py [ballots]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from croisee.focusgroup import (
    Ballot,
    condorcet_winner,
    equal_shares,
    instant_runoff,
    kemeny,
    schulze,
)
from croisee.formats import read_preflib

UV = str(Path(__file__).resolve().parent.parent / ".ci" / "uv")
PEERS = ("pref-voting==1.18.2", "abcvoting==2.19.2")
REAL = Path(os.environ.get("CROISEE_REAL_DATA", "../shared/data")) / "ranking"
OPTIONS, SEED, SMALL = 12, 20261123, 200
PEER = r"""
import json, sys, time, warnings
warnings.filterwarnings("ignore")
from pref_voting.profiles import Profile
from pref_voting.other_methods import kemeny_young_rankings
from pref_voting.margin_based_methods import beat_path
from pref_voting.iterative_methods import instant_runoff, instant_runoff_put
from pref_voting.c1_methods import condorcet
from abcvoting.preferences import Profile as Approvals
from abcvoting import abcrules
job = json.load(open(sys.argv[1]))
def profile(orders):
    return Profile([o for o, _ in orders], rcounts=[n for _, n in orders])
def told(orders):
    p = profile(orders)
    rankings, distance = kemeny_young_rankings(p)
    c = condorcet(p)
    return {
        "kemeny": sorted([int(x) for x in r] for r in rankings),
        "schulze": sorted(map(int, beat_path(p))),
        "runoff": sorted(map(int, instant_runoff(p))),
        "possible": sorted(map(int, instant_runoff_put(p))),
        "condorcet": [int(c[0])] if len(c) == 1 and p.condorcet_winner() is not None else [],
    }
def shares(job):
    p = Approvals(job["options"])
    for named, many in job["ballots"]:
        for _ in range(many):
            p.add_voter(named)
    found = {}
    for name in (None, "increment"):
        try:
            (chosen, *rest) = abcrules.compute_equal_shares(
                p, job["seats"], resolute=True, completion=name, algorithm="standard-fractions")
            found[str(name)] = sorted(map(int, chosen))
        except Exception as error:
            found[str(name)] = str(error)
    return found
answers = {"elections": [told(o) for o in job["elections"]],
           "shares": [shares(s) for s in job["shares"]]}
start = time.perf_counter()
large = profile(job["large"])
beat_path(large)
answers["schulze seconds"] = time.perf_counter() - start
answers["kemeny seconds"] = []
for options in job["timed"]:
    few = [[[o for o in order if o < options], n] for order, n in job["large"]]
    p = profile(few)
    start = time.perf_counter()
    kemeny_young_rankings(p)
    answers["kemeny seconds"].append(time.perf_counter() - start)
json.dump(answers, sys.stdout)
"""
TIMED = (5, 6)
"""Options with which pref-voting orders the same ballots: it tries every order."""


def strict(orders: list[tuple[list[int], int]]) -> list[Ballot]:
    """Return ballots from orders of numbers."""
    return [Ballot(tuple((str(o),) for o in order), many) for order, many in orders]


def drawn(draw: np.random.Generator, options: int, ballots: int) -> list[tuple[list[int], int]]:
    """Return random orders, each held by one person."""
    return [(draw.permutation(options).tolist(), 1) for _ in range(ballots)]


def ours(orders: list[tuple[list[int], int]]) -> dict[str, Any]:
    """Return our answers for one election, in the peer's form."""
    options = [str(option) for option in sorted(orders[0][0])]
    held = strict(orders)
    best, rounds = kemeny(options, held), instant_runoff(options, held)
    winner = condorcet_winner(options, held)
    return {
        "kemeny": sorted([int(o) for o in order] for order in best.orders),
        "schulze": sorted(map(int, schulze(options, held)[0])),
        "runoff": sorted(map(int, rounds.winners)),
        "possible": sorted(map(int, rounds.possible or ())),
        "condorcet": [] if winner is None else [int(winner)],
    }


def real() -> list[list[tuple[list[int], int]]]:
    """Return the complete orders without ties of the real files, eight options at most."""
    found = []
    for path in sorted(REAL.rglob("*.so[ci]")) + sorted(REAL.rglob("*.toc")):
        election = read_preflib(path)
        whole = len(election.alternatives)
        orders = [
            ([level[0] - 1 for level in levels], many)
            for many, levels in election.orders
            if len(levels) == whole and all(len(level) == 1 for level in levels)
        ]
        if orders and whole <= 8:
            found.append(orders)
    return found


def approvals(draw: np.random.Generator) -> dict[str, Any]:
    """Return random approvals of six options, and how many to choose."""
    people = int(draw.integers(3, 12))
    ballots = [[sorted(np.flatnonzero(draw.random(6) < 0.4).tolist()), 1] for _ in range(people)]
    return {
        "options": 6,
        "ballots": [b for b in ballots if b[0]],
        "seats": int(draw.integers(1, 6)),
    }


def main() -> None:
    """Print the tables; stop at the first answer that differs."""
    ballots = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    draw = np.random.default_rng(SEED)
    load = os.getloadavg()[0]
    large = drawn(draw, OPTIONS, ballots)
    elections = [
        drawn(draw, int(draw.integers(2, 6)), int(draw.integers(1, 9))) for _ in range(SMALL)
    ]
    known = real()
    shares = [one for one in (approvals(draw) for _ in range(SMALL)) if one["ballots"]]
    options, held = [str(option) for option in range(OPTIONS)], strict(large)
    seconds = {}
    for name, method in (("Kemeny", kemeny), ("Schulze", schulze), ("tours", instant_runoff)):
        start = time.perf_counter()
        found = method(options, held)
        seconds[name] = time.perf_counter() - start
        if name == "Kemeny":
            best = found
    few = []
    for many in TIMED:
        cut = [Ballot(tuple(t for t in b.order if int(t[0]) < many), b.weight) for b in held]
        start = time.perf_counter()
        kemeny(options[:many], cut)
        few.append(time.perf_counter() - start)
    answers = peers(
        {"elections": elections + known, "shares": shares, "large": large, "timed": TIMED}
    )
    for orders, answer in zip(elections + known, answers["elections"], strict=True):
        mine, theirs = ours(orders), answer
        if len(answer["kemeny"]) > len(mine["kemeny"]):  # we show the first ones only
            shown = [order for order in answer["kemeny"] if order in mine["kemeny"]]
            theirs = answer | {"kemeny": shown}
        assert mine == theirs, (orders, mine, theirs)
    same = bought = 0
    for job, theirs in zip(shares, answers["shares"], strict=True):
        costs = dict.fromkeys(map(str, range(6)), 1)
        result = equal_shares(
            costs, [(list(map(str, n)), w) for n, w in job["ballots"]], job["seats"]
        )
        tied = any(one.tied for one in result.bought)
        plain = sorted(int(one.option) for one in result.bought[: result.plain])
        if not tied:
            assert plain == theirs["None"] or result.plain < len(result.bought), (
                job,
                plain,
                theirs,
            )
            bought += 1
            same += sorted(map(int, result.chosen)) == theirs["increment"]
    report(ballots, load, seconds, few, answers, best)
    print(
        f"Same answers: {len(elections)} elections drawn, {len(known)} real ones; equal shares: "
        f"{same} of {bought} committees without a tie are abcvoting’s « increment »."
    )


def peers(job: dict[str, Any]) -> dict[str, Any]:
    """Run the peers, in an environment of their own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
        subprocess.run([UV, "venv", "-q", str(folder / "venv")], check=True)
        subprocess.run([UV, "pip", "install", "-q", "--python", str(python), *PEERS], check=True)
        command = [str(python), "-c", PEER, str(folder / "job.json")]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def report(
    ballots: int, load: float, seconds: dict[str, float], few: list[float],
    answers: dict[str, Any], best: Any,
) -> None:  # fmt: skip
    """Print the seconds, ours beside theirs."""
    print(f"{OPTIONS} options, {ballots} ballots; load {load:.1f}; distance {best.distance}, "
          f"{best.many} best order(s), exact: {best.exact}")  # fmt: skip
    print("| what | Croisée, s | pref-voting, s |\n|---|---|---|")
    print(f"| Kemeny, {OPTIONS} options | {seconds['Kemeny']:.3f} | not tried |")
    for many, mine, theirs in zip(TIMED, few, answers["kemeny seconds"], strict=True):
        print(f"| Kemeny, {many} of them | {mine:.3f} | {theirs:.3f} |")
    print(f"| Schulze | {seconds['Schulze']:.3f} | {answers['schulze seconds']:.3f} |")
    print(f"| run-off | {seconds['tours']:.3f} | |")


if __name__ == "__main__":
    main()
