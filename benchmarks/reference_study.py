"""The reference study from folder to report, and the same study 5 and 20 times larger.

    python benchmarks/reference_study.py

Prints wall time, processor time and peak memory of ``croisee run`` in a process of its own.
Goals: 20 s and 1.5 GiB for the study itself; 20 times larger, at most 10 times the time; memory
grows less than the number of documents.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STUDY = ROOT / "examples" / "etude-de-reference"
sys.path.insert(0, str(ROOT))

from examples.fabrique.agrandir import agrandir  # noqa: E402 -- the path is set above


def measured(study: Path, out: Path) -> tuple[float, float, float]:
    """Run one study in its own process; return wall seconds, processor seconds, peak MiB."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "croisee.cli", "run", str(study), "--out", str(out)],
        stdout=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"croisee run failed on {study}")
    seconds = time.perf_counter() - started
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        print("| study | documents | wall s | cpu s | peak MiB | wall ratio |")
        print("|---|---|---|---|---|---|")
        first = None
        for times in (1, 5, 20):
            study = place / f"x{times}"
            if times == 1:
                shutil.copytree(STUDY, study, ignore=shutil.ignore_patterns("registre"))
            else:
                agrandir(STUDY, study, times)
            documents = sum(1 for _ in (study / "documents").iterdir())
            wall, cpu, peak = measured(study, place / f"out{times}")
            first = first or wall
            print(
                f"| × {times} | {documents} | {wall:.1f} | {cpu:.1f} | {peak:.0f} "
                f"| {wall / first:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
