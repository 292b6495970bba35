"""Who may accept for a minor: the parent under 14, as the form says from 14 to 17."""

from __future__ import annotations

from django.utils.translation import gettext as _

from croisee import dataset
from croisee_web.people.vocabulary import MINORS, AgeGroup, Answerer, Assent, YouthRule


def why_not(*, age: str, by: str, assent: str, youth: str) -> str:
    """Return why such an acceptance counts for nothing, "" when it counts.

    ``age`` is an :class:`AgeGroup`, ``youth`` the :class:`YouthRule` of the form that was read.
    Under 14 the law asks for the parent (RLRQ, c. P-39.1, s. 4.1 and 14), and research ethics
    for what the child says of it (TCPS 2, ch. 3).
    """
    if age not in MINORS:
        return ""
    with_parent = age == AgeGroup.UNDER_14 or youth == YouthRule.BOTH
    if by != Answerer.PARENT:
        return _no_parent(age) if with_parent else ""
    if assent == Assent.REFUSED:
        return _("Cette jeune personne ne veut pas : rien ne peut être accepté pour elle.")
    if not assent:
        return _("Notez ce que la jeune personne en dit : rien n’est accepté sans cela.")
    if age == AgeGroup.FROM_14_TO_17 and assent != Assent.GIVEN:
        return _("De 14 à 17 ans, la jeune personne dit elle-même si elle est d’accord.")
    return ""


def _no_parent(age: str) -> str:
    if age == AgeGroup.UNDER_14:
        return _(
            "Sous 14 ans, c’est un parent, ou la personne qui exerce la tutelle, qui consent. "
            "Donnez-lui son lien, ou notez sa réponse."
        )
    return _(
        "Le formulaire demande aussi l’accord d’un parent. Donnez-lui son lien, "
        "ou notez sa réponse."
    )


def who_consented(*, age: str, by: str, assent: str) -> dataset.WhoConsented:
    """Return who answered, as the library knows it."""
    return dataset.WhoConsented(
        dataset.AgeGroup(age) if age else None,
        by == Answerer.PARENT,
        dataset.Assent(assent) if assent else None,
    )


def may_read_words(*, age: str, holder: str) -> bool:
    """Return whether the holder of a link reads and takes what the young person gave.

    From 14 on, what she said is hers: her parent's page has her choices and the way out.
    """
    return holder != Answerer.PARENT or age == AgeGroup.UNDER_14
