"""The columns that hold what the library says of a network."""

from __future__ import annotations

from typing import Any

from croisee import study as library
from croisee.language import Label
from croisee_web.study.models import Component, Membership


def texts(stem: str, label: Label) -> dict[str, str]:
    """Return the two columns of a text: ``name_fr`` and ``name_en``."""
    return {f"{stem}_fr": label.fr, f"{stem}_en": label.en}


_CASE_LABELS = ("name", "short", "scale", "territory", "mission", "unit", "units")


def case_columns(case: library.Case) -> dict[str, Any]:
    """Return the columns of a network's row, its code and its place apart."""
    labels = {
        name: text
        for stem in _CASE_LABELS
        for name, text in texts(stem, getattr(case, stem)).items()
    }
    return {**labels, "individuals": case.individuals, "links": list(case.links)}


def components_of(case_id: int, case: library.Case) -> list[Component]:
    """Return the rows of a network's components."""
    return [
        Component(case_id=case_id, code=one.code, position=position, **texts("name", one.name))
        for position, one in enumerate(case.components)
    ]


def memberships_of(case_id: int, case: library.Case) -> list[Membership]:
    """Return the rows of a network's counts of members."""
    return [
        Membership(
            case_id=case_id, position=position, year=one.year, count=one.count, source=one.source
        )
        for position, one in enumerate(case.memberships)
    ]
