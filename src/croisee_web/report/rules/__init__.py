"""What may be shown, signed, answered and refused: rules that ask nothing of the database."""

from croisee_web.report.rules.archives import write_archive
from croisee_web.report.rules.files import (
    ARCHIVE,
    MEDIA,
    PUBLIC_KEY,
    SIGNATURE,
    SIGNED,
    Answer,
    NotShown,
    content_policy,
    copy_shown,
    is_shown,
    media_of,
)
from croisee_web.report.rules.refusals import refusal_told, refusal_words

__all__ = [
    "ARCHIVE",
    "MEDIA",
    "PUBLIC_KEY",
    "SIGNATURE",
    "SIGNED",
    "Answer",
    "NotShown",
    "content_policy",
    "copy_shown",
    "is_shown",
    "media_of",
    "refusal_told",
    "refusal_words",
    "write_archive",
]
