"""The questionnaires of the reference study, and how many people gave each answer.

Each question carries its wording and, for each case, the counts it must come out with: the
generator then deals these answers to respondents. Counts follow the options. « sans » is how
many respondents of the case leave the question empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CASES = ("carrefours", "quartiers", "praticien-ne-s", "tables-famille")


@dataclass(frozen=True, slots=True)
class Item:
    """One question. ``counts``: case code → counts by option (or → values, for numbers)."""

    code: str
    label: tuple[str, str]
    kind: str
    options: tuple[tuple[str, str, str], ...] = ()
    counts: dict[str, tuple[int, ...]] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)


def by_case(*rows: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """Name the counts of the three cases that answered the 2020 questionnaires."""
    return dict(zip(("carrefours", "quartiers", "tables-famille"), rows, strict=True))


YES_NO = (("non", "Non", "No"), ("oui", "Oui", "Yes"))

FLASH = (
    Item(
        "equipement",
        (
            "Les membres de votre équipe ont-ils l’équipement qu’il faut pour travailler ?",
            "Do your team members have the equipment they need to work?",
        ),
        "ordinal",
        (
            ("aucun", "Aucun membre de l’équipe", "No team member"),
            ("certains", "Quelques membres", "A few members"),
            ("plupart", "La plupart", "Most"),
            ("tous", "Toute l’équipe", "The whole team"),
        ),
        by_case((0, 9, 21, 16), (5, 9, 6, 4), (1, 5, 4, 3)),
        {"nature": "fait", "coupe": "aucun,certains / plupart,tous"},
    ),
    Item(
        "connexion",
        (
            "Comment est votre connexion Internet au travail ?",
            "How is your Internet connection at work?",
        ),
        "ordinal",
        (
            ("mauvaise", "Mauvaise", "Poor"),
            ("variable", "Variable", "Uneven"),
            ("bonne", "Bonne", "Good"),
        ),
        by_case((8, 17, 21), (1, 8, 15), (1, 4, 8)),
        {"nature": "fait", "coupe": "mauvaise,variable / bonne"},
    ),
    Item(
        "aide",
        (
            "Avez-vous une aide technique régulière ?",
            "Do you have regular technical help?",
        ),
        "ordinal",
        (
            ("payee", "Une aide régulière payée", "Regular paid help"),
            ("benevole", "Une aide régulière bénévole", "Regular volunteer help"),
            ("aucune", "Aucune aide régulière", "No regular help"),
        ),
        by_case((5, 7, 34), (3, 6, 15), (1, 1, 11)),
        {"nature": "fait", "coupe": "payee,benevole / aucune"},
    ),
    Item(
        "priorites",
        (
            "De quoi avez-vous le plus besoin ? (jusqu’à trois choix)",
            "What do you need most? (up to three choices)",
        ),
        "multiple",
        (
            ("soutien", "Soutien sur place", "On-site support"),
            ("connexion", "Connexion Internet", "Internet connection"),
            ("portables", "Ordinateurs portables", "Laptops"),
            ("logiciels", "Logiciels de base", "Basic software"),
            ("ecran", "Deuxième écran", "Second screen"),
        ),
        by_case((31, 21, 17, 12, 6), (12, 16, 18, 9, 2), (5, 7, 11, 8, 1)),
        {"nature": "ordinaire", "min": "1", "max": "3"},
    ),
    Item(
        "logiciels",
        (
            "Quels logiciels et services utilisez-vous ? (tout ce qui convient)",
            "Which software and services do you use? (all that apply)",
        ),
        "multiple",
        (
            ("zoom", "Zoom", "Zoom"),
            ("teams", "Teams", "Teams"),
            ("facebook", "Facebook", "Facebook"),
            ("google", "Espace de travail Google", "Google Workspace"),
            ("dropbox", "Dropbox", "Dropbox"),
            ("sondage", "Service de sondage en ligne", "Online survey service"),
            ("visuel", "Service de création visuelle", "Visual design service"),
            ("projet", "Outil de gestion de projet", "Project management tool"),
        ),
        by_case(
            (44, 19, 41, 24, 17, 16, 20, 8),
            (23, 6, 21, 15, 9, 7, 10, 5),
            (12, 8, 12, 6, 3, 2, 7, 1),
        ),
        {"nature": "fait", "min": "1", "commun": "zoom|teams|facebook"},
    ),
    Item(
        "teletravail",
        (
            "Avant mars 2020, le télétravail était-il offert ?",
            "Before March 2020, was telework offered?",
        ),
        "ordinal",
        (
            ("non", "Non", "No"),
            ("exception", "Par exception", "As an exception"),
            ("partie", "Une partie de la semaine", "Part of the week"),
            ("complet", "Toute la semaine", "All week"),
        ),
        by_case((19, 17, 8, 2), (9, 8, 5, 2), (10, 3, 0, 0)),
        {"nature": "fait", "coupe": "non,exception / partie,complet"},
    ),
    Item(
        "plan",
        (
            "Avez-vous un plan numérique discuté en équipe ou avec vos membres ?",
            "Do you have a digital plan discussed with your team or members?",
        ),
        "choix",
        YES_NO,
        by_case((42, 4), (20, 4), (12, 1)),
        {"nature": "fait", "coupe": "non / oui"},
    ),
    Item(
        "outil-impose",
        (
            "Un partenaire vous a-t-il demandé de quitter votre outil pour le sien ?",
            "Has a partner asked you to leave your tool for theirs?",
        ),
        "choix",
        YES_NO,
        by_case((21, 25), (13, 11), (8, 5)),
        {"nature": "fait", "coupe": "non / oui"},
    ),
    Item(
        "qui-paie",
        (
            "Qui paie l’Internet des personnes qui travaillent de la maison ?",
            "Who pays for the Internet of people who work from home?",
        ),
        "choix",
        (
            ("organisme", "L’organisme", "The organisation"),
            ("partage", "L’organisme, en partie", "The organisation, in part"),
            ("personne", "La personne employée", "The employee"),
        ),
        by_case((7, 12, 27), (2, 5, 17), (0, 3, 10)),
        {"nature": "fait", "coupe": "organisme,partage / personne"},
    ),
    Item(
        "appareils",
        (
            "Combien d’appareils avez-vous prêtés à votre équipe ?",
            "How many devices did you lend to your team?",
        ),
        "nombre",
        (),
        {
            "carrefours": (0,) * 6
            + (1,) * 4
            + (2,) * 9
            + (3,) * 8
            + (4,) * 5
            + (5,) * 5
            + (6,) * 3
            + (8,) * 3
            + (12, 15, 20),
            "quartiers": (0,) * 7 + (1,) * 5 + (2,) * 5 + (3,) * 3 + (5, 6, 7, 9),
            "tables-famille": (0,) * 6 + (1,) * 3 + (2, 2, 4, 6),
        },
        {"nature": "fait", "unite": "appareils", "pas": "1", "classes": "1|3|5"},
    ),
    Item(
        "depenses",
        (
            "Les dépenses numériques de l’année ont-elles mis votre budget en difficulté ?",
            "Did this year’s digital spending put your budget in difficulty?",
        ),
        "choix",
        YES_NO,
        by_case((28, 18), (13, 11), (6, 7)),
        {"nature": "sensible", "coupe": "non / oui"},
    ),
)

INDIVIDUAL = (
    Item(
        "age",
        ("Quel âge avez-vous ?", "How old are you?"),
        "ordinal",
        (
            ("18-34", "18 à 34 ans", "18 to 34"),
            ("35-54", "35 à 54 ans", "35 to 54"),
            ("55-plus", "55 ans et plus", "55 and over"),
        ),
        by_case((13, 23, 11), (9, 12, 6), (6, 9, 5)),
        {"nature": "visible", "lecture": "ensemble", "coupe": "18-34 / 35-54,55-plus"},
    ),
    Item(
        "materiel",
        (
            "Avez-vous le matériel qu’il vous faut pour travailler ?",
            "Do you have the equipment you need to work?",
        ),
        "ordinal",
        (
            ("pas", "Pas du tout", "Not at all"),
            ("partie", "En partie", "In part"),
            ("bonne-partie", "En bonne partie", "For the most part"),
            ("tout", "Tout à fait", "Entirely"),
        ),
        by_case((5, 11, 18, 13), (6, 9, 7, 5), (5, 6, 4, 5)),
        {"nature": "ordinaire", "coupe": "pas,partie / bonne-partie,tout"},
    ),
    Item(
        "aisance",
        (
            "Êtes-vous à l’aise avec les outils numériques de votre travail ?",
            "Are you comfortable with the digital tools of your work?",
        ),
        "ordinal",
        (
            ("pas", "Pas du tout", "Not at all"),
            ("peu", "Un peu", "A little"),
            ("moyen", "Moyennement", "Moderately"),
            ("assez", "Assez", "Fairly"),
            ("tres", "Très", "Very"),
        ),
        by_case((0, 3, 9, 21, 14), (0, 1, 6, 12, 8), (1, 2, 4, 8, 5)),
        {"nature": "ordinaire", "coupe": "pas,peu,moyen / assez,tres"},
    ),
    Item(
        "plateforme",
        (
            "Quelle plateforme utilisez-vous le plus pour vos rencontres ?",
            "Which platform do you use most for meetings?",
        ),
        "choix",
        (
            ("zoom", "Zoom", "Zoom"),
            ("teams", "Teams", "Teams"),
            ("autre", "Une autre plateforme", "Another platform"),
        ),
        by_case((30, 11, 6), (19, 3, 5), (12, 6, 2)),
        {"nature": "ordinaire", "coupe": "zoom / teams,autre", "commun": "zoom|teams"},
    ),
    Item(
        "usages",
        (
            "À quoi vous sert le numérique ? (tout ce qui convient)",
            "What do you use digital tools for? (all that apply)",
        ),
        "multiple",
        (
            ("reunions", "Tenir des réunions", "Hold meetings"),
            ("documents", "Écrire à plusieurs", "Write together"),
            ("reseaux", "Animer les réseaux sociaux", "Run social media"),
            ("liens", "Garder le lien avec les personnes", "Keep in touch with people"),
            ("mobiliser", "Mobiliser, faire de l’action politique", "Mobilise, political action"),
            ("administrer", "Gérer et rendre des comptes", "Manage and report"),
        ),
        by_case((42, 33, 26, 29, 13, 36), (22, 18, 16, 20, 11, 15), (15, 11, 12, 14, 3, 9)),
        {"nature": "ordinaire", "min": "1"},
    ),
    Item(
        "outil-propose",
        (
            "Depuis mars, devant un nouvel outil, vous l’avez… (tout ce qui convient)",
            "Since March, faced with a new tool, you… (all that apply)",
        ),
        "multiple",
        (
            ("accepte", "accepté tel quel", "accepted it as it was"),
            ("adapte", "adapté à votre façon de faire", "adapted it to your ways"),
            ("refuse", "refusé", "refused it"),
        ),
        by_case((35, 29, 14), (15, 19, 10), (14, 9, 3)),
        {"nature": "ordinaire", "min": "1"},
    ),
    Item(
        "raisons",
        (
            "Quelles raisons comptent le plus dans ce choix ? (jusqu’à trois)",
            "Which reasons matter most in that choice? (up to three)",
        ),
        "multiple",
        (
            ("equite", "Que tout le monde puisse suivre", "That everyone can follow"),
            ("autonomie", "Choisir nous-mêmes nos outils", "Choosing our own tools"),
            ("confidentialite", "Protéger les renseignements", "Protecting information"),
            ("temps", "Gagner du temps", "Saving time"),
            ("democratie", "Décider ensemble", "Deciding together"),
        ),
        by_case((26, 24, 19, 22, 11), (17, 9, 14, 7, 10), (13, 5, 6, 8, 5)),
        {"nature": "ordinaire", "min": "1", "max": "3"},
    ),
    Item(
        "jours",
        (
            "Après l’urgence sanitaire, combien de jours par semaine à la maison souhaitez-vous ?",
            "After the health emergency, how many days a week at home would you like?",
        ),
        "nombre",
        (),
        {
            "carrefours": (0,) * 5 + (1,) * 5 + (2,) * 16 + (3,) * 14 + (4,) * 3 + (5,) * 2,
            "quartiers": (0,) * 2 + (1,) * 4 + (2,) * 10 + (3,) * 9 + (4,) * 2,
            "tables-famille": (0,) * 7 + (1,) * 7 + (2,) * 5 + (3,) * 1,
        },
        {"nature": "ordinaire", "unite": "jours", "pas": "1", "classes": "1|2|3"},
        {"carrefours": 2},
    ),
    Item(
        "regle-ecrite",
        (
            "Y a-t-il une règle écrite sur le télétravail où vous travaillez ?",
            "Is there a written rule on telework where you work?",
        ),
        "ordinal",
        (
            ("non", "Non", "No"),
            ("en-cours", "Elle s’écrit", "It is being written"),
            ("oui", "Oui", "Yes"),
        ),
        by_case((28, 10, 9), (21, 3, 3), (12, 3, 5)),
        {"nature": "ordinaire", "coupe": "non / en-cours,oui"},
    ),
    Item(
        "ethique",
        (
            "Souhaitez-vous une formation sur les questions éthiques du numérique ?",
            "Would you like training on the ethical questions of digital technology?",
        ),
        "ordinal",
        (
            ("non", "Non", "No"),
            ("peut-etre", "Peut-être", "Maybe"),
            ("oui", "Oui", "Yes"),
        ),
        by_case((6, 8, 33), (1, 2, 24), (2, 4, 14)),
        {"nature": "ordinaire", "coupe": "non,peut-etre / oui"},
    ),
    Item(
        "lieu",
        (
            "Avez-vous un lieu pour discuter de vos usages du numérique ?",
            "Do you have a place to discuss your uses of digital technology?",
        ),
        "choix",
        YES_NO,
        by_case((31, 16), (23, 4), (11, 9)),
        {"nature": "ordinaire", "coupe": "non / oui"},
    ),
    Item(
        "epuisement",
        (
            "Depuis mars, le travail à l’écran vous a-t-il laissé au bout de vos forces ?",
            "Since March, has screen work left you at the end of your strength?",
        ),
        "ordinal",
        (
            ("jamais", "Jamais", "Never"),
            ("parfois", "Parfois", "Sometimes"),
            ("souvent", "Souvent", "Often"),
        ),
        by_case((12, 20, 13), (5, 12, 8), (6, 9, 4)),
        {
            "nature": "sensible",
            "lecture": "ensemble",
            "coupe": "jamais,parfois / souvent",
            "sans_reponse": "nsp",
        },
        {"carrefours": 2, "quartiers": 2, "tables-famille": 1},
    ),
    Item(
        "commentaire",
        ("Voulez-vous ajouter quelque chose ?", "Would you like to add anything?"),
        "texte",
    ),
)

PROFILE = (
    Item(
        "genre",
        ("Genre", "Gender"),
        "choix",
        (("femme", "Femmes", "Women"), ("homme", "Hommes", "Men")),
        {
            "carrefours": (6, 5),
            "quartiers": (6, 4),
            "praticien-ne-s": (5, 2),
            "tables-famille": (3, 2),
        },
        {"nature": "visible", "lecture": "ensemble", "coupe": "femme / homme"},
    ),
)

EVALUATION = (
    Item(
        "age",
        ("Âge", "Age"),
        "ordinal",
        (
            ("18-34", "18 à 34 ans", "18 to 34"),
            ("35-54", "35 à 54 ans", "35 to 54"),
            ("55-plus", "55 ans et plus", "55 and over"),
        ),
        {"*": (8, 13, 7)},
        {"nature": "visible", "lecture": "ensemble", "coupe": "18-34 / 35-54,55-plus"},
    ),
    Item(
        "fonction",
        ("Fonction", "Function"),
        "choix",
        (
            ("interv", "Intervention, organisation, projet", "Practice, organising, projects"),
            ("com", "communication", "communication"),
            ("dir", "Direction ou coordination", "Direction or coordination"),
        ),
        {"*": (15, 1, 12)},
        {
            "nature": "visible",
            "lecture": "ensemble",
            "coupe": "interv,com / dir",
            "groupements": "interv / com / dir ; interv,com / dir",
        },
    ),
    Item(
        "experience",
        ("Expérience", "Experience"),
        "ordinal",
        (
            ("moins-5", "Moins de 5 ans", "Less than 5 years"),
            ("5-10", "5 à 10 ans", "5 to 10 years"),
            ("plus-10", "Plus de 10 ans", "More than 10 years"),
        ),
        {"*": (11, 6, 11)},
        {"nature": "visible", "lecture": "ensemble", "coupe": "moins-5 / 5-10,plus-10"},
    ),
    Item(
        "satisfaction",
        (
            "La discussion vous a-t-elle donné satisfaction ?",
            "Are you satisfied with the discussion?",
        ),
        "ordinal",
        (
            ("pas", "Pas du tout satisfaite", "Not satisfied at all"),
            ("peu", "Peu satisfaite", "Not very satisfied"),
            ("satisfait", "Satisfaite", "Satisfied"),
            ("tres", "Très satisfaite", "Very satisfied"),
        ),
        {"*": (0, 1, 11, 16)},
        {"nature": "ordinaire", "lecture": "ensemble", "coupe": "pas,peu / satisfait,tres"},
    ),
    Item(
        "parole",
        (
            "Avez-vous pu dire ce que vous vouliez dire ?",
            "Were you able to say what you wanted to say?",
        ),
        "ordinal",
        (
            ("pas", "Pas du tout", "Not at all"),
            ("peu", "Un peu", "A little"),
            ("assez", "Assez", "Fairly well"),
            ("tout", "Tout à fait", "Entirely"),
        ),
        {"*": (0, 0, 13, 15)},
        {"nature": "ordinaire", "lecture": "ensemble", "coupe": "pas,peu / assez,tout"},
    ),
    Item(
        "utilite",
        (
            "La discussion vous sera-t-elle utile dans votre travail ?",
            "Will the discussion be useful in your work?",
        ),
        "ordinal",
        (
            ("pas", "Pas utile", "Not useful"),
            ("peu", "Peu utile", "Not very useful"),
            ("moyen", "Moyennement utile", "Moderately useful"),
            ("utile", "Utile", "Useful"),
            ("tres", "Très utile", "Very useful"),
        ),
        {"*": (2, 3, 9, 8, 6)},
        {"nature": "ordinaire", "lecture": "ensemble", "coupe": "pas,peu,moyen / utile,tres"},
    ),
    Item(
        "suite",
        (
            "Que voulez-vous pour la suite ? (tout ce qui convient)",
            "What would you like next? (all that apply)",
        ),
        "multiple",
        (
            ("feuillet", "Un feuillet pour mon réseau", "A leaflet for my network"),
            ("rencontre", "Une rencontre entre réseaux", "A meeting between networks"),
            ("formation", "Une formation", "Training"),
            ("groupe", "Un autre groupe de discussion", "Another focus group"),
        ),
        {"*": (25, 17, 13, 8)},
        {"nature": "ordinaire", "lecture": "ensemble", "min": "1"},
    ),
)

INSTRUMENTS = {
    "eclair": FLASH,
    "individuel": INDIVIDUAL,
    "profil": PROFILE,
    "evaluation": EVALUATION,
}

CODEBOOK_COLUMNS = (
    "question",
    "libelle",
    "libelle_en",
    "type",
    "options",
    "options_en",
    "nature",
    "coupe",
    "groupements",
    "commun",
    "max",
    "min",
    "lecture",
    "sans_reponse",
    "unite",
    "pas",
    "classes",
)


def codebook_row(item: Item) -> list[str]:
    """Return the line of ``instruments/<code>.csv`` that describes one question."""
    cells = {
        "question": item.code,
        "libelle": item.label[0],
        "libelle_en": item.label[1],
        "type": item.kind,
        "options": " | ".join(f"{code} = {french}" for code, french, _ in item.options),
        "options_en": " | ".join(f"{code} = {english}" for code, _, english in item.options),
        **item.more,
    }
    return [cells.get(column, "") for column in CODEBOOK_COLUMNS]
