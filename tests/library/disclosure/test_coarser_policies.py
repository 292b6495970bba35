"""Two policies that make whole bases coarser: recomputable tables, confidential participation."""

from dataclasses import replace
from decimal import Decimal

import pytest
from gate_samples import (
    KEY,
    base,
    case_table,
    draft,
    multiple,
    natured,
    one_way,
    question,
    refused,
    study,
    yes_no,
)
from quote_samples import people_met

from croisee.disclosure import (
    Chiffre,
    Form,
    Mask,
    PolicyRefused,
    Rank,
    Register,
    Release,
    Word,
    audit,
    release_json,
    say,
    seal,
)
from croisee.disclosure.multiple import FEW_ITEMS
from croisee.disclosure.released import _GATE
from croisee.disclosure.several import Fallback, Size, _proves_nothing
from croisee.language import Label
from croisee.study import Nature, Policy, Subject
from croisee.tables import (
    BudgetResult,
    BudgetTable,
    NumericTable,
    ParticipationRow,
    ParticipationTable,
    PositionResult,
    PositionTable,
)

MOVING = Policy(stability="recalculable")
QUIET = Policy(participation="confidentielle")
NOTHING = type("Nothing", (), {"breaches": (), "undecided": ()})()


def values(table) -> list[object]:
    return [cell.value for line in table.cells for cell in line if cell is not None]


def forms(table) -> set[Form]:
    return {value.form for value in values(table) if isinstance(value, Chiffre)}


def test_people_are_said_in_halves_of_the_cut_and_organisations_are_not(tmp_path):
    made = draft(
        tmp_path,
        ("gens", one_way((2, 3, 9, 8, 6))),
        ("rangees", case_table({"carrefours": (15, 31), "quartiers": (12, 12)})),
        ("orgs", one_way((8, 16), yes_no("wifi"), subject=Subject.ORGANISATION, source="eclair")),
        ("plusieurs", multiple((19, 15, 9, 8, 7, 2), 24)),
        of=study(policy=MOVING),
    )
    people, rows, organisations, several = made.release.tables

    assert [say(value) for value in values(people)] == ["la moitié ou plus"]
    assert [head.key for head in people.rows] == ["d+e"]
    assert [say(value) for value in values(rows)] == ["la moitié ou plus", "la moitié ou plus"]
    assert forms(several) <= {
        Form.HALF_OR_MORE,
        Form.UNDER_HALF,
        Form.MORE_THAN_HALF,
        Form.HALF_OR_LESS,
    }
    assert forms(organisations) == {Form.EXACT}
    assert Mask.HALVES in people.masks


def test_a_leaver_moves_no_half_far_from_the_middle(tmp_path):
    before = draft(tmp_path / "a", ("q", one_way((2, 3, 9, 8, 7))), of=study(policy=MOVING))
    after = draft(tmp_path / "b", ("q", one_way((2, 3, 9, 8, 6))), of=study(policy=MOVING))

    said = [[say(v) for v in values(made.release.tables[0])] for made in (before, after)]
    assert said[0] == said[1]


def test_means_amounts_crossings_and_counts_of_people_are_left_out(tmp_path):
    classes = question("age", "abc")
    budget = BudgetResult(
        base(24, "carrefours", source="groupe"),
        Label("Carrefours"),
        ("animer", "choisir"),
        (Decimal(60000), Decimal(40000)),
        (24, 24),
        (Decimal(0), Decimal(0)),
        Decimal(5000),
        Decimal(100000),
    )
    stand = PositionResult(
        base(24, "carrefours", source="groupe"), Label("Carrefours"), (10, 8, 6), ((), (), ())
    )
    made = draft(
        tmp_path,
        (
            "age",
            NumericTable(one_way((8, 9, 7), classes), Decimal(900), 24, (Decimal(60),) * 2, 1),
        ),
        ("budget.formation", BudgetTable("formation", (budget,))),
        ("positions.teletravail", PositionTable("teletravail", (stand,))),
        of=study(policy=MOVING),
    )
    numbers, amounts, stands = made.release.tables

    assert [head.key for head in numbers.rows] == ["c"]
    assert {type(value) for value in values(amounts)} == {Rank, Word}
    assert [(head.key, say(v)) for head, v in zip(stands.rows, values(stands), strict=True)] == [
        ("contre", "moins de la moitié")
    ]


