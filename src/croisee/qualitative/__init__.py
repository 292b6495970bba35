"""Codebook, codings, agreement between coders, code × case matrix, quotes."""

from croisee.qualitative.agreement import Agreement, agreement, krippendorff_alpha
from croisee.qualitative.codebook import codebook, with_descendants
from croisee.qualitative.matrix import (
    CodedPassage,
    code_case,
    coded_passages,
    distinct_places,
    presence,
)
from croisee.qualitative.quotes import quotes

__all__ = [
    "Agreement",
    "CodedPassage",
    "agreement",
    "code_case",
    "codebook",
    "coded_passages",
    "distinct_places",
    "krippendorff_alpha",
    "presence",
    "quotes",
    "with_descendants",
]
