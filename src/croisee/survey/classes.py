"""A numeric question read in classes: the options its answers fall in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import ibis

from croisee.dataset import Dataset, rank_column, stranger
from croisee.dataset.study_json import decimal_text
from croisee.language import Label, Language, Phrase, phrase
from croisee.study import Option, Question, QuestionKind


class UnknownAnswer(ValueError):
    """An answer is neither an option of its question nor one of its missing values."""


def in_classes(question: Question) -> Question:
    """Return a numeric question as the ordinal one its classes make; another one as it is.

    Inner bounds b₁ < b₂ < … make the classes « moins de b₁ », « b₁ à moins de b₂ », …,
    « b_k et plus »: a value equal to a bound is in the upper class. Option codes are
    ``moins-de-35``, ``35-a-55``, ``55-et-plus``. Without bounds there is one class. Options
    that the codebook declares, one a class, are kept.
    """
    if question.kind is not QuestionKind.NUMBER:
        return question
    options = question.options
    if len(options) != len(question.classes) + 1:
        options = _options(question.classes, question.unit)
    return replace(question, kind=QuestionKind.ORDINAL, options=options)


def category(rows: Any, question: Question) -> Any:
    """Return the Ibis expression of the option code a respondent's answer falls in.

    Null when the question was not answered. Single, ordinal and numeric questions only.
    """
    column = rows[f"q_{question.code}"]
    if question.kind is not QuestionKind.NUMBER:
        return column
    options = in_classes(question).options
    branches = [(column.isnull(), ibis.null("string"))]
    for bound, option in zip(question.classes, options, strict=False):
        branches.append((column < ibis.literal(bound, "decimal(18, 4)"), option.code))
    return ibis.cases(*branches, else_=options[-1].code)


def refuse_strangers(dataset: Dataset, rows: Any, counted: Iterable[tuple[Question, int]]) -> None:
    """Raise :class:`UnknownAnswer` if a counted rank is of no option and no missing value."""
    for question, rank in counted:
        if question.kind is not QuestionKind.NUMBER and rank == stranger(question):
            strange = rows.filter(rows[rank_column(question.code)] == rank)
            line = dataset.collect(strange.select(answer=rows[f"q_{question.code}"]).limit(1))[0]
            raise UnknownAnswer(f"{question.code}: {line['answer']}")


def joined(question: Question, block: Sequence[str]) -> Label | None:
    """Return the one class that neighbouring classes make together, « moins de 2 jours ».

    ``None`` where ``block`` is one answer, leaves a class out in its middle, or where the
    options are not classes written by :func:`in_classes`.
    """
    codes = [option.code for option in _options(question.classes, question.unit)]
    if len(block) < 2 or [option.code for option in question.options] != codes:
        return None
    places = [codes.index(code) for code in block]
    if places != list(range(places[0], places[-1] + 1)):
        return None
    limits = (None, *question.classes, None)
    return _class(limits[places[0]], limits[places[-1] + 1], question.unit)


def _options(bounds: tuple[Decimal, ...], unit: str) -> tuple[Option, ...]:
    if not bounds:
        return (Option("toutes", _class(None, None, unit)),)
    coded = [decimal_text(bound).replace("-", "moins").replace(".", "v") for bound in bounds]
    codes = (
        f"moins-de-{coded[0]}",
        *(f"{low}-a-{high}" for low, high in pairwise(coded)),
        f"{coded[-1]}-et-plus",
    )
    limits = pairwise((None, *bounds, None))
    return tuple(
        Option(code, _class(low, high, unit))
        for code, (low, high) in zip(codes, limits, strict=True)
    )


def _class(low: Decimal | None, high: Decimal | None, unit: str) -> Label:
    """Return the label of a class from its lower bound, its own, to its upper one, not its own."""

    def said(language: Language) -> Phrase:
        if low is not None and high is not None:
            limit = _measured(high, unit, language)
            return phrase("{low} à moins de {high}", low=_number(low, language), high=limit)
        if high is not None:
            return phrase("moins de {limit}", limit=_measured(high, unit, language))
        if low is not None:
            return phrase("{bound} et plus", bound=_measured(low, unit, language))
        return phrase("toutes les valeurs")

    return Label(said("fr").to("fr"), said("en").to("en"))


def _measured(value: Decimal, unit: str, language: Language) -> str:
    """Write a bound and its unit: « 25 ans ». A plural unit is left out under two: « 1 »."""
    plural = unit.endswith(("s", "x")) and abs(value) < 2
    return f"{_number(value, language)} {'' if plural else unit}".rstrip()


def _number(value: Decimal, language: Language) -> str:
    """Write a bound: « 12,5 » and « 50 000 » in French, "12.5" and "50,000" in English."""
    english = format(Decimal(decimal_text(value)), ",f")
    return english if language == "en" else english.translate({ord(","): " ", ord("."): ","})
