"""Whether an incident presents a risk of serious injury: the tree, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from croisee_web.people.vocabulary import Level


class Suggested(StrEnum):
    """Where the tree leads; a person decides."""

    SERIOUS = "serious"
    NOT_SERIOUS = "not-serious"


@dataclass(frozen=True, slots=True)
class Elements:
    """The four elements the law names, each a :class:`Level` as it is written."""

    sensitivity: str
    misuse: str
    consequences: str
    likelihood: str


TREE = (
    (_("La probabilité est élevée, ou les conséquences le sont"), Suggested.SERIOUS),
    (
        _("Les renseignements sont très sensibles, et un usage malveillant est au moins possible"),
        Suggested.SERIOUS,
    ),
    (_("Deux éléments sur quatre au moins sont moyens"), Suggested.SERIOUS),
    (_("Rien de cela"), Suggested.NOT_SERIOUS),
)
"""The questions in order: the first that holds says where it leads. Ours, from the four elements
of the law, on the side of caution; the law gives no scale."""


def branch_of(elements: Elements) -> int:
    """Return which question of :data:`TREE` holds first."""
    medium, high = Level.MEDIUM.value, Level.HIGH.value
    if high in {elements.likelihood, elements.consequences}:
        return 0
    if elements.sensitivity == high and medium <= max(elements.misuse, elements.likelihood):
        return 1
    every = (elements.sensitivity, elements.misuse, elements.consequences, elements.likelihood)
    if sum(one >= medium for one in every) >= 2:
        return 2
    return 3


def suggested(elements: Elements) -> Suggested:
    """Return where the tree leads."""
    return TREE[branch_of(elements)][1]
