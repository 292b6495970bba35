"""The only place a mail is made; letters kept as files, where no mail server is set."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend

from croisee_web.kit.disk import sync_folder
from croisee_web.kit.templatetags.typography import typo_plain


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


def letter_of(
    to: str,
    subject: str,
    body: str,
    *,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> EmailMultiAlternatives:
    """Return one mail, spaced as the active language wants, its subject on one line.

    Texts of a study are typed in French form; read in English, « Avis : santé » loses a space.
    """
    return EmailMultiAlternatives(
        subject=typo_plain(" ".join(subject.split())),
        body=typo_plain(body),
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers=dict(headers or {}),
    )
