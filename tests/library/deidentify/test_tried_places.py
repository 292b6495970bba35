"""Patterns tried at a few places, names read in a few passages: what is found is the same.

The plain path runs every pattern all along the text, and reads every word of it for names.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from croisee.deidentify import NamesOfQuebec, QuebecPatterns, codes, dictated, names, patterns
from croisee.deidentify import streets as ways
from croisee.deidentify.glance import Glance, glance, matches_at

NUMBERS = [
    "0", "1", "7", "12", "31", "46", "49.3", "100", "514", "555-0199", "450", "1985", "2 000",
    "06", "0199", "1234", "12345", "046 454 286", "4539 1488 0343 6467", "5145550199",
    "01.42.15.93.30", "O1 42 15 93 30", "+33", "(418)", "001", "ROYL", "8512", "0316", "H2X 1Y4",
    "g1r", "2b5", "H2", "2 85 05 78 006 084 36", "14/03/1985", "1-2-85", "1985-03-14",
    "815-30021-1234567", "75011 Paris", "LOC-20884-B", "F47 KNB", "a b 3 c d", "1, 2, 3, 4, 5",
    "covid-19", "ab12cd3", "x", "B", "e", "3e", "1er", "1 2 3 4 5 6 7 8 9 0", "²", "٣", "20%",
    "5 $", "77-41832", "A-123",
]  # fmt: skip
WORDS = [
    "un", "une", "deux", "trois", "quatre", "cinq", "Zéro", "dix-neuf", "vingt",
    "quatre-vingt-dix", "cent", "mille", "et", "pis", "plus", "premier", "premiers",
    "deuxièmement", "du", "mars", "mai", "janvier", "décembre", "March", "né", "née", "ne",
    "né(e)", "née·e", "naissance", "anniversaire", "born on", "le", "la", "l’", "en", "au", "rue",
    "Rue", "avenue", "boul.", "ch.", "rang", "place", "route", "Street", "Ouest", "nord", "app.",
    "bureau", "maison", "Maison", "des Érables", "Curé-Labelle", "dossier", "plaque", "NEQ", "no",
    "n°", "NAS", "matricule", "numéro d’assurance", "code permanent", "sécurité sociale", "point",
    "dot", "arobase", "arobas", "at", "(at)", "[AT]", "a commercial", "com", "ca", "www", "www.",
    "w", "lise@exemple.ca", "@lise", "u/lise", "a.b", "lephare.org", "http://a.ca/b", "gmail",
    "lise.roy+x@y.ca+z@w.ca", "%", "poste", "finit par",
]  # fmt: skip
PEOPLE = [
    "Lise", "lise", "tremblay", "Tremblay", "Roy", "roy", "rose", "Rose", "Marie-Ève", "Jean",
    "jean", "M.", "m", "Mme", "monsieur", "Me", "oncle", "s’appelle", "ma", "soeur", "dit", "à",
    "de", "a", "la", "baie", "La Baie", "Trois-Rivières", "trois", "rivières", "Saint", "saint",
    "St.", "Sainte", "hyacinthe", "Hyacinthe", "Laval", "Québec", "ville", "Nouvelle",
    "Sept-Îles", "sept", "îles", "mont", "tremblant", "Longueuil", "longueuil", "val", "d’Or",
    "d’or", "notre", "dame", "Xyla", "van", "Dieu", "est", "pas", "maison", "arbre", "table",
    "parler", "L’", "grand", "mère", ".", "!", "?", "–", "—", "«", "(", "123", "J.", "Ben", "ben",
    "Aimé", "aime", "marié",
]  # fmt: skip
GAPS = [" ", " ", " ", " ", ", ", ". ", "-", "’", "", "\n", "\u00a0", "…", "… ", "  ", "\t", "! "]


def texts(*fragments):
    every = st.sampled_from([one for some in fragments for one in some])
    piece = st.one_of(every, every, every, st.text(max_size=4))
    pairs = st.lists(st.tuples(piece, st.sampled_from(GAPS)), max_size=14)
    return pairs.map(lambda some: "".join(word + gap for word, gap in some))


def told(pack, text):
    found = sorted((f.start, f.end, f.kind, f.replacement) for f in pack.find(text))
    return found, [text[start:end] for start, end, _, _ in found]


def everywhere(pattern, text, _starts):
    return pattern.finditer(text)


def plainly(pack, text):
    with pytest.MonkeyPatch.context() as patch:
        for module in (codes, dictated, patterns, ways):
            patch.setattr(module, "matches_at", everywhere)
        patch.setattr(patterns, "_emails", lambda _, text: patterns._EMAIL.finditer(text))
        patch.setattr(patterns, "_is_crowded", lambda *_: True)
        patch.setattr(names, "_passages", lambda seen, _: [(0, len(seen.text))])
        return told(pack, text)


@settings(max_examples=1500, deadline=None)
@given(texts(NUMBERS, WORDS))
def test_patterns_find_what_they_find_everywhere(text):
    assert told(QuebecPatterns(), text) == plainly(QuebecPatterns(), text)


@settings(max_examples=1500, deadline=None)
@given(texts(PEOPLE))
def test_names_are_those_of_the_whole_text(text):
    assert told(NamesOfQuebec(), text) == plainly(NamesOfQuebec(), text)


@settings(max_examples=300, deadline=None)
@given(texts(NUMBERS, WORDS, PEOPLE))
def test_pieces_begin_where_they_stand(text):
    seen = Glance(text)
    assert seen.starts == [match.start() for match in re.finditer(r"\S+", text)]
    assert seen.pieces == text.split()


def test_every_piece_of_a_text_is_looked_at_once_for_all():
    text = "Lise habite à Longueuil."
    assert glance(text) is glance(text)


def test_a_match_hides_the_starts_that_it_covers():
    twos = re.compile(r"\d\d")
    assert [m.start() for m in matches_at(twos, "12345", [3, 0, 1, 1, -2])] == [0, 3]
    assert [m.start() for m in matches_at(twos, "12345", range(5))] == [0, 2]
