"""What the gate says of tools: from printed values alone, always true, never by a small number."""

from itertools import combinations

import numpy as np
import pytest
from portrait_study import SIZES, answers, instrument, released, study

from croisee.disclosure import Kind, audit, release_json
from croisee.disclosure.released import _GATE, Release
from croisee.disclosure.values import Chiffre, Form

TOOLS = ("zoom", "teams", "meet", "jitsi", "messenger")
PORTRAIT = instrument("portrait")


ABOUT_TOOLS = {
    "portrait.2026.visio-organise",
    "portrait.2026.visio-rejoint",
    "outils.portrait.2026",
    "rencontres.portrait.2026",
    "licences.portrait.2026",
}


def members(lines, case):
    def tools(line, side):
        return {tool for tool in TOOLS if line[f"q_visio-{side}__{tool}"]}

    here = [line for line in lines if line["case"] == case]
    return [
        (tools(one, "organise"), tools(one, "organise") | tools(one, "rejoint")) for one in here
    ]


def pairs(lines, one, other, tool):
    """How many pairs really meet: every pair looked at."""
    here, there = members(lines, one), members(lines, other)
    some = combinations(here, 2) if one == other else ((a, b) for a in here for b in there)
    return sum(tool in (a[0] & b[1]) | (b[0] & a[1]) for a, b in some)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    lines = answers("portrait", 11)
    return lines, released(tmp_path_factory.mktemp("outils"), {"portrait": lines})


def test_bounds_on_meetings_are_true_and_say_something(made):
    lines, release = made
    table = release.table("rencontres.portrait.2026")

    checked = 0
    for head, line in zip(table.rows, table.cells, strict=True):
        one, _, other = head.key.partition("+")
        for column, cell in zip(table.columns, line, strict=True):
            if cell is not None:
                true = pairs(lines, one, other or one, column.key)
                assert cell.value.lo <= true <= cell.value.hi
                assert cell.events == ()
                checked += cell.value.lo > 0
    assert checked > 10


