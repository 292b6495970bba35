"""A draft ready to be tried, page by page. Nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np

from croisee.language import Language
from croisee.questionnaire.asked import Asked
from croisee.questionnaire.codebook import languages_of
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import prepare
from croisee_web.instruments.queries.drafted import Draft, compiled
from croisee_web.instruments.rules.asking import answered_names

_DEEPEST = 20
"""Conditions of conditions followed to show a question."""


def trial_of(
    found: Draft, *, at: datetime, language: Language, values: Mapping[str, str]
) -> Filling | None:
    """Return a draft being filled with what was tried so far, ``None`` while it is not a form."""
    form, _faults = compiled(found.book)
    if form is None:
        return None
    french, english = languages_of(form)
    return Filling(
        prepare(form),
        at=at,
        chance=np.random.default_rng(0),
        values=values,
        language=english if language == "en" and english else french,
    )


def answer_before(filling: Filling, found: Draft, key: str) -> None:
    """Answer what the conditions of a question wait for, so that it is asked."""
    asked = found.question(key)
    if asked is None:
        return
    named = answered_names(found.questions)
    above = [one for section in asked.sections if (one := found.question(section))]
    for one in (*above, asked):
        _answer(one, filling, found, named, 0)


def _answer(
    one: Asked, filling: Filling, found: Draft, named: Mapping[str, Asked], depth: int
) -> None:
    condition = one.condition
    source = named.get(condition.question) if condition else None
    if condition is None or source is None or depth > _DEEPEST:
        return
    _answer(source, filling, found, named, depth + 1)
    codes = [choice.code for choice in source.choices]
    fitting = [code for code in codes if (code in condition.codes) is not condition.negated]
    place = next(
        (
            place
            for place in filling.sheet.places
            if place.node.name == condition.question and place.node.kind is not Kind.GROUP
        ),
        None,
    )
    if place is not None and fitting:
        filling.set(place.address, fitting[0])
