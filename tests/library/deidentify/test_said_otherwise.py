"""Who, what and where somebody is said by, in words of no corpus: what is found, what stays.

Every sentence is invented for these tests. ``TRAPS`` are ordinary posts, events, shops and days
that point at nobody.
"""

from __future__ import annotations

import pytest

from croisee.deidentify import Turn, find_candidates

ROLES = [
    ("C’est la seule sage-femme de la vallée.", "la seule sage-femme de la vallée"),
    ("Y est le dernier sabotier du canton.", "le dernier sabotier du canton"),
    ("J’ai été la première bouchère nommée à la coop.", "la première bouchère nommée à la coop"),
    ("L’ancienne organiste de la cathédrale l’a dit.", "ancienne organiste de la cathédrale"),
    ("On a croisé le postier au perroquet.", "le postier au perroquet"),
    ("Pis le chauffeur à la moustache rousse?", "le chauffeur à la moustache rousse"),
    ("Demande à la préposée de nuit.", "la préposée de nuit"),
    ("Notre trésorière sortante a les clés.", "Notre trésorière sortante"),
    ("Le greffier adjoint a tout noté.", "Le greffier adjoint"),
    ("C’est l’homme qui a repeint le clocher.", "l’homme qui a repeint le clocher"),
    ("La femme qui a poursuivi la ville habite là.", "La femme qui a poursuivi la ville"),
    ("Le vétérinaire qui soigne les lamas est passé.", "Le vétérinaire qui soigne les lamas"),
    ("Je suis l’animatrice du bingo.", "l’animatrice du bingo"),
    ("C’est le père Noël du centre d’achats.", "père Noël du centre d’achats"),
    ("Y est l’entraîneur du pee-wee.", "entraîneur du pee-wee"),
    ("La doyenne des cuisines a cent ans.", "doyenne des cuisines"),
    ("On l’appelle la ramancheuse du rang.", "la ramancheuse du rang"),
    ("Le gardien de but borgne jouait pareil.", "gardien de but borgne"),
    ("Celle au chignon connaît tout le monde.", "Celle au chignon"),
    ("Celui avec la jambe de bois fait les comptes.", "Celui avec la jambe"),
    ("Zoltane Brévoort, cuisinière en chef, a parlé.", "cuisinière en chef"),
    ("Le traversier manchot, y sourit tout le temps.", "Le traversier manchot"),
    ("La fille du bedeau a hérité.", "fille du bedeau"),
    ("C’est le fils de mon notaire.", "fils de mon notaire"),
    ("La veuve du dernier passeur vit seule.", "veuve du dernier passeur"),
    ("le seul sourcier qui reste dans la région m'a aidé", "le seul sourcier qui reste"),
    (
        "la première camionneuse haïtienne du comté c'est ma voisine",
        "première camionneuse haïtienne",
    ),
    ("Le grand maigre, y vient pus.", "Le grand maigre"),
    ("Ton maire nous a oubliés.", "Ton maire"),
    ("La violoniste à l’œil crevé joue le dimanche.", "La violoniste à l’œil"),
]
EVENTS = [
    ("C’était avant la nuit des trois chaloupes.", "la nuit des trois chaloupes"),
    ("Tu te souviens de la fois de l’orignal dans l’école?", "la fois de l’orignal dans l’école"),
    ("Quand la cloche est tombée dans le chœur, j’y étais.", "cloche est tombée dans le chœur"),
    (
        "Depuis que le camion est entré dans la bibliothèque, on barre.",
        "camion est entré dans la bibliothèque",
    ),
    (
        "Le soir que la grange a brûlé pendant la noce, j’ai compris.",
        "la grange a brûlé pendant la noce",
    ),
    (
        "La chèvre qui mangeait les bulletins de vote, c’est ici.",
        "chèvre qui mangeait les bulletins de vote",
    ),
    ("On a vu le cochon tombé dans la piscine du maire.", "cochon tombé dans la piscine"),
    ("La course où le député a coulé, ça fait longtemps.", "course où le député a coulé"),
    (
        "L’histoire de la vache au conseil, tout le monde la sait.",
        "histoire de la vache au conseil",
    ),
    ("Je suis née dans un traversier, en plein verglas.", "dans un traversier"),
    ("Y se sont mariés dans l’aréna, à cause du toit.", "dans l’aréna"),
    (
        "Y avait mis un veau dans le bureau de poste. Ça a passé dans le journal.",
        "Y avait mis un veau dans le bureau de poste",
    ),
    ("On a élu un chien à la mairie, c’est passé à TVA.", "On a élu un chien à la mairie"),
    (
        "Celui qu’on a retrouvé dans la citerne, c’était mon boss.",
        "Celui qu’on a retrouvé dans la citerne",
    ),
    ("La fausse loterie du notaire a ruiné ma tante.", "fausse loterie du notaire"),
    ("Le dindon qui est passé dans la vitrine, on en rit.", "dindon qui est passé dans la vitrine"),
    ("La remorque est revenue avec un ours.", "remorque est revenue avec un ours"),
    ("They still talk about the night of the frozen geese.", "night of the frozen geese"),
    ("l'éboulis du rang des érables a tout emporté", "éboulis du rang des érables"),
    ("le jour où le train a déraillé dans la cour d'école j'étais malade", "le train a déraillé"),
    ("La fermeture de l’usine en 1987 nous a tués.", "fermeture de l’usine en 1987"),
    ("le vol de la caisse du village c'était lui", "vol de la caisse du village"),
    ("Y a survécu à l’écrasement du Cessna.", "écrasement du Cessna"),
    ("L’ours est entré dans la pharmacie un lundi.", "ours est entré dans la pharmacie"),
]
BUSINESSES = [
    ("Je travaille chez Fonderie Bravoure.", "Fonderie Bravoure"),
    ("Toitures Ménestrel, bonjour.", "Toitures Ménestrel"),
    ("Y est à la garderie Les Petits Lutins rieurs.", "garderie Les Petits Lutins rieurs"),
    ("On mange au restaurant La Truite d’argent.", "restaurant La Truite d’argent"),
    ("C’est la compagnie 9044-1177 Québec inc.", "9044-1177 Québec inc"),
    ("Avant, c’était Les Trois Marmites.", "Les Trois Marmites"),
    ("Le centre dentaire Belle-Rive a appelé.", "centre dentaire Belle-Rive"),
    ("La minoterie Orbec-Kane a fermé.", "minoterie Orbec-Kane"),
    ("Ma sœur est au presbytère Saint-Ludger.", "presbytère Saint-Ludger"),
    ("Mécanique Orvault et fils m’a remorqué.", "Mécanique Orvault et fils"),
    ("J’ai étudié au lycée Ben Tachfine.", "lycée Ben Tachfine"),
    ("On loue à Immeubles Corvette.", "Immeubles Corvette"),
    ("y travaille à la boulangerie croûte et miel", "boulangerie croûte et miel"),
    ("mon gars va à l'école du ruisseau-vert", "école du ruisseau-vert"),
    ("elle est à la résidence du grand héron", "résidence du grand héron"),
    ("on appelle la clinique des deux rivières", "clinique des deux rivières"),
    ("j'ai signé avec plomberie zarvoux", "plomberie zarvoux"),
    ("on a mangé au restaurant la truite bleue", "restaurant la truite"),
    ("La maison d’hébergement m’a gardée.", "maison d’hébergement"),
    ("Elle enseigne à la polyvalente.", "polyvalente"),
]
OTHERS = [
    ("On est fermés depuis le 9.", "9"),
    ("Elle a eu dix ans le 17.", "17"),
    ("on se voit mercredi le six", "mercredi le six"),
    ("y est parti samedi quatorze", "samedi quatorze"),
    ("Le 4 mai dernier, j’ai signé.", "4 mai dernier"),
    ("Mon compte, c’est zorbaline point du point rang.", "zorbaline point du point rang"),
    ("J’ai ouvert cuisinedurangsix, tout attaché.", "cuisinedurangsix"),
    ("Mon indicatif, c’est Loup gris.", "Loup gris"),
    ("utilisateur prévaline tiret bas deux mille quatre", "prévaline tiret bas deux mille quatre"),
    ("J’habite au quatorze bis, de la Falaise.", "quatorze bis, de la Falaise"),
    ("I live at two twelve Spring Road.", "two twelve Spring Road"),
    ("Write to Box 31, please.", "Box 31"),
    ("on reste au cinq e rue est", "cinq e rue est"),
    ("Le passeport, c’est HK 204 817.", "HK 204 817"),
    ("On campe au lac Wabiscaw.", "lac Wabiscaw"),
    ("C’est 75 Curé-Orvaux, H7L 2Z2.", "75 Curé-Orvaux"),
    ("Envoie ça au bureau, 12 Montorgueil, Laval, H7L 2Z2.", "12 Montorgueil"),
    ("Y reste au kilomètre 112.", "kilomètre 112"),
    ("Le bureau est dans la gare de Sainte-Orvine.", "gare de Sainte-Orvine"),
    ("Signé O. Zarvoux, merci.", "O. Zarvoux"),
    ("Son nom de famille, c’est Perdrix.", "Perdrix"),
    ("Mes beaux-parents nous gardent.", "Mes beaux-parents"),
    ("On a vu le chalet des Six-Collines.", "chalet des Six-Collines"),
    ("L’agente Kerouvel a rappelé.", "agente Kerouvel"),
    ("Le lieutenant Orvaux-Dubé est venu.", "lieutenant Orvaux-Dubé"),
    ("Mon numéro de client, c’est le WX 3-40719-L.", "WX 3-40719-L"),
    ("Bonjour, ici tante Wébertine.", "tante Wébertine"),
    ("On a signé le 3 avril prochain.", "3 avril prochain"),
    ("Y est à l’usine Zarvoux depuis deux ans.", "usine Zarvoux"),
    ("On se voit au couvent des Sœurs de Kerbor.", "couvent des Sœurs de Kerbor"),
    (
        "La maison de la culture de Rivebelle nous prête la salle.",
        "maison de la culture de Rivebelle",
    ),
    ("Le comité, c’est sous La Grande Ourse.", "La Grande Ourse"),
    ("Mon grand-père fait l’hélicoptère chez Air Mistral.", "Air Mistral"),
    ("Ma belle sœur Orphée est partie.", "Ma belle sœur Orphée"),
    ("His wife Ottilie drives the bus.", "His wife Ottilie"),
]
TRAPS = [
    "Le médecin est passé tantôt.",
    "La directrice est fine.",
    "Un concierge de nuit, ça coûte cher.",
    "On cherche une cuisinière en chef.",
    "La première personne qui arrive ouvre la porte.",
    "Le premier ministre a parlé hier.",
    "La seule chose qui compte, c’est la santé.",
    "Le dernier rapport du comité est long.",
    "L’ancien système du bureau marchait mieux.",
    "L’infirmière qui m’a appelé était gentille.",
    "Le gars qui a répondu savait rien.",
    "La femme qui nous aide vient le mardi.",
    "Le moteur de recherche est lent.",
    "La valeur du logement a monté.",
    "Le classeur de gauche est plein.",
    "La rivière au printemps est haute.",
    "Le quartier de nuit fait peur.",
    "Celui qui veut venir peut venir.",
    "Celle avec qui je parle est occupée.",
    "Les intervenants du milieu sont fatigués.",
    "Un travailleur de rue passe souvent.",
    "Le grand public comprend pas.",
    "La petite caisse est vide.",
    "Le gros bon sens, c’est ça.",
    "La nuit du vendredi, on dort pas.",
    "Le jour où on a commencé, y faisait beau.",
    "La fois où je suis venue, c’était fermé.",
    "Quand le projet a été accepté, on a fêté.",
    "Quand l’autobus est passé, j’étais pas là.",
    "La réunion où on a décidé ça était longue.",
    "L’histoire du Québec, on l’apprend à l’école.",
    "L’année du début, on savait rien.",
    "À la fois des hommes et des femmes.",
    "Je suis née dans une petite maison.",
    "Elle s’est mariée à l’église en juin.",
    "La salle ferme à midi.",
    "Le chien qui jappe est attaché.",
    "La maison qui est à vendre est grande.",
    "Les notes sont dans le journal de bord.",
    "On en parle encore souvent entre nous.",
    "Ça a fait mon affaire.",
    "L’ensemble des organismes est d’accord.",
    "La garderie la semaine passée était fermée.",
    "au restaurant le midi on se parle",
    "l'école les enfants aiment ça",
    "on va à la pharmacie demain",
    "la clinique est pleine de monde",
    "Le magasin général ouvrait tôt.",
    "Un café du coin nous prête la salle.",
    "La compagnie de téléphone répond pas.",
    "On a un groupe Facebook.",
    "Le service de garde est plein.",
    "Une maison des jeunes, ça prend du monde.",
    "Le 20 % de rabais aide.",
    "J’ai pris le 4 pour cent.",
    "Le 3 et demie est petit.",
    "le deux et demie est libre",
    "À ce point-là, on arrête.",
    "C’est un point important du programme.",
    "Trois des cinq membres sont venus.",
    "L’une des raisons, c’est l’argent.",
    "Dix pour cent des gens répondent.",
    "Deux du groupe ont lâché.",
    "Le lac est gelé.",
    "La gare est loin.",
    "Le chalet est à louer.",
    "Mes enfants sont grands.",
    "Ma famille vient de loin.",
    "Le secteur de la santé manque de monde.",
    "La bibliothèque de quartier est ouverte.",
    "On a besoin du soutien des autres.",
    "Le fournisseur de services est lent.",
    "Le facteur de risque est connu.",
    "L’acteur principal du film est bon.",
    "Le chef cuisine bien.",
]


