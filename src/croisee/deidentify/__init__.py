"""Candidates, review, masked text, and the log of replacements."""

from croisee.deidentify.candidates import CandidateFinder, find_candidates, voices
from croisee.deidentify.masking import (
    MaskedCorpus,
    MaskedDocument,
    MaskedTurn,
    Replacement,
    mask,
    mask_documents,
)
from croisee.deidentify.model import (
    Candidate,
    Decision,
    MaskEntry,
    PassageReview,
    Reviews,
    Turn,
)
from croisee.deidentify.patterns import Found, QuebecPatterns, Recogniser
from croisee.deidentify.registry import NameIndex, with_replacements
from croisee.deidentify.review import ReviewSummary, write_candidates_csv, write_reviews

__all__ = [
    "Candidate",
    "CandidateFinder",
    "Decision",
    "Found",
    "MaskEntry",
    "MaskedCorpus",
    "MaskedDocument",
    "MaskedTurn",
    "NameIndex",
    "PassageReview",
    "QuebecPatterns",
    "Recogniser",
    "Replacement",
    "ReviewSummary",
    "Reviews",
    "Turn",
    "find_candidates",
    "mask",
    "mask_documents",
    "voices",
    "with_replacements",
    "write_candidates_csv",
    "write_reviews",
]
