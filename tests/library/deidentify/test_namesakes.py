"""Two people of one first name are not merged where the text tells them apart. Invented."""

import pytest

from croisee.deidentify import (
    Candidate,
    CandidateFinder,
    MaskEntry,
    Reviews,
    Turn,
    mask_documents,
    with_replacements,
)
from croisee.deidentify.namesakes import Namesakes

REGISTRY = (
    MaskEntry("Ginette Bolduc", "personne", ""),
    MaskEntry("Marc-Olivier Gélinas", "personne", ""),
    MaskEntry("Steeve Quintal", "personne", "[un bénévole]", ("Steeve",)),
)


def hidden(*texts):
    """Return what is written for each name, turn by turn."""
    turns = [Turn("d", n, "", "", text) for n, text in enumerate(texts, start=1)]
    finder = CandidateFinder(REGISTRY, recognisers=())
    (document,) = mask_documents([turns], finder, Reviews())
    return [[r.replacement for r in turn.replacements] for turn in document.turns]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Ginette Bolduc a signé, puis Ginette B. aussi.", 2),
        ("Ginette, elle, a signé.", 1),
        ("Bolduc a signé. Ginette, non.", 2),
        ("Ginette a signé. C’est elle.", 1),
        ("avec Ginette c’est simple", 1),
        ("avec Ginette C’est simple", 1),
    ],
)
def test_a_first_name_that_nothing_contradicts_is_the_listed_person(said, names):
    assert hidden(said) == [["[personne 1]"] * names]


def test_another_initial_unnumbers_the_name_in_the_whole_document():
    assert hidden("Bonjour Ginette.", "Ginette C., la comptable, le sait.", "Bolduc aussi.") == [
        ["[personne]"],
        ["[personne]"],
        ["[personne 1]"],
    ]


def test_the_other_one_is_not_the_listed_person():
    assert hidden("Ginette, c’est l’autre Ginette qui l’a pris.") == [
        ["[personne 1]", "[personne]"]
    ]


def test_half_of_a_hyphened_name_is_nobody_in_particular():
    assert hidden("Olivier est venu, puis Marc-Olivier Gélinas.") == [
        ["[personne]", "[personne 2]"]
    ]


def test_a_listed_word_inside_another_name_is_not_that_person():
    namesakes = Namesakes(with_replacements(REGISTRY))
    turn = Turn(
        "d", 1, "", "", "Ginette-Aimée, le docteur Olivier et madame Ginette, de Saint-Marc."
    )

    def found(text):
        start = turn.text.index(text)
        number = "[personne 2]" if "Oli" in text or "Marc" in text else "[personne 1]"
        return Candidate("d", 1, start, start + len(text), text, "personne", number, "registre")

    texts = ("Ginette-Aimée", "le docteur Olivier", "madame Ginette", "Saint-Marc")
    told = namesakes.told_apart([turn], [found(text) for text in texts])

    assert [one.replacement for one in told] == [
        "[personne]", "[personne]", "[personne 1]", "[personne]",
    ]  # fmt: skip


def test_a_name_the_list_gives_alone_is_what_the_team_says_it_is():
    assert hidden("L’autre Steeve est là.", "Steeve R. aussi.") == [
        ["[un bénévole]"],
        ["[un bénévole]"],
    ]


def test_a_first_name_alone_is_said_to_be_one():
    namesakes = Namesakes(with_replacements(REGISTRY))
    turns = [Turn("d", 1, "", "", "Ginette Bolduc, Ginette, Steeve")]
    found = CandidateFinder(REGISTRY, recognisers=()).document(turns)

    assert [namesakes.is_first_name_alone(candidate) for candidate in found] == [False, True, False]
