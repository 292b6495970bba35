"""A work as reference managers describe it, by the names of CSL 1.0.2 (``csl-data.json``)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who signs: ``literal`` is a team or an organisation, never cut in two."""

    family: str = ""
    given: str = ""
    particle: str = ""
    dropping: str = ""
    """A particle that is left out where the family name stands alone."""
    suffix: str = ""
    literal: str = ""


@dataclass(slots=True)
class CitedWork:
    """One reference.

    ``kind`` is a type of CSL, ``texts`` its plain variables, ``people`` who signs, by role.
    ``dates`` are days of ISO 8601, cut where they are not known (``2019-03``), two with ``/``
    between, ``~`` after one that is about right, or free words. ``extra``: fields of BibTeX that
    CSL does not name, as their file writes them; ``entry``: the type of the entry it came from.
    """

    key: str
    kind: str = "document"
    texts: dict[str, str] = field(default_factory=dict)
    people: dict[str, tuple[Contributor, ...]] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    entry: str = ""
