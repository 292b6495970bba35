"""What the provenance page says of a whole network, from exact counts alone."""

from sample_study import STUDY

from croisee.disclosure.released import Cell, Head, Kind, ReleasedBase, ReleasedTable
from croisee.disclosure.values import Chiffre, two_sided
from croisee.language import Label
from croisee.report.margins import margin_lines
from croisee.study import Subject

BASE = ReleasedBase(
    "eclair.2020@carrefours", "eclair", "2020", ("carrefours",), Subject.ORGANISATION, 46, 64
)


def table(value: Chiffre, kind: Kind = Kind.ONE_WAY) -> ReleasedTable:
    return ReleasedTable(
        "F-01",
        "k",
        kind,
        Label("Aide"),
        (Head("oui", Label("Oui", "Yes")),),
        (Head("carrefours", Label("Carrefours")),),
        ((Cell(value, BASE.id),),),
        (BASE,),
    )


def test_exact_count_says_from_how_many_to_how_many_members():
    (line,) = margin_lines(table(two_sided(31, 46, 5)), STUDY, "fr")

    assert line.endswith(
        "si les 18 sans réponse ressemblent aux autres : Oui, de 38 à 47 (intervalles à 95 %)."
    )
    assert ", sur 64 " in line


def test_banded_count_and_groups_say_nothing_of_the_network():
    assert margin_lines(table(two_sided(45, 46, 5)), STUDY, "fr") == ()
    assert margin_lines(table(two_sided(31, 46, 5), Kind.POSITIONS), STUDY, "fr") == ()
