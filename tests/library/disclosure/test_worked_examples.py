"""The worked examples E1 to E25 that are the gate's (docs/methods/divulgation.md §9)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from gate_samples import (
    base,
    case_table,
    draft,
    keys,
    multiple,
    natured,
    one_way,
    question,
    refused,
    study,
    values,
    yes_no,
)

from croisee.disclosure import (
    Form,
    Mask,
    Rank,
    Word,
    exact,
    others_beside,
    points,
    rounding_step,
    say,
    two_sided,
)
from croisee.disclosure.released import Cell, Head, Kind, ReleasedTable
from croisee.language import Label
from croisee.study import Nature, Option, Question, QuestionKind, Subject
from croisee.tables import BudgetResult, BudgetTable, PositionResult, PositionTable


@pytest.mark.parametrize(
    ("x", "n", "share"), [(46, 64, 72), (24, 30, 80), (13, 28, 46), (28, 33, 85), (20, 54, 37)]
)
def test_e1_participation_is_exact_with_its_right_percentage(x, n, share):
    assert (say(exact(x, n)), points(x, n)) == (f"{x} sur {n}", share)


def test_e2_two_sided_rule_on_twenty_eight():
    forms = [two_sided(x, 28, 5) for x in range(29)]

    assert [v.form for v in forms[:5]] == [Form.FEWER_THAN] * 5
    assert [(v.lo, v.hi) for v in forms[5:24]] == [(x, x) for x in range(5, 24)]
    assert [say(v) for v in forms[24:]] == ["au moins 24 sur 28"] * 5


def function_question() -> Question:
    return Question(
        "fonction",
        Label("Fonction"),
        QuestionKind.SINGLE,
        (
            Option("com", Label("Communication")),
            Option("interv", Label("Intervention, organisation ou projet")),
            Option("dir", Label("Direction ou coordination")),
        ),
        Nature.VISIBLE,
        groupings=((("com",), ("interv",), ("dir",)), (("com", "interv"), ("dir",))),
    )


def test_e3_the_only_communication_officer_is_merged(tmp_path):
    made = draft(tmp_path, ("evaluation.2021.fonction", one_way((1, 15, 12), function_question())))

    (table,) = made.release.tables
    assert values(table) == {"com+interv": (16, 16), "dir": (12, 12)}
    assert table.masks == (Mask.MERGED,)


@pytest.mark.parametrize("counts", [(8, 13, 7), (11, 6, 11), (20, 13)])
def test_e4_large_enough_answers_are_exact(tmp_path, counts):
    made = draft(tmp_path, ("k", one_way(counts)))

    (table,) = made.release.tables
    assert tuple(values(table).values()) == tuple((c, c) for c in counts)
    assert table.masks == ()


def test_e5_third_partition_of_four_blocks(tmp_path):
    made = draft(tmp_path, ("k", one_way((2, 3, 9, 8, 6))))

    (table,) = made.release.tables
    assert values(table) == {"a+b": (5, 5), "c": (9, 9), "d": (8, 8), "e": (6, 6)}


def test_e6_cut_only_at_least_twenty(tmp_path):
    made = draft(tmp_path, ("k", one_way((0, 0, 2, 1, 21))))

    (table,) = made.release.tables
    assert values(table) == {"d+e": (20, 24)}
    assert table.fallback
    assert say(table.cells[0][0].value, "dix") == "au moins 8 sur 10"


def test_e7_cut_only_fewer_than_five(tmp_path):
    made = draft(tmp_path, ("k", one_way((3, 2, 6, 1, 1))))

    (table,) = made.release.tables
    assert say(table.cells[0][0].value) == "moins de 5 sur 13"


def test_e8_no_zero_is_printed(tmp_path):
    made = draft(tmp_path, ("k", one_way((0, 0, 13, 15, 0))))

    (table,) = made.release.tables
    assert values(table) == {"a+b+c": (13, 13), "d+e": (15, 15)}


E9 = {"carrefours": (15, 31), "quartiers": (2, 22), "praticiens": (11, 9), "famille": (2, 26)}


def test_e9_case_rows_without_a_total(tmp_path):
    made = draft(tmp_path, ("k", case_table(E9)))

    (table,) = made.release.tables
    said = [say(cell.value) for cell in table.cells[0]]
    assert said == ["31 sur 46", "au moins 20 sur 24", "9 sur 20", "au moins 24 sur 28"]
    assert [head.key for head in table.columns] == list(E9)
    assert Mask.OMITTED_TOTAL in table.masks


def test_case_rows_all_exact_have_a_total(tmp_path):
    rows = {"carrefours": (15, 31), "quartiers": (8, 16)}
    made = draft(tmp_path, ("k", case_table(rows)))

    (table,) = made.release.tables
    assert say(table.cell("oui", "total").value) == "47 sur 70"
    assert Mask.OMITTED_TOTAL not in table.masks


def test_e10_overall_beside_a_masked_row_is_refused(tmp_path):
    rows = {"carrefours": (15, 31), "quartiers": (1, 23), "praticiens": (11, 9)}
    rows["famille"] = (14, 14)
    overall = one_way((41, 77), yes_no())

    made = draft(tmp_path, ("cas", case_table(rows)), ("ensemble", overall))

    assert keys(made) == ["cas"]
    assert ("ensemble", "§3.4") in refused(made)


def test_e11_two_tables_are_one_case_and_one_alone_is_refused(tmp_path):
    pooled = one_way((10, 10), yes_no(), "famille")
    one = one_way((7, 3), yes_no(), "famille", filter="composante=nord")

    made = draft(tmp_path, ("eclair.2020.aide@famille", pooled), ("nord", one))

    (table,) = made.release.tables
    assert say(table.cells[1][0].value) == "10 sur 20"
    assert Mask.POOLED_CASES in table.masks
    assert ("nord", "§3.4") in refused(made)


def test_e12_gender_a_second_time_on_the_twenty_eight_is_refused(tmp_path):
    gender = natured(
        question("genre", ("femme", "homme"), kind=QuestionKind.SINGLE), Nature.VISIBLE
    )
    whole = one_way((20, 13), gender, source="groupe", edition="2021")
    within = whole.base.id
    part = one_way((16, 12), gender, source="evaluation", edition="2021", within=within)

    made = draft(tmp_path, ("profil", whole), ("encore", part))

    assert keys(made) == ["profil"]
    assert ("encore", "§3.4") in refused(made)


def test_nested_base_is_allowed_when_the_difference_passes(tmp_path):
    whole = one_way((40, 30), yes_no())
    part = one_way((25, 15), yes_no(), filter="sans-institutions")

    made = draft(tmp_path, ("tout", whole), ("partie", part))

    assert keys(made) == ["tout", "partie"]


def test_e13_two_cuts_of_one_question_are_refused(tmp_path):
    low, high = (("a", "b"), ("c", "d", "e")), (("a", "b", "c"), ("d", "e"))
    counts = (6, 6, 3, 15, 16)

    made = draft(
        tmp_path,
        ("un", one_way(counts, replace(question("q"), groupings=(low,), cut=low))),
        ("deux", one_way(counts, replace(question("q"), groupings=(high,), cut=high))),
    )

    assert keys(made) == ["un"]
    assert ("deux", "§3.4") in refused(made)


def test_e14_exactly_three_of_five_gives_the_order_only(tmp_path):
    made = draft(tmp_path, ("k", multiple((33, 31, 30, 26, 3), 41, exactly=3)))

    (table,) = made.release.tables
    assert [line[0].value for line in table.cells] == [Rank(p) for p in (1, 2, 3, 4, 5)]
    assert table.masks == (Mask.ORDER_ONLY,)


def test_e15_steps_of_a_mean():
    assert [rounding_step(Decimal(1), n) for n in (13, 24, 46, 68)] == [
        Decimal(step) for step in ("0.5", "0.5", "0.2", "0.1")
    ]
    steps = [rounding_step(Decimal(5000), n) for n in (5, 12, 13, 24)]
    assert steps == [Decimal(s) for s in (5000, 5000, 2000, 2000)]


def test_e16_budget_of_seven_is_an_amount_for_the_circle_and_an_order_in_public(tmp_path):
    gave = [Decimal(k) * 1000 for k in (30, 20, 25, 10, 40, 15, 35)]
    mean = sum(gave) / 7
    result = BudgetResult(
        base(7, "carrefours", source="groupe"),
        Label("Carrefours"),
        ("animer", "choisir"),
        (mean, 100000 - mean),
        (7, 7),
        (Decimal("0.1"), Decimal("0.1")),
        Decimal(5000),
        Decimal(100000),
    )

    made = draft(tmp_path, ("budget.formation", BudgetTable("formation", (result,))))

    public, own = made.release.tables
    assert [line[0].value for line in public.cells[:2]] == [Rank(2), Rank(1)]
    assert (own.key, own.audience) == ("budget.formation@carrefours", "cercle:carrefours")
    assert say(own.cells[0][0].value, "montant") == "environ 25 000 $"
    assert (public.masks, own.masks) == ((Mask.ORDER_ONLY,), (Mask.BUDGET,))


def test_e17_positions_of_seven_are_words(tmp_path):
    seven = PositionResult(
        base(7, "carrefours", source="groupe"), Label("Carrefours"), (4, 2, 1), ((), (), ())
    )

    made = draft(tmp_path, ("positions.teletravail", PositionTable("teletravail", (seven,))))

    (table,) = made.release.tables
    assert [line[0].value.word for line in table.cells] == ["exprime"] * 3
    assert table.masks == (Mask.WORDS,)
    assert [note.fr for note in table.notes] == [
        "Pour, contre et avec nuances : les trois positions ont été exprimées."
    ]
    assert not any(character.isdigit() for note in table.notes for character in note.fr)


def beside(*shares: int) -> ReleasedTable:
    columns = tuple(Head(code, Label(code)) for code in "abcd"[: len(shares)])
    cells = tuple(Cell(exact(x, 100)) for x in shares)
    return ReleasedTable(
        "F-01", "k", Kind.CASE_ROWS, Label("T"), (Head("oui", Label("Oui")),), columns, (cells,), ()
    )


def test_e19_others_are_a_range_rounded_outwards():
    found = others_beside(beside(50, 42, 58, 71), "oui", "a")

    assert found.say().to("fr") == "entre 4 et 8 sur 10"


def test_e19_two_others_are_a_word():
    rows = beside(50, 42)
    total = Head("total", Label("Ensemble"))
    with_total = replace(
        rows, columns=(*rows.columns, total), cells=((*rows.cells[0], Cell(exact(76, 200))),)
    )

    assert others_beside(with_total, "oui", "a") == Word("plus", Mask.OTHER_CASES)
    assert others_beside(rows, "oui", "a") is None


@pytest.mark.parametrize(
    ("x", "said"), [(8, "moins de 10 sur 24"), (12, "12 sur 24"), (20, "au moins 15 sur 24")]
)
def test_e23_sensitive_questions_keep_ten_on_both_sides(tmp_path, x, said):
    delicate = natured(yes_no(), Nature.SENSITIVE)

    made = draft(tmp_path, ("k", one_way((24 - x, x), delicate)))

    (table,) = made.release.tables
    assert say(table.cells[-1][0].value) == said
    assert Mask.SENSITIVE in table.masks


def test_e24_no_percentage_of_thirteen():
    assert say(exact(9, 13), "pct") == "9 sur 13"
    assert say(exact(31, 46), "pct") == "31 sur 46 (67 %)"


def test_e25_two_refinements_of_one_cut_are_refused(tmp_path):
    leaflet = (("a",), ("b", "c"), ("d",), ("e",))
    report = (("a", "b"), ("c",), ("d", "e"))
    counts, cut = (6, 3, 6, 9, 9), (("a", "b", "c"), ("d", "e"))

    made = draft(
        tmp_path,
        ("feuillet", one_way(counts, replace(question("q"), groupings=(leaflet, cut), cut=cut))),
        ("rapport", one_way(counts, replace(question("q"), groupings=(report, cut), cut=cut))),
    )

    assert keys(made) == ["feuillet"]
    assert ("rapport", "§3.4") in refused(made)


def test_e18_one_interview_takes_the_method_off_every_label(tmp_path):
    from quote_samples import people_met, spoken

    met = people_met({"famille": {"entretien": 1, "groupe": 6}})
    quotes = [
        spoken("un", "famille", "entretien", "p-1"),
        spoken("deux", "famille", "groupe", "p-2"),
    ]

    made = draft(tmp_path, *met, quotes=quotes)

    labels = {quote.key: (quote.case, quote.method) for quote in made.release.quotes}
    assert labels == {"un": ("famille", ""), "deux": ("famille", "")}


def test_organisation_facts_are_finer_for_their_circle(tmp_path):
    fact = natured(yes_no(), Nature.FACT)
    table = one_way((43, 3), fact, "carrefours", subject=Subject.ORGANISATION, source="eclair")

    made = draft(tmp_path, ("eclair.2020.aide@carrefours", table), of=study())

    public, own = made.release.tables
    assert (say(public.cells[0][0].value), public.audience) == ("moins de 5 sur 46", "public")
    assert own.key == "eclair.2020.aide@carrefours~cercle"
    assert [say(line[0].value) for line in own.cells] == ["43 sur 46", "3 sur 46"]
    assert own.audience == "cercle:carrefours"
