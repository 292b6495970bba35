"""A table whose columns and values have labels, as statistical software keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Content(StrEnum):
    """What the cells of a variable are; all are held as text (ISO dates, a point in decimals)."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"


class Measure(StrEnum):
    """How the values of a variable compare."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Value:
    """One value that has a label; ``missing``: it says that there is no answer."""

    code: str
    label: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """One column. ``missing`` are the values, or (lowest, highest), that mean no answer."""

    name: str
    label: str = ""
    content: Content = Content.NUMBER
    values: tuple[Value, ...] = ()
    measure: Measure = Measure.NOMINAL
    missing: tuple[tuple[str, str], ...] = ()
    question: str = ""
    """The question as it was asked, where it is longer than the label."""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Multiple:
    """Several variables that are one question: each says whether one choice was made.

    ``counted`` is the value that says yes; ``""`` where each holds one of the choices made.
    """

    name: str
    label: str
    variables: tuple[str, ...]
    counted: str = "1"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A whole file. A row has a text for each variable, ``""`` where nothing was answered."""

    title: str
    variables: tuple[Variable, ...]
    multiples: tuple[Multiple, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = field(default=())
