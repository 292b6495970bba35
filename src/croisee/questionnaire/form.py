"""What a form asks, in order: groups, repeats, questions, hidden values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from croisee.questionnaire.expressions import Expression


class Kind(StrEnum):
    """What a node of a form is, or how its question is answered."""

    GROUP = "group"
    REPEAT = "repeat"
    NOTE = "note"
    SINGLE = "single"
    MULTIPLE = "multiple"
    RANKING = "ranking"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    PLACE = "place"
    """A point, a line or a shape on a map: the text of its coordinates."""
    BARCODE = "barcode"
    FILE = "file"
    """An image, a sound, a video or any file: its name."""
    TRIGGER = "trigger"
    """« OK »: read and agreed."""
    CALCULATED = "calculated"
    """Never shown: a calculation, a default, a fact of the session."""


CHOSEN = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING})


@dataclass(frozen=True, slots=True)
class Words:
    """A text of the form in its languages; a piece is a text, or a value to compute."""

    by_language: tuple[tuple[str, tuple[str | Expression, ...]], ...] = ()

    def pieces(self, language: str) -> tuple[str | Expression, ...]:
        """Return the pieces in this language, else in the first one that has some."""
        known = dict(self.by_language)
        return known.get(language) or next((found for found in known.values() if found), ())

    def __bool__(self) -> bool:
        return any(pieces for _, pieces in self.by_language)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class Choices:
    """Where the answers of a question come from: written here, or filtered from an instance.

    ``items`` is an expression that gives elements; ``code`` and ``label`` name their children;
    a ``label`` that is a key of the texts has ``keyed`` true.
    """

    fixed: tuple[Choice, ...] = ()
    items: Expression | None = None
    code: str = "name"
    label: str = "label"
    keyed: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """One group, repeat, note, question or hidden value.

    ``path`` is absolute and says nothing of repeats (``/data/r/x``). Expressions are absent
    where the form says nothing; ``always_required`` and the like come from constants.
    """

    path: str
    kind: Kind
    label: Words = field(default_factory=Words)
    hint: Words = field(default_factory=Words)
    appearance: tuple[str, ...] = ()
    relevant: Expression | None = None
    required: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Words = field(default_factory=Words)
    required_message: Words = field(default_factory=Words)
    calculate: Expression | None = None
    readonly: bool = False
    preload: str = ""
    default: str = ""
    choices: Choices = field(default_factory=Choices)
    parameters: tuple[tuple[str, str], ...] = ()
    """``start``, ``end``, ``step`` of a range; ``mediatype`` of a file."""
    count: Expression | None = None
    """How many times a repeat is asked, where the form decides."""
    children: tuple[Node, ...] = ()

    @property
    def name(self) -> str:
        """The last step of the path."""
        return self.path.rpartition("/")[2]

    def walk(self) -> Iterator[Node]:
        """Yield this node and everything below, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled questionnaire.

    ``nodes`` are what the body shows, in order, then what it never shows. ``instance`` is the
    empty answer sheet (XML), ``lists`` the secondary instances (XML, by name), ``texts`` the
    translated texts by key, ``languages`` their languages, the default one first; a form in
    one unnamed language has ``("",)``.
    """

    identifier: str
    version: str
    title: str
    languages: tuple[str, ...]
    nodes: tuple[Node, ...]
    instance: bytes
    lists: tuple[tuple[str, bytes], ...]
    texts: tuple[tuple[str, Words], ...]

    def walk(self) -> Iterator[Node]:
        """Yield every node, in order."""
        for node in self.nodes:
            yield from node.walk()

    def node(self, path: str) -> Node:
        """Return the node of a path. Raises :class:`KeyError`."""
        for one in self.walk():
            if one.path == path:
                return one
        raise KeyError(path)
