"""Rules that the worked examples do not show."""

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

from croisee.disclosure import Form, Mask, Percent, Rank, Word, change, exact, say, two_sided
from croisee.language import Label
from croisee.study import Diffusion, Nature, QuestionKind, Subject
from croisee.tables import (
    CaseTable,
    ContextFigure,
    ContextTable,
    CrossTable,
    MultipleCaseTable,
    NumericTable,
    ProfileTable,
)


def word_of(cell):
    return cell.value.word if isinstance(cell.value, Word) else None


def test_base_of_eight_shows_nothing(tmp_path):
    made = draft(tmp_path, ("k", one_way((3, 5))))

    assert (keys(made), refused(made)) == ([], [("k", "M16")])


def test_small_case_says_too_few_beside_the_others(tmp_path):
    made = draft(tmp_path, ("k", case_table({"carrefours": (15, 31), "famille": (3, 5)})))

    (table,) = made.release.tables
    assert word_of(table.cell("oui", "famille")) == "trop-peu"
    assert Mask.OMITTED_TOTAL in table.masks


def test_sensitive_question_is_read_for_all_cases_together(tmp_path):
    delicate = natured(yes_no(), Nature.SENSITIVE)
    made = draft(
        tmp_path, ("k", case_table({"carrefours": (15, 12), "quartiers": (4, 9)}, delicate))
    )

    (table,) = made.release.tables
    assert values(table) == {"non": (19, 19), "oui": (21, 21)}
    assert table.bases[0].cases == ("carrefours", "quartiers")


def test_those_who_did_not_answer_a_sensitive_question_join_the_last_answer(tmp_path):
    delicate = natured(yes_no(), Nature.SENSITIVE)
    made = draft(tmp_path, ("k", one_way((14, 12), delicate, missing=3)))

    (table,) = made.release.tables
    assert values(table) == {"non": (14, 14), "oui": (15, 15)}
    assert table.rows[1].label.fr == "réponse oui ou sans réponse"
    assert table.bases[0].n == 29


def test_sensitive_question_in_one_case_is_for_its_circle(tmp_path):
    delicate = natured(yes_no(), Nature.SENSITIVE)

    made = draft(tmp_path, ("k@carrefours", one_way((15, 12), delicate, "carrefours")))

    assert made.release.tables[0].audience == "cercle:carrefours"


def test_visible_attribute_is_not_shown_by_case(tmp_path):
    gender = natured(question("genre", "fh", kind=QuestionKind.SINGLE), Nature.VISIBLE)
    rows = {"carrefours": (10, 6), "quartiers": (10, 7)}

    made = draft(
        tmp_path,
        ("genre", case_table(rows, gender)),
        ("genre@carrefours", one_way((10, 6), gender, "carrefours")),
    )

    assert keys(made) == []
    assert refused(made) == [("genre", "M5"), ("genre@carrefours", "M5")]


def test_weighted_estimate_is_a_whole_percentage_of_a_gated_count(tmp_path):
    weights = (Decimal("12.5"), Decimal("30.0"))
    made = draft(tmp_path, ("k", one_way((12, 18), yes_no(), weighted=weights)))
    masked = draft(tmp_path, ("k", one_way((2, 28), yes_no(), weighted=weights)))

    assert made.release.tables[0].cells[1][0].value == Percent(71, replace(exact(18, 30), t=5))
    assert masked.release.tables[0].cells[0][0].value == two_sided(28, 30, 5)


def test_profile_gathers_visible_questions_in_one_table(tmp_path):
    ages = natured(question("age", "abc"), Nature.VISIBLE)
    roles = natured(question("fonction", "abc"), Nature.VISIBLE)
    profile = ProfileTable(
        "evaluation", "2021", (one_way((8, 13, 7), ages), one_way((1, 15, 12), roles))
    )

    made = draft(tmp_path, ("profil.evaluation.2021", profile))

    (table,) = made.release.tables
    assert values(table) == {
        "age:a": (8, 8),
        "age:b": (13, 13),
        "age:c": (7, 7),
        "fonction:a+b": (16, 16),
        "fonction:c": (12, 12),
    }
    assert [row.group.fr for row in table.rows][-1] == "Question fonction"


