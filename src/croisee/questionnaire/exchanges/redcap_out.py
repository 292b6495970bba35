"""A questionnaire as a REDCap data dictionary, and what REDCap cannot say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from croisee.formats.labelled import Value
from croisee.formats.redcap_dictionary import RedcapField, column_of, write_dictionary
from croisee.formats.xlsform import Workbook
from croisee.language import Phrase, phrase
from croisee.questionnaire.codebook import CONSENT
from croisee.questionnaire.exchanges.logic import NotSimple
from croisee.questionnaire.exchanges.redcap_in import IDENTIFIES
from croisee.questionnaire.exchanges.redcap_logic import branching_of
from croisee.questionnaire.exchanges.told import Exported, Loss

Record = dict[str, str]
RECORD = "record_id"
_TYPES = {
    "select_one": ("radio", ""), "select_multiple": ("checkbox", ""), "text": ("text", ""),
    "integer": ("text", "integer"), "int": ("text", "integer"), "decimal": ("text", "number"),
    "range": ("slider", "number"), "date": ("text", "date_ymd"), "time": ("text", "time"),
    "datetime": ("text", "datetime_ymd"), "note": ("descriptive", ""), "file": ("file", ""),
    "image": ("file", ""), "audio": ("file", ""), "video": ("file", ""),
}  # fmt: skip
_SILENT = frozenset({"start", "end", "today", "deviceid", "username", "audit", "start-geopoint"})
_BOUND = re.compile(r"\s*\.\s*(>=|<=)\s*(?:date\('([0-9-]+)'\)|(-?[0-9]+(?:\.[0-9]+)?))\s*")
_COUNT = re.compile(r"\s*count-selected\(\s*\.\s*\)\s*(<=|=|>=)\s*([0-9]{1,3})\s*")
_SETTING = re.compile(r"\b(start|end)=(-?[0-9.]+)")
_YES = frozenset({"yes", "true", "true()", "oui"})
_MOST_NAME = 26
"""Letters beyond which REDCap advises against a name."""


def write_redcap(book: Workbook, identifying: Collection[str] = ()) -> Exported:
    """Return the data dictionary of a questionnaire, one instrument, in its main language.

    The first field numbers the records, as REDCap wants. Names become lower case without signs,
    and are told; groups give a section header, and their condition to what is in them. Repeats,
    rankings, places and calculations are left out, and said.

    Args:
        book: the questionnaire.
        identifying: names of the questions that say who answers, beside those the form marks.
    """
    return _Export(book, frozenset(identifying)).exported()


@dataclass(slots=True)
class _Above:
    """A group that is open: what its questions inherit."""

    relevant: str
    left_out: bool
    header: str


@dataclass(slots=True)
class _Export:
    book: Workbook
    identifying: frozenset[str]
    rows: list[Record] = field(init=False)
    lists: dict[str, list[Record]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    losses: dict[tuple[str, Phrase], None] = field(default_factory=dict)
    main: str = ""
    numbered: bool = False
    """The questionnaire has the field that numbers the records: it came from REDCap."""
    header: str = ""

    def __post_init__(self) -> None:
        self.rows = [_lowered(row) for row in self.book.sheet("survey").records()]
        for one in self.book.sheet("choices").records():
            kept = _lowered(one)
            listed = kept.get("list_name", "") or kept.get("list name", "")
            self.lists.setdefault(listed, []).append(kept)
        settings = next(iter(self.book.sheet("settings").records()), {})
        self.main = settings.get("default_language", "").strip().lower()
        first = next((row for row in self.rows if _written_type(row)[0] in _TYPES), {})
        numbered = first.get("name", "") == RECORD and first.get(IDENTIFIES, "").lower() in _YES
        self.numbered = numbered and first.get("type", "") == "text"
        taken = set() if self.numbered else {RECORD}
        for row in self.rows:
            if _written_type(row)[0] in _TYPES and row.get("name"):
                self.names.setdefault(row["name"], _field_name(row["name"], taken))

    def exported(self) -> Exported:
        """Return the file, what it lost, and the names it changed."""
        settings = next(iter(self.book.sheet("settings").records()), {})
        form = _field_name(settings.get("form_id", "") or "questionnaire", set())
        fields = [] if self.numbered else [RedcapField(RECORD, form, "text", "Record ID")]
        fields += [replace(one, form=form) for one in self._fields()]
        if len(_languages(self.rows)) > 1:
            self._lose("", phrase("Un dictionnaire a une langue : les autres n’y sont pas."))
        renamed = [(ours, theirs) for ours, theirs in self.names.items() if ours != theirs]
        renamed += [
            (f"{name}/{code}", theirs)
            for (name, code), theirs in self.codes.items()
            if code != theirs
        ]
        losses = tuple(Loss(*one) for one in self.losses)
        return Exported(write_dictionary(fields), losses, tuple(renamed))

    def _lose(self, name: str, what: Phrase) -> None:
        self.losses[name, what] = None

    def _fields(self) -> Iterator[RedcapField]:
        above: list[_Above] = []
        for row in self.rows:
            kind, listed = _written_type(row)
            if kind.startswith("begin"):
                above.append(self._opened(row, repeat="repeat" in kind))
            elif kind.startswith("end ") or kind in {"end_group", "end_repeat"}:
                del above[-1:]
            elif kind in _SILENT or not row.get("name"):
                continue
            elif any(one.left_out for one in above):
                self._lose(row["name"], phrase("La question est dans un bloc répété ou un "
                                               "consentement : elle n’y est pas."))  # fmt: skip
            elif kind not in _TYPES:
                self._lose(row["name"], phrase("REDCap n’a pas ce type de question, qui n’y est "
                                               "pas : {type}.", type=kind))  # fmt: skip
            else:
                yield self._field(row, kind, listed, [one.relevant for one in above])

    def _opened(self, row: Record, *, repeat: bool) -> _Above:
        label = self._text(row, "label")
        self.header = label or self.header
        left_out = repeat or CONSENT in row.get("appearance", "")
        return _Above(row.get("relevant", ""), left_out, label)

    def _field(self, row: Record, kind: str, listed: str, above: list[str]) -> RedcapField:
        type_, check = _TYPES[kind]
        if kind == "text" and "multiline" in row.get("appearance", ""):
            type_ = "notes"
        section, self.header = self.header, ""
        least, most, annotation = self._bounds(row, kind)
        known = row.get(IDENTIFIES, "").lower()
        values = self._values(row["name"], listed) if listed else ()
        if listed and not values:
            self._lose(row["name"], phrase("Les choix viennent d’ailleurs : ils n’y sont pas."))
        return RedcapField(
            name=self.names[row["name"]],
            form="",
            type=type_,
            label=self._text(row, "label") or row["name"],
            values=values,
            check=check,
            identifier=known in _YES or (known != "non" and row["name"] in self.identifying),
            section=section,
            note=self._text(row, "hint"),
            least=least,
            most=most,
            logic=self._logic(row["name"], [*above, row.get("relevant", "")]),
            required=row.get("required", "").lower() in _YES,
            annotation=annotation,
        )

    def _values(self, name: str, listed: str) -> tuple[Value, ...]:
        taken: set[str] = set()
        found = []
        for one in self.lists.get(listed, []):
            code = _choice_code(one.get("name", ""), taken)
            self.codes[name, one.get("name", "")] = code
            label = " ".join(self._text(one, "label").replace("|", "/").split())
            found.append(Value(code, label or one.get("name", "")))
        return tuple(found)

    def _bounds(self, row: Record, kind: str) -> tuple[str, str, str]:
        """Return the least, the most, and the annotation of a question."""
        said = row.get("constraint", "")
        if kind == "range":
            found = dict(_SETTING.findall(row.get("parameters", "")))
            return found.get("start", ""), found.get("end", ""), ""
        bounds = {"<=": "", ">=": ""}
        most = ""
        for part in said.split(" and ") if said else ():
            limit, count = _BOUND.fullmatch(part), _COUNT.fullmatch(part)
            if count and kind == "select_multiple":
                most = f"@MAXCHECKED={count[2]}" if count[1] != ">=" else most
                if count[1] != "<=":
                    what = phrase("Un nombre de choix exigé n’est pas repris : {said}.", said=part)
                    self._lose(row["name"], what)
                continue
            if not limit or kind not in {"integer", "int", "decimal", "date"}:
                what = phrase("La contrainte n’est pas reprise : {said}.", said=said)
                self._lose(row["name"], what)
                return "", "", ""
            bounds[limit[1]] = limit[2] or limit[3]
        return bounds[">="], bounds["<="], most

    def _logic(self, name: str, conditions: list[str]) -> str:
        written = []
        for one in dict.fromkeys(filter(None, conditions)):
            try:
                written.append(branching_of(one, self._known, self._ticked))
            except NotSimple:
                what = phrase("La condition n’est pas traduite, et tout le monde répond : {logic}",
                              logic=one)  # fmt: skip
                self._lose(name, what)
        if len(written) > 1:
            return " and ".join(f"({one})" for one in written)
        return "".join(written)

    def _known(self, name: str) -> str:
        if name not in self.names:
            raise NotSimple(name)
        return self.names[name]

    def _ticked(self, name: str, code: str) -> str | None:
        row = next((one for one in self.rows if one.get("name") == name), {})
        kind, listed = _written_type(row)
        if kind != "select_multiple":
            return None
        if (name, code) not in self.codes:
            self._values(name, listed)
        if (name, code) not in self.codes:
            raise NotSimple(code)
        return self.codes[name, code]

    def _text(self, row: Record, what: str) -> str:
        said = {key: cell for key, cell in row.items() if key.partition("::")[0] == what}
        text = said.get(f"{what}::{self.main}") or next(iter(said.values()), "")
        return " ".join(re.sub(r"\$\{([^}]+)\}", self._piped, text).split())

    def _piped(self, match: re.Match[str]) -> str:
        return f"[{self.names.get(match[1].strip(), match[1].strip())}]"


def _lowered(row: Record) -> Record:
    return {key.strip().lower(): cell.strip() for key, cell in row.items()}


def _written_type(row: Record) -> tuple[str, str]:
    """Return the kind of a row, and the list of its choices."""
    words = row.get("type", "").split()
    if not words:
        return "", ""
    first = words[0].lower()
    if first == "select" and len(words) > 2:
        first, words = f"select_{words[1].lower()}", words[1:]
    if first in {"begin", "end"} and len(words) > 1:
        return f"{first} {words[1].lower()}", ""
    return first, words[1] if first.startswith("select_") and len(words) > 1 else ""


def _languages(rows: list[Record]) -> set[str]:
    return {key for row in rows for key in row if key.startswith("label")}


def _field_name(name: str, taken: set[str]) -> str:
    """Return a name that REDCap takes: lower case, digits, ``_``, a letter first."""
    bare = re.sub(r"_{2,}", "_", re.sub(r"[^a-z0-9]+", "_", name.lower())).strip("_")
    bare = bare if bare[:1].isalpha() else f"q_{bare}".rstrip("_")
    base = found = bare[:_MOST_NAME].rstrip("_")
    place = 2
    while found in taken:
        found, place = f"{base[: _MOST_NAME - 4]}_{place}", place + 1
    taken.add(found)
    return found


def _choice_code(code: str, taken: set[str]) -> str:
    base = found = re.sub(r"[^A-Za-z0-9_.\-]+", "_", code) or "x"
    place = 2
    while column_of(found) in taken:
        found, place = f"{base}_{place}", place + 1
    taken.add(column_of(found))
    return found
