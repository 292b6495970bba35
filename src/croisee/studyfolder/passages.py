"""Codings, excerpts and reviews: places in the turns, checked as each document goes by."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from croisee.deidentify import Decision, PassageReview, Reviews
from croisee.language import phrase
from croisee.studyfolder import messages, words
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import CANDIDATES, CODINGS, EXCERPTS, PASSAGES, Layout
from croisee.studyfolder.names import as_table
from croisee.studyfolder.problems import Said
from croisee.studyfolder.table import Row
from croisee.studyfolder.wide import read_wide_decisions


@dataclass(slots=True)
class _Waiting:
    """A row that speaks of a place in a document not read yet."""

    row: Row
    turn: int | None
    start: int | None
    end: int | None
    kind: str


class Passages:
    """What is said of places in documents. Rows wait by document; texts are never kept."""

    def __init__(
        self, folder: Folder, codes: set[str], aliases: dict[str, str], people: Container[str]
    ) -> None:
        self.folder = folder
        self.people = people
        self.codes = codes
        self.aliases = aliases
        self._waiting: dict[str, list[_Waiting]] = {}
        self._codings: list[dict[str, object]] = []
        self._excerpts: list[dict[str, object]] = []
        self._decisions: list[Decision] = []
        self._reviews: list[PassageReview] = []
        self._keys: dict[str, int] = {}
        for layout, kind in (
            (CODINGS, "codage"),
            (EXCERPTS, "extrait"),
            (CANDIDATES, "decision"),
            (PASSAGES, "relecture"),
        ):
            self._read(layout, kind)
        self._wide = read_wide_decisions(folder, aliases)

    @property
    def excerpt_keys(self) -> tuple[str, ...]:
        """Return the keys of the excerpts written in the folder, found or not."""
        return tuple(self._keys)

    def codings_table(self) -> pa.Table:
        """Return the codings that hold."""
        return as_table("codings", self._codings)

    def excerpts_table(self) -> pa.Table:
        """Return the excerpts that hold."""
        return as_table("excerpts", self._excerpts)

    def reviews(self) -> Reviews:
        """Return the decisions and the passages read."""
        return Reviews(tuple(self._decisions), tuple(self._reviews), self._wide)

    def _read(self, layout: Layout, kind: str) -> None:
        table = self.folder.table(layout)
        for row in table.rows() if table else ():
            text = row.required("document")
            document = self.aliases.get(text.lower())
            if text and document is None:
                near = row.near(text.lower(), self.aliases)
                row.refuse("document", messages.unknown_code(text, near, "documents"))
            turn = row.whole("tour", low=1)
            if turn is None and kind != "relecture" and not row.text("tour"):
                row.refuse("tour", messages.empty_cell())
            start, end = row.whole("debut"), row.whole("fin")
            if kind == "extrait":
                self._note_key(row, document or "")
            if document is not None and (turn is not None or kind == "relecture"):
                waiting = _Waiting(row, turn, start, end, kind)
                self._waiting.setdefault(document, []).append(waiting)

    def _note_key(self, row: Row, document: str) -> None:
        key = row.code("extrait")
        if key in self._keys:
            row.refuse("extrait", messages.twice(key, self._keys[key]))
        elif key:
            self._keys[key] = row.line
            named = next((p for p in _parts(key) if not p.isdigit() and p in self.people), None)
            if named is not None:
                row.refuse("extrait", _names_somebody(named))
            elif document in _parts(key):
                row.warn("extrait", _names_document(document))

    def settle(self, document: str, texts: Mapping[int, str]) -> None:
        """Check every waiting row of a document against its turns, by number."""
        for waiting in self._waiting.pop(document, []):
            if waiting.turn is not None and waiting.turn not in texts:
                waiting.row.refuse("tour", no_turn(waiting.turn, len(texts)))
                continue
            text = texts[waiting.turn] if waiting.turn is not None else ""
            {
                "codage": self._coding,
                "extrait": self._excerpt,
                "decision": self._decision,
                "relecture": self._review,
            }[waiting.kind](document, waiting, text)

    def _bounds(self, waiting: _Waiting, text: str) -> tuple[int, int] | None:
        """Return the passage's bounds, the whole turn by default; refuse what is past its end."""
        start = waiting.start or 0
        end = len(text) if waiting.end is None else waiting.end
        if end > len(text) or start >= end:
            waiting.row.refuse("fin", _past_the_end(start, end, len(text)))
            return None
        return start, end

    def _coding(self, document: str, waiting: _Waiting, text: str) -> None:
        row = waiting.row
        code = row.ref("code", self.codes, "codes")
        bounds = self._bounds(waiting, text)
        if code and bounds:
            self._codings.append(
                {
                    "document": document,
                    "turn": waiting.turn,
                    "start": bounds[0],
                    "end": bounds[1],
                    "code": code,
                    "coder": row.text("codeur"),
                }
            )

    def _excerpt(self, document: str, waiting: _Waiting, text: str) -> None:
        row = waiting.row
        wanted = row.text("texte")
        bounds: tuple[int, int] | None
        if wanted and waiting.start is None and waiting.end is None:
            bounds = _found(wanted, text)
            if bounds is None:
                row.refuse("texte", _not_found())
        else:
            bounds = self._bounds(waiting, text)
            if bounds and wanted and _found(wanted, text[slice(*bounds)]) is None:
                row.refuse("texte", _not_found())
        key = words.read_code(row.text("extrait"))
        if key and bounds and self._keys.get(key) == row.line:
            self._excerpts.append(
                {
                    "key": key,
                    "document": document,
                    "turn": waiting.turn,
                    "start": bounds[0],
                    "end": bounds[1],
                }
            )

    def _decision(self, document: str, waiting: _Waiting, text: str) -> None:
        row = waiting.row
        # A recogniser names its finds as it likes (« téléphone »): the word is only shown.
        kind = words.MASK_KINDS.read(row.text("type")) or row.text("type")
        if not row.text("decision") or waiting.start is None or waiting.end is None:
            return
        decision = row.word("decision", words.DECISIONS)
        if text[waiting.start : waiting.end].strip() != row.text("texte"):
            row.warn("texte", _moved())
            return
        replacement = row.text("remplacement")
        if decision == "changer" and not replacement:
            row.refuse("remplacement", messages.empty_cell())
        if decision:
            self._decisions.append(
                Decision(
                    document,
                    waiting.turn or 0,
                    waiting.start,
                    waiting.end,
                    text[waiting.start : waiting.end],
                    kind,
                    decision,
                    replacement or row.text("proposition"),
                    row.text("par"),
                    row.text("le"),
                )
            )

    def _review(self, document: str, waiting: _Waiting, _: str) -> None:
        row = waiting.row
        reviewed = row.flag("relu")
        self._reviews.append(
            PassageReview(document, waiting.turn, reviewed, row.text("par"), row.text("le"))
        )