AGE = natured(question("age", "ab"), Nature.VISIBLE)


@pytest.mark.parametrize(
    ("counts", "row", "cases", "shown"),
    [
        (((9, 8), (7, 9)), AGE, (), True),
        (((9, 8), (12, 4)), AGE, (), False),
        (((6, 8), (7, 6)), AGE, (), False),
        (((9, 8), (7, 9)), natured(question("region", "ab"), Nature.VISIBLE), (), False),
        (((9, 8), (7, 9)), AGE, ("carrefours",), False),
        (((9, 8), (7, 9)), question("avis", "ab"), (), False),
    ],
)
def test_crossing_leaves_only_when_every_cell_passes(tmp_path, counts, row, cases, shown):
    raw = CrossTable(base(sum(map(sum, counts)), *cases), row, question("q", "ab"), counts)

    made = draft(tmp_path, ("croisement", raw))

    assert keys(made) == (["croisement"] if shown else [])
    assert [rule for _, rule in refused(made)] == ([] if shown else ["M5"])


def test_second_attribute_on_the_same_base_is_refused(tmp_path):
    counts = ((9, 8), (7, 9))
    tenure = natured(question("anciennete", "ab"), Nature.VISIBLE)
    one = CrossTable(base(33), AGE, question("q", "ab"), counts)
    other = CrossTable(base(33), tenure, question("r", "ab"), counts)

    made = draft(tmp_path, ("un", one), ("autre", other))

    assert keys(made) == ["un"]


def test_free_answers_fall_back_on_halves(tmp_path):
    made = draft(tmp_path, ("k", multiple((4, 4, 4, 3), 14)))

    forms = {line[0].value.form for line in made.release.tables[0].cells}
    assert forms == {Form.UNDER_HALF}


def test_several_answers_by_case_are_read_case_by_case(tmp_path):
    rows = tuple(
        multiple(counts, n, case, exactly=2)
        for counts, n, case in (
            ((12, 9, 8, 11), 20, "carrefours"),
            ((20, 9, 8, 3), 20, "quartiers"),
        )
    )
    made = draft(tmp_path, ("k", MultipleCaseTable(rows[0].question, rows)))

    (table,) = made.release.tables
    first, second = zip(*((a.value, b.value) for a, b in table.cells), strict=True)
    assert [say(value) for value in first] == ["12 sur 20", "9 sur 20", "8 sur 20", "11 sur 20"]
    assert second == (Rank(1), Rank(2), Rank(3), Rank(4))


def numeric(counts, **more):
    table = one_way(counts, question("jours", "abc"))
    parts = {"total": Decimal(60), "contributors": sum(counts), "largest": (Decimal(5), Decimal(5))}
    return NumericTable(table, median_class=1, **{**parts, **more})


def test_mean_is_beside_the_finest_classes_only(tmp_path):
    fine = draft(tmp_path, ("k", numeric((8, 9, 7)))).release.tables[0]
    merged = draft(tmp_path, ("k", numeric((3, 14, 7)))).release.tables[0]

    assert [row.key for row in fine.rows] == ["a", "b", "c", "moyenne", "mediane"]
    assert say(fine.cells[3][0].value) == "environ 2,5"
    assert say(fine.cells[4][0].value) == "réponse b"
    assert [row.key for row in merged.rows] == ["a+b", "c", "mediane"]


def test_mean_counts_those_who_answered_zero(tmp_path):
    raw = numeric((8, 9, 7), total=Decimal(48), contributors=16)

    table = draft(tmp_path, ("k", raw)).release.tables[0]

    assert say(table.cells[3][0].value) == "environ 2"


