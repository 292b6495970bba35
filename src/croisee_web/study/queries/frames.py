"""How many members each network's frame has, edition by edition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q

from croisee_web.study.models import FrameSize, Organisation
from croisee_web.study.rules.state import Frame


def frames_of(study_id: int, editions: Sequence[str]) -> dict[tuple[int, str], Frame]:
    """Return the frames there are, by network's number and edition's code. Two SQL queries.

    A list counts its members; where there is none, the sizes given stand for it, component by
    component. A line or a size of no edition counts in each. What is not there has no frame.
    """
    lists = _sums(
        Organisation.objects.filter(study_id=study_id)
        .values_list("case_id", "component", "edition")
        .annotate(n=Count("pk"))
        .order_by()
    )
    numbers = _sums(
        FrameSize.objects.filter(study_id=study_id, instrument="").values_list(
            "case_id", "component", "edition", "size"
        )
    )
    return {
        (case, edition): frame
        for case in {*lists, *numbers}
        for edition in editions
        if (frame := _frame(edition, lists.get(case, {}), numbers.get(case, {})))
    }


Sums = dict[tuple[str, str], int]
"""How many members, by component and edition."""


def _sums(rows: Iterable[tuple[int, str, str, int]]) -> dict[int, Sums]:
    found: dict[int, Sums] = {}
    for case, component, edition, n in rows:
        found.setdefault(case, {})[component, edition] = n
    return found


def _frame(edition: str, lists: Sums, numbers: Sums) -> Frame | None:
    listed = _by_component(edition, lists)
    given = _by_component(edition, numbers)
    kept = {part: n for part, n in given.items() if part not in listed and (part or not listed)}
    if not listed and len(kept) > 1:
        kept.pop("", None)  # the parts say it already
    total = sum(listed.values()) + sum(kept.values())
    return Frame(total, bool(listed)) if listed or kept else None


def _by_component(edition: str, sums: Sums) -> dict[str, int]:
    found: dict[str, int] = {}
    for (component, wave), n in sums.items():
        if wave in {edition, ""}:
            found[component] = found.get(component, 0) + n
    return found


def regions_of(study_id: int) -> dict[int, int]:
    """Return how many regions each network's members come from. One SQL query."""
    return dict(
        Organisation.objects.filter(study_id=study_id)
        .values_list("case_id")
        .annotate(n=Count("region", distinct=True, filter=~Q(region="")))
        .order_by()
    )
