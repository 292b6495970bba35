"""Files sent with filled forms: on disk, by their digest, before anybody is told they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from croisee_web.collection.models import Attachment
from croisee_web.collection.rules.filled import SentFile, composed
from croisee_web.kit.disk import keep, remove

A_DAY = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is on disk. ``name`` is as sent, in Unicode's composed form."""

    name: str
    media_type: str
    size: int
    sha256: str


def attachments_folder(study_id: int) -> Path:
    """Return where the files sent to a study lie."""
    return Path(settings.FILES_ROOT) / "collecte" / str(study_id)


def attachment_path(study_id: int, sha256: str) -> Path:
    """Return where a file of this digest lies, if it does."""
    return attachments_folder(study_id) / sha256[:2] / sha256


def keep_files(study_id: int, sent: Iterable[SentFile]) -> tuple[KeptFile, ...]:
    """Write files that came with a form; each, and each name that leads to it, is on disk after.

    The same bytes under two names are one file. What no answer comes to hold is removed a day
    later (:func:`remove_unheld`).
    """
    kept = []
    for file in sent:
        content = file.read()
        digest = hashlib.sha256(content).hexdigest()
        path = attachment_path(study_id, digest)
        # Written again even where it is: one that is being removed stays for this answer.
        keep(path, content)
        kind = "".join(filter(str.isprintable, file.media_type))[:100]
        kept.append(KeptFile(composed(file.name), kind, len(content), digest))
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
            old = at.timestamp() - path.stat().st_mtime >= A_DAY
            if old and path.name not in held:
                remove(path)
                removed += 1
    return removed
