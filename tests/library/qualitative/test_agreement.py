"""Agreement between coders: published worked examples, and every line computed the slow way."""

from fractions import Fraction

import numpy as np
import pytest
from coded_study import coding, frozen
from codings_in_memory import LENGTHS, LINE, codings_of
from hypothesis import given
from hypothesis import strategies as st

from croisee.qualitative import (
    ALL,
    Coefficient,
    agreement,
    agreement_of,
    alpha_interval,
    alpha_u,
    cohen_kappa,
    gwet_ac1,
    krippendorff_alpha,
    u_alpha,
    unitising_disagreement,
)

MEG = "0100000010"
OWEN = "1110010000"
FOUR = list(
    zip(
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
        strict=True,
    )
)
"""Four observers, twelve units: Krippendorff (2011), part C."""
C = [[(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]]
K = [[(30, 90), (150, 200)], [(30, 90), (150, 200)]]
"""Two codes of two observers on 300 characters: Krippendorff (2004), figure 2."""


def rounded(found, places):
    return tuple(round(part, places) for part in (found.value, found.low, found.high))


def of_table(table):
    """Return the values of two observers, from how many units fell in each cell."""
    cells = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return [i for i, _ in cells], [j for _, j in cells]


def test_alpha_of_two_observers_and_binary_data():
    """Krippendorff (2011), part A: 10 units, alpha = 0.095."""
    units = list(zip(MEG, OWEN, strict=True))

    assert round(krippendorff_alpha(units), 3) == Fraction("0.095")


def test_alpha_of_four_observers_with_missing_data():
    """Krippendorff (2011), part C: nominal data, 12 units, alpha = 0.743."""
    assert round(krippendorff_alpha(FOUR), 3) == Fraction("0.743")


def test_interval_of_alpha():
    """Gwet's R package irrCAC, overview: alpha 0.743, from 0.419 to 1, on the same twelve units."""
    assert rounded(alpha_interval(FOUR), 3) == (0.743, 0.419, 1.0)


def test_ac1_of_four_observers_with_missing_data():
    """Gwet's R package irrCAC, overview: AC1 0.775, from 0.461 to 1, on the same twelve units."""
    assert rounded(gwet_ac1(FOUR), 3) == (0.775, 0.461, 1.0)


def test_kappa_and_its_interval_on_fleiss_s_diagnoses():
    """Fleiss (1981), table 13.1: a hundred patients, kappa 0.676, standard error 0.088."""
    kappa = cohen_kappa(*of_table([[75, 1, 4], [5, 4, 1], [0, 0, 10]]))

    assert round(kappa.value, 3) == 0.676
    assert round((kappa.high - kappa.value) / 1.96, 3) == 0.088


def test_kappa_of_a_hundred_abstracted_records():
    """Gwet's R package irrCAC, overview: cont3x3abstractors, kappa 0.796, from 0.680 to 0.913.

    Its interval is Student's, ours the large-sample one of Fleiss, Cohen and Everitt: it is
    narrower by a thousandth on each side.
    """
    kappa = cohen_kappa(*of_table([[13, 0, 0], [0, 20, 7], [0, 4, 56]]))

    assert round(kappa.value, 7) == 0.7964094
    assert rounded(kappa, 3)[1:] == (0.681, 0.912)


@pytest.mark.parametrize(
    ("table", "qualcoder", "cohen"),
    [
        ([[340, 10], [10, 40]], 0.6601, 0.7714),
        ([[3940, 10], [10, 40]], 0.6601, 0.7975),
        ([[100, 100], [100, 100]], 0.2987, 0.0),
        ([[1, 19], [19, 361]], 0.9046, 0.0),
    ],
)
def test_kappa_of_qualcoder_calls_chance_agreement(table, qualcoder, cohen):
    """What QualCoder's comparison report computes, beside Cohen's kappa of the same characters."""
    (_, other), (one, both) = table
    marked = one + other + both
    first, second = (both + one) / marked, (both + other) / marked
    chance = first * second * (1 - first) * (1 - second)

    assert round((both / marked - chance) / (1 - chance), 4) == qualcoder
    assert round(cohen_kappa(*of_table(table)).value, 4) == cohen


@pytest.mark.parametrize("units", [[], [("x", "x")], [("x", None)], [("x", "x"), ("x", "x")]])
def test_no_coefficient_when_nothing_varies(units):
    assert krippendorff_alpha(units) is None
    assert alpha_interval(units) == gwet_ac1(units) == Coefficient(None)


def test_kappa_says_nothing_when_nothing_varies():
    assert cohen_kappa("aa", "aa") == cohen_kappa("", "") == Coefficient(None)
    with pytest.raises(ValueError, match="shorter"):
        cohen_kappa("aa", "a")


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("ab")), min_size=1, max_size=9))
def test_coefficients_are_one_exactly_when_all_agree(units):
    alike = all(x == y for x, y in units)
    values = [
        krippendorff_alpha(units),
        gwet_ac1(units).value,
        cohen_kappa(*zip(*units, strict=True)).value,
    ]

    for value in values:
        if value is not None:
            assert (value == 1) == alike
            assert value <= 1


