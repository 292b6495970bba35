"""The menu of a study: each slice adds its pages, under one of the five verbs of the path.

Pages of one subject that several slices hold are side by side in tabs, added the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS: dict[str, str | Promise] = {
    "preparer": _("Préparer"),
    "recueillir": _("Recueillir"),
    "comprendre": _("Comprendre"),
    "rendre": _("Rendre"),
    "agir": _("Agir"),
}
"""The five verbs, in the order of the path."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One page of the menu. ``address`` names a URL that takes the study's slug; ``verb`` is what
    a reader must be able to do to see it.
    """

    step: str
    order: int
    label: str | Promise
    address: str
    verb: str


_ENTRIES: list[MenuEntry] = []


def add_to_menu(step: str, order: int, label: str | Promise, address: str, verb: str) -> None:
    """Add a page; called once by a slice's ``AppConfig.ready``."""
    entry = MenuEntry(step, order, label, address, verb)
    if entry not in _ENTRIES:
        _ENTRIES.append(entry)


def menu_for(verbs: frozenset[str]) -> tuple[tuple[str, tuple[MenuEntry, ...]], ...]:
    """Return the steps that hold something for a reader, each with its pages in order."""
    kept = [entry for entry in _ENTRIES if entry.verb in verbs]
    return tuple(
        (str(label), tuple(sorted((e for e in kept if e.step == step), key=lambda e: e.order)))
        for step, label in STEPS.items()
        if any(e.step == step for e in kept)
    )


_TABS: dict[str, list[MenuEntry]] = {}


def add_to_tabs(group: str, order: int, label: str | Promise, address: str, verb: str) -> None:
    """Add a page to a group of tabs; called once by a slice's ``AppConfig.ready``."""
    entry = MenuEntry(group, order, label, address, verb)
    tabs = _TABS.setdefault(group, [])
    if entry not in tabs:
        tabs.append(entry)


def tabs_for(group: str, verbs: frozenset[str]) -> tuple[MenuEntry, ...]:
    """Return the tabs of a group that a reader may open, in order."""
    kept = (entry for entry in _TABS.get(group, ()) if entry.verb in verbs)
    return tuple(sorted(kept, key=lambda entry: entry.order))
