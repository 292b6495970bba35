"""The study's list of names, however they were written."""

import pytest

from croisee.deidentify import MaskEntry, NameIndex, find_candidates, with_replacements
from croisee.deidentify.model import Turn

NAMES = (
    MaskEntry("Marie-Ève Tremblay", "personne", "[prénom 1]", ("Mimi",)),
    MaskEntry("Carrefour du Nord", "organisme", "[organisme A]"),
    MaskEntry("Regroupement des intervenant·e·s", "organisme", "[organisme B]"),
    MaskEntry("PAS", "organisme", "[organisme C]"),
    MaskEntry("Le Phare", "organisme", "[organisme D]"),
    MaskEntry("St-Jérôme", "lieu", "[lieu]"),
    MaskEntry("directrice du Carrefour", "autre", "[fonction]"),
    MaskEntry("Bouchard & Fils", "organisme", "[organisme E]"),
)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("J’ai vu Marie-Ève Tremblay hier.", "Marie-Ève Tremblay"),
        ("j'ai vu marie eve tremblay hier", "marie eve tremblay"),
        ("MARIE–ÈVE TREMBLAY, encore", "MARIE–ÈVE TREMBLAY"),
        ("le plan d’Marie-Eve  Tremblay", "Marie-Eve  Tremblay"),
        ("Marie-Ève Tremblay’s plan", "Marie-Ève Tremblay"),
        ("chez les Tremblays", "Tremblays"),
        ("c’est Mimi qui l’a dit", "Mimi"),
        ("au carrefour du nord", "carrefour du nord"),
        ("aux Carrefours du Nord", "Carrefours du Nord"),
        ("au Carrefour-du-Nord", "Carrefour-du-Nord"),
        ("au CarrefourduNord", "CarrefourduNord"),
        ("regroupement des intervenant∙e∙s", "regroupement des intervenant∙e∙s"),
        ("regroupement des intervenant.e.s", "regroupement des intervenant.e.s"),
        ("le Regroupement des intervenantes et intervenants",
         "Regroupement des intervenantes et intervenants"),
        ("Regroupement des intervenants", "Regroupement des intervenants"),
        ("le PAS nous aide", "PAS"),
        ("le P.A.S. nous aide", "P.A.S."),
        ("au Phare, on rit", "Phare"),
        ("Saint-Jérôme", "Saint-Jérôme"),
        ("à st jérôme", "st jérôme"),
        ("le directeur·trice du Carrefour", "directeur·trice du Carrefour"),
        ("chez Bouchard et Fils", "Bouchard et Fils"),
    ],
)  # fmt: skip
def test_name_is_found_in_every_writing(said, found):
    matches = NameIndex(NAMES).find(said)

    longest = max(matches, key=lambda match: match.end - match.start)
    assert said[longest.start : longest.end] == found


@pytest.mark.parametrize(
    "said",
    ["je ne sais pas", "un phare au loin", "le nord du carrefour", "une mimique", "la paseo"],
)
def test_other_words_are_no_name(said):
    assert NameIndex(NAMES).find(said) == ()


def test_part_of_a_name_that_two_people_share_does_not_say_which():
    registry = (
        MaskEntry("Lise Gagnon", "personne", "[prénom 1]"),
        MaskEntry("Lise Roy", "personne", "[prénom 2]"),
    )
    turns = [Turn("d", 1, "A", "", "Lise a parlé à Gagnon, puis Lise Roy est venue.")]

    found = [(c.text, c.replacement) for c in find_candidates(turns, registry)]

    assert found == [
        ("Lise", "[personne]"),
        ("Gagnon", "[prénom 1]"),
        ("Lise Roy", "[prénom 2]"),
    ]


def test_missing_replacements_are_numbered_in_the_order_of_the_list():
    registry = [
        MaskEntry("Lise", "personne", ""),
        MaskEntry("Le Phare", "organisme", ""),
        MaskEntry("Paul", "personne", "[le voisin]"),
        MaskEntry("Jean", "personne", ""),
        MaskEntry("Rimouski", "lieu", ""),
        *[MaskEntry(f"Groupe {i}", "organisme", "") for i in range(26)],
    ]

    filled = with_replacements(registry)

    assert [entry.replacement for entry in filled[:5]] == [
        "[personne 1]",
        "[organisme A]",
        "[le voisin]",
        "[personne 3]",
        "[lieu 1]",
    ]
    assert filled[-1].replacement == "[organisme AA]"


def test_a_name_with_a_comma_is_found_whole_or_by_what_stands_before_the_comma():
    index = NameIndex([MaskEntry("La Brume-Douce, centre de femmes", "organisme", "[organisme A]")])
    text = "On est à La Brume-Douce, centre de femmes. La Brume-Douce, c’est petit."
    places = {(match.start, match.end) for match in index.find(text)}
    found = {text[start:end] for start, end in places}
    assert {"La Brume-Douce, centre de femmes", "La Brume-Douce"} <= found
