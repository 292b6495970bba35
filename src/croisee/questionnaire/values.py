"""The values of XPath as ODK reads them, and what an expression is evaluated in."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from lxml import etree

Value = Any
"""What lxml gives and takes: a list of elements or texts, a text, a float or a boolean."""

EPOCH = date(1970, 1, 1)
DAY = 86_400.0


@dataclass(slots=True)
class Surroundings:
    """What an expression is evaluated in.

    ``sheet`` is the root of the answers, ``instances`` the parents of those of the lists;
    ``choice_label`` gives the label of a choice in the reader's language; ``at`` is aware and
    in the study's zone.
    """

    at: datetime
    sheet: etree._Element
    instances: dict[str, etree._Element]
    chance: np.random.Generator
    choice_label: Callable[[str, str], str]
    words: Callable[[str], str]
    version: str = ""
    language: str = "fr"
    current: etree._Element | None = None


AROUND: ContextVar[Surroundings] = ContextVar("surroundings")


def text(value: Value) -> str:
    """Return a value as XPath's ``string()`` does; a whole number has no point."""
    if isinstance(value, list):
        return node_text(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def node_text(node: Any) -> str:
    """Return the text of an element with what is inside it, or of an attribute."""
    return "".join(map(str, node.itertext())) if isinstance(node, etree._Element) else str(node)


def number(value: Value) -> float:
    """Return a value as a number; a date counts its days since 1970; what is none is NaN."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, float):
        return value
    written = text(value).strip()
    try:
        return float(written) if written[-1:].isdigit() or written[-1:] == "." else math.nan
    except ValueError:
        moment = moment_of(written)
        return math.nan if moment is None else days(moment)


def boolean(value: Value) -> bool:
    """Return a value as XPath's ``boolean()`` does."""
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def moment_of(written: str) -> date | datetime | None:
    """Return the date, or the date and time, that a text says in ISO 8601; ``None`` if none."""
    try:
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except ValueError:
        return None


def days(moment: date | datetime) -> float:
    """Return the days since 1970-01-01, with the part of the day for a time (UTC)."""
    if isinstance(moment, datetime):
        zone = moment.utcoffset() or timedelta()
        return (moment.replace(tzinfo=None) - zone - datetime(1970, 1, 1)).total_seconds() / DAY  # noqa: DTZ001 -- both sides are naive UTC here
    return float((moment - EPOCH).days)
