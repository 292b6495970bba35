"""Numbers, codes, accounts and births as people dictate them; every example is invented."""

from __future__ import annotations

import pytest

from croisee.deidentify.announced import announced, dictated
from croisee.deidentify.birthdays import birthdays, days
from croisee.deidentify.doors import doors
from croisee.deidentify.on_the_net import accounts, glued, mails_and_pages


def _found(text: str) -> list[str]:
    places = sorted({(f.start, f.end) for search in (announced, dictated) for f in search(text)})
    whole = [p for p in places if not any(q != p and q[0] <= p[0] and p[1] <= q[1] for q in places)]
    return [text[start:end] for start, end in whole]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (
            "Mon dossier à la clinique, bon… c’est le un, quatre, tiret, cinq neuf, B comme Bé.",
            ["un, quatre, tiret, cinq neuf, B comme Bé"],
        ),
        (
            "Ma carte-soleil ? T comme Tim, R, E, M, soixante et un, zéro deux, dix, un.",
            ["T comme Tim, R, E, M, soixante et un, zéro deux, dix, un"],
        ),
        (
            "Le quatre cinq zéro, euh, cinq cinq cinq, non attends, cinq cinq six, dix, douze.",
            ["quatre cinq zéro, euh, cinq cinq cinq, non attends, cinq cinq six, dix, douze"],
        ),
        (
            "Son permis : L2314 avec un tiret 150672 puis 03.",
            ["L2314 avec un tiret 150672 puis 03"],
        ),
        ("Plaque : 3 B comme bébé, 4 2 8 K.", ["3 B comme bébé, 4 2 8 K"]),
        ("Le code de la porte, c’est 4471 dièse.", ["4471"]),
        ("Le matricule du policier, je l’ai noté, 2 2 1 8.", ["2 2 1 8"]),
        ("Mon numéro, c’est le 418 555…", ["418 555"]),
        ("Demandez le poste deux cent douze.", ["deux cent douze"]),
        ("OK, quatre un huit, oui ?", ["quatre un huit"]),
        (
            "J’ai dit oh eight nine oh oh six five five five là.",
            ["oh eight nine oh oh six five five five"],
        ),
        ("Ça dit 354/555/0173, je sais pas.", ["354/555/0173"]),
        ("Il a tapé Bmgn, non, oui, 51 04 23 98.", ["Bmgn, non, oui, 51 04 23 98"]),
        ("L, E, F comme François, A, I, V, R, E.", ["L, E, F comme François, A, I, V, R, E"]),
    ],
)
def test_what_is_dictated_with_hesitations_is_hidden_whole(text: str, hidden: list[str]) -> None:
    assert _found(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "Le dossier, ça fait trois, quatre fois que je le demande en 2019.",
        "On était 45, 50, 60 personnes, pis après 30.",
        "J’ai 62 ans, lui 64, l’autre en a 71 pis 80.",
        "Un deux trois quatre cinq six sept huit.",
        "En 2012, 2013, 2014, puis 2016 on a eu des subventions.",
        "Au secondaire, un, deux, trois, c’était la même chose.",
        "Le 10 septembre 2020, 13 h 30. Dix-sept chaises.",
        "Mon dossier dort là depuis deux mille dix-sept.",
        "La facture est montée à 312 $ en deux ans.",
    ],
)
def test_amounts_years_and_counting_stay(text: str) -> None:
    assert _found(text) == []


def _on_the_net(text: str) -> set[tuple[str, str]]:
    searches = (mails_and_pages, accounts, glued)
    places = {(f.start, f.end, f.kind) for search in searches for f in search(text)}
    return {
        (kind, text[start:end])
        for start, end, kind in places
        if not any((a, b) != (start, end) and a <= start and end <= b for a, b, _ in places)
    }


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("C’est m point luce, deux n, arobase, g mail point com.", "courriel",
         "m point luce, deux n, arobase, g mail point com"),
        ("Écris à noa tiret bas b arobase postebleue point ca, merci.", "courriel",
         "noa tiret bas b arobase postebleue point ca"),
        ("C’est jade souligné 12 a commercial boitebleue point com", "courriel",
         "jade souligné 12 a commercial boitebleue point com"),
        ("Réponds à mailto:info@rivebelle.example, s’il te plaît.", "courriel",
         "mailto:info@rivebelle.example"),
        ("Vois www point carrefour des vents point qc point ca barre oblique a.", "adresse web",
         "www point carrefour des vents point qc point ca barre oblique a"),
        ("Regarde RIVEBELLE.ORG/EQUIPE demain.", "adresse web", "RIVEBELLE.ORG/EQUIPE"),
        ("Sur Instagram, je suis zoe_duvent, pis c’est toute.", "compte", "zoe_duvent"),
        ("Pis là-dessus c’est MimiPatate88 sur TikTok, non, TikTok c’est MimiBleue2.", "compte",
         "MimiBleue2"),
        ("Mon pseudo, c’est Renarde Bleue, comme dans le livre.", "compte", "Renarde Bleue"),
        ("Cherche kevin underscore du nord underscore 04.", "compte",
         "kevin underscore du nord underscore 04"),
        ("Ajoute Renarde#4040 ce soir.", "compte", "Renarde#4040"),
        ("À mon courriel de la job, renarde point bleue", "compte", "renarde point bleue"),
    ],
)  # fmt: skip
def test_what_is_said_of_the_net_is_hidden_whole(text: str, kind: str, hidden: str) -> None:
    found = _on_the_net(text)

    assert (kind, hidden) in found
    assert {one for one, _ in found} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "Un point c’est tout, j’ai souligné le mot deux fois.",
        "Mon compte est toujours vide à la fin du mois.",
        "On en a parlé sur Facebook, ça a fait deux points de vue.",
        "Sur Facebook, c’est plate.",
        "Deux point cinq pour cent.",
        "Il y a un site internet pour ça, mais la page est vide.",
    ],
)
def test_ordinary_points_and_platforms_stay(text: str) -> None:
    assert _on_the_net(text) == set()


