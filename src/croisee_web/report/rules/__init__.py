"""What may be shown, signed, answered and refused: rules that ask nothing of the database."""

from croisee_web.report.rules.amendments import Proposal, proposal_of, removal_of
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
from croisee_web.report.rules.findings import (
    FIELDS,
    Change,
    ChangedMeanwhile,
    FindingText,
    compared,
    finding_text,
    kept_text,
    with_notes,
)
from croisee_web.report.rules.refusals import refusal_told, refusal_words

__all__ = [
    "ARCHIVE",
    "FIELDS",
    "MEDIA",
    "PUBLIC_KEY",
    "SIGNATURE",
    "SIGNED",
    "Answer",
    "Change",
    "ChangedMeanwhile",
    "FindingText",
    "NotShown",
    "Proposal",
    "compared",
    "content_policy",
    "copy_shown",
    "finding_text",
    "is_shown",
    "kept_text",
    "media_of",
    "proposal_of",
    "refusal_told",
    "refusal_words",
    "removal_of",
    "with_notes",
    "write_archive",
]