def test_recomputable_is_chosen_before_the_first_release(tmp_path):
    register = Register.open(tmp_path / "registre", token=KEY)
    exact = draft(tmp_path, ("q", one_way((9, 8, 6))), register=register)
    from datetime import UTC, datetime

    seal(exact.release, register, datetime(2026, 12, 1, tzinfo=UTC), NOTHING)
    late = study(policy=MOVING, diffusion=replace(study().diffusion, code="2026b"))

    with pytest.raises(PolicyRefused, match="avant la première diffusion"):
        draft(tmp_path, ("q", one_way((9, 8, 6))), register=register, of=late)


def test_halves_of_a_recomputable_study_pass_the_audit(tmp_path):
    made = draft(
        tmp_path,
        ("gens", one_way((2, 3, 9, 8, 6))),
        ("rangees", case_table({"carrefours": (15, 31), "quartiers": (2, 22)})),
        ("plusieurs", multiple((19, 15, 9, 8, 7, 2), 24)),
        of=study(policy=MOVING),
    )

    found = audit([made.release], {}, MOVING)

    assert (found.breaches, found.undecided) == ([], [])


def took_part(sizes: dict[str, tuple[int, int]]) -> tuple[str, ParticipationTable]:
    rows = tuple(
        ParticipationRow(case, Label(case), x, n, Label("personnes"))
        for case, (x, n) in sizes.items()
    )
    key = "participation.individuel.2020"
    return key, ParticipationTable(
        key, Label("Questionnaire"), "individuel", "2020", Subject.PERSON, rows
    )


SIZES = {"carrefours": (31, 64), "quartiers": (57, 60), "praticiens": (7, 48)}
"""Told exactly; told as « au moins 51 »; told as « moins de 10 »."""


def quiet_release(tmp_path):
    rows = {"carrefours": (13, 18), "quartiers": (21, 36), "praticiens": (3, 4)}
    asked = yes_no()
    return draft(
        tmp_path,
        took_part(SIZES),
        ("q", case_table(rows, asked)),
        *((f"q@{case}", one_way(counts, asked, case)) for case, counts in rows.items()),
        (
            "sens",
            one_way(
                (45, 50),
                natured(yes_no("sens"), Nature.SENSITIVE),
                "carrefours",
                "quartiers",
                "praticiens",
            ),
        ),
        ("choix", multiple((40, 30, 12, 9), 57, "quartiers")),
        of=study(policy=QUIET),
    )


def test_confidential_sizes_are_banded_and_their_total_left_out(tmp_path):
    table = quiet_release(tmp_path).release.table("participation.individuel.2020")

    assert [say(value) for value in values(table)] == [
        "31 sur 64",
        "au moins 51 sur 60",
        "moins de 10 sur 48",
    ]
    assert [head.key for head in table.rows] == ["carrefours", "quartiers", "praticiens"]
    assert table.bases == ()


def test_results_of_a_hidden_base_are_words_and_of_a_small_one_nothing(tmp_path):
    release = quiet_release(tmp_path).release
    table = release.table("q")

    assert [say(value) for value in values(table)] == [
        "18 sur 31",
        "la moitié ou plus",
        "trop peu de réponses",
    ]
    assert [base.n for base in table.bases] == [31, None, None]
    assert [say(v) for v in values(release.table("q@quartiers"))] == ["la moitié ou plus"]
    assert "q@praticiens" not in [one.key for one in release.tables]
    assert {type(v) for v in values(release.table("choix"))} == {Word}


def test_a_pooled_base_does_not_give_a_hidden_size_back(tmp_path):
    (pooled,) = [one for one in quiet_release(tmp_path).release.tables if one.key == "sens"]

    assert pooled.bases[0].n is None
    assert {type(value) for value in values(pooled)} == {Word}


