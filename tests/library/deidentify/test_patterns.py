"""What gives someone away whatever their name. Every number and address here is invented."""

import pytest

from croisee.deidentify import QuebecPatterns


def found(text):
    return {(text[f.start : f.end], f.kind) for f in QuebecPatterns().find(text)}


@pytest.mark.parametrize(
    ("text", "passage", "kind"),
    [
        ("au 514 555-0199 demain", "514 555-0199", "téléphone"),
        ("au (418) 555-0199, poste 12", "(418) 555-0199, poste 12", "téléphone"),
        ("1-800-555-0199", "1-800-555-0199", "téléphone"),
        ("5145550199", "5145550199", "téléphone"),
        ("514.555.0199", "514.555.0199", "téléphone"),
        ("au 555-0199.", "555-0199", "téléphone"),
        ("tél.:06/12/34/56/78", "06/12/34/56/78", "téléphone"),
        ("(33) 1 40 00 00 00", "(33) 1 40 00 00 00", "téléphone"),
        ("(418)-555-0199", "(418)-555-0199", "téléphone"),
        ("06 12 34 56 78", "06 12 34 56 78", "téléphone"),
        ("+33 6 12 34 56 78", "+33 6 12 34 56 78", "téléphone"),
        ("lise.roy+liste@exemple.qc.ca,", "lise.roy+liste@exemple.qc.ca", "courriel"),
        ("lise point roy arobase exemple point com", "lise point roy arobase exemple point com",
         "courriel"),
        ("H2X 1Y4", "H2X 1Y4", "code postal"),
        ("g1r2b5", "g1r2b5", "code postal"),
        ("voir https://exemple.ca/page?id=3.", "https://exemple.ca/page?id=3", "adresse web"),
        ("sur lephare.org", "lephare.org", "adresse web"),
        ("suivez @lise_roy", "@lise_roy", "compte"),
        ("NAS 046 454 286", "046 454 286", "numéro"),
        ("046454286", "046454286", "numéro"),
        ("ROYL 8512 0316", "ROYL 8512 0316", "numéro"),
        ("la carte 4539 1488 0343 6467", "4539 1488 0343 6467", "numéro"),
        ("2 85 05 78 006 084 36", "2 85 05 78 006 084 36", "numéro"),
        ("au 1234, rue des Érables Est", "1234, rue des Érables Est", "adresse"),
        ("12 boul. René-Lévesque", "12 boul. René-Lévesque", "adresse"),
        ("sur la rue Panet, on", "rue Panet", "adresse"),
        ("au 12 rue de l'église", "12 rue de l'église", "adresse"),
        ("12 RUE DE LA GARE, APPT 3", "12 RUE DE LA GARE, APPT 3", "adresse"),
        ("1 2 3 4 5 6 7 8 9 0 1", "1 2 3 4 5 6 7 8 9 0 1", "numéro"),
        ("45 Maple Grove Road", "45 Maple Grove Road", "adresse"),
        ("chez elle, 73000 Chambéry", "73000 Chambéry", "adresse"),
        ("née le 12 mars 1985", "12 mars 1985", "naissance"),
        ("date de naissance : 03/04/1985", "03/04/1985", "naissance"),
    ],
)  # fmt: skip
def test_pattern_finds(text, passage, kind):
    assert (passage, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "en 2019-2020, 68 carrefours et 2 700 groupes",
        "un budget de 1 250 000 $ ou de 100 000 $",
        "le 12 mars 2020 à 14 h 30, pages 112-118",
        "C'est fini.Les autres arrivent",
        "au cours de la semaine, sur place",
        "123 456 789",
        "on a été 25 personnes, puis 1 000",
        "trois cours de Zoom, la place de Zoom, 3 cours de dessin, Office 365",
    ],
)
def test_pattern_leaves_ordinary_words_and_numbers(text):
    assert {passage for passage, _ in found(text)} == set()


def test_way_with_a_number_before_an_ordinary_word_is_taken_for_an_address():
    """A known cost: it is hidden until a person refuses it."""
    assert found("ma 3 rue préférée") == {("3 rue préférée", "adresse")}
