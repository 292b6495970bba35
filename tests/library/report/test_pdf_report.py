"""The report on paper: tagged, numbered, the same bytes each time, texts printed literally."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import typst
from pypdf import PdfReader
from tests.library.report.sample_release import bare, draft_sample, interviews_only, sample_release

from croisee.report.compose_report import compose_report
from croisee.report.tree import (
    Callout,
    DataTable,
    Document,
    FigureBlock,
    FindingBlock,
    KeyNumber,
    KeyNumbers,
    ListBlock,
    ListItem,
    Paragraph,
    QuoteBlock,
    ReferenceItem,
    References,
    Section,
)
from croisee.report.typst_engine import on_paper, pictures
from croisee.report.typst_report import data_tables, drawn_figures, report_pdf, write_pdf

HOSTILE = "#panic(x) *gras* _bas_ $x^2$ @ref <lab> // /* `c` [b] <script>a(1)</script> &amp; \\"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 40" width="620" height="40" '
    'font-family="system-ui"><rect width="300" height="20" fill="#0b4f7d"/>'
    '<text transform="translate(310,16)" font-size="14px" fill="#1b1d21">31</text></svg>'
)


def figure(code: str, said: str = "Titre", alt: str = "Texte de remplacement") -> FigureBlock:
    table = DataTable(said, ("Réponse", "Nombre"), ((said, "31"), ("Non", "15")), ("A", "B"))
    return FigureBlock(code, f"2026a-{code}", said, said, SVG, alt, table, said, (said,))


def every_block(said: str) -> Document:
    """A document with one of each block, each saying the same text."""
    finding = FindingBlock(
        "C-01", said, said, True, said, (said,), (figure("F-2", said),),
        (QuoteBlock(said, said, "V-2"),), said, (said,), ("F-10",),
    )  # fmt: skip
    blocks = (
        Paragraph(said, lead=True),
        Paragraph(said),
        ListBlock((ListItem(said, said, "F-2"), ListItem(said))),
        ListBlock((ListItem(said),), ordered=True),
        Callout(said, said, "attention"),
        KeyNumbers((KeyNumber("24 sur 30", said, "F-10"), KeyNumber(said[:9], said, "F-404"))),
        figure("F-10", said, said),
        DataTable(said, (said,), ((said,),)),
        QuoteBlock(said, said, "V-1"),
        finding,
        References((ReferenceItem(said, "https://exemple.ca", "a"),
                    ReferenceItem(said, "javascript:alert(1)", "b"))),
    )  # fmt: skip
    inner = Section(3, said, "b", (Paragraph(said),))
    return Document(
        said, said, "fr", (Section(2, said, "a", blocks, (inner,)),), said, "", "2026a",
        date(2026, 11, 30), said, said,
    )  # fmt: skip


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in read(pdf).pages).split())


def structure(node: object, found: list[dict[str, object]]) -> list[dict[str, object]]:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            structure(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(node)
        if "/K" in node and not isinstance(node["/K"], int):
            structure(node["/K"], found)
    return found


@pytest.mark.parametrize("raw", [sample_release(), None, data_tables(every_block("x"))])
def test_pdf_refuses_what_is_not_a_document(raw, tmp_path):
    with pytest.raises(TypeError):
        write_pdf(raw, tmp_path / "rapport.pdf")

    assert list(tmp_path.iterdir()) == []


def test_pdf_is_tagged_titled_and_dated_on_the_arrest_date():
    document = compose_report(sample_release(), "fr")

    pdf = read(report_pdf(document))
    root = pdf.trailer["/Root"]
    found = structure(root["/StructTreeRoot"]["/K"], [])
    kinds = {str(element["/S"]) for element in found}
    alternatives = [
        element for element in found if element["/S"] == "/Figure" and "/Alt" in element
    ]

    assert str(root["/Lang"]) == "fr-CA"
    assert pdf.metadata.title == document.title
    assert pdf.metadata.creation_date.date() == date(2026, 11, 30)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Caption", "/TOC", "/LI"} <= kinds
    assert len(alternatives) == len(drawn_figures(document))


@pytest.mark.parametrize("release", [draft_sample(), interviews_only(), bare()])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_any_study_gives_the_same_bytes_twice(release, language):
    document = compose_report(release, language)

    assert report_pdf(document) == report_pdf(document)


def test_pages_are_numbered_and_name_the_release():
    document = compose_report(sample_release(), "fr")

    pages = read(report_pdf(document)).pages

    foot = "".join(document.footer.split())
    for number, page in enumerate(pages, 1):
        text = "".join(page.extract_text().split())
        assert foot in text
        assert number == 1 or f"{foot}{number}" in text


def test_draft_is_marked_on_every_page_and_sealed_on_none():
    draft = read(report_pdf(compose_report(draft_sample(), "fr"))).pages
    sealed = read(report_pdf(compose_report(sample_release(), "fr"))).pages

    assert all("preuve : à ne pas diffuser" in page.extract_text().replace("\xa0", " ")
               for page in draft)  # fmt: skip
    assert not any("ne pas diffuser" in page.extract_text() for page in sealed)


def test_hostile_text_is_printed_and_never_run():
    printed = words_of(report_pdf(every_block(HOSTILE)))

    literal = "".join(HOSTILE.split())
    assert printed.count(literal) >= 25
    assert "javascript" not in repr(
        [page.get("/Annots", []) for page in read(report_pdf(every_block(HOSTILE))).pages]
    )


def test_drawing_without_words_is_refused():
    silent = replace(every_block("x"), sections=(Section(2, "x", "x", (figure("F-1", alt=""),)),))

    with pytest.raises((typst.TypstError, ValueError)):
        report_pdf(silent)


def test_data_tables_follow_the_order_of_codes():
    captions = [table.caption for table in data_tables(every_block("Oui"))]

    assert captions == ["F-2 · Oui", "F-10 · Oui"]


def test_drawings_are_set_in_the_font_of_paper():
    bold = SVG.replace("<text ", '<text font-weight="bold" ')

    assert "font-family=\"'Source Sans 3'\"" in on_paper(SVG)
    assert on_paper(SVG).count("'wght' 400") == 1
    assert on_paper(bold).count("'wght' 400") == 0


def test_pictures_are_two_pixels_a_unit_in_the_order_given():
    wide, tall = pictures((SVG, SVG.replace("40", "80")), width=620)

    def size(png):
        return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])

    assert (size(wide), size(tall)) == ((1240, 80), (1240, 160))
    assert pictures((), width=620) == ()


def test_french_spaces_are_those_of_paper():
    document = every_block("Vraiment ? Oui : 75 % de 10 000 $")

    text = "".join(page.extract_text() for page in read(report_pdf(document)).pages)

    assert "Vraiment\u202f? Oui : 75 % de 10\u202f000 $" in text.replace("\u00a0", " ")
