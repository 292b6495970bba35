"""Rounding to five: of numbers that passed the gate only, drawn once, bases of 200 and more."""

from dataclasses import replace
from hashlib import sha256

import pytest
from gate_samples import case_table, draft, multiple, one_way, question, study, yes_no

from croisee.disclosure import Form, Mask, PolicyRefused, Register, Release, audit, say
from croisee.disclosure.released import _GATE, Cell
from croisee.disclosure.rounding import drawn
from croisee.disclosure.values import Chiffre
from croisee.study import Instrument, Label, Policy, Subject

FOUR = question("q", "abcd")


def rounding_study():
    asked = (FOUR, yes_no(), question("plusieurs", "abc"))
    instrument = Instrument("individuel", Label("Individuel"), "individuel", Subject.PERSON, asked)
    return study(policy=Policy(method="arrondi"), instruments=(instrument,))


def only(drafted):
    (table,) = drafted.release.tables
    return table


def test_a_draw_depends_on_the_key_the_base_and_the_answer_alone(tmp_path):
    one = only(draft(tmp_path / "a", ("q", one_way((101, 57, 62, 9), FOUR)), of=rounding_study()))
    again = only(draft(tmp_path / "b", ("r", one_way((101, 57, 62, 9), FOUR)), of=rounding_study()))

    assert [line[0].value for line in one.cells] == [line[0].value for line in again.cells]
    assert one.bases == again.bases


def test_rounded_counts_are_multiples_of_five_that_hold_the_truth(tmp_path):
    counts = (101, 57, 62, 9)
    table = only(draft(tmp_path, ("q", one_way(counts, FOUR)), of=rounding_study()))

    values = [line[0].value for line in table.cells]
    assert [v.form for v in values] == [Form.ROUNDED] * 4
    assert all(v.lo <= x <= v.hi for v, x in zip(values, counts, strict=True))
    assert [(v.hi - 4) % 5 for v in values] == [0, 0, 0, 0]
    assert (table.bases[0].n % 5, table.bases[0].rounded) == (0, True)
    assert abs(table.bases[0].n - 229) < 5
    assert Mask.ROUNDED in table.masks


def test_small_answers_are_merged_before_anything_is_rounded(tmp_path):
    table = only(draft(tmp_path, ("q", one_way((101, 3, 62, 60), FOUR)), of=rounding_study()))

    assert [head.key for head in table.rows] == ["a+b", "c", "d"]
    assert all(line[0].value.lo >= 5 for line in table.cells)


def test_rounding_is_unbiased_on_the_whole():
    shown = [
        drawn(57, f"base {i}", lambda text: sha256(text.encode()).hexdigest()) for i in range(4000)
    ]

    assert set(shown) == {55, 60}
    assert sum(shown) / len(shown) == pytest.approx(57, abs=0.15)


def test_two_answers_are_not_rounded_and_a_total_is_left_out(tmp_path):
    rows = {"carrefours": (101, 60, 50, 40), "quartiers": (90, 61, 52, 33)}
    drafted = draft(
        tmp_path,
        ("aide", one_way((101, 120), yes_no())),
        ("q", case_table(rows, FOUR)),
        of=rounding_study(),
    )
    pair, cases = drafted.release.tables

    assert [line[0].value.form for line in pair.cells] == [Form.EXACT, Form.EXACT]
    assert [head.key for head in cases.columns] == ["carrefours", "quartiers"]
    assert Mask.OMITTED_TOTAL in cases.masks


def test_it_is_said_about(tmp_path):
    table = only(draft(tmp_path, ("q", one_way((101, 57, 62, 9), FOUR)), of=rounding_study()))
    value = replace(table.cells[1][0].value, lo=51, hi=59, n=230)

    assert say(value, "sur") == "environ 55 sur 230"
    assert say(value, "pct") == "environ 55 sur 230 (24 %)"
    assert say(value, "nombre", "en") == "about 55"


def test_a_base_under_two_hundred_refuses_the_method(tmp_path):
    with pytest.raises(PolicyRefused, match="une base en compte 199"):
        draft(tmp_path, ("q", one_way((60, 70, 60, 9), FOUR)), of=rounding_study())


def test_the_audit_certifies_what_only_rounds_a_safe_table(tmp_path):
    drafted = draft(
        tmp_path,
        ("q", one_way((101, 57, 62, 9), FOUR)),
        ("plusieurs", multiple((150, 80, 60), 229, code="plusieurs")),
        of=rounding_study(),
    )

    found = audit([drafted.release], {}, rounding_study().policy)

    assert (found.breaches, found.undecided) == ([], [])


def test_control_a_rounded_raw_table_is_refused(tmp_path):
    """Rounding the counts themselves: one of them stands between 1 and 4, and the audit sees it."""
    register = Register.open(tmp_path / "registre", token=bytes(32))
    drafted = draft(
        tmp_path, ("q", one_way((101, 57, 62, 9), FOUR)), of=rounding_study(), register=register
    )
    (table,) = drafted.release.tables
    shown = {"a": (97, 105), "b": (51, 59), "c": (57, 65), "d": (1, 9)}
    cells = tuple(
        (Cell(Chiffre(*shown[head.key], 215, Form.ROUNDED, 0), line[0].base, line[0].events),)
        for head, line in zip(table.rows, table.cells, strict=True)
    )
    base = replace(table.bases[0], n=205, rounded=True)
    forged = replace(table, cells=cells, bases=(base,))
    parts = {name: getattr(drafted.release, name) for name in Release.__slots__}

    found = audit(
        [Release(_gate=_GATE, **{**parts, "tables": (forged,)})], {}, rounding_study().policy
    )

    assert found.breaches or found.undecided
