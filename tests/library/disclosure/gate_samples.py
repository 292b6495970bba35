"""An invented study and raw tables, as methods would hand them to the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from croisee.disclosure import Register, draft_release
from croisee.language import Label
from croisee.study import (
    Case,
    Component,
    Diffusion,
    Edition,
    Instrument,
    Method,
    MethodKind,
    Nature,
    Option,
    Question,
    QuestionKind,
    Study,
    Subject,
    Theme,
)
from croisee.tables import Base, CaseTable, MultipleTable, OneWayTable

KEY = bytes(range(32))
CASES = ("carrefours", "quartiers", "praticiens", "famille")


def case(code: str, short: str, units: str, **more) -> Case:
    return Case(code, Label(f"Réseau {short}"), Label(short), units=Label(units), **more)


def question(code: str, options="abcde", *, kind=QuestionKind.ORDINAL, **more) -> Question:
    made = tuple(Option(o, Label(f"réponse {o}", f"answer {o}")) for o in options)
    return Question(code, Label(f"Question {code}"), kind, made, **more)


def study(**more) -> Study:
    positions = Theme("teletravail", 3, "position", Label("Télétravail à 100 %"))
    needs = Theme(
        "besoins", 2, "rang", Label("Trois technologies"), options=_options("soutien", "web")
    )
    budget = Theme(
        "formation",
        4,
        "budget",
        Label("Budget de formation"),
        options=_options("animer", "choisir"),
        total=Decimal(100000),
    )
    parts = {
        "title": Label("Étude inventée"),
        "question": Label("Comment ?"),
        "languages": ("fr", "en"),
        "cases": (
            case("carrefours", "Carrefours", "carrefours"),
            case("quartiers", "Quartiers", "tables de quartier"),
            case("praticiens", "Praticien·ne·s", "personnes", individuals=True),
            case(
                "famille",
                "Tables famille",
                "organismes",
                components=(
                    Component("nord", Label("Table Nord")),
                    Component("sud", Label("Table Sud")),
                ),
            ),
        ),
        "editions": (Edition("2020", Label("2020")), Edition("2021", Label("2021"))),
        "methods": (
            Method("eclair", Label("Sondage-éclair"), MethodKind.SURVEY, Subject.ORGANISATION),
            Method("individuel", Label("Questionnaire individuel"), MethodKind.SURVEY),
            Method("entretien", Label("Entretiens"), MethodKind.INTERVIEW),
            Method("groupe", Label("Groupes de discussion"), MethodKind.FOCUS_GROUP),
        ),
        "diffusion": Diffusion("2026a", date(2026, 11, 30), ("2020", "2021")),
        "themes": (needs, positions, budget),
        "instruments": (
            Instrument("eclair", Label("Sondage-éclair"), "eclair", Subject.ORGANISATION, ()),
            Instrument("individuel", Label("Individuel"), "individuel", Subject.PERSON, ()),
            Instrument("evaluation", Label("Évaluation"), "groupe", Subject.PERSON, ()),
        ),
    }
    return Study(**{**parts, **more})


def _options(*codes: str) -> tuple[Option, ...]:
    return tuple(Option(code, Label(code.capitalize())) for code in codes)


def base(n: int, *cases: str, subject=Subject.PERSON, source="individuel", **more) -> Base:
    return Base(source, more.pop("edition", "2020"), cases or CASES, subject, n, **more)


def one_way(counts, asked: Question | None = None, *cases: str, **more) -> OneWayTable:
    asked = asked or question("q", "abcdefgh"[: len(counts)])
    missing = more.pop("missing", 0)
    weighted = more.pop("weighted", ())
    squares = more.pop("squares", Decimal(0))
    return OneWayTable(
        base(sum(counts), *cases, **more), asked, tuple(counts), missing, weighted, squares
    )


def yes_no(code="aide", **more) -> Question:
    return question(code, ("non", "oui"), kind=QuestionKind.SINGLE, **more)


def case_table(rows: dict[str, tuple[int, ...]], asked: Question | None = None, **more):
    asked = asked or yes_no()
    return CaseTable(asked, tuple(one_way(c, asked, code, **more) for code, c in rows.items()))


def multiple(counts, n: int, *cases: str, code="besoins", **more) -> MultipleTable:
    subject = more.pop("subject", Subject.PERSON)
    asked = question(code, "abcdefgh"[: len(counts)], kind=QuestionKind.MULTIPLE, **more)
    return MultipleTable(base(n, *cases, subject=subject), asked, tuple(counts))


def draft(tmp_path, *tables, of: Study | None = None, register: Register | None = None, **more):
    return draft_release(
        study=of or study(),
        tables=tables,
        register=register or Register.open(tmp_path / "registre", token=KEY),
        dataset_digest="sha256:0",
        software="croisee 0",
        **more,
    )


def values(table, column: int = 0) -> dict[str, tuple[int, int]]:
    """What a reader may conclude of each row of one column."""
    found = {}
    for head, line in zip(table.rows, table.cells, strict=True):
        value = line[column].value
        found[head.key] = (value.lo, value.hi)
    return found


def keys(drafted) -> list[str]:
    return [table.key for table in drafted.release.tables]


def refused(drafted) -> list[tuple[str, str]]:
    return [(r.about, r.rule) for r in drafted.log.refusals]


def natured(asked: Question, nature: Nature) -> Question:
    return replace(asked, nature=nature)
