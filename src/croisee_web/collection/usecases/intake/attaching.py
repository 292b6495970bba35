"""Files sent with filled forms: on disk, by their digest, before anybody is told they are.

What names somebody in them is removed first (:mod:`croisee_web.collection.rules.traces`): the
digest is that of what is kept. The same file sent again is cleared alike, so it is known again; no
digest of what was received is kept, by which a photograph could be searched on a telephone.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from croisee_web.collection.models import Attachment
from croisee_web.collection.rules.filled import SentFile, composed
from croisee_web.collection.rules.traces import cleared
from croisee_web.kit.disk import keep, remove

A_DAY = 24 * 3600.0
_ARRIVED, _HIDDEN = (0, 0), (1, 1)
"""Times written on the files of anonymous answers, in seconds since 1970: they tell no hour."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is on disk. ``name`` is as sent, in Unicode's composed form.

    ``size`` and ``sha256`` are those of what is kept. ``traces``: it may name who made it.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    traces: bool = False


def attachments_folder(study_id: int) -> Path:
    """Return where the files sent to a study lie."""
    return Path(settings.FILES_ROOT) / "collecte" / str(study_id)


def attachment_path(study_id: int, sha256: str) -> Path:
    """Return where a file of this digest lies, if it does."""
    return attachments_folder(study_id) / sha256[:2] / sha256


def keep_files(study_id: int, sent: Iterable[SentFile], *, anonymous: bool) -> tuple[KeptFile, ...]:
    """Write files that came with a form; each, and each name that leads to it, is on disk after.

    The same bytes under two names are one file. What no answer comes to hold is removed a day
    later (:func:`remove_unheld`). Where answers are ``anonymous`` a file bears no hour.
    """
    kept = []
    for file in sent:
        found = cleared(file.read())
        digest = hashlib.sha256(found.content).hexdigest()
        path = attachment_path(study_id, digest)
        # Written again even where it is: one that is being removed stays for this answer.
        keep(path, found.content)
        if anonymous:
            os.utime(path, _ARRIVED)
        kind = "".join(filter(str.isprintable, file.media_type.partition(";")[0]))[:100]
        size = len(found.content)
        kept.append(KeptFile(composed(file.name), kind, size, digest, found.traces))
    return tuple(kept)


def forget_files(study_id: int, digests: Iterable[str]) -> None:
    """Remove files from the disk once the act commits, where no other answer holds them."""
    found = frozenset(filter(None, digests))  # none where an answer has no file

    def remove_them() -> None:
        held = set(
            Attachment.objects.filter(
                submission__collecting__study_id=study_id, sha256__in=found
            ).values_list("sha256", flat=True)
        )
        for digest in found - held:
            remove(attachment_path(study_id, digest))

    transaction.on_commit(remove_them)


def remove_unheld(*, at: datetime) -> int:
    """Remove files older than a day that no answer holds; return how many."""
    root, removed = Path(settings.FILES_ROOT) / "collecte", 0
    for folder in sorted(root.glob("[0-9]*")):
        held = set(
            Attachment.objects.filter(
                submission__collecting__study_id=int(folder.name)
            ).values_list("sha256", flat=True)
        )
        for path in sorted(folder.glob("*/*")):
            # When its name was written; the other hour is hidden where answers are anonymous.
            old = at.timestamp() - path.stat().st_ctime >= A_DAY
            if old and path.name not in held:
                remove(path)
                removed += 1
    return removed


def hide_times() -> int:
    """Hide when files of anonymous answers arrived, from who reads the disk; return how many.

    Done once a day: those of the day are written anew, in an order drawn at random, and the
    hours that the system itself writes become the same for all.
    """
    held = {
        attachment_path(study_id, digest): (study_id, digest)
        for study_id, digest in Attachment.objects.filter(submission__collecting__anonymous=True)
        .exclude(sha256="")
        .values_list("submission__collecting__study_id", "sha256")
    }
    paths = [path for path in held if path.is_file()]
    secrets.SystemRandom().shuffle(paths)
    for path in paths:
        if path.stat().st_mtime != _HIDDEN[1]:
            keep(path, path.read_bytes())
        os.utime(path, _HIDDEN)
    for path in paths:  # one whose answer was taken back meanwhile does not come back
        study_id, digest = held[path]
        if not _is_held(study_id, digest):
            remove(path)
    return len(paths)


def _is_held(study_id: int, digest: str) -> bool:
    return Attachment.objects.filter(
        submission__collecting__study_id=study_id, sha256=digest
    ).exists()
