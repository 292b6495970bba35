from datetime import date
from decimal import Decimal

import pytest

from croisee.disclosure import (
    Amount,
    CannotSay,
    Chiffre,
    Correction,
    Fact,
    Form,
    Mask,
    Percent,
    Rank,
    Word,
    absent,
    correction_sentence,
    exact,
    halves,
    percentage,
    points,
    say,
    sentence,
    two_sided,
)
from croisee.language import Label, catalogue
from croisee.study import Subject

MESSAGE = "moins de {bound} sur {frame}"
NO_CATALOGUE = catalogue("en").gettext(MESSAGE) == MESSAGE
english = pytest.mark.skipif(NO_CATALOGUE, reason="the English catalogue is not compiled yet")

SAID = [
    (exact(31, 46), "sur", "31 sur 46", "31 of 46"),
    (exact(31, 46), "pct", "31 sur 46 (67 %)", "31 of 46 (67%)"),
    (exact(9, 13), "pct", "9 sur 13", "9 of 13"),
    (exact(31, 46), "nombre", "31", "31"),
    (exact(31, 46), "base", "46", "46"),
    (exact(31, 46), "points", "67 %", "67%"),
    (exact(34, 46), "fraction", "3 sur 4", "3 in 4"),
    (exact(30, 37), "fraction", "4 sur 5", "4 in 5"),
    (exact(7, 12), "fraction", "3 sur 5", "3 in 5"),
    (exact(16, 46), "fraction", "1 sur 3", "1 in 3"),
    (exact(5, 58), "fraction", "5 sur 58", "5 of 58"),
    (exact(23, 46), "dix", "5 sur 10", "5 in 10"),
    (exact(31, 46), "dix", "au moins 6 sur 10", "at least 6 in 10"),
    (exact(2700), "sur", "2 700", "2,700"),
    (two_sided(2, 13, 5), "sur", "moins de 5 sur 13", "fewer than 5 of 13"),
    (two_sided(2, 13, 5), "nombre", "moins de 5", "fewer than 5"),
    (two_sided(27, 28, 5), "sur", "au moins 24 sur 28", "at least 24 of 28"),
    (two_sided(27, 28, 5), "pct", "au moins 24 sur 28", "at least 24 of 28"),
    (two_sided(27, 28, 5), "nombre", "au moins 24", "at least 24"),
    (two_sided(27, 28, 5), "dix", "au moins 8 sur 10", "at least 8 in 10"),
    (two_sided(68, 68, 5), "dix", "au moins 9 sur 10", "at least 9 in 10"),
    (absent(7), "sur", "trop peu de réponses", "too few answers"),
    (halves(7, 13), "sur", "la moitié ou plus", "half or more"),
    (halves(6, 13), "sur", "moins de la moitié", "under half"),
    (Rank(1), "rang", "1er", "1st"),
    (Rank(2, tied=True), "rang", "2e ex æquo", "2nd, tied"),
    (Rank(11), "rang", "11e", "11th"),
    (Amount(Decimal(25000), Decimal(5000), "$"), "montant", "environ 25 000 $", "about $25,000"),
    (Amount(Decimal("3.50"), Decimal("0.5"), ""), "sur", "environ 3,5", "about 3.5"),
    (Percent(44, exact(880, 2000)), "pct", "44 %", "44%"),
    (Fact(Label("groupes"), Decimal(1), Decimal(2)), "pct", "1 sur 2 (50 %)", "1 of 2 (50%)"),
    (Fact(Label("source"), Decimal("63.0000"), state="%"), "sur", "63 %", "63%"),
    (Fact(Label("nationale", "national")), "sur", "nationale", "national"),
    (Word("presque-tous"), "mot", "par presque tout le monde", "by nearly everyone"),
]


@pytest.mark.parametrize(("value", "form", "french", "_english"), SAID)
def test_value_is_said_in_french(value, form, french, _english):
    assert say(value, form, "fr") == french


@english
@pytest.mark.parametrize(("value", "form", "_french", "said"), SAID)
def test_value_is_said_in_english(value, form, _french, said):
    assert say(value, form, "en") == said


@pytest.mark.parametrize(
    ("value", "form"),
    [(Rank(1), "montant"), (exact(3, 9), "rang"), (Word("solide"), "pct"), (exact(3), "base")],
)
def test_form_that_does_not_fit_is_refused(value, form):
    with pytest.raises(CannotSay):
        say(value, form)


def test_unknown_form_names_the_known_ones():
    with pytest.raises(CannotSay, match="fraction"):
        say(exact(3, 9), "pourcent")


def test_percentage_rounds_halves_up():
    assert [points(1, 8), points(5, 200), points(46, 64), points(27, 28)] == [13, 3, 72, 96]