def test_mean_and_median_are_estimated_where_there_are_weights(tmp_path):
    raw = numeric((8, 9, 7), weighted_total=Decimal(90))
    classes = replace(raw.classes, weighted=(Decimal(2), Decimal(3), Decimal(25)))

    table = draft(tmp_path, ("k", replace(raw, classes=classes))).release.tables[0]

    assert say(table.cells[3][0].value) == "environ 3"
    assert say(table.cells[4][0].value) == "réponse c"


def test_mean_of_organisations_dominated_by_one_is_not_said(tmp_path):
    raw = numeric((8, 9, 7), total=Decimal(100), largest=(Decimal(90), Decimal(2)))
    owned = replace(
        raw,
        classes=replace(raw.classes, base=replace(raw.classes.base, subject=Subject.ORGANISATION)),
    )

    made = draft(tmp_path, ("k", owned))

    assert [row.key for row in made.release.tables[0].rows] == ["a", "b", "c", "mediane"]
    assert ("k/moyenne", "§3.10") in refused(made)


def test_outside_figure_needs_its_source(tmp_path):
    def figure(code, source):
        return ContextFigure(code, Label(""), Label("Énoncé"), Decimal(63), "%", Label(source))

    made = draft(tmp_path, ("contexte", ContextTable((figure("a", "Institut"), figure("b", " ")))))

    assert [row.key for row in made.release.tables[0].rows] == ["a"]
    assert ("contexte/b", "§2") in refused(made)


def test_second_table_under_a_key_is_refused(tmp_path):
    made = draft(tmp_path, ("k", one_way((10, 10))), ("k", one_way((9, 11))))

    assert values(made.release.tables[0]) == {"a": (10, 10), "b": (10, 10)}
    assert ("k", "clé") in refused(made)


def test_two_editions_share_one_pattern(tmp_path):
    made = draft(
        tmp_path,
        ("individuel.2020.q", one_way((2, 3, 9, 8, 6))),
        ("individuel.2021.q", one_way((9, 9, 9, 9, 9), edition="2021")),
    )

    patterns = [[row.key for row in table.rows] for table in made.release.tables[:2]]
    assert patterns == [["a+b", "c", "d", "e"]] * 2


def test_change_is_said_between_two_exact_points_only():
    assert change(exact(20, 40), exact(30, 40)) == 25
    assert change(exact(20, 40), two_sided(39, 40, 5)) is None


def test_confidential_participation_is_banded(tmp_path):
    from quote_samples import people_met

    quiet = study(policy=replace(study().policy, participation="confidentielle"))
    (key, table), _ = people_met({"carrefours": {"groupe": 12}})
    row = replace(table.rows[0], answered=46, frame=50)
    asked = replace(table, source="individuel", edition="2020", rows=(row,))

    made = draft(tmp_path, (key, asked), of=quiet)

    shown = made.release.tables[0]
    assert say(shown.cells[0][0].value) == "au moins 41 sur 50"
    assert shown.bases == ()


def test_same_study_gives_an_equal_release(tmp_path):
    from croisee.disclosure import release_json

    tables = (("k", one_way((2, 3, 9, 8, 6))), ("c", case_table({"carrefours": (15, 31)})))

    first = draft(tmp_path, *tables, of=study(diffusion=Diffusion("2026a"))).release
    second = draft(tmp_path, *tables, of=study(diffusion=Diffusion("2026a"))).release

    assert release_json(first) == release_json(second)


def test_total_of_cases_where_some_did_not_answer_is_a_base_of_its_own(tmp_path):
    whole = one_way((15, 31), yes_no(), "carrefours")
    part = one_way(
        (8, 16), yes_no(), "quartiers", filter="aide", within="individuel.2020@quartiers"
    )

    made = draft(tmp_path, ("k", CaseTable(yes_no(), (whole, part))))

    ids = [(b.id, b.within) for b in made.release.tables[0].bases]
    both = "individuel.2020@carrefours+quartiers"
    assert ids[-1] == (f"{both}?aide", both)
