"""Whatever acts are done one after another, a questionnaire holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library.questionnaire.editing_samples import chance, sample

from croisee.language import Label
from croisee.questionnaire.asked import Choice, Sort
from croisee.questionnaire.compiling import compile_form
from croisee.questionnaire.conditions import Condition
from croisee.questionnaire.editing import (
    moved,
    new_workbook,
    question_of,
    questions_of,
    with_choices,
    with_question,
    without_question,
)
from croisee.questionnaire.holding import EditRefused
from croisee.questionnaire.templates import template

SORTS = [one for one in Sort if one is not Sort.OTHER]
ACTS = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(SORTS), st.integers(0, 60)),
    st.tuples(st.just("move"), st.booleans(), st.integers(0, 60)),
    st.tuples(st.just("remove"), st.none(), st.integers(0, 60)),
    st.tuples(st.just("choices"), st.integers(1, 4), st.integers(0, 60)),
    st.tuples(st.just("condition"), st.integers(0, 60), st.integers(0, 60)),
)


def acted(book, act, keys):
    name, what, place = act
    key = keys[place % len(keys)] if keys else None
    if name == "add":
        return with_question(book, sample(what), chance=chance(), after=key)
    if key is None:
        return book
    if name == "move":
        return moved(book, key, down=what)
    if name == "remove":
        return without_question(book, key)
    asked = question_of(book, key)
    if name == "choices":
        choices = (*asked.choices[what:], *(Choice("", Label(f"Choix {n}")) for n in range(what)))
        return with_choices(book, key, choices) if asked.choices else book
    return conditioned(book, asked, question_of(book, keys[what % len(keys)]))


def conditioned(book, asked, other):
    if not other.choices or other.sort in {Sort.BUDGET, Sort.POSITION, Sort.CONSENT}:
        return book
    condition = Condition(other.key, (other.choices[0].code,))
    return with_question(book, replace(asked, condition=condition), chance=chance())


@settings(max_examples=60, deadline=None)
@given(start=st.sampled_from(["eclair", ""]), acts=st.lists(ACTS, max_size=14))
def test_whatever_is_done_the_questionnaire_holds(start, acts):
    book = template(start).workbook if start else new_workbook("f", Label("F"))
    identities: dict[str, str] = {}
    removed: set[str] = set()
    for act in acts:
        keys = [one.key for one in questions_of(book)]
        try:
            book = acted(book, act, keys)
        except EditRefused:
            continue
        now = {one.key: one.identity for one in questions_of(book)}
        removed |= set(keys) - set(now)
        assert not removed & set(now)
        kept = identities.keys() & now.keys()
        assert {key: now[key] for key in kept if identities[key]} == {
            key: identities[key] for key in kept if identities[key]
        }
        identities = now
    spans = [one.row for one in questions_of(book)]
    assert all(first < second for first, second in pairwise(spans))
    if any(one.sort is not Sort.SECTION for one in questions_of(book)):
        compile_form(book)
