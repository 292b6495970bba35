"""Somebody imports a large study; everybody else goes on writing.

Claim: with SQLite, while 65 000 answers to 100 questions come in, no other writing fails and
none waits longer than 10 seconds (it would be refused after 20, in words).

    python benchmarks/import_writers.py [respondents]

The import is a process of its own; here, an act is recorded again and again meanwhile.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from platform_freeze import MULTIPLE, QUESTIONS, _site

MOST_SECONDS = 10.0
PAUSE = 0.1


def write_folder(home: Path, respondents: int) -> None:
    """Write the study folder that will come in."""
    from invented_wave import WAVE, answers, study  # noqa: PLC0415

    from croisee.studyfolder import Written, gather_study, write_study  # noqa: PLC0415

    described = study(QUESTIONS, MULTIPLE)
    wave = answers(described, respondents)
    write_study(gather_study(described, {WAVE: wave}, {}, {}, Written()), home / "dossier")


def bring_in(home: Path) -> None:
    """Import the folder, as the worker does."""
    _site(home)
    from django.utils import timezone  # noqa: PLC0415

    from croisee_web.access.models import Account  # noqa: PLC0415
    from croisee_web.exchange.usecases import import_folder  # noqa: PLC0415

    start = time.perf_counter()
    import_folder(folder=home / "dossier", actor=Account.objects.get(), at=timezone.now())
    print(f"import: {time.perf_counter() - start:.1f} s", flush=True)


def write_meanwhile(home: Path, importing: subprocess.Popen[bytes]) -> tuple[list[float], int]:
    """Record acts until the import ends; return how long each took, and how many failed."""
    _site(home)
    from django.db import DatabaseError  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from croisee_web.journal.usecases import record  # noqa: PLC0415
    from croisee_web.journal.vocabulary import SITE_STARTED  # noqa: PLC0415

    waits, failures = [], 0
    while importing.poll() is None:
        start = time.perf_counter()
        try:
            record(act=SITE_STARTED, actor="site", at=timezone.now())
        except DatabaseError:
            failures += 1
        waits.append(time.perf_counter() - start)
        time.sleep(PAUSE)
    return waits, failures


def main(respondents: int) -> int:
    """Measure, and say whether the claim holds."""
    with tempfile.TemporaryDirectory(prefix="croisee-") as made:
        home = Path(made)
        _site(home)
        from django.core.management import call_command  # noqa: PLC0415
        from django.utils import timezone  # noqa: PLC0415

        from croisee_web.access.models import Account  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        Account.objects.create(
            email="admin@exemple.ca", name="Ada", is_administrator=True, created_at=timezone.now()
        )
        write_folder(home, respondents)
        command = [sys.executable, __file__, "--bring-in", str(home)]
        importing = subprocess.Popen(command)
        waits, failures = write_meanwhile(home, importing)
        longest = max(waits, default=0.0)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print("| measure | value | bar |\n| --- | ---: | ---: |")
    print(f"| other writings during the import of {respondents} answers | {len(waits)} | |")
    print(f"| of which failed | {failures} | 0 |")
    print(f"| longest wait of one, seconds | {longest:.1f} | {MOST_SECONDS:.0f} |")
    return int(failures > 0 or longest > MOST_SECONDS or importing.returncode != 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bring-in"]:
        bring_in(Path(sys.argv[2]))
    else:
        raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 65_000))
