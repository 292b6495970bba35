"""The reference study from folder to report, and the same study 5 and 20 times larger.

Claims: ``croisee run`` takes 20 s on two processors and 1.5 GiB at most; a study 20 times larger
takes at most 10 times as long; memory grows less than the number of documents: they are read,
masked and reviewed one at a time, and their turns held once, packed in columns.
Larger studies come from ``examples/fabrique/agrandir.py``: same shape, more of everything, but
for two things that make them a little lighter than a true one of that size. Sentences of the
findings that hold a number are dropped, with their marks: other groupings of answers pass the
gate at another size, and a mark would name a row that is not there. Quotes are not copied.

    python benchmarks/reference_study.py [times …]

Each run is one process of its own, imports and start included; it starts no other process, so
its peak is that of everything.
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
sys.path.insert(0, str(ROOT / "examples" / "fabrique"))

from agrandir import STUDY, enlarge  # noqa: E402 -- the path is set above

TIMES = (1, 5, 20)


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
    """Print the table: a line a size, and how it grows from the first."""
    first: tuple[float, float, int] | None = None
    print(f"{os.cpu_count()} processors")
    print("| study | documents | load before | wall s | cpu s | peak MiB | wall × | peak × |")
    print("| ----: | --------: | ----------: | -----: | ----: | -------: | -----: | -----: |")
    for times in [int(word) for word in sys.argv[1:]] or TIMES:
        with tempfile.TemporaryDirectory() as folder:
            study = Path(folder) / "study"
            if times == 1:  # word for word: enlarging leaves numbers out of the findings
                shutil.copytree(STUDY, study, ignore=shutil.ignore_patterns("registre"))
            else:
                enlarge(study, times)
            documents = sum(1 for _ in (study / "documents").iterdir())
            load = os.getloadavg()[0]
            wall, cpu, peak = measured(study, Path(folder) / "results")
        first = first or (wall, peak, documents)
        grown = f"{wall / first[0]:.1f} | {peak / first[1]:.1f}"
        print(
            f"| × {times} | {documents} | {load:.1f} | {wall:.1f} | {cpu:.1f} | {peak:.0f} "
            f"| {grown} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
