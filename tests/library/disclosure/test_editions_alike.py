"""One pattern for all the editions shown: it must not change from one to the next (§3.12)."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

from gate_samples import KEY, base, draft, one_way, study

from croisee.disclosure import Register, say, seal
from croisee.language import Label
from croisee.study import Diffusion
from croisee.tables import PositionResult, PositionTable, RankingResult, RankingTable

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CLEAN = SimpleNamespace(breaches=(), undecided=())


def rows(table) -> list[str]:
    return [head.key for head in table.rows]


def test_an_edition_where_some_did_not_answer_keeps_the_pattern_of_the_other(tmp_path):
    """Everybody answered in 2020, one person did not in 2021: the same question all the same."""
    part = {"filter": "q", "within": "individuel.2021@tous", "edition": "2021", "missing": 1}

    made = draft(
        tmp_path,
        ("individuel.2020.q", one_way((2, 3, 9, 8, 6))),
        ("individuel.2021.q", one_way((9, 9, 9, 9, 9), **part)),
    )

    assert [rows(table) for table in made.release.tables[:2]] == [["a+b", "c", "d", "e"]] * 2


def test_a_base_that_another_condition_defines_has_a_pattern_of_its_own(tmp_path):
    made = draft(
        tmp_path,
        ("un", one_way((2, 3, 9, 8, 6))),
        ("autre", one_way((9, 9, 9, 9, 9), edition="2021", filter="sans-institutions")),
    )

    assert [rows(table) for table in made.release.tables[:2]] == [
        ["a+b", "c", "d", "e"],
        ["a", "b", "c", "d", "e"],
    ]


def positions(edition: str, *counts: int) -> tuple[str, PositionTable]:
    asked = base(sum(counts), "carrefours", source="groupe", edition=edition)
    result = PositionResult(asked, Label("Carrefours"), counts, ((), (), ()))
    return f"positions.teletravail.{edition}", PositionTable("teletravail", (result,), edition)


THREE, CUT = ["pour", "nuance", "contre"], ["pour+nuance", "contre"]


def test_positions_of_two_editions_are_read_alike(tmp_path):
    alone = draft(tmp_path / "a", positions("2020", 7, 6, 8))
    made = draft(tmp_path / "b", positions("2020", 7, 6, 8), positions("2021", 9, 2, 8))

    assert rows(alone.release.tables[0]) == THREE
    assert [rows(table) for table in made.release.tables] == [CUT, CUT]


def test_positions_keep_the_pattern_of_a_sealed_edition(tmp_path):
    register = Register.open(tmp_path / "registre", token=KEY)
    first = draft(tmp_path, positions("2020", 9, 2, 8), register=register)
    seal(first.release, register, AT, CLEAN)

    made = draft(
        tmp_path,
        positions("2021", 7, 6, 8),
        register=register,
        of=study(diffusion=Diffusion("2027a")),
    )

    (table,) = made.release.tables
    assert rows(table) == CUT
    assert [say(line[0].value) for line in table.cells] == ["13 sur 21", "8 sur 21"]


def first_choices(edition: str, *first: int) -> tuple[str, RankingTable]:
    n, options = sum(first), ("a", "b", "c")
    asked = base(n, "carrefours", source="groupe", edition=edition)
    order = tuple((option,) for option in options)
    points = tuple(Decimal(n) for _ in options)
    result = RankingResult(asked, Label("C"), options, order, points, first, "a", True)
    return f"rangs.besoins.{edition}", RankingTable("besoins", (result,), edition)


def test_first_choices_of_two_editions_are_read_alike(tmp_path):
    labels = tuple(replace(study().themes[0].options[0], code=c, label=Label(c)) for c in "abc")
    themes = (replace(study().themes[0], options=labels), *study().themes[1:])

    made = draft(
        tmp_path,
        first_choices("2020", 8, 9, 10),
        first_choices("2021", 9, 2, 10),
        of=study(themes=themes),
    )

    told = [table for table in made.release.tables if table.key.startswith("premiers.")]
    assert [rows(table) for table in told] == [["a+b", "c"]] * 2
