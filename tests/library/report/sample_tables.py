"""The released tables of the sample study, in the order of their codes."""

from tests.library.report.sample_field_tables import (
    ARGUMENTS,
    BUDGET,
    CODE_CASE,
    CROSS_CASE,
    LANDSCAPE,
    POSITIONS,
    RANKING,
)
from tests.library.report.sample_shapes import CASES, ECLAIR, base, grid
from tests.library.report.sample_study_tables import (
    ACTIVITIES,
    CASES_TABLE,
    CONTEXT,
    OBJECTIVES,
    PARTICIPATION,
    PEOPLE,
    PROFILE,
    TIMELINE,
)
from tests.library.report.sample_survey_tables import (
    AIDE,
    CROSS,
    FALLBACK,
    NEEDS,
    NEEDS_BY_CASE,
    NUMERIC,
    ORDER_ONLY,
    WEIGHTED,
    WEIGHTED_ROWS,
)

from croisee.disclosure.released import (
    Kind,
    ReleasedTable,
    Word,
)
from croisee.disclosure.values import Chiffre, Form, Mask, exact, two_sided
from croisee.language import Label
from croisee.study import Subject

SECRET_CIRCLE = ReleasedTable(
    "F-24",
    "eclair.2020.fonds@carrefours",
    Kind.ONE_WAY,
    Label("Avez-vous un fonds pour le matériel?", "Do you have an equipment fund?"),
    WEIGHTED_ROWS,
    (CASES[0],),
    grid(((two_sided(43, 46, 3),), (two_sided(3, 46, 3),)), "fonds", WEIGHTED_ROWS),
    (base("carrefours", 46, 64),),
    audience="cercle:carrefours",
    masks=(Mask.ORGANISATIONS,),
    source=ECLAIR,
)
TOO_FEW = ReleasedTable(
    "F-25",
    "questionnaire.2020.sante",
    Kind.CASE_ROWS,
    Label(
        "Avez-vous mal au dos après une journée d’écran?",
        "Does your back hurt after a day of screens?",
    ),
    WEIGHTED_ROWS,
    (CASES[0], CASES[1], CASES[3]),
    grid(
        (
            (
                Chiffre(0, 9, 47, Form.FEWER_THAN, 10, Mask.FEWER_THAN),
                exact(12, 27),
                Word("trop-peu", Mask.TOO_FEW),
            ),
            (
                Chiffre(38, 47, 47, Form.AT_LEAST, 10, Mask.AT_LEAST),
                exact(15, 27),
                Word("trop-peu", Mask.TOO_FEW),
            ),
        )
    ),
    (
        base("carrefours", 47, None, "questionnaire", Subject.PERSON),
        base("quartiers", 27, None, "questionnaire", Subject.PERSON),
    ),
    masks=(Mask.SENSITIVE, Mask.TOO_FEW),
    source=Label("Questionnaire, printemps 2020", "Questionnaire, spring 2020"),
)

TABLES = (
    CASES_TABLE,
    TIMELINE,
    PROFILE,
    PARTICIPATION,
    PEOPLE,
    ACTIVITIES,
    OBJECTIVES,
    CONTEXT,
    AIDE,
    NEEDS,
    NEEDS_BY_CASE,
    ORDER_ONLY,
    FALLBACK,
    WEIGHTED,
    NUMERIC,
    CROSS,
    RANKING,
    BUDGET,
    POSITIONS,
    ARGUMENTS,
    CODE_CASE,
    CROSS_CASE,
    LANDSCAPE,
    SECRET_CIRCLE,
    TOO_FEW,
)
