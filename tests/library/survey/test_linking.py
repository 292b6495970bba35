"""Codes made by people themselves: written alike, sealed, linked one to one; collisions."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library.survey.survey_waves import HELP, PEOPLE, STUDY, agreed, answers, frozen

from croisee.survey import PARTS, expected_collisions, link, sealed, transitions, written
from croisee.survey.crossing import NotCrossable

KEY, OTHER = bytes(32), bytes(range(32))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("Élise", "7", "Saint-Jérôme", "L’Envol", "0"), ("EL", "07", "SA", "LE", "0")),
        (("  e-l ", "07", "saint", "l e", "00"), ("EL", "07", "SA", "LE", "0")),
        (("e\u0301lise", "le 7", "ŒUVRE", "", "12"), ("EL", "07", "OE", "", "2")),
    ],
)
def test_code_is_written_alike_whoever_types_it(typed, code):
    assert written(typed) == code


def test_sealed_code_keeps_equality_part_by_part_and_nothing_else():
    one, two = sealed(("MA", "07", ""), KEY), sealed(("MA", "08", ""), KEY)

    assert [a == b for a, b in zip(one, two, strict=True)] == [True, False, True]
    assert one[0] != sealed(("07", "MA", ""), KEY)[1]
    assert one[:2] != sealed(("MA", "07", ""), OTHER)[:2]
    assert [len(part) for part in one] == [16, 16, 0]


def seal(codes: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {name: sealed(tuple(code.split()), KEY) for name, code in codes.items()}


def test_links_are_made_one_to_one_exact_first_then_near():
    before = seal({"a": "MA 07 QU SA 2", "b": "LO 12 MO BE 0", "c": "JO 30 RI VI 1"})
    after = seal({"x": "MA 07 QU SA 2", "y": "LO 12 MO BA 0", "z": "JO 03 RI VA 1"})

    links = link(before, after)

    assert (links.exact, links.near, links.doubtful) == ((("a", "x"),), (("b", "y"),), 0)


def test_of_two_people_with_one_code_nobody_is_linked():
    before = seal({"a": "MA 07 QU SA 2", "b": "MA 07 QU SA 2"})
    after = seal({"x": "MA 07 QU SA 2"})

    links = link(before, after)

    assert (links.pairs, links.doubtful) == ((), 2)


def brute(before, after, tolerated):
    """The same rule, every pair looked at."""
    left, right = dict(before), dict(after)
    pairs = []
    for distance in range(tolerated + 1):
        near = [
            (a, b)
            for (a, one), (b, two) in product(left.items(), right.items())
            if sum(p != q or not p for p, q in zip(one, two, strict=True)) == distance
        ]
        firsts, seconds = [a for a, _ in near], [b for _, b in near]
        pairs += [(a, b) for a, b in near if firsts.count(a) == seconds.count(b) == 1]
        for a, b in near:
            left.pop(a, None)
            right.pop(b, None)
    return tuple(sorted(pairs))


CODES = st.lists(st.tuples(*(st.sampled_from(["", "A", "B", "C"]),) * 4), max_size=8)


@settings(max_examples=200, deadline=None)
@given(CODES, CODES, st.integers(0, 2))
def test_links_are_those_of_looking_at_every_pair(first, second, tolerated):
    def usable(codes, letter):
        kept = [c for c in codes if c.count("") <= tolerated]
        return {f"{letter}{i}": code for i, code in enumerate(kept)}

    before, after = usable(first, "a"), usable(second, "b")

    assert link(before, after, tolerated).pairs == brute(before, after, tolerated)


def test_expected_collisions_are_the_birthday_problem():
    """365 birthdays, each twice: the chance that two people share one is 1/729."""
    codes = [(str(day),) for day in range(365)] * 2

    found = expected_collisions(codes[:23], codes[23:], 0)

    assert found.alike == pytest.approx(comb(23, 2) / 729)
    assert found.false_links == pytest.approx(23 * 707 / 729)


def test_expected_collisions_are_those_of_chance():
    chance = np.random.default_rng(7)
    sizes = (20, 31, 15, 12, 4)
    expected, seen = [], []
    for _ in range(150):
        first, second = chance.integers(sizes, size=(2, 150, 5))
        codes = [[tuple(map(str, code)) for code in some] for some in (first, second)]
        expected.append(expected_collisions(*codes).false_links)
        seen.append(((first[:, None] != second[None]).sum(axis=2) <= 1).sum())
    assert np.mean(expected) == pytest.approx(np.mean(seen), rel=0.1)
    assert round(np.mean(expected), 1) == 3.9


def test_parts_ask_for_letters_or_digits():
    assert [bool(part.letters) != bool(part.digits) for part in PARTS] == [True] * len(PARTS)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    lines = {"2019": answers(3, 60), "2021": answers(4, 60)}
    tables = {f"answers/individuel@{edition}": some for edition, some in lines.items()}
    codes = {line["respondent"] for some in lines.values() for line in some}
    return lines, frozen(tmp_path_factory.mktemp("lien"), STUDY, tables, agreed(*codes))


def test_transitions_count_the_linked_who_answered_twice(dataset):
    lines, study = dataset
    links = [(one["respondent"],) * 2 for one in lines["2019"][:40]]
    after = {one["respondent"]: one["q_aide"] for one in lines["2021"]}
    moved = [(one["q_aide"], after[one["respondent"]]) for one in lines["2019"][:40]]
    expected = tuple(tuple(moved.count((a, b)) for b in ("oui", "non")) for a in ("oui", "non"))

    table = transitions(study, PEOPLE.code, ("2019", "2021"), HELP.code, links)

    assert table.counts == expected
    assert table.first.n == table.second.n == sum(map(sum, expected))
    assert table.first.within == "individuel.2019@rives+vals+pairs"


def test_transitions_refuse_a_text_and_a_respondent_linked_twice(dataset):
    with pytest.raises(NotCrossable):
        transitions(dataset[1], PEOPLE.code, ("2019", "2021"), "note", [])
    with pytest.raises(ValueError, match="twice"):
        transitions(dataset[1], PEOPLE.code, ("2019", "2021"), HELP.code, [("a", "x"), ("a", "y")])
