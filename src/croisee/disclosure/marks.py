"""Marks in a text, ``{clé/ligne@colonne|forme}``: a finding's numbers come from the release.

``docs/dossier-d-etude.md`` §5. A mark resolves to a released value or to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from croisee.disclosure.derived import following_value
from croisee.disclosure.released import Release, ReleasedTable, Value
from croisee.disclosure.values import Chiffre
from croisee.disclosure.wording import FORMS, CannotSay, percentage, say
from croisee.language import Language, Phrase, phrase
from croisee.study import Study

MARK = re.compile(r"\{([^{}\n]+)\}")
_MARK_AFTER = re.compile(r"(\b(?:[Dd]|[Qq]u|[Jj]usqu)e )?" + MARK.pattern)
_VOWELS = frozenset("aeéiou")
_COUNTED = {"sur", "nombre", "pct"}
"""Forms that say the count itself."""
_SENTENCE_END = re.compile(r"(?:^|[.!?…]\s+|\n\s*|«\s*|[-–—•]\s+)$")


class MarkRefused(ValueError):
    """A mark points to nothing released; ``reason`` names what it may have meant."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.to("fr"))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark, taken apart; ``row`` and ``column`` are empty when not given."""

    key: str
    row: str = ""
    column: str = ""
    form: str = "sur"


def marks_in(text: str) -> tuple[Mark, ...]:
    """Return the marks of a text, left to right."""
    return tuple(read_mark(match.group(1)) for match in MARK.finditer(text))


def read_mark(written: str) -> Mark:
    """Take one mark apart: ``eclair.2020.aide/aucune@carrefours|pct``."""
    place, _, form = written.partition("|")
    key, slash, rest = place.strip().partition("/")
    row, _, column = rest.partition("@") if slash else ("", "", "")
    return Mark(key.strip(), row.strip(), column.strip(), form.strip() or "sur")


def value_of(mark: Mark, tables: Sequence[ReleasedTable], study: Study) -> Value:
    """Return the released value a mark points to.

    A line may also name several printed blocks together, or all the answers that the one
    printed block leaves (« aucune » where only its opposite is printed): both follow from
    printed values alone.

    Raises:
        MarkRefused: no such table, row, column or value in the release.
    """
    table = _table(mark, tables)
    columns = [head.key for head in table.columns]
    column = _place(mark.column, columns, mark, phrase("colonne"))
    keys = [head.key for head in table.rows]
    if mark.row and mark.row not in keys:
        found = following_value(table, mark.row, column, study)
        if found is not None:
            return found
    row = _place(mark.row, keys, mark, phrase("ligne"))
    cell = table.cells[row][column]
    if cell is None:
        raise MarkRefused(
            phrase("{mark} : rien n’est diffusé à cet endroit du tableau.", mark=_written(mark))
        )
    return cell.value


def say_mark(mark: Mark, tables: Sequence[ReleasedTable], study: Study, language: Language) -> str:
    """Return what a mark says.

    Raises:
        MarkRefused: it points to nothing released, or the value has no such form.
    """
    value = value_of(mark, tables, study)
    try:
        return say(value, mark.form, language)
    except CannotSay as error:
        raise MarkRefused(
            phrase(
                "{mark} : la forme « {form} » ne convient pas ici. Formes : {forms}.",
                mark=_written(mark),
                form=mark.form,
                forms=", ".join(FORMS),
            )
        ) from error


def resolve_marks(text: str, release: Release, language: Language) -> str:
    """Return a text with its marks replaced by released values, in words and figures.

    A mark that begins a sentence begins with a capital; « de » and « que » are elided before
    one that begins with a vowel: « d’au moins 9 sur 13 ».

    Raises:
        MarkRefused: a mark points to nothing released.
    """

    def said(match: re.Match[str]) -> str:
        before, written = match.groups(default="")
        words = say_mark(read_mark(written), release.tables, release.study, language)
        if before:
            elided = language == "fr" and words[:1] in _VOWELS
            return f"{before[:-2]}’{words}" if elided else f"{before}{words}"
        begins = _SENTENCE_END.search(text[: match.start()])
        return words[:1].upper() + words[1:] if begins else words

    return _MARK_AFTER.sub(said, text)


def mark_problems(
    texts: Iterable[str], tables: Sequence[ReleasedTable], study: Study
) -> tuple[Phrase, ...]:
    """Return what is wrong with the marks of some texts read together, each problem once."""
    found: dict[Phrase, None] = {}
    said: list[tuple[Mark, Value]] = []
    for text in texts:
        for mark in marks_in(text):
            try:
                say_mark(mark, tables, study, "fr")
            except MarkRefused as refused:
                found[refused.reason] = None
            else:
                said.append((mark, value_of(mark, tables, study)))
    return (*found, *dict.fromkeys(_without_their_count(said)))


def _without_their_count(said: Sequence[tuple[Mark, Value]]) -> Iterator[Phrase]:
    """Yield the percentages written without « x sur n » or x anywhere beside (§3.11)."""
    counted = [value for mark, value in said if mark.form in _COUNTED]
    for mark, value in said:
        share = mark.form == "points" and isinstance(value, Chiffre)
        if share and percentage(value) is not None and value not in counted:
            yield phrase(
                "{mark} : un pourcentage se lit avec son nombre. Écrivez aussi ce repère avec "
                "|nombre, ou |pct à la place de |points.",
                mark=_written(mark),
            )


def _table(mark: Mark, tables: Sequence[ReleasedTable]) -> ReleasedTable:
    for table in tables:
        if mark.key in {table.key, table.code}:
            return table
    near = get_close_matches(mark.key, [table.key for table in tables], n=3, cutoff=0.5)
    if near:
        raise MarkRefused(
            phrase(
                "{mark} : aucun tableau diffusé n’a cette clé. Voulez-vous dire {near} ?",
                mark=_written(mark),
                near=", ".join(near),
            )
        )
    raise MarkRefused(phrase("{mark} : aucun tableau diffusé n’a cette clé.", mark=_written(mark)))


def _place(wanted: str, keys: Sequence[str], mark: Mark, what: Phrase) -> int:
    if wanted in keys:
        return keys.index(wanted)
    if not wanted and len(keys) == 1:
        return 0
    # An option inside a merged block has no number of its own: the block is named instead.
    raise MarkRefused(
        phrase(
            "{mark} : la {what} « {wanted} » n’est pas diffusée. Diffusées : {keys}.",
            mark=_written(mark),
            what=what,
            wanted=wanted,
            keys=", ".join(keys),
        )
    )


def _written(mark: Mark) -> str:
    place = f"/{mark.row}" if mark.row else ""
    where = f"@{mark.column}" if mark.column else ""
    return f"« {mark.key}{place}{where} »"