def test_first_alpha_for_unitising():
    """Krippendorff (2004), figure 2 and appendix: code c 0.7286, code k 1, both 0.859."""
    seen, chance = unitising_disagreement(300, C)

    assert (round(float(seen), 4), round(float(chance), 4)) == (0.0144, 0.0532)
    assert round(float(alpha_u(300, {"c": C})), 4) == 0.7286
    assert alpha_u(300, {"k": K}) == 1
    assert round(float(alpha_u(300, {"c": C, "k": K})), 3) == 0.859


def test_revised_alpha_for_unitising_by_hand():
    """Code c of the same figure, by the rules of Krippendorff and others (2016).

    Both mark 145-75 = 70 characters, then 5 of 220-225; they differ on 5 + 5 + 25 + 15 + 20 = 70
    of 300. Drawing two of 600 places, not both of one unit: 600² less squares of units
    (70² + 30² + 80² + 20² + 20² = 13 000) less the 380 places of gaps = 346 620; of these
    2 × 220 × 380 = 167 200 differ. Alpha = 1 - (70 / 300) / (167 200 / 346 620).
    """
    named = [[(start, end, "c") for start, end in spans] for spans in C]

    assert u_alpha(300, named) == 1 - Fraction(70, 300) / Fraction(167_200, 346_620)


SECTIONS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 5), st.sampled_from("ab")), max_size=5
)


def laid(steps, length):
    found, at = [], 0
    for gap, size, value in steps:
        if at + gap + size <= length:
            found.append((at + gap, at + gap + size, value))
            at += gap + size
    return found


@given(st.lists(SECTIONS, min_size=2, max_size=3))
def test_revised_alpha_is_what_its_definition_says_place_by_place(observers):
    """Every place of every observer is drawn against every other that is not of its own unit."""
    length = 14
    units = [laid(steps, length) for steps in observers]
    places = []
    for who, found in enumerate(units):
        value = {at: (v, (who, s)) for s, e, v in found for at in range(s, e)}
        places.append([value.get(at, (None, (who, at, "gap"))) for at in range(length)])
    flat = [place for row in places for place in row]
    drawn = [(one, other) for one in flat for other in flat if one[1] != other[1]]
    chance = Fraction(sum(one[0] != other[0] for one, other in drawn), len(drawn))
    met = [
        (one[at], other[at])
        for one in places for other in places if one is not other for at in range(length)
    ]  # fmt: skip
    seen = Fraction(sum(one[0] != other[0] for one, other in met), len(met))

    assert u_alpha(length, units) == (1 - seen / chance if chance else None)


@pytest.mark.parametrize(
    "spans", [[(0, 5), (4, 8)], [(5, 5)], [(8, 11)], [(-1, 3)]]
)  # fmt: skip
def test_units_that_overlap_or_leave_the_text_are_refused(spans):
    with pytest.raises(ValueError, match="overlaps another or leaves the text"):
        unitising_disagreement(10, [spans, []])
    with pytest.raises(ValueError, match="overlaps another or leaves the text"):
        u_alpha(10, [[(*span, "c") for span in spans], []])


