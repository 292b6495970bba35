"""Positions: people once, groups of a case together, arguments under their position."""

import pytest
from group_study import frozen, line, person

from croisee.focusgroup import Voice, count_positions, positions


def test_worked_example_of_the_methods_page():
    """The example of ``docs/methods/positions.md``."""
    voices = [
        Voice("p-1", "pour", "j-trajet"),
        Voice("p-2", "nuance", "j-lien"),
        Voice("p-3", "contre", "j-lien"),
        Voice("p-3", "contre", "j-equite"),
        Voice("p-4", "contre", "j-lien"),
        Voice("p-5", "pour"),
        Voice("p-5", "contre", "j-soin"),
    ]

    assert count_positions(voices) == (
        (1, 2, 2),
        (
            (("j-trajet", 1),),
            (("j-lien", 1),),
            (("j-equite", 1), ("j-lien", 2), ("j-soin", 1)),
        ),
    )


def test_unknown_position_is_refused():
    with pytest.raises(ValueError, match="bof"):
        count_positions([Voice("p-1", "bof")])


def positions_lines():
    voiced = ["pour", "nuance", "contre", "contre", "contre"]
    first = [
        line("g-1", "distance", person("g-1", i), position=p, justification="j-soin")
        for i, p in enumerate(voiced, start=1)
    ]
    second = [line("g-2", "distance", person("g-2", i), position="pour") for i in (1, 2)]
    return [*first, *second]


def test_positions_pool_the_groups_of_a_case(tmp_path):
    dataset = frozen(tmp_path, positions=positions_lines())

    (table,) = positions(dataset)

    (result,) = table.results
    assert (table.theme, table.edition, result.groups) == ("distance", "", 2)
    assert result.counts == (3, 1, 3)
    assert result.arguments == ((("j-soin", 1),), (("j-soin", 1),), (("j-soin", 3),))


def test_positions_base_says_it_is_a_part_of_the_people_met(tmp_path):
    (table,) = positions(frozen(tmp_path, positions=positions_lines()))

    base = table.results[0].base
    assert (base.n, base.id) == (7, "groupe.2020@nord?positions.distance")
    assert base.within == "groupe.2020@nord"


def test_positions_of_everybody_met_are_on_the_base_of_the_method(tmp_path):
    everyone = [line("g-3", "distance", person("g-3", i), position="pour") for i in range(1, 5)]

    (table,) = positions(frozen(tmp_path, positions=everyone))

    base = table.results[0].base
    assert (base.n, base.id, base.within) == (4, "groupe.2020@sud", "")


def test_positions_leave_out_people_who_refused(tmp_path):
    dataset = frozen(tmp_path, refusing=["p-13"], positions=positions_lines())

    (table,) = positions(dataset)

    assert (table.results[0].base.n, table.results[0].counts) == (6, (3, 1, 2))


def test_theme_asked_in_two_editions_gives_two_tables(tmp_path):
    lines = [
        line("g-3", "distance", person("g-3", 1), position="pour"),
        line("g-4", "distance", person("g-4", 1), position="contre"),
    ]

    tables = positions(frozen(tmp_path, positions=lines))

    assert [(t.theme, t.edition, t.results[0].counts) for t in tables] == [
        ("distance", "2020", (1, 0, 0)),
        ("distance", "2022", (0, 0, 1)),
    ]


def test_study_without_positions_has_no_table(tmp_path):
    assert positions(frozen(tmp_path)) == ()
