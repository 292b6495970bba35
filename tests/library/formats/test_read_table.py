"""Tables in every dress people give them."""

from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from croisee.formats import FormatRefused, read_table, write_csv, write_xlsx

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30
)


def _csv(tmp_path, raw: bytes | str):
    path = tmp_path / "a.csv"
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return read_table(path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_is_read_in_any_usual_dress(tmp_path, delimiter, encoding, end):
    text = end.join([f"code{delimiter}libellé", f"a{delimiter}Été", f"b{delimiter}Œuvre"]) + end

    sheet = _csv(tmp_path, text.encode(encoding))

    assert sheet.header == ("code", "libellé")
    assert list(sheet.rows) == [
        (2, {"code": "a", "libellé": "Été"}),
        (3, {"code": "b", "libellé": "Œuvre"}),
    ]


def test_csv_delimiter_is_told_by_the_first_line_outside_quotes(tmp_path):
    sheet = _csv(tmp_path, 'code;"a,b,c,d";x\n1;2;3\n')

    assert sheet.header == ("code", "a,b,c,d", "x")


def test_csv_keeps_true_line_numbers_after_quoted_line_ends_and_empty_lines(tmp_path):
    sheet = _csv(tmp_path, 'code;texte\r\na;"deux\r\nlignes"\r\n\r\n;\r\nb;x\r\n')

    assert [line for line, _ in sheet.rows] == [2, 6]
    assert next(sheet.rows)[1]["texte"] == "deux\r\nlignes"


def test_csv_is_brought_to_nfc(tmp_path):
    sheet = _csv(tmp_path, "code;libelle\nx;e\u0301te\u0301\n")

    assert next(sheet.rows)[1]["libelle"] == "été"


def test_csv_skips_the_separator_line_of_a_spreadsheet(tmp_path):
    sheet = _csv(tmp_path, "sep=,\ncode,cas\na,b\n")

    assert list(sheet.rows) == [(3, {"code": "a", "cas": "b"})]


def test_csv_row_too_long_is_remarked_and_row_too_short_is_filled(tmp_path):
    sheet = _csv(tmp_path, "a;b\n1;2;3\n1\n1;2;;\n")

    assert [(remark.line, remark.message.to("fr")) for remark in sheet.remarks] == [
        (2, "La ligne a 3 cellules, la première ligne en nomme 2.")
    ]
    assert list(sheet.rows) == [
        (2, {"a": "1", "b": "2"}),
        (3, {"a": "1", "b": ""}),
        (4, {"a": "1", "b": "2"}),
    ]


def test_csv_column_named_twice_is_remarked(tmp_path):
    sheet = _csv(tmp_path, "a;b;a;\n1;2;3;\n")

    assert sheet.header == ("a", "b")
    assert [(remark.line, remark.column) for remark in sheet.remarks] == [(1, "a")]


@pytest.mark.parametrize(
    ("raw", "line", "said"),
    [
        (b"", None, "Le fichier est vide."),
        (b"\xef\xbb\xbf\r\n  \r\n", None, "Le fichier est vide."),
        (b"a;b\n1;\x81\n", 2, "L’encodage du texte n’est ni UTF-8 ni Windows-1252."),
        (b"a;b\n1;2\nx;\x00\n", 3, "Le fichier contient des octets qui ne sont pas du texte."),
        (
            b'a;b\n1;2\n3;"ouvert\n4;5\n',
            3,
            "Un guillemet ouvert sur cette ligne n’est pas refermé comme il faut.",
        ),
    ],
)
def test_csv_that_cannot_be_read_says_where(tmp_path, raw, line, said):
    with pytest.raises(FormatRefused) as refused:
        _csv(tmp_path, raw)

    assert (refused.value.line, refused.value.message.to("fr")) == (line, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a;" * 20_000 + "\n", "Le tableau a 20001 colonnes ; la limite est de 16 384."),
        ("a;b\n" + ";" * 5_000_001, "Cette ligne est trop longue pour un tableau."),
    ],
)
def test_csv_of_absurd_width_is_refused(tmp_path, text, said):
    with pytest.raises(FormatRefused) as refused:
        _csv(tmp_path, text)

    assert refused.value.message.to("fr") == said


def test_csv_only_a_leading_protection_is_taken_off(tmp_path):
    sheet = _csv(tmp_path, "a;b\n'=x;l'une '=y\n")

    assert next(sheet.rows)[1] == {"a": "=x", "b": "l'une '=y"}


def test_folder_named_like_a_table_is_refused(tmp_path):
    (tmp_path / "a.csv").mkdir()

    with pytest.raises(FormatRefused) as refused:
        read_table(tmp_path / "a.csv")

    assert refused.value.message.to("fr") == "Ceci n’est pas un fichier."


def test_many_rows_are_read_across_batches(tmp_path):
    sheet = _csv(tmp_path, "n;m\n" + "".join(f"{i};{i % 3}\n" for i in range(25_000)))

    assert [line for line, _ in sheet.rows] == list(range(2, 25_002))
    assert sheet.columns["n"].to_pylist() == [str(i) for i in range(25_000)]


def test_xlsx_cells_read_as_a_person_would_type_them(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(1, 1, ["code", "nombre", "date", "vrai"])
        sheet.write_string(3, 1, " Été ")
        sheet.write_number(3, 2, 12)
        sheet.write_datetime(3, 3, datetime(2020, 3, 13), day)  # noqa: DTZ001
        sheet.write_boolean(3, 4, True)
        sheet.write_number(4, 2, 1.5)

    read = read_table(path)

    assert list(read.rows) == [
        (4, {"code": "Été", "nombre": "12", "date": "2020-03-13", "vrai": "oui"}),
        (5, {"code": "", "nombre": "1.5", "date": "", "vrai": ""}),
    ]


@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=8))
def test_what_is_written_reads_back_the_same(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("retour") / "a.csv"

    write_csv(path, ["cle", "texte"], [(f"k{i}", a + b) for i, (a, b) in enumerate(rows)])

    import unicodedata

    expected = [unicodedata.normalize("NFC", a + b).strip() for a, b in rows]
    assert [cells["texte"] for _, cells in read_table(path).rows] == expected


@given(TEXTS)
def test_no_written_cell_starts_a_formula(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("formule") / "a.csv"

    write_csv(path, ["t"], [["=" + text], ["@" + text], ["+" + text], ["-" + text]])

    raw = path.read_bytes().decode("utf-8-sig")
    starts = [cell.lstrip('"')[:1] for cell in raw.split("\r\n")[1:]]
    assert {"=", "@"}.isdisjoint(starts)


def test_spreadsheet_written_has_texts_numbers_and_no_formula(tmp_path):
    path, again = tmp_path / "a.xlsx", tmp_path / "b.xlsx"

    for one in (path, again):
        write_xlsx(one, ["cle", "valeur"], [["=1+1", 3], ["http://a.ca", None], ["-x", 2.5]])

    assert path.read_bytes() == again.read_bytes()
    assert list(read_table(path).rows) == [
        (2, {"cle": "=1+1", "valeur": "3"}),
        (3, {"cle": "http://a.ca", "valeur": ""}),
        (4, {"cle": "-x", "valeur": "2.5"}),
    ]
