"""Codes by case, in people and in passages."""

from decimal import Decimal

import pytest
from coded_study import CODES, coding, frozen

from croisee.language import Label
from croisee.qualitative import CodedPassage, code_case, codebook, presence, with_descendants
from croisee.tables import CodePresence

CODINGS = [
    coding("e-1", 2, "aide", 0, 13),
    coding("e-1", 2, "aide", 5, 13, "c-2"),
    coding("e-1", 3, "materiel"),
    coding("g-1", 1, "aide"),
    coding("g-1", 2, "aide"),
    coding("g-1", 2, "materiel"),
    coding("e-1", 1, "argent"),
]


def cells(table):
    return {
        (code.code, base.cases[0]): cell
        for code, row in zip(table.codes, table.cells, strict=True)
        for base, cell in zip(table.bases, row, strict=True)
    }


def test_worked_example_of_the_methods_page(tmp_path):
    """The example of ``docs/methods/codes-par-cas.md``."""
    found = cells(code_case(frozen(tmp_path, codings=CODINGS)))

    assert found["aide", "nord"] == CodePresence(2, 3, 2, Decimal("0.6667"))
    assert found["materiel", "nord"] == CodePresence(2, 2, 2, Decimal("0.5"))
    assert found["acces", "nord"] == CodePresence(2, 4, 2, Decimal("0.75"))
    assert found["aide", "sud"] == CodePresence(0, 0, 0, Decimal(0))


def test_words_of_the_team_are_not_counted(tmp_path):
    found = cells(code_case(frozen(tmp_path, codings=CODINGS)))

    assert found["argent", "nord"] == CodePresence(0, 0, 0, Decimal(0))


def test_base_is_the_people_met_by_any_method(tmp_path):
    """p-3 was in the group and said nothing; p-5 never came; nobody was met in the third case."""
    table = code_case(frozen(tmp_path, codings=CODINGS))

    assert [(base.id, base.n) for base in table.bases] == [
        ("verbatims.2020+2021@nord", 3),
        ("verbatims.2020@sud", 1),
    ]
    assert table.labels == (Label("Nord"), Label("Sud"))


def test_people_who_refused_are_in_no_cell(tmp_path):
    table = code_case(frozen(tmp_path, refusing=["p-2"], codings=CODINGS))

    assert cells(table)["aide", "nord"] == CodePresence(1, 2, 2, Decimal(1))
    assert table.bases[0].n == 2


def test_codes_come_as_a_tree(tmp_path):
    table = code_case(frozen(tmp_path, codings=CODINGS))

    assert [code.code for code in table.codes] == ["acces", "aide", "materiel", "argent"]
    assert table.codes[0].label == Label("Accès", "Access")
    assert table.codes[3].sensitive


def test_code_that_nobody_described_is_counted_under_its_name(tmp_path):
    table = code_case(frozen(tmp_path, codes=(), codings=[coding("e-1", 3, "libre")]))

    assert [code.label for code in table.codes] == [Label("libre")]


def test_nothing_coded_is_no_table(tmp_path):
    assert code_case(frozen(tmp_path)) is None


@pytest.mark.parametrize(
    ("places", "passages"),
    [([(0, 10)], 1), ([(0, 10), (5, 15)], 1), ([(0, 10), (10, 20)], 2), ([(0, 9), (0, 9)], 1)],
)
def test_passages_that_share_characters_are_one(places, passages):
    coded = [CodedPassage("c", "n", "m", "p", "d", 1, a, b) for a, b in places]

    assert presence(coded).passages == passages


def test_codebook_survives_parents_that_do_not_exist_or_turn_round():
    rows = [
        {"code": code, "label_fr": code, "label_en": "", "definition_fr": "", "definition_en": "",
         "parent": parent, "kind": "", "sensitive": None}
        for code, parent in [("a", "b"), ("b", "a"), ("c", "nulle-part"), ("d", "c"), ("e", "e")]
    ]  # fmt: skip

    codes = codebook(rows)

    assert [code.code for code in codes] == ["a", "b", "c", "d", "e"]
    assert with_descendants(codes) == {
        "a": {"a"},
        "b": {"b"},
        "c": {"c", "d"},
        "d": {"d"},
        "e": {"e"},
    }


def test_codebook_gathers_grandchildren():
    rows = [{**CODES[0], "definition_fr": "", "definition_en": "", "parent": "",
             "sensitive": False, "code": code, "label_fr": code} for code in "abc"]  # fmt: skip
    rows[1]["parent"], rows[2]["parent"] = "a", "b"

    assert with_descendants(codebook(rows))["a"] == {"a", "b", "c"}
