"""Verdicts across cases."""

from decimal import Decimal

import pytest

from croisee.crosscase import is_present, read_across, read_positions, verdict
from croisee.language import Label
from croisee.study import Subject
from croisee.tables import (
    Base,
    Code,
    CodeCaseTable,
    CodePresence,
    PositionResult,
    PositionTable,
)


def base(case, n=6):
    return Base("verbatims", "2020", (case,), Subject.PERSON, n)


def cell(people, methods=1):
    return CodePresence(people, people, methods, Decimal(1))


@pytest.mark.parametrize(
    ("people", "methods", "present"), [(0, 0, False), (1, 1, False), (2, 1, True), (1, 2, True)]
)
def test_presence_takes_two_people_or_two_methods(people, methods, present):
    assert is_present(cell(people, methods)) is present


@pytest.mark.parametrize(
    ("present", "said"),
    [
        (("nord", "sud", "est"), "converge"),
        (("nord", "est"), "diverge"),
        (("sud",), "only-here"),
        ((), "silent"),
    ],
)
def test_verdict(present, said):
    assert verdict(present, ("nord", "sud", "est")) == said


def table(rows, sizes=(6, 6, 6)):
    cases = ("nord", "sud", "est")
    return CodeCaseTable(
        tuple(Code(name, Label(name)) for name in rows),
        tuple(base(case, n) for case, n in zip(cases, sizes, strict=True)),
        tuple(Label(case) for case in cases),
        tuple(tuple(cell(people) for people in row) for row in rows.values()),
    )


def test_worked_example_of_the_methods_page():
    """The example of ``docs/methods/lecture-croisee.md``."""
    reading = read_across(
        table({"aide": (4, 3, 2), "lien": (5, 1, 2), "silence": (0, 1, 0), "trajet": (1, 0, 3)})
    )

    assert reading.cases == ("nord", "sud", "est")
    assert reading.verdicts == ("converge", "diverge", "silent", "only-here")
    assert reading.present == (("nord", "sud", "est"), ("nord", "est"), (), ("est",))


def test_case_where_one_person_was_met_does_not_prevent_convergence():
    reading = read_across(table({"aide": (4, 3, 1)}, sizes=(6, 6, 1)))

    assert reading.verdicts == ("converge",)
    assert reading.present == (("nord", "sud"),)


def test_positions_are_read_by_the_same_rule():
    results = (
        PositionResult(base("nord", 7), Label("Nord"), (2, 0, 5), ((), (), ())),
        PositionResult(base("sud", 6), Label("Sud"), (0, 1, 5), ((), (), ())),
    )

    reading = read_positions([PositionTable("distance", results)])

    assert [code.code for code in reading.codes] == [
        "distance.pour",
        "distance.nuance",
        "distance.contre",
    ]
    assert reading.verdicts == ("only-here", "silent", "converge")
    assert reading.present == (("nord",), (), ("nord", "sud"))
    assert {code.parent for code in reading.codes} == {"distance"}
