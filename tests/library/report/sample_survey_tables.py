"""Released tables of questionnaires: one answer, several, classes, crossings."""

from decimal import Decimal

from tests.library.report.sample_shapes import CASES, ECLAIR, OVERALL, base, grid, head

from croisee.disclosure.released import (
    Amount,
    Fact,
    Kind,
    Percent,
    Rank,
    ReleasedBase,
    ReleasedTable,
)
from croisee.disclosure.values import Chiffre, Form, Mask, exact, two_sided
from croisee.language import Label
from croisee.study import Subject

AIDE_ROWS = (
    head("aucune", "Aucune aide régulière", "No regular help"),
    head(
        "parfois+souvent",
        "Une aide de temps en temps ou chaque semaine",
        "Help from time to time or every week",
        parts=(
            Label("Une aide de temps en temps", "Help from time to time"),
            Label("Une aide chaque semaine", "Help every week"),
        ),
    ),
)

AIDE = ReleasedTable(
    "F-09",
    "eclair.2020.aide",
    Kind.CASE_ROWS,
    Label("De quelle aide technique disposez-vous?", "What technical help do you have?"),
    AIDE_ROWS,
    (CASES[0], CASES[1], CASES[3]),
    grid(
        (
            (exact(31, 46), two_sided(22, 24, 5), two_sided(2, 13, 5)),
            (exact(15, 46), two_sided(2, 24, 5), two_sided(11, 13, 5)),
        ),
        "aide",
        AIDE_ROWS,
    ),
    (base("carrefours", 46, 64), base("quartiers", 24, 30), base("tables-famille", 13, 28)),
    masks=(Mask.FEWER_THAN, Mask.AT_LEAST, Mask.MERGED, Mask.OMITTED_TOTAL),
    question="aide",
    source=ECLAIR,
    ordered=True,
)

NEED_ROWS = (
    head("soutien", "Soutien sur place", "On-site support"),
    head("connexion", "Connexion Internet", "Internet connection"),
    head("portables", "Ordinateurs portables", "Laptops"),
    head("logiciels", "Logiciels de base", "Basic software"),
    head("ecran", "Deuxième écran", "Second screen"),
)

