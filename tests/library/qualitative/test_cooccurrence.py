"""Codes together, counted again one character, one sentence and one turn at a time."""

from itertools import combinations

import numpy as np
import pytest
from coded_study import coding, frozen
from codings_in_memory import LENGTHS, codings_of
from hypothesis import given
from hypothesis import strategies as st

from croisee.qualitative import (
    CodesTogether,
    Near,
    Sentences,
    read_codings,
    read_sentences,
    together,
)

CODES = "abc"
LINE = st.tuples(
    st.integers(0, 1), st.integers(0, 2), st.integers(0, 11), st.integers(1, 8),
    st.integers(0, 2), st.integers(0, 2),
)  # fmt: skip
LINES = st.lists(LINE, max_size=20)
STARTS = {9: (0, 5), 4: (0,), 12: (0, 3, 7)}
"""Where sentences begin in turns of so many characters."""


def covered(codings):
    """Return the codes of each character of each turn."""
    found = [[set() for _ in range(length)] for length in codings.length]
    for turn, start, end, code in zip(
        codings.turn, codings.start, codings.end, codings.code, strict=True
    ):
        for at in range(start, end):
            found[turn][at].add(int(code))
    return found


def listed(units, people):
    """Return the pairs of codes of units (their codes), each unit being somebody's."""
    found = []
    for first, second in combinations(range(3), 2):
        one, other = ([codes for codes in units if code in codes] for code in (first, second))
        both = [place for place, codes in enumerate(units) if {first, second} <= codes]
        if both:
            found.append(
                CodesTogether(
                    CODES[first], CODES[second], len(both), len(one), len(other),
                    len(one) + len(other) - len(both), len(units), len({people[i] for i in both}),
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda line: (-line.both, line.first)))


@given(LINES)
def test_overlap_counts_characters_that_both_codes_cover(lines):
    codings = codings_of(lines, 2, codes=CODES)
    units = [codes for turn in covered(codings) for codes in turn]
    people = np.repeat(codings.person, codings.length)

    assert together(codings, Near.OVERLAP) == listed(units, people)


@given(LINES)
def test_turns_that_hold_both_codes(lines):
    codings = codings_of(lines, 2, codes=CODES)
    units = [set().union(*turn) for turn in covered(codings)]

    assert together(codings) == listed(units, codings.person)


@given(LINES)
def test_sentences_that_both_codes_touch(lines):
    codings = codings_of(lines, 2, codes=CODES)
    places = [(turn, at) for turn, length in enumerate(LENGTHS * 2) for at in STARTS[length]]
    sentences = Sentences(*np.array(places).T)
    turns = covered(codings)
    units = [
        set().union(*turns[turn][at : next((b for t, b in places[i + 1 :] if t == turn), 99)])
        for i, (turn, at) in enumerate(places)
    ]

    found = together(codings, Near.SENTENCE, sentences=sentences)

    assert found == listed(units, codings.person[[turn for turn, _ in places]])


@given(LINES, st.integers(1, 5))
def test_turns_that_hold_one_code_a_few_turns_after_another(lines, window):
    codings = codings_of(lines, 2, codes=CODES)
    turns = [set().union(*turn) for turn in covered(codings)]
    seen = {}
    for place, codes in enumerate(turns):
        before = set().union(
            *(
                other
                for at, other in enumerate(turns)
                if codings.document[at] == codings.document[place]
                and codings.number[place] - window < codings.number[at] <= codings.number[place]
            )
        )
        for first, second in combinations(range(3), 2):
            if (first in codes and second in before) or (second in codes and first in before):
                seen.setdefault((CODES[first], CODES[second]), []).append(place)

    found = together(codings, Near.WINDOW, window=window)

    assert {(line.first, line.second): line.both for line in found} == {
        pair: len(places) for pair, places in seen.items()
    }
    for line in found:
        first, second = CODES.index(line.first), CODES.index(line.second)
        assert line.either == sum(bool({first, second} & codes) for codes in turns)
        assert line.people == len({codings.person[at] for at in seen[line.first, line.second]})
        assert line.both <= line.either


def test_worked_example_of_the_methods_page(tmp_path):
    """The example of ``docs/methods/codes-ensemble.md``."""
    dataset = frozen(tmp_path, codings=[
        coding("e-1", 2, "aide", 0, 13), coding("e-1", 2, "aide", 5, 13, "c-2"),
        coding("e-1", 2, "argent", 10, 20), coding("e-1", 3, "argent", 0, 22),
        coding("g-1", 2, "aide", 0, 8), coding("e-1", 1, "argent", 0, 5),
    ])  # fmt: skip
    codings = read_codings(dataset.arrow)

    (overlap,) = together(codings, Near.OVERLAP)
    (turn,) = together(codings, Near.TURN)
    (window,) = together(codings, Near.WINDOW, window=2)

    assert overlap == CodesTogether("aide", "argent", 3, 21, 32, 50, 155, 1)
    assert turn == CodesTogether("aide", "argent", 1, 2, 2, 3, 5, 1)
    assert (turn.share, turn.expected) == (pytest.approx(1 / 3), pytest.approx(0.8))
    assert window == CodesTogether("aide", "argent", 2, 2, 2, 3, 5, 1)


def test_sentences_are_those_of_the_texts(tmp_path):
    """« L’aide, toujours l’aide. » is one sentence; so is each turn of this study."""
    dataset = frozen(tmp_path, codings=[
        coding("g-1", 1, "aide", 0, 6), coding("g-1", 1, "argent", 10, 20),
    ])  # fmt: skip
    codings = read_codings(dataset.arrow)

    sentences = read_sentences(dataset.arrow, codings)
    (line,) = together(codings, Near.SENTENCE, sentences=sentences)

    assert (len(sentences.turn), line.both, line.units) == (5, 1, 5)
    assert together(codings, Near.OVERLAP) == ()


def test_sentences_must_be_given(tmp_path):
    codings = codings_of([(0, 0, 0, 5, 0, 0)], 1)

    with pytest.raises(ValueError, match="which sentences"):
        together(codings, Near.SENTENCE)


def test_nothing_coded_is_nothing_together():
    codings = codings_of([], 1)

    assert [together(codings, near) for near in (Near.OVERLAP, Near.TURN, Near.WINDOW)] == [()] * 3
