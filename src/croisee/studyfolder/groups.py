"""The guide and what groups said: positions, rankings, budgets, technologies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa

from croisee.language import Label, phrase
from croisee.study import Nature, Theme
from croisee.studyfolder import messages, words
from croisee.studyfolder.codebooks import read_options
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import (
    BUDGETS,
    CODES,
    GROUPS,
    GUIDE,
    POSITIONS,
    RANKINGS,
    TECHNOLOGIES,
)
from croisee.studyfolder.names import Names, Session, as_table
from croisee.studyfolder.problems import Said
from croisee.studyfolder.settings import codes
from croisee.studyfolder.table import Row, Table

_STEP = Decimal(5000)
_CLOSED = {"rang", "budget"}
Rows = list[dict[str, Any]]


def read_guide(folder: Folder, names: Names) -> tuple[Theme, ...]:
    """Read ``guide``: the themes, in their order."""
    table = folder.table(GUIDE)
    lines: dict[str, int] = {}
    themes: list[Theme] = []
    wordings = _wording_columns(table, names) if table else {}
    for row in table.rows() if table else ():
        code = row.code("theme")
        theme = _theme(row, code, wordings)
        if code in lines:
            row.refuse("theme", messages.twice(code, lines[code]))
        elif code:
            lines[code] = row.line
            themes.append(theme)
    return tuple(sorted(themes, key=lambda theme: theme.order))


def _wording_columns(table: Table, names: Names) -> dict[str, tuple[str, str]]:
    """Return case → (French column, English column) for ``libelle@<case>``."""
    found: dict[str, tuple[str, str]] = {}
    for key in table.written:
        kind, sign, rest = key.partition("@")
        if not sign:
            continue
        case = words.read_code(rest)
        if case not in names.cases or case is None:
            near = table.problems.near(rest, names.cases)
            said = messages.unknown_code(rest, near, "etude.toml")
            table.problems.refuse(table.place(1, key), said)
            continue
        french, english = found.get(case, ("", ""))
        found[case] = (french, key) if kind.endswith("_en") else (key, english)
    return found


def _theme(row: Row, code: str, wordings: dict[str, tuple[str, str]]) -> Theme:
    kind = row.word("genre", words.THEME_KINDS) or "discussion"
    options = read_options(row, "options", "options_en")
    if kind in _CLOSED and not options:
        row.refuse("options", _no_options())
    step = row.number("pas")
    wording = tuple(
        (case, Label(row.text(french), row.text(english)))
        for case, (french, english) in wordings.items()
        if row.text(french)
    )
    return Theme(
        code=code,
        order=row.whole("ordre") or 0,
        kind=kind,
        label=Label(row.required("libelle"), row.text("libelle_en")),
        wording=wording,
        options=options,
        total=row.number("total"),
        step=step or _STEP,
        nature=_nature(row),
    )


def _nature(row: Row) -> Nature:
    found = Nature(row.word("nature", words.NATURES, default=Nature.SPOKEN.value))
    if found not in {Nature.SPOKEN, Nature.SENSITIVE}:
        row.refuse(
            "nature",
            (
                phrase("Un thème de groupe est « propos » ou « sensible »."),
                phrase("Écrivez « sensible » pour un thème délicat, ou laissez la cellule vide."),
            ),
        )
        return Nature.SPOKEN
    return found


def _no_options() -> Said:
    return (
        phrase("Ce thème demande des options à classer ou à financer."),
        phrase("Écrivez-les : soutien = Soutien technique | formation = Formation."),
    )


def read_codes(folder: Folder, names: Names) -> pa.Table:
    """Read ``codes``: the codebook of the verbatims."""
    table = folder.table(CODES)
    rows: Rows = []
    parents: list[tuple[Row, str]] = []
    lines: dict[str, int] = {}
    for row in table.rows() if table else ():
        code = row.code("code")
        if code in lines:
            row.refuse("code", messages.twice(code, lines[code]))
            continue
        if code:
            lines[code] = row.line
            parents.append((row, code))
            rows.append(
                {
                    "code": code,
                    "label_fr": row.required("libelle"),
                    "label_en": row.text("libelle_en"),
                    "definition_fr": row.text("definition"),
                    "definition_en": row.text("definition_en"),
                    "parent": row.code("parent", required=False),
                    "kind": row.text("genre").lower() or "theme",
                    "sensitive": row.flag("sensible"),
                }
            )
    names.codes = set(lines)
    above = {line["code"]: line["parent"] for line in rows}
    for row, code in parents:
        if row.text("parent"):
            row.ref("parent", names.codes, "codes")
            if _loops(code, above):
                row.refuse("parent", _its_own_parent())
    return as_table("codes", rows)


def _loops(code: str, above: dict[str, str]) -> bool:
    here, steps = above.get(code, ""), 0
    while here and here != code and steps <= len(above):
        here, steps = above.get(here, ""), steps + 1
    return bool(here)


def _its_own_parent() -> Said:
    return (
        phrase("Ce code est, de parent en parent, son propre parent."),
        phrase("Videz la cellule « parent » d’un des codes de la boucle."),
    )


class _Said:
    """What a row of positions, rankings or budgets starts with: session, theme, participant."""

    def __init__(self, row: Row, names: Names, kind: str, *, alone: bool = True) -> None:
        self.session: Session | None = names.sessions.get(
            row.ref("seance", names.sessions, "seances")
        )
        code = row.ref("theme", names.themes, "guide")
        self.theme: Theme | None = names.themes.get(code)
        if self.theme and self.theme.kind != kind:
            row.refuse("theme", _other_kind(code, kind))
            self.theme = None
        self.participant = row.ref("participant", names.people, "participants", required=alone)
        self.named = bool(self.participant) or not row.text("participant")

    @property
    def whole(self) -> bool:
        """Return whether nothing is missing."""
        return self.session is not None and self.theme is not None and self.named

    def start(self) -> dict[str, Any]:
        """Return the first columns of the Dataset's row."""
        session = self.session
        return {
            "session": session.code if session else "",
            "case": session.case if session else "",
            "edition": session.edition if session else "",
            "theme": self.theme.code if self.theme else "",
            "participant": self.participant,
        }


