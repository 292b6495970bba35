"""A national edition: 65 000 respondents, 100 questions, four cases.

Claim: from the answers to the audited release in 60 seconds on two processors; freezing,
loading and every raw table take 20 of them at most.

    python benchmarks/national_edition.py [respondents]
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from invented_wave import AT, WAVE, answers, study

from croisee.dataset import freeze, load, verify
from croisee.survey import participation, wave_tables

QUESTIONS, MULTIPLE = 100, 20
Step = Callable[[dict[str, Any]], object]


def frozen(made: dict[str, Any]) -> object:
    with freeze(made["study"], {WAVE: made.pop("answers")}, {}, made["path"], at=AT) as dataset:
        return dataset.digest


def verified(made: dict[str, Any]) -> object:
    assert verify(made["path"]) == ()
    return "intact"


def loaded(made: dict[str, Any]) -> object:
    made["dataset"] = load(made["path"])
    return made["dataset"].digest


def tabulated(made: dict[str, Any]) -> object:
    made["tables"] = wave_tables(made["dataset"], "nationale", "2026").keyed()
    made["participation"] = participation(made["dataset"])
    return f"{len(made['tables'])} tables"


STEPS: dict[str, Step] = {
    "freeze": frozen,
    "verify": verified,
    "load": loaded,
    "raw tables": tabulated,
}
"""What is timed, in order; a step reads and fills ``made``. The gate and the audit go here."""


def main() -> None:
    respondents = int(sys.argv[1]) if len(sys.argv) > 1 else 65_000
    described = study(QUESTIONS, MULTIPLE)
    made: dict[str, Any] = {"study": described, "answers": answers(described, respondents)}
    spent: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        made["path"] = Path(name) / "gel"
        for label, step in STEPS.items():
            start = time.perf_counter()
            result = step(made)
            spent[label] = time.perf_counter() - start
            print(f"{label}: {result}", file=sys.stderr)
        made["dataset"].close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(f"{respondents} respondents × {QUESTIONS} questions × {len(described.cases)} cases")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, peak {peak:.0f} MiB")
    print("| step       | seconds |\n| ---------- | ------: |")
    for label, seconds in {**spent, "total": sum(spent.values())}.items():
        print(f"| {label:10} | {seconds:7.2f} |")


if __name__ == "__main__":
    main()
