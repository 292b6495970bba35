"""A transition table leaves whole or not at all, and never beside what it would undo."""

from dataclasses import replace

import pytest
from gate_samples import base, draft, one_way, refused, yes_no

from croisee.disclosure import Kind
from croisee.study import Nature
from croisee.tables import TransitionTable

ASKED = yes_no()


def linked(counts, asked=ASKED, case="carrefours"):
    n = sum(map(sum, counts))

    def half(edition, other):
        return base(
            n,
            case,
            edition=edition,
            filter=f"{asked.code}*lien-{other}",
            within=f"individuel.{edition}@{case}",
        )

    return TransitionTable(asked, half("2020", "2021"), half("2021", "2020"), counts)


def test_transition_is_released_when_every_cell_counts_five(tmp_path):
    drafted = draft(tmp_path, ("transition.aide", linked(((10, 6), (5, 12)))))

    (table,) = drafted.release.tables
    assert table.kind is Kind.CROSS
    assert [[cell.value.lo for cell in line] for line in table.cells] == [[10, 6], [5, 12]]
    assert [head.label.fr for head in (*table.rows, *table.columns)] == [
        "2020 : réponse non",
        "2020 : réponse oui",
        "2021 : réponse non",
        "2021 : réponse oui",
    ]


@pytest.mark.parametrize("counts", [((10, 4), (8, 12)), ((9, 6), (5, 9)), ((14, 0), (8, 12))])
def test_transition_with_a_small_cell_or_too_few_linked_does_not_leave(tmp_path, counts):
    drafted = draft(tmp_path, ("transition.aide", linked(counts)))

    assert drafted.release.tables == ()
    assert [rule for about, rule in refused(drafted) if about == "transition.aide"] == ["M5"]


def test_transition_of_a_delicate_question_does_not_leave(tmp_path):
    asked = replace(ASKED, nature=Nature.SENSITIVE)

    drafted = draft(tmp_path, ("t", linked(((20, 20), (20, 20)), asked)))

    assert drafted.release.tables == ()


@pytest.mark.parametrize(("left", "leaves"), [((3, 9), False), ((7, 9), True)])
def test_those_not_linked_must_pass_as_a_base(tmp_path, left, leaves):
    """16 of the linked said no: the edition's own table would tell those left, by subtraction."""
    counts = ((10, 6), (5, 12))
    own = [16 + left[0], 17 + left[1]]
    wave = one_way(own, ASKED, "carrefours", edition="2020")

    drafted = draft(tmp_path, ("individuel.2020.aide", wave), ("transition.aide", linked(counts)))

    assert [t.key for t in drafted.release.tables] == [
        "individuel.2020.aide",
        *(["transition.aide"] if leaves else []),
    ]
