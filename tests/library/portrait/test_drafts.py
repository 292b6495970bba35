"""Drafts: what is proposed follows from released values, says its figures, decides nothing."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from portrait_study import CODES, SIZES, answers, instrument, released

from croisee.disclosure.released import _GATE, Percent, Release, Word
from croisee.disclosure.values import Chiffre, Form, Mask, exact, halves, two_sided
from croisee.language import LANGUAGES, phrase
from croisee.portrait import Rule, clauses, digital_plan, draft, training_plan
from croisee.portrait.drafting import HALF, QUARTER, least_share
from croisee.portrait.plan import RULES as OF_ACCESS
from croisee.portrait.plan import SECTIONS
from croisee.portrait.telework import RULES as OF_TELEWORK
from croisee.portrait.training import RULES as OF_TRAINING
from croisee.report import compose_report
from croisee.report.tree import ListBlock
from croisee.survey import in_classes


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ebauches")
    return released(folder, {code: answers(code, 40 + i) for i, code in enumerate(CODES)})


@pytest.mark.parametrize(
    ("value", "share"),
    [
        (exact(12, 24), Fraction(1, 2)),
        (two_sided(2, 24, 5), Fraction(0)),
        (two_sided(23, 24, 5), Fraction(20, 24)),
        (halves(13, 24), Fraction(1, 2)),
        (halves(3, 24), Fraction(0)),
        (Percent(31, exact(9, 29)), Fraction(31, 100)),
        (Word("moitie-plus", Mask.CONFIDENTIAL), HALF),
        (Word("moitie-moins", Mask.CONFIDENTIAL), Fraction(0)),
        (None, Fraction(0)),
    ],
)
def test_least_share_is_what_a_value_surely_reaches(value, share):
    assert least_share(value) == share


@pytest.mark.parametrize(
    ("rules", "code"),
    [(OF_ACCESS, "portrait"), (OF_TELEWORK, "teletravail"), (OF_TRAINING, "formation")],
)
def test_every_rule_speaks_of_a_question_of_its_template(rules, code):
    asked = {question.code: question for question in instrument(code).questions}
    for rule in rules:
        question = asked[rule.question]
        levels = {option.code for option in in_classes(question).options}
        assert set(rule.levels) < levels


def test_every_question_of_the_portrait_has_its_section():
    placed = {code for _, _, questions in SECTIONS for code in questions}
    named = {question.code for question in instrument("portrait").questions}
    tools = {
        "visio-organise",
        "visio-paye",
        "echanges",
        "bureautique",
        "comptes",
        "membres",
        "public",
    }

    assert named - placed - tools == {"besoins", "commentaire"}


def all_of(release):
    return [
        *digital_plan(release, "portrait.2026"),
        *clauses(release, "teletravail.2026"),
        *training_plan(release, "formation.2026", instrument("formation")),
    ]


def test_each_statement_leans_on_released_figures(release):
    codes = {table.code: table for table in release.tables}
    statements = all_of(release)

    assert len(statements) > 15
    for statement in statements:
        for evidence in statement.evidence:
            table = codes[evidence.code]
            printed = {c.value for line in table.cells for c in line if c is not None}
            for said in evidence.said:
                left = {v.n - v.hi for v in printed if isinstance(v, Chiffre)}
                exact_sum = said.value.form is Form.EXACT
                assert said.value in printed or exact_sum or said.value.lo in left
                assert said.network is None or said.network.key.split("+")[0] in SIZES


RULE = Rule("copies", ("jamais", "annee"), QUARTER, phrase("Copies rares"), phrase("En faire."))


def with_copies(release, counts):
    """The same release, where the backup question says these counts, in one network's column."""
    table = release.table("portrait.2026.copies")
    cells = tuple(
        tuple(None if cell is None else replace(cell, value=value) for cell in line)
        for line, value in zip(table.cells, counts, strict=True)
    )
    parts = {name: getattr(release, name) for name in Release.__slots__}
    tables = tuple(replace(table, cells=cells) if t is table else t for t in release.tables)
    return Release(_gate=_GATE, **(parts | {"tables": tables}))


@pytest.mark.parametrize(("x", "speaks"), [(5, False), (11, False), (12, True), (40, True)])
def test_rule_speaks_from_its_share_on(release, x, speaks):
    rows = release.table("portrait.2026.copies").rows
    first = {"jamais", "annee"}
    low = [set(head.key.split("+")) <= first for head in rows]
    assert any(low)
    each = x // sum(low)
    values = [exact(each if one else 46 - each, 46) for one in low]

    found = draft(with_copies(release, values), "portrait.2026", [RULE])

    assert bool(found) == (each * sum(low) * 4 >= 46) == speaks


def test_report_marks_every_proposal_to_discuss_with_its_code(release):
    for language in LANGUAGES:
        document = compose_report(release, language, figures=Silent())
        drafts = [s for part in document.sections for s in part.sections if "ebauche" in s.anchor]
        assert len(drafts) == 3
        for section in drafts:
            (items,) = [b.items for b in section.blocks if isinstance(b, ListBlock)]
            strong = {item.strong for item in items}
            assert strong == {{"fr": "À discuter", "en": "To discuss"}[language]}
            assert all(re.search(r"\(F-\d+\)", item.text) for item in items)
            assert all(set(re.findall(r"F-\d+", item.text)) == set(item.codes) for item in items)


class Silent(dict):
    """No figure is drawn: this test reads the words."""

    def __missing__(self, key):
        return key


def test_report_of_a_study_without_portraits_has_no_such_chapter(release):
    parts = {name: getattr(release, name) for name in Release.__slots__}
    bare = replace(release.study, instruments=())
    plain = Release(_gate=_GATE, **(parts | {"study": bare}))

    document = compose_report(plain, "fr", figures=Silent())

    assert [s.anchor for s in document.sections if s.anchor.startswith("portrait")] == []
