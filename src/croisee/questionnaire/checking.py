"""What is wrong in a questionnaire's workbook, looked for before it is compiled.

Source of the rules: XLSForm, « Reference table »; ODK XForms Specification.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from graphlib import CycleError, TopologicalSorter

from croisee.formats.xlsform import Workbook, Worksheet
from croisee.language import Phrase, phrase
from croisee.questionnaire.expressions import ExpressionRefused, parse
from croisee.questionnaire.functions import regex_is_known

MAX_QUESTIONS = 5_000
_NAME = re.compile(r"[^\W\d][\w.\-]*")
REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
_PATTERN = re.compile(r"""regex\s*\([^,()]*,\s*("[^"]*"|'[^']*')\s*\)""")
_ELSEWHERE = re.compile(
    r"(?:select_one|select_multiple|select one|select multiple)[_ ]from[_ ]file\s|osm\s",
    re.IGNORECASE,
)
_BEGIN = re.compile(r"begin[_ ](group|repeat|loop)(?:\s|$)", re.IGNORECASE)
_END = re.compile(r"end[_ ](group|repeat|loop)(?:\s|$)", re.IGNORECASE)
_EXPRESSIONS = (
    "relevant", "constraint", "calculation", "required", "repeat_count", "choice_filter",
    "default", "trigger", "readonly", "read_only",
)  # fmt: skip
COLUMN_ALIASES = {
    "bind::relevant": "relevant", "relevance": "relevant", "skippattern": "relevant",
    "bind::constraint": "constraint", "bind::calculate": "calculation", "calculate": "calculation",
    "bind::required": "required", "count": "repeat_count", "jr:count": "repeat_count",
    "read only": "readonly", "bind::readonly": "readonly", "read_only": "readonly",
}  # fmt: skip
_PLAIN = {"yes", "no", "true", "false", "oui", "non", "true()", "false()"}


@cache
def _known_types() -> frozenset[str]:
    from pyxform.question_type_dictionary import (  # noqa: PLC0415 -- a second to import; a site that starts compiles nothing
        QUESTION_TYPE_DICT,
    )

    return frozenset(QUESTION_TYPE_DICT)


