"""How long `croisee check` takes: a folder with 1 000 problems, and a wave of 65 000 × 100.

    python benchmarks/check_folder.py [--small]

Folders are built in a temporary place from seeded draws. Bars: 1 000 problems all reported in
5 s; 65 000 respondents × 100 questions read in 60 s. Wall time and peak memory of a fresh
process each, imports included; processor time beside it, for machines that are shared.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

SEED = 20260111
QUESTIONS, RESPONDENTS, PROBLEMS = 100, 65_000, 1_000
CASES = ("nord", "sud", "est", "ouest")
OPTIONS = ("jamais", "parfois", "souvent", "toujours", "nsp")


def _write(path: Path, header: list[str], rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(header)
        writer.writerows(rows)


def build_study(target: Path, respondents: int, questions: int, problems: int) -> set[tuple]:
    """Write a survey study; spoil ``problems`` cells. Return the places spoilt."""
    draw = np.random.default_rng(SEED)
    target.mkdir(parents=True)
    cases = "".join(f'[[cas]]\ncode = "{code}"\nnom = "Réseau {code}"\n' for code in CASES)
    (target / "etude.toml").write_text(
        f'format = 1\ntitre = "Essai"\n{cases}'
        '[[editions]]\ncode = "2024"\n[[methodes]]\ncode = "s"\nnom = "Sondage"\n'
        '[[instruments]]\ncode = "q"\nnom = "Questionnaire"\nmethode = "s"\n'
        '[[finalites]]\ncode = "analyse"\nnom = "Analyse"\nrole = "analyse"\n',
        encoding="utf-8",
    )
    names = [f"q{i:03}" for i in range(questions)]
    options = " | ".join(f"{code} = {code.title()}" for code in OPTIONS)
    _write(
        target / "instruments" / "q.csv",
        ["question", "libelle", "type", "options"],
        [[name, f"Question {name}", "ordinal", options] for name in names],
    )
    answers = np.array([*OPTIONS, ""])[draw.integers(0, len(OPTIONS) + 1, (respondents, questions))]
    rows = [[f"r{i:06}", CASES[i % len(CASES)], *line] for i, line in enumerate(answers.tolist())]
    spoilt: set[tuple] = set()
    people = [[f"r{i:06}", CASES[i % len(CASES)], "oui"] for i in range(min(respondents, 3_000))]
    number = 0
    while len(spoilt) < problems:
        number += 1
        row = int(draw.integers(0, respondents))
        column = int(draw.integers(0, questions))
        kind = number % 4
        if kind == 0:
            rows[row][2 + column] = "parfoi"
            spoilt.add(("reponses/q_2024.csv", row + 2, names[column]))
        elif kind == 1:
            rows[row][1] = "nrod"
            spoilt.add(("reponses/q_2024.csv", row + 2, "cas"))
        elif kind == 2:
            rows[row][2 + column] = f"réponse {number}"
            spoilt.add(("reponses/q_2024.csv", row + 2, names[column]))
        else:
            person = int(draw.integers(0, len(people)))
            people[person][2] = "peut-être"
            spoilt.add(("participants.csv", person + 2, "consent_analyse"))
    _write(target / "reponses" / "q_2024.csv", ["repondant", "cas", *names], rows)
    _write(target / "participants.csv", ["code", "cas", "consent_analyse"], people)
    return spoilt


def measure(target: Path) -> None:
    """Read a folder in this process and print what happened, as JSON."""
    started = time.perf_counter()
    from croisee.studyfolder import read_study  # noqa: PLC0415 -- imports are part of the time

    folder = read_study(target)
    refused = [
        (problem.file, problem.row, problem.column)
        for problem in folder.problems
        if problem.severity == "refus"
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([time.perf_counter() - started, time.process_time(), peak, refused]))


def _measured(target: Path) -> tuple[float, float, int, set[tuple]]:
    output = subprocess.run(
        [sys.executable, __file__, "--measure", str(target)],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""},
    ).stdout
    seconds, computing, peak, refused = json.loads(output)
    return seconds, computing, peak, {tuple(place) for place in refused}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the large wave")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    large = RESPONDENTS // 10 if options.small else RESPONDENTS
    print(
        "| folder | respondents × questions | spoilt | reported "
        "| seconds | CPU seconds | bar | peak MiB |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as room:
        build_study(Path(room) / "first", 10, 1, 0)
        _measured(Path(room) / "first")  # compiles what a fresh install has not compiled yet
        for name, size, problems, bar in (
            ("1 000 problems", 2_000, PROBLEMS, 5),
            ("large and sound", large, 0, 60),
            ("large, 1 000 problems", large, PROBLEMS, 60),
        ):
            target = Path(room) / name.replace(" ", "-")
            spoilt = build_study(target, size, QUESTIONS, problems)
            seconds, computing, peak, refused = _measured(target)
            found = f"{len(spoilt & refused)} of {len(spoilt)}"
            print(
                f"| {name} | {size} × {QUESTIONS} | {len(spoilt)} | {found} "
                f"| {seconds:.1f} | {computing:.1f} | {bar} | {peak} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
