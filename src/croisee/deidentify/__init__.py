"""Candidates, review, masked text, and the log of replacements."""

from croisee.deidentify.candidates import (
    CandidateFinder,
    default_recognisers,
    find_candidates,
    voices,
)
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
    WideDecision,
)
from croisee.deidentify.names import NamesOfQuebec
from croisee.deidentify.patterns import Found, QuebecPatterns, Recogniser
from croisee.deidentify.registry import NameIndex, with_replacements
from croisee.deidentify.review import ReviewSummary, write_candidates_csv, write_reviews
from croisee.deidentify.spoken import SpokenIdentifiers

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
    "NamesOfQuebec",
    "PassageReview",
    "QuebecPatterns",
    "Recogniser",
    "Replacement",
    "ReviewSummary",
    "Reviews",
    "SpokenIdentifiers",
    "Turn",
    "WideDecision",
    "default_recognisers",
    "find_candidates",
    "mask",
    "mask_documents",
    "voices",
    "with_replacements",
    "write_candidates_csv",
    "write_reviews",
]
