"""The report as a Word document: real styles, headers, alternatives, languages, no date of ours."""

from datetime import date
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from tests.library.report.sample_release import (
    bare,
    draft_sample,
    interviews_only,
    sample_release,
    survey_only,
)
from tests.library.report.test_pdf_report import HOSTILE, every_block

from croisee.report.compose_report import compose_report
from croisee.report.docx_report import report_docx, write_docx
from croisee.report.typst_report import data_tables, drawn_figures


def word_of(made: bytes):
    return docx.Document(BytesIO(made))


def styles_of(word) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for paragraph in word.paragraphs:
        found.setdefault(paragraph.style.name, []).append(paragraph.text)
    return found


@pytest.mark.parametrize("raw", [sample_release(), None, "texte"])
def test_docx_refuses_what_is_not_a_document(raw, tmp_path):
    with pytest.raises(TypeError):
        write_docx(raw, tmp_path / "rapport.docx")

    assert list(tmp_path.iterdir()) == []


def test_headings_are_real_and_in_order():
    document = compose_report(sample_release(), "fr")

    word = word_of(report_docx(document))
    levels = [
        int(paragraph.style.name[-1])
        for paragraph in word.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]

    assert [s.title for s in document.sections if not s.annex] == styles_of(word)["Heading 1"][:-1]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_pictures_have_their_alternative_and_their_code():
    document = compose_report(sample_release(), "fr")

    word = word_of(report_docx(document))
    named = list(word.element.body.iter(qn("wp:docPr")))

    assert {node.get("name") for node in named} == {f.code for f in drawn_figures(document)}
    assert all(node.get("descr") for node in named)


def test_tables_have_a_header_row_and_a_caption():
    document = compose_report(sample_release(), "fr")

    word = word_of(report_docx(document))

    assert len(word.tables) == len(data_tables(document))
    for table in word.tables:
        first = table.rows[0]._tr
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_language_is_named(language):
    word = word_of(report_docx(compose_report(survey_only(), language)))

    spoken = {node.get(qn("w:val")) for node in word.styles.element.iter(qn("w:lang"))}

    assert spoken == {f"{language}-CA"}
    assert word.core_properties.language == f"{language}-CA"


def test_properties_name_the_study_and_nobody_else():
    document = compose_report(sample_release(), "fr")

    core = word_of(report_docx(document)).core_properties

    assert (core.title, core.author, core.last_modified_by) == (
        document.title, document.authors, "",
    )  # fmt: skip
    assert core.created.date() == core.modified.date() == date(2026, 11, 30)


@pytest.mark.parametrize("release", [draft_sample(), interviews_only(), bare()])
def test_same_document_gives_the_same_bytes_and_no_clock(release):
    document = compose_report(release, "fr")

    made = report_docx(document)

    assert made == report_docx(document)
    assert {entry.date_time for entry in ZipFile(BytesIO(made)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }


def test_draft_is_at_the_head_of_every_page_and_the_release_at_the_foot():
    document = compose_report(draft_sample(), "fr")

    page = word_of(report_docx(document)).sections[0]

    assert page.header.paragraphs[0].text == "Épreuve\u00a0: à ne pas diffuser"
    assert page.footer.paragraphs[0].text.replace("\xa0", " ").startswith(document.footer)
    assert "PAGE" in page.footer._element.xml
    assert (
        word_of(report_docx(compose_report(sample_release(), "fr")))
        .sections[0]
        .header.paragraphs[0]
        .text
        == ""
    )


def test_hostile_text_is_written_and_control_characters_are_not():
    word = word_of(report_docx(every_block(HOSTILE + "\x00\x0b")))

    texts = [paragraph.text for paragraph in word.paragraphs]

    literal = "".join(HOSTILE.split())
    assert sum(literal in "".join(text.split()) for text in texts) >= 20
    assert word.core_properties.title == HOSTILE
