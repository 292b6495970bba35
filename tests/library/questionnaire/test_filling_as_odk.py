"""What other engines of ODK do, found beside one of them, and that ours did not do."""

from __future__ import annotations

from tests.library.questionnaire.test_filling import filled, form, row

from croisee.questionnaire.answers import faults_of
from croisee.questionnaire.submission import read_submission, submission_of

PLACES = [
    {"list_name": "regions", "name": "bsl", "label": "Bas-Saint-Laurent"},
    {"list_name": "regions", "name": "mtl", "label": "Montréal"},
    {"list_name": "villes", "name": "r", "label": "Rimouski", "region": "bsl"},
    {"list_name": "villes", "name": "m", "label": "Matane", "region": "bsl"},
    {"list_name": "villes", "name": "v", "label": "Verdun", "region": "mtl"},
    {"list_name": "quartiers", "name": "q", "label": "Centre", "ville": "r"},
]
CASCADE = [
    row("select_one regions", "region"),
    row("select_one villes", "ville", choice_filter="region=${region}"),
    row("select_one quartiers", "quartier", choice_filter="ville=${ville}"),
    row("text", "rue", relevant="${ville} = 'r'"),
]


def test_a_calculation_of_no_number_is_empty():
    sheet = filled(
        form(
            [
                row("decimal", "a"),
                row("calculate", "double", calculation="${a} * 2"),
                row("calculate", "moitie", calculation="coalesce(${double}, 3) div 2"),
            ]
        )
    )
    assert (sheet.value("/data/double"), sheet.value("/data/moitie")) == ("", "1.5")
    sheet.set("/data/a", "2")
    assert (sheet.value("/data/double"), sheet.value("/data/moitie")) == ("4", "2")


def test_a_choice_that_is_no_longer_offered_is_no_answer():
    sheet = filled(form(CASCADE, PLACES))
    sheet.set_many({"/data/region": "bsl", "/data/ville": "r", "/data/quartier": "q"})
    sheet.set("/data/rue", "Saint-Germain")
    assert sheet.asked("/data/rue")

    sheet.set("/data/region", "mtl")

    assert (sheet.value("/data/ville"), sheet.asked("/data/rue")) == ("", False)
    assert (sheet.value("/data/quartier"), sheet.choices("/data/quartier")) == ("", [])
    assert faults_of(sheet) == []
    assert read_submission(submission_of(sheet)).values.keys() == {
        "/data/region", "/data/meta/instanceID",
    }  # fmt: skip


def test_choices_of_several_that_are_still_offered_stay():
    book = [CASCADE[0], row("select_multiple villes", "villes", choice_filter="region=${region}")]
    sheet = filled(form(book, [*PLACES[:5], {**PLACES[4], "region": "bsl", "name": "p"}]))
    sheet.set_many({"/data/region": "bsl", "/data/villes": "r p"})

    sheet.set("/data/region", "mtl")

    assert sheet.value("/data/villes") == ""
    sheet.set_many({"/data/region": "bsl", "/data/villes": "m v"})
    assert sheet.value("/data/villes") == "m v"  # never offered: said, not dropped
    assert [fault.address for fault in faults_of(sheet)] == ["/data/villes"]


def test_a_choice_that_was_never_offered_is_said_and_not_dropped():
    """A sheet is typed question by question, whatever was written on it."""
    sheet = filled(form([row("text", "debut"), *CASCADE], PLACES))
    sheet.set("/data/region", "bsl")
    sheet.set("/data/ville", "v")
    sheet.set_many({"/data/debut": "x", "/data/rue": "y"})
    again = filled(sheet.sheet.prepared, values=sheet.values())
    again.set("/data/debut", "z")
    assert (sheet.value("/data/ville"), again.value("/data/ville")) == ("v", "v")
    assert [fault.address for fault in faults_of(again)] == ["/data/ville"]
    again.set("/data/region", "mtl")
    again.set("/data/region", "bsl")
    assert again.value("/data/ville") == ""


def test_what_was_said_in_a_repeat_comes_back_when_it_is_asked_again():
    """A count that is not asked, or taken back, is not zero."""
    sheet = filled(
        form(
            [
                row("integer", "passer"),
                row("begin_group", "suite", relevant="${passer} != 1"),
                row("integer", "combien"),
                row("begin_repeat", "poste", repeat_count="${combien}"),
                row("text", "nom", default="?"),
                {"type": "end_repeat"},
                {"type": "end_group"},
            ]
        )
    )
    assert "/data/suite/poste/nom" not in sheet.values()
    sheet.set("/data/suite/combien", "2")
    sheet.set_many({"/data/suite/poste[1]/nom": "Ana", "/data/suite/poste[2]/nom": "Béa"})

    sheet.set("/data/passer", "1")
    assert not sheet.asked("/data/suite/poste[2]/nom")
    sheet.set("/data/passer", "0")
    assert sheet.value("/data/suite/poste[2]/nom") == "Béa"

    again = filled(sheet.sheet.prepared, values=sheet.values())
    sheet.set("/data/suite/combien", "")
    assert sheet.value("/data/suite/poste[2]/nom") == "Béa"
    sheet.set("/data/suite/combien", "1")
    assert sheet.value("/data/suite/poste/nom") == "Ana"
    sheet.set("/data/suite/combien", "0")
    assert [one.address for one in sheet.asked_places()][-1] == "/data/meta/instanceID"
    assert "/data/suite/poste/nom" not in sheet.values()
    hidden = filled(again.sheet.prepared, values={**again.values(), "/data/passer": "1"})
    hidden.set("/data/passer", "0")
    assert hidden.value("/data/suite/poste[2]/nom") == "Béa"


def test_a_repeat_inside_another_is_counted_by_the_value_beside_it():
    """And is not there at all in a new time of the outer one, before it is counted."""
    sheet = filled(
        form(
            [
                row("begin_repeat", "arbre"),
                row("integer", "combien"),
                row("begin_repeat", "tige", repeat_count="${combien}"),
                row("integer", "hauteur"),
                {"type": "end_repeat"},
                {"type": "end_repeat"},
            ]
        )
    )
    sheet.add_repeat("/data/arbre")
    sheet.set("/data/arbre[2]/combien", "2")

    assert [one.address for one in sheet.asked_places() if "arbre" in one.address] == [
        "/data/arbre[1]",
        "/data/arbre[1]/combien",
        "/data/arbre[2]",
        "/data/arbre[2]/combien",
        "/data/arbre[2]/tige[1]",
        "/data/arbre[2]/tige[1]/hauteur",
        "/data/arbre[2]/tige[2]",
        "/data/arbre[2]/tige[2]/hauteur",
    ]
