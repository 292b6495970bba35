"""Codebook, codings, agreement between coders, code × case matrix, quotes."""

from croisee.qualitative.agreement import ALL, Agreement, CodeAgreement, agreement, agreement_of
from croisee.qualitative.codebook import codebook, with_descendants
from croisee.qualitative.codings import Codings, read_codings
from croisee.qualitative.coefficients import (
    Coefficient,
    alpha_interval,
    cohen_kappa,
    gwet_ac1,
    krippendorff_alpha,
)
from croisee.qualitative.matrix import (
    CodedPassage,
    code_case,
    coded_passages,
    distinct_places,
    presence,
)
from croisee.qualitative.quotes import quotes
from croisee.qualitative.unitising import alpha_u, u_alpha, unitising_disagreement

__all__ = [
    "ALL",
    "Agreement",
    "CodeAgreement",
    "CodedPassage",
    "Codings",
    "Coefficient",
    "agreement",
    "agreement_of",
    "alpha_interval",
    "alpha_u",
    "code_case",
    "codebook",
    "coded_passages",
    "cohen_kappa",
    "distinct_places",
    "gwet_ac1",
    "krippendorff_alpha",
    "presence",
    "quotes",
    "read_codings",
    "u_alpha",
    "unitising_disagreement",
    "with_descendants",
]