def _births(text: str) -> list[tuple[str, str]]:
    return [(found.kind, text[found.start : found.end]) for found in birthdays(text)]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Lui, y est né le 4 avril, en 97.", "4 avril, en 97"),
        ("Née le vingt-six du trois de l’an cinq.", "vingt-six du trois de l’an cinq"),
        ("Né en pleine tempête, le 15.04.00.", "15.04.00"),
        ("Quatorze du sept dix-neuf cent vingt-huit, madame.",
         "Quatorze du sept dix-neuf cent vingt-huit"),
        ("Ma fête, c’est le quatre mars, as-tu noté ? 1980.", "quatre mars, as-tu noté ? 1980"),
        ("Née en mars 62.", "mars 62"),
        ("Né le vingt du dix mille neuf cent trente-cinq.",
         "vingt du dix mille neuf cent trente-cinq"),
        ("Le 16.05.96 pour la naissance.", "16.05.96"),
        ("Zéro quatre, douze, soixante et un.", "Zéro quatre, douze, soixante et un"),
        ("1961, avril, le 12.", "1961, avril, le 12"),
    ],
)  # fmt: skip
def test_a_birth_is_hidden_whatever_its_order(text: str, hidden: str) -> None:
    assert _births(text) == [("naissance", hidden)]


@pytest.mark.parametrize(
    "text",
    [
        "J’ai deux enfants, un de 12, 14 pis 16 ans.",
        "En mai 2019 on a fermé.",
        "En mars 12 personnes sont venues.",
        "La fête des voisins, c’est 3 rues.",
        "C’est le deuxième de 3 projets en 2021.",
        "Né pour le virtuel en mars 2020.",
    ],
)
def test_months_and_ages_alone_stay(text: str) -> None:
    assert _births(text) == []


def _addresses(text: str) -> list[str]:
    return [text[found.start : found.end] for found in doors(text)]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Elle reste au deux mille onze, av. Saint-Basile.", "deux mille onze, av. Saint-Basile"),
        ("Au soixante dix-huit, côte Basse-Ville, local 12.",
         "soixante dix-huit, côte Basse-Ville, local 12"),
        ("Envoie le chèque au 3161 de la rue de l’Anse.", "3161 de la rue de l’Anse"),
        ("C’est l’école, 75 Curé-Labrie, H7L 2Z2.", "75 Curé-Labrie"),
        ("Vous rentrez à 330 Cartier, app. 12 ?", "330 Cartier, app. 12"),
        ("Y reste au 19 de la Falaise, à côté.", "19 de la Falaise"),
        ("Moi c’est le 14 et demi, Notre-Dame.", "14 et demi, Notre-Dame"),
        ("C’est rang de l’Anse, numéro 4678, à gauche.", "rang de l’Anse, numéro 4678"),
        ("La maison verte, au 412.", "412"),
        ("Écris à C. P. 59, succursale A, ici.", "C. P. 59, succursale A"),
        ("viens au trois mille vingt ch sainte-foy app cinq",
         "trois mille vingt ch sainte-foy app cinq"),
    ],
)  # fmt: skip
def test_an_address_is_hidden_in_words_or_figures(text: str, hidden: str) -> None:
    assert _addresses(text) == [hidden]


@pytest.mark.parametrize(
    "text",
    [
        "On a 45 places de garderie pis 12 Ukrainiens.",
        "Le 12 Julie est venue, le 24 juin aussi.",
        "En 2019 Rimouski a gagné.",
        "J’ai 3 projets, 2 rues plus loin.",
        "On est passés de 450 à 1200 membres au 15 du mois.",
    ],
)
def test_numbers_beside_capitals_are_not_all_addresses(text: str) -> None:
    assert _addresses(text) == []


def _days(text: str) -> list[str]:
    return [text[found.start : found.end] for found in days(text)]


def test_a_day_without_its_month_is_a_day():
    assert _days("On vous attend samedi 21, ou le 14 du mois d’après.") == [
        "samedi 21",
        "14 du mois d’après",
    ]
    assert _days("Ouvert lundi 9 h à 17 h, 2 jours par mois, 12 mois.") == []


def test_a_date_takes_the_word_that_tells_its_year():
    assert _births("J’ai eu ma fête le 3 mars passé.") == [("naissance", "3 mars passé")]


def test_a_page_with_its_path_is_hidden_whole():
    assert _on_the_net("C’est sur voisin-bleu.example/bibli#tricot, en bas.") == {
        ("adresse web", "voisin-bleu.example/bibli#tricot")
    }
