"""What was sent and led to nothing is forgotten: it may quote somebody."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from croisee_web.exchange.models import Upload
from croisee_web.exchange.queries import upload_path
from croisee_web.exchange.vocabulary import ImportState

KEPT_FOR = timedelta(days=7)
"""How long what must be corrected in a refused folder stays readable."""
UNFINISHED_FOR = timedelta(days=1)
"""After how long a file half received, or a folder half read, is nobody's."""
UNFINISHED = (".recu-*", ".import-*")


def forget_uploads(*, actor: str, at: datetime) -> int:
    """Remove the refused folders of a week ago, and those never read; return how many.

    A zip that no row waits for any more goes with its row; what a crash left half written goes
    after a day.
    """
    del actor
    with transaction.atomic():
        old = Upload.objects.filter(
            sent_at__lt=at - KEPT_FOR, state__in=(ImportState.REFUSED, ImportState.WAITING)
        )
        digests = set(old.values_list("sha256", flat=True))
        count = old.delete()[0]
    wanted = Upload.objects.filter(sha256__in=digests, state=ImportState.WAITING)
    for digest in digests - set(wanted.values_list("sha256", flat=True)):
        upload_path(digest).unlink(missing_ok=True)
    _forget_unfinished(at)
    return count


def _forget_unfinished(at: datetime) -> None:
    root = Path(settings.FILES_ROOT)
    for pattern in UNFINISHED:
        for path in root.glob(pattern):
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if changed > at - UNFINISHED_FOR:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
