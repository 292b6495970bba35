"""Records of REDCap, in codes (« raw ») or in labels, entered in their questionnaire."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from croisee.formats import read_table
from croisee.language import phrase, phrases
from croisee.questionnaire.exchanges.blank import empty_filling
from croisee.questionnaire.exchanges.columns import Columns, key_of
from croisee.questionnaire.exchanges.entering import Answers, Brought, enter_all
from croisee.questionnaire.exchanges.rows import Reader, remarks_of, wrong_cells
from croisee.questionnaire.exchanges.told import Trouble
from croisee.questionnaire.sheet import Prepared

EVENT = frozenset({"redcap_event_name", "event_name"})
REPEATED = frozenset({"redcap_repeat_instrument", "repeat_instrument"})
INSTANCE = frozenset({"redcap_repeat_instance", "repeat_instance"})
_OWN = (EVENT | REPEATED | INSTANCE
        | {"redcap_data_access_group", "data_access_group", "redcap_survey_identifier",
           "survey_identifier", "survey_timestamp", "complete"})  # fmt: skip
_CHOICE = re.compile(r"(?P<label>.*\S)\s*\(choice=(?P<choice>.*)\)")
_TICKED = {"checked": "1", "unchecked": "0"}
_SHOWN = 8


@dataclass(slots=True)
class _Row:
    line: int
    record: str
    event: str
    cells: dict[str, str]


def is_redcap_records(header: Sequence[str]) -> bool:
    """Return whether the columns are those of records of REDCap, in codes or in labels."""
    keys = {key_of(name) for name in header}
    if keys & (REPEATED | {"redcap_event_name", "redcap_data_access_group"}):
        return True
    return any("___" in name or _CHOICE.fullmatch(name) for name in header) or any(
        name.endswith("_complete") or name == "Complete?" for name in header
    )


def read_redcap_records(path: Path, prepared: Prepared, *, at: datetime) -> Brought:
    """Read records as answers: one person a record, whose events are put together.

    A row of a repeated instrument is left out, and counted; a field that two events answer
    keeps the first answer, and is said. What REDCap adds (``_complete``, timestamps, access
    groups) answers nothing.

    Args:
        path: CSV or XLSX, with field names or labels as headers, codes or labels in cells.
        prepared: the form of :func:`.redcap_in.questionnaire_of_redcap`.
        at: for calculations that ask what time it is; aware.

    Raises:
        FormatRefused: no table, or hostile.
    """
    sheet = read_table(path)
    header = {name: _header(name) for name in sheet.header}
    columns = Columns(empty_filling(prepared))
    reader = Reader(columns, tuple(dict.fromkeys(header.values())))
    troubles = list(remarks_of(sheet, path.name, ""))
    rows = [_row(line, cells, sheet.header) for line, cells in sheet.rows]
    kept = [one for one in rows if not _is_repeated(one.cells)]
    troubles += _not_held(path.name, len(rows) - len(kept))
    answers = []
    for group in _by_record(kept):
        cells, twice = _together(group, header)
        if twice:
            troubles.append(_twice(path.name, group[0].line, twice))
        read = reader.read({header[name]: _said(name, cell) for name, cell in cells.items()})
        troubles += wrong_cells(read, path.name, "", group[0].line)
        answers.append(Answers(path.name, "", group[0].line, read.values, read.columns, read.facts))
    ignored = [name for name in reader.ignored if not _is_own(name)]
    return enter_all(answers, prepared, at=at, troubles=troubles, ignored=ignored)


def _header(name: str) -> str:
    """Return a header as a path: ``Outils (choice=Zoom)`` and ``outils___1`` name a choice."""
    found = _CHOICE.fullmatch(name)
    if found:
        return f"{found['label']}/{found['choice']}"
    field, boxed, code = name.partition("___")
    return f"{field}/{code}" if boxed else name


def _said(name: str, cell: str) -> str:
    if _CHOICE.fullmatch(name) or "___" in name:
        return _TICKED.get(cell.strip().lower(), cell)
    return cell


def _row(line: int, cells: dict[str, str], header: Sequence[str]) -> _Row:
    event = next((cells[name] for name in header if key_of(name) in EVENT), "")
    return _Row(line, cells[header[0]].strip() if header else "", event.strip(), cells)


def _is_repeated(cells: dict[str, str]) -> bool:
    """Return whether a row is of a repeated instrument, or of an event's second time."""
    for name, cell in cells.items():
        if key_of(name) in REPEATED and cell.strip():
            return True
        if key_of(name) in INSTANCE and cell.strip() not in {"", "1"}:
            return True
    return False


def _is_own(name: str) -> bool:
    key = key_of(name)
    return key in _OWN or key.endswith(("_complete", "_timestamp"))


def _by_record(rows: Iterable[_Row]) -> list[list[_Row]]:
    """Return the rows of each record, where rows are of events; else each row alone."""
    found: dict[tuple[str, int], list[_Row]] = {}
    for one in rows:
        alone = not (one.event and one.record)
        found.setdefault((one.record, one.line if alone else 0), []).append(one)
    return list(found.values())


def _together(group: Sequence[_Row], header: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the cells of a record's events, the first that answers kept; and what two answer.

    The boxes of one question come from one event: the first in which one is ticked.
    """
    if len(group) == 1:
        return group[0].cells, []
    kept: dict[str, str] = {}
    twice: dict[str, None] = {}
    fields: dict[str, list[str]] = {}
    for name in group[0].cells:
        field = header[name].partition("/")[0] if "___" in name or _CHOICE.match(name) else name
        fields.setdefault(field, []).append(name)
    for field, names in fields.items():
        given = [
            said
            for one in group
            if _answers(said := [one.cells[name].strip() for name in names], boxes=len(names) > 1)
        ]
        kept |= dict(zip(names, given[0] if given else [""] * len(names), strict=True))
        first = next(iter(group[0].cells))
        if any(other != given[0] for other in given[1:]) and not (
            _is_own(field) or names == [first]
        ):
            twice[field] = None
    return kept, list(twice)


def _answers(said: Sequence[str], *, boxes: bool) -> bool:
    if boxes:
        return any(cell.lower() in {"1", "checked"} for cell in said)
    return any(said)


def _not_held(file: str, repeated: int) -> Iterator[Trouble]:
    if repeated:
        yield Trouble(
            file, "", None, "",
            phrases(
                "{n} ligne d’un instrument répété n’est pas lue : un livre de codes a une réponse "
                "par question.",
                "{n} lignes d’instruments répétés ne sont pas lues : un livre de codes a une "
                "réponse par question.",
                repeated,
            ),
            phrase("Exportez cet instrument à part, dans une étude à lui."),
        )  # fmt: skip


def _twice(file: str, line: int, names: Sequence[str]) -> Trouble:
    shown = ", ".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
    return Trouble(
        file, "", line, "",
        phrase("Deux événements répondent à la même question, la première réponse est gardée : "
               "{names}.", names=shown),
        phrase("Pour comparer des événements, exportez chacun à part, comme une édition."),
    )  # fmt: skip
