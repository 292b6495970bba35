"""Numbers, codes, births and addresses, as they are written and as they are dictated.

Every number is invented: telephones end in 555-01xx, insurance numbers begin with 0.
"""

import pytest

from croisee.deidentify import QuebecPatterns


def hidden(text: str) -> str:
    """Return what is left of a text once every passage found is blotted out."""
    letters = list(text)
    for found in QuebecPatterns().find(text):
        letters[found.start : found.end] = "█" * (found.end - found.start)
    return "".join(letters)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("au {438 555 01 77}, bye", "téléphone"),
        ("au {613, 555, 01 64}, pas avant", "téléphone"),
        ("c’est {418, 555, zéro un, vingt-cinq}. Bye", "téléphone"),
        ("c’est {quatre un huit… cinq cinq cinq… zéro un… trente-neuf}.", "téléphone"),
        ("{cinq un quatre, cinq cent cinquante-cinq, zéro un douze}", "téléphone"),
        ("Celui qui finit par {zéro un quarante-trois}.", "téléphone"),
        ("mon NAS : {012.345.674}", "numéro"),
        ("C’est {zéro un deux trois quatre cinq six sept quatre}.", "numéro"),
        ("Oui. {Zéro quatre six}.", "numéro"),
        ("{S E D A 59 62 21 58}", "numéro"),
        ("code postal {J 8 W 1 E 0}", "code postal"),
        ("mets {G2H, 6B4}", "code postal"),
        ("{gab tiret bas zéro un arobase courriel point exemple point ca}", "courriel"),
        ("à {lise tiret roy at lephare point org}, oui", "courriel"),
        ("{maude91 @ exemple.ca}", "courriel"),
        ("Tague {arobase lise_roy}", "compte"),
        ("de {u/lise_roy}.", "compte"),
        ("sur {www point lephare point org}", "adresse web"),
        ("va sur {lephare point ca}, tu verras", "adresse web"),
        ("On est au {305, 2e Avenue}, le bloc", "adresse"),
        ("{1290 3e Avenue, app. 2}.", "adresse"),
        ("au {803, av. des pionniers ouest}, en haut", "adresse"),
        ("à {1720 chemin de la Montagne, porte B}.", "adresse"),
        ("{4012 route 117 Nord}", "adresse"),
        ("au {56 côte d’Abraham}, G", "adresse"),
        ("{88 Perron Ouest}", "adresse"),
        ("née {le onze mai soixante-douze}", "naissance"),
        ("née au mois de {12 mai 74}", "naissance"),
        ("C’est dedans. {Le 4 juillet 1931}.", "date"),
        ("{Le vingt-deux, du neuvième, quarante-sept}", "date"),
        ("{Juillet 15, 1984}", "date"),
        ("le {02 09 1929}", "date"),
    ],
)  # fmt: skip
def test_what_is_dictated_is_hidden_whole(text: str, left: str) -> None:
    start, end = text.index("{"), text.index("}") - 1
    bare = text.replace("{", "").replace("}", "")
    shown = hidden(bare)
    assert not any(map(str.isalnum, shown[start:end].removeprefix("le "))), shown
    assert shown[end:] == bare[end:]
    assert left in {found.kind for found in QuebecPatterns().find(bare)}


@pytest.mark.parametrize(
    "code",
    [
        "NEQ 1163 449 082", "1171 330 925", "dossier 77-41832", "LOC-20884-B", "2021-G-0457",
        "La plaque, c’est F47 KNB", "Q R 7 T 4 B", "le dossier d’équivalence numéro DEN-2019-3377",
        "662418 31 20220914 G", "AC-00417", "5CG0 3417 QX", "89214 3317 RR0001", "R-226071",
        "AR55-2290", "ABC 123", "A12 BCD", "4041187", "matricule 88123",
        # As speech recognition writes them.
        "loc-20884-b", "la plaque, c’est f47 knb", "r-226071", "q r 7 t 4 b",
    ],
)  # fmt: skip
def test_a_code_is_hidden_whole_with_the_word_that_announces_it(code: str) -> None:
    assert not any(map(str.isalnum, hidden(code)))


def test_a_lot_is_a_code_only_when_it_is_announced() -> None:
    assert not any(map(str.isdigit, hidden("Le lot, c’est 4 918 277, cadastre du Québec.")))
    assert hidden("Un budget de 4 918 277 dollars.") == "Un budget de 4 918 277 dollars."


@pytest.mark.parametrize(
    "text",
    [
        "un deux trois quatre cinq six sept",
        "des gens de 62, 63, 64, 65 ans",
        "10, 20, 30, 40, 50 fois les mêmes",
        "vingt, trente, quarante, cinquante personnes",
        "cinq mille deux cent trente-quatre dollars",
        "quatre-vingt-dix pour cent",
        "la COVID-19, la H1N1, la 5G, en 2019-2020",
        "le dossier de 2019, un numéro 12, trois dossiers",
        "un membre, 250 familles, 1 250 000 $, 14 h 30",
        "il y a à peu près 3 a 4",
        "à ce point ça me dépasse",
        "ne le dis pas le 12 mai 20 personnes viennent",
        "10 croissants au beurre, deux places de garderie",
    ],
)
def test_what_counts_or_says_an_amount_stays(text: str) -> None:
    assert hidden(text) == text