NEEDS = ReleasedTable(
    "F-10",
    "eclair.2020.besoins",
    Kind.MULTIPLE,
    Label("Quels sont vos besoins?", "What do you need?"),
    NEED_ROWS,
    OVERALL,
    grid(
        (
            (two_sided(31, 46, 5),),
            (exact(21, 46),),
            (exact(17, 46),),
            (exact(12, 46),),
            (two_sided(3, 46, 5),),
        ),
        "besoins",
        NEED_ROWS,
    ),
    (base("carrefours", 46, 64),),
    masks=(Mask.FEWER_THAN,),
    question="besoins",
    source=ECLAIR,
)
NEEDS_BY_CASE = ReleasedTable(
    "F-11",
    "eclair.2020.outils",
    Kind.MULTIPLE_CASES,
    Label("Quels outils utilisez-vous ensemble?", "Which tools do you use together?"),
    NEED_ROWS[:3],
    (CASES[0], CASES[1]),
    grid(
        (
            (exact(30, 46), Chiffre(12, 24, 24, Form.HALF_OR_MORE, 5, Mask.WORDS)),
            (exact(20, 46), Chiffre(0, 11, 24, Form.UNDER_HALF, 5, Mask.WORDS)),
            (two_sided(44, 46, 5), Chiffre(12, 24, 24, Form.HALF_OR_MORE, 5, Mask.WORDS)),
        ),
        "outils",
        NEED_ROWS,
    ),
    (base("carrefours", 46, 64), base("quartiers", 24, 30)),
    masks=(Mask.AT_LEAST, Mask.WORDS),
    source=ECLAIR,
)
ORDER_ONLY = ReleasedTable(
    "F-12",
    "eclair.2020.trois-choix",
    Kind.MULTIPLE,
    Label("Vos trois premiers achats", "Your first three purchases"),
    NEED_ROWS[:4],
    OVERALL,
    grid(((Rank(1),), (Rank(2),), (Rank(3),), (Rank(4),))),
    (base("quartiers", 41, 64),),
    masks=(Mask.ORDER_ONLY,),
    source=ECLAIR,
)
FALLBACK_ROWS = (head("assez+tres", "Assez ou très à l’aise", "Fairly or very at ease"),)
FALLBACK = ReleasedTable(
    "F-13",
    "eclair.2020.aisance@quartiers",
    Kind.ONE_WAY,
    Label("Êtes-vous à l’aise avec les outils?", "Are you at ease with the tools?"),
    FALLBACK_ROWS,
    (CASES[1],),
    grid(((two_sided(22, 24, 5),),), "aisance", FALLBACK_ROWS),
    (base("quartiers", 24, 30),),
    masks=(Mask.AT_LEAST,),
    source=ECLAIR,
    fallback=True,
    ordered=True,
)
WEIGHTED_ROWS = (head("oui", "Oui", "Yes"), head("non", "Non", "No"))
WEIGHTED = ReleasedTable(
    "F-14",
    "enquete.2020.formation",
    Kind.ONE_WAY,
    Label("Avez-vous suivi une formation?", "Have you taken a training course?"),
    WEIGHTED_ROWS,
    OVERALL,
    grid(
        ((Percent(41, exact(812, 2000), 39, 43),), (Percent(59, exact(1188, 2000), 57, 61),)),
        "formation",
        WEIGHTED_ROWS,
    ),
    (
        ReleasedBase(
            "enquete.2020@carrefours",
            "enquete",
            "2020",
            ("carrefours",),
            Subject.PERSON,
            2000,
            None,
        ),
    ),
    source=Label("Enquête pondérée, 2020", "Weighted survey, 2020"),
)
NUMERIC_ROWS = (
    head("0-5", "Moins de 5 heures", "Under 5 hours"),
    head("5-15", "De 5 à 15 heures", "5 to 15 hours"),
    head("15", "15 heures ou plus", "15 hours or more"),
    head("moyenne", "Moyenne", "Mean"),
    head("mediane", "Médiane", "Median"),
)
NUMERIC = ReleasedTable(
    "F-15",
    "eclair.2020.heures",
    Kind.NUMERIC,
    Label("Combien d’heures d’aide par mois?", "How many hours of help a month?"),
    NUMERIC_ROWS,
    OVERALL,
    grid(
        (
            (exact(9, 46),),
            (exact(21, 46),),
            (exact(16, 46),),
            (Amount(Decimal("11.5"), Decimal("0.5"), "h", Mask.BUDGET),),
            (Fact(Label("De 5 à 15 heures", "5 to 15 hours")),),
        )
    ),
    (base("carrefours", 46, 64),),
    masks=(Mask.BUDGET,),
    source=ECLAIR,
    ordered=True,
)
CROSS_COLUMNS = (head("oui", "Oui", "Yes"), head("non", "Non", "No"))
CROSS = ReleasedTable(
    "F-16",
    "croisement.questionnaire.2020.age.conge",
    Kind.CROSS,
    Label("Télétravail souhaité, selon l’âge", "Telework wanted, by age"),
    (
        head("18-34", "18 à 34 ans", "18 to 34"),
        head("35-54", "35 à 54 ans", "35 to 54"),
        head("55", "55 ans et plus", "55 and over"),
    ),
    CROSS_COLUMNS,
    grid(
        (
            (exact(12, 22), exact(10, 22)),
            (exact(19, 34), exact(15, 34)),
            (exact(7, 18), exact(11, 18)),
        )
    ),
    (base("carrefours+quartiers", 74, None, "questionnaire", Subject.PERSON),),
    source=Label("Questionnaire, printemps 2020", "Questionnaire, spring 2020"),
    ordered=True,
)