def _other_kind(code: str, kind: str) -> Said:
    return (
        phrase(
            "Le thème « {code} » n’est pas du genre « {kind} » dans guide.", code=code, kind=kind
        ),
        phrase("Corrigez le genre du thème dans guide, ou le thème ici."),
    )


def read_positions(folder: Folder, names: Names) -> pa.Table:
    """Read ``positions``: one line a justification (or one with none)."""
    table = folder.table(POSITIONS)
    rows: Rows = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.rows() if table else ():
        said = _Said(row, names, "position")
        position = row.word("position", words.POSITIONS)
        reasons = [reason for reason in _reasons(row, names) if reason] or [""]
        start = said.start()
        key = (start["session"], start["theme"], start["participant"])
        if said.whole and key in lines:
            row.refuse("participant", messages.twice(said.participant, lines[key]))
        elif said.whole and position:
            lines[key] = row.line
            rows += [{**start, "position": position, "justification": reason} for reason in reasons]
    return as_table("positions", rows)


def _reasons(row: Row, names: Names) -> list[str]:
    reasons = []
    for text in row.listed("justification"):
        code = words.read_code(text)
        if names.codes and code not in names.codes:
            near = row.near(words.propose_code(text), names.codes)
            row.refuse("justification", messages.unknown_code(text, near, "codes"))
        elif code is None:
            row.refuse("justification", messages.not_a_code(text, words.propose_code(text)))
        else:
            reasons.append(code)
    return reasons


def _option(row: Row, column: str, said: _Said) -> str:
    known = codes(said.theme.options) if said.theme else ()
    return row.ref(column, known, "guide") if said.theme else row.required(column) and ""


