"""Bases of nine: halves of the cut, five values each; smaller ones say nothing (§3.7)."""

from collections import defaultdict

import numpy as np
import pytest
from gate_samples import (
    base,
    case_table,
    draft,
    keys,
    natured,
    one_way,
    question,
    refused,
    study,
    values,
    yes_no,
)
from test_groupings import compositions, leaks

from croisee.disclosure import Mask, audit, say
from croisee.disclosure.attacker.findings import judge
from croisee.study import Nature
from croisee.tables import CaseTable


def said(table, column: int = 0) -> list[str]:
    return [say(line[column].value) for line in table.cells]


def test_nine_people_are_said_in_halves_of_the_cut(tmp_path):
    asked = question("q", "abcde")
    many = draft(tmp_path / "a", ("k", one_way((0, 1, 1, 3, 4), asked))).release.tables[0]
    few = draft(tmp_path / "b", ("k", one_way((3, 2, 0, 4, 0), asked))).release.tables[0]

    assert values(many) == {"d+e": (5, 9)}
    assert (said(many), said(few)) == (["la moitié ou plus"], ["moins de la moitié"])
    assert (many.masks, many.fallback) == ((Mask.WORDS,), True)


@pytest.mark.parametrize(
    ("counts", "nature"),
    [((3, 5), Nature.ORDINARY), ((4, 5), Nature.SENSITIVE), ((4, 5), Nature.VISIBLE)],
)
def test_eight_people_delicate_and_visible_questions_say_nothing(tmp_path, counts, nature):
    made = draft(tmp_path, ("k", one_way(counts, natured(yes_no(), nature))))

    assert keys(made) == []
    assert refused(made) == [("k", "M16")]


def test_case_of_nine_is_in_halves_beside_larger_ones_at_the_cut(tmp_path):
    rows = {"carrefours": (15, 31), "quartiers": (3, 6), "famille": (4, 4)}

    table = draft(tmp_path, ("k", case_table(rows))).release.tables[0]

    assert said(table, 0) == ["15 sur 46", "31 sur 46"]
    assert said(table, 1) == ["moins de la moitié", "la moitié ou plus"]
    assert said(table, 2) == ["trop peu de réponses"] * 2
    assert "total" not in [column.key for column in table.columns]


def test_case_of_nine_stays_silent_beside_a_finer_partition(tmp_path):
    asked = question("q", "abcd")
    rows = {"carrefours": (9, 9, 9, 9), "quartiers": (2, 2, 2, 3)}

    table = draft(tmp_path, ("k", case_table(rows, asked))).release.tables[0]

    assert [row.key for row in table.rows] == ["a", "b", "c", "d"]
    assert said(table, 1) == ["trop peu de réponses"] * 4


@pytest.mark.parametrize("options", ["ab", "abc", "abcd", "abcde"])
def test_p3_halves_of_nine_prove_no_small_answer(tmp_path, options):
    asked, counts = question("q", options), compositions(9, len(options))
    outputs = defaultdict(list)
    for place, row in enumerate(counts.tolist()):
        upper = sum(row[(len(options) + 1) // 2 :])
        outputs[upper >= 5].append(place)
    example = {row: one_way(counts[places[0]].tolist(), asked) for row, places in outputs.items()}

    assert {
        upper: said(draft(tmp_path / str(upper), ("k", raw)).release.tables[0])
        for upper, raw in example.items()
    } == {True: ["la moitié ou plus"], False: ["moins de la moitié"]}
    assert leaks(outputs, counts, 5) == 0


def test_control_halves_of_eight_and_voiced_answers_are_too_narrow():
    eight = np.arange(9)
    narrow = judge(int(eight[eight < 4].min()), int(eight[eight < 4].max()), 8, 5, Nature.ORDINARY)
    # Three answers voiced among five people: each of them by one to three.
    voiced = [row for row in compositions(5, 3).tolist() if min(row) > 0]
    proven = judge(min(r[0] for r in voiced), max(r[0] for r in voiced), 5, 5, Nature.ORDINARY)

    assert (narrow.value, proven.value) == ("trop-etroit", "petit-et-prouve")


def test_attacker_finds_nothing_in_halves_of_nine(tmp_path):
    rows = {"carrefours": (15, 31), "quartiers": (3, 6)}
    release = draft(tmp_path, ("k", case_table(rows))).release

    assert audit([release], {}, study().policy).passed


def test_a_table_of_a_base_around_nine_is_refused(tmp_path):
    """A total over a row in halves would give it back."""
    asked = yes_no()
    row = one_way((3, 6), asked, "quartiers")
    pool = one_way((18, 37), asked, "carrefours", "quartiers")

    made = draft(
        tmp_path,
        ("k", CaseTable(asked, (one_way((15, 31), asked, "carrefours"), row))),
        ("tout", pool),
    )

    assert keys(made) == ["k"]
    assert base(55, "carrefours", "quartiers").id == pool.base.id
