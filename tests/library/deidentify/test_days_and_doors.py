"""A day told by its place in the year, a door told alone: what is hidden, and what stays."""

import pytest

from croisee.deidentify import Turn, find_candidates


def hidden(text):
    return {text[one.start : one.end] for one in find_candidates([Turn("d", 1, "", "", text)], ())}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Le souper du premier samedi de mai, on le garde.", "premier samedi de mai"),
        ("Y est parti jusqu’au lundi de Pâques.", "lundi de Pâques"),
        ("Elle est morte à la fête du Travail.", "fête du Travail"),
        ("Ça s’est passé dans la nuit du 5 au 6.", "5 au 6"),
        ("Oui. Quatre juillet. On était cinq.", "Quatre juillet"),
        ("Moi je suis au 14. J’ai déménagé.", "14"),
        ("Odile reste au 7431, en haut.", "7431"),
        ("Marjolaine, au 213. J’ai rien perdu.", "213"),
        ("Y habite le bloc, porte 5. Sonnez.", "5"),
        (
            "Ma fête, c’est le dix-sept du trois dix-neuf cent quarante.",
            "dix-sept du trois dix-neuf cent quarante",
        ),
        (
            "Je suis née le vingt du deux mille neuf cent cinquante-trois.",
            "vingt du deux mille neuf cent cinquante-trois",
        ),
        (
            "Je suis née le deux du douze mille … neuf cent vingt-neuf.",
            "deux du douze mille … neuf cent vingt-neuf",
        ),
        ("Date de naissance : 17 … nov. 1998.", "17 … nov. 1998"),
        ("La plaque, c’était A quarante-huit, V N R.", "A quarante-huit, V N R"),
        ("Son arrière-grand-père a bâti le pont.", "Son arrière-grand-père"),
        ("C’est pour la chambre de ma gookum.", "ma gookum"),
    ],
)
def test_what_points_at_a_day_or_a_door_is_hidden(text, words):
    assert words in hidden(text)


@pytest.mark.parametrize(
    "text",
    [
        "On est au 3e étage.",
        "Elle a soixante-sept ans, née ici.",
        "Je suis au 50 % de ma tâche.",
        "La première samedi, on verra.",
        "On passe du 5 au 6 personnes par groupe.",
        "On est rendues au 2/3 du budget.",
        "La porte est barrée, la chambre aussi.",
        "Le vendredi, on est fermées.",
    ],
)
def test_ordinary_numbers_and_days_stay(text):
    assert hidden(text) == set()