def _found(wanted: str, text: str) -> tuple[int, int] | None:
    """Find a passage, whatever its white space and apostrophes."""
    plain, places = _squeezed(text)
    sought, _ = _squeezed(wanted.strip())
    start = plain.find(sought)
    if start < 0 or not sought:
        return None
    return places[start], places[start + len(sought) - 1] + 1


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Return a text with single spaces and straight apostrophes, and where each sign was."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        plain = " " if sign.isspace() else "'" if sign in "’ʼ" else sign
        if plain != " " or (signs and signs[-1] != " "):
            signs.append(plain)
            places.append(place)
    return "".join(signs), places


def _parts(key: str) -> Iterator[str]:
    """Yield a key, and what its hyphens cut it into: « x-p-014 » gives « p-014 »."""
    words = key.split("-")
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield "-".join(words[start:end])


def _names_somebody(code: str) -> Said:
    return (
        phrase(
            "Cette clé est diffusée, et elle contient le code d’une personne : {code}.", code=code
        ),
        phrase("Donnez à l’extrait une clé qui dit son sujet, par exemple « aide-sur-place »."),
    )


def _names_document(document: str) -> Said:
    return (
        phrase(
            "Cette clé est diffusée, et elle nomme un document : {document}. Les extraits d’une "
            "même personne se reconnaîtraient entre eux.",
            document=document,
        ),
        phrase("Donnez à l’extrait une clé qui dit son sujet, par exemple « aide-sur-place »."),
    )


def no_turn(turn: int, turns: int) -> Said:
    """Return what is said of a turn that a document has not."""
    return (
        phrase("Le tour {turn} n’existe pas : le document en a {turns}.", turn=turn, turns=turns),
        phrase("Corrigez le numéro du tour ; le premier est 1."),
    )


def _past_the_end(start: int, end: int, length: int) -> Said:
    return (
        phrase(
            "Le passage {start} à {end} sort du tour, qui a {length} caractères.",
            start=start,
            end=end,
            length=length,
        ),
        phrase("Corrigez « debut » et « fin », ou videz-les pour prendre tout le tour."),
    )


# A line that fits no more may hold words of somebody who left since: only its place is told.
def _not_found() -> Said:
    return (
        phrase("Ce passage n’est pas dans ce tour."),
        phrase("Copiez le passage tel qu’il est dans le document, ou corrigez le tour."),
    )


def _moved() -> Said:
    return (
        phrase("Ces mots ne sont plus à cet endroit : la décision est sans effet."),
        phrase("Relancez la relecture de ce document."),
    )
