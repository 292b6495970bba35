"""Released tables of what was said and decided in groups and interviews."""

from decimal import Decimal

from tests.library.report.sample_shapes import CASES, GROUPS, base, grid, head
from tests.library.report.sample_survey_tables import NEED_ROWS

from croisee.disclosure.released import (
    Amount,
    Fact,
    Kind,
    Rank,
    ReleasedTable,
    Word,
)
from croisee.disclosure.values import Mask, exact
from croisee.language import Label
from croisee.study import Subject

RANKING = ReleasedTable(
    "F-17",
    "rangs.technologies",
    Kind.RANKING,
    Label(
        "Le soutien est premier ici, le matériel là", "Support comes first here, equipment there"
    ),
    (*NEED_ROWS[:4], head("_robustesse", "Robustesse", "Robustness")),
    CASES,
    grid(
        (
            (Rank(1), Rank(3), Rank(2), Rank(3)),
            (Rank(2), Rank(2), Rank(3), Rank(1, True)),
            (Rank(3), Rank(1), Rank(3, True), Rank(1, True)),
            (Rank(4), Rank(4), Rank(1), None),
            (Word("consensus"), Word("solide"), Word("fragile"), Word("solide")),
        )
    ),
    (base("carrefours", 11, None, "groupe", Subject.PERSON),),
    masks=(Mask.ORDER_ONLY,),
    source=GROUPS,
)
BUDGET_ROWS = (
    head("temps", "Du temps libéré pour apprendre", "Time set aside to learn"),
    head("formation", "Une formation près de chez soi", "Training close to home"),
    head("accompagnement", "Un accompagnement à distance", "Remote support"),
)


def about(amount: int) -> Amount:
    return Amount(Decimal(amount), Decimal(5000), "$", Mask.BUDGET)


BUDGET = ReleasedTable(
    "F-18",
    "budget.formation",
    Kind.BUDGET,
    Label("Former, c’est d’abord libérer du temps", "Training first means freeing time"),
    (*BUDGET_ROWS, head("_etalement", "Étalement", "Spread")),
    CASES,
    grid(
        (
            (about(45000), about(40000), Rank(1), Rank(2)),
            (about(30000), about(35000), Rank(2), Rank(1)),
            (about(25000), about(25000), Rank(3), Rank(3)),
            (Word("accord"), Word("partage"), Word("accord"), Word("partage")),
        )
    ),
    (base("carrefours", 11, None, "groupe", Subject.PERSON),),
    masks=(Mask.BUDGET, Mask.ORDER_ONLY),
    source=GROUPS,
)
POSITION_ROWS = (
    head("pour", "Pour", "For"),
    head("nuance", "Avec nuances", "It depends"),
    head("contre", "Contre", "Against"),
)
POSITIONS = ReleasedTable(
    "F-19",
    "positions.teletravail",
    Kind.POSITIONS,
    Label("Le télétravail à temps plein ne convainc pas", "Full-time telework convinces few"),
    POSITION_ROWS,
    CASES,
    grid(
        (
            (Word("exprime"), exact(5, 21), Word("exprime"), Word("non-exprime")),
            (Word("majorite"), exact(9, 21), Word("exprime"), Word("exprime")),
            (Word("non-exprime"), exact(7, 21), Word("exprime"), Word("exprime")),
        )
    ),
    (
        base("carrefours", 9, None, "groupe", Subject.PERSON),
        base("quartiers", 21, None, "groupe", Subject.PERSON),
    ),
    masks=(Mask.WORDS,),
    source=GROUPS,
    ordered=True,
)


def arguments(*labels: str) -> Fact:
    return Fact(Label(" · ".join(labels)), Decimal(len(labels)))


