"""From a form to the codebook of a study (``instruments/<code>``), and from a filled form to
the answers that codebook reads.

What a codebook says and XLSForm does not stands in columns of the ``survey`` sheet named
``croisee::<column>``, with the words of ``docs/dossier-d-etude.md``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from croisee.formats.xlsform import Workbook
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import CHOSEN, Form, Kind, Node, Words
from croisee.questionnaire.sheet import Place

Answer = str | list[str] | dict[str, int]
"""A code, a text, a decimal as text; the codes chosen; the rank of each code."""

SCALE = "croisee-echelle"
"""Appearance of a ``select_one`` whose choices are in order."""
_PREFIX = "croisee::"
_TYPES = {
    Kind.SINGLE: "choix",
    Kind.MULTIPLE: "multiple",
    Kind.RANKING: "rang",
    Kind.INTEGER: "nombre",
    Kind.DECIMAL: "nombre",
    Kind.RANGE: "nombre",
}
_NOT_ASKED = frozenset({Kind.GROUP, Kind.REPEAT, Kind.NOTE, Kind.CALCULATED, Kind.TRIGGER})


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the codebook: where it is in the form, and its cells.

    ``options`` are (code in the form, code in the codebook), in order.
    """

    path: str
    kind: Kind
    code: str
    cells: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...] = ()


def codebook_of(form: Form, book: Workbook, filling: Filling) -> tuple[Line, ...]:
    """Return the codebook of a form, in its order.

    ``filling`` is one of this form, empty: it says which choices a list has. Questions of a
    repeat are left out: a codebook has one answer a question. Codes become those of a study
    folder (``q_1`` → ``q-1``); two that become the same get a number.
    """
    french, english = languages_of(form)
    extra = _columns_of_ours(book)
    taken: dict[str, int] = {}
    lines = []
    for node in _asked_once(form.nodes):
        code = _unique(code_of(node.name), taken)
        options = _options(filling, node, french, english)
        cells = {
            "question": code,
            "libelle": plain_text(node.label, french) or node.name,
            "libelle_en": plain_text(node.label, english) if english else "",
            "type": _type(node),
            "options": " | ".join(f"{ours} = {label}" for _, ours, label, _ in options),
            "options_en": " | ".join(f"{ours} = {en}" for _, ours, _, en in options if en),
            **extra.get(node.name, {}),
        }
        lines.append(
            Line(
                node.path,
                node.kind,
                code,
                tuple((column, cell) for column, cell in cells.items() if cell),
                tuple((theirs, ours) for theirs, ours, _, _ in options),
            )
        )
    return tuple(lines)


def answers_of(filling: Filling, lines: Iterable[Line]) -> dict[str, Answer]:
    """Return what was answered to the questions asked, by the codes of the codebook."""
    places: Mapping[str, Place] = {one.node.path: one for one in filling.asked_places()}
    found: dict[str, Answer] = {}
    for line in lines:
        place = places.get(line.path)
        value = "" if place is None else filling.sheet.kept.get(place.element, "").strip()
        if value:
            found[line.code] = _answer(line, value)
    return found


def _answer(line: Line, value: str) -> Answer:
    ours = dict(line.options)
    if line.kind is Kind.SINGLE:
        return ours.get(value, code_of(value))
    codes = [ours.get(code, code_of(code)) for code in value.split()]
    if line.kind is Kind.MULTIPLE:
        return codes
    if line.kind is Kind.RANKING:
        return {code: rank for rank, code in enumerate(codes, 1)}
    return value


def languages_of(form: Form) -> tuple[str, str]:
    """Return the form's French and English, as it names them; the default one stands for French.

    Example:
        A form in « English (en) » and « Français (fr) » gives these two, French first;
        a form in one unnamed language gives ``("", "")``.
    """
    french = next((one for one in form.languages if _is_language(one, "fr")), form.languages[0])
    english = next((one for one in form.languages if _is_language(one, "en")), "")
    return french, "" if english == french else english


def _is_language(name: str, code: str) -> bool:
    written = _bare(name).strip()
    return written == code or f"({code}" in written or written.startswith(f"{code}-") or (
        written.split(" ")[0] in {"fr": {"francais", "french"}, "en": {"anglais", "english"}}[code]
    )  # fmt: skip


def plain_text(words: Words, language: str) -> str:
    """Return a text without the values it would compute: they stand as « … »."""
    pieces = dict(words.by_language).get(language, ())
    return " ".join("".join(p if isinstance(p, str) else "…" for p in pieces).split())


def code_of(name: str) -> str:
    """Return a name as a code of a study folder: ASCII, lower case, words apart by ``-``.

    Example:
        >>> [code_of(name) for name in ("Q_1", "âge", "_autre.", "…")]
        ['q-1', 'age', 'autre', 'x']
    """
    return re.sub(r"[^a-z0-9]+", "-", _bare(name)).strip("-") or "x"


def _bare(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def _unique(code: str, taken: dict[str, int]) -> str:
    taken[code] = taken.get(code, 0) + 1
    return code if taken[code] == 1 else _unique(f"{code}-{taken[code]}", taken)


def _asked_once(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        if node.kind is Kind.GROUP:
            yield from _asked_once(node.children)
        elif node.kind not in _NOT_ASKED:
            yield node


def _type(node: Node) -> str:
    if node.kind is Kind.SINGLE and SCALE in node.appearance:
        return "ordinal"
    return _TYPES.get(node.kind, "texte")


def _options(
    filling: Filling, node: Node, french: str, english: str
) -> list[tuple[str, str, str, str]]:
    """Return (code of the form, our code, French label, English label) of each choice."""
    if node.kind not in CHOSEN:
        return []
    taken: dict[str, int] = {}
    in_english = dict(filling.every_choice(node.path, english)) if english else {}
    return [
        (code, _unique(code_of(code), taken), label, in_english.get(code, ""))
        for code, label in dict(filling.every_choice(node.path, french)).items()
    ]


def _columns_of_ours(book: Workbook) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for record in book.sheet("survey").records():
        ours = {
            column.strip()[len(_PREFIX) :]: cell.strip()
            for column, cell in record.items()
            if column.strip().lower().startswith(_PREFIX)
        }
        if ours and record.get("name"):
            found[record["name"].strip()] = ours
    return found
