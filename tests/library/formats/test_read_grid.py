"""A sheet read as it looks: titles, merged cells and totals are still there."""

import pytest
import xlsxwriter

from croisee.formats import FormatRefused, read_grid


def written(path, raw):
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_grid_of_a_csv_is_read_in_any_usual_dress(tmp_path, delimiter, encoding, end):
    lines = ["Liste des membres, 2024 ; Québec", "", "Nom|Ville", "Été|Laval", "Cœur|Lévis"]
    text = end.join(line.replace("|", delimiter) for line in lines) + end

    grid = read_grid(written(tmp_path / "a.csv", text.encode(encoding)))

    assert [(number, cells[:2]) for number, cells in grid[1:]] == [
        (3, ("Nom", "Ville")),
        (4, ("Été", "Laval")),
        (5, ("Cœur", "Lévis")),
    ]


def test_grid_is_of_one_width_and_keeps_line_numbers_after_quoted_line_ends(tmp_path):
    raw = b'a;b\n"x\ny";\n\nz;1;2\n'

    assert read_grid(written(tmp_path / "a.csv", raw)) == (
        (1, ("a", "b", "")),
        (2, ("x\ny", "", "")),
        (5, ("z", "1", "2")),
    )


def test_grid_of_an_xlsx_writes_merged_cells_in_each_of_them(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(2, 1, 2, 3, "Liste")
        sheet.write_row(3, 1, ["Nom", "Région", "Type"])
        sheet.write_column(4, 1, ["a", "b", "c"])
        sheet.merge_range(4, 2, 6, 2, "Nord")
        sheet.write_column(4, 3, ["x", "y", "z"])

    assert read_grid(path) == (
        (3, ("Liste", "Liste", "Liste")),
        (4, ("Nom", "Région", "Type")),
        (5, ("a", "Nord", "x")),
        (6, ("b", "Nord", "y")),
        (7, ("c", "Nord", "z")),
    )


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "vide"),
        (b"\n \n", "vide"),
        (b'a;b\n"x;1\n', "guillemet"),
        (b"a;b\n" * 20_001, "20 000 lignes"),
        (b";".join([b"x"] * 201), "200 colonnes"),
        (b"a\x00b", "pas du texte"),
    ],
)
def test_grid_that_cannot_be_read_says_why(tmp_path, raw, said):
    with pytest.raises(FormatRefused, match=said):
        read_grid(written(tmp_path / "a.csv", raw))


def test_grid_of_a_damaged_xlsx_is_refused(tmp_path):
    with pytest.raises(FormatRefused, match="abîmé"):
        read_grid(written(tmp_path / "a.xlsx", b"PK\x03\x04 not a workbook"))
