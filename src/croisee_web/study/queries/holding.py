"""Whether anything lies under a row, in this slice or in one above."""

from __future__ import annotations

from django.utils.translation import gettext as _

from croisee_web.kit.errors import UseCaseError
from croisee_web.study.models import (
    Case,
    Component,
    Edition,
    FrameSize,
    Membership,
    Method,
    Organisation,
)

_PARTS_OF_IT = (Component, Membership)


class StillHoldsSomething(UseCaseError):
    """A network, an edition or a method cannot go while something lies under it."""


def require_empty(row: Case | Edition | Method) -> None:
    """Stop before a row under which something lies is removed.

    Raises:
        StillHoldsSomething: people, lists, activities or anything of another slice would go too.
    """
    if holds_something(row):
        raise still_holds(row.code)


def still_holds(code: str) -> StillHoldsSomething:
    """Return the refusal to remove what bears this code."""
    return StillHoldsSomething(
        _("« %(code)s » porte déjà des listes ou des données : retirez-les avant.") % {"code": code}
    )


def holds_something(row: Case | Edition | Method) -> bool:
    """Return whether deleting a network, an edition or a method would delete or orphan more.

    Asks every table whose lines point at it, those of slices above included: one SQL query
    each, and two more for an edition, which frames name by its code.
    """
    pointing = [
        relation
        for relation in type(row)._meta.related_objects
        if relation.related_model not in _PARTS_OF_IT
    ]
    if any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in pointing
    ):
        return True
    if not isinstance(row, Edition):
        return False
    return any(
        model._base_manager.filter(study_id=row.study_id, edition=row.code).exists()
        for model in (Organisation, FrameSize)
    )
