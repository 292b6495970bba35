"""A site in a process of its own that receives answers: ``prepare HOME``, ``live``, ``look HOME``.

``prepare`` prints the device's key and the form's version. ``live HOME TOLD HOW`` receives answers
with photographs one after the other, and adds a line to ``TOLD`` once each is acknowledged (HOW:
plain; normal, where SQLite is told not to flush each commit; unsynced, where no file is flushed).
``look HOME`` prints what is held, as JSON: numbers of answers, faults.
"""

import json
import os
import sys
from pathlib import Path

os.umask(0o077)
command, home = sys.argv[1], sys.argv[2]
os.environ.update(
    CROISEE_HOME=home, DJANGO_SETTINGS_MODULE="croisee_web.config.settings",
    CROISEE_SECRET_KEY="only-for-tests",
)  # fmt: skip

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from tests.web.collection.conducting_world import AT  # noqa: E402
from tests.web.collection.receiving_world import Asked, asked_of  # noqa: E402

from croisee_web.collection.models import (  # noqa: E402
    AnswerSheet,
    Attachment,
    Collecting,
    Submission,
)
from croisee_web.collection.usecases.devices import make_key  # noqa: E402
from croisee_web.collection.usecases.intake.attaching import attachment_path  # noqa: E402
from croisee_web.journal.queries import verify  # noqa: E402


def prepare():
    call_command("migrate", verbosity=0)
    asked = asked_of()
    key = make_key(
        collecting_id=asked.collecting.pk, label="x", case="carrefours", actor=asked.world.lead,
        at=AT,
    )  # fmt: skip
    sys.stdout.write(json.dumps([key.secret, asked.collecting.published.form_version]))


def live(told, how):
    """Receive forty answers, each with a photograph of its own."""
    if how == "normal":
        connection.cursor().execute("PRAGMA synchronous=NORMAL")
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone()[0] == 2  # FULL
    if how == "unsynced":
        os.fsync = lambda _descriptor: None
    collecting = Collecting.objects.select_related("published").get()
    asked = Asked(None, None, collecting)
    for number in range(1, 41):
        asked.receive(number, photo=f"{number}.jpg", files=[(f"{number}.jpg", b"%d" % number)])
        with Path(told).open("a") as lines:
            lines.write(f"{number}\n")


def look():
    """Say what is there, and what is wrong with it."""
    faults = []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            faults += [row[0] for row in cursor.fetchall() if row[0] != "ok"]
            cursor.execute("PRAGMA foreign_key_check")
            faults += [str(row) for row in cursor.fetchall()]
    rows = list(Submission.objects.select_related("collecting"))
    for one in Attachment.objects.select_related("submission__collecting"):
        path = attachment_path(one.submission.collecting.study_id, one.sha256)
        if not path.is_file() or path.stat().st_size != one.size:
            faults.append(f"file of {one.submission.instance_id}")
    if AnswerSheet.objects.count() != len(rows):
        faults.append("sheets")
    if verify().broken:
        faults.append("journal")
    return {"numbers": sorted(row.instance_id for row in rows), "faults": faults}


if __name__ == "__main__":
    if command == "prepare":
        prepare()
    elif command == "live":
        live(*sys.argv[3:])
    else:
        sys.stdout.write(json.dumps(look()))
