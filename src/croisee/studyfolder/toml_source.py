"""TOML read with the line of each key, so that a problem can be found again."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from croisee.formats import FormatRefused, read_text
from croisee.language import Label, phrase
from croisee.studyfolder import messages
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.problems import Place, Problems, Said
from croisee.studyfolder.words import Words, propose_code, read_code
from croisee.text import folded_label, parse_date

Keys = tuple[str | int, ...]
_HEADING = re.compile(r"\s*\[(\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[A-Za-z0-9_.\-]+)\s*=""")
_AT_LINE = re.compile(r"at line (\d+)")
_LONG = ('"""', "'''")
_MOST_CHARACTERS = 5_000_000
_LONGEST_HEADING = 300


def read_toml(folder: Folder, key: str) -> Section | None:
    """Return a TOML file's top, or ``None`` once what stops it has been noted."""
    problems = folder.problems
    try:
        text = read_text(folder.use(key))
        if len(text) > _MOST_CHARACTERS:
            raise FormatRefused(
                phrase("Ce fichier est trop long pour être écrit à la main."),
                phrase("Mettez les données dans des tableaux."),
            )
        values = tomllib.loads(text)
    except FormatRefused as refused:
        folder.refused(key, refused)
        return None
    except (ValueError, RecursionError) as cause:
        found = _AT_LINE.search(str(cause))
        line = int(found[1]) if found else None
        problems.refuse(
            Place(key, line),
            (
                phrase("Cette ligne n’est pas écrite comme le format TOML le demande."),
                phrase("Vérifiez les guillemets, les crochets et le signe « = »."),
            ),
        )
        return None
    return Section(values, (), _Source(key, _key_lines(text), problems))


def _key_lines(text: str) -> dict[Keys, int]:
    """Return the line of each heading and each key that starts a line."""
    lines: dict[Keys, int] = {}
    counts: dict[Keys, int] = {}
    here: Keys = ()
    inside = ""
    for number, line in enumerate(text.split("\n"), 1):
        if inside:
            inside = "" if inside in line else inside
            continue
        if heading := _HEADING.match(line[:_LONGEST_HEADING]):
            here = _heading(heading, counts)
            lines.setdefault(here, number)
        elif key := _KEY.match(line[:_LONGEST_HEADING]):
            lines.setdefault((*here, *_parts(key[1])), number)
            after = line[key.end() :].strip()
            inside = next((q for q in _LONG if after.startswith(q) and q not in after[3:]), "")
    return lines


def _heading(heading: re.Match[str], counts: dict[Keys, int]) -> Keys:
    """Return the path a heading opens; the last ``[[…]]`` of each ancestor is the open one."""
    path: Keys = ()
    names = _parts(heading[2])
    for depth, name in enumerate(names):
        path = (*path, name)
        last = depth == len(names) - 1
        if last and heading[1]:
            counts[path] = counts.get(path, -1) + 1
            path = (*path, counts[path])
        elif path in counts:
            path = (*path, counts[path])
    return path


def _parts(name: str) -> list[str]:
    return [part.strip().strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.]+", name)]


class _Source:
    """The file a section comes from."""

    def __init__(self, file: str, lines: Mapping[Keys, int], problems: Problems) -> None:
        self.file = file
        self.lines = lines
        self.problems = problems

    def place(self, path: Keys) -> Place:
        """Return where a key is, or the nearest line above it that is known."""
        column = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.lines:
                return Place(self.file, self.lines[path[:depth]], column)
        return Place(self.file, None, column)


