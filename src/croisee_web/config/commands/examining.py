"""``croisee doctor`` and ``croisee journal``."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from django.db import DatabaseError
from django.utils.translation import gettext as _

from croisee_web.config.commands.site import DONE, REFUSED, TO_CORRECT, say
from croisee_web.journal.queries import Verification, verify
from croisee_web.journal.usecases import anchor
from croisee_web.upkeep.queries import findings


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- a command is the edge


def doctor(options: argparse.Namespace) -> int:
    """Say what is well, and what to do about the rest; 1 when something urgent is to be mended."""
    del options
    wrong = []
    for found in findings(at=_now()):
        mark = "ok" if found.ok else "!!" if found.urgent else "??"
        say(f"[{mark}] {found.what}")
        if not found.ok:
            wrong.append(found)
            say(f"     → {found.advice}")
    if any(found.urgent for found in wrong):
        say(_("Suivez les flèches, puis relancez croisee doctor."))
        return REFUSED
    say(_("Rien d’urgent ; les flèches disent quoi améliorer.") if wrong else _("Rien à corriger."))
    return DONE


def journal(options: argparse.Namespace) -> int:
    """Read the whole journal again, or sign its head; 1 when it does not hold."""
    try:
        if options.act == "anchor":
            made = anchor(actor="console", at=_now())
            say(
                _("Ancré : {n} actes, empreinte {digest}. Notez-la au procès-verbal.").format(
                    n=made.length, digest=made.digest[:16]
                )
            )
            return DONE
        found = verify()
    except DatabaseError as unreachable:
        say(
            _("La base ne répond pas ({kind}). Lancez croisee doctor.").format(
                kind=type(unreachable).__name__
            ),
            error=True,
        )
        return TO_CORRECT
    _tell(found)
    return DONE if found.holds else REFUSED


def _tell(found: Verification) -> None:
    say(
        _("{n} actes relus, dont {erased} aux détails effacés.").format(
            n=found.entries, erased=found.erased
        )
    )
    last = found.last_anchor
    if last is None:
        say(_("Aucune ancre : une coupe de la fin ne se verrait pas. croisee journal anchor"))
    else:
        hours = (_now() - last.at).total_seconds() / 3600
        say(
            _("Dernière ancre : {at}, il y a {hours:.0f} h, à {n} actes ({digest}).").format(
                at=last.at.isoformat(timespec="minutes"),
                hours=hours,
                n=last.length,
                digest=last.digest[:16],
            )
        )
        say(_("Les actes d’après l’ancre peuvent être coupés sans que cela se voie."))
    if found.broken:
        numbers = ", ".join(map(str, found.broken[:20]))
        say(_("Actes changés, déplacés ou après un manque : {numbers}").format(numbers=numbers))
    if found.cut:
        say(_("La fin manque : le journal est plus court que ce qui a été écrit."))
    for one in found.contradicted:
        say(_("L’ancre du {at} dit autre chose que le journal.").format(at=one.at.isoformat()))
    if found.foreign:
        say(_("{n} lignes d’ancre ne sont pas de la clé de ce site.").format(n=found.foreign))
    say(
        _("Le journal tient.")
        if found.holds
        else _("Le journal ne tient pas. Gardez une copie du site avant d’y toucher."),
        error=not found.holds,
    )
