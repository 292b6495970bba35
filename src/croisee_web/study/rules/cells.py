"""One cell of the home's matrix: a count, a bar, a word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee.study import ActivityState, MethodKind
from croisee_web.kit.days import day_text
from croisee_web.study.rules.collected import Band
from croisee_web.study.rules.state import Frame, Work

RATED = 20
"""A rate is told of a frame of that many at least (``docs/methods/divulgation.md`` §3.1)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``shown``: « 41 sur 58 »; ``after``: what is counted, when there is no aim.

    ``width`` is the bar's, in percent, ``None`` for no bar; ``percent`` its text. ``tone`` and
    ``word`` say the state; ``reason`` why a method does not apply (``apart``). ``beside``: what
    else is known of the count, or both numbers where the team's and the database's differ
    (``differs``). ``typed``: the number is the team's, nothing was received. ``wave``: the code of
    its edition; ``edition`` tells it where it is another one than the page's.
    """

    shown: str = ""
    after: str = ""
    width: int | None = None
    percent: str = ""
    tone: str = ""
    word: str = ""
    apart: bool = False
    reason: str = ""
    beside: str = ""
    differs: bool = False
    typed: bool = False
    wave: str = ""
    edition: str = ""


def cell_of(work: Work | None, *, kind: str, subject: str, band: Band | None = None) -> Cell:
    """Return how an activity reads.

    Participation is exact for every reader; when the study holds it for delicate, readers outside
    the team are told it as ``band`` allows (``docs/methods/divulgation.md`` §3.1).
    """
    if work is None:
        return Cell()
    if work.state == ActivityState.NOT_APPLICABLE.value:
        seen = work.apart if band is None else ""
        return Cell(apart=True, reason=work.reason, beside=seen, differs=bool(seen))
    tone, word = _state(work, told=band is None)
    if band is not None:
        return Cell(_protected(work, band), tone=tone, word=word) if work.state else Cell()
    plain = Cell(
        tone=tone,
        word=word,
        beside=work.apart or work.beside,
        differs=bool(work.apart),
        typed=not work.received and work.done is not None,
    )
    done = work.done or 0
    if work.aim is None:
        if work.done is None:
            return plain
        after = work.unit or _counted(kind, subject, done)
        return replace(plain, shown=_thousands(done), after=after)
    share = (200 * done + work.aim) // (2 * work.aim) if work.aim else 0
    rated = work.survey and done and work.aim and (work.aim >= RATED or not work.framed)
    return replace(
        plain,
        shown=_of(_thousands(done), work.aim),
        width=min(100, share),
        percent=_("%(n)s %%") % {"n": share} if rated else "",
    )


def _protected(work: Work, band: Band) -> str:
    """Return a count of a survey as its band, nothing for the others: they are too few."""
    frame = work.aim if work.survey and work.framed else None
    told = band(work.done or 0, frame)
    if told is None or frame is None:
        return ""
    least, most = told
    if least == most:
        return _of(_thousands(least), frame)
    if least:
        return _of(_("Au moins %(n)s") % {"n": _thousands(least)}, frame)
    return _of(_("Moins de %(n)s") % {"n": _thousands(most + 1)}, frame)


def _of(done: str, aim: int) -> str:
    return _("%(done)s sur %(aim)s") % {"done": done, "aim": _thousands(aim)}


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


def _state(work: Work, *, told: bool) -> tuple[str, str]:
    if not work.state:
        return "", _("Non prévu")
    if work.state == ActivityState.DONE.value:
        return "ok", _("Terminé")
    if work.state == ActivityState.PLANNED.value:
        return "", _("Prévu %(when)s") % {"when": _when(work.start)} if work.start else _("Prévu")
    half = work.survey and work.aim and (work.done or 0) * 2 < work.aim
    return ("attn", _("Sous la moitié")) if half and told else ("info", _("En cours"))


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
        return _("sans base de sondage")
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
