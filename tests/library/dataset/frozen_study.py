"""An invented study, small and complete: two networks, a questionnaire, a group, an interview."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa

from croisee.dataset import TABLES, Consent, answers_schema
from croisee.language import Label
from croisee.study import (
    Case,
    Component,
    Diffusion,
    Edition,
    Instrument,
    Membership,
    Method,
    MethodKind,
    Option,
    Policy,
    Purpose,
    Question,
    QuestionKind,
    Study,
    Subject,
    Theme,
    Waiver,
)

AT = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)

USES = Question(
    "usages",
    Label("Quels outils ?"),
    QuestionKind.MULTIPLE,
    (Option("visio", Label("Visio")), Option("infolettre", Label("Infolettre"))),
    at_most=2,
)
EASE = Question(
    "aisance",
    Label("À l’aise ?", "At ease?"),
    QuestionKind.ORDINAL,
    (Option("peu", Label("Peu")), Option("assez", Label("Assez")), Option("tres", Label("Très"))),
    cut=(("peu",), ("assez", "tres")),
    groupings=((("peu",), ("assez",), ("tres",)), (("peu",), ("assez", "tres"))),
    missing=("nsp",),
)
HOURS = Question(
    "heures",
    Label("Heures par semaine"),
    QuestionKind.NUMBER,
    unit="h",
    step=Decimal("0.5"),
    classes=(Decimal(5), Decimal("10.5")),
)
NOTE = Question("note", Label("Autre chose ?"), QuestionKind.TEXT)

FORM = Instrument(
    "individuel",
    Label("Questionnaire"),
    "questionnaire",
    Subject.PERSON,
    (USES, EASE, HOURS, NOTE),
    weighted=True,
)

STUDY = Study(
    title=Label("Le numérique ensemble", "Digital together"),
    question=Label("Comment s’outiller ?"),
    languages=("fr", "en"),
    cases=(
        Case(
            "rivages",
            Label("Réseau des rivages"),
            Label("Rivages"),
            units=Label("maisons"),
            memberships=(Membership(2020, 30, "liste"),),
        ),
        Case(
            "sommets",
            Label("Réseau des sommets"),
            Label("Sommets"),
            links=("rivages",),
            components=(Component("est", Label("Est")), Component("ouest", Label("Ouest"))),
        ),
    ),
    editions=(Edition("2021", Label("2021"), date(2021, 1, 4), date(2021, 6, 30)),),
    methods=(
        Method("questionnaire", Label("Questionnaire"), MethodKind.SURVEY),
        Method("groupe", Label("Groupe de discussion"), MethodKind.FOCUS_GROUP),
        Method("entretien", Label("Entretien"), MethodKind.INTERVIEW),
    ),
    diffusion=Diffusion("2021a", date(2022, 1, 31), ("2021",)),
    policy=Policy(
        t=6, exceptions=(Waiver("t", "comité", "Responsable inventée", date(2021, 2, 1)),)
    ),
    instruments=(FORM,),
    themes=(
        Theme(
            "budget",
            1,
            "budget",
            Label("Répartir"),
            wording=(("rivages", Label("Répartir, chez vous")),),
            options=(Option("aide", Label("Aide")),),
            total=Decimal("100000.50"),
        ),
    ),
    purposes=(Purpose("analyse", Label("Analyse"), "analyse"),),
    crossings=(("individuel", "2021", "aisance", "heures"),),
)

ANSWERS = "answers/individuel@2021"


def table(name: str, rows: list[dict]) -> pa.Table:
    schema = answers_schema(FORM) if name == ANSWERS else TABLES[name]
    return pa.Table.from_pylist(rows, schema)


def answer(code: str, case: str, ease: str | None, hours: str | None, note: str | None) -> dict:
    return {
        "respondent": code,
        "case": case,
        "component": "",
        "organisation": "",
        "weight": Decimal("1.25"),
        "q_usages__visio": True,
        "q_usages__infolettre": False,
        "q_aisance": ease,
        "q_heures": None if hours is None else Decimal(hours),
        "q_note": note,
    }


def small_tables() -> dict[str, pa.Table]:
    """Return tables in which every word of person p-2 starts with « zz »."""
    turns = [
        ("entretien-deux", 1, "Chercheuse", "", "Vous parliez de zzquestion ?"),
        ("entretien-deux", 2, "B", "p-2", "Oui, zzreponse."),
        ("groupe-un", 1, "Animation", "", "Bonjour à toutes et à tous."),
        ("groupe-un", 2, "A", "p-1", "L’aide manque, é à œ."),
        ("groupe-un", 3, "B", "p-2", "Chez nous, zzchateau."),
        ("groupe-un", 4, "C", "p-3", "On s’entraide."),
    ]
    field = {"case": "rivages", "component": "", "edition": "2021"}
    voted = {"session": "s-1", "case": "rivages", "edition": "2021", "theme": "budget"}
    documents = [("groupe-un", "groupe", "s-1"), ("entretien-deux", "entretien", "")]
    return {
        "participants": table(
            "participants",
            [
                {**field, "participant": p, "organisation": o, "quote": True}
                for p, o in (("p-1", "m-1"), ("p-2", "zzmaison"), ("p-3", "m-1"))
            ],
        ),
        "sessions": table(
            "sessions",
            [{**field, "session": "s-1", "method": "groupe", "held_on": "2021-02-03"}],
        ),
        "presences": table(
            "presences", [{"session": "s-1", "participant": p} for p in ("p-1", "p-2", "p-3")]
        ),
        "documents": table(
            "documents",
            [
                {**field, "document": d, "file": f"{d}.txt", "method": m, "session": s}
                | {"held_on": "2021-02-03"}
                for d, m, s in documents
            ],
        ),
        "turns": table(
            "turns",
            [
                {"document": d, "turn": n, "speaker": s, "participant": p, "text": text}
                | {"start": n * 1.5}
                for d, n, s, p, text in turns
            ],
        ),
        "codings": table(
            "codings",
            [
                {"document": "groupe-un", "turn": n, "start": 0, "end": 5, "code": c, "coder": ""}
                for n, c in ((2, "aide"), (3, "zzcode"), (4, "aide"))
            ],
        ),
        "excerpts": table(
            "excerpts",
            [
                {"key": k, "document": "groupe-un", "turn": n, "start": 0, "end": 5}
                for k, n in (("aide", 2), ("zzcle", 3))
            ],
        ),
        "positions": table(
            "positions",
            [
                {**voted, "participant": p, "position": "pour", "justification": j}
                for p, j in (("p-1", "utile"), ("p-2", "zzjustif"))
            ],
        ),
        "rankings": table(
            "rankings",
            [
                {**voted, "participant": p, "option": o, "rank": 1}
                for p, o in (("", "aide"), ("p-2", "zzobjet"))
            ],
        ),
        "allocations": table(
            "allocations",
            [
                {**voted, "participant": p, "option": o, "amount": Decimal("10.5")}
                for p, o in (("p-3", "aide"), ("p-2", "zzpart"))
            ],
        ),
        "mentions": table(
            "mentions",
            [
                {"session": "s-1", "case": "rivages", "edition": "2021", "participant": p}
                | {"name_fr": n, "name_en": "", "group": "outils", "common": False}
                for p, n in (("p-1", "Tableur"), ("p-2", "zzlogiciel"))
            ],
        ),
        ANSWERS: table(
            ANSWERS,
            [
                answer("p-1", "rivages", "peu", "4.5", None),
                answer("p-2", "rivages", "tres", "77.7", "zznote"),
                answer("p-9", "sommets", None, None, "anonyme"),
            ],
        ),
    }


REGISTER = {
    "p-1": Consent(analysis=True, quote=True),
    "p-2": Consent(analysis=True, quote=True, withdrawn_on=date(2021, 5, 1)),
    "p-3": Consent(analysis=True, quote=False),
}
