"""Kin, unique posts, organisations, places, days and events: what is found, and what stays."""

import pytest

from croisee.deidentify.spoken import SpokenIdentifiers

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
        ("le sous-sol de l’église Sainte-Famille", ["église Sainte-Famille"]),
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
        ("Quand le train a sauté, on a couru.", ["le train a sauté"]),
        ("le jour du grand feu du quai", ["du grand feu du quai"]),
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
