"""A released table in, a figure complete with its words out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from croisee.disclosure.released import (
    Amount,
    Kind,
    Rank,
    Release,
    ReleasedBase,
    ReleasedTable,
)
from croisee.disclosure.sentences import sentence_of
from croisee.disclosure.values import Chiffre, Mask
from croisee.language import Language, phrase
from croisee.report import words
from croisee.report.figures import theme
from croisee.report.figures.drawing import DRAWINGS
from croisee.report.figures.painting import paint
from croisee.report.figures.sight import Sight
from croisee.report.figures.tabular import alternative, data_table
from croisee.report.tree import FigureBlock
from croisee.study import Study, Subject


def figure_blocks(release: Release, language: Language) -> dict[str, FigureBlock]:
    """Return the figure of every table of a release, by the table's key.

    Both widths of every figure are painted together. Equal tables give equal bytes, whatever
    else the release holds.

    Raises:
        TypeError: anything but a :class:`Release` was given.
    """
    if not isinstance(release, Release):
        raise TypeError("a figure is drawn from a Release: see croisee.disclosure")
    sights = [Sight(table, release.study, language) for table in release.tables]
    phones = [Sight(s.table, s.study, language, theme.NARROW) for s in sights]
    drawn = paint([DRAWINGS[s.table.kind](s) for s in (*sights, *phones)])
    wide, narrow = drawn[: len(sights)], drawn[len(sights) :]
    return {
        sight.table.key: _block(sight, release, svgs)
        for sight, svgs in zip(sights, zip(wide, narrow, strict=True), strict=True)
    }


def _block(sight: Sight, release: Release, svgs: tuple[str, str]) -> FigureBlock:
    table, language = sight.table, sight.language
    title = _title(table, release, language)
    values = data_table(sight, title)
    return FigureBlock(
        code=table.code,
        full_code=f"{release.code}-{table.code}",
        title=title,
        subtitle=_subtitle(sight),
        svg=svgs[0],
        alt=alternative(sight, values),
        table=values,
        source=source_line(table, release.study, language),
        notes=notes(table, release, language),
        narrow=svgs[1],
    )


def _title(table: ReleasedTable, release: Release, language: Language) -> str:
    """Return a figure's title; it names the source where several figures would say the same."""
    title = table.title.to(language)
    if table.kind is Kind.PARTICIPATION:
        return phrase("Participation : {source}", source=title).to(language)
    profiles = [one for one in release.tables if one.kind is Kind.PROFILE]
    if table.kind is not Kind.PROFILE or len(profiles) < 2 or not table.bases:
        return title
    source = words.source_name(table.bases[0].source, release.study, language)
    return words.labelled(title, source, language)


def _subtitle(sight: Sight) -> str:
    table, language = sight.table, sight.language
    parts = []
    asked = words.question_asked(table, sight.study, language)
    if asked and not table.title.to(language).startswith(asked):
        parts.append(asked)
    if len(table.columns) == 1 and table.columns[0].key != "ensemble":
        known = [case for case in sight.study.cases if case.code == table.columns[0].key]
        parts += [f"{case.name.to(language)}." for case in known]
    parts.append(words.measure(table).to(language))
    return " ".join(parts)


def source_line(table: ReleasedTable, study: Study, language: Language) -> str:
    """Return base and source: « 46 sur 64 carrefours · Sondage-éclair, printemps 2020 »."""
    counts = _bases(table, study, language)
    return " · ".join(part for part in (counts, words.origin(table, study, language)) if part)


def _bases(table: ReleasedTable, study: Study, language: Language) -> str:
    if table.kind is Kind.PARTICIPATION:
        return ""
    if table.kind is Kind.TREND:  # each value says its own
        return "" if not table.bases else words.units(table.bases[-1], study).to(language)
    if len(table.bases) == 1:
        return base_words(table.bases[0], study, language)
    return " ; ".join(
        words.labelled(
            words.cases(base.cases, study, language), _beside_name(base, study, language), language
        )
        for base in table.bases
    )


def _beside_name(base: ReleasedBase, study: Study, language: Language) -> str:
    """Return a base after its case's name: the units are said only when they are people."""
    if base.subject is Subject.ORGANISATION and base.n is not None:
        return words.base_size(base, language)
    return base_words(base, study, language)


def base_words(base: ReleasedBase, study: Study, language: Language) -> str:
    """Return a base as readers may know it: « 46 sur 64 carrefours », « 33 personnes »."""
    count = words.base_size(base, language)
    if base.n is None:
        return count
    return f"{count} {words.units(base, study).to(language)}"


def notes(table: ReleasedTable, release: Release, language: Language) -> tuple[str, ...]:
    """Return the sentences that explain the masks of a table, then the study's own notes."""
    said = [note.to(language) for note in table.notes]
    return (*mask_notes(table, release, language), *said)


def mask_notes(table: ReleasedTable, release: Release, language: Language) -> tuple[str, ...]:
    """Return the sentences that explain the masks of one table, each naming what it holds for."""
    masks: list[str] = []
    for mask in table.masks:
        named = of_some(mask, table, release.study, language)
        alone = replace(table, masks=(mask,))
        masks += [named] if named else mask_sentences((alone,), release, language)
    return tuple(dict.fromkeys(masks))


def of_some(mask: Mask, table: ReleasedTable, study: Study, language: Language) -> str:
    """Return the sentence of a mask that holds for some columns only: it names them."""
    pooled = _pooled_parts(mask, table, study, language)
    if pooled:
        return pooled
    if mask is Mask.ORDER_ONLY:
        ranked = _only_ranked(table)
        if 0 < len(ranked) < len(table.columns):
            names = [table.columns[place].label.to(language) for place in ranked]
            return phrase(
                "{names} : l’ordre est montré, pas les points de chaque personne.",
                names=words.enumeration(names, language),
            ).to(language)
    return ""


def _pooled_parts(mask: Mask, table: ReleasedTable, study: Study, language: Language) -> str:
    """Return M7 with the parts of a network that are shown together; nothing for whole networks."""
    parts = [
        part.name.to(language)
        for case in study.cases
        if any(base.cases == (case.code,) for base in table.bases)
        for part in case.components
    ]
    if mask is not Mask.POOLED_CASES or not parts:
        return ""
    return phrase(
        "{names} : un seul résultat, car chaque partie compte trop peu de réponses.",
        names=words.enumeration(parts, language),
    ).to(language)


def _only_ranked(table: ReleasedTable) -> list[int]:
    """Return the columns that hold ranks, where another column holds amounts or counts."""
    kinds = [
        {type(cell.value) for cell in column if cell is not None}
        for column in zip(*table.cells, strict=True)
    ]
    told = [place for place, found in enumerate(kinds) if found & {Amount, Chiffre}]
    return [p for p, found in enumerate(kinds) if Rank in found and p not in told] if told else []


def mask_sentences(
    tables: Iterable[ReleasedTable], release: Release, language: Language
) -> tuple[str, ...]:
    """Return each mask's sentence once, a function of masks, thresholds and units alone."""
    found: dict[str, None] = {}
    for table in tables:
        for mask in table.masks:
            if mask is Mask.CORRECTED or (mask is Mask.LOCKED and not _arrest(release)):
                continue
            said = sentence_of(mask, table, release.study.policy, on=_arrest(release))
            named = _pooled_parts(mask, table, release.study, language)
            found[named or said.to(language)] = None
    return tuple(found)


def _arrest(release: Release) -> date | None:
    return release.study.diffusion.arrest_on