def test_percentage_is_absent_of_small_or_masked_values():
    assert [percentage(exact(9, 13)), percentage(two_sided(27, 28, 5))] == [None, None]
    assert percentage(exact(1, 2), always=True) == 50


@pytest.mark.parametrize("x", [24, 25, 26, 27, 28])
def test_wording_of_an_upper_band_does_not_depend_on_the_count(x):
    value = two_sided(x, 28, 5)

    said = {say(value, form) for form in ("sur", "pct", "nombre", "dix", "fraction", "points")}
    explained = sentence(value.mask, t=value.t).to("fr")

    assert said == {"au moins 24 sur 28", "au moins 24", "au moins 8 sur 10"}
    assert not any(digit.isdigit() for digit in explained)


SENTENCES = {
    Mask.FEWER_THAN: "Nous n’écrivons pas les nombres plus petits que 5.",
    Mask.AT_LEAST: "Quand presque tout le monde, ou tout le monde, répond la même chose, "
    "nous écrivons « au moins ».",
    Mask.MERGED: "Des réponses sont réunies pour que chaque nombre compte au moins 5 personnes.",
    Mask.WORDS: "Moins de 10 personnes ont répondu : nous donnons les avis, sans nombre.",
    Mask.OMITTED_CROSSING: "Ce croisement n’est pas montré : il permettrait de deviner une "
    "réponse.",
    Mask.OMITTED_TOTAL: "Le total n’est pas écrit : il ferait retrouver un nombre protégé.",
    Mask.POOLED_CASES: "Ces réseaux sont présentés ensemble : chacun compte trop peu de réponses.",
    Mask.ORDER_ONLY: "L’ordre est montré, pas les points de chaque personne.",
    Mask.BUDGET: "Les montants sont arrondis pour que la part de chaque personne reste privée.",
    Mask.QUOTE_LABEL: "La source est décrite largement pour que personne ne soit reconnu.",
    Mask.QUOTES_RENEWED: "Les extraits sont renouvelés de temps en temps.",
    Mask.OTHER_CASES: "Les autres réseaux sont donnés par tranche de 10 %, sans les nommer.",
    Mask.SENSITIVE: "Question délicate : nous n’écrivons aucun nombre plus petit que 10.",
    Mask.ORGANISATIONS: "Nous n’écrivons pas les nombres plus petits que 5 organismes.",
    Mask.TOO_FEW: "Trop peu de réponses pour montrer un résultat.",
    Mask.ROUNDED: "Les nombres sont arrondis à un multiple de 5, une fois pour toutes.",
    Mask.HALVES: "Les résultats sur des personnes sont dits en moitiés : ils pourront être "
    "recalculés.",
    Mask.CONFIDENTIAL: "Prendre part à cette étude est confidentiel : nous n’écrivons pas combien "
    "ont répondu ici.",
}


@pytest.mark.parametrize("mask", SENTENCES)
def test_mask_has_its_sentence(mask):
    assert sentence(mask).to("fr") == SENTENCES[mask]


def test_locked_sentence_says_the_date():
    first = sentence(Mask.LOCKED, on=date(2026, 5, 1)).to("fr")
    other = sentence(Mask.LOCKED, on=date(2026, 11, 22)).to("fr")

    assert first == (
        "Chiffres arrêtés le 1er mai 2026. Ils ne changent plus avant la prochaine édition."
    )
    assert other.startswith("Chiffres arrêtés le 22 novembre 2026.")


def test_organisation_sentences_say_their_threshold():
    circle = sentence(Mask.ORGANISATIONS, t=3).to("fr")
    merged = sentence(Mask.MERGED, t=3, subject=Subject.ORGANISATION).to("fr")

    assert circle == "Nous n’écrivons pas les nombres plus petits que 3 organismes."
    assert merged.endswith("au moins 3 organismes.")


def test_correction_says_both_figures():
    correction = Correction("participation.eclair.2020", "75 %", Label("p. 12"), exact(46, 64))

    assert correction_sentence(correction).to("fr") == (
        "La source imprimait 75 % ; 46 sur 64 font 72 %."
    )


def test_correction_of_a_masked_count_is_refused():
    with pytest.raises(ValueError, match="exact count"):
        correction_sentence(Correction("k", "96 %", Label(""), two_sided(27, 28, 5)))


def test_every_form_of_count_is_said():
    for form in Form:
        low, high = (3, 3) if form in {Form.EXACT, Form.AGREED} else (0, 4)
        low, high = (9, 13) if form in {Form.AT_LEAST, Form.NEARLY_ALL} else (low, high)
        assert say(Chiffre(low, high, 13, form, 5))
