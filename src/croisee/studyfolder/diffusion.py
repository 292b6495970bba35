"""``[diffusion]``: the release being prepared, its arrest date, the editions it covers."""

from __future__ import annotations

from datetime import date

from croisee.language import phrase
from croisee.study import Diffusion, Edition, Policy
from croisee.studyfolder.problems import Said
from croisee.studyfolder.toml_source import Section


def read_diffusion(section: Section, editions: tuple[Edition, ...], policy: Policy) -> Diffusion:
    """Read what is being released, and until when people may withdraw (§7.2.1)."""
    known = tuple(edition.code for edition in editions)
    diffusion = Diffusion(
        section.code("code", required=False),
        section.day("arret", "arrest"),
        section.refs("editions", known=known),
    )
    if section.values and diffusion.arrest_on is None:
        _warn_of_no_arrest(section)
    covered = diffusion.editions or known
    last = max((e.end for e in editions if e.end and e.code in covered), default=date.min)
    if diffusion.arrest_on and diffusion.arrest_on < last:
        said = (
            phrase("La date d’arrêt est avant la fin d’une édition ({end}).", end=last.isoformat()),
            phrase("Reportez la date d’arrêt, ou retirez cette édition de la diffusion."),
        )
        section.refuse(section.named("arret", "arrest"), said)
    elif diffusion.arrest_on and last > date.min:
        left = (diffusion.arrest_on - last).days
        if left < policy.withdrawal_window_days:
            said = _short_window(left, policy.withdrawal_window_days)
            section.warn(section.named("arret", "arrest"), said)
    section.warn_of_the_rest()
    return diffusion


def _short_window(left: int, wanted: int) -> Said:
    return (
        phrase(
            "De la fin de la collecte à la date d’arrêt, {left} jours pour se retirer ; la "
            "politique en annonce {wanted}.",
            left=left,
            wanted=wanted,
        ),
        phrase("Reportez la date d’arrêt, ou écrivez le vrai délai dans fenetre_retrait_jours."),
    )


def _warn_of_no_arrest(section: Section) -> None:
    said = (
        phrase("Sans date d’arrêt, la diffusion restera une épreuve."),
        phrase("Ajoutez une ligne arret = 2026-11-30."),
    )
    section.warn("arret", said)
