"""Every table against a count written as a loop."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.library.survey.survey_waves import (
    AGE,
    EASE,
    HELP,
    HOURS,
    NOTE,
    PEOPLE,
    STRAIN,
    STUDY,
    THREE,
    TOOLS,
    answers,
    frozen,
)

from croisee.language import Label
from croisee.study import Option, Question, QuestionKind, Subject
from croisee.survey import (
    NotCrossable,
    UnknownAnswer,
    banner,
    by_case,
    cross,
    in_classes,
    one_way,
    wave_tables,
)
from croisee.survey.joint import bundles
from croisee.tables import (
    Base,
    CaseTable,
    MultipleCaseTable,
    MultipleTable,
    NumericTable,
    OneWayTable,
    ProfileTable,
)

CASES = ("rives", "vals", "pairs")
GROUPS = (CASES, *((case,) for case in CASES))
LINES = answers(seed=7, count=240)
NAME = "answers/individuel@2021"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    with frozen(tmp_path_factory.mktemp("vague"), STUDY, {NAME: LINES}) as opened:
        yield opened


@pytest.fixture(scope="module")
def tables(dataset):
    return wave_tables(dataset, "individuel", "2021")


def those(cases: tuple[str, ...]) -> list[dict]:
    return [line for line in LINES if line["case"] in cases]


def of(tables, question: Question, cases: tuple[str, ...]):
    return tables.of(question.code, cases[0] if len(cases) == 1 else "")


def expected_base(cases: tuple[str, ...], question: Question, answered: int) -> Base:
    everybody = Base("individuel", "2021", cases, Subject.PERSON, len(those(cases)))
    if answered == everybody.n:
        return everybody
    return replace(everybody, n=answered, filter=question.code, within=everybody.id)


@pytest.mark.parametrize("cases", GROUPS, ids="+".join)
@pytest.mark.parametrize("question", [AGE, EASE, HELP, STRAIN], ids=lambda q: q.code)
def test_one_way_counts_people_and_sums_weights_exactly(tables, question, cases):
    if question.pooled and len(cases) == 1:
        return
    codes = [option.code for option in question.options]
    given = [(line[f"q_{question.code}"], line["weight"]) for line in those(cases)]
    counts = Counter(code for code, _ in given)
    answered = sum(counts[code] for code in codes)

    assert of(tables, question, cases) == OneWayTable(
        base=expected_base(cases, question, answered),
        question=question,
        counts=tuple(counts[code] for code in codes),
        missing=len(given) - answered,
        weighted=tuple(
            sum((weight for one, weight in given if one == code), Decimal(0)) for code in codes
        ),
        squares=sum((weight * weight for one, weight in given if one in codes), Decimal(0)),
    )


@pytest.mark.parametrize("cases", GROUPS, ids="+".join)
@pytest.mark.parametrize("question", [TOOLS, THREE], ids=lambda q: q.code)
def test_multiple_counts_each_option_among_those_who_answered(tables, question, cases):
    columns = [f"q_{question.code}__{option.code}" for option in question.options]
    reached = [line for line in those(cases) if line[columns[0]] is not None]

    assert of(tables, question, cases) == MultipleTable(
        base=expected_base(cases, question, len(reached)),
        question=question,
        counts=tuple(sum(line[column] for line in reached) for column in columns),
        missing=len(those(cases)) - len(reached),
    )


@pytest.mark.parametrize("cases", GROUPS, ids="+".join)
def test_numeric_gives_classes_and_exact_sums(tables, cases):
    values = [line["q_heures"] for line in those(cases) if line["q_heures"] is not None]
    table = of(tables, HOURS, cases)

    ordered = sorted(values)
    lower_median = ordered[(len(ordered) - 1) // 2]
    places = [(value >= 5) + (value >= Decimal("12.5")) for value in values]
    assert isinstance(table, NumericTable)
    assert table.classes.counts == tuple(places.count(k) for k in range(3))
    assert table.classes.missing == len(those(cases)) - len(values)
    assert table.classes.base == expected_base(cases, HOURS, len(values))
    assert table.total == sum(values)
    assert table.contributors == sum(value != 0 for value in values)
    assert table.largest == tuple(sorted(values, reverse=True)[:2])
    assert table.median_class == (lower_median >= 5) + (lower_median >= Decimal("12.5"))


def test_class_of_a_bound_is_the_upper_one():
    codes = [option.code for option in in_classes(HOURS).options]
    labels = [option.label.fr for option in in_classes(HOURS).options]

    assert codes == ["moins-de-5", "5-a-12v5", "12v5-et-plus"]
    assert labels == ["moins de 5 h", "5 à moins de 12,5 h", "12,5 h et plus"]


def test_bounds_are_written_as_each_language_writes_numbers():
    dollars = replace(HOURS, classes=(Decimal(50000),), unit="$")

    labels = [option.label for option in in_classes(dollars).options]

    assert [label.fr for label in labels] == ["moins de 50 000 $", "50 000 $ et plus"]
    assert ["50,000 $" in label.en for label in labels] == [True, True]


def test_classes_declared_by_the_codebook_keep_their_names():
    named = replace(HOURS, options=EASE.options)

    assert in_classes(named).options == EASE.options
    assert in_classes(named).kind is QuestionKind.ORDINAL


def test_numeric_question_without_classes_has_one(tmp_path):
    form = replace(PEOPLE, questions=(replace(HOURS, classes=()),), weighted=False)
    study = replace(STUDY, instruments=(form,))
    lines = [
        {"respondent": f"r{v}", "case": "rives", "component": "", "organisation": ""}
        | {"q_heures": Decimal(v)}
        for v in (3, 0)
    ]
    with frozen(tmp_path, study, {NAME: lines}) as dataset:
        table = one_way(dataset, "individuel", "2021", "heures")

    assert isinstance(table, NumericTable)
    assert table.classes.counts == (2,)
    assert (table.total, table.contributors) == (Decimal(3), 1)
    assert table.largest == (Decimal(3), Decimal(0))


def test_amounts_and_weights_of_many_decimals_are_summed(tmp_path):
    """Their product has sixteen decimals, more than the engine gave back: it stopped there."""
    study = replace(STUDY, instruments=(replace(PEOPLE, questions=(HOURS,)),))
    given = (("12.3456", "0.333333333333"), ("0.0001", "99999.123456789012"), ("7", "1"))
    lines = [
        {"respondent": f"r{place}", "case": "rives", "component": "", "organisation": ""}
        | {"q_heures": Decimal(value), "weight": Decimal(weight)}
        for place, (value, weight) in enumerate(given)
    ]
    with frozen(tmp_path, study, {NAME: lines}) as dataset:
        table = one_way(dataset, "individuel", "2021", "heures")

    assert isinstance(table, NumericTable)
    assert table.weighted_total is not None
    exact = sum(Decimal(value) * Decimal(weight) for value, weight in given)
    assert abs(table.weighted_total - exact) < Decimal("1e-7")


@pytest.mark.parametrize(
    ("row", "column"), [(AGE, EASE), (AGE, HELP), (HELP, HOURS)], ids=lambda q: q.code
)
def test_cross_counts_people_who_gave_both(dataset, row, column):
    table = cross(dataset, "individuel", "2021", row.code, column.code)

    def place(question, line):
        value = line[f"q_{question.code}"]
        if value is None or value in question.missing:
            return None
        if question.kind is QuestionKind.NUMBER:
            return (value >= 5) + (value >= Decimal("12.5"))
        return [option.code for option in question.options].index(value)

    pairs = Counter((place(row, line), place(column, line)) for line in LINES)
    rows, columns = (len(in_classes(question).options) for question in (row, column))
    assert table.counts == tuple(tuple(pairs[r, c] for c in range(columns)) for r in range(rows))
    assert table.base.n == sum(map(sum, table.counts))
    assert table.base.filter == f"{row.code}*{column.code}"
    assert table.base.within == "individuel.2021@rives+vals+pairs"


@pytest.mark.parametrize("pair", [("age", "age"), ("age", "outils"), ("note", "age")])
def test_cross_refuses_what_has_no_single_answer(dataset, pair):
    with pytest.raises(NotCrossable):
        cross(dataset, "individuel", "2021", *pair)


def test_keys_never_hold_a_total_beside_its_rows(tables):
    keyed = dict(tables.keyed())

    expected = {"profil.individuel.2021": ProfileTable, "individuel.2021.conflit": OneWayTable}
    for code, whole, alone in (
        ("aisance", CaseTable, OneWayTable),
        ("aide", CaseTable, OneWayTable),
        ("outils", MultipleCaseTable, MultipleTable),
        ("besoins", MultipleCaseTable, MultipleTable),
        ("heures", CaseTable, NumericTable),
    ):
        expected[f"individuel.2021.{code}"] = whole
        expected |= {f"individuel.2021.{code}@{case}": alone for case in CASES}
    assert {key: type(table) for key, table in keyed.items()} == expected
    assert len(tables.keyed()) == len(keyed)
    profile = keyed["profil.individuel.2021"]
    assert profile == ProfileTable("individuel", "2021", (tables.of("age"),))


def test_pooled_question_is_never_read_by_case(dataset, tables):
    with pytest.raises(ValueError, match="all cases"):
        by_case(dataset, "individuel", "2021", "age")
    assert tables.by_case[0] == ()


def test_one_question_alone_is_the_same_as_in_the_whole_wave(dataset, tables):
    assert one_way(dataset, "individuel", "2021", "aisance") == tables.of("aisance")
    assert one_way(dataset, "individuel", "2021", "outils", "vals") == tables.of("outils", "vals")
    keyed = dict(tables.keyed())
    assert by_case(dataset, "individuel", "2021", "heures") == keyed["individuel.2021.heures"]
    with pytest.raises(ValueError, match="closed"):
        one_way(dataset, "individuel", "2021", NOTE.code)


def test_study_of_one_case_has_one_table_a_question(tmp_path):
    study = replace(STUDY, cases=STUDY.cases[:1])
    lines = those(("rives",))
    with frozen(tmp_path, study, {NAME: lines}) as dataset:
        keyed = dict(wave_tables(dataset, "individuel", "2021").keyed())

    assert sorted(keyed) == sorted(
        ["profil.individuel.2021"]
        + [f"individuel.2021.{q.code}" for q in (EASE, HELP, STRAIN, TOOLS, THREE, HOURS)]
    )
    assert isinstance(keyed["individuel.2021.aisance"], OneWayTable)


def test_answer_that_is_no_option_is_refused_not_dropped(tmp_path):
    lines = [{**LINES[0], "q_aide": "peut-etre"}]

    with frozen(tmp_path, STUDY, {NAME: lines}) as dataset, pytest.raises(UnknownAnswer):
        wave_tables(dataset, "individuel", "2021")


@pytest.mark.parametrize("pair", [("aide", "age"), ("age", "aide")])
def test_crossing_names_the_answer_that_is_no_option(tmp_path, pair):
    lines = [{**LINES[0], "q_aide": "peut-etre"}]

    with (
        frozen(tmp_path, STUDY, {NAME: lines}) as dataset,
        pytest.raises(UnknownAnswer, match=r"^aide: peut-etre$"),
    ):
        cross(dataset, "individuel", "2021", *pair)


def test_wave_that_nobody_answered_has_no_case(tmp_path):
    with frozen(tmp_path, STUDY, {}) as dataset:
        tables = wave_tables(dataset, "individuel", "2021")
        crossed = cross(dataset, "individuel", "2021", "age", "aide")

    assert tables.cases == ()
    assert (crossed.base.n, {count for row in crossed.counts for count in row}) == (0, {0})


def test_more_questions_than_one_query_takes(tmp_path):
    many = tuple(replace(EASE, code=f"q{number:03}") for number in range(130))
    form = replace(PEOPLE, questions=many, weighted=False)
    study = replace(STUDY, instruments=(form,))
    lines = [
        {"respondent": f"r{n}", "case": "rives", "component": "", "organisation": ""}
        | {f"q_{q.code}": "peu" if n > place % 3 else "tres" for place, q in enumerate(many)}
        for n in range(3)
    ]
    with frozen(tmp_path, study, {NAME: lines}) as dataset:
        tables = wave_tables(dataset, "individuel", "2021")

    counts = [table.counts for table in tables.together if isinstance(table, OneWayTable)]
    assert counts == [((2, 0, 1), (1, 0, 2), (0, 0, 3))[place % 3] for place in range(130)]


def test_bundles_hold_three_questions_or_fewer_when_they_have_many_answers():
    wide = replace(
        EASE, code="region", options=tuple(Option(f"o{n}", Label("")) for n in range(90))
    )

    found = [[q.code for q in bundle] for bundle in bundles([EASE, HELP, STRAIN, wide, AGE, EASE])]

    assert found == [["aisance", "aide", "conflit"], ["region", "age"], ["aisance"]]


def test_banner_is_its_crossings_one_by_one(dataset):
    questions = ["aisance", "aide", "conflit", "heures"]

    tables = banner(dataset, "individuel", "2021", "age", questions)

    assert tables == tuple(cross(dataset, "individuel", "2021", "age", q) for q in questions)


def test_two_runs_give_the_same_digits(dataset):
    assert len({repr(wave_tables(dataset, "individuel", "2021")) for _ in range(3)}) == 1


def test_tables_page_worked_example(tmp_path):
    """Six answers of docs/methods/tableaux.md, with a weight each."""
    form = replace(PEOPLE, questions=(HELP, THREE, HOURS))
    study = replace(STUDY, instruments=(form,))
    given = [
        ("oui", "1.5", ("w", "x"), "2"),
        ("oui", "0.5", ("w", "y"), "5"),
        ("non", "2", ("x", "y"), "12.5"),
        ("nsp", "1", None, None),
        (None, "1", ("w", "z"), "0"),
        ("non", "1", ("w", "x"), "30"),
    ]
    lines = [
        {"respondent": f"r{n}", "case": "rives", "component": "", "organisation": ""}
        | {"weight": Decimal(weight), "q_aide": aide, "q_heures": hours and Decimal(hours)}
        | {f"q_besoins__{code}": needs and code in needs for code in "wxyz"}
        for n, (aide, weight, needs, hours) in enumerate(given)
    ]
    with frozen(tmp_path, study, {NAME: lines}) as dataset:
        tables = wave_tables(dataset, "individuel", "2021")

    aide, besoins, heures = tables.together
    assert isinstance(aide, OneWayTable)
    assert (aide.base.n, aide.missing, aide.counts) == (4, 2, (2, 2))
    assert aide.weighted == (Decimal(2), Decimal(3))
    assert isinstance(besoins, MultipleTable)
    assert (besoins.base.n, besoins.missing, besoins.counts) == (5, 1, (4, 3, 2, 1))
    assert isinstance(heures, NumericTable)
    assert (heures.classes.counts, heures.total, heures.median_class) == (
        (2, 1, 2),
        Decimal("49.5"),
        1,
    )
    assert (heures.contributors, heures.largest) == (4, (Decimal(30), Decimal("12.5")))
