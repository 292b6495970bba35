"""A REDCap data dictionary as a questionnaire: what XLSForm can say, and a list of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from croisee.formats.redcap_dictionary import CHOSEN, RedcapField, read_dictionary
from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.language import Phrase, phrase
from croisee.questionnaire.codebook import PREFIX, code_of
from croisee.questionnaire.exchanges.logic import NotSimple
from croisee.questionnaire.exchanges.redcap_logic import relevant_of
from croisee.questionnaire.exchanges.told import Imported, Loss
from croisee.text.written_in import written_in

IDENTIFIES = f"{PREFIX}identifiant"
"""Column of ``survey``: ``oui`` where a question says who answers, ``non`` where it does not."""
_NAMES = {"fr": "Français (fr)", "en": "English (en)"}
_OF_PEOPLE = frozenset({"email", "ssn", "vmrn", "mrn_10d", "mrn_generic", "zipcode"})
_PLAIN = {"notes": "text", "descriptive": "note", "file": "file", "calc": "decimal",
          "sql": "text", "slider": "range"}  # fmt: skip
_BOUND = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_TICKED = re.compile(r"@MAXCHECKED\s*=\s*\"?([0-9]{1,3})")
_ACTION = re.compile(r"@[A-Z][A-Z\-]+")
Record = dict[str, str]


def questionnaire_of_redcap(path: Path) -> Imported:
    """Return the questionnaire of a data dictionary; what is lost is listed, field by field.

    An instrument becomes a group, a section header a note. Checkboxes are multiple choices;
    validation types say whole numbers, numbers, days and moments, their bounds a constraint.
    Simple branching logic is translated; the rest is kept in ``redcap::logique``, and everybody
    answers. The first field, which numbers the records, and fields that REDCap marks as
    identifiers or validates as an address, a phone or a file number are marked as identifying
    (``croisee::identifiant``). A calculation becomes the number it gave.

    Raises:
        FormatRefused: no dictionary.
    """
    return _Reading(read_dictionary(path), path.stem).imported()


@dataclass(slots=True)
class _Reading:
    fields: Sequence[RedcapField]
    title: str
    survey: list[Record] = field(default_factory=list)
    choices: list[Record] = field(default_factory=list)
    losses: dict[tuple[str, Phrase], None] = field(default_factory=dict)
    label: str = ""

    def imported(self) -> Imported:
        """Return the workbook."""
        language = written_in(one.label for one in self.fields) or "fr"
        self.label = f"label::{_NAMES[language]}"
        known = {one.name: one for one in self.fields}
        form = ""
        for place, one in enumerate(self.fields):
            if one.form != form:
                if form:
                    self.survey.append({"type": "end_group"})
                form = one.form
                if form:
                    self._begin(form)
            if one.section:
                name = f"{one.name}_section"
                self.survey.append({"type": "note", "name": name, self.label: _clean(one.section)})
            self._ask(one, known, first=not place)
        if form:
            self.survey.append({"type": "end_group"})
        settings = {
            "form_title": self.title,
            "form_id": code_of(self.title),
            "version": "1",
            "default_language": _NAMES[language],
        }
        sheets = (("survey", self.survey), ("choices", self.choices), ("settings", [settings]))
        book = Workbook(tuple(worksheet_of(name, records) for name, records in sheets))
        return Imported(book, tuple(Loss(*one) for one in self.losses))

    def _begin(self, form: str) -> None:
        words = form.replace("_", " ").strip()
        shown = words[:1].upper() + words[1:]
        name = f"instrument_{re.sub(r'[^A-Za-z0-9_]+', '_', form)}"
        names = {row.get("name") for row in self.survey}
        while name in names:
            name = f"{name}_2"
        self.survey.append({"type": "begin_group", "name": name, self.label: shown})

    def _lose(self, one: RedcapField, what: Phrase) -> None:
        self.losses[one.name, what] = None

    def _ask(self, one: RedcapField, known: dict[str, RedcapField], *, first: bool) -> None:
        row = {
            "type": self._kind(one),
            "name": one.name,
            self.label: _clean(one.label) or one.name,
            self.label.replace("label", "hint"): _clean(one.note),
            "required": "yes" if one.required and one.type != "descriptive" else "",
            "appearance": "multiline" if one.type == "notes" else "",
            "relevant": self._relevant(one, known),
            "constraint": " and ".join(self._bounds(one)),
            "parameters": self._parameters(one),
            IDENTIFIES: "oui" if first or _identifies(one) else "",
            "redcap::annotation": one.annotation,
        }
        if one.logic and not row["relevant"]:
            row["redcap::logique"] = one.logic
        self.survey.append(row)
        if one.values:
            self.choices += [
                {"list_name": one.name, "name": value.code,
                 self.label: _clean(value.label) or value.code}
                for value in one.values
            ]  # fmt: skip
        self._told(one)

    def _kind(self, one: RedcapField) -> str:
        if one.type == "checkbox" and one.values:
            return f"select_multiple {one.name}"
        if one.type in CHOSEN and one.values:
            return f"select_one {one.name}"
        if one.type == "text":
            return _written_kind(one.check)
        if one.type not in _PLAIN:
            self._lose(one, phrase("Ce type de champ devient un texte : {type}.", type=one.type))
        return _PLAIN.get(one.type, "text")

    def _told(self, one: RedcapField) -> None:
        if one.type == "calc":
            what = phrase("Le calcul n’est pas repris : ce qu’il a donné est un nombre.")
            self._lose(one, what)
        if one.type == "slider" and one.formula:
            self._lose(one, phrase("Les libellés de la glissière ne sont pas repris."))
        if actions := [name for name in _ACTION.findall(one.annotation) if name != "@MAXCHECKED"]:
            what = phrase("Les étiquettes d’action ne sont pas reprises : {names}.",
                          names=", ".join(actions))  # fmt: skip
            self._lose(one, what)

    def _relevant(self, one: RedcapField, known: dict[str, RedcapField]) -> str:
        if not one.logic:
            return ""
        try:
            return relevant_of(one.logic, known)
        except NotSimple:
            what = phrase("La condition n’est pas traduite, et tout le monde répond : {logic}",
                          logic=" ".join(one.logic.split()))  # fmt: skip
            self._lose(one, what)
            return ""

    def _bounds(self, one: RedcapField) -> Iterator[str]:
        if one.type == "checkbox" and (most := _MOST_TICKED.search(one.annotation)):
            yield f"count-selected(.) <= {most[1]}"
        kind = _written_kind(one.check) if one.type == "text" else ""
        for sign, bound in ((">=", one.least), ("<=", one.most)):
            if not bound or not kind:
                continue
            if kind in {"integer", "decimal"} and _BOUND.fullmatch(bound):
                yield f". {sign} {bound}"
            elif kind == "date" and _DAY.fullmatch(bound):
                yield f". {sign} date('{bound}')"
            else:
                what = phrase("Une borne n’est pas reprise : {bound}.", bound=bound)
                self._lose(one, what)

    @staticmethod
    def _parameters(one: RedcapField) -> str:
        if one.type != "slider":
            return ""
        least = one.least if _BOUND.fullmatch(one.least) else "0"
        most = one.most if _BOUND.fullmatch(one.most) else "100"
        return f"start={least} end={most} step=1"


def _written_kind(check: str) -> str:
    """Return what a text field takes, by its validation."""
    if check == "integer":
        return "integer"
    if check.startswith("number"):
        return "decimal"
    if check.startswith("datetime"):
        return "dateTime"
    if check.startswith("date"):
        return "date"
    return "time" if check in {"time", "time_hh_mm_ss"} else "text"


def _identifies(one: RedcapField) -> bool:
    return (
        one.identifier or one.check in _OF_PEOPLE or one.check.startswith(("phone", "postalcode"))
    )


def _clean(label: str) -> str:
    return " ".join(label.replace("${", "$ {").split())