def read_rankings(folder: Folder, names: Names) -> pa.Table:
    """Read ``rangs``; no participant is the order a whole group agreed aloud."""
    table = folder.table(RANKINGS)
    rows: Rows = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.rows() if table else ():
        said = _Said(row, names, "rang", alone=False)
        option = _option(row, "objet", said)
        rank = row.whole("rang", low=1, high=1000)
        if rank is None and not row.text("rang"):
            row.refuse("rang", messages.empty_cell())
        start = said.start()
        key = (start["session"], start["theme"], start["participant"], option)
        if said.whole and option and key in lines:
            row.refuse("objet", messages.twice(option, lines[key]))
        elif said.whole and option and rank is not None:
            lines[key] = row.line
            rows.append({**start, "option": option, "rank": rank})
    return as_table("rankings", rows)


def read_budgets(folder: Folder, names: Names) -> pa.Table:
    """Read ``budgets``; a person's amounts may not exceed the theme's total."""
    table = folder.table(BUDGETS)
    rows: Rows = []
    lines: dict[tuple[str, ...], int] = {}
    spent: dict[tuple[str, ...], Decimal] = {}
    for row in table.rows() if table else ():
        said = _Said(row, names, "budget")
        option = _option(row, "objectif", said)
        amount = row.number("montant")
        if amount is None and not row.text("montant"):
            row.refuse("montant", messages.empty_cell())
        elif amount is not None and amount < 0:
            row.refuse("montant", messages.out_of_range(row.text("montant"), 0, "…"))
        start = said.start()
        person = (start["session"], start["theme"], start["participant"])
        if said.whole and option and (*person, option) in lines:
            row.refuse("objectif", messages.twice(option, lines[*person, option]))
        elif said.whole and option and amount is not None:
            lines[*person, option] = row.line
            spent[person] = spent.get(person, Decimal(0)) + amount
            total = said.theme.total if said.theme else None
            if total is not None and spent[person] > total:
                row.refuse("montant", _too_much(said.participant, spent[person], total))
            rows.append({**start, "option": option, "amount": amount})
    return as_table("allocations", rows)


def _too_much(participant: str, spent: Decimal, total: Decimal) -> Said:
    return (
        phrase(
            "Les montants de « {participant} » font {spent} ; le total du thème est {total}.",
            participant=participant,
            spent=f"{spent.normalize():f}",
            total=f"{total.normalize():f}",
        ),
        phrase("Corrigez les montants, ou le total dans guide."),
    )


def read_technologies(folder: Folder, names: Names) -> tuple[pa.Table, pa.Table]:
    """Read ``classes`` and ``technologies``."""
    groups = _groups(folder)
    known = [group["group"] for group in groups]
    table = folder.table(TECHNOLOGIES)
    rows: Rows = []
    for row in table.rows() if table else ():
        session = names.sessions.get(row.ref("seance", names.sessions, "seances", required=False))
        case = row.ref("cas", names.cases, "etude.toml")
        edition = session.edition if session else ""
        if not edition and len(names.editions) == 1:
            edition = next(iter(names.editions))
        rows.append(
            {
                "session": session.code if session else "",
                "case": case,
                "edition": edition,
                "participant": row.ref("participant", names.people, "participants", required=False),
                "name_fr": row.required("technologie"),
                "name_en": row.text("technologie_en"),
                "group": row.ref("classe", known, "classes") if known else row.code("classe"),
                "common": row.flag("commun"),
            }
        )
    if not known:
        found = dict.fromkeys(row["group"] for row in rows if row["group"])
        groups = [
            {"group": code, "label_fr": code, "label_en": "", "order": place}
            for place, code in enumerate(found, 1)
        ]
    return as_table("mentions", rows), as_table("mention_groups", groups)


def _groups(folder: Folder) -> Rows:
    table = folder.table(GROUPS)
    rows: Rows = []
    lines: dict[str, int] = {}
    for row in table.rows() if table else ():
        code = row.code("classe")
        if code in lines:
            row.refuse("classe", messages.twice(code, lines[code]))
        elif code:
            lines[code] = row.line
            order = row.whole("ordre")
            rows.append(
                {
                    "group": code,
                    "label_fr": row.required("libelle"),
                    "label_en": row.text("libelle_en"),
                    "order": len(rows) + 1 if order is None else order,
                }
            )
    return rows