def test_one_observer_agrees_with_nobody():
    with pytest.raises(ValueError, match="one observer"):
        unitising_disagreement(10, [[(0, 5)]])
    with pytest.raises(ValueError, match="one observer"):
        u_alpha(10, [[(0, 5, "c")]])


def test_text_that_nobody_marked_has_no_alpha():
    assert alpha_u(10, {"c": [[], []]}) is None
    assert u_alpha(10, [[], []]) is None


def judged(codings, code, by_character):
    """Return, document by document, the judgements of each unit by the coders of the document."""
    found = []
    for document in range(len(codings.documents)):
        mine = codings.document[codings.turn] == document
        coders = sorted(set(codings.coder[mine].tolist()))
        units = []
        for place in np.flatnonzero(codings.document == document):
            here = (codings.turn == place) & (codings.code == code)
            size = codings.length[place] if by_character else 1
            for at in range(size):
                inside = here & (codings.start <= at) & (at < codings.end) if by_character else here
                users = set(codings.coder[inside].tolist())
                units.append({coder: coder in users for coder in coders})
        if len(coders) > 1:
            found.append(units)
    return found


def slow_kappa(documents):
    coders = sorted({coder for units in documents for coder in units[0]})
    values = []
    for place, one in enumerate(coders):
        for other in coders[place + 1 :]:
            both = [u for units in documents for u in units if one in u and other in u]
            value = cohen_kappa([u[one] for u in both], [u[other] for u in both]).value
            values += [value] if value is not None else []
    return sum(values) / len(values) if values else None


def slow(documents):
    units = [list(unit.values()) for document in documents for unit in document]
    alpha = krippendorff_alpha(units)
    return {
        "kappa": slow_kappa(documents),
        "alpha": None if alpha is None else float(alpha),
        "ac1": gwet_ac1(units).value,
    }


@given(st.lists(LINE, min_size=2, max_size=25), st.booleans())
def test_every_line_is_what_its_judgements_say_one_by_one(lines, by_character):
    """Also with one document less: the interval is the jackknife of the same values."""
    codings = codings_of([(0, 0, 0, 1, 0, 0), *lines], 6)

    found = agreement_of(codings)

    read = (found.by_character if by_character else found.by_turn) if found else ()
    for line in read[1:]:
        documents = judged(codings, "ab".index(line.code), by_character)
        assert len(documents) == found.documents
        expected = slow(documents)
        units = [list(u.values()) for d in documents for u in d]
        assert line.marked == sum(any(unit) for unit in units)
        for name, value in expected.items():
            coefficient = getattr(line, name)
            assert coefficient.value == pytest.approx(value, abs=1e-9)
            if coefficient.low is not None:
                less = [
                    slow(documents[:i] + documents[i + 1 :])[name] for i in range(len(documents))
                ]
                spread = sum((one - sum(less) / len(less)) ** 2 for one in less)
                spread *= (len(less) - 1) / len(less)
                t = {5: 2.776445, 6: 2.570582}[len(less)]
                low = max(-1, value - t * spread**0.5)
                assert coefficient.low == pytest.approx(low, abs=1e-5)


@given(st.lists(LINE, min_size=3, max_size=25))
def test_unitising_line_is_the_revised_alpha_of_the_documents_end_to_end(lines):
    """When the same two coders coded each document, it is one long text."""
    lines = [(*line[:5], line[5] % 2) for line in lines]
    both = [(d, 0, 0, 1, 1, coder) for d in range(6) for coder in (0, 1)]
    codings = codings_of([*both, *lines], 6, coders=2)
    whole = sum(LENGTHS) * 6
    begin = np.concatenate(([0], np.cumsum(codings.length)[:-1]))

    line = next((x for x in agreement_of(codings).by_character if x.code == "a"), None)

    observers = []
    for coder in (0, 1):
        mine = (codings.coder == coder) & (codings.code == 0)
        spans = sorted(
            (int(begin[t] + s), int(begin[t] + e), int(t))
            for t, s, e in zip(
                codings.turn[mine], codings.start[mine], codings.end[mine], strict=True
            )
        )
        joined = []
        for start, end, turn in spans:
            if joined and joined[-1][2] == turn and start < joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1]), turn
            else:
                joined.append((start, end, turn))
        observers.append([(start, end, "a") for start, end, _ in joined])
    expected = u_alpha(whole, observers)
    assert (line is None) == (expected is None)
    if line is not None:
        assert line.unitising.value == pytest.approx(float(expected), abs=1e-9)


