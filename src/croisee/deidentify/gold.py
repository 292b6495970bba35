"""A corpus annotated by hand: what a perfect masking would hide, and whom each mark names.

See ``docs/methods/desidentification.md`` §5 for the classes and the format. Read strictly:
a mark read wrong would measure something else than what its author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from croisee.deidentify.model import ORGANISATION, OTHER, PERSON, PLACE, MaskEntry
from croisee.formats import FormatRefused, read_table
from croisee.language import Label, Phrase, phrase

DIRECT, STRONG, INDIRECT = "direct", "strong", "indirect"
LEVELS = (DIRECT, STRONG, INDIRECT)
CORE, SECOND, GENERATED = "noyau", "seconde", "produit"
"""Written by hand, written by hand in a second half reported apart, written by program."""
MANIFEST, DIRECTORY, TEXTS = "manifeste.csv", "annuaire.csv", "documents"
_MANIFEST_HEADER = ("document", "part", "rendu", "methode")
_DIRECTORY_HEADER = ("numero", "classe", "nom", "variantes")
METHODS = ("groupe", "entretien", "appel", "reunion", "message")
CLEAR = "clair"


@dataclass(frozen=True, slots=True)
class GoldClass:
    """What one mark may say: its code in both languages, its level, whether it is numbered."""

    code: str
    english: str
    level: str
    numbered: bool = False
    """The number says which person, organisation or place it is, over the whole corpus."""

    @property
    def label(self) -> Label:
        """Return the code in the reader's language."""
        return Label(self.code, self.english)


CLASSES = tuple(
    GoldClass(*row)
    for row in (
        ("personne", "person", DIRECT, True),
        ("téléphone", "phone", DIRECT),
        ("courriel", "email", DIRECT),
        ("adresse", "address", DIRECT),
        ("nas", "sin", DIRECT),
        ("ramq", "health-number", DIRECT),
        ("naissance", "birth-date", DIRECT),
        ("compte", "handle", DIRECT),
        ("lien", "url", DIRECT),
        ("identifiant", "identifier", DIRECT),
        ("organisme-membre", "member-organisation", STRONG, True),
        ("rôle-unique", "unique-role", STRONG, True),
        ("proche", "third-person", STRONG, True),
        ("code-postal", "postal-code", STRONG),
        ("autre-organisme", "other-organisation", INDIRECT, True),
        ("lieu", "place", INDIRECT, True),
        ("date", "date", INDIRECT),
        ("événement", "rare-event", INDIRECT),
    )
)
"""Every class, from the most to the least telling."""
_BY_CODE = {code: found for found in CLASSES for code in (found.code, found.english)}
_KINDS = {
    "personne": PERSON, "proche": PERSON, "organisme-membre": ORGANISATION,
    "autre-organisme": ORGANISATION, "lieu": PLACE, "rôle-unique": OTHER,
}  # fmt: skip
_MARK = re.compile(r"⟦(?P<code>[^:|⟦⟧]*)(?::(?P<number>[^|⟦⟧]*))?\|(?P<words>[^⟦⟧|]*)⟧")
_SIGN = re.compile(r"[⟦⟧]")
_LABEL = re.compile(r"(?P<label>[^:⟦⟧]{1,40}) : ")


@dataclass(frozen=True, slots=True)
class GoldMark:
    """One passage that must be hidden, in characters of the turn's text without marks."""

    start: int
    end: int
    about: GoldClass
    number: int = 0
    """Which person, organisation or place of the corpus; 0 where the class has no number."""


@dataclass(frozen=True, slots=True)
class GoldTurn:
    """One line of a document: who speaks (never printed), the words, and their marks."""

    speaker: str
    text: str
    marks: tuple[GoldMark, ...]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One document, with the part and the rendering under which it is always reported."""

    name: str
    part: str
    rendering: str
    method: str
    turns: tuple[GoldTurn, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the member directory that a team, and an intruder, would hold."""

    number: int
    about: GoldClass
    entry: MaskEntry


@dataclass(frozen=True, slots=True)
class GoldCorpus:
    """An annotated corpus and its directory."""

    documents: tuple[GoldDocument, ...]
    directory: tuple[Listed, ...]

    @property
    def registry(self) -> tuple[MaskEntry, ...]:
        """Return the directory as the list of names a study would mask."""
        return tuple(listed.entry for listed in self.directory)


class GoldRefused(Exception):
    """An annotated corpus cannot be read; ``message`` says where and why."""

    def __init__(self, file: str, line: int, column: int, reason: Phrase) -> None:
        self.file, self.line, self.column = file, line, column
        self.message = phrase(
            "{file}, ligne {line}, colonne {column} : {reason}",
            file=file, line=line, column=column, reason=reason,
        )  # fmt: skip
        super().__init__(f"{file}:{line}:{column}: {reason.one}")


def read_gold(folder: Path) -> GoldCorpus:
    """Read an annotated corpus: ``manifeste.csv``, ``annuaire.csv`` and ``documents/*.txt``.

    Offsets are characters of each turn's text once its marks are taken off.

    Raises:
        GoldRefused: the first thing that is not in the format, with file, line and column.
    """
    documents = tuple(_documents(folder))
    known = {f"{document.name}.txt" for document in documents}
    for path in sorted((folder / TEXTS).glob("*")):
        if path.name not in known:
            raise GoldRefused(
                MANIFEST, 1, 1, phrase("il manque le document {name}.", name=path.name)
            )
    return GoldCorpus(documents, tuple(_directory(folder / DIRECTORY)))


