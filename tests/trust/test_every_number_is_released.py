"""P2: every number that leaves is said from a released value, or is a text of the study.

What a page prints is read back. From its words are taken away, longest first, what may be
said of the released values of that very figure (or of the figures a leaflet names), the texts
of the study, and the codes. No digit may remain.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from lxml import html
from tests.journeys.reading import plain

from croisee import load_release
from croisee.disclosure import (
    Amount,
    Cell,
    Chiffre,
    Fact,
    Kind,
    Percent,
    Rank,
    Release,
    ReleasedTable,
    Value,
    correction_sentence,
    sentence,
)
from croisee.disclosure.marks import MARK, marks_in, value_of
from croisee.disclosure.sentences import day, sentence_of
from croisee.disclosure.values import Mask, exact
from croisee.disclosure.wording import FORMS, CannotSay, number, say, with_unit
from croisee.language import LANGUAGES, Label, Language
from croisee.text import typeset

pytestmark = pytest.mark.xdist_group("journey")

CODE = re.compile(r"\b(?:[FVC]-\d+|20\d\d[ab](?:-[FV]-\d+)?)\b")
DIGITS = re.compile(r"\d+")
OWN_NAMES = {"AGPL 3"}
POLICY_SECTIONS = {"methode", "protection"}


def every_label(thing: object, language: Language) -> Iterator[str]:
    """Yield every text of the study, as it is printed, whatever part it stands in."""
    if isinstance(thing, Label):
        yield thing.to(language)
    elif isinstance(thing, str):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from every_label(getattr(thing, field.name), language)
    elif isinstance(thing, tuple | list):
        for one in thing:
            yield from every_label(one, language)


def all_forms(value: Value, language: Language) -> Iterator[str]:
    """Yield everything that may be said of a released value."""
    for form in FORMS:
        try:
            yield say(value, form, language)
        except CannotSay:
            continue
    if isinstance(value, Percent):
        yield from (f"{end} %" for end in (value.low, value.high) if end is not None)
        yield from (str(end) for end in (value.low, value.high) if end is not None)
    if isinstance(value, Amount):
        yield with_unit(value.value, value.unit, language)
    if isinstance(value, Rank):
        yield str(value.place)
    if isinstance(value, Chiffre) and value.n:
        yield number(value.n, language)
    if isinstance(value, Fact) and value.of:
        yield number(value.of, language)
    if isinstance(value, Fact) and value.text.fr[:4].isdigit():
        yield from iso_dates(value.text.fr, language)


def iso_dates(written: str, language: Language) -> Iterator[str]:
    """Yield what may be printed of ``2020``, ``2020-03`` or ``2020-03-13``."""
    parts = [int(part) for part in written.split("-")]
    yield str(parts[0])
    if len(parts) == 3:
        yield from (str(parts[2]), f"{parts[2]}er")


def of_table(table: ReleasedTable, release: Release, language: Language) -> Iterator[str]:
    for line in table.cells:
        for cell in line:
            if cell is not None:
                yield from all_forms(cell.value, language)
    for base in table.bases:
        yield from (number(size, language) for size in (base.n, base.frame) if size)
        yield from all_forms(exact(base.n, base.frame), language)
    for mask in table.masks:
        yield sentence_of(mask, table, release.study.policy).to(language)
    for head in (*table.rows, *table.columns):
        yield from every_label(head, language)
    yield from every_label((table.title, table.source, table.notes), language)
    yield from of_shape(table, language)
    filled = sum(any(line[place] for line in table.cells) for place in range(len(table.columns)))
    size = len(table.rows), filled
    yield "Figure de {} lignes et {} colonnes".format(*size)
    yield "Figure of {} rows and {} columns".format(*size)


def of_shape(table: ReleasedTable, language: Language) -> Iterator[str]:
    """Yield what is counted in the drawing itself: lines of a class, marks, years of an axis."""
    if table.kind is Kind.LANDSCAPE:
        groups: dict[Label, list[tuple[Cell | None, ...]]] = {}
        for head, line in zip(table.rows, table.cells, strict=True):
            groups.setdefault(head.group, []).append(line)
        for lines in groups.values():
            yield str(len(lines))
            yield from (
                str(sum(cell is not None for cell in column)) for column in zip(*lines, strict=True)
            )
    if table.kind is Kind.CROSS:
        for line in table.cells:
            values = [cell.value for cell in line if cell is not None]
            assert all(value.lo == value.hi for value in values)
            whole = sum(value.lo for value in values)
            for value in values:
                yield from all_forms(exact(value.lo, whole), language)
    if table.kind is Kind.TIMELINE:
        dates = [line[0].value.text.fr for line in table.cells if line[0] is not None]
        years = [int(date[:4]) for date in dates]
        yield from map(str, range(min(years), max(years) + 2))
        yield from (str(place) for place in range(1, len(dates) + 1))


def of_study(release: Release, language: Language) -> Iterator[str]:
    study = release.study
    yield from every_label(study, language)
    yield from every_label(release.references, language)
    yield from (quote.text for quote in release.quotes)
    on = study.diffusion.arrest_on
    if on is not None:
        yield sentence(Mask.LOCKED, on=on).to(language)
        yield day(on).to(language)
        yield str(on.year)
    for edition in study.editions:
        for end in (edition.start, edition.end):
            if end is not None:
                yield day(end).to(language)
                yield day(end).to(language).rpartition(" ")[0]
                yield str(end.year)


def of_writings(release: Release, language: Language) -> Iterator[str]:
    """Yield what findings and leaflets say: their own words, and what their marks resolve to."""
    texts = [*every_label(release.findings, language), *every_label(release.leaflets, language)]
    for text in texts:
        yield from MARK.split(text)[::2]
        for mark in marks_in(text):
            value = value_of(mark, release.tables, release.study)
            yield say(value, mark.form, language)
    for correction in release.corrections:
        yield correction_sentence(correction).to(language)
        yield correction.where.to(language)


def unexplained(text: str, known: Iterable[str], language: Language) -> list[str]:
    """Return the digits left in a text once everything known is taken away."""
    # A sentence may go on after its last word: with a parenthesis, with another source.
    said = {plain(typeset(one.removesuffix("."), language, medium="html")) for one in known}
    said = {one for one in said if DIGITS.search(one)}
    rest = CODE.sub(" ", plain(text))
    for one in sorted(said | OWN_NAMES, key=len, reverse=True):
        if one in rest:
            rest = re.sub(rf"(?<![\d,.]){re.escape(one)}(?![\d]|,\d)", " ", rest)
    return [rest[max(0, at.start() - 30) : at.end() + 20] for at in DIGITS.finditer(rest)]


def words_of(element: html.HtmlElement) -> str:
    spoken = element.xpath(".//@aria-label | .//@title | .//*[local-name()='desc']/text()")
    return " ".join([*element.itertext(), *spoken])


def page(journey, name: str) -> html.HtmlElement:
    tree = html.fromstring((journey.draft / "diffusion" / name).read_bytes())
    for style in tree.xpath("//style"):
        style.drop_tree()
    return tree


@pytest.fixture(scope="module")
def release(journey) -> Release:
    return load_release(journey.draft / "diffusion" / "release.json")


def in_figures(tree: html.HtmlElement, release: Release, language: Language) -> list[tuple]:
    """Return the digits of each figure that its own table does not explain."""
    study = list(of_study(release, language))
    left = []
    for figure in tree.xpath("//figure[starts-with(@id, 'F-')]"):
        table = release.table(figure.get("id"))
        known = [*study, *of_table(table, release, language)]
        left += [(table.code, rest) for rest in unexplained(words_of(figure), known, language)]
        figure.drop_tree()
    return left


REPORTS = [("rapport.html", "fr"), ("rapport.en.html", "en")]


@pytest.mark.parametrize(("name", "language"), REPORTS)
def test_every_number_of_the_report_is_released(journey, release, name, language):
    tree = page(journey, name)
    assert len(DIGITS.findall(words_of(tree))) > 1000

    left = in_figures(tree, release, language)
    said = release.study.policy
    policy = [str(n) for n in (said.t, said.t_sensitive, said.withdrawal_window_days)]
    process = [t for t in release.tables if t.kind is Kind.PARTICIPATION]
    known = [*of_study(release, language), *of_writings(release, language)]
    known += [say for table in process for say in of_table(table, release, language)]
    for section in tree.xpath("//section[@id='methode']"):
        left += unexplained(
            words_of(section), [*known, *policy, *masks(release, language)], language
        )
        section.drop_tree()
    left += unexplained(words_of(tree), known, language)

    assert left == []


def masks(release: Release, language: Language) -> list[str]:
    policy = release.study.policy
    return [sentence_of(m, t, policy).to(language) for t in release.tables for m in t.masks]


LEAFLETS = [
    (f"feuillets/{case}{'' if language == 'fr' else '.en'}.html", language)
    for case in ("carrefours", "quartiers", "praticien-ne-s", "tables-famille")
    for language in LANGUAGES
]


@pytest.mark.parametrize(("name", "language"), LEAFLETS)
def test_every_number_of_a_leaflet_is_that_of_a_figure_it_names(journey, release, name, language):
    text = words_of(page(journey, name))
    named = [release.table(code) for code in sorted(set(re.findall(r"\bF-\d+\b", text)))]
    assert len(named) >= 3

    known = [
        *of_study(release, language),
        *of_writings(release, language),
        *masks(release, language),
    ]
    known += [say for table in named for say in of_table(table, release, language)]

    assert unexplained(text, known, language) == []


@pytest.mark.parametrize("hidden", ["27 sur 28", "1 sur 28", "96 %", "3,6 %", "27", "25"])
def test_control_a_hidden_number_is_seen(journey, release, hidden):
    table = release.table("evaluation.2021.satisfaction")
    tree = page(journey, "rapport.html")
    figure = tree.get_element_by_id(table.code)
    known = [*of_study(release, "fr"), *of_table(table, release, "fr")]
    before = unexplained(words_of(figure), known, "fr")

    after = unexplained(f"{words_of(figure)} {hidden} ", known, "fr")

    assert (before, len(after) > 0) == ([], True)


def test_nothing_is_written_beside_the_pages_that_are_read(journey):
    """A new kind of public page must be read by this property too."""
    pages = {
        p.name for p in Path(journey.draft / "diffusion").glob("*.html") if ".en" not in p.name
    }

    assert pages == {"index.html", "rapport.html", "methode.html", "provenance.html"}
