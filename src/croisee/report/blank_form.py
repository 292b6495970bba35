"""A questionnaire to fill by hand: the same questions, with the codes of the form beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from croisee.formats.xlsform import Workbook
from croisee.language import Label, Language, Phrase, phrase
from croisee.questionnaire.asked import Asked, Choice, Sort
from croisee.questionnaire.editing import questions_of
from croisee.report import typst_engine
from croisee.text import typeset

_KINDS = {
    Sort.SINGLE: "one",
    Sort.SCALE: "one",
    Sort.CONSENT: "one",
    Sort.MULTIPLE: "several",
    Sort.RANKING: "rank",
    Sort.INTEGER: "number",
    Sort.DECIMAL: "number",
    Sort.DATE: "date",
    Sort.TEXT: "text",
    Sort.BUDGET: "budget",
    Sort.POSITION: "position",
    Sort.NOTE: "note",
    Sort.SECTION: "section",
    Sort.OTHER: "text",
}
_LINES = {"text": 4, "position": 3}
_NUMBER_CELLS = 6


@dataclass(frozen=True, slots=True)
class BlankForm:
    """What is printed besides the questions.

    ``cases`` are the networks a sheet may come from, their code first; one or none is not
    asked. ``footer`` is on every page: the form and its version, so that a sheet is entered in
    the right one. ``back`` says where the sheet goes once filled.
    """

    title: Label
    cases: Sequence[tuple[str, Label]] = ()
    footer: str = ""
    back: Label = Label("")
    large: bool = False
    """18 points instead of 12."""


def blank_form_pdf(
    book: Workbook, blank: BlankForm, language: Language, *, on: date | None = None
) -> bytes:
    """Return a questionnaire as a tagged PDF, for a printer; the same one gives the same bytes.

    Names of questions and codes of choices are printed small: what is typed when a sheet is
    entered. A condition on one question is said in words; a more complex one is left to whoever
    answers. A text that computes a value shows « … ».
    """
    printed = _Printed(book, language)
    content = {
        "title": printed.said(blank.title),
        "language": language,
        "large": blank.large,
        "footer": typeset(blank.footer, language),
        "instructions": [printed.phrased(one) for one in _INSTRUCTIONS],
        "fields": [
            {"label": printed.phrased(_SHEET_NUMBER), "cells": _NUMBER_CELLS},
        ],
        "case_label": printed.phrased(_CASE),
        "cases": [
            {"code": code, "label": printed.said(name)} for code, name in blank.cases
        ] if len(blank.cases) > 1 else [],
        "questions": [printed.question(one) for one in printed.asked],
        "end": printed.said(blank.back),
    }  # fmt: skip
    return typst_engine.pdf("blank_form.typ", content, on=on)


_INSTRUCTIONS = (
    phrase("Rond : cochez une seule réponse. Carré : cochez tout ce qui convient."),
    phrase("Vous pouvez passer une question. Écrivez lisiblement, sans nom de personne."),
    phrase("Les petits mots gris servent à la saisie : ne vous en occupez pas."),
)
_SHEET_NUMBER = phrase("Numéro de la feuille")
_CASE = phrase("Votre réseau")
_DATE_WORDS = (phrase("jour"), phrase("mois"), phrase("année"))


class _Printed:
    """The questions of a workbook on their way to the paper, in one language."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self.language = language
        self.asked = questions_of(book)
        self.titled = {one.key for one in self.asked if self.said(one.label)}
        counted = (
            one for one in self.asked if _KINDS[one.sort] not in {"note", "section"}
            and not one.type.startswith("begin_repeat")
        )  # fmt: skip
        self.numbers = {one.key: number for number, one in enumerate(counted, 1)}

    def said(self, label: Label) -> str:
        """Return a text of the study, set in its language."""
        return typeset(_plain(label.to(self.language)), self.language)

    def phrased(self, said: Phrase) -> str:
        """Return a sentence of ours, set in its language."""
        return typeset(said.to(self.language), self.language)

    def question(self, one: Asked) -> Mapping[str, object]:
        """Return one question as the template takes it."""
        kind = _KINDS[one.sort]
        if one.sort is Sort.OTHER and one.type.lower().startswith("begin"):
            kind = "section"
        shown = one.hint if one.sort is not Sort.NOTE else one.label
        return {
            "kind": kind,
            "level": 2 + sum(key in self.titled for key in one.sections),
            "number": f"{self.numbers[one.key]}." if one.key in self.numbers else "",
            "title": self.said(one.label),
            "code": one.answer,
            "texts": [self.said(Label(line)) for line in _lines(shown.to(self.language))],
            "when": self._when(one),
            "choices": [self._choice(choice) for choice in one.choices],
            "unit": one.said("unite"),
            "words": self._words(one),
            "lines": _LINES.get(kind, 0),
        }

    def _choice(self, choice: Choice) -> Mapping[str, str]:
        return {"code": choice.code, "label": self.said(choice.label) or choice.code}

    def _words(self, one: Asked) -> list[str]:
        if one.sort is Sort.DATE:
            return [self.phrased(word) for word in _DATE_WORDS]
        if one.sort is Sort.BUDGET and one.total is not None:
            total = f"{one.total.normalize():f}"
            return [self.phrased(phrase("Le total doit faire {total}.", total=total))]
        if one.sort is Sort.POSITION:
            return [self.phrased(phrase("Pourquoi ?")), f"{one.name}_pourquoi"]
        return [""]

    def _when(self, one: Asked) -> str:
        if not one.relevant:
            return ""
        condition = one.condition
        other = next((q for q in self.asked if condition and q.answer == condition.question), None)
        if condition is None or other is None or other.key not in self.numbers:
            return self.phrased(phrase("Passez ceci si vos réponses ne vous y mènent pas."))
        labels = {choice.code: self.said(choice.label) for choice in other.choices}
        answers = ", ".join(
            phrase("« {text} »", text=labels.get(code, code)).to(self.language)
            for code in condition.codes
        )
        if condition.negated:
            said = phrase("Sauf si vous avez répondu {answers} à la question {number}.",
                          answers=answers, number=self.numbers[other.key])  # fmt: skip
        else:
            said = phrase("Seulement si vous avez répondu {answers} à la question {number}.",
                          answers=answers, number=self.numbers[other.key])  # fmt: skip
        return self.phrased(said)


def _plain(written: str) -> str:
    """Return a text without the values it would compute."""
    pieces = written.split("${")
    return pieces[0] + "".join(f"…{piece.partition('}')[2]}" for piece in pieces[1:])


def _lines(written: str) -> list[str]:
    return [line.strip() for line in written.splitlines() if line.strip()]
