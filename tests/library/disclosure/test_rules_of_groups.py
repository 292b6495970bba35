"""Rules of what is said and decided in groups: orders, positions, codes, technologies."""

from dataclasses import replace
from decimal import Decimal

import pytest
from gate_samples import (
    base,
    draft,
    keys,
    refused,
    study,
)

from croisee.disclosure import Mask, Rank, Word, exact, say
from croisee.language import Label
from croisee.study import Nature
from croisee.tables import (
    Code,
    CodeCaseTable,
    CodePresence,
    CrossCaseReading,
    LandscapeTable,
    Mention,
    PositionResult,
    PositionTable,
    RankingResult,
    RankingTable,
)


def word_of(cell):
    return cell.value.word if isinstance(cell.value, Word) else None


def ranking(n: int, **more) -> RankingTable:
    parts = {"solid": True, "condorcet": None, "borda": (), "first": ()}
    result = RankingResult(
        base(n, "carrefours", source="groupe"),
        Label("Carrefours"),
        ("soutien", "web"),
        more.pop("order", (("web",), ("soutien",))),
        **{**parts, **more},
    )
    return RankingTable("besoins", (result,))


def test_ranking_is_an_order_and_one_word(tmp_path):
    made = draft(tmp_path, ("rangs.besoins", ranking(7, solid=False)))

    (table,) = made.release.tables
    assert [line[0].value for line in table.cells] == [Rank(2), Rank(1), Word("fragile")]
    assert table.masks == (Mask.ORDER_ONLY,)


def test_ties_of_a_ranking_are_shown(tmp_path):
    made = draft(tmp_path, ("rangs.besoins", ranking(7, order=(("web", "soutien"),))))

    assert made.release.tables[0].cells[0][0].value == Rank(1, tied=True)


def test_agreed_order_is_a_consensus_and_four_people_have_none(tmp_path):
    made = draft(tmp_path, ("rangs.besoins", ranking(6, consensus=True)))
    small = draft(tmp_path, ("rangs.besoins", ranking(4, consensus=True)))

    assert word_of(made.release.tables[0].cells[-1][0]) == "consensus"
    assert keys(small) == []


def positions(*cases) -> PositionTable:
    return PositionTable(
        "teletravail",
        tuple(
            PositionResult(
                base(sum(counts), case, source="groupe"),
                Label(case),
                counts,
                ((("cout", 2),), (), (("liens", 1), ("sante", 1))),
            )
            for case, counts in cases
        ),
    )


CODES = (
    Code("sante", Label("Santé"), sensitive=True),
    Code("liens", Label("Les liens se perdent")),
    Code("cout", Label("Le coût baisse")),
)


def codes_table(*people, n: int = 16, cases=("carrefours",)) -> CodeCaseTable:
    bases = tuple(base(n, case, source="verbatims") for case in cases)
    cells = tuple(tuple(CodePresence(x, 3 * x, 1, Decimal("0.4")) for _ in cases) for x in people)
    return CodeCaseTable(CODES, bases, tuple(Label(case) for case in cases), cells)


def test_positions_of_fourteen_are_the_cut_and_of_seven_are_words(tmp_path):
    table = positions(("carrefours", (4, 5, 5)), ("quartiers", (7, 0, 0)), ("famille", (2, 1, 1)))

    made = draft(tmp_path, ("codes", codes_table(0, 0, 0)), ("positions.teletravail", table))

    shown = made.release.table("positions.teletravail")
    columns = list(zip(*shown.cells, strict=True))
    assert [row.key for row in shown.rows] == ["pour", "nuance", "pour+nuance", "contre"]
    assert [cell and say(cell.value) for cell in columns[0]] == [None, None, "9 sur 14", "5 sur 14"]
    assert [cell and word_of(cell) for cell in columns[1]] == [
        "exprime",
        "non-exprime",
        None,
        "non-exprime",
    ]
    assert {word_of(cell) for cell in columns[2]} == {"trop-peu"}


def test_which_networks_voiced_the_three_positions_is_said_in_words(tmp_path):
    seven, eight, two = (4, 2, 1), (1, 1, 6), (5, 2, 0)
    rows = (("carrefours", seven), ("quartiers", eight), ("famille", two))

    both = draft(tmp_path / "a", ("positions.teletravail", positions(*rows)))
    none = draft(tmp_path / "b", ("positions.teletravail", positions(rows[2])))

    assert [note.fr for note in both.release.tables[0].notes] == [
        "Carrefours, Quartiers : les trois positions ont été exprimées."
    ]
    assert none.release.tables[0].notes == ()


def test_what_a_group_answers_to_a_delicate_theme_stays_with_the_team(tmp_path):
    delicate = study(
        themes=tuple(replace(theme, nature=Nature.SENSITIVE) for theme in study().themes)
    )
    raw = (
        ("codes", codes_table(0, 0, 0)),
        ("rangs.besoins", ranking(24, first=(9, 15))),
        ("positions.teletravail", positions(("carrefours", (8, 8, 8)))),
    )

    said = draft(tmp_path / "a", *raw)
    kept = draft(tmp_path / "b", *raw, of=delicate)

    of_a_group = {"rangs.besoins", "positions.teletravail", "arguments.teletravail"}
    assert of_a_group & set(keys(said)) == of_a_group
    assert of_a_group & set(keys(kept)) == set()
    assert {("rangs.besoins", "§3.7"), ("positions.teletravail", "§3.7")} <= set(refused(kept))


