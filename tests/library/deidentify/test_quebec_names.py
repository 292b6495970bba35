"""Names, places and spoken identifiers that no registry gives: found, and the traps left alone."""

import json

import pytest

from croisee.deidentify import CandidateFinder, NamesOfQuebec, SpokenIdentifiers, Turn
from croisee.deidentify.gazetteer import gazetteer, read_list
from croisee.text import fold


def hidden(text):
    return CandidateFinder(()).document([Turn("d", 1, "", "", text)])


def named(text, *recognisers):
    packs = recognisers or (NamesOfQuebec(), SpokenIdentifiers())
    return sorted(text[f.start : f.end] for pack in packs for f in pack.find(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("J’ai vu Julie Tremblay hier.", ["Julie Tremblay"]),
        ("ma soeur julie pis pierre tremblay", ["julie", "ma soeur julie", "pierre tremblay"]),
        ("On a rencontré Mme Côté à côté d’ici.", ["Côté"]),
        ("Pierre m’a dit que la pierre est lourde.", ["Pierre"]),
        ("J’y vais avec Rose.", ["Rose"]),
        ("elle s’appelle rose", ["rose"]),
        ("Puis Xyla Bouchard et Fatoumata arrivent.", ["Fatoumata", "Xyla Bouchard"]),
        ("Là, Samir et Wapikoni parlent.", ["Samir", "Wapikoni"]),
        ("Marie-Ève Gagnon-Roy arrive.", ["Marie-Ève Gagnon-Roy"]),
        ("Ça s’écrit B-O-L-D-U-C.", ["B-O-L-D-U-C"]),
    ],
)
def test_a_person_is_found_by_the_lists_and_what_stands_beside(text, names):
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "la pierre est rose et claire, à côté du petit boucher",
        "Rose est une couleur.",
        "Ben, joyeux Noël, bon, merci ben gros.",
        "elle est mariée, il est marié, ma grand-mère aussi",
        "les trois rivières du coin",
        "La France, en France, de France.",
        "mercredi, en mars, le français du Québec",
        "un deux trois quatre cinq six sept",
        "entre deux mille quinze et deux mille dix-huit",
        "Il y a à y a un rang, une place où aller.",
        "la table, le centre communautaire, la maison des jeunes de mon quartier",
        "à contrecœur",
    ],
)
def test_ordinary_words_stay(text):
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("à longueuil", "[une municipalité de la Montérégie]"),
        ("à Trois-Rivières", "[une municipalité de la Mauricie]"),
        ("de Montréal-Nord", "[un quartier de Montréal]"),
        ("à Montréal", "[une municipalité]"),
        ("à Sainte-Monique", "[une municipalité]"),
        ("au clsc de longueuil", "[un organisme]"),
        ("au CPE Les Lutins", "[un organisme]"),
        ("la mairesse", "[une personne à ce poste]"),
        ("la directrice du CPE Les Lutins", "[une personne à ce poste]"),
        ("c’est cinq un quatre cinq cinq cinq douze trente-quatre", "[téléphone]"),
        ("j quatre k deux t neuf", "[code postal]"),
        ("julie point roy à gmail point com", "[courriel]"),
        ("née le 14 mars 1982", "[date de naissance]"),
        ("le premier juin deux mille vingt", "[date]"),
        ("au douze cent trente rue principale", "[adresse]"),
        ("carte trej 8552 1412", "[numéro]"),
    ],
)
def test_what_is_found_is_said_by_its_kind(text, masked):
    assert [candidate.replacement for candidate in hidden(text)] == [masked]


def test_a_place_says_its_region_only_where_the_region_is_large_and_certain():
    lists = gazetteer()
    for places in lists.places.values():
        for place in places:
            said = lists.generalised(place)
            small = lists.sizes[place.region] < 20 and place.kind != "quartier"
            assert not (small and place.region in said), place.name


def test_lists_hold_one_fact_a_line_each_once():
    for name, columns in (
        ("municipalites.txt", 2), ("quartiers.txt", 2), ("mrc.txt", 2), ("prenoms.txt", 2),
        ("noms.txt", 1), ("mots.txt", 1),
    ):  # fmt: skip
        facts = [tuple(fact) for fact in read_list(name)]
        assert {len(fact) for fact in facts} == {columns}, name
        assert len(set(facts)) == len(facts), name


def test_a_number_of_a_health_card_needs_a_possible_date():
    assert named("les mots trej 8599 1412") == []


def test_cities_known_elsewhere_are_in_the_lists(real_data):
    path = real_data / "quebec" / "citinfos_mun" / "municipalites_quebec.json"
    cities = json.loads(path.read_text(encoding="utf-8"))["villes"]
    ours = {fold(fact[0]).replace("-", " ") for fact in read_list("municipalites.txt")}
    missing = [c["nom"] for c in cities if fold(c["nom"]).replace("-", " ") not in ours]
    assert missing == []


def test_names_known_elsewhere_are_mostly_in_the_lists(real_data):
    folder = real_data / "quebec" / "qngng_pypi"
    ours = {fold(fact[0]) for name in ("prenoms.txt", "noms.txt") for fact in read_list(name)}
    shares = []
    fields = {"std-names-f": "name", "std-names-m": "name", "std-surnames": "surname"}
    for file, field in fields.items():
        theirs = [
            row[field] for row in json.loads((folder / f"{file}.json").read_text(encoding="utf-8"))
        ]
        parts = [name for name in theirs if all(p in ours for p in fold(name).split("-"))
                 or fold(name) in ours]  # fmt: skip
        shares.append(len(parts) / len(theirs))
    assert min(shares) >= 0.85, shares
