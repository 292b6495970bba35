"""Codebook, codings, agreement between coders, code × case matrix, quotes."""

from croisee.qualitative.agreement import ALL, Agreement, CodeAgreement, agreement, agreement_of
from croisee.qualitative.attributes import (
    CodeAttribute,
    FrameworkCell,
    code_attribute,
    framework,
)
from croisee.qualitative.codebook import codebook, with_descendants
from croisee.qualitative.codings import Codings, read_codings
from croisee.qualitative.coefficients import (
    Coefficient,
    alpha_interval,
    cohen_kappa,
    gwet_ac1,
    krippendorff_alpha,
)
from croisee.qualitative.cooccurrence import (
    CodesTogether,
    Near,
    Sentences,
    read_sentences,
    together,
)
from croisee.qualitative.matrix import (
    CodedPassage,
    code_case,
    coded_passages,
    distinct_places,
    presence,
)
from croisee.qualitative.quotes import quotes
from croisee.qualitative.saturation import (
    Saturation,
    coverage,
    expected_curve,
    saturated_at,
    saturation,
    unseen,
)
from croisee.qualitative.speaking import Floor, Spoke, floor, gini
from croisee.qualitative.unitising import alpha_u, u_alpha, unitising_disagreement

__all__ = [
    "ALL",
    "Agreement",
    "CodeAgreement",
    "CodeAttribute",
    "CodedPassage",
    "CodesTogether",
    "Codings",
    "Coefficient",
    "Floor",
    "FrameworkCell",
    "Near",
    "Saturation",
    "Sentences",
    "Spoke",
    "agreement",
    "agreement_of",
    "alpha_interval",
    "alpha_u",
    "code_attribute",
    "code_case",
    "codebook",
    "coded_passages",
    "cohen_kappa",
    "coverage",
    "distinct_places",
    "expected_curve",
    "floor",
    "framework",
    "gini",
    "gwet_ac1",
    "krippendorff_alpha",
    "presence",
    "quotes",
    "read_codings",
    "read_sentences",
    "saturated_at",
    "saturation",
    "together",
    "u_alpha",
    "unitising_disagreement",
    "unseen",
    "with_descendants",
]
