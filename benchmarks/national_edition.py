"""A national edition: 65 000 respondents, 100 questions, four cases.

Claim: from the answers to the audited release in 60 seconds on two processors, every one-way
and case table through the gate; freezing, loading and every raw table take 20 of them at most.

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
from croisee.disclosure import DatasetWorlds, Register, audit, draft_release, release_json
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
    attendance = [(table.key, table) for table in participation(made["dataset"])]
    made["tables"] = [*attendance, *wave_tables(made["dataset"], "nationale", "2026").keyed()]
    return f"{len(made['tables'])} tables"


def released(made: dict[str, Any]) -> object:
    draft = draft_release(
        study=made["study"],
        tables=made["tables"],
        register=Register.open(made["path"].with_name("registre")),
        dataset_digest=made["dataset"].digest,
        software="benchmark",
    )
    made["release"] = draft.release
    refused = len(draft.log.refusals)
    return f"{len(draft.release.tables)} tables, {refused} refusals written in the log"


def written(made: dict[str, Any]) -> object:
    return f"{len(release_json(made['release'])) / 2**20:.1f} MiB of release.json"


def audited(made: dict[str, Any]) -> object:
    worlds = DatasetWorlds(made["dataset"])
    report = audit([made["release"]], worlds, made["study"].policy)
    assert report.passed, (report.breaches[:5], report.undecided[:5])
    certified = sum(report.certified.values())
    return f"passed, {certified} targets certified, {report.programs} integer programs"


STEPS: dict[str, Step] = {
    "freeze": frozen,
    "verify": verified,
    "load": loaded,
    "raw tables": tabulated,
    "gate": released,
    "audit": audited,
    "json": written,
}
"""What is timed, in order; a step reads and fills ``made``."""


def main() -> None:
    respondents = int(sys.argv[1]) if len(sys.argv) > 1 else 65_000
    described = study(QUESTIONS, MULTIPLE)
    made: dict[str, Any] = {"study": described, "answers": answers(described, respondents)}
    spent: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        made["path"] = Path(name) / "gel"
        for label, step in STEPS.items():
            start, work = time.perf_counter(), time.process_time()
            result = step(made)
            spent[label] = time.perf_counter() - start, time.process_time() - work
            print(f"{label}: {result}", file=sys.stderr)
        made["dataset"].close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(f"{respondents} respondents × {QUESTIONS} questions × {len(described.cases)} cases")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, peak {peak:.0f} MiB")
    print("| step       | wall s | cpu s |\n| ---------- | -----: | ----: |")
    wall, work = (sum(times) for times in zip(*spent.values(), strict=True))
    for label, (seconds, worked) in {**spent, "total": (wall, work)}.items():
        print(f"| {label:10} | {seconds:6.2f} | {worked:5.2f} |")


if __name__ == "__main__":
    main()
