"""The one door through which filled forms are received; see :mod:`.intake.receiving`."""

from croisee_web.collection.usecases.intake.filed import Incoming
from croisee_web.collection.usecases.intake.receiving import (
    CASE_QUESTION,
    GRACE,
    SHORT,
    incoming,
    receive,
)
from croisee_web.collection.usecases.intake.removing import remove_by_receipt

__all__ = [
    "CASE_QUESTION",
    "GRACE",
    "SHORT",
    "Incoming",
    "incoming",
    "receive",
    "remove_by_receipt",
]
