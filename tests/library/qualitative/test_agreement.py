"""Agreement between coders, against published worked examples."""

from decimal import Decimal
from fractions import Fraction

import pytest
from coded_study import coding, frozen
from hypothesis import given
from hypothesis import strategies as st

from croisee.qualitative import agreement, krippendorff_alpha

MEG = "0100000010"
OWEN = "1110010000"


def test_alpha_of_two_observers_and_binary_data():
    """Krippendorff (2011), part A: 10 units, alpha = 0.095."""
    units = list(zip(MEG, OWEN, strict=True))

    assert round(krippendorff_alpha(units), 3) == Fraction("0.095")


def test_alpha_of_four_observers_with_missing_data():
    """Krippendorff (2011), part C: nominal data, 12 units, alpha = 0.743."""
    a = [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None]
    b = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3]
    c = [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None]
    d = [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]

    alpha = krippendorff_alpha(list(zip(a, b, c, d, strict=True)))

    assert round(alpha, 3) == Fraction("0.743")


@pytest.mark.parametrize("units", [[], [("x", "x")], [("x", None)], [("x", "x"), ("x", "x")]])
def test_alpha_says_nothing_when_nothing_varies(units):
    assert krippendorff_alpha(units) is None


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("ab")), min_size=1, max_size=9))
def test_alpha_is_one_exactly_when_all_agree(units):
    alpha = krippendorff_alpha(units)

    if alpha is not None:
        assert (alpha == 1) == all(x == y for x, y in units)
        assert alpha <= 1


def test_agreement_counts_the_turns_two_people_judged(tmp_path):
    codings = [
        coding("e-1", 2, "aide", coder="c-1"),
        coding("e-1", 2, "aide", coder="c-2"),
        coding("e-1", 3, "materiel", coder="c-1"),
        coding("g-1", 1, "aide", coder="c-1"),
    ]

    found = agreement(frozen(tmp_path, codings=codings))

    assert (found.turns, found.documents, found.coders, found.codes) == (2, 1, 2, 2)
    assert found.alpha == Decimal("0.533")


def test_one_coder_is_no_agreement(tmp_path):
    assert agreement(frozen(tmp_path, codings=[coding("e-1", 2, "aide")])) is None
