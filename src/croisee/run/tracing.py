"""``croisee trace``: where a printed number or quote comes from."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from croisee.dataset import Dataset
from croisee.disclosure import Head, Kind, Release, ReleasedQuote, ReleasedTable, load_release
from croisee.language import Language, Phrase, phrase, phrases
from croisee.report import Explanation, cell_text, explain_quote, explain_table
from croisee.report.dates import day_of
from croisee.report.figures.sight import Sight
from croisee.run.gone import dataset_there, removed_lines, tombstone_lines
from croisee.run.listing import spans
from croisee.run.rows import Lines, lines_behind

SHOWN_LINES = 8
"""How many lines are named before « --rows » is needed."""
_BEFORE_SIGN = re.compile(r" (?=[:;!?»])|(?<=«) ")
_WIDTH = 100
"""Characters after which a line goes on under itself."""


class TraceRefused(Exception):
    """Nothing to trace: no results here, or no such code. ``message`` says what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


def trace(results: Path, code: str, language: Language, *, every_row: bool = False) -> list[str]:
    """Return the lines that explain one code: ``F-07``, ``V-12`` or ``2026a-F-07``.

    With ``equipe/`` beside ``diffusion/``, also the Dataset's digest and the lines behind each
    number; without it, what any reader may know. The team is also told what was removed since
    the seal, and that a Dataset was destroyed.

    Raises:
        TraceRefused: no results in the folder, or the code is not in them.
    """
    release, team = _release(results)
    short = _short(code, release)
    table = next((t for t in release.tables if t.code == short), None)
    quote = next((q for q in release.quotes if q.code == short), None)
    if table is None and quote is None:
        if removed := removed_lines(team, short, release, language):
            return [*removed, *_release_lines(release, None, language)]
        raise TraceRefused(
            phrase(
                "Le code {code} n’est pas dans la diffusion {release}. Codes : {codes}.",
                code=code,
                release=release.code,
                codes=", ".join(filter(None, _known(release, language))),
            )
        )
    dataset = dataset_there(team)
    try:
        told = (
            _table(table, release, dataset, language, every_row=every_row)
            if table is not None
            else _quote(quote, release, dataset, language)
            if quote is not None
            else ()
        )
        missing = [] if dataset else [one.to(language) for one in tombstone_lines(team)]
        return [*told, *_release_lines(release, dataset, language), *missing]
    finally:
        if dataset is not None:
            dataset.close()


def _known(release: Release, language: Language) -> tuple[str, ...]:
    """Return the codes of a release, figures then extracts: « F-01 à F-126 », « V-01 à V-70 »."""
    codes = (*(t.code for t in release.tables), *(q.code for q in release.quotes))
    numbers = {
        letter: sorted(int(code[2:]) for code in codes if code.startswith(letter))
        for letter in ("F-", "V-")
    }
    return tuple(spans(found, language, before=letter) for letter, found in numbers.items())


def _release(results: Path) -> tuple[Release, Path | None]:
    team = results / "equipe"
    for path in (
        team / "release.json",
        results / "diffusion" / "release.json",
        results / "release.json",
    ):
        if path.is_file():
            return load_release(path), team if team.is_dir() else None
    raise TraceRefused(
        phrase(
            "{folder} ne contient pas de résultats. Donnez le dossier écrit par croisee run.",
            folder=str(results),
        )
    )


def _short(code: str, release: Release) -> str:
    match = re.fullmatch(
        r"(?:(?P<release>[a-z0-9]+)-)?(?P<kind>[FV])-?0*(?P<number>\d+)", code, re.IGNORECASE
    )
    if match is None or (match["release"] or release.code).lower() != release.code.lower():
        return code
    return f"{match['kind'].upper()}-{int(match['number']):02d}"


