"""Figures: functions of released values, the same bytes everywhere, nothing smuggled in."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.library.report.sample_field_tables import ARGUMENTS
from tests.library.report.sample_release import release_of, sample_release
from tests.library.report.sample_shapes import grid
from tests.library.report.sample_study import STUDY
from tests.library.report.sample_survey_tables import AIDE, NEEDS
from tests.library.report.sample_tables import TABLES

from croisee.disclosure.released import Kind, ReleasedTable
from croisee.disclosure.values import Chiffre, Form, two_sided
from croisee.language import Label
from croisee.report.figures import csv_rows, figure_blocks, standalone, theme
from croisee.report.figures.canvas import Box, Canvas, Dot, Line, Words
from croisee.report.figures.drawing import DRAWINGS
from croisee.report.figures.elements import Extent, Place, bar, extent
from croisee.report.figures.painting import paint
from croisee.report.figures.sight import Sight
from croisee.report.figures.timeline import _STEP, stacked
from croisee.study import Subject
from croisee.tables import Base
from croisee.text import typed_numbers

SVG = "{http://www.w3.org/2000/svg}"


def test_every_kind_has_a_drawing():
    assert set(DRAWINGS) == set(Kind)


@pytest.mark.parametrize("raw", [Base("eclair", "2020", ("a",), Subject.PERSON, 12), {}, AIDE])
def test_figures_refuse_what_is_not_a_release(raw):
    with pytest.raises(TypeError):
        figure_blocks(raw, "fr")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_drawing_stays_on_its_page(table: ReleasedTable, width: int):
    canvas = DRAWINGS[table.kind](Sight(table, STUDY, "fr", width))

    outside = [mark for mark in canvas.marks if not _on_page(mark, canvas)]

    assert outside == []


def _on_page(mark: object, canvas: Canvas) -> bool:
    if isinstance(mark, Words):
        width = theme.text_width(mark.text, mark.size, bold=mark.bold)
        left = {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
        right = mark.x - left + width
        return mark.x - left >= -8 and right <= canvas.width + 12 and mark.y <= canvas.height
    assert isinstance(mark, Box | Line | Dot)
    right = mark.x + mark.width if isinstance(mark, Box) else mark.x
    return mark.x >= 0 and right <= canvas.width + 0.01 and mark.y <= canvas.height


def test_svg_holds_nothing_a_strict_page_refuses():
    allowed = {"svg", "path", "line", "text"}
    attributes: set[str] = set()
    elements: set[str] = set()

    for block in figure_blocks(sample_release(), "fr").values():
        for svg in (block.svg, block.narrow):
            for element in etree.fromstring(svg).iter():
                elements.add(str(element.tag).removeprefix(SVG))
                attributes |= {str(name) for name in element.attrib}

    assert elements <= allowed
    assert attributes == {
        "viewBox", "width", "height", "font-family", "d", "fill", "stroke", "stroke-width",
        "transform", "x2", "y2", "text-anchor", "font-size", "font-weight",
    }  # fmt: skip


def test_drawing_does_not_depend_on_its_neighbours():
    one, two = Canvas(100, 40), Canvas(100, 40)
    one.add(Words(0, 12, "Âge & <b>", bold=True), Box(0, 20, 50, 8), Dot(60, 20, "#fff", "#000"))
    two.add(Words(0, 12, "Autre"), Line(0, 30, 100, 30))

    assert paint([one, two, one]) == (*paint([one]), *paint([two]), *paint([one]))


def test_words_are_written_as_given():
    canvas = Canvas(100, 40)
    canvas.add(Words(0, 12, "Âge & <b> «\u00a0non\u00a0»"), Words(0, 30, "31", anchor="end"))

    texts = [element.text for element in etree.fromstring(paint([canvas])[0]).iter(f"{SVG}text")]

    assert sorted(str(text) for text in texts) == ["31", "Âge & <b> «\u00a0non\u00a0»"]


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        (two_sided(31, 46, 5), Extent(31, 31, 46)),
        (two_sided(22, 24, 5), Extent(20, 24, 24)),
        (two_sided(2, 24, 5), Extent(0, 4, 24)),
        (Chiffre(12, 24, 24, Form.HALF_OR_MORE), Extent(12, 24, 24)),
        (Chiffre(1, 9, 9, Form.VOICED), None),
        (Chiffre(0, 7, 7, Form.ABSENT), None),
    ],
)
def test_bar_is_solid_to_what_is_sure_and_hatched_to_what_is_possible(value, drawn):
    assert extent(value) == drawn


def test_fewer_than_is_a_hatched_box_with_no_solid_part():
    canvas = Canvas(200, 20)

    end = bar(canvas, Place(0, 0, 10, 5), Extent(0, 4, 24), theme.MAIN)

    solid = [m for m in canvas.marks if isinstance(m, Box) and m.fill != theme.PAPER]
    assert (end, solid) == (20, [])


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 4), st.integers(24, 28), st.integers(0, 4), st.integers(24, 28))
def test_same_released_values_give_the_same_bytes(small, large, other_small, other_large):
    def drawn(x: int, y: int) -> object:
        rows = NEEDS.rows[:2]
        values = ((two_sided(x, 28, 5),), (two_sided(y, 28, 5),))
        table = replace(NEEDS, rows=rows, cells=grid(values, "besoins", rows))
        return figure_blocks(release_of((table,)), "fr")

    assert drawn(small, large) == drawn(other_small, other_large)


def test_numbers_printed_are_functions_of_released_values():
    """P2: whatever a figure writes is in its labels or computed from its Chiffres."""
    release = sample_release()
    blocks = figure_blocks(release, "fr")
    strange: dict[str, set[str]] = {}
    for table in release.tables:
        block = blocks[table.key]
        said = " | ".join(
            [block.alt, *(cell for row in block.table.rows for cell in row)]
            + [str(t.text) for t in etree.fromstring(block.svg).iter(f"{SVG}text")]
        )
        found = _numbers(said)
        unknown = found - _known_numbers(table)
        if unknown:
            strange[table.code] = unknown

    assert strange == {}


def _known_numbers(table: ReleasedTable) -> set[str]:
    known: set[str] = {str(n) for n in range(1, 9)} if table.kind is Kind.LANDSCAPE else set()
    if table.kind is Kind.TIMELINE:
        dates = [int(line[0].value.text.fr[:4]) for line in table.cells]
        known |= {str(year) for year in range(min(dates), max(dates) + 2)}
        known |= {str(place) for place, _ in enumerate(dates, 1)}
    for line in table.cells:
        for cell in line:
            value = None if cell is None else cell.value
            known |= _of_value(value)
    labels = [h.label.fr + " " + h.group.fr for h in (*table.rows, *table.columns)]
    return known | _numbers(" | ".join((*labels, table.title.fr)))


def _numbers(text: str) -> set[str]:
    return {re.sub(r"\s", "", number.text) for number in typed_numbers(text)}


def _of_value(value: object) -> set[str]:
    found: set[str] = set()
    if isinstance(value, Chiffre):
        found |= {str(value.lo), str(value.hi), str(value.hi + 1), str(value.n)}
        if value.n and value.lo == value.hi:
            found.add(str((200 * value.lo + value.n) // (2 * value.n)))
        return found
    for name in ("number", "of", "value", "place", "points", "low", "high"):
        number = getattr(value, name, None)
        if isinstance(number, int | Decimal):
            found.add(str(number).replace(".", ","))
    text = getattr(value, "text", None)
    if isinstance(text, Label):
        found |= _numbers(text.fr.replace("-", " | "))
        found |= {str(int(part)) for part in text.fr.split("-") if part.isdigit()}
    return found


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(0, 600), max_size=12).map(sorted))
def test_marks_of_a_timeline_never_touch(places):
    levels = stacked(places)

    touching = [
        (a, b)
        for b in range(len(places))
        for a in range(b)
        if places[b] - places[a] < _STEP and levels[a] == levels[b]
    ]
    assert touching == []


@given(st.text(st.sampled_from("abc ·éW"), max_size=60), st.integers(20, 200))
def test_wrapping_loses_no_word(text, width):
    lines = theme.wrap(text, width, 14)

    assert " ".join(lines).split() == text.split()


def test_data_table_says_every_value_in_words():
    table = figure_blocks(sample_release(), "fr")["eclair.2020.aide"].table

    assert table.columns == ("Réponse", "Carrefours", "Quartiers", "Tables famille")
    assert table.rows == (
        ("Aucune aide régulière", "31 sur 46 (67 %)", "au moins 20 sur 24", "moins de 5 sur 13"),
        (
            "Une aide de temps en temps ou chaque semaine",
            "15 sur 46 (33 %)",
            "moins de 5 sur 24",
            "au moins 9 sur 13",
        ),
    )


def test_alternative_says_the_values_and_names_cases_in_full():
    alt = figure_blocks(sample_release(), "fr")["objectifs"].alt

    assert alt == (
        "Carrefours : 2 sur 2 groupes. Quartiers : 2 sur 2 groupes. "
        "Association des praticiennes et praticiens : 2 sur 2 groupes. "
        "Tables famille : 1 sur 2 groupes."
    )


def test_csv_gives_bounds_and_never_a_raw_count():
    rows = csv_rows(Sight(AIDE, STUDY, "fr"), "2026a-F-09")

    assert rows[1] == (
        "2026a-F-09", "", "Aucune aide régulière", "Quartiers", "au moins 20 sur 24",
        "20", "24", "24",
    )  # fmt: skip


def test_nothing_said_is_never_written_as_zero():
    table = figure_blocks(release_of((ARGUMENTS,)), "fr")["arguments.teletravail"].table

    assert table.rows[2][1:3] == ("—", "—")


def test_file_of_a_figure_carries_its_title_alternative_and_source():
    block = figure_blocks(sample_release(), "fr")["eclair.2020.aide"]

    root = etree.fromstring(standalone(block, "fr", "Épreuve"))

    written = " ".join(str(element.text) for element in root.iter(f"{SVG}text"))
    assert root.findtext(f"{SVG}title") == block.title
    assert root.findtext(f"{SVG}desc") == block.alt
    assert written.startswith("Épreuve ")
    assert "2026a-F-09 · Carrefours\u00a0: 46 sur 64" in written
    assert "Le total n’est pas écrit" in written


def test_figures_speak_english():
    block = figure_blocks(sample_release(), "en")["objectifs"]

    assert (block.title, block.table.columns) == (
        "What was planned, what was done",
        (block.table.columns[0], "Done"),
    )
