"""Two versions of a questionnaire: what may be compared, and why not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.language import Label
from croisee.questionnaire.asked import IDENTITY, Choice, Sort
from croisee.questionnaire.conditions import Condition
from croisee.questionnaire.crosswalk import Verdict, compare, likeness
from croisee.questionnaire.editing import (
    moved,
    question_of,
    questions_of,
    with_question,
    without_question,
)
from croisee.questionnaire.holding import EditRefused
from croisee.questionnaire.templates import template, templates

YES, CARE, NO = Verdict
ECLAIR, INDIVIDUAL, PORTRAIT = (
    template(code).workbook for code in ("eclair", "individuel", "portrait")
)


def changed(book, key, **changes):
    asked = replace(question_of(book, key), **changes)
    return with_question(book, asked, chance=np.random.default_rng(1))


def verdict(book, key, **changes):
    """The verdict on one question changed so, and its reasons; all others stay comparable."""
    after = changed(book, key, **changes)
    found = {match.new.key: match for match in compare(book, after)}
    assert {one.verdict for other, one in found.items() if other != key} == {YES}
    return found[key].verdict, found[key].why.to("fr")


def without_identities(book):
    survey = book.sheet("survey")
    records = [{k: v for k, v in row.items() if k != IDENTITY} for row in survey.records()]
    return book.with_sheet(worksheet_of("survey", records))


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_a_questionnaire_is_comparable_with_itself(one):
    for book in (one.workbook, without_identities(one.workbook)):
        matches = compare(book, book)
        assert {(match.verdict, match.why.to("fr")) for match in matches} == {(YES, "")}
        assert all(match.old == match.new for match in matches)


def test_a_wording_that_changes_calls_for_care_and_another_question_is_no_comparison():
    label = question_of(ECLAIR, "connexion").label
    assert verdict(ECLAIR, "connexion", label=Label("COMMENT est votre connexion Internet, au "
                   "travail", label.en)) == (YES, "")  # fmt: skip
    shorter = Label("Comment est votre connexion au travail ?")
    assert verdict(ECLAIR, "connexion", label=shorter) == (
        CARE, "La question est dite autrement : 92 % de mots communs.",
    )  # fmt: skip
    assert verdict(ECLAIR, "connexion", label=Label("Avez-vous peur des orages ?")) == (
        NO, "La question est dite autrement : 0 % de mots communs.",
    )  # fmt: skip
    assert verdict(ECLAIR, "priorites", hint=Label("Deux choix au plus.")) == (
        CARE, "La consigne a changé.",
    )  # fmt: skip


def test_choices_added_taken_away_or_reworded():
    choices = question_of(ECLAIR, "priorites").choices
    money = Choice("", Label("De temps", "Time"))
    assert verdict(ECLAIR, "priorites", choices=(*choices, money)) == (
        CARE, "Un choix est ajouté : « De temps ».",
    )  # fmt: skip
    assert verdict(ECLAIR, "priorites", choices=choices[2:]) == (
        CARE, "2 choix sont retirés : « De matériel », « D’une meilleure connexion ».",
    )  # fmt: skip
    assert verdict(ECLAIR, "priorites", choices=choices[::-1]) == (
        CARE, "Les choix sont dans un autre ordre.",
    )  # fmt: skip
    reworded = replace(choices[0], label=Label("D’ordinateurs"))
    assert verdict(ECLAIR, "priorites", choices=(reworded, *choices[1:])) == (
        CARE, "« De matériel » est devenu « D’ordinateurs ».",
    )  # fmt: skip


def test_a_scale_is_one_measure():
    choices = question_of(INDIVIDUAL, "fatigue").choices
    never, sometimes, often, unsaid = choices
    always = Choice("", Label("Toujours", "Always"))
    for scale, expected in {
        (never, sometimes, often, always, unsaid): (NO, "Un choix est ajouté : « Toujours »."),
        (never, often, unsaid): (NO, "Un choix est retiré : « Parfois »."),
        (often, sometimes, never, unsaid): (CARE, "L’échelle est à l’envers."),
        (sometimes, never, often, unsaid): (
            NO, "Les degrés de l’échelle sont dans un autre ordre.",
        ),
        (unsaid, never, sometimes, often): (YES, ""),
    }.items():  # fmt: skip
        assert verdict(INDIVIDUAL, "fatigue", choices=scale) == expected


def test_ranks_and_budgets_are_read_together():
    ranked = question_of(INDIVIDUAL, "formation").choices
    assert verdict(INDIVIDUAL, "formation", choices=ranked[1:])[0] is NO
    assert verdict(INDIVIDUAL, "formation", choices=ranked[::-1])[0] is CARE
    shared = question_of(PORTRAIT, "payeurs").choices
    assert verdict(PORTRAIT, "payeurs", choices=shared[1:])[0] is NO
    assert verdict(PORTRAIT, "payeurs", total=50)[0] is NO


def test_how_and_by_whom_it_is_answered():
    text = question_of(ECLAIR, "commentaire")
    assert verdict(ECLAIR, "commentaire", sort=Sort.INTEGER, columns=text.columns)[0] is NO
    assert verdict(ECLAIR, "connexion", sort=Sort.SINGLE)[0] is CARE
    assert verdict(ECLAIR, "connexion", required=True)[0] is CARE
    assert verdict(ECLAIR, "aide", condition=Condition("connexion", ("bonne",)))[0] is CARE
    hours = question_of(INDIVIDUAL, "ecran")
    minutes = tuple((name, "minutes" if name == "unite" else cell) for name, cell in hours.columns)
    assert verdict(INDIVIDUAL, "ecran", columns=minutes) == (NO, "L’unité a changé.")
    unsaid = tuple(
        one for one in question_of(ECLAIR, "connexion").columns if one[0] != "sans_reponse"
    )
    assert verdict(ECLAIR, "connexion", columns=unsaid)[0] is NO
    assert verdict(ECLAIR, "connexion", columns=(*unsaid, ("sans_reponse", "nsp|99")))[0] is CARE


def test_what_comes_and_goes_is_said():
    after = without_question(ECLAIR, "distance")
    after = with_question(after, replace(question_of(ECLAIR, "aide"), key="", name="", identity="",
                          label=Label("Qui vous prête du matériel ?")),
                          chance=np.random.default_rng(3))  # fmt: skip
    said = [
        (one.old and one.old.key, one.new and one.new.key, one.why.to("fr"))
        for one in compare(ECLAIR, after)
        if one.verdict is NO
    ]
    assert said == [
        (None, "q1", "La question est nouvelle."),
        ("distance", None, "La question n’est plus posée."),
    ]  # fmt: skip


def form(*rows):
    return Workbook(
        (worksheet_of("survey", [dict(zip(COLUMNS, row, strict=True)) for row in rows]),)
    )


COLUMNS = ("type", "name", "label", IDENTITY)


def matched(old, new):
    return [
        (one.old and one.old.key, one.new and one.new.key, one.verdict) for one in compare(old, new)
    ]


def test_identity_wins_over_name_and_name_over_words():
    old = form(("text", "a", "Votre fonction", "k1"), ("text", "b", "Votre région", ""))
    new = form(("text", "a", "Votre région", ""), ("text", "c", "Votre métier", "k1"))
    assert matched(old, new) == [("b", "a", CARE), ("a", "c", CARE)]


def test_a_name_given_to_another_question_matches_nothing():
    old = form(("text", "a", "Quel âge avez-vous ?", ""))
    assert matched(old, form(("text", "a", "Où travaillez-vous maintenant ?", ""))) == [
        (None, "a", NO), ("a", None, NO),
    ]  # fmt: skip
    assert matched(
        form(("text", "a", "Votre fonction", "k1")), form(("text", "a", "Votre fonction", "k2"))
    ) == [(None, "a", NO), ("a", None, NO)]


def test_questions_are_matched_by_words_once_and_with_care():
    old = form(("text", "a", "Avez-vous une aide payée ?", ""), ("integer", "n", "Combien ?", ""))
    new = form(
        ("text", "x", "Avez-vous une aide payée ?", ""),
        ("text", "y", "Avez-vous une aide payée ?", ""),
        ("text", "z", "Combien ?", ""),
    )
    assert matched(old, new) == [
        ("a", "x", CARE),
        (None, "y", NO),
        (None, "z", NO),
        ("n", None, NO),
    ]


WORDS = st.lists(st.sampled_from(["aide", "Aide", "payée", "une", "équipe", "l’été"]), max_size=8)


@given(WORDS, WORDS)
def test_likeness_is_a_share(first, second):
    one, other = Label(" ".join(first)), Label(" ".join(second))
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


KEYS = [one.key for one in questions_of(PORTRAIT) if one.sections and one.sort is not Sort.SECTION]


def edited(book, act):
    what, place, amount = act
    key = KEYS[place % len(KEYS)]
    asked = question_of(book, key)
    if what == "move":
        return moved(book, key, down=amount % 2 == 0)
    if what == "remove":
        return without_question(book, key)
    if what == "reword":
        words = asked.label.fr.split()
        return changed(book, key, label=Label(" ".join(words[: 1 + amount]), asked.label.en))
    return changed(book, key, choices=asked.choices[: 1 + amount]) if asked.choices else book


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["move", "remove", "reword", "choices"]),
            st.integers(0, 40),
            st.integers(0, 9),
        ),
        max_size=5,
    )
)
def test_verdicts_are_the_same_both_ways_and_identity_always_finds_its_own(acts):
    book = PORTRAIT
    for act in acts:
        try:
            book = edited(book, act)
        except EditRefused:
            continue
    there, back = compare(PORTRAIT, book), compare(book, PORTRAIT)
    assert {(one.old and one.old.key, one.new and one.new.key, one.verdict) for one in there} == {
        (one.new and one.new.key, one.old and one.old.key, one.verdict) for one in back
    }
    for one in there:
        assert one.new is None or one.old is None or one.new.identity == one.old.identity
        assert (one.verdict is YES) == (one.reasons == ())
    assert len(there) == len([one for one in questions_of(PORTRAIT) if one.key in {*KEYS}])
