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
]
TRAPS = [
    ["Bonjour madame, et merci à ce monsieur."],
    ["Madame a raison, monsieur aussi. Madame propose, monsieur dispose."],
    ["Les mesdames étaient là ; un monsieur barbu, une dame âgée, un docteur généraliste."],
    ["Le Dépiquage est fini.", "Alors le dépiquage, on recommence."],
    ["C’est Clairette qui zoomait, et clairement on l’a vu."],
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
