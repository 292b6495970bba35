"""Candidates, review, masked text, and the log of replacements."""

from croisee.deidentify.model import (
    Candidate,
    Decision,
    MaskEntry,
    PassageReview,
    Reviews,
    Turn,
)

__all__ = ["Candidate", "Decision", "MaskEntry", "PassageReview", "Reviews", "Turn"]
