"""DOCX and plain texts."""

import zipfile

import docx
import pytest

from croisee.formats import FormatRefused, read_docx, read_text

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def _docx(path, body: str):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        )
    return path


def _p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_docx_paragraphs_and_tables_come_in_reading_order(tmp_path):
    document = docx.Document()
    document.add_paragraph("Avant")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "gauche"
    table.cell(0, 1).text = "droite"
    document.add_paragraph("E\u0301té\tfin\nsuite")
    document.save(str(tmp_path / "a.docx"))

    assert read_docx(tmp_path / "a.docx") == ("Avant", "gauche", "droite", "Été\tfin\nsuite")


def test_docx_deleted_and_repeated_text_is_left_out(tmp_path):
    body = (
        "<w:p><w:r><w:t>gardé</w:t></w:r>"
        "<w:del><w:r><w:delText>retiré</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>déplacé</w:t></w:r></w:moveFrom>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:r><mc:AlternateContent><mc:Choice>{_p('encadré')}</mc:Choice>"
        f"<mc:Fallback>{_p('encadré')}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert read_docx(_docx(tmp_path / "a.docx", body)) == ("encadré", "gardé")


@pytest.mark.parametrize("body", ["<w:p>", "<w:p></w:r></w:p>"])
def test_docx_with_broken_xml_is_refused(tmp_path, body):
    with pytest.raises(FormatRefused) as refused:
        read_docx(_docx(tmp_path / "a.docx", body))

    assert refused.value.message.to("fr") == (
        "Le fichier est abîmé, ou n’est pas du type que dit son nom."
    )


def test_real_docx_have_the_paragraphs_another_reader_finds(real_data):
    files = sorted((real_data / "verbatims" / "artisans_docx").glob("*.docx"))

    read = {file.name: list(read_docx(file)) for file in files}

    assert len(read) == 7
    assert read == {
        file.name: [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]
        for file in files
    }


def test_text_line_ends_are_one(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("été\r\nb\rc".encode("cp1252"))

    assert read_text(path) == "été\nb\nc"
