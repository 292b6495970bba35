"""When collection may run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from croisee_web.kit.days import day_text


@dataclass(frozen=True, slots=True)
class Period:
    """The dates of a certificate, both included; ``None`` when one is open."""

    start: date | None
    end: date | None

    def holds(self, day: date) -> bool:
        """Return whether a day is inside."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def why_closed(certificates: Sequence[Period], on: date) -> str:
    """Return why no collection may run on a day, "" when a certificate covers it."""
    if any(one.holds(on) for one in certificates):
        return ""
    if not certificates:
        return _("Aucun certificat d’éthique n’est inscrit : la collecte reste fermée.")
    coming = [one.start for one in certificates if one.start and one.start > on]
    if coming:
        return _(
            "Le certificat d’éthique commence le %(day)s : la collecte ouvrira ce jour-là."
        ) % {"day": day_text(min(coming))}
    last = max(one.end for one in certificates if one.end)
    return _("Le certificat d’éthique a pris fin le %(day)s : la collecte est fermée.") % {
        "day": day_text(last)
    }