def test_all_codes_together_do_not_gain_from_some_being_common():
    """Two coders as alike as chance makes them, on one code common and one rare: nobody agrees.

    Judgements of both codes thrown in one heap would give an alpha of 0.17: knowing which code
    is common is not agreeing on where it is.
    """
    turns = [(document, turn) for turn in range(3) for document in range(6)]
    marked = [
        (0, 0, turns[:12]), (0, 1, turns[:8] + turns[12:16]), (1, 0, turns[:6]), (1, 1, turns[5:8])
    ]  # fmt: skip
    codings = codings_of(
        [(d, t, 0, 1, code, coder) for code, coder, places in marked for d, t in places],
        6,
        coders=2,
    )

    first, common, rare = agreement_of(codings).by_turn

    heap = [list(u.values()) for code in (0, 1) for d in judged(codings, code, False) for u in d]
    assert first.code == ALL
    assert first.kappa.value == common.kappa.value == rare.kappa.value == pytest.approx(0)
    assert round(first.alpha.value, 3) == 0.011
    assert round(float(krippendorff_alpha(heap)), 2) == 0.17


def test_agreement_counts_the_turns_two_people_judged(tmp_path):
    codings = [
        coding("e-1", 2, "aide", coder="c-1"),
        coding("e-1", 2, "aide", coder="c-2"),
        coding("e-1", 3, "materiel", coder="c-1"),
        coding("g-1", 1, "aide", coder="c-1"),
        coding("e-1", 1, "aide", coder="c-2"),
    ]

    found = agreement(frozen(tmp_path, codings=codings))

    assert (found.turns, found.documents, found.coders) == (2, 1, 2)
    assert found.characters == len("L’aide manque, et Lise du foyer ne vient plus.") + len(
        "On paie nos appareils."
    )
    assert [line.code for line in found.by_turn] == [ALL, "aide", "materiel"]
    aide, materiel = found.by_turn[1:]
    assert (aide.marked, aide.observed, aide.shared) == (1, 1.0, 1.0)
    assert (materiel.marked, materiel.observed, materiel.shared) == (1, 0.5, 0.0)
    assert aide.alpha == Coefficient(1.0)
    assert (materiel.alpha.value, materiel.kappa.value) == (0.0, 0.0)


def test_one_coder_is_no_agreement(tmp_path):
    assert agreement(frozen(tmp_path, codings=[coding("e-1", 2, "aide")])) is None


def test_codings_that_nobody_signed_judge_nothing(tmp_path):
    codings = [coding("e-1", 2, "aide"), coding("e-1", 2, "aide", coder="")]

    assert agreement(frozen(tmp_path, codings=codings)) is None


def test_interval_is_wider_when_documents_differ_than_when_turns_do():
    """Same judgements, spread alike over documents or gathered in some: one interval is wider."""
    even = [(d, 0, 0, 1, 0, c) for d in range(6) for c in (0, 1)]
    even += [(d, 1, 0, 1, 0, d % 2) for d in range(6)]
    gathered = [(d, t, 0, 1, 0, c) for d in range(3) for t in (0, 1) for c in (0, 1)]
    gathered += [(d, t, 0, 1, 0, d % 2) for d in range(3, 6) for t in (0, 1)]
    gathered += [(d, 2, 0, 1, 1, c) for d in range(6) for c in (0, 1)]

    narrow, wide = (
        agreement_of(codings_of(lines, 6, coders=2)).by_turn[1].alpha for lines in (even, gathered)
    )

    assert wide.high - wide.low > narrow.high - narrow.low


def test_more_coders_than_a_set_holds_are_refused():
    lines = [(0, 0, 0, 1, 0, coder) for coder in range(61)]

    with pytest.raises(ValueError, match="60 coders"):
        agreement_of(codings_of(lines, 1, coders=61))
