"""The tables of the collection slice."""

from croisee_web.collection.models.answers import (
    AnswerLink,
    AnswerSheet,
    Attachment,
    Collecting,
    CollectingCase,
    DayCount,
    DeviceKey,
    Draft,
    DraftFile,
    GoneSubmission,
    HandEntry,
    Invitation,
    Letter,
    RandomKey,
    Submission,
    Unsubscribed,
    random_number,
    random_salt,
)
from croisee_web.collection.models.bringing import Bringing
from croisee_web.collection.models.settling import Settlement

__all__ = [
    "AnswerLink",
    "AnswerSheet",
    "Attachment",
    "Bringing",
    "Collecting",
    "CollectingCase",
    "DayCount",
    "DeviceKey",
    "Draft",
    "DraftFile",
    "GoneSubmission",
    "HandEntry",
    "Invitation",
    "Letter",
    "RandomKey",
    "Settlement",
    "Submission",
    "Unsubscribed",
    "random_number",
    "random_salt",
]