def test_arguments_are_distinct_and_no_sensitive_one_is_shown(tmp_path):
    table = positions(("carrefours", (5, 5, 5)))

    made = draft(tmp_path, ("codes", codes_table(0, 0, 0)), ("positions.teletravail", table))

    shown = made.release.table("arguments.teletravail")
    assert shown.cell("contre", "carrefours").value.text.fr == "Les liens se perdent"
    assert shown.cell("pour", "carrefours").value.number == 1
    assert ("arguments.teletravail/sante", "§3.8") in refused(made)


@pytest.mark.parametrize(
    ("x", "n", "said"),
    [
        (0, 16, "—"),
        (1, 16, "exprimé"),
        (6, 16, "6 sur 16"),
        (12, 16, "par presque tout le monde"),
        (6, 6, "exprimé"),
        (2, 4, "trop peu de réponses"),
    ],
)
def test_code_is_a_dash_a_word_or_a_number(tmp_path, x, n, said):
    made = draft(tmp_path, ("codes", codes_table(0, x, 0, n=n)))

    assert say(made.release.tables[0].cell("liens", "carrefours").value) == said


def test_passages_need_an_exact_count_of_people_and_no_single_voice(tmp_path):
    raw = codes_table(0, 6, 2)
    one_voice = CodePresence(6, 18, 1, Decimal("0.6"))
    alone = replace(raw, cells=(raw.cells[0], (one_voice,), raw.cells[2]))

    shown = draft(tmp_path, ("codes", raw)).release.tables[0]
    hidden = draft(tmp_path, ("codes", alone)).release.tables[0]

    assert shown.cell("liens", "carrefours.passages").value == exact(18)
    assert shown.cell("cout", "carrefours.passages") is None
    assert hidden.cell("liens", "carrefours.passages") is None


def test_sensitive_code_is_read_for_the_whole_study(tmp_path):
    raw = codes_table(8, 6, 2, cases=("carrefours", "quartiers"))

    table = draft(tmp_path, ("codes", raw)).release.tables[0]

    assert table.cell("sante", "carrefours") is None
    assert say(table.cell("sante", "etude").value) == "16 sur 32"


def test_reading_across_cases_leaves_out_sensitive_codes_and_small_cases(tmp_path):
    reading = CrossCaseReading(
        CODES, ("converge", "only-here", "silent"), (("carrefours",),) * 3, ("carrefours",)
    )
    made = draft(tmp_path, ("codes", codes_table(8, 6, 0)), ("lecture-croisee", reading))
    small = draft(tmp_path, ("codes", codes_table(1, 1, 0, n=3)), ("lecture-croisee", reading))

    table = made.release.table("lecture-croisee")
    assert [word_of(line[0]) for line in table.cells] == ["ici-seulement", "silence"]
    assert "lecture-croisee" not in keys(small)


def test_technology_is_listed_for_a_case_from_five_people_or_when_common(tmp_path):
    bases = tuple(base(16, case, source="technologies") for case in ("carrefours", "quartiers"))
    mentions = (
        Mention(Label("Zoom"), "visio", (1, 0), common=True),
        Mention(Label("Outil rare"), "visio", (1, 0), common=False),
        Mention(Label("Tableau"), "visio", (5, 4), common=False),
        Mention(Label("Jamais nommé"), "visio", (0, 0), common=True),
    )
    raw = LandscapeTable((("visio", Label("Visioconférence")),), bases, (), mentions)

    table = draft(tmp_path, ("paysage", raw)).release.tables[0]

    listed = {
        row.label.fr: [cell is not None for cell in line]
        for row, line in zip(table.rows, table.cells, strict=True)
    }
    assert listed == {
        "Outil rare": [False, False, True],
        "Tableau": [True, False, True],
        "Zoom": [True, False, True],
    }


def named_in(people: tuple[int, ...], *met: int, common: bool = True) -> LandscapeTable:
    """A tool named by some of the people met in two networks."""
    cases = ("carrefours", "quartiers")
    bases = tuple(base(n, case, source="technologies") for n, case in zip(met, cases, strict=True))
    mention = Mention(Label("Zoom"), "visio", people, common=common)
    return LandscapeTable((("visio", Label("Visioconférence")),), bases, (), (mention,))


def listed(tmp_path, raw: LandscapeTable, *more) -> list[bool]:
    made = draft(tmp_path, *more, ("paysage", raw))
    found = [table for table in made.release.tables if table.key == "paysage"]
    return [cell is not None for table in found for cell in table.cells[0]]


def test_a_common_tool_is_not_listed_for_a_network_of_four(tmp_path):
    """Under five people every result of a network disappears, this one too (§3.1)."""
    assert listed(tmp_path / "a", named_in((1, 1), 12, 4)) == [True, False, True]
    assert listed(tmp_path / "b", named_in((1, 1), 12, 5)) == [True, True, True]


def test_a_network_of_twelve_where_three_named_a_tool_is_not_small(tmp_path):
    codes = replace(codes_table(0, 0, 0), bases=(base(12, "carrefours", source="verbatims"),))

    assert listed(tmp_path, named_in((3, 0), 3, 0), ("codes", codes)) == [True, False, True]


def test_four_people_in_all_name_nothing(tmp_path):
    assert listed(tmp_path / "a", named_in((2, 1), 2, 2)) == []
    assert listed(tmp_path / "b", named_in((2, 1), 3, 2)) == [False, False, True]
