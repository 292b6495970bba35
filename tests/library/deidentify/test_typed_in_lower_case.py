"""A name whose capital was left out by whoever typed, in a text that has its others.

Every name is invented. ``TRAPS`` are turns where nothing in lower case is anybody's.
"""

from __future__ import annotations

import pytest

from croisee.deidentify import Turn, find_candidates

FOUND = [
    (["Merci madame tardiau de votre question."], "madame tardiau"),
    (["Alors, Monsieur envoven, vous répondez ?"], "Monsieur envoven"),
    (["Le Dr. pélican-bruyard l’a vu, docteur mélizon aussi."], "docteur mélizon"),
    (["Clairette Tardiau est venue.", "Alors tardiau a dit non."], "tardiau"),
    (["Clairette Tardiau est venue.", "C’est un anti-tardiau, lui."], "anti-tardiau"),
    (["Clairette Tardiau est venue.", "Et clairette Tardiau l’a su."], "clairette"),
    (["Nous ne sommes pas comme gérald bardino, Dieu merci."], "gérald bardino"),
    (["Le programme d’emmanuel tardiau est là."], "emmanuel tardiau"),
    (["Jordan tardiau ? Il n’est pas là."], "Jordan tardiau"),
    (["On l’a vu, si Mathilde envoven revient en juin."], "Mathilde envoven"),
]
TRAPS = [
    ["Bonjour madame, et merci à ce monsieur."],
    ["Madame a raison, monsieur aussi. Madame propose, monsieur dispose."],
    ["Les mesdames étaient là ; un monsieur barbu, une dame âgée, un docteur généraliste."],
    ["Le Dépiquage est fini.", "Alors le dépiquage, on recommence."],
    ["C’est Clairette qui zoomait, et clairement on l’a vu."],
    ["Alors madame comptabilise, monsieur organise.", "La dame identifie, madame verbalise."],
    ["madame comptabilise ses heures"],
    ["Ma rose préférée, la marguerite aussi, est fanée. Une pierre taillée."],
]


def hidden(texts: list[str]) -> list[str]:
    turns = [Turn("d", place, "", "", text) for place, text in enumerate(texts)]
    return [one.text for one in find_candidates(turns, [])]


@pytest.mark.parametrize(("texts", "name"), FOUND, ids=[name for _, name in FOUND])
def test_a_name_without_its_capital_is_hidden(texts, name):
    assert name in hidden(texts)


@pytest.mark.parametrize("texts", TRAPS, ids=[texts[0][:25] for texts in TRAPS])
def test_words_in_lower_case_that_are_nobody_stay(texts):
    assert [one for one in hidden(texts) if one.islower()] == []


@pytest.mark.parametrize(
    "text", ["Luc picossait, Annie gossait.", "Roger chicane, Nathalie pitonne, Karine verbalise."]
)
def test_the_verb_after_a_first_name_is_no_family_name(text):
    assert all(one[0].isupper() and " " not in one for one in hidden([text]))


@pytest.mark.parametrize("name", ["Yvonig Floc'h", "Yvonig Floc’h"])
def test_a_name_that_ends_with_an_apostrophe_and_a_letter_is_hidden_whole(name):
    assert name in hidden([f"{name} a parlé en premier."])