def read_gold_text(name: str, text: str) -> tuple[GoldTurn, ...]:
    """Return the turns of one annotated text; ``name`` is the file's, for refusals."""
    turns = []
    for line, written in enumerate(text.splitlines(), start=1):
        if written.strip():
            turns.append(_turn(name, line, written))
    if not turns:
        raise GoldRefused(name, 1, 1, phrase("le document est vide."))
    return tuple(turns)


def _turn(file: str, line: int, written: str) -> GoldTurn:
    label = _LABEL.match(written)
    speaker = label["label"].strip() if label else ""
    place = label.end() if label else 0
    pieces: list[str] = []
    marks, length = [], 0
    for match in _MARK.finditer(written, place):
        between = written[place : match.start()]
        _plain(file, line, place, between)
        length += len(between)
        about, number = _mark_class(file, line, match)
        words = match["words"]
        marks.append(GoldMark(length, length + len(words), about, number))
        length += len(words)
        pieces += [between, words]
        place = match.end()
    _plain(file, line, place, written[place:])
    return GoldTurn(speaker, "".join([*pieces, written[place:]]), tuple(marks))


def _plain(file: str, line: int, place: int, between: str) -> None:
    if sign := _SIGN.search(between):
        raise GoldRefused(
            file, line, place + sign.start() + 1,
            phrase("un signe {sign} sans sa marque complète.", sign=sign.group()),
        )  # fmt: skip


def _mark_class(file: str, line: int, match: re.Match[str]) -> tuple[GoldClass, int]:
    column = match.start() + 1
    about = _BY_CODE.get(match["code"])
    if about is None:
        reason = phrase("la classe « {code} » est inconnue.", code=match["code"])
        raise GoldRefused(file, line, column, reason)
    words, number = match["words"], match["number"]
    if not words or words != words.strip():
        reason = phrase("une marque commence et finit par une lettre, un chiffre ou un signe.")
        raise GoldRefused(file, line, column, reason)
    if about.numbered and not (number and number.isascii() and number.isdigit() and int(number)):
        reason = phrase("la classe « {code} » demande un numéro.", code=about.code)
        raise GoldRefused(file, line, column, reason)
    if number is not None and not (number.isascii() and number.isdigit()):
        reason = phrase("« {number} » n’est pas un numéro.", number=number)
        raise GoldRefused(file, line, column, reason)
    return about, int(number or 0)


def _rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        sheet = read_table(path)
    except FormatRefused as refusal:
        raise GoldRefused(path.name, 1, 1, refusal.message) from refusal
    except FileNotFoundError as missing:
        raise GoldRefused(path.name, 1, 1, phrase("le fichier manque.")) from missing
    if sheet.header != header:
        reason = phrase("les colonnes attendues sont {header}.", header=", ".join(header))
        raise GoldRefused(path.name, 1, 1, reason)
    yield from sheet.rows


def _documents(folder: Path) -> Iterator[GoldDocument]:
    seen = set()
    for line, row in _rows(folder / MANIFEST, _MANIFEST_HEADER):
        name = row["document"]
        allowed = ((CORE, SECOND, GENERATED), (CLEAR,), METHODS)
        for place, (column, values) in enumerate(
            zip(_MANIFEST_HEADER[1:], allowed, strict=True), start=2
        ):
            if row[column] not in values:
                reason = phrase(
                    "« {value} » n’est pas dans : {values}.",
                    value=row[column], values=", ".join(values),
                )  # fmt: skip
                raise GoldRefused(MANIFEST, line, place, reason)
        if name in seen or not re.fullmatch(r"[\w-]+", name):
            reason = phrase("« {name} » : un nom simple, une seule fois.", name=name)
            raise GoldRefused(MANIFEST, line, 1, reason)
        seen.add(name)
        text = _text(folder / TEXTS / f"{name}.txt")
        turns = read_gold_text(f"{name}.txt", text)
        yield GoldDocument(name, row["part"], row["rendu"], row["methode"], turns)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError as missing:
        raise GoldRefused(path.name, 1, 1, phrase("le fichier manque.")) from missing
    except UnicodeDecodeError as undecoded:
        before = undecoded.object[: undecoded.start]
        line, column = before.count(b"\n") + 1, undecoded.start - before.rfind(b"\n")
        reason = phrase("le texte n’est pas en UTF-8.")
        raise GoldRefused(path.name, line, column, reason) from undecoded


def _directory(path: Path) -> Iterator[Listed]:
    seen = set()
    for line, row in _rows(path, _DIRECTORY_HEADER):
        about = _BY_CODE.get(row["classe"])
        if about is None or about.code not in _KINDS:
            reason = phrase("la classe « {code} » n’a pas sa place ici.", code=row["classe"])
            raise GoldRefused(path.name, line, 2, reason)
        number = row["numero"]
        if not (number.isascii() and number.isdigit()) or (about.code, number) in seen:
            reason = phrase("« {number} » : un numéro, une seule fois par classe.", number=number)
            raise GoldRefused(path.name, line, 1, reason)
        if not row["nom"]:
            raise GoldRefused(path.name, line, 3, phrase("le nom manque."))
        seen.add((about.code, number))
        variants = tuple(v.strip() for v in row["variantes"].split("|") if v.strip())
        entry = MaskEntry(row["nom"], _KINDS[about.code], "", variants)
        yield Listed(int(number), about, entry)
