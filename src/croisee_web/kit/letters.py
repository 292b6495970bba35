"""Letters kept as files, where no mail server is set: somebody carries them."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.mail.backends.filebased import EmailBackend

from croisee_web.kit.disk import sync_folder


class LetterFiles(EmailBackend):
    """Django's files of mail, on the disk before the sending is said done."""

    def close(self) -> None:
        """End the file of this sending."""
        written = self.stream
        if written is not None:
            written.flush()
            os.fsync(written.fileno())
        super().close()
        if written is not None:
            folder = Path(self.file_path)
            sync_folder(folder)
            sync_folder(folder.parent)
