"""Questionnaires and answers drawn for round trips: what is exported is imported the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
from hypothesis import strategies as st

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.questionnaire.answers import faults_of
from croisee.questionnaire.compiling import compile_form
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import prepare
from croisee.questionnaire.submission import submission_of
from croisee.questionnaire.xform import read_form

AT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
FR = "label::Français (fr)"
LETTERS = "aé’ç« »œ-+=@\"';|,01 \n\t"
TEXTS = st.text(LETTERS, min_size=1, max_size=12).map(lambda text: " ".join(text.split()))
CODES = st.lists(
    st.sampled_from(["oui", "non", "nsp", "a1", "a2", "1", "2", "10", "autre"]),
    min_size=2,
    max_size=4,
    unique=True,
)
KINDS = ("select_one", "select_multiple", "rank", "integer", "decimal", "text", "date")


def workbook_of(questions, lists, *, form_id="essai"):
    """A workbook of rows already made."""
    choices = [
        {"list_name": name, "name": code, FR: f"Choix {place} : {code}"}
        for name, codes in lists.items()
        for place, code in enumerate(codes)
    ]
    settings = {"form_id": form_id, "form_title": "Essai", "default_language": "Français (fr)"}
    return Workbook(
        (
            worksheet_of("survey", questions),
            worksheet_of("choices", choices),
            worksheet_of("settings", [settings]),
        )
    )


@st.composite
def workbooks(draw, *, nested=True, name="q{place}"):
    """A questionnaire of some kinds of questions, some in a group, some in a repeat."""
    lists = {f"l{place}": draw(CODES) for place in range(2)}
    rows = []
    for place in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(KINDS))
        listed = f" {draw(st.sampled_from(sorted(lists)))}" if kind in KINDS[:3] else ""
        rows.append(
            {
                "type": f"{kind}{listed}",
                "name": name.format(place=place),
                FR: f"Question {place} : l’été ?",
            }
        )
    for kind in ("group", "repeat") if nested else ():
        if draw(st.booleans()) and len(rows) > 1:
            end = draw(st.integers(1, len(rows) - 1))
            if any(row["type"].startswith(("begin", "end")) for row in rows[:end]):
                continue
            begin = {"type": f"begin_{kind}", "name": f"{kind}1", FR: kind}
            rows[:end] = [begin, *rows[:end], {"type": f"end_{kind}"}]
    return workbook_of(rows, lists)


def prepared_of(book):
    """The form of a workbook, ready to fill."""
    return prepare(read_form(compile_form(book).xml))


def drawn_value(draw, filling, place):
    """An answer of the right kind, or none."""
    codes = [code for code, _ in filling.choices(place.address)]
    ways = {
        Kind.SINGLE: lambda: draw(st.sampled_from(codes)),
        Kind.MULTIPLE: lambda: in_order(codes, draw(st.sets(st.sampled_from(codes), min_size=1))),
        Kind.RANKING: lambda: " ".join(draw(st.permutations(codes))),
        Kind.INTEGER: lambda: str(draw(st.integers(-9999, 9999))),
        Kind.DECIMAL: lambda: format(draw(st.decimals(-999, 999, places=2)), "f"),
        Kind.DATE: lambda: draw(st.dates(min_value=date(1900, 1, 1))).isoformat(),
        Kind.TEXT: lambda: draw(TEXTS),
    }
    if place.node.kind not in ways or draw(st.integers(0, 3)) == 0:
        return ""
    return ways[place.node.kind]()


def in_order(codes, chosen):
    """Choices as a submission holds them: in the order of the list."""
    return " ".join(code for code in codes if code in chosen)


def empty_repeat(filling):
    """The address of a time of a repeat where nothing is said, if there is one."""
    said = filling.values()
    empty = (
        place.address
        for place in filling.sheet.places
        if place.node.kind is Kind.REPEAT
        and not any(address.startswith(f"{place.address}/") for address in said)
    )
    return next(empty, "")


@st.composite
def answered(draw, book, *, most=3):
    """Some submissions of a form, each valid."""
    prepared = prepared_of(book)
    made = []
    for seed in range(draw(st.integers(1, most))):
        filling = Filling(prepared, at=AT, chance=np.random.default_rng(seed))
        for path in filling.sheet.templates:
            for _ in range(draw(st.integers(0, 2))):
                filling.add_repeat(path)
        for place in list(filling.sheet.places):
            value = drawn_value(draw, filling, place)
            if value:
                filling.set(place.address, value)
        while empty := empty_repeat(filling):
            filling.remove_repeat(empty)
        assert faults_of(filling) == []
        made.append(submission_of(filling))
    return prepared, made
