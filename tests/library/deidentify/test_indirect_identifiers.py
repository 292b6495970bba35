"""Kin, unique posts, organisations, places, days and events: what is found, and what stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from croisee.deidentify.happenings import happenings
from croisee.deidentify.patterns import Found
from croisee.deidentify.posts import posts
from croisee.deidentify.spoken import SpokenIdentifiers
from croisee.deidentify.ties import ties

READER = SpokenIdentifiers()


def said(text, kind):
    """Return what ``parole`` finds of a kind, the longest of what overlaps, in order."""
    spans = sorted(
        ((found.start, found.end) for found in READER.find(text) if found.kind == kind),
        key=lambda span: (span[0], -span[1]),
    )
    kept = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return [text[start:end] for start, end in kept]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Pis mon gendre, y répond pas.", ["mon gendre"]),
        ("avec sa belle-mère pis votre bru", ["sa belle-mère", "votre bru"]),
        ("Elle écrit à son petit-fils au Japon.", ["son petit-fils au Japon"]),
        ("Mon frère Gérard est sourd.", ["Mon frère Gérard"]),
        ("mon frère gérald est sourd", ["mon frère gérald"]),
        ("Mon plus jeune, Félix, est loin.", ["Mon plus jeune, Félix"]),
        ("le beau-frère de Ghyslain", ["le beau-frère de Ghyslain"]),
        ("La fille à Armand.", ["La fille à Armand"]),
        ("le père de la petite Bergeron", ["le père de la petite Bergeron"]),
        ("C’est la chaise de nukum.", ["nukum"]),
        ("Mon Zachary soupe avec.", ["Mon Zachary"]),
    ],
)
def test_kin_is_found_by_a_rare_tie_or_by_the_name_beside(text, people):
    assert said(text, "proche") == people


@pytest.mark.parametrize(
    "text",
    [
        "Mon mari a ri, ma mère aussi.",
        "Ma fille et mon fils viennent souper.",
        "la mère de famille",
        "le père de cinq enfants",
        "la fille de Rimouski",
        "mes petits-enfants jouent",
        "mon ex-collègue",
        "mon Facebook est plein",
        "ma femme pis mes enfants",
    ],
)
def test_a_common_tie_without_name_stays(text):
    assert said(text, "proche") == []


def test_the_tie_is_kept_where_many_people_share_it():
    found = {found.replacement for found in READER.find("Ma sœur Lise et mon gendre Paul.")}
    assert found == {"[une sœur]", "[un proche]"}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("C’est l’ancien préfet, là.", ["l’ancien préfet"]),
        ("Je suis la présidente, officiellement.", ["la présidente"]),
        ("je suis la président·e de rien", []),
        (
            "la première coordonnatrice de la CDC, oui",
            ["la première coordonnatrice de la CDC"],
        ),
        (
            "Je suis le seul soudeur à diriger une chorale, je pense.",
            ["le seul soudeur à diriger une chorale"],
        ),
        ("c’est la seule en Amérique du Nord", ["la seule en Amérique du Nord"]),
        ("la directrice de La Boussole parle", ["la directrice de La Boussole"]),
        ("le travailleur de rue de val-d’or", ["le travailleur de rue de val-d’or"]),
        ("Un timbre au PDG.", ["PDG"]),
    ],
)
def test_a_post_that_one_person_holds_is_found(text, roles):
    assert said(text, "rôle") == roles


@pytest.mark.parametrize(
    "text",
    [
        "C’est la seule question que je me pose.",
        "C’est la seule qu’on va garder.",
        "La première fois qu’elle vient.",
        "une coordonnatrice du Bas-du-Fleuve",
        "Le curé est mort, les chaudrons sont encore là.",
        "notre comptable a soixante-neuf ans",
        "le président de la République",
        "la directrice m’avait dit oui",
    ],
)
def test_a_post_of_many_or_of_the_state_stays(text):
    assert said(text, "rôle") == []


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("Au CIUSSS, ils ont dit non.", ["CIUSSS"]),
        ("elle siège à la chambre de commerce", ["chambre de commerce"]),
        ("la clinique dentaire Brochu", ["clinique dentaire Brochu"]),
        ("la pharmacie brodczyk est fermée", ["pharmacie brodczyk"]),
        ("l’auberge de la Falaise", ["auberge de la Falaise"]),
        ("J’essaie au Village des Trouvailles.", ["Village des Trouvailles"]),
        ("Y travaillait à Bomar.", ["Bomar"]),
        ("On est à la Coalition.", ["Coalition"]),
        ("la Caisse des Monts et Rivières", ["Caisse des Monts et Rivières"]),
    ],
)
def test_an_organisation_is_found_by_its_kind_or_by_what_leads_to_it(text, organisations):
    assert said(text, "organisme") == organisations


@pytest.mark.parametrize(
    "text",
    [
        "un CLSC, c’est un CLSC",
        "au Québec pis au Canada",
        "au XXe siècle",
        "payé au SMIC",
        "chez les Français",
        "chez Julie",
        "la ville m’a répondu",
        "à l’hôpital c’est long",
        "la pharmacie est fermée",
        "une table de cuisine",
        "au Saguenay",
    ],
)
def test_what_is_no_organisation_stays(text):
    assert said(text, "organisme") == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("le sous-sol de l’église Sainte-Famille", ["sous-sol de l’église Sainte-Famille"]),
        ("au quai de L’Anse-Bleue", ["quai de L’Anse-Bleue"]),
        ("dans la côte à Bolduc", ["côte à Bolduc"]),
        ("le Wi-Fi de la place Rosalie", ["place Rosalie"]),
        ("Elle est sur la 117, elle arrive.", ["117"]),
        ("onze ans à rivière-du-loup", ["rivière-du-loup"]),
        ("j’habite à magog", ["magog"]),
    ],
)
def test_a_place_is_found_by_its_noun_or_without_capitals(text, places):
    assert said(text, "lieu") == places


@pytest.mark.parametrize(
    "text",
    ["ma grand-mère est là", "sur la 3e page", "à nouvelle adresse", "le parc est beau", "à côté"],
)
def test_what_is_no_place_stays(text):
    assert said(text, "lieu") == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("le mardi 9 novembre à dix heures", ["mardi 9 novembre"]),
        ("du 4 au 6 juillet", ["4 au 6 juillet"]),
        ("au 11 octobre à 9 h 15, par vidéo", ["11 octobre à 9 h 15"]),
        ("depuis dimanche le 3.", ["dimanche le 3"]),
        ("la rencontre du 6 a été enregistrée", ["6"]),
        ("le 28, à huit heures", ["28"]),
        ("he comes on March 3rd.", ["March 3rd"]),
    ],
)
def test_a_precise_day_is_found_in_every_form(text, days):
    assert said(text, "date") == days


@pytest.mark.parametrize("text", ["en mars", "mardi prochain", "en 2019", "le 3 est gagnant"])
def test_what_is_no_precise_day_stays(text):
    assert said(text, "date") == []


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Quand le train a sauté, on a couru.", ["Quand le train a sauté"]),
        ("le jour du grand feu du quai", ["le jour du grand feu du quai"]),
        ("le câble sous-marin a pété", ["le câble sous-marin a pété"]),
        (
            "la finale de 94, quand la Zamboni a coulé.",
            ["la finale de 94, quand la Zamboni a coulé"],
        ),
    ],
)
def test_a_rare_event_is_found_by_what_was_ruined(text, events):
    assert said(text, "événement") == events


@pytest.mark.parametrize(
    "text", ["mon ordi a sauté", "le wifi a lâché", "le feu de joie", "l’accident arrive"]
)
def test_what_happens_every_day_is_no_event(text):
    assert said(text, "événement") == []


def test_a_year_in_words_is_no_number_dictated():
    assert said("depuis dix-neuf cent quatre-vingt-sept", "numéro") == []
    assert said("c’est cinq un quatre cinq cinq cinq douze trente-quatre", "téléphone") != []


def _named(search: Callable[[str], Iterable[Found]], text: str) -> list[str]:
    return [text[found.start : found.end] for found in search(text)]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("La gérante de la quincaillerie m’a dit ça.", "La gérante de la quincaillerie"),
        ("l’ancien curé de saint-camille est parti", "l’ancien curé de saint-camille"),
        ("Je suis la seule pompière de la caserne.", "la seule pompière de la caserne"),
        ("Elle a été la première femme à conduire le traversier.",
         "la première femme à conduire le traversier"),
        ("J’étais présidente du comité des locataires de Limoilou.",
         "présidente du comité des locataires de Limoilou"),
        ("Je suis le dernier à avoir pêché au quai.", "le dernier à avoir pêché au quai"),
        ("Le gars qui s’occupe de la patinoire, certain.", "Le gars qui s’occupe de la patinoire"),
        ("Demande à la fille de la réception.", "la fille de la réception"),
        ("Le seul survivant est encore vivant.", "Le seul survivant"),
        ("Le dernier à traire à main, c’est moi.", "Le dernier à traire à main"),
        ("Demande le monsieur aux mains noires.", "le monsieur aux mains noires"),
        ("signée par le directeur général par intérim", "le directeur général par intérim"),
        ("l’agent·e de liaison de la MRC des Vents", "l’agent·e de liaison de la MRC des Vents"),
    ],
)  # fmt: skip
def test_a_post_or_a_trait_of_one_person_is_found_in_any_case(text: str, hidden: str) -> None:
    assert _named(posts, text) == [hidden]


@pytest.mark.parametrize(
    "text",
    [
        "C’est la première fois que je viens.",
        "C’est la seule chose qui compte.",
        "Le président de la République a parlé.",
        "Une intervenante du CLSC est venue.",
        "Notre comptable est bonne.",
        "Le médecin m’a dit d’attendre.",
        "On demande pas au gars de la place.",
    ],
)
def test_anybody_of_a_trade_stays(text: str) -> None:
    assert _named(posts, text) == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("C’est la nièce de mon coloc qui l’a fait.", "la nièce de mon coloc"),
        ("Le petit frère à Coralie joue là.", "Le petit frère à Coralie"),
        ("la bru du maire m’apportait des repas", "la bru du maire"),
        ("ma défunte tante Aldéa m’a laissé ça", "ma défunte tante Aldéa"),
        ("Ma plus vieille, Océane, est partie.", "Ma plus vieille, Océane"),
        ("Mon ex-beau-frère va t’appeler.", "Mon ex-beau-frère"),
        ("Ma fille en Alberta a un compte.", "Ma fille en Alberta"),
        ("mes deux plus vieilles sont là", "mes deux plus vieilles"),
    ],
)
def test_kin_is_followed_to_whom_it_leads(text: str, hidden: str) -> None:
    assert _named(ties, text) == [hidden]


@pytest.mark.parametrize("text", ["Ma mère et mon frère sont là.", "la fille de Rimouski"])
def test_common_kin_and_anybody_of_a_town_stay(text: str) -> None:
    assert _named(ties, text) == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Depuis l’affaire du trésorier, personne veut être échevin.", "l’affaire du trésorier"),
        ("Quand l’aréna a passé au feu, en 2009, y a couché là.", "Quand l’aréna a passé au feu"),
        ("Depuis la fusillade au parc, ma mère veut plus.", "la fusillade au parc"),
        ("Y a été mêlé à l’effondrement du balcon de la rue Basse.",
         "mêlé à l’effondrement du balcon de la rue Basse"),
        ("Y s’est noyé dans le bassin du moulin.", "Y s’est noyé dans le bassin du moulin"),
        ("On est passés aux nouvelles pour ça.", "On est passés aux nouvelles pour ça"),
        ("L’inondation de 2019 m’a appris ça.", "L’inondation de 2019"),
        ("La nuit où la serre a explosé, on dormait.", "La nuit où la serre a explosé"),
    ],
)  # fmt: skip
def test_an_event_is_hidden_with_its_clause(text: str, hidden: str) -> None:
    assert set(_named(happenings, text)) == {hidden}


@pytest.mark.parametrize(
    "text",
    [
        "Le serveur a sauté hier pis l’imprimante a lâché.",
        "La panne d’internet a duré trois jours.",
        "On a fait le feu de camp.",
        "La fermeture du bureau est à quatre heures.",
        "Ça a fait une différence.",
    ],
)
def test_what_happens_every_week_stays(text: str) -> None:
    assert _named(happenings, text) == []
