"""A coded project as qualitative tools exchange it: codes, sources, passages, who coded what.

Every ``key`` is an identifier in lower case, unique in its project. Positions are characters (code
points) of a source's text, from 0; an end is excluded. Dates are kept as the file has them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody who codes."""

    key: str
    name: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """A code; its parent comes before it. ``colour`` is ``#rrggbb`` or empty."""

    key: str
    name: str
    parent: str = ""
    description: str = ""
    colour: str = ""
    codable: bool = True
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """One code put on a passage or on a whole source, by one person."""

    key: str
    code: str
    coder: str = ""
    at: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """A passage: marked, described or coded."""

    key: str
    start: int
    end: int
    name: str = ""
    description: str = ""
    applied: tuple[Applied, ...] = ()
    coder: str = ""
    at: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sync:
    """A place of a transcript and its time in the recording, in thousandths of a second."""

    key: str
    position: int
    thousandths: int


@dataclass(frozen=True, slots=True)
class Value:
    """What a variable is worth for a source or a case, as written."""

    variable: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text and what was marked in it. ``text`` is ``None`` where the project holds no text.

    ``recording``: the path of what was transcribed, for a transcript with its ``syncs``. A text
    that stands for a recording has no codings of its own and no values but those of the recording.
    """

    key: str
    name: str
    text: str | None
    description: str = ""
    selections: tuple[Selection, ...] = ()
    applied: tuple[Applied, ...] = ()
    values: tuple[Value, ...] = ()
    syncs: tuple[Sync, ...] = ()
    recording: str = ""
    coder: str = ""
    at: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectNote:
    """A memo. What it is about names it, by its key."""

    key: str
    name: str
    text: str = ""
    coder: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class ProjectVariable:
    """A variable of sources and cases. ``kind``: Text, Boolean, Integer, Float, Date, DateTime."""

    key: str
    name: str
    kind: str = "Text"
    description: str = ""


@dataclass(frozen=True, slots=True)
class ProjectCase:
    """A person, a group or an organisation that sources and passages are about."""

    key: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectSet:
    """Codes, sources and notes kept together."""

    key: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedProject:
    """A whole project. ``origin``: the tool that wrote it."""

    name: str
    coders: tuple[Coder, ...] = ()
    codes: tuple[ProjectCode, ...] = ()
    variables: tuple[ProjectVariable, ...] = ()
    cases: tuple[ProjectCase, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[ProjectNote, ...] = ()
    sets: tuple[ProjectSet, ...] = ()
    description: str = ""
    about: tuple[str, ...] = ()
    """Notes about the project itself."""
    origin: str = ""
    coder: str = ""
    at: str = ""
