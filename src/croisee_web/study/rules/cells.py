"""One cell of the home's matrix: a count, a bar, a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee.study import ActivityState, MethodKind
from croisee_web.kit.days import day_text
from croisee_web.study.rules.state import Frame, Work

FEW = 5
"""Outside the team, a count from 1 to 4 is told in words (docs/methods/divulgation.md §3)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``shown``: « 41 sur 58 »; ``after``: what is counted, when there is no aim.

    ``width`` is the bar's, in percent, ``None`` for no bar; ``percent`` its text. ``tone`` and
    ``word`` say the state; ``reason`` why a method does not apply (``apart``).
    """

    shown: str = ""
    after: str = ""
    width: int | None = None
    percent: str = ""
    tone: str = ""
    word: str = ""
    apart: bool = False
    reason: str = ""


def cell_of(work: Work | None, *, kind: str, subject: str, team: bool) -> Cell:
    """Return how an activity reads, for the team or for a network's coordinator."""
    if work is None:
        return Cell()
    if work.state == ActivityState.NOT_APPLICABLE.value:
        return Cell(apart=True, reason=work.reason)
    tone, word = _state(work, team=team)
    done = work.done or 0
    few = not team and 0 < done < FEW
    if few:
        shown = _("Moins de 5")
        if work.aim is not None and work.aim >= FEW:
            shown = _("Moins de 5 sur %(aim)s") % {"aim": _thousands(work.aim)}
        return Cell(shown, tone=tone, word=word)
    if work.aim is None:
        if work.done is None:
            return Cell(tone=tone, word=word)
        return Cell(
            _thousands(done), work.unit or _counted(kind, subject, done), tone=tone, word=word
        )
    width = min(100, round(100 * done / work.aim)) if work.aim else 0
    return Cell(
        _("%(done)s sur %(aim)s") % {"done": _thousands(done), "aim": _thousands(work.aim)},
        width=width,
        percent=_("%(n)s %%") % {"n": round(100 * done / work.aim)}
        if work.survey and work.aim and done
        else "",
        tone=tone,
        word=word,
    )


def _thousands(n: int) -> str:
    return f"{n:,}".replace(",", " ")


def _counted(kind: str, subject: str, n: int) -> str:
    if kind == MethodKind.OBSERVATION.value:
        return ngettext("séance", "séances", n)
    if kind == MethodKind.FOCUS_GROUP.value:
        return ngettext("groupe", "groupes", n)
    if subject == "organisme":
        return ngettext("organisme", "organismes", n)
    return ngettext("personne", "personnes", n)


def _state(work: Work, *, team: bool) -> tuple[str, str]:
    if work.state == ActivityState.DONE.value:
        return "ok", _("Terminé")
    if work.state == ActivityState.PLANNED.value:
        return "", _("Prévu %(when)s") % {"when": _when(work.start)} if work.start else _("Prévu")
    half = work.survey and work.aim and (work.done or 0) * 2 < work.aim
    return ("attn", _("Sous la moitié")) if half and team else ("info", _("En cours"))


def _when(text: str) -> str:
    """Return a date as far as it is known, with its preposition: « en janvier 2027 »."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return _("en %(year)s") % {"year": parts[0]}
    day = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    if len(parts) == 2:
        return _("en %(month)s") % {"month": date_format(day, "F Y")}
    return _("le %(day)s") % {"day": day_text(day)}


def scope_of(frame: Frame | None, unit: str, units: str, individuals: bool, regions: int) -> str:
    """Return the size of a network in words: « 58 organismes, 14 régions »."""
    if frame is None:
        return _("pas encore de base")
    words = (
        (unit or units, units or unit)
        if unit or units
        else (_("personne"), _("personnes"))
        if individuals
        else (_("organisme"), _("organismes"))
    )
    size = f"{_thousands(frame.size)} {words[0] if frame.size < 2 else words[1]}"
    if regions < 2:
        return size
    return ngettext("%(size)s, %(n)s région", "%(size)s, %(n)s régions", regions) % {
        "size": size,
        "n": regions,
    }