class Section:
    """A table of a TOML file. Each reader takes a French name and the others it may have."""

    def __init__(self, values: Mapping[str, Any], path: Keys, source: _Source) -> None:
        self.values = values
        self.path = path
        self.source = source
        self._asked: set[str] = set()

    def place(self, key: str = "") -> Place:
        """Return where a key of this section is."""
        return self.source.place((*self.path, key) if key else self.path)

    def refuse(self, key: str, said: Said) -> None:
        """Note a problem of one key that stops the run."""
        self.source.problems.refuse(self.place(key), said)

    def warn(self, key: str, said: Said) -> None:
        """Note a problem of one key that does not stop the run."""
        self.source.problems.warn(self.place(key), said)

    def named(self, *names: str) -> str:
        """Return the name under which a key is written here (the first one if it is absent)."""
        self._asked.update(names)
        present = [name for name in names if name in self.values]
        if len(present) > 1:
            self.refuse(present[1], messages.twice(present[1], None))
        return present[0] if present else names[0]

    def get(self, *names: str) -> Any:
        """Return a value as TOML gives it, or ``None``."""
        return self.values.get(self.named(*names))

    def text(self, *names: str, required: bool = False) -> str:
        """Return a text; a number is taken as its text (an edition named 2020)."""
        key = self.named(*names)
        value = self.values.get(key)
        if isinstance(value, int | float | date) and not isinstance(value, bool):
            value = _plain(value)
        if value is None or (isinstance(value, str) and not value.strip()):
            if required:
                self.refuse(key, _missing_key(Label(names[0], names[-1])))
            return ""
        if not isinstance(value, str):
            self.refuse(key, _wrong_kind(phrase("un texte entre guillemets")))
            return ""
        return value.strip()

    def label(self, *names: str, required: bool = False) -> Label:
        """Return a text in French, and in English where ``<name>_en`` is written."""
        english = self.text(*(f"{name}_en" for name in names))
        return Label(self.text(*names, required=required), english)

    def code(self, *names: str, required: bool = True) -> str:
        """Return a code, or ``""``."""
        text = self.text(*names, required=required)
        code = read_code(text) if text else ""
        if code is None:
            self.refuse(self.named(*names), messages.not_a_code(text, propose_code(text)))
        return code or ""

    def whole(self, *names: str, low: int = 0, high: int = 2**31 - 1) -> int | None:
        """Return a whole number between two bounds, or ``None``."""
        key = self.named(*names)
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(key, messages.not_whole(_plain(value)))
            return None
        if not low <= value <= high:
            self.refuse(key, messages.out_of_range(_plain(value), low, high))
            return None
        return value

    def amount(self, *names: str) -> Decimal | None:
        """Return a number, or ``None``."""
        key = self.named(*names)
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            self.refuse(key, messages.not_a_number(_plain(value)))
            return None
        return Decimal(_plain(value))

    def flag(self, *names: str) -> bool:
        """Return ``true`` or ``false`` (false if absent)."""
        key = self.named(*names)
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.refuse(key, _wrong_kind(phrase("true ou false")))
            return False
        return value

    def day(self, *names: str) -> date | None:
        """Return a date, written as TOML does or as a text."""
        key = self.named(*names)
        value = self.values.get(key)
        if value is None or type(value) is date:
            return value
        if isinstance(value, datetime):
            return value.date()
        read = parse_date(_plain(value))
        if read is None or read.day is None:
            self.refuse(key, messages.not_a_date(_plain(value)))
            return None
        if read.ambiguous:
            self.warn(key, messages.ambiguous_date(_plain(value), read.text))
        return read.day

    def texts(self, *names: str) -> tuple[str, ...]:
        """Return a list of texts; one text alone is a list of one."""
        key = self.named(*names)
        value = self.values.get(key, [])
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str | int) and not isinstance(item, bool) for item in listed):
            self.refuse(key, _wrong_kind(phrase("une liste de textes")))
            return ()
        return tuple(_plain(item).strip() for item in listed)

    def word(self, *names: str, words: Words, default: str) -> str:
        """Return a word of a closed list."""
        key, text = self.named(*names), self.text(*names)
        read = words.read(text) if text else default
        if read is None:
            near = self.source.problems.near(folded_label(text), words.all)
            self.refuse(key, messages.unknown_word(text, near, words.canonical))
        return read or default

    def ref(self, *names: str, known: tuple[str, ...], required: bool = True) -> str:
        """Return a code declared in the study file, or ``""``."""
        text = self.text(*names, required=required)
        return self.known(self.named(*names), text, known) if text else ""

    def refs(self, *names: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Return codes declared in the study file."""
        key = self.named(*names)
        found = (self.known(key, text, known) for text in self.texts(*names))
        return tuple(code for code in found if code)

    def known(self, key: str, text: str, known: tuple[str, ...]) -> str:
        """Return a text's code if it is known; refuse it otherwise."""
        code = read_code(text)
        if code in known and code:
            return code
        near = self.source.problems.near(propose_code(text), known)
        self.refuse(key, messages.unknown_code(text, near, "etude.toml"))
        return ""

    def section(self, *names: str) -> Section:
        """Return a ``[table]``, empty if it is absent."""
        key = self.named(*names)
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.refuse(key, _wrong_kind(phrase("une section entre crochets")))
            value = {}
        return Section(value, (*self.path, key), self.source)

    def sections(self, *names: str) -> Iterator[Section]:
        """Yield the ``[[tables]]`` of a name (or the ``{ … }`` of a list)."""
        key = self.named(*names)
        value = self.values.get(key, [])
        listed = value if isinstance(value, list) else [value]
        for index, item in enumerate(listed):
            if isinstance(item, dict):
                yield Section(item, (*self.path, key, index), self.source)
            else:
                self.refuse(key, _wrong_kind(phrase("une liste de sections")))

    def warn_of_the_rest(self) -> None:
        """Warn of each key nobody asked for."""
        for key in self.values:
            if key not in self._asked:
                near = self.source.problems.near(key, self._asked)
                said = (
                    phrase("Cette clé n’est pas lue : « {key} ».", key=messages.shown(key)),
                    messages.meant(near, phrase("Retirez-la, ou vérifiez son nom.")),
                )
                self.warn(key, said)


def _plain(value: object) -> str:
    try:
        return str(value)
    except ValueError:  # a whole number of several thousand digits
        return "…"


def _missing_key(key: Label) -> Said:
    return (
        phrase("Il manque « {key} ».", key=key),
        phrase("Ajoutez une ligne {key} = …", key=key),
    )


def _wrong_kind(wanted: object) -> Said:
    return (
        phrase("Cette valeur n’est pas du genre attendu."),
        phrase("Écrivez {wanted}.", wanted=wanted),
    )