@cache
def _list_type() -> re.Pattern[str]:
    from pyxform import aliases  # noqa: PLC0415

    words = sorted(map(re.escape, aliases.select), key=len, reverse=True)
    return re.compile(
        rf"(?:{'|'.join(words)})(?:\s+from)?\s+([^\s]+)(?:\s+or[_ ](?:other|specify other))?",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to correct. ``row`` is the line of the sheet, from 1, its header counted."""

    sheet: str
    row: int | None
    column: str
    message: Phrase
    remedy: Phrase


@dataclass(slots=True)
class _Survey:
    """The rows of ``survey``, as they are met."""

    names: Counter[str] = field(default_factory=Counter)
    rows: dict[str, int] = field(default_factory=dict)
    feeds: dict[str, set[str]] = field(default_factory=dict)
    """A calculated name → the names its calculation reads."""
    open: list[tuple[str, int]] = field(default_factory=list)
    groups: list[set[str]] = field(default_factory=lambda: [set()])


def faults_of_workbook(book: Workbook) -> Iterator[Fault]:
    """Yield everything wrong in a workbook, sheet by sheet, in the order of its rows."""
    survey = book.sheet("survey")
    records = survey.records()
    if not any(record.get(_column(survey, "type")) for record in records):
        yield Fault(
            "survey", None, "type",
            phrase("La feuille « survey » ne pose aucune question."),
            phrase("Ajoutez une ligne par question, avec son type et son nom."),
        )  # fmt: skip
        return
    if sum(map(bool, records)) > MAX_QUESTIONS:
        yield Fault(
            "survey", MAX_QUESTIONS + 2, "",
            phrase("Le questionnaire dépasse {most} lignes.", most=MAX_QUESTIONS),
            phrase("Découpez-le en plusieurs questionnaires."),
        )  # fmt: skip
        return
    for sheet in (survey, book.sheet("choices")):
        yield from _twice_a_column(sheet)
    lists, faults = _choices(book.sheet("choices"), twice=_may_repeat(book.sheet("settings")))
    yield from faults
    seen = _Survey()
    rows = [(line, _record(record)) for line, record in enumerate(records, 2) if record]
    for line, record in rows:
        if name := record.get("name", "").strip():
            seen.rows.setdefault(name, line)
    for line, record in rows:
        if not record.get("type", "").strip():
            continue
        yield from _row(line, record, lists, seen)
    for kind, line in seen.open:
        yield Fault(
            "survey", line, "type",
            phrase("Ce « begin_{kind} » n’a pas de « end_{kind} ».", kind=kind),
            phrase("Ajoutez la ligne « end_{kind} » après sa dernière question.", kind=kind),
        )  # fmt: skip
    yield from _circle(seen)


def _column(sheet: Worksheet, name: str) -> str:
    return next((one for one in sheet.columns if one.strip().lower() == name), name)


def _record(record: dict[str, str]) -> dict[str, str]:
    """Return a row with the columns we look at under one name each."""
    lowered = {column.strip(): cell for column, cell in record.items()}
    return {
        COLUMN_ALIASES.get(
            column.lower(), column.lower() if column.lower() in _KNOWN else column
        ): cell
        for column, cell in lowered.items()
    }


_KNOWN = {"type", "name", "label", "appearance", *_EXPRESSIONS}


def _twice_a_column(sheet: Worksheet) -> Iterator[Fault]:
    counted = Counter(column.strip() for column in sheet.columns if column.strip())
    for column, times in counted.items():
        if times > 1:
            yield Fault(
                sheet.name, 1, column,
                phrase("La colonne « {column} » est là {times} fois.", column=column, times=times),
                phrase("Gardez-en une."),
            )  # fmt: skip


def _choices(sheet: Worksheet, *, twice: bool) -> tuple[dict[str, set[str]], list[Fault]]:
    lists: dict[str, set[str]] = {}
    faults: list[Fault] = []
    for line, record in enumerate(sheet.records(), 2):
        lowered = {column.strip().lower(): cell.strip() for column, cell in record.items()}
        listed = lowered.get("list_name") or lowered.get("list name") or ""
        code = lowered.get("name") or lowered.get("value") or ""
        if not listed:
            continue
        known = lists.setdefault(listed, set())
        if not code:
            faults.append(
                Fault(
                    "choices",
                    line,
                    "name",
                    phrase("Ce choix n’a pas de code."),
                    phrase("Écrivez un code court dans « name »."),
                )
            )
        elif code in known and not twice:
            faults.append(
                Fault(
                    "choices",
                    line,
                    "name",
                    phrase(
                        "Le code « {code} » est deux fois dans la liste « {name} ».",
                        code=code,
                        name=listed,
                    ),
                    phrase("Donnez un code différent à chaque choix d’une liste."),
                )
            )
        known.add(code)
    return lists, faults


def _may_repeat(settings: Worksheet) -> bool:
    """Return whether the settings let a list have a code twice (it is then filtered)."""
    return any(
        column.strip().lower() == "allow_choice_duplicates" and cell.strip().lower() in _PLAIN_YES
        for record in settings.records()
        for column, cell in record.items()
    )


_PLAIN_YES = {"yes", "true", "oui", "true()"}


def _row(
    line: int, record: dict[str, str], lists: dict[str, set[str]], seen: _Survey
) -> Iterator[Fault]:
    kind = record["type"].strip()
    if end := _END.match(kind):
        if not seen.open or seen.open[-1][0] != end[1].lower():
            yield Fault(
                "survey", line, "type",
                phrase("Ce « end_{kind} » ne ferme rien.", kind=end[1].lower()),
                phrase("Retirez-le, ou ajoutez la ligne « begin_{kind} » qui manque.",
                       kind=end[1].lower()),
            )  # fmt: skip
            return
        seen.open.pop()
        seen.groups.pop()
        return
    yield from _name(line, record, seen)
    if begin := _BEGIN.match(kind):
        seen.open.append((begin[1].lower(), line))
        seen.groups.append(set())
    else:
        yield from _type(line, kind, lists)
    yield from _expressions(line, record, seen)


def _name(line: int, record: dict[str, str], seen: _Survey) -> Iterator[Fault]:
    name = record.get("name", "").strip()
    kind = record["type"].strip().lower()
    if not name:
        if kind not in _NAMELESS:
            yield Fault(
                "survey", line, "name",
                phrase("Cette ligne n’a pas de nom."),
                phrase("Écrivez dans « name » un nom court, sans espace."),
            )  # fmt: skip
        return
    if not _NAME.fullmatch(name):
        yield Fault(
            "survey", line, "name",
            phrase("« {name} » ne peut pas être un nom.", name=name),
            phrase("Commencez par une lettre, puis lettres, chiffres, _, - ou . sans espace."),
        )  # fmt: skip
    if name in seen.groups[-1]:
        yield Fault(
            "survey", line, "name",
            phrase("Le nom « {name} » est déjà pris, ligne {row}.", name=name,
                   row=seen.rows.get(name, line)),
            phrase("Donnez un nom différent à chaque question d’un groupe."),
        )  # fmt: skip
    seen.groups[-1].add(name)


_NAMELESS = {"start", "end", "today", "deviceid", "username", "email", "phonenumber", "audit",
             "simserial", "subscriberid", "note"}  # fmt: skip


def _type(line: int, kind: str, lists: dict[str, set[str]]) -> Iterator[Fault]:
    known = _known_types()
    if _ELSEWHERE.match(kind) or kind in known or kind.lower() in known:
        return
    found = _list_type().match(kind)
    if found:
        if found[1] not in lists and not found[1].startswith("${"):
            yield Fault(
                "survey", line, "type",
                phrase("La liste « {name} » n’est pas dans la feuille « choices ».", name=found[1]),
                phrase("Ajoutez ses choix, ou corrigez son nom. Listes connues : {known}.",
                       known=", ".join(sorted(lists)) or "—"),
            )  # fmt: skip
        return
    yield Fault(
        "survey", line, "type",
        phrase("Le type de question « {kind} » n’existe pas.", kind=kind),
        phrase("Les plus courants : select_one, select_multiple, text, integer, decimal, date, "
               "rank, note."),
    )  # fmt: skip


def _expressions(line: int, record: dict[str, str], seen: _Survey) -> Iterator[Fault]:
    name = record.get("name", "").strip()
    for column, cell in record.items():
        references = REFERENCE.findall(cell)
        for reference in references:
            if reference not in seen.rows:
                yield Fault(
                    "survey", line, column,
                    phrase("« ${{{name}}} » ne désigne aucune question.", name=reference),
                    phrase("Corrigez le nom, tel qu’il est dans la colonne « name »."),
                )  # fmt: skip
        if column in {"calculation", "relevant"}:
            seen.feeds.setdefault(name, set()).update(references)
        if column in _EXPRESSIONS and cell.strip().lower() not in _PLAIN:
            yield from _expression(line, column, cell)


def _expression(line: int, column: str, cell: str) -> Iterator[Fault]:
    if column == "default" and not re.search(r"\$\{|\(", cell):
        return
    try:
        parse(REFERENCE.sub("/x", straight(cell)))
    except ExpressionRefused as refused:
        if column in {"default", "trigger"}:
            return
        yield Fault(
            "survey", line, column,
            phrase("« {expression} » : {why}", expression=cell.strip(), why=refused.message),
            phrase("Corrigez l’expression. Exemple : ${age} > 17 and ${role} = 'dir'."),
        )  # fmt: skip
        return
    for pattern in _PATTERN.findall(cell):
        if not regex_is_known(pattern[1:-1]):
            yield Fault(
                "survey", line, column,
                phrase("Le motif {pattern} ne se lit pas.", pattern=pattern),
                phrase("Écrivez-le sans « (?= » ni « (?! » ni renvoi à un groupe."),
            )  # fmt: skip


def straight(cell: str) -> str:
    """Return a cell with straight quotes: a word processor curls those of expressions."""
    return cell.translate(_STRAIGHT) if REFERENCE.search(cell) or "(" in cell else cell


_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def _circle(seen: _Survey) -> Iterator[Fault]:
    """Yield the circle of names that wait for each other, if there is one."""
    try:
        TopologicalSorter(seen.feeds).prepare()
    except CycleError as cause:
        names: Iterable[str] = cause.args[1]
        first = next(iter(names), "")
        yield Fault(
            "survey", seen.rows.get(first), "calculation",
            phrase("Ces questions dépendent l’une de l’autre en rond : {names}.",
                   names=" → ".join(names)),
            phrase("Retirez l’une de ces dépendances."),
        )  # fmt: skip
