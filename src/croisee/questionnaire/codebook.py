"""From a form to the codebook of a study (``instruments/<code>``), and from a filled form to
the answers that codebook reads.

What a codebook says and XLSForm does not stands in columns of the ``survey`` sheet named
``croisee::<column>``, with the words of ``docs/dossier-d-etude.md``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from croisee.formats.xlsform import Workbook
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import CHOSEN, Form, Kind, Node, Words
from croisee.questionnaire.sheet import Place
from croisee.studyfolder.layout import CODEBOOK, NO_QUESTION
from croisee.studyfolder.words import column_key

Answer = str | list[str] | dict[str, int]
"""A code, a text, a decimal as text; the codes chosen; the rank of each code."""

SCALE = "croisee-echelle"
"""Appearance of a ``select_one`` whose choices are in order."""
CONSENT = "croisee-consent"
"""Appearance of a group that asks for a consent: no question of the codebook."""
CONSENTED = "consentement"
"""Column of ours, in a consent: which purpose of the study is answered."""
PREFIX = "croisee::"
"""Beginning of the columns of ``survey`` that only our codebook reads."""
MAX_CODE = 80
"""Letters of a code."""
_BOUNDS = re.compile(r"count-selected\(\s*\.\s*\)\s*(<=|>=|=)\s*([0-9]{1,3})")
_BOUND_COLUMNS = {"<=": "max", ">=": "min", "=": "exactement"}
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

    ``options`` are (code in the form, code in the codebook), in order; a choice that means « no
    answer » has no code in the codebook. ``row`` is the question's line in ``survey``.
    """

    path: str
    kind: Kind
    code: str
    cells: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...] = ()
    row: int | None = None


@dataclass(frozen=True, slots=True)
class _Written:
    """What a row of ``survey`` says that the form does not keep."""

    row: int
    cells: dict[str, str]


def codebook_of(form: Form, book: Workbook, filling: Filling) -> tuple[Line, ...]:
    """Return the codebook of a form, in its order.

    ``filling`` is one of this form, empty: it says which choices a list has. Questions of a
    repeat and of a consent are left out: a codebook has one answer a question, and a consent
    is no answer. Codes become those of a study folder (``q_1`` → ``q-1``); two that become the
    same get a number, and one that a column of ``reponses/`` has (``poids``, ``organisation``) gets
    ``q-`` before it; ``croisee::question`` chooses one. The bounds of a multiple choice come
    from its constraint (``count-selected(.) <= 3``); a choice named in ``croisee::sans_reponse``
    is no option.
    """
    french, english = languages_of(form)
    written = _written(book)
    taken: dict[str, int] = {}
    return tuple(
        _line(node, written.get(below(node.path), _Written(0, {})), taken,
              _options(filling, node, french, english), (french, english))
        for node in _asked_once(form.nodes)
    )  # fmt: skip


def consents_of(book: Workbook) -> dict[str, str]:
    """Return what each question says it consents to (``croisee::consentement``), by path.

    Paths leave out the form's own name (``consentement/accord``). A meaning is a code or a role
    of a purpose of the study (``analyse``, ``citation``), or ``participation``: a yes to the
    questionnaire is a yes to the analysis of its answers, a no takes nothing else back.
    """
    return {
        path: meaning
        for path, one in _written(book).items()
        if (meaning := one.cells.get(CONSENTED, ""))
    }


def _line(
    node: Node,
    written: _Written,
    taken: dict[str, int],
    options: list[tuple[str, str, str, str]],
    languages: tuple[str, str],
) -> Line:
    french, english = languages
    extra = written.cells
    code = code_of(extra.get("question", "") or node.name)
    code = _unique(f"q-{code}" if code in NO_QUESTION else code, taken)
    absent = _absent(extra.get("sans_reponse", ""), options)
    kept = [one for one in options if one[1] not in absent]
    cells = {
        "question": code,
        "libelle": plain_text(node.label, french) or node.name,
        "libelle_en": plain_text(node.label, english) if english else "",
        "type": _type(node),
        "options": " | ".join(f"{ours} = {label}" for _, ours, label, _ in kept),
        "options_en": " | ".join(f"{ours} = {en}" for _, ours, _, en in kept if en),
        **extra,
    }
    return Line(
        node.path,
        node.kind,
        code,
        tuple((column, cell) for column, cell in (cells | {"question": code}).items() if cell),
        tuple((theirs, "" if ours in absent else ours) for theirs, ours, _, _ in options),
        written.row or None,
    )


def _absent(written: str, options: list[tuple[str, str, str, str]]) -> set[str]:
    """Return our codes of the choices that mean no answer, named as the form or as we do.

    ``-9`` and ``9`` are two choices of one form: its own code comes first.
    """
    named = {one.strip() for one in written.split("|") if one.strip()}
    theirs = {code: ours for code, ours, _, _ in options}
    return {theirs.get(one) or code_of(one) for one in named}