def test_bounds_on_meetings_are_the_formula_of_the_methods_page(made):
    release = made[1]
    host, join = (
        release.table(f"portrait.2026.visio-{side}").cell("zoom", "rives").value
        for side in ("organise", "rejoint")
    )
    h, j = host.lo, max(host.lo, join.lo)

    cell = release.table("rencontres.portrait.2026").cell("rives", "zoom")

    assert cell.value == Chiffre(h * (h - 1) // 2 + h * (j - h), 1035, 1035, Form.AT_LEAST)


def test_worked_example_of_the_methods_page(tmp_path):
    """12 of 24 host with Zoom, 19 can join: 150 pairs of 276, and 6 partners for a licence."""
    lines = answers("portrait", 6, {"rives": 24})
    for place, line in enumerate(lines):
        line["q_visio-organise__zoom"] = place < 12
        line["q_visio-rejoint__zoom"] = place < 19
        line["q_visio-rejoint__teams"] = True
    release = released(tmp_path, {"portrait": lines}, study("portrait", cases=("rives",)))
    join = release.table("portrait.2026.visio-rejoint").cell("zoom", "ensemble").value

    meetings = release.table("rencontres.portrait.2026").cell("ensemble", "zoom").value
    licence = release.table("licences.portrait.2026").cell("zoom", "ensemble").value

    assert (join.lo, join.hi) == (19, 19)
    assert (meetings.lo, meetings.n) == (66 + 12 * 7, 276)
    assert (licence.lo, licence.n) == (6, 23)


def test_a_licence_opens_at_least_what_is_said(made):
    lines, release = made
    table = release.table("licences.portrait.2026")

    for head, line in zip(table.rows, table.cells, strict=True):
        for column, cell in zip(table.columns, line, strict=True):
            here = members(lines, column.key)
            for hosts, joins in here:
                if cell is not None and head.key in joins - hosts:
                    strangers = sum(head.key in j - h for h, j in here) - 1
                    assert strangers >= cell.value.lo
    assert table.kind is Kind.LICENCES


def test_landscape_shows_a_dot_where_a_count_is_printed(made):
    release = made[1]
    table = release.table("outils.portrait.2026")

    for head, line in zip(table.rows, table.cells, strict=True):
        question, _, tool = head.key.partition(":")
        counted = release.table(f"portrait.2026.{question}")
        for column, cell in zip(table.columns, line, strict=True):
            value = counted.cell(tool, column.key).value
            assert (cell is not None) == (isinstance(value, Chiffre) and value.lo > 0)
    assert not {"aucun", "autre"} & {head.key.partition(":")[2] for head in table.rows}


def test_audit_finds_nothing_more_in_a_release_with_portraits(made):
    release = made[1]
    parts = {name: getattr(release, name) for name in Release.__slots__}
    tables = tuple(table for table in release.tables if table.key in ABOUT_TOOLS)
    report = audit(
        (Release(_gate=_GATE, **(parts | {"tables": tables})),), {}, release.study.policy
    )

    assert len(tables) == len(ABOUT_TOOLS)
    assert (list(report.breaches), list(report.undecided)) == ([], [])


@pytest.mark.parametrize("seed", range(3))
def test_same_printed_counts_give_the_same_bytes(tmp_path, seed):
    """Answers change hands inside each network, question by question: counts stay, links do not."""
    rng = np.random.default_rng(seed)
    lines = answers("portrait", 20 + seed)
    mixed = [dict(line) for line in lines]
    start = 0
    for size in SIZES.values():
        for question in PORTRAIT.questions:
            names = [n for n in lines[0] if n.partition("__")[0] == f"q_{question.code}"]
            for place, other in enumerate(rng.permutation(size)):
                for name in names:
                    mixed[start + place][name] = lines[start + other][name]
        start += size

    before = released(tmp_path, {"portrait": lines})
    after = released(tmp_path, {"portrait": mixed})

    assert [pairs(some, "rives", "vals", "zoom") for some in (lines, mixed)] != [0, 0]
    assert members(lines, "rives") != members(mixed, "rives")
    assert release_json(before) == release_json(after)


def test_a_masked_count_that_moves_changes_no_byte(tmp_path):
    """Under five host with Messenger in a network: one fewer, and nothing outside shows it."""
    lines = answers("portrait", 31)
    before = released(tmp_path, {"portrait": lines})
    masked = [
        (case, tool)
        for case in SIZES
        for tool in TOOLS
        for cell in [before.table("portrait.2026.visio-organise").cell(tool, case)]
        if cell.value.form is Form.FEWER_THAN
    ]
    moved = [dict(line) for line in lines]
    hidden = next(
        (line, f"q_visio-organise__{tool}")
        for case, tool in masked
        for line in moved
        if line["case"] == case and line[f"q_visio-organise__{tool}"]
    )
    hidden[0][hidden[1]] = False

    after = released(tmp_path, {"portrait": moved})

    assert [pairs(lines, c, c, t) for c, t in masked] != [pairs(moved, c, c, t) for c, t in masked]
    assert release_json(before) == release_json(after)


def test_control_a_printed_count_that_moves_changes_who_can_meet(made, tmp_path):
    lines, before = made
    moved = [dict(line) for line in lines]
    one = next(x for x in moved if x["case"] == "rives" and x["q_visio-organise__zoom"])
    one["q_visio-organise__zoom"] = False

    after = released(tmp_path, {"portrait": moved})

    tables = [release.table("rencontres.portrait.2026").cells for release in (before, after)]
    assert tables[0] != tables[1]


def test_a_study_without_a_portrait_has_none_of_these(tmp_path):
    release = released(tmp_path, {"formation": answers("formation", 3)})

    kinds = {table.kind for table in release.tables}
    assert not kinds & {Kind.MEETINGS, Kind.LICENCES, Kind.LANDSCAPE}


def test_too_small_a_network_says_nothing_of_meetings(tmp_path):
    lines = answers("portrait", 5, {"rives": 8})
    release = released(tmp_path, {"portrait": lines}, study("portrait", cases=("rives",)))

    assert [t.key for t in release.tables if t.kind in {Kind.MEETINGS, Kind.LICENCES}] == []
