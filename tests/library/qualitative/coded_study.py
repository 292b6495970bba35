"""A small invented study of interviews and groups, frozen, with codings and excerpts."""

from datetime import UTC, datetime

import pyarrow as pa

from croisee.dataset import TABLES, Consent, freeze
from croisee.language import Label
from croisee.study import Case, Diffusion, Edition, Method, MethodKind, Study

AT = datetime(2026, 11, 22, tzinfo=UTC)
PEOPLE = {"p-1": "nord", "p-2": "nord", "p-3": "nord", "p-4": "sud", "p-5": "sud"}
DOCUMENTS = {"e-1": ("nord", "entretien"), "g-1": ("nord", "groupe"), "e-2": ("sud", "entretien")}
TURNS = [
    ("e-1", 1, "", "Comment ça va avec les outils ?"),
    ("e-1", 2, "p-1", "L’aide manque, et Lise du foyer ne vient plus."),
    ("e-1", 3, "p-1", "On paie nos appareils."),
    ("g-1", 1, "p-1", "L’aide, toujours l’aide."),
    ("g-1", 2, "p-2", "Moi c’est la connexion qui lâche."),
    ("e-2", 1, "p-4", "Ici, on partage un ordinateur."),
]
CODES = [
    {"code": "acces", "label_fr": "Accès", "label_en": "Access", "kind": "theme"},
    {"code": "aide", "label_fr": "Aide", "parent": "acces", "kind": "theme"},
    {"code": "materiel", "label_fr": "Matériel", "parent": "acces", "kind": "theme"},
    {"code": "argent", "label_fr": "Argent", "kind": "theme", "sensitive": True},
]


def study():
    return Study(
        Label("Étude"),
        Label("Comment ?"),
        ("fr",),
        cases=(
            Case("nord", Label("Réseau du Nord"), Label("Nord")),
            Case("sud", Label("Réseau du Sud"), Label("Sud")),
            Case("vide", Label("Réseau vide"), Label("Vide")),
        ),
        editions=(Edition("2020", Label("2020")), Edition("2021", Label("2021"))),
        methods=(
            Method("entretien", Label("Entretien"), MethodKind.INTERVIEW),
            Method("groupe", Label("Groupe"), MethodKind.FOCUS_GROUP),
        ),
        diffusion=Diffusion("2026a"),
    )


def coding(document, turn, code, start=0, end=5, coder="c-1"):
    return {"document": document, "turn": turn, "code": code, "start": start, "end": end,
            "coder": coder}  # fmt: skip


def tables(**lines):
    """Return tables of the schema, missing columns empty."""
    made = {}
    for name, given in lines.items():
        schema = TABLES[name]
        empty = {f.name: "" if pa.types.is_string(f.type) else None for f in schema}
        made[name] = pa.Table.from_pylist([{**empty, **line} for line in given], schema=schema)
    return made


def frozen(path, refusing=(), no_quote=(), codes=CODES, **lines):
    """Freeze the study with ``lines`` (codings, excerpts…)."""
    made = tables(
        participants=[
            {"participant": code, "case": case, "quote": code not in no_quote}
            for code, case in PEOPLE.items()
        ],
        sessions=[
            {"session": "s-1", "method": "groupe", "case": "nord", "edition": "2021"},
        ],
        presences=[{"session": "s-1", "participant": code} for code in ("p-1", "p-2", "p-3")],
        documents=[
            {"document": name, "case": case, "method": method, "edition": "2020"}
            for name, (case, method) in DOCUMENTS.items()
        ],
        turns=[
            {"document": document, "turn": turn, "speaker": who or "Chercheuse",
             "participant": who, "text": text}
            for document, turn, who, text in TURNS
        ],
        codes=list(codes),
        **lines,
    )  # fmt: skip
    consents = {
        code: Consent(analysis=code not in refusing, quote=code not in no_quote) for code in PEOPLE
    }
    return freeze(study(), made, consents, path / "dataset", at=AT)
