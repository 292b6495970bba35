"""Whether anything lies under a row, in this slice or in one above."""

from __future__ import annotations

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
