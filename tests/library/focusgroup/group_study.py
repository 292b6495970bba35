"""A small invented study of focus groups, frozen: two cases, three groups, thirteen people."""

from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa

from croisee.dataset import TABLES, Consent, freeze
from croisee.language import Label
from croisee.study import Case, Diffusion, Edition, Method, MethodKind, Option, Study, Theme

AT = datetime(2026, 11, 22, tzinfo=UTC)
SESSIONS = {
    "g-1": ("nord", "2020", 5),
    "g-2": ("nord", "2020", 4),
    "g-3": ("sud", "2020", 4),
    "g-4": ("sud", "2022", 2),
}
ABC = tuple(Option(code, Label(code.upper())) for code in "abc")


def study():
    return Study(
        Label("Étude"),
        Label("Comment ?"),
        ("fr",),
        cases=(
            Case("nord", Label("Réseau du Nord"), Label("Nord")),
            Case("sud", Label("Réseau du Sud"), Label("Sud")),
        ),
        editions=(Edition("2020", Label("2020")), Edition("2022", Label("2022"))),
        methods=(Method("groupe", Label("Groupe"), MethodKind.FOCUS_GROUP),),
        diffusion=Diffusion("2026a"),
        themes=(
            Theme("distance", 1, "position", Label("À distance ?")),
            Theme("outils", 2, "rang", Label("Quels outils ?"), options=ABC),
            Theme(
                "argent", 3, "budget", Label("Combien ?"), options=ABC, total=Decimal(100),
                step=Decimal(5),
            ),
        ),
    )  # fmt: skip


def person(session, number):
    return f"p-{session[2:]}{number}"


def rows(**lines):
    """Return tables of the schema, missing columns empty."""
    tables = {}
    for name, given in lines.items():
        schema = TABLES[name]
        empty = {field.name: "" if pa.types.is_string(field.type) else None for field in schema}
        tables[name] = pa.Table.from_pylist([{**empty, **line} for line in given], schema=schema)
    return tables


def field_rows():
    """Return the sessions, the people and who was where."""
    people = [
        (session, person(session, number), case)
        for session, (case, _, size) in SESSIONS.items()
        for number in range(1, size + 1)
    ]
    return {
        "sessions": [
            {"session": session, "method": "groupe", "case": case, "edition": edition}
            for session, (case, edition, _) in SESSIONS.items()
        ],
        "participants": [
            {"participant": code, "case": case, "quote": True} for _, code, case in people
        ],
        "presences": [{"session": session, "participant": code} for session, code, _ in people],
    }


def line(session, theme, participant, **more):
    case, edition, _ = SESSIONS[session]
    return {
        "session": session, "case": case, "edition": edition, "theme": theme,
        "participant": participant, **more,
    }  # fmt: skip


def frozen(path, refusing=(), **lines):
    """Freeze the study with the lines given; people in ``refusing`` have not consented."""
    tables = rows(**field_rows(), **lines)
    codes = tables["participants"].column("participant").to_pylist()
    consents = {code: Consent(analysis=code not in refusing, quote=True) for code in codes}
    return freeze(study(), tables, consents, path / "dataset", at=AT)
