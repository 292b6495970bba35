"""What the slices above tell of a collection: how much came in, and whether that is delicate.

This slice knows what was planned and what the team says was done. Answers, sessions and verbatims
lie above it: each slice that holds some registers a counter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Received:
    """What the database holds of one method in one network and one edition (its code, or "").

    ``count``: answers, sessions or verbatims. ``organisations``: how many the answers come from,
    ``None`` where that is not known.
    """

    method: int
    case: int
    edition: str
    count: int
    organisations: int | None = None


Counter = Callable[[int], Iterable[Received]]
Held = Mapping[tuple[int, int], Mapping[str, Received]]
"""By a network's number and a method's, then by an edition's code."""
_COUNTERS: list[Counter] = []


def count_received_by(counter: Counter) -> None:
    """Let a slice above say what it holds; called once by its ``AppConfig.ready``.

    ``counter(study_id)`` makes a number of queries that does not grow with the study, and counts
    without reading: nothing of what somebody answered or said.
    """
    if counter not in _COUNTERS:
        _COUNTERS.append(counter)


def received_in(study_id: int) -> Held:
    """Return what the database holds of a study, place by place; nothing where it holds none."""
    found: dict[tuple[int, int], dict[str, Received]] = {}
    for counter in _COUNTERS:
        for one in counter(study_id):
            place = found.setdefault((one.case, one.method), {})
            known = place.get(one.edition)
            place[one.edition] = _both(known, one) if known else one
    return found


def received_at(held: Held, case: int, method: int, edition: str) -> Received | None:
    """Return what was received in an edition; what bears none counts in each.

    No edition (``""``) gathers them all.
    """
    total: Received | None = None
    for code, one in held.get((case, method), {}).items():
        if not edition or code in {edition, ""}:
            total = _both(total, one) if total else one
    return total


def _both(one: Received, other: Received) -> Received:
    known = one.organisations is not None and other.organisations is not None
    organisations = (one.organisations or 0) + (other.organisations or 0) if known else None
    return replace(one, count=one.count + other.count, organisations=organisations)


def said_received(held: Received, *, survey: bool) -> str:
    """Return what was received in words: « 47 reçues, de 41 organismes », « 7 au dossier »."""
    if not survey:
        return _("%(n)s au dossier") % {"n": held.count}
    words = ngettext("%(n)s reçue", "%(n)s reçues", held.count) % {"n": held.count}
    if held.organisations in {None, held.count}:
        return words
    return f"{words}, {from_organisations(held.organisations or 0)}"


def from_organisations(n: int) -> str:
    """Return how many organisations answers come from: « de 41 organismes »."""
    return ngettext("de %(n)s organisme", "de %(n)s organismes", n) % {"n": n}


def said_apart(held: Received, typed: int, *, survey: bool) -> str:
    """Return both numbers where they differ: « 22 reçues, 24 déclarées »."""
    if not survey:
        return _("%(n)s au dossier, %(typed)s au tableau") % {"n": held.count, "typed": typed}
    received = ngettext("%(n)s reçue", "%(n)s reçues", held.count) % {"n": held.count}
    declared = ngettext("%(n)s déclarée", "%(n)s déclarées", typed) % {"n": typed}
    return f"{received}, {declared}"


Band = Callable[[int, int | None], tuple[int, int] | None]
"""(how many took part, of how many where anybody may know it) → the least and the most that may
be told, ``None`` when nothing may be."""

Protection = Callable[[int], Band | None]
_PROTECTIONS: list[Protection] = []


def participation_is_protected_by(protection: Protection) -> None:
    """Let the slice that holds the policy say how participation may be told outside the team.

    ``protection(study_id)`` returns ``None`` when it is exact for everybody, the usual case
    (``docs/methods/divulgation.md`` §3.1). One SQL query.
    """
    if protection not in _PROTECTIONS:
        _PROTECTIONS.append(protection)


def participation_band(study_id: int) -> Band | None:
    """Return how participation may be told outside the team, ``None``: as it is."""
    found = (protection(study_id) for protection in _PROTECTIONS)
    return next((band for band in found if band is not None), None)