def test_no_hidden_size_nor_count_is_in_the_release(tmp_path):
    told = release_json(quiet_release(tmp_path).release).decode()

    for hidden in (57, 7, 95, 36, 21, 40, 30, 45):
        assert f": {hidden},\n" not in told
        assert f": {hidden}\n" not in told


def test_equal_bands_give_equal_bytes(tmp_path):
    """P1: one more person where the size is hidden moves nothing."""

    def told(folder, n: int):
        rows = {"carrefours": (13, 18), "quartiers": (n - 36, 36)}
        sizes = {**SIZES, "quartiers": (n, 60)}
        tables = (took_part(sizes), ("q", case_table(rows)))
        return release_json(draft(folder, *tables, of=study(policy=QUIET)).release)

    assert told(tmp_path / "a", 57) == told(tmp_path / "b", 53) == told(tmp_path / "c", 60)


def test_people_met_are_worded_and_methods_are_off_the_labels(tmp_path):
    made = draft(tmp_path, *people_met({"carrefours": {"entretien": 8, "groupe": 12}}),
                 of=study(policy=QUIET))  # fmt: skip

    assert all(base.n is None for table in made.release.tables for base in table.bases)
    assert not any(isinstance(v, Chiffre) for t in made.release.tables for v in values(t))


def test_confidential_releases_pass_the_audit(tmp_path):
    found = audit([quiet_release(tmp_path).release], {}, QUIET)

    assert (found.breaches, found.undecided) == ([], [])


def test_control_a_number_beside_a_hidden_size_is_refused(tmp_path):
    release = quiet_release(tmp_path).release
    table = release.table("q@quartiers")
    line = table.cells[0][0]
    number = replace(line, value=Chiffre(36, 36, None, Form.EXACT, 5))
    forged = replace(table, cells=((number,),))
    parts = {name: getattr(release, name) for name in Release.__slots__}
    others = tuple(one for one in release.tables if one.key != table.key)

    found = audit([Release(_gate=_GATE, **{**parts, "tables": (*others, forged)})], {}, QUIET)

    assert [one.tables for one in found.undecided] == [("2026a:q@quartiers",)]


def test_control_a_pooled_size_beside_a_hidden_one_is_refused(tmp_path):
    release = quiet_release(tmp_path).release
    table = release.table("sens")
    forged = replace(table, bases=(replace(table.bases[0], n=95),))
    parts = {name: getattr(release, name) for name in Release.__slots__}
    others = tuple(one for one in release.tables if one.key != table.key)

    found = audit([Release(_gate=_GATE, **{**parts, "tables": (*others, forged)})], {}, QUIET)

    assert [one.tables for one in found.undecided] == [("2026a:sens",)]


@pytest.mark.parametrize("t", [5, 10])
def test_halves_of_a_base_of_any_size_prove_nothing_of_free_answers(t):
    """The size is hidden from readers: whatever it is, halves must be safe."""
    unsafe = [
        (n, items, over)
        for items in range(FEW_ITEMS + 1, 9)
        for n in range(2 * t, 121)
        for over in range(items + 1)
        if not _proves_nothing(Size(n, items, 1, items, t), over, Fallback.ALWAYS)
    ]

    assert unsafe == []


def test_activities_of_a_confidential_study_have_no_number(tmp_path):
    from croisee.study import ActivityState
    from croisee.tables import ActivityCell, ActivityTable, ObjectiveRow, ObjectiveTable

    cell = ActivityCell(60, 57, ActivityState.DONE, Label("réponses"))
    made = draft(
        tmp_path,
        ("activites", ActivityTable(("individuel",), ("quartiers",), ((cell,),))),
        ("objectifs", ObjectiveTable(("groupe",), (ObjectiveRow("quartiers", Label("Q"), 2, 1),))),
        of=study(policy=QUIET),
    )

    assert [(v.number, v.of, v.state) for v in values(made.release.tables[0])] == [
        (None, None, "faite")
    ]
    assert refused(made) == [("objectifs", "§3.1")]
