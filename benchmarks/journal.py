"""How long the whole journal takes to verify: ``python benchmarks/journal.py [entries]``.

A million acts chained as the site chains them, with their details, an anchor each hundred
thousand; written in blocks, then read by ``verify``. Promise: 60 s.
"""

# ruff: noqa: E402 -- the site's place is said before Django reads it

from __future__ import annotations

import os
import resource
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

HOME = tempfile.TemporaryDirectory()
os.environ.update(CROISEE_HOME=HOME.name, DJANGO_SETTINGS_MODULE="croisee_web.config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from croisee_web.journal.models import ChainHead, Entry, EntryDetails
from croisee_web.journal.queries import verify
from croisee_web.journal.rules import ORIGIN, commitment, entry_digest
from croisee_web.journal.usecases import anchor

ENTRIES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
BLOCK, ANCHORED_EACH = 20_000, 100_000
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def write() -> None:
    previous = ORIGIN
    for start in range(0, ENTRIES, BLOCK):
        entries, details = [], []
        for n in range(start + 1, min(start + BLOCK, ENTRIES) + 1):
            content = {"participant": f"P-{n % 5000:04}", "rows": n % 90}
            salt = f"{n:064x}"
            committed = commitment(salt=salt, content=content)
            said = {
                "act": "people.consent.given",
                "actor": f"compte:{n % 30}",
                "study_id": n % 7,
            }
            at = AT + timedelta(seconds=n)
            digest = entry_digest(previous=previous, at=at, committed=committed, **said)
            entries.append(
                Entry(
                    pk=n,
                    happened_at=at,
                    commitment=committed,
                    previous=previous,
                    digest=digest,
                    **said,
                )
            )
            details.append(EntryDetails(entry_id=n, salt=salt, content=content))
            previous = digest
        Entry.objects.bulk_create(entries)
        EntryDetails.objects.bulk_create(details)
        length = start + len(entries)
        ChainHead.objects.update_or_create(pk=1, defaults={"digest": previous, "length": length})
        if length % ANCHORED_EACH == 0 or length == ENTRIES:
            anchor(actor="site", at=AT + timedelta(seconds=length))


def main() -> None:
    call_command("migrate", verbosity=0)
    write()
    started, cpu = perf_counter(), process_time()
    found = verify()
    seconds, cpu = perf_counter() - started, process_time() - cpu
    assert found.holds, found
    assert found.entries == ENTRIES
    size = Path(HOME.name, "croisee.sqlite3").stat().st_size >> 20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print("| base | entrées | Mio | vérifié en (s) | cpu s | mémoire (Mio) |")
    print(f"|---|{'---:|' * 5}")
    print(f"| {connection.vendor} | {ENTRIES} | {size} | {seconds:.1f} | {cpu:.1f} | {peak} |")


if __name__ == "__main__":
    main()
