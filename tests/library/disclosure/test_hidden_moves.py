"""P1 beyond questionnaires: what is moved inside what a rule hides moves no byte.

Crossings, positions and their arguments, budgets, orders, codings, technologies, sums of
numbers. Beside each move, a step out of what is hidden: the bytes must then differ.
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from gate_samples import base, draft, one_way, question, study
from hypothesis import given, settings
from hypothesis import strategies as st

from croisee.disclosure import release_json
from croisee.language import Label
from croisee.study import Nature, QuestionKind, Subject
from croisee.tables import (
    BudgetResult,
    BudgetTable,
    Code,
    CodeCaseTable,
    CodePresence,
    CrossTable,
    LandscapeTable,
    Mention,
    NumericTable,
    PositionResult,
    PositionTable,
    RankingResult,
    RankingTable,
)

GROUP = {"source": "groupe", "edition": "2021"}
CODES = (Code("aide", Label("Aide")), Code("argent", Label("Argent"), sensitive=True))


def told(tmp_path, key: str, raw) -> bytes:
    return release_json(draft(tmp_path, (key, raw), of=study()).release)


def crossing(*counts: tuple[int, ...]):
    attribute = question("genre", ("f", "h"), kind=QuestionKind.SINGLE, nature=Nature.VISIBLE)
    answer = question("accord", "abcd"[: len(counts[0])])
    whole = base(sum(map(sum, counts)))
    return "croisement.x", CrossTable(whole, attribute, answer, counts)


def positions(*counts: int, arguments=((), (), ())):
    asked = base(sum(counts), "carrefours", **GROUP)
    result = PositionResult(asked, Label("C"), counts, arguments)
    return "positions.teletravail", PositionTable("teletravail", (result,))


def budget(n: int, means: tuple[int, int], givers: tuple[int, int], spread: str = "0.1"):
    result = BudgetResult(
        base(n, "carrefours", **GROUP),
        Label("C"),
        ("animer", "choisir"),
        tuple(map(Decimal, means)),
        givers,
        (Decimal(spread),) * 2,
        Decimal(5000),
        Decimal(100000),
    )
    return "budget.formation", BudgetTable("formation", (result,))


def ranking(n: int, points: tuple[int, int], first: tuple[int, int]):
    result = RankingResult(
        base(n, "carrefours", **GROUP),
        Label("C"),
        ("soutien", "web"),
        (("soutien",), ("web",)),
        tuple(map(Decimal, points)),
        first,
        "soutien",
        True,
    )
    return "rangs.besoins", RankingTable("besoins", (result,))


def coding(n: int, people: int, passages: int = 9, share: str = "0.3", delicate: int = 0):
    cells = (
        (CodePresence(people, passages, 1, Decimal(share)),),
        (CodePresence(delicate, delicate, 1, Decimal("0.3")),),
    )
    asked = base(n, "carrefours", source="verbatims", edition="2021")
    return "codes", CodeCaseTable(CODES, (asked,), (Label("C"),), cells)


def technologies(*people: int):
    asked = base(17, "carrefours", source="technologies", edition="2021")
    mention = Mention(Label("Tableau partagé"), "outils", people, common=False)
    return "paysage", LandscapeTable(
        (("outils", Label("Outils")),), (asked,), (Label("C"),), (mention,)
    )


def numbers(counts: tuple[int, ...], total: int):
    asked = replace(question("heures", "abc"), kind=QuestionKind.NUMBER, unit="h")
    classes = one_way(counts, asked, subject=Subject.PERSON)
    largest = (Decimal(60), Decimal(50))
    return "heures", NumericTable(classes, Decimal(total), sum(counts), largest, 1)


PAIR = ((("aide", 1), ("web", 4)), (), ())
SAME = ((("aide", 6), ("web", 2)), (), ())
MOVES = {
    "a crossing that is refused": (
        crossing((9, 9), (9, 4)), crossing((9, 9), (11, 2)), crossing((9, 9), (8, 5)),
    ),
    "answers merged in a crossing": (
        crossing((8, 1, 6, 7), (9, 2, 8, 9)), crossing((6, 3, 6, 7), (10, 1, 8, 9)),
        crossing((8, 1, 7, 7), (9, 2, 8, 9)),
    ),
    "who is against, under five": (
        positions(10, 2, 2), positions(9, 1, 4), positions(6, 3, 5),
    ),
    "positions of seven people": (positions(4, 2, 1), positions(2, 4, 1), positions(4, 3, 0)),
    "how many people gave an argument": (
        positions(4, 2, 1, arguments=PAIR), positions(4, 2, 1, arguments=SAME),
        positions(4, 2, 1, arguments=((("aide", 1),), (), ())),
    ),
    "amounts within a step": (
        budget(12, (60000, 40000), (9, 8)), budget(12, (61000, 39000), (12, 5), "0.02"),
        budget(12, (65000, 35000), (9, 8)),
    ),
    "amounts of seven people in public": (
        budget(4, (60000, 40000), (4, 4)), budget(4, (90000, 10000), (4, 4)),
        budget(5, (60000, 40000), (5, 5)),
    ),
    "points and first choices of fewer than twenty": (
        ranking(12, (12, 0), (12, 0)), ranking(12, (7, 5), (7, 5)), ranking(20, (12, 8), (12, 8)),
    ),
    "people who said a thing, under five": (
        coding(17, 1, 9, "1"), coding(17, 4, 30, "0.4"), coding(17, 5, 9, "0.4"),
    ),
    "nearly everybody said it": (coding(17, 13), coding(17, 17, 40), coding(17, 12)),
    "passages that one person holds": (
        coding(17, 8, 9, "0.6"), coding(17, 8, 14, "0.9"), coding(17, 8, 14, "0.5"),
    ),
    "a delicate code under ten": (
        coding(24, 8, delicate=1), coding(24, 8, delicate=9), coding(24, 8, delicate=10),
    ),
    "a technology named by few": (technologies(1), technologies(4), technologies(5)),
    "a technology named by many": (technologies(5), technologies(17), technologies(3)),
    "a sum within the step of its mean": (
        numbers((8, 9, 7), 900), numbers((8, 9, 7), 901), numbers((8, 9, 7), 960),
    ),
    "a sum beside merged classes": (
        numbers((2, 9, 13), 900), numbers((4, 7, 13), 400), numbers((4, 6, 14), 900),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MOVES)
def test_p1_a_hidden_move_changes_no_byte(tmp_path, name):
    before, after, out = MOVES[name]

    assert told(tmp_path, *before) == told(tmp_path, *after)
    assert told(tmp_path, *before) != told(tmp_path, *out)


@settings(max_examples=80, deadline=None)
@given(
    one=st.tuples(*[st.integers(0, 9)] * 3), other=st.tuples(*[st.integers(0, 9)] * 3),
    said=st.tuples(st.integers(0, 17), st.integers(0, 17)),
)  # fmt: skip
def test_p1_equal_words_give_equal_bytes(tmp_path_factory, one, other, said):
    """Positions and codes drawn at random: what is released decides every byte."""
    folder = tmp_path_factory.mktemp("p1")

    def drafted(counts, people):
        tables = (positions(*counts), coding(17, people))
        return draft(folder, *tables, of=study()).release

    first, second = drafted(one, said[0]), drafted(other, said[1])

    def values(release):
        return [(table.key, table.cells, table.rows, table.bases) for table in release.tables]

    assert (values(first) == values(second)) == (release_json(first) == release_json(second))
