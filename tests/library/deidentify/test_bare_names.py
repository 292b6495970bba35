"""Names and places in a turn without capitals, by where they stand, and what stays."""

from __future__ import annotations

import pytest

from croisee.deidentify import Turn, find_candidates


def hidden(text: str) -> list[str]:
    """Return what is hidden of one turn, in order."""
    return [found.text for found in find_candidates([Turn("d", 1, "", "", text)], [])]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ma sœur dorzaline vient souper", "ma sœur dorzaline"),
        ("mon beau frère kervens travaille là", "mon beau frère kervens"),
        ("sa tante wébertine est malade", "sa tante wébertine"),
        ("my husband torvald drives the bus", "my husband torvald"),
        ("on s'est vus chez kervella hier soir", "kervella"),
        ("j'ai parlé avec zorbinette au téléphone", "zorbinette"),
        ("oui bonjour ici fréjulie de la halte", "fréjulie"),
        ("moi c'est ougbenga pis je reste en haut", "ougbenga"),
        ("quand tsivikis dort on fait pas de bruit", "tsivikis"),
        ("fait que gwendrick prend les messages", "gwendrick"),
        ("la constable orvilliers est passée", "constable orvilliers"),
        ("le capitaine desgroseillers a signé", "capitaine desgroseillers"),
        ("demande à sœur philomarthe", "sœur philomarthe"),
        ("c'est kerdrel-bouvranche qui a la clé", "kerdrel-bouvranche"),
        ("y a jean guy qui attend dehors", "jean guy"),
        ("on a vu marie-fleurance au marché", "marie-fleurance"),
        ("demande à ti loup il le sait", "ti loup"),
        ("bonjour madame blanche comment ça va", "madame blanche"),
        ("le docteur taillevent m'a répondu", "docteur taillevent"),
        ("j'ai laissé ça à m-t", "m-t"),
        ("monsieur belle zygone est arrivé", "monsieur belle zygone"),
        ("mon oncle euloge conte des histoires", "mon oncle euloge"),
    ],
)
def test_a_name_of_no_list_is_found_by_where_it_stands(text: str, name: str) -> None:
    assert any(name in found for found in hidden(text)), hidden(text)


@pytest.mark.parametrize(
    "text",
    [
        "ma sœur jumelle habite loin",
        "mon frère malade reste couché",
        "on mange avec appétit",
        "je suis venu à vélo",
        "on commence à négocier avec le bailleur",
        "la salle communale est pleine",
        "l'autre fois c'était mieux",
        "d'autres personnes sont venues",
        "le comité exécutif a voté",
        "chez moi on parle pas de ça",
        "madame vous pouvez entrer",
        "le sergent est venu deux fois",
        "une mère monoparentale a appelé",
        "la réforme est passée",
        "le service est micro-financé",
        "on paie la tva là-dessus",
        "c'est grilled cheese à midi",
        "merci beaucoup à tout le monde",
        "mon père est mort l'hiver passé",
    ],
)
def test_ordinary_words_stay_without_capitals(text: str) -> None:
    assert hidden(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("je viens de lac mégantic à l'origine", "lac mégantic"),
        ("on a déménagé à rivières du loup", "rivières du loup"),
        ("y reste à sep-îles depuis un an", "sep-îles"),
        ("elle est partie à mon tréal hier", "mon tréal"),
        ("je travaille à gran-mère le mardi", "gran-mère"),
        ("mon fils est à winnipeg", "winnipeg"),
        ("né à tlemcen grandi ici", "tlemcen"),
        ("on prend par saint épiphane c'est plus court", "saint épiphane"),
        ("j'habite la rue des forges en haut", "rue des forges"),
        ("au coin de la rue chambord", "rue chambord"),
        ("le chalet est au lac wabiscaw", "lac wabiscaw"),
        ("on a pêché dans la rivière kapitachouane", "rivière kapitachouane"),
        ("j'arrive de chawinigan", "chawinigan"),
        ("y est parti vivre à windsor", "windsor"),
        ("on se voit au quai de l'anse-à-valleau", "quai de l'anse-à-valleau"),
        ("elle vient de port au prince", "port au prince"),
    ],
)
def test_a_place_is_found_without_capitals(text: str, place: str) -> None:
    assert any(place in found for found in hidden(text)), hidden(text)


@pytest.mark.parametrize(
    "text",
    [
        "on est partis à la pêche",
        "y est du côté de la fenêtre",
        "on traverse la rue quand c'est vert",
        "le chemin du retour est long",
        "j'ai pris le chemin de la guérison",
        "un pont entre les deux groupes",
        "on mange dans la salle à manger",
        "une baie vitrée qui donne dehors",
        "la cour est à l'ombre",
        "y fait chaud dans la place",
    ],
)
def test_what_is_no_place_stays_without_capitals(text: str) -> None:
    assert hidden(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("J’ai appelé l’inspecteur Grandmaître hier.", "inspecteur Grandmaître"),
        ("Le chanoine Villebrun avait peur.", "chanoine Villebrun"),
        ("Pis pasteur Ézéquias a prié.", "pasteur Ézéquias"),
        ("La sergente Dupéré-Kanapé a signé.", "sergente Dupéré-Kanapé"),
        ("Her daughter Ottilie is a nurse.", "Her daughter Ottilie"),
        ("I called my brother Torvald.", "my brother Torvald"),
        ("Big Réjean monte sans payer.", "Big Réjean"),
        ("C’est père Anselme qui a la clé.", "père Anselme"),
    ],
)
def test_a_title_goes_with_its_name(text: str, name: str) -> None:
    assert any(name in found for found in hidden(text)), hidden(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("je reste avec yantheman depuis janvier", "yantheman"),
        ("c’est domrosk qui a fermé la porte", "domrosk"),
        ("oui pis wabalok était là", "wabalok"),
    ],
)
def test_a_word_of_no_list_without_article_is_hidden_in_lower_case(text: str, word: str) -> None:
    start = text.index(word)

    found = find_candidates([Turn("d", 1, "", "", text)], ())

    assert any(one.start <= start and start + len(word) <= one.end for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "on a mangé un gloubi hier soir",
        "les rénovictions ça nous inquiète",
        "faudrait réorganiser le local",
        "Je reste avec la yaourtière.",
    ],
)
def test_a_rare_common_noun_stays(text: str) -> None:
    assert not list(find_candidates([Turn("d", 1, "", "", text)], ()))