ARGUMENTS = ReleasedTable(
    "F-20",
    "arguments.teletravail",
    Kind.ARGUMENTS,
    Label(
        "Les arguments contre viennent de deux réseaux", "Arguments against come from two networks"
    ),
    POSITION_ROWS,
    CASES,
    grid(
        (
            (
                arguments("Concentration", "Trajets évités", "Loyer"),
                arguments("Concentration", "Trajets évités"),
                None,
                None,
            ),
            (
                arguments(
                    "Selon la tâche",
                    "Selon le logement",
                    "Selon l’équipe",
                    "Nouvelles personnes",
                    "Deux ou trois jours",
                ),
                arguments("Selon la tâche", "Selon le logement", "Mobilisation"),
                arguments("Selon la tâche", "Fatigue"),
                arguments("Selon l’équipe"),
            ),
            (
                None,
                None,
                arguments("Liens informels", "Action politique", "Rôle de passeur"),
                arguments(
                    "Non-verbal", "Mobilisation des jeunes", "Liens informels", "Espace à la maison"
                ),
            ),
        )
    ),
    (base("carrefours", 9, None, "groupe", Subject.PERSON),),
    source=GROUPS,
    ordered=True,
)
CODE_COLUMNS = tuple(
    column
    for case in CASES
    for column in (
        case,
        head(f"{case.key}.passages", f"{case.label.fr}, passages", f"{case.label.en}, passages"),
    )
)
CODE_CASE = ReleasedTable(
    "F-21",
    "codes",
    Kind.CODE_CASE,
    Label("De quoi l’on parle, et où", "What is talked about, and where"),
    (
        head("acces", "Accès aux appareils", "Access to devices", Label("Accès", "Access")),
        head("connexion", "Connexion", "Connection", Label("Accès", "Access")),
        head("passeur", "Rôle de passeur", "Go-between role", Label("Travail", "Work")),
        head("fatigue", "Fatigue des écrans", "Screen fatigue", Label("Travail", "Work")),
    ),
    CODE_COLUMNS,
    grid(
        (
            (
                exact(11, 17),
                exact(31),
                exact(9, 16),
                exact(20),
                Word("exprime"),
                None,
                Word("presque-tous"),
                None,
            ),
            (
                exact(7, 17),
                exact(12),
                Word("exprime"),
                None,
                Word("silence"),
                None,
                Word("exprime"),
                None,
            ),
            (
                Word("exprime"),
                None,
                Word("silence"),
                None,
                exact(10, 18),
                exact(26),
                Word("silence"),
                None,
            ),
            (
                Word("silence"),
                None,
                Word("exprime"),
                None,
                Word("presque-tous"),
                None,
                Word("exprime"),
                None,
            ),
        )
    ),
    (
        base("carrefours", 17, None, "propos", Subject.PERSON),
        base("quartiers", 16, None, "propos", Subject.PERSON),
        base("praticiens", 18, None, "propos", Subject.PERSON),
        base("tables-famille", 6, None, "propos", Subject.PERSON),
    ),
    masks=(Mask.WORDS,),
    source=Label("Entretiens et groupes, 2020 et 2021", "Interviews and groups, 2020 and 2021"),
    ordered=True,
)
CROSS_CASE = ReleasedTable(
    "F-22",
    "lecture-croisee",
    Kind.CROSS_CASE,
    Label("Ce que les réseaux disent ensemble", "What the networks say together"),
    CODE_CASE.rows,
    (head("verdict", "Lecture", "Reading"), *CASES),
    grid(
        (
            (Word("converge"), Word("present"), Word("present"), Word("present"), Word("present")),
            (Word("diverge"), Word("present"), Word("present"), Word("silence"), Word("present")),
            (
                Word("ici-seulement"),
                Word("silence"),
                Word("silence"),
                Word("present"),
                Word("silence"),
            ),
            (Word("silence"), Word("silence"), Word("silence"), Word("silence"), Word("silence")),
        )
    ),
    (),
    source=Label("Entretiens et groupes, 2020 et 2021", "Interviews and groups, 2020 and 2021"),
)
_OFFICE, _SOCIAL = (
    Label("Travail à plusieurs", "Collaboration"),
    Label("Réseaux sociaux", "Social media"),
)
LANDSCAPE = ReleasedTable(
    "F-23",
    "paysage",
    Kind.LANDSCAPE,
    Label("Des outils nombreux, peu partagés", "Many tools, few shared"),
    tuple(
        head(key, name, "", group)
        for key, name, group in (
            ("teams", "Teams", _OFFICE),
            ("ardoise", "Ardoise partagée", _OFFICE),
            ("tableur", "Tableur en ligne", _OFFICE),
            ("reseau-bleu", "Le réseau bleu", _SOCIAL),
            ("fil", "Le fil", _SOCIAL),
        )
    ),
    (*CASES, head("etude", "Dans l’étude", "In the study")),
    grid(
        (
            (Word("present"),) * 5,
            (Word("present"), None, Word("present"), None, Word("present")),
            (None, None, None, None, Word("present")),
            (Word("present"), Word("present"), None, Word("present"), Word("present")),
            (None, None, None, Word("present"), Word("present")),
        )
    ),
    (),
    source=GROUPS,
)