def answers_of(filling: Filling, lines: Iterable[Line]) -> dict[str, Answer]:
    """Return what was answered to the questions asked, by the codes of the codebook."""
    places: Mapping[str, Place] = {one.node.path: one for one in filling.asked_places()}
    found: dict[str, Answer] = {}
    for line in lines:
        place = places.get(line.path)
        value = "" if place is None else filling.sheet.kept.get(place.element, "").strip()
        answer = _answer(line, value)
        if answer:
            found[line.code] = answer
    return found


def _answer(line: Line, value: str) -> Answer:
    """Return an answer, empty when there is none: nothing said, or « je ne sais pas »."""
    if not value or line.kind not in CHOSEN:
        return value
    if line.kind is Kind.SINGLE:
        return _ours(line, value)
    codes = [one for code in value.split() if (one := _ours(line, code))]
    if line.kind is Kind.MULTIPLE:
        return codes
    return {code: rank for rank, code in enumerate(codes, 1)}


def _ours(line: Line, code: str) -> str:
    """Return the codebook's code of a choice, ``""`` for one that means « no answer »."""
    for theirs, ours in line.options:
        if theirs == code:
            return ours
    return code_of(code)


def languages_of(form: Form) -> tuple[str, str]:
    """Return the form's French and English, as it names them; the default one stands for French.

    Example:
        A form in « English (en) » and « Français (fr) » gives these two, French first;
        a form in one unnamed language gives ``("", "")``.
    """
    french = next((one for one in form.languages if is_language(one, "fr")), form.languages[0])
    english = next((one for one in form.languages if is_language(one, "en")), "")
    return french, "" if english == french else english


def is_language(name: str, code: str) -> bool:
    """Return whether a form's name of a language means this one, ``fr`` or ``en``."""
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
    return re.sub(r"[^a-z0-9]+", "-", _bare(name)).strip("-")[:MAX_CODE].rstrip("-") or "x"


def _bare(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def _unique(code: str, taken: dict[str, int]) -> str:
    taken[code] = taken.get(code, 0) + 1
    if taken[code] == 1:
        return code
    ending = f"-{taken[code]}"
    return _unique(f"{code[: MAX_CODE - len(ending)].rstrip('-')}{ending}", taken)


def _asked_once(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        if node.kind is Kind.GROUP:
            if CONSENT not in node.appearance:
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
    """Return (code of the form, our code, French label, English label) of each choice.

    A code that is ours already stays; another that would be the same gets a number (``-1``
    beside ``1``).
    """
    if node.kind not in CHOSEN:
        return []
    choices = dict(filling.every_choice(node.path))
    taken = {code: 1 for code in choices if code_of(code) == code}
    return [
        (
            code,
            code if code_of(code) == code else _unique(code_of(code), taken),
            _bar(plain_text(words, french) or code),
            _bar(plain_text(words, english)) if english else "",
        )
        for code, words in choices.items()
    ]


def _bar(label: str) -> str:
    """Return a label without the sign that keeps labels apart in a cell."""
    return " ".join(label.replace("|", "/").split())


def codebook_column(name: str) -> str:
    """Return a column of the codebook by its French name; another column keeps its own.

    Example:
        >>> [codebook_column(name) for name in ("Missing", "sans réponse", "identite")]
        ['sans_reponse', 'sans_reponse', 'identite']
    """
    key = column_key(name)
    return CODEBOOK.known.get(key, key)


def below(path: str) -> str:
    """Return a path without the form's own name."""
    return path.strip("/").partition("/")[2]


def _written(book: Workbook) -> dict[str, _Written]:
    """Return the columns of ours and the bounds of each row of ``survey``, by path."""
    found: dict[str, _Written] = {}
    above: list[str] = []
    for row, record in enumerate(book.sheet("survey").records(), 2):
        cells = {column.strip().lower(): cell.strip() for column, cell in record.items()}
        kind, name = cells.get("type", "").lower().replace("_", " "), cells.get("name", "")
        if kind.startswith("end "):
            del above[-1:]
            continue
        ours = {
            codebook_column(column.strip()[len(PREFIX) :]): cell.strip()
            for column, cell in record.items()
            if column.strip().lower().startswith(PREFIX)
        }
        path = "/".join((*above, name))
        found.setdefault(path, _Written(row, dict(_bounds(kind, cells)) | ours))
        if kind.startswith("begin "):
            above.append(name)
    return found


def _bounds(kind: str, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if kind.startswith("select multiple"):
        for sign, bound in _BOUNDS.findall(cells.get("constraint", "")):
            yield _BOUND_COLUMNS[sign], bound