def _table(
    table: ReleasedTable,
    release: Release,
    dataset: Dataset | None,
    language: Language,
    *,
    every_row: bool,
) -> Iterator[str]:
    yield f"{table.code} · {table.title.to(language)}"
    yield from _explained(explain_table(table, release, language), language)
    yield from _fact(phrase("Clé"), (table.key,), language)
    yield ""
    sight = Sight(table, release.study, language)
    for r, row in enumerate(table.rows):
        for c, column in enumerate(table.columns):
            cell = table.cells[r][c]
            if cell is None:
                continue
            told = phrase(
                "{name} : {value}", name=_name(table, row, column, language),
                value=cell_text(sight, r, c),
            )  # fmt: skip
            yield from _wrapped(told.to(language), "  ", "    ")
            behind = None if dataset is None else lines_behind(dataset, table, row, column, cell)
            if behind is not None and behind.names:
                yield from _lines(behind, language, every_row=every_row)
    yield ""


def _name(table: ReleasedTable, row: Head, column: Head, language: Language) -> str:
    """Return what a value is called: its answer, under its question, and its column."""
    said = [row.label.to(language)]
    if table.kind is Kind.PROFILE:
        said.insert(0, row.group.to(language))
    if len(table.columns) > 1:
        head = (column.group.to(language), column.label.to(language))
        said.append(", ".join(part for part in head if part))
    return " · ".join(part for part in said if part)


def _lines(behind: Lines, language: Language, *, every_row: bool) -> Iterator[str]:
    names = behind.names if every_row else behind.names[:SHOWN_LINES]
    more = "…" if len(names) < len(behind.names) else ""
    count = phrases(
        "{n} ligne ({table})", "{n} lignes ({table})", len(behind.names), table=behind.table
    )
    told = phrase("{name} : {value}", name=count, value=", ".join(names) + more)
    yield from _wrapped(told.to(language), "      ", "        ")


def _quote(
    quote: ReleasedQuote, release: Release, dataset: Dataset | None, language: Language
) -> Iterator[str]:
    yield quote.code
    yield from _explained(explain_quote(quote, release, language), language)
    if dataset is None:
        return
    row = next((e for e in dataset.rows("excerpts") if e["key"] == quote.key), None)
    place = (
        phrase("Cet extrait n’est plus dans les données : retiré ou remplacé.")
        if row is None
        else phrase(
            "document {document}, tour {turn}, caractères {start} à {end}",
            document=row["document"],
            turn=row["turn"],
            start=row["start"],
            end=row["end"],
        )
    )
    yield from _fact(phrase("Passage (équipe)"), (place.to(language),), language)


def _release_lines(release: Release, dataset: Dataset | None, language: Language) -> Iterator[str]:
    state = (
        phrase("{code}, épreuve, non scellée", code=release.code)
        if release.sealed_on is None
        else phrase(
            "{code}, scellée, arrêtée le {day}",
            code=release.code,
            day=day_of(release.sealed_on, language),
        )
    )
    yield from _fact(phrase("Diffusion"), (state.to(language),), language)
    yield from _fact(phrase("Empreinte à clé des données"), (release.dataset_mac,), language)
    if dataset is not None:
        yield from _fact(phrase("Jeu gelé (équipe)"), (dataset.digest,), language)


def _explained(told: tuple[Explanation, ...], language: Language) -> Iterator[str]:
    for fact in told:
        yield from _fact(fact.name, fact.parts, language)


def _fact(name: Phrase, parts: tuple[str, ...], language: Language) -> Iterator[str]:
    """Yield one fact; several parts stand one under the other."""
    if len(parts) == 1:
        told = phrase("{name} : {value}", name=name, value=parts[0])
        yield from _wrapped(told.to(language), "", "    ")
        return
    yield phrase("{label} :", label=name).to(language)
    for part in parts:
        yield from _wrapped(part, "    ", "      ")


def _wrapped(text: str, first: str, then: str) -> list[str]:
    held = _BEFORE_SIGN.sub("\u00a0", text)  # no line begins with a colon
    lines = textwrap.wrap(
        held,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\u00a0", " ") for line in lines]
