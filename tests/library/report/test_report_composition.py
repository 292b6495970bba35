"""The report's parts: no hole, no repeat, nothing of a circle in public, drafts that say so."""

from dataclasses import replace

import pytest
from tests.library.report.sample_release import (
    FINDINGS,
    bare,
    draft_sample,
    interviews_only,
    release_of,
    sample_release,
    survey_only,
)
from tests.library.report.sample_tables import TABLES

from croisee.report.compose_circle import compose_circle
from croisee.report.compose_method import compose_method
from croisee.report.compose_provenance import compose_provenance
from croisee.report.compose_report import compose_report
from croisee.report.figures import figure_blocks
from croisee.report.tree import Document, FigureBlock, FindingBlock, KeyNumbers, QuoteBlock, Section


def _parts(document: Document) -> list[Section]:
    return [part for section in document.sections for part in (section, *section.sections)]


def _titles(document: Document) -> list[str]:
    return [section.title for section in document.sections]


def _figures(document: Document) -> list[str]:
    found: list[str] = []
    for part in _parts(document):
        for block in part.blocks:
            if isinstance(block, FigureBlock):
                found.append(block.code)
            if isinstance(block, FindingBlock):
                found.extend(figure.code for figure in block.figures)
    return found


def _quotes(document: Document) -> list[str]:
    found: list[str] = []
    for part in _parts(document):
        for block in part.blocks:
            if isinstance(block, QuoteBlock):
                found.append(block.code)
            if isinstance(block, FindingBlock):
                found.extend(quote.code for quote in block.quotes)
    return found


def test_whole_report_has_every_chapter():
    assert _titles(compose_report(sample_release(), "fr")) == [
        "En bref",
        "L’étude",
        "Qui a participé",
        "Accès et soutien",
        "Télétravail",
        "Propositions",
        "Ce que disent les réseaux",
        "Lecture croisée",
        "Toutes les questions",
        "Méthode et limites",
        "Références",
    ]


def test_study_with_only_a_survey_has_no_hole():
    document = compose_report(survey_only(), "fr")

    assert _titles(document) == [
        "En bref",
        "L’étude",
        "Qui a participé",
        "Toutes les questions",
        "Méthode et limites",
    ]
    assert all(part.blocks or part.sections for part in _parts(document))


def test_study_with_only_interviews_has_no_hole():
    assert _titles(compose_report(interviews_only(), "fr")) == [
        "L’étude",
        "Ce que disent les personnes",
        "Lecture croisée",
        "Méthode et limites",
    ]


def test_release_of_nothing_still_says_its_method():
    assert _titles(compose_report(bare(), "fr")) == ["L’étude", "Méthode et limites"]


def test_every_public_figure_and_quote_is_printed_once():
    release = sample_release()
    public = [table.code for table in release.tables if table.audience == "public"]
    spoken = [quote.code for quote in release.quotes if quote.audience == "public"]

    document = compose_report(release, "fr")

    assert sorted(_figures(document)) == sorted(public)
    assert sorted(_quotes(document)) == sorted(spoken)


def test_circle_reads_its_own_and_the_public_does_not():
    release = sample_release()
    figures = figure_blocks(release, "fr")

    own = compose_circle(release, "carrefours", "fr", figures)

    assert own is not None
    assert (_figures(own), _quotes(own)) == (["F-24"], ["V-47"])
    assert compose_circle(release, "quartiers", "fr", figures) is None


def test_disputed_finding_is_marked_and_keeps_its_minority_note():
    blocks = [
        block
        for part in _parts(compose_report(sample_release(), "fr"))
        for block in part.blocks
        if isinstance(block, FindingBlock) and block.disputed
    ]

    assert [(b.code, b.status, b.minority, b.also) for b in blocks] == [
        (
            "C-02",
            "Constat disputé",
            "Des personnes trouvent que le matériel doit passer avant le soutien.",
            ("F-17",),
        )
    ]


def test_finding_text_has_its_numbers_in_place():
    finding = next(
        block
        for part in _parts(compose_report(sample_release(), "fr"))
        for block in part.blocks
        if isinstance(block, FindingBlock)
    )

    assert finding.paragraphs == (
        (
            "Parmi les carrefours, 31 sur 46 (67 %) n’ont aucune aide régulière. "
            "Le matériel est là, l’aide manque."
        ),
        "Dans la Coalition des quartiers, c’est le cas d’au moins 20 sur 24.",
    )


def test_quote_without_case_or_method_shows_neither():
    release = sample_release()
    blocks = [
        block
        for part in _parts(compose_report(release, "fr"))
        for finding in part.blocks
        if isinstance(finding, FindingBlock)
        for block in finding.quotes
    ]
    said = {block.code: block.attribution for block in blocks}

    assert said["V-44"] == "Carrefours · Groupes de discussion · extrait V-44"
    assert said["V-45"] == "Tables famille · extrait V-45"
    assert said["V-46"] == "Dans un des réseaux · extrait V-46"


def test_key_numbers_name_the_table_they_come_from():
    brief = compose_report(sample_release(), "fr").sections[0]
    numbers = [block for block in brief.blocks if isinstance(block, KeyNumbers)]

    assert [(n.value, n.code) for n in numbers[0].items] == [
        ("46 sur 64", "F-04"),
        ("24 sur 30", "F-04"),
        ("13 sur 28", "F-04"),
    ]


@pytest.mark.parametrize("compose", [compose_report, compose_method, compose_provenance])
def test_draft_says_so_and_sealed_does_not(compose):
    draft, sealed = compose(draft_sample(), "fr"), compose(sample_release(), "fr")

    assert (draft.draft, sealed.draft) == ("Épreuve : à ne pas diffuser", "")


@pytest.mark.parametrize("compose", [compose_report, compose_method, compose_provenance])
@pytest.mark.parametrize("raw", [TABLES[0], TABLES, None, {"tables": TABLES}])
def test_composition_refuses_what_is_not_a_release(compose, raw):
    with pytest.raises(TypeError):
        compose(raw, "fr")


def test_method_page_corrects_process_figures():
    method = compose_method(sample_release(), "fr")
    corrections = next(part for part in _parts(method) if part.anchor == "corrections")

    assert [getattr(block, "text", "") for block in corrections.blocks] == [
        "Des chiffres de participation imprimés ailleurs ne sont pas ceux du calcul.",
        "La source imprimait 75 % ; 46 sur 64 font 72 % (p. 12 du rapport précédent).",
    ]


def test_every_code_has_an_entry_in_provenance():
    release = sample_release().seen_by("public")
    anchors = [part.anchor for part in _parts(compose_provenance(release, "fr"))]

    codes = [item.code for item in (*release.tables, *release.quotes)]
    assert [anchor for anchor in anchors if anchor[1] == "-"] == codes


def test_finding_in_one_section_only_makes_one_chapter():
    findings = tuple(replace(finding, section="") for finding in FINDINGS)

    titles = _titles(compose_report(release_of(TABLES, findings=findings), "fr"))

    assert titles.count("Constats") == 1
