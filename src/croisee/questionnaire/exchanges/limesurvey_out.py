"""A questionnaire as a LimeSurvey structure, and what LimeSurvey cannot say."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from croisee.formats.limesurvey import Asked, Attribute, Part, Section, Survey, Texts
from croisee.formats.limesurvey_tsv import write_limesurvey_tsv
from croisee.formats.lss_writing import write_lss
from croisee.formats.xlsform import Workbook
from croisee.language import Phrase, phrase
from croisee.questionnaire.exchanges.limesurvey_questions import BUDGET
from croisee.questionnaire.exchanges.limesurvey_words import OTHER, PREFIX
from croisee.questionnaire.exchanges.logic import NotSimple, read_xpath, to_script
from croisee.questionnaire.exchanges.told import Exported, Loss

Record = dict[str, str]
_COLUMN = re.compile(r"(label|hint)(?:::(.*))?", re.IGNORECASE)
_CODE_IN_NAME = re.compile(r"\(([a-z]{2,3}(?:-[a-z]+)?)\)|^([a-z]{2,3})$", re.IGNORECASE)
_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_BOUND = re.compile(
    r"(count-selected\(\s*\.\s*\)|string-length\(\s*\.\s*\)|\.)\s*(<=|>=)\s*(-?[0-9.]+)"
)
_REGEX = re.compile(r"regex\(\s*\.\s*,\s*'(.*)'\s*\)")
_ATTRIBUTES = {
    ("count", ">="): "min_answers", ("count", "<="): "max_answers",
    ("string", "<="): "maximum_chars", (".", ">="): "min_num_value_n",
    (".", "<="): "max_num_value_n",
}  # fmt: skip
_TYPES = {
    "select_one": "L", "select_multiple": "M", "rank": "R", "integer": "N", "int": "N",
    "decimal": "N", "range": "N", "text": "S", "note": "X", "date": "D", "today": "", "start": "",
    "end": "", "deviceid": "", "datetime": "D", "time": "D", "file": "|", "image": "|",
    "audio": "|", "video": "|", "barcode": "S", "geopoint": "S", "phonenumber": "", "username": "",
}  # fmt: skip
_DATES = {"datetime": "dd/mm/yyyy HH:MM", "time": "HH:MM"}
_CHOSEN = {"select_one", "select_multiple", "rank"}
_YES = {"yes", "true", "true()", "oui"}
_MOST_ANSWER, _MOST_CODE = 5, 20
_REPEATED = phrase("LimeSurvey n’a pas de bloc répété : la question n’y est pas.")


@dataclass(slots=True)
class _Group:
    """A section being filled."""

    names: Texts = ()
    relevant: str = ""
    questions: list[Asked] = field(default_factory=list)


def write_limesurvey(book: Workbook, *, xml: bool = False) -> Exported:
    """Return a questionnaire as LimeSurvey imports it: tab-separated (``.txt``), or ``.lss``.

    Codes lose what LimeSurvey refuses (signs, more than 20 letters, 5 for a choice):
    ``renamed`` says which. Groups in a group are flattened; repeats, calculations and media are
    left out; each is said.
    """
    return _Export(book).exported(write_lss if xml else write_limesurvey_tsv)


class _Export:
    """One workbook on its way."""

    def __init__(self, book: Workbook) -> None:
        self._rows = [_lowered(row) for row in book.sheet("survey").records()]
        self._lists: dict[str, list[Record]] = {}
        for one in book.sheet("choices").records():
            self._lists.setdefault(one.get("list_name", ""), []).append(_lowered(one))
        self._settings = next(iter(book.sheet("settings").records()), {})
        self._languages = _languages(self._rows, self._settings.get("default_language", ""))
        self._losses: dict[tuple[str, Phrase], None] = {}
        self._named: dict[str, str] = {}
        self._options: dict[tuple[str, str], str] = {}
        self._types = {row["name"]: row.get("type", "") for row in self._rows if row.get("name")}
        for name in self._types:
            self._named[name] = _code(name, _MOST_CODE, set(self._named.values()), "q")
        for name, kind in self._types.items():
            self._name_options(name, kind)

    def _name_options(self, name: str, kind: str) -> None:
        """Give the choices of a question codes that LimeSurvey accepts."""
        listed = _list_of(kind)
        most = _MOST_CODE if kind.startswith("select_multiple") else _MOST_ANSWER
        taken: set[str] = set()
        for one in self._lists.get(listed, []):
            code = one.get("name", "")
            found = OTHER if code == OTHER else _code(code, most, taken, "A")
            taken.add(found)
            self._options[name, code] = found

    def _lose(self, question: str, what: Phrase) -> None:
        self._losses[question, what] = None

    def exported(self, written: Callable[[Survey], bytes]) -> Exported:
        """Return the file and what it lost."""
        main = self._languages[0][0]
        title = self._settings.get("form_title", "") or "Questionnaire"
        survey = Survey(
            languages=tuple(code for code, _ in self._languages),
            sections=tuple(self._sections()),
            titles=((main, title),),
            settings=(("format", "G"),),
        )
        renamed = [(ours, theirs) for ours, theirs in self._named.items() if ours != theirs]
        renamed += [
            (f"{name}/{code}", theirs)
            for (name, code), theirs in self._options.items()
            if code != theirs
        ]
        losses = tuple(Loss(*one) for one in self._losses)
        return Exported(written(survey), losses, tuple(renamed))

    def _sections(self) -> Iterator[Section]:
        """Yield sections: a group at the top is one, what is between two groups another."""
        group, opened = _Group(), list[str]()
        for kind, row in self._outside_repeats():
            if kind == "end group" and opened:
                opened.pop()
            if kind in {"begin group", "end group"} and not opened:
                yield from self._closed(group)
                group = _Group()
            if kind == "begin group":
                if opened:
                    self._lose_array(row)
                else:
                    group = _Group(self._texts(row, "label"), row.get("relevant", ""))
                opened.append(row.get("relevant", "") if opened else "")
            elif row.get("name"):
                group.questions += self._asked(row, [one for one in opened if one])
        yield from self._closed(group)

    def _outside_repeats(self) -> Iterator[tuple[str, Record]]:
        """Yield (begin group, end group or nothing, row), and say what a repeat takes away."""
        repeats = 0
        for row in self._rows:
            words = row.get("type", "").lower().replace("_", " ").split()
            kind = " ".join(words[:2]) if words[:1] in (["begin"], ["end"]) else ""
            repeats += {"begin repeat": 1, "end repeat": -1}.get(kind, 0)
            if repeats:
                self._lose(row.get("name", ""), _REPEATED)
            elif kind != "end repeat":
                yield kind, row

    def _lose_array(self, row: Record) -> None:
        if BUDGET in row.get("appearance", ""):
            self._lose(row["name"], phrase("Le partage d’un total devient des nombres."))
        elif row.get(f"{PREFIX}type"):
            self._lose(row["name"], phrase("Le tableau devient des questions séparées."))

    def _closed(self, group: _Group) -> Iterator[Section]:
        if group.questions:
            name = group.names or tuple((code, "Questions") for code, _ in self._languages)
            relevance = self._condition("", [group.relevant] if group.relevant else [])
            yield Section(names=name, relevance=relevance, questions=tuple(_merged(group)))

    def _texts(self, row: Record, column: str) -> Texts:
        found = []
        for code, name in self._languages:
            said = row.get(f"{column}::{name.lower()}", "") if name else row.get(column, "")
            if not said and code == self._languages[0][0]:
                said = row.get(column, "")
            if said:
                found.append((code, self._html(said)))
        return tuple(found)

    def _html(self, said: str) -> str:
        """Return a text as HTML that LimeSurvey computes nothing in, save our references."""
        pieces = _REFERENCE.split(said)
        for place, piece in enumerate(pieces):
            if place % 2:
                pieces[place] = f"{{{self._named.get(piece, piece)}.shown}}"
            else:
                pieces[place] = html.escape(piece, quote=False).replace("{", "&#123;")
        return "".join(pieces)

    def _asked(self, row: Record, above: Sequence[str]) -> Iterator[Asked]:
        name, kind = row["name"], row.get("type", "").split(" ")[0].lower()
        theirs = _TYPES.get(kind)
        if theirs is None:
            self._lose(name, phrase("LimeSurvey n’a pas de question « {kind} ».", kind=kind))
        if not theirs:
            return
        if kind in {"geopoint", "barcode"}:
            self._lose(name, phrase("La question devient un texte court."))
        conditions = [*above, *([row["relevant"]] if row.get("relevant") else [])]
        required = row.get("required", "").lower()
        if required and required not in {*_YES, "no", "false", "false()"}:
            self._lose(name, phrase("« Obligatoire » ne dépend pas d’une réponse dans LimeSurvey."))
        for column in ("choice_filter", "calculation", "trigger"):
            if row.get(column):
                self._lose(name, phrase("La colonne « {column} » n’y est pas.", column=column))
        attributes = dict(self._attributes(row, kind))
        validation = attributes.pop("validation", "")
        yield Asked(
            code=self._named[name],
            type=_type(theirs, row),
            texts=self._texts(row, "label"),
            helps=self._texts(row, "hint"),
            mandatory="Y" if required in _YES else "N",
            other=any(one.get("name") == OTHER for one in self._list(row)),
            relevance=self._condition(name, conditions),
            validation=validation,
            default=row.get("default", "") if theirs in "LS" else "",
            parts=self._parts(row) if theirs == "M" else (),
            answers=self._parts(row) if theirs in "LR" else (),
            attributes=tuple(Attribute(*one) for one in attributes.items() if one[1]),
        )

    def _list(self, row: Record) -> list[Record]:
        return self._lists.get(_list_of(row.get("type", "")), [])

    def _parts(self, row: Record) -> tuple[Part, ...]:
        return tuple(
            Part(self._options[row["name"], one.get("name", "")], self._texts(one, "label"))
            for one in self._list(row)
            if one.get("name") != OTHER
        )

    def _attributes(self, row: Record, kind: str) -> Iterator[tuple[str, str]]:
        for column, cell in row.items():
            name = column[len(PREFIX) :]
            known = {"type", "relevance", "validation", "mandatory"}
            if column.startswith(PREFIX) and " (" not in name and name not in known:
                yield name, cell
        if kind in {"integer", "int"}:
            yield "num_value_int_only", "1"
        if kind in _DATES:
            yield "date_format", _DATES[kind]
        if row.get("constraint"):
            yield from self._constraint(row)

    def _constraint(self, row: Record) -> Iterator[tuple[str, str]]:
        """Yield bounds as settings, anything else as a condition on the answer."""
        written = row["constraint"]
        parts = [part.strip() for part in re.split(r"\s+and\s+", written)]
        found = [_BOUND.fullmatch(part) for part in parts]
        kept = {_ATTRIBUTES.get((one[1].split("-")[0], one[2]), ""): one[3] for one in found if one}
        if None not in found and "" not in kept:
            yield from kept.items()
            return
        if len(parts) == 1 and (
            pattern := re.fullmatch(r"regex\(\s*\.\s*,\s*'(.*)'\s*\)", written)
        ):
            yield "validation", f"/^(?:{pattern[1]})$/"
            return
        try:
            yield "em_validation_q", self._script(written)
        except NotSimple:
            self._lose(
                row["name"],
                phrase("La contrainte « {constraint} » n’y est pas.", constraint=written[:120]),
            )

    def _condition(self, name: str, conditions: Sequence[str]) -> str:
        """Return conditions as LimeSurvey writes them; those it cannot say are said."""
        found = []
        for one in conditions:
            try:
                found.append(self._script(one))
            except NotSimple:
                self._lose(
                    name,
                    phrase("La condition « {condition} » n’est pas reprise : tout le monde répond.",
                           condition=one[:120]),
                )  # fmt: skip
        return found[0] if len(found) == 1 else " and ".join(f"({one})" for one in found)

    def _script(self, written: str) -> str:
        return to_script(read_xpath(written), self._theirs, self._option)

    def _theirs(self, name: str) -> str:
        if name == ".":
            return "self"
        if name not in self._named or self._types[name].startswith("select_multiple"):
            raise NotSimple(name)
        base = name.removesuffix("_other")
        if base != name and base in self._types:
            return f"{self._named[base]}_other"
        return self._named[name]

    def _option(self, name: str, code: str) -> str:
        if (name, code) not in self._options:
            raise NotSimple(code)
        if not self._types[name].startswith("select_multiple"):
            raise NotSimple(name)
        return f"{self._named[name]}_{'other' if code == OTHER else self._options[name, code]}"


def _merged(group: _Group) -> Iterator[Asked]:
    """Yield questions without « other: which? », which LimeSurvey asks by itself."""
    others = {f"{one.code}other" for one in group.questions if one.other}
    for one in group.questions:
        if one.code not in others or one.type not in "ST":
            yield one if one.type != "S" else replace(one, other=False)


def _lowered(row: Record) -> Record:
    return {column.strip().lower(): cell.strip() for column, cell in row.items()}


def _list_of(kind: str) -> str:
    parts = kind.split()
    return (
        parts[1] if len(parts) > 1 and parts[0] in {"select_one", "select_multiple", "rank"} else ""
    )


def _type(theirs: str, row: Record) -> str:
    """Return their type, as precise as what the row keeps of where it comes from."""
    before = row.get(f"{PREFIX}type", "")
    if theirs == "L" and before == "!":
        return "!"
    if theirs == "L" and "minimal" in row.get("appearance", ""):
        return "!"
    if theirs == "S" and "multiline" in row.get("appearance", ""):
        return before if before in {"T", "U"} else "T"
    return theirs


def _code(name: str, most: int, taken: set[str], first: str) -> str:
    """Return a name with letters and digits only, short enough, and of its own."""
    bare = re.sub(r"[^A-Za-z0-9]", "", name)[:most]
    if first == "q" and not bare[:1].isalpha():
        bare = f"{first}{bare}"[:most]
    if bare and bare not in taken:
        return bare
    place = 1
    while f"{first}{place:03d}" in taken:
        place += 1
    return f"{first}{place:03d}"


def _languages(rows: Sequence[Record], main: str) -> list[tuple[str, str]]:
    """Return (code, name) of each language a label is written in, the main one first."""
    names = dict.fromkeys(
        found[2] or ""
        for row in rows
        for column in row
        if (found := _COLUMN.fullmatch(column)) and found[1] == "label"
    )
    kept: dict[str, str] = {}
    for name in sorted(names, key=lambda one: one != main.lower()):
        if not name and len(names) > 1:
            continue
        found = _CODE_IN_NAME.search(name)
        code = (found[1] or found[2]).lower() if found else "fr"
        kept.setdefault(code, name)
    return list(kept.items()) or [("fr", "")]
