"""Which regions of a network answered, as far as it may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from croisee_web.collection.models import AnswerLink, Collecting, Submission
from croisee_web.collection.rules.counted import Region, regions_told
from croisee_web.collection.rules.regions import RegionMap, region_map
from croisee_web.study.models import Organisation

Network = tuple[int, str, str, bool, int | None]
"""Number, code, name, whether its members are persons, goal."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """A network's participation by region, largest names first; empty where it may not be told."""

    name: str
    regions: tuple[Region, ...]

    @property
    def drawn(self) -> RegionMap | None:
        """Return its map, where its regions are Québec's."""
        return region_map(self.regions)


def coverage_of(row: Collecting, cases: Sequence[Network], *, exact: bool) -> tuple[Coverage, ...]:
    """Return the participation of organisations by region. Two SQL queries."""
    numbers = [number for number, *_rest in cases]
    members: dict[int, dict[str, str]] = {}
    for case, code, region in Organisation.objects.filter(
        case_id__in=numbers, edition__in={row.edition, ""}
    ).values_list("case_id", "code", "region"):
        members.setdefault(case, {})[code] = region
    answered: dict[int, set[str]] = {}
    for case, code in (
        AnswerLink.objects.filter(collecting=row, used=True, case_id__in=numbers)
        .exclude(organisation="")
        .values_list("case_id", "organisation")
        .union(
            Submission.objects.filter(collecting=row, case_id__in=numbers)
            .exclude(sheet=None)
            .exclude(sheet__organisation="")
            .values_list("case_id", "sheet__organisation")
        )
    ):
        answered.setdefault(case, set()).add(code)
    found = []
    for number, _code, name, _individuals, _goal in cases:
        if number not in answered:
            continue
        regions = _regions(members.get(number, {}), answered[number])
        told = tuple(regions) if exact else regions_told(regions)
        if len(told) > 1:
            found.append(Coverage(name, told))
    return tuple(found)


def _regions(members: Mapping[str, str], answered: set[str]) -> list[Region]:
    sizes: dict[str, list[int]] = {}
    for code, region in members.items():
        counts = sizes.setdefault(region, [0, 0])
        counts[0] += code in answered
        counts[1] += 1
    return [Region(name, n, of) for name, (n, of) in sorted(sizes.items())]