def _hidden(text: str) -> str:
    """Return a text with what is hidden in brackets, to read when a test fails."""
    out, at = "", 0
    for found in find_candidates([Turn("d", 1, "", "", text)], []):
        out += text[at : found.start] + "[" + found.text + "]"
        at = found.end
    return out + text[at:]


def _left(text: str, words: str) -> str:
    """Return what is left in sight of some words of a text."""
    start = text.index(words)
    covered = {
        place
        for found in find_candidates([Turn("d", 1, "", "", text)], [])
        for place in range(found.start, found.end)
    }
    places = range(start, start + len(words))
    return "".join(
        text[place] for place in places if place not in covered and text[place].isalnum()
    )


@pytest.mark.parametrize(("text", "words"), ROLES + EVENTS + BUSINESSES + OTHERS)
def test_what_points_at_somebody_is_hidden_however_it_is_said(text: str, words: str) -> None:
    assert _left(text, words) == "", _hidden(text)


@pytest.mark.parametrize("text", TRAPS)
def test_what_points_at_nobody_stays(text: str) -> None:
    assert _hidden(text) == text


def test_a_name_that_is_corrected_is_hidden_with_its_correction() -> None:
    text = "C’est ma voisine, Louise… non, Lise, qui a la clé."
    assert _left(text, "Louise… non, Lise") == "", _hidden(text)
    assert _hidden("Je dis non, Lise est là.").startswith("Je dis non, [Lise]")
