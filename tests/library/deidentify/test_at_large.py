"""What is said without a word that announces it: any deed, any rank, numbers in pieces."""

from __future__ import annotations

import pytest

from croisee.deidentify import Turn, find_candidates


def masked(text: str) -> str:
    """Return the text, what is found of it shown as « # »."""
    for found in find_candidates([Turn("essai", 1, "", "", text)], ()):
        text = text[: found.start] + "#" * (found.end - found.start) + text[found.end :]
    return text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("C’est la contorsionniste qui chante en latin.", "contorsionniste qui chante en latin"),
        ("Le ténor qui est aussi croque-mort fait les blagues.", "ténor qui est aussi croque-mort"),
        ("On a eu le pompier qui avait peur du feu.", "pompier qui avait peur du feu"),
        ("J’ai travaillé avec la première policière innue.", "première policière innue"),
        ("Roch a été le dernier à sortir du moulin.", "dernier à sortir du moulin"),
        (
            "Le soir où mon coloc est mort dans le stationnement, j’ai arrêté.",
            "mon coloc est mort dans le stationnement",
        ),
        ("Le 581 555 quoi ?", "581 555"),
        ("C’est quatre trois huit… attendez, y a du monde.", "quatre trois huit"),
        ("La même adresse, mais le 1093.", "1093"),
        ("Je suis au 88B Montcalm, porte de côté.", "88B Montcalm"),
        ("Notre page, c’est v point moulin.", "v point moulin"),
        ("Envoie ça à zozolune@interac.", "zozolune@interac"),
        ("On a vendu du gâteau avec les Filles d’Isabelle.", "Filles d’Isabelle"),
        ("Un souper à la Popote, le jeudi.", "Popote"),
        ("j’ai fait mon secondaire par mirabel pis windsor", "mirabel"),
        ("j’ai fait mon secondaire par mirabel pis windsor", "windsor"),
    ],
)
def test_what_is_said_at_large_is_hidden(text: str, hidden: str) -> None:
    start = text.index(hidden)
    shown = masked(text)[start : start + len(hidden)]

    assert not any(map(str.isalnum, shown))


@pytest.mark.parametrize(
    "text",
    [
        "La secrétaire qui a répondu était fine.",
        "La femme qui m’a ouvert était fatiguée.",
        "La première fois que je suis venue, j’avais peur.",
        "Le jour où tu es arrivée, il mouillait.",
        "En 1998, on était 1200 dans la rue.",
        "On a ramassé 4312 piastres pis 2500 livres de patates.",
        "C’est le point deux de la réunion.",
        "On croit au Seigneur pis à la Bible.",
        "La loi de l’État passe avant.",
        "Il faudra le dire à la Ville, pas entre nous.",
        "Vous êtes nouveau dans l’Association ?",
        "Tout le monde l’appelle le dimanche.",
        "les permis de chasse pis un rouleau de papier",
    ],
)
def test_what_points_at_nobody_is_left(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("On a vu Ginette la Rouge au piquet.", "Ginette la Rouge"),
        ("C’est Gérard le pompier, à la chaloupe.", "Gérard le pompier"),
        ("Étaient là Sophie pis Jean-Yves T, en retard.", "Jean-Yves T"),
        ("salut c’est pascal roux le papa", "pascal roux"),
        ("dans ce temps-là on m’appelait le capitaine", "le capitaine"),
        ("Roch a été le dernier à sortir du moulin, avec la clé.", "avec la clé"),
    ],
)
def test_what_follows_a_name_or_a_role_goes_with_it(text: str, hidden: str) -> None:
    start = text.index(hidden)
    shown = masked(text)[start : start + len(hidden)]

    assert not any(map(str.isalnum, shown))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("J’ai donné à Ginette la clé du local.", "la clé du local."),
        ("Ginette la connaît depuis longtemps.", "la connaît depuis longtemps."),
        ("On m’appelait le matin pour le ménage.", "On m’appelait le matin pour le ménage."),
        (
            "Je suis le gars qui a gagné la course, pis j’ai eu peur.",
            "pis j’ai eu peur.",
        ),
    ],
)
def test_what_is_said_of_a_name_stays(text: str, shown: str) -> None:
    assert masked(text).endswith(shown)


def test_an_address_ends_before_the_point_of_its_sentence() -> None:
    text = "Mon courriel est animation@exemple.ca. Un an plus tard."
    assert masked(text).endswith(". Un an plus tard.")
    assert "exemple" not in masked(text)
