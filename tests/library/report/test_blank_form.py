"""A questionnaire on paper: the same questions and codes as the form, in two sizes."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.language import Label
from croisee.questionnaire.asked import Sort
from croisee.questionnaire.editing import questions_of
from croisee.questionnaire.templates import template, templates
from croisee.report.blank_form import BlankForm, blank_form_pdf

CASES = (("carrefours", Label("Carrefours", "Crossroads")), ("quartiers", Label("Quartiers")))
HOSTILE = "#panic(x) *gras* _bas_ $x^2$ @ref <lab> // /* `c` [b] <script>a(1)</script> &amp; \\"


def printed(book, blank=None, language="fr"):
    """The words of the paper, whatever their lines and spaces, and its pages."""
    blank = blank or BlankForm(Label("Titre", "Title"), CASES, "eclair v1")
    pages = PdfReader(BytesIO(blank_form_pdf(book, blank, language))).pages
    text = " ".join(page.extract_text() for page in pages)
    return re.sub(r"[\s\u00a0\u202f]+", " ", text), len(pages)


def squeezed(text):
    return re.sub(r"[\s\u00a0\u202f]+", "", text)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_every_question_is_printed_with_its_codes(one, language):
    text = squeezed(printed(one.workbook, language=language)[0])
    for asked in questions_of(one.workbook):
        assert squeezed(asked.label.to(language)) in text, asked.key
        if asked.sort in {Sort.SECTION, Sort.NOTE}:
            continue
        assert asked.answer in text
        for choice in asked.choices:
            assert squeezed(choice.label.to(language) + choice.code) in text


def test_large_print_takes_more_pages_and_says_the_same():
    book = template("eclair").workbook
    usual, pages = printed(book)
    large, more = printed(book, BlankForm(Label("Titre"), CASES, "eclair v1", large=True))
    bare = re.compile(r"eclair v1 \d / \d ?")
    assert more > pages
    assert squeezed(bare.sub("", large)) == squeezed(bare.sub("", usual))


def test_the_sheet_says_what_only_some_answer():
    text, _ = printed(template("portrait").workbook)
    assert "Seulement si vous avez répondu « Oui » à la question 1." in text
    assert "Seulement si vous avez répondu « Par un service en ligne » à la question 11." in text
    in_english, _ = printed(template("eclair").workbook, language="en")
    assert "Only if you answered “Yes” to question 1." in in_english


def form(*rows):
    return Workbook((worksheet_of("survey", list(rows)),))


def test_a_condition_that_words_cannot_say_is_left_to_who_answers():
    book = form(
        {"type": "integer", "name": "a", "label": "Combien ?"},
        {"type": "text", "name": "b", "label": "Pour ${a} ?", "relevant": "${a} > 3"},
    )
    text, _ = printed(book)
    assert "Passez ceci si vos réponses ne vous y mènent pas." in text
    assert "Pour…?" in squeezed(text)


def test_one_network_is_not_asked_for():
    book = template("eclair").workbook
    assert "Votre réseau Carrefours carrefours Quartiers quartiers" in printed(book)[0]
    assert "Votre réseau" not in printed(book, BlankForm(Label("Titre"), CASES[:1]))[0]


def test_a_text_is_printed_literally_and_the_same_form_gives_the_same_bytes():
    book = form(
        {"type": "note", "name": "n", "label": HOSTILE},
        {"type": "text", "name": "b", "label": HOSTILE, "hint": HOSTILE},
        {"type": "begin_repeat", "name": "r", "label": HOSTILE},
        {"type": "geopoint", "name": "p", "label": HOSTILE},
        {"type": "date", "name": "d", "label": HOSTILE},
        {"type": "end_repeat"},
    )
    blank = BlankForm(Label(HOSTILE), back=Label(HOSTILE), footer=HOSTILE)
    text, _ = printed(book, blank)
    assert squeezed(text).count(squeezed("#panic(x) *gras*")) == 9
    assert blank_form_pdf(book, blank, "fr") == blank_form_pdf(book, blank, "fr")


def filled(pdf):
    """Return, page by page, the part of the page that something is written on."""
    found = []
    for page in PdfReader(BytesIO(pdf)).pages:
        heights = []
        page.extract_text(
            visitor_text=lambda text, matrix, place, _font, _size, heights=heights: (
                heights.append(place[5] * matrix[3] + matrix[5]) if text.strip() else None
            )
        )
        page_height, footer = 792, 60
        lowest = min(height for height in heights if height > footer)
        found.append((page_height - lowest) / (page_height - footer))
    return found


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_no_page_is_left_half_empty_but_the_last(one, large):
    """A question is never cut in two; what is written in stays of the size of a hand."""
    for language in ("fr", "en"):
        blank = BlankForm(one.name, CASES, "v1", large=large)
        assert min(filled(blank_form_pdf(one.workbook, blank, language))[:-1]) > 0.64


def test_a_condition_on_a_section_stays_with_what_it_opens():
    book = template("portrait").workbook
    pages = PdfReader(BytesIO(blank_form_pdf(book, BlankForm(Label("T"), CASES, large=True), "fr")))
    said = squeezed("Seulement si vous avez répondu « Oui » à la question 1.")
    assert squeezed(pages.pages[0].extract_text()).count(said) == 0
    assert squeezed(pages.pages[1].extract_text()).startswith(said)
