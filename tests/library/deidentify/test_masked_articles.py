"""The little words before a replacement. People, places and organisations are invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.deidentify import Candidate, Decision, Reviews, Turn, mask
from croisee.deidentify.articles import agreed
from croisee.deidentify.french_nouns import UNELIDED

SAID = (
    # an elision that appears
    ("je viens de ", "[une municipalité]", "je viens d’[une municipalité]"),
    ("la voix de ", "[organisme A]", "la voix d’[organisme A]"),
    ("on sait que ", "[une personne]", "on sait qu’[une personne]"),
    ("parce que ", "[organisme A]", "parce qu’[organisme A]"),
    ("lorsque ", "[une personne]", "lorsqu’[une personne]"),
    ("Puisque ", "[une personne]", "Puisqu’[une personne]"),
    ("De ", "[une municipalité]", "D’[une municipalité]"),
    ("je ", "[ai déménagé]", "j’[ai déménagé]"),
    ("si ", "[il]", "s’[il]"),
    # an elision that goes
    ("la mère d’", "[personne 1]", "la mère de [personne 1]"),
    ("celle d'", "[personne 1]", "celle de [personne 1]"),
    ("ce qu’", "[voix 2]", "ce que [voix 2]"),
    ("D’", "[personne 1]", "De [personne 1]"),
    # the article of the noun that is written
    ("le ", "[organisme A]", "l’[organisme A]"),
    ("La ", "[organisme A]", "L’[organisme A]"),
    ("la ", "[lieu 1]", "le [lieu 1]"),
    ("l’", "[lieu 1]", "le [lieu 1]"),
    ("du ", "[organisme A]", "de l’[organisme A]"),
    ("au ", "[organisme A]", "à l’[organisme A]"),
    ("de la ", "[lieu 1]", "du [lieu 1]"),
    ("à l’", "[lieu 1]", "au [lieu 1]"),
    ("jusqu’à la ", "[lieu 1]", "jusqu’au [lieu 1]"),
    ("à le ", "[lieu 1]", "au [lieu 1]"),
    ("aux ", "[organisme A]", "à l’[organisme A]"),
    ("le ", "[personne 1]", "la [personne 1]"),
    ("une ", "[organisme A]", "un [organisme A]"),
    ("cette ", "[organisme A]", "cet [organisme A]"),
    ("ma ", "[adresse]", "mon [adresse]"),
    ("au ", "[adresse]", "à l’[adresse]"),
    # a replacement that has its own article
    ("la ", "[une municipalité]", "[une municipalité]"),
    ("au ", "[une municipalité]", "à [une municipalité]"),
    ("du ", "[une municipalité]", "d’[une municipalité]"),
    ("des ", "[une municipalité]", "d’[une municipalité]"),
    ("de l’", "[un organisme]", "d’[un organisme]"),
    ("que la ", "[un organisme]", "qu’[un organisme]"),
    ("de ", "[le centre A]", "du [centre A]"),
    ("à ", "[les voisins]", "aux [voisins]"),
    ("de « ", "[une municipalité]", "d’« [une municipalité]"),
    # names without a bracket, and their first sound
    ("avec le frère de ", "Amélie", "avec le frère d’Amélie"),
    ("de ", "Yvette", "d’Yvette"),
    ("le ", "[hôpital A]", "l’[hôpital A]"),
    ("la ", "[hébergement A]", "l’[hébergement A]"),
    ("de ", "[OSBL 1]", "d’[OSBL 1]"),
    ("la ", "[ONG 1]", "l’[ONG 1]"),
)
KEPT = (
    ("de ", "[personne 1]"),
    ("à ", "[une municipalité]"),
    ("l’", "[organisme A]"),
    # h aspiré, and words that only look as if they began with a vowel
    ("la ", "[halte-garderie A]"),
    ("du ", "[hameau A]"),
    ("de ", "[hockey]"),
    ("de ", "Hull"),
    ("de ", "[onze personnes]"),
    ("que ", "Yolande"),
    ("le ", "YMCA"),
    # acronyms said letter by letter
    ("la ", "[MRC A]"),
    ("de ", "[HLM A]"),
    ("le ", "SPVM"),
    ("de ", "[A]"),
    ("de ", "[8]"),
    # no little word of French stands there
    ("prends-le ", "[organisme A]"),
    ("Une étude sur ", "[organisme A]"),
    ("inside ", "[organisme A]"),
    ("quelque ", "[organisme A]"),
    ("de, ", "[organisme A]"),
    ("dans le\n", "[organisme A]"),
    # before a label that is no noun of the sentence, the text keeps its article
    ("née le ", "[date]"),
    ("mon ", "[une personne]"),
    ("les ", "[organismes A]"),
)


@pytest.mark.parametrize(("before", "replacement", "expected"), SAID)
def test_a_little_word_agrees_with_what_is_written_after_it(before, replacement, expected):
    old, written = agreed(before, replacement)

    straight = expected.replace("’", "'") if "'" in before else expected
    assert before.removesuffix(old) + written == straight


@pytest.mark.parametrize(("before", "replacement"), KEPT)
def test_a_little_word_that_is_right_stays(before, replacement):
    assert agreed(before, replacement) is None


def test_a_family_keeps_its_plural_and_its_possessive_even_in_english():
    assert [
        agreed("chez les ", "[personne 1]", people=True),
        agreed("her son ", "[personne 1]", people=True),
    ] == [None, None]


def test_words_that_never_elide_are_told_from_those_that_do():
    mute = ("hotel", "hotesse", "huitre", "haltere", "heroine", "heterogene", "hallucination",
            "haiti", "ouest", "habitation", "hebergement", "hiver", "horaire")  # fmt: skip
    aspirated = ("hotte", "huit", "halte", "heros", "hall", "haie", "oui", "hibou", "hors", "haut")

    assert [word for word in mute if UNELIDED.match(word)] == []
    assert [word for word in aspirated if not UNELIDED.match(word)] == []


HIDDEN = {
    "Fanal": ("organisme", "[organisme A]"),
    "Aline Vadnet": ("personne", "[personne 1]"),
    "Rivebelle": ("lieu", "[une municipalité]"),
}
TEXT = "La mère d’Aline Vadnet vient de Rivebelle, près du Fanal."


def corpus(text=TEXT, *decisions):
    found = [
        Candidate("d", 1, m.start(), m.end(), m.group(), *HIDDEN[m.group()], "registre")
        for m in re.finditer("|".join(HIDDEN), text)
    ]
    return mask([Turn("d", 1, "p-001", "p-001", text)], found, Reviews(decisions))


def test_a_masked_turn_reads_as_french():
    assert corpus().text("d", 1) == (
        "La mère de [personne 1] vient d’[une municipalité], près de l’[organisme A]."
    )


def test_the_log_keeps_the_places_of_the_original():
    assert [(TEXT[r.start : r.end], r.text, r.replacement) for r in corpus().log] == [
        ("Aline Vadnet", "Aline Vadnet", "[personne 1]"),
        ("Rivebelle", "Rivebelle", "[une municipalité]"),
        ("Fanal", "Fanal", "[organisme A]"),
    ]


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("vient de Rivebelle", "vient d’[une municipalité]"),
        ("de Rivebelle", "d’[une municipalité]"),
        ("e Rivebelle", "d’[une municipalité]"),
        ("Rivebelle", "[une municipalité]"),
        ("belle, près", "[une municipalité], près"),
        ("vient de ", "vient de "),
        ("près du Fa", "près de l’[organisme A]"),
        ("Vadnet vient de Rive", "[personne 1] vient d’[une municipalité]"),
    ],
)
def test_an_excerpt_given_by_its_characters_holds_the_article_changed(passage, expected):
    start = TEXT.index(passage)

    assert corpus().passage("d", 1, start, start + len(passage)) == expected


def test_what_a_person_decides_agrees_too_and_what_they_refuse_is_as_typed():
    def decided(text, decision, replacement=""):
        start = TEXT.index(text)
        end = start + len(text)
        return Decision("d", 1, start, end, text, "personne", decision, replacement)

    changed = corpus(TEXT, decided("Aline Vadnet", "changer", "[une amie]"),
                     decided("Rivebelle", "refuser"))  # fmt: skip

    assert changed.text("d", 1) == (
        "La mère d’[une amie] vient de Rivebelle, près de l’[organisme A]."
    )


PIECES = st.sampled_from(
    ["Fanal", "Aline Vadnet", "Rivebelle", "de ", "d’", "que ", "la ", "le ", "au ", "des ",
     "mot", ", ", " ", "l’", "« ", "Du ", "\n", "à "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12), st.integers(0, 60), st.integers(0, 60))
def test_no_passage_shows_a_name_or_loses_what_lies_outside(pieces, one, other):
    text = "".join(pieces)
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    masked = corpus(text)
    (turn,) = masked
    kept = [True] * len(text)
    for r in turn.replacements:
        assert text[r.start - len(r.before) : r.start] == r.before
        kept[r.start - len(r.before) : r.end] = [False] * (len(r.before) + r.end - r.start)

    shown = turn.passage(start, end)

    assert not any(name in shown for name in ("Fanal", "Vadnet", "Rivebelle"))
    outside = "".join(text[place] for place in range(start, end) if kept[place])
    rest = iter(shown)
    assert all(sign in rest for sign in outside)
