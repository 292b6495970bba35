"""Thirty-two writers, a worker and a freeze at once: how long a lock is waited for, what fails.

    python benchmarks/crowded_intake.py [seconds] [postgresql://…]

The site is that of ``intake.py``: its real web process, and its worker (``django work``), which
freezes the study and computes its results again and again while thirty-two connections send
answers. A witness, in a process of its own, asks twenty times a second for the lock that every
writer waits for (SQLite: the whole base; PostgreSQL: the head of the journal), notes how long it
waited, and gives it back.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import intake

WRITERS, BAR = 32, 2.0
"""Connections that send; the longest wait for a lock allowed, p99, in seconds."""
PAUSE = 0.05


def witness(seconds: float, told: Any) -> None:
    """Ask for the lock that every writer waits for, again and again; tell each wait."""
    import django  # noqa: PLC0415 -- its settings come first

    django.setup()
    from django.db import OperationalError, connection, transaction  # noqa: PLC0415

    lock = (
        "SELECT digest FROM journal_chainhead WHERE id = 1 FOR UPDATE"
        if connection.vendor == "postgresql"
        else "UPDATE journal_chainhead SET length = length WHERE id = 1"
    )
    connection.ensure_connection()
    told.send("ready")
    waits, refused, until = [], 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        start = time.perf_counter()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(lock)
                waits.append(time.perf_counter() - start)
        except OperationalError:
            refused += 1
        time.sleep(PAUSE)
    connection.close()
    told.send((waits, refused))


def freezes_asked(study: int, until: float) -> tuple[Counter[str], int]:
    """Ask for a freeze each time the last is done; return how each ended, and how much it holds."""
    from django.utils import timezone  # noqa: PLC0415

    from croisee_web.access.models import Account  # noqa: PLC0415
    from croisee_web.analysis.models import Run  # noqa: PLC0415
    from croisee_web.analysis.usecases import ask_for_run  # noqa: PLC0415
    from croisee_web.collection.models import AnswerSheet  # noqa: PLC0415

    lead, seen = Account.objects.get(), 0
    ended: Counter[str] = Counter()
    while time.perf_counter() < until:
        run = ask_for_run(study_id=study, actor=lead, at=timezone.now())
        while time.perf_counter() < until + 60:
            time.sleep(0.1)
            found = Run.objects.filter(pk=run.pk).values_list("state", flat=True).first()
            if found in {None, "done", "refused"}:
                ended[str(found)] += 1
                break
        seen = AnswerSheet.objects.count()
    return ended, seen


def crowded(home: Path, key: str, version: str, study: int) -> None:
    """Print what was seen while everything ran at once."""
    worker = subprocess.Popen([sys.executable, "-P", "-m", "django", "work"])
    here, there = multiprocessing.Pipe()
    watch = multiprocessing.get_context("spawn").Process(
        target=witness, args=(intake.SECONDS, there)
    )
    try:
        with intake.Web(intake.PLAIN) as web:
            intake.load_short(web.port, key, version)
            watch.start()
            assert here.recv() == "ready"
            client, ours = multiprocessing.Pipe()
            sending = multiprocessing.Process(
                target=intake._client, args=(web.port, key, version, WRITERS, ours)
            )
            sending.start()
            ended, sheets = freezes_asked(study, time.perf_counter() + intake.SECONDS)
            seen: intake.Load = client.recv()
            waits, refused = here.recv()
            sending.join()
            watch.join()
    finally:
        worker.terminate()
        worker.wait()
    cuts = statistics.quantiles(waits, n=100)
    failed = sum(number for status, number in seen.statuses.items() if status >= 500)
    print("| | par seconde | p50 (ms) | p99 (ms) | le pire (ms) | réponses |")
    print("|---|---|---|---|---|---|")
    found = statistics.quantiles(seen.seconds, n=100)
    said = ", ".join(f"{n} × {status}" for status, n in sorted(seen.statuses.items()))
    print(
        f"| {WRITERS} connexions qui envoient | {seen.rate:.0f} | {1000 * found[49]:.0f} "
        f"| {1000 * found[98]:.0f} | {1000 * max(seen.seconds):.0f} | {said} |"
    )
    print(
        f"| attente du verrou par un témoin | {len(waits) / intake.SECONDS:.0f} "
        f"| {1000 * cuts[49]:.0f} | {1000 * cuts[98]:.0f} | {1000 * max(waits):.0f} "
        f"| {refused} refus |"
    )
    told = ", ".join(f"{number} × {state}" for state, number in sorted(ended.items()))
    size = (home / "croisee.sqlite3").stat().st_size // 2**20 if not intake.ADDRESS else 0
    print(f"\ngels pendant ce temps : {told} ; {sheets} réponses gardées ; base : {size} Mio")
    print(f"{failed} réponses 5xx ; p99 du verrou : {cuts[98]:.2f} s ({BAR:.0f} s au plus)")


def main() -> None:
    """Make a site, and run everything at once, long enough for a freeze to begin and end."""
    if len(sys.argv) < 2:
        intake.SECONDS = 60.0
    with tempfile.TemporaryDirectory() as made:
        intake.at_home(made)
        key, version, study = intake.prepare(Path(made))
        print(f"charge de la machine au départ : {os.getloadavg()[0]:.2f}\n")
        crowded(Path(made), key, version, study)


if __name__ == "__main__":
    main()
