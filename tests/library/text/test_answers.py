"""Answers merged into one label."""

import pytest

from croisee.disclosure.shapes import one_of
from croisee.language import Label
from croisee.text import inside_sentence


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("Satisfaite", "Très satisfaite"), "Satisfaite ou très satisfaite"),
        (("Teams", "Une autre plateforme"), "Teams ou une autre plateforme"),
        (("Zoom", "Teams"), "Zoom ou Teams"),
        (("Intervention", "organisation", "projet"), "Intervention, organisation ou projet"),
        (("moins de 1", "1 à moins de 2 jours"), "moins de 1, ou 1 à moins de 2 jours"),
        (("Moins de 5 ans", "5 à 10 ans", "Plus de 10 ans"),
         "Moins de 5 ans, 5 à 10 ans, ou plus de 10 ans"),
        (("Aux deux endroits", "À la maison"), "Aux deux endroits ou à la maison"),
        (("Le soir", "N’importe quand"), "Le soir ou n’importe quand"),
        (("Le satellite", "Nous n’en avons pas"), "Le satellite ou nous n’en avons pas"),
        (("Oui",), "Oui"),
    ],
)  # fmt: skip
def test_merged_answers_read_as_one_label(parts, said):
    assert one_of([Label(part) for part in parts]).fr == said


def test_degrees_of_a_scale_lose_their_capitals():
    labels = [Label("Mauvaise", "Poor"), Label("Variable", "Uneven"), Label("CLSC", "CLSC")]

    said = one_of(labels, scale=True)
    assert (said.fr, said.en) == ("Mauvaise, variable ou CLSC", "Poor, uneven or CLSC")


def test_an_article_before_a_common_word_is_no_name():
    labels = [Label("Une amie", "A friend"), Label("L’organisme", "The organisation")]

    assert (one_of(labels).fr, one_of(labels).en) == (
        "Une amie ou l’organisme",
        "A friend or the organisation",
    )


@pytest.mark.parametrize(
    "name",
    ["CLSC", "Teams", "La Tuque", "L’Islet", "Les Coteaux", "Québec", "12 ans", "", "« Oui »"],
)
def test_a_name_keeps_its_capital(name):
    assert inside_sentence(name) == name
