"""What a reader meets between the rooms: chapters, annexes, units, names of parts."""

from dataclasses import replace

from tests.library.report.sample_release import sample_release

from croisee.disclosure.released import Cell, Head, Kind, Rank, ReleasedBase, ReleasedTable
from croisee.disclosure.values import Chiffre, Mask, exact
from croisee.language import Label
from croisee.report.compose_report import compose_report
from croisee.report.figures.block import notes
from croisee.report.figures.sight import Sight
from croisee.report.html import render_html
from croisee.report.typst_report import drawn_figures, figures_of, table_parts
from croisee.report.words import counted, of_many
from croisee.study import Nature, Subject


def _with_findings(**changes):
    release = sample_release()
    parts = {name: getattr(release, name) for name in release.__slots__}
    parts["findings"] = tuple(replace(f, **changes) for f in release.findings)
    made = object.__new__(type(release))
    for name, value in parts.items():
        object.__setattr__(made, name, value)
    return made


def test_authors_chapter_on_participation_is_the_only_one():
    release = _with_findings(section="Qui a participé", section_en="Who took part")

    titles = {
        language: [section.title for section in compose_report(release, language).sections]
        for language in ("fr", "en")
    }

    assert titles["fr"].count("Qui a participé") == 1
    assert titles["en"].count("Who took part") == 1


def test_questions_no_finding_shows_are_numbers_on_paper():
    document = compose_report(sample_release(), "fr")
    drawn = {figure.code for figure in drawn_figures(document)}
    every = {figure.code for figure in figures_of(document)}

    told = [
        (table.caption.split(" · ")[0], figure is None)
        for part in table_parts(document)
        for table, figure in part.tables
    ]

    assert drawn < every
    assert {code for code, _ in told} == every
    assert {code for code, is_drawn in told if is_drawn} == drawn


def test_report_without_findings_draws_every_question():
    release = _with_findings(figures=())

    document = compose_report(release, "fr")

    assert drawn_figures(document) == figures_of(document)


def test_french_plurals_are_elided_and_one_is_singular():
    base = ReleasedBase("b", "q", "2020", ("carrefours",), Subject.PERSON, 1, None)
    study = sample_release().study

    said = [of_many(name, "fr") for name in ("organismes", "carrefours", "écoles", "hameaux")]

    assert said == ["d’organismes", "de carrefours", "d’écoles", "de hameaux"]
    assert of_many("organisations", "en") == "of organisations"
    assert [counted(n, base, study).to("fr") for n in (0, 1, 2)] == [
        "personne", "personne", "personnes",
    ]  # fmt: skip


def _table(kind, cells, **changes):
    rows = tuple(Head(f"r{n}", Label(f"Ligne {n}")) for n, _ in enumerate(cells))
    columns = tuple(Head(f"c{n}", Label(f"Colonne {n}")) for n, _ in enumerate(cells[0]))
    return replace(
        ReleasedTable("F-01", "k", kind, Label("T"), rows, columns, cells, (), Nature.ORDINARY),
        **changes,
    )


def test_crossing_is_read_along_its_lines_when_they_are_exact():
    full = (Cell(exact(8, 94)), Cell(exact(20, 94)))
    masked = (Cell(Chiffre(0, 4, 94, exact(1, 1).form.__class__("moins_de"))), Cell(exact(20, 94)))
    sight = Sight(_table(Kind.CROSS, (full, masked)), sample_release().study, "fr")

    bases = [[sight.value(row, column).n for column in (0, 1)] for row in (0, 1)]

    assert bases == [[28, 28], [None, None]]


def test_note_names_the_parts_shown_together_and_the_columns_in_order():
    study = sample_release().study
    case = next(case for case in study.cases if case.components)
    base = ReleasedBase("b", "q", "2020", (case.code,), Subject.PERSON, 20, None)
    table = _table(
        Kind.BUDGET,
        ((Cell(Rank(1)), Cell(exact(9, 20))),),
        bases=(base,),
        masks=(Mask.POOLED_CASES, Mask.ORDER_ONLY),
    )

    said = notes(table, sample_release(), "fr")

    parts = " et ".join(part.name.fr for part in case.components)
    assert said == (
        f"{parts} : un seul résultat, car chaque partie compte trop peu de réponses.",
        "Colonne 0 : l’ordre est montré, pas les points de chaque personne.",
    )


def test_annex_waits_folded_on_a_screen():
    page = render_html(compose_report(sample_release(), "fr"))
    told = render_html(compose_report(_with_findings(figures=()), "fr"))

    assert page.count('<details class="annexe"><summary><h3') == sum(
        len(section.sections)
        for section in compose_report(sample_release(), "fr").sections
        if section.annex
    )
    assert told.count('<details class="annexe">') == 0
