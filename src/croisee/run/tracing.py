"""``croisee trace``: where a printed number or quote comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from croisee.dataset import Dataset, load
from croisee.disclosure import (
    Mask,
    Release,
    ReleasedQuote,
    ReleasedTable,
    base_words,
    load_release,
    say,
    sentence_of,
)
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.rows import lines_behind

SHOWN_LINES = 8
"""How many lines are named before « --rows » is needed."""


class TraceRefused(Exception):
    """Nothing to trace: no results here, or no such code. ``message`` says what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


def trace(results: Path, code: str, language: Language, *, every_row: bool = False) -> list[str]:
    """Return the lines that explain one code: ``F-07``, ``V-12`` or ``2026a-F-07``.

    With ``equipe/`` beside ``diffusion/``, also the Dataset's digest and the lines behind each
    number; without it, what any reader may know.

    Raises:
        TraceRefused: no results in the folder, or the code is not in them.
    """
    release, team = _release(results)
    short = _short(code, release)
    table = next((t for t in release.tables if t.code == short), None)
    quote = next((q for q in release.quotes if q.code == short), None)
    if table is None and quote is None:
        known = [*(t.code for t in release.tables), *(q.code for q in release.quotes)]
        raise TraceRefused(
            phrase(
                "Le code {code} n’est pas dans la diffusion {release}. Codes : {codes}.",
                code=code,
                release=release.code,
                codes=", ".join(known[:40]) + ("…" if len(known) > 40 else ""),
            )
        )
    dataset = load(team / "dataset") if team and (team / "dataset").is_dir() else None
    try:
        lines = (
            list(_table(table, dataset, language, every_row=every_row))
            if table is not None
            else list(_quote(quote, release, dataset, language))
            if quote is not None
            else []
        )
        return lines + list(_release_lines(release, dataset, language))
    finally:
        if dataset is not None:
            dataset.close()


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
    table: ReleasedTable, dataset: Dataset | None, language: Language, *, every_row: bool
) -> Iterator[str]:
    yield f"{table.code} · {table.title.to(language)}"
    yield phrase("clé : {key}", key=table.key).to(language)
    if table.source.fr:
        yield phrase("source : {source}", source=table.source.to(language)).to(language)
    for base in table.bases:
        yield phrase("base : {base}", base=base_words(base, language)).to(language)
    rules: tuple[Mask, ...] = table.masks
    for mask in rules:
        yield phrase(
            "règle {code} : {sentence}", code=mask.value, sentence=sentence_of(mask, table)
        ).to(language)
    yield ""
    for r, row in enumerate(table.rows):
        for c, column in enumerate(table.columns):
            cell = table.cells[r][c]
            if cell is None:
                continue
            name = row.label.to(language)
            if len(table.columns) > 1:
                name = f"{name} · {column.label.to(language)}"
            told = phrase("{name} : {value}", name=name, value=say(cell.value, "sur", language))
            yield f"  {told.to(language)}"
            if dataset is not None:
                behind = lines_behind(dataset, table, row.key, column.key, cell)
                if behind is not None:
                    yield from _lines(behind.table, behind.names, language, every_row=every_row)
    yield ""


def _lines(
    where: str, names: tuple[str, ...], language: Language, *, every_row: bool
) -> Iterator[str]:
    shown = names if every_row else names[:SHOWN_LINES]
    more = "…" if len(shown) < len(names) else ""
    count = phrases("{n} ligne de {table}", "{n} lignes de {table}", len(names), table=where)
    if names:
        count = phrase("{name} : {value}", name=count, value=", ".join(shown) + more)
    yield f"      {count.to(language)}"


def _quote(
    quote: ReleasedQuote | None, release: Release, dataset: Dataset | None, language: Language
) -> Iterator[str]:
    if quote is None:
        return
    yield f"{quote.code} · {quote.text}"
    where = [
        release.study.case(quote.case).name.to(language) if quote.case else "",
        release.study.method(quote.method).name.to(language) if quote.method else "",
    ]
    yield phrase("attribution : {where}", where=" · ".join(w for w in where if w)).to(language)
    if dataset is None:
        return
    row = next((e for e in dataset.rows("excerpts") if e["key"] == quote.key), None)
    if row is None:
        yield phrase("Cet extrait n’est plus dans les données : retiré ou remplacé.").to(language)
        return
    yield phrase(
        "document {document}, tour {turn}, caractères {start} à {end}",
        document=row["document"],
        turn=row["turn"],
        start=row["start"],
        end=row["end"],
    ).to(language)


def _release_lines(release: Release, dataset: Dataset | None, language: Language) -> Iterator[str]:
    if release.sealed_on is None:
        yield phrase("diffusion {code} : épreuve, non scellée", code=release.code).to(language)
    else:
        yield phrase(
            "diffusion {code}, arrêtée le {on}", code=release.code, on=release.sealed_on.isoformat()
        ).to(language)
    yield phrase("logiciel : {software}", software=release.software).to(language)
    yield phrase("empreinte à clé : {mac}", mac=release.dataset_mac).to(language)
    if dataset is not None:
        yield phrase("jeu gelé (équipe) : {digest}", digest=dataset.digest).to(language)
