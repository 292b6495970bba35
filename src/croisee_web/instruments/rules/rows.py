"""A question of the library as a row of the database."""

from __future__ import annotations

from collections.abc import Iterable

from croisee import study as library
from croisee.dataset.study_json import decimal_text
from croisee_web.instruments.models import Instrument, Question


def question_row(instrument: Instrument, position: int, one: library.Question) -> Question:
    """Return the row of one question of a codebook, not saved."""
    return Question(
        instrument=instrument,
        code=one.code,
        position=position,
        label_fr=one.label.fr,
        label_en=one.label.en,
        kind=one.kind.value,
        nature=one.nature.value,
        subject=one.subject.value,
        options=options_of(one.options),
        groupings=one.groupings,
        cut=one.cut,
        common=one.common,
        exactly=one.exactly,
        at_least=one.at_least,
        at_most=one.at_most,
        pooled=one.pooled,
        missing=one.missing,
        unit=one.unit,
        step=decimal_text(one.step),
        classes=[decimal_text(bound) for bound in one.classes],
        mean=one.mean,
        identity=one.identity,
    )


def options_of(options: Iterable[library.Option]) -> list[list[str]]:
    """Return options as JSON: code, French, English."""
    return [[option.code, option.label.fr, option.label.en] for option in options]
