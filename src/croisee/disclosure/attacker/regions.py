"""Who can be told apart by the bases a question is published on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from croisee.disclosure.attacker.knowledge import Knowledge, KnownBase
from croisee.disclosure.attacker.worlds import Members, Records

MOST_FILTERS = 3


@dataclass(frozen=True, slots=True)
class Regions:
    """Units split by membership. ``inside[base]`` says which regions make up a base.

    ``sizes`` are known to anybody (participation is public); ``None`` when the bases do not
    fix them. ``of_unit`` gives each unit's region, -1 outside; ``None`` without records.
    """

    inside: Mapping[str, Members]
    sizes: NDArray[np.int64] | None
    of_unit: NDArray[np.int64] | None

    @property
    def count(self) -> int:
        """Return the number of regions."""
        return len(next(iter(self.inside.values())))


def split(
    known: Knowledge, keys: Sequence[str], truth: Records | None, about: Mapping[str, set[str]]
) -> Regions:
    """Return the regions of some bases; from the records when they explain every base.

    ``about`` lists, for each base, the questions of the values published on it.
    """
    if truth is not None:
        found = _from_records(known, keys, truth, about)
        if found is not None:
            return found
    return _from_names(known, keys)


def members(base: KnownBase, truth: Records) -> Members:
    """Return who is in a base by case, wave, group and release, whatever they answered.

    Nobody when the wave has no records.
    """
    mask = np.isin(truth.cases, sorted(base.cases))
    if base.id in truth.groups:
        mask = truth.groups[base.id].copy()
    mask &= truth.waves.get(base.wave, np.zeros(len(mask), bool))
    if base.release in truth.present:
        mask &= truth.present[base.release]
    return mask


def _from_records(
    known: Knowledge, keys: Sequence[str], truth: Records, about: Mapping[str, set[str]]
) -> Regions | None:
    masks: dict[str, Members] = {}
    for key in keys:
        base = known.bases[key]
        mask = members(base, truth)
        if int(mask.sum()) != base.n:
            for name in about.get(key, ()):
                mask &= truth.answered(name)
        if int(mask.sum()) != base.n:
            return None
        masks[key] = mask
    table = np.stack([masks[key] for key in keys], axis=1)
    patterns, of_unit = np.unique(table, axis=0, return_inverse=True)
    of_unit = of_unit.reshape(-1)
    outside = ~patterns.any(axis=1)
    renumber = np.where(outside, -1, np.cumsum(~outside) - 1)
    patterns, of_unit = patterns[~outside], renumber[of_unit]
    sizes = np.bincount(of_unit[of_unit >= 0], minlength=len(patterns))
    inside = {key: patterns[:, i] for i, key in enumerate(keys)}
    return Regions(inside, sizes.astype(np.int64), of_unit.astype(np.int64))


def _from_names(known: Knowledge, keys: Sequence[str]) -> Regions:
    """Split by case and filter only; a version of a base that shrank is inside the larger one."""
    bases = [known.bases[key] for key in keys]
    versions = _shrunken(bases)
    filters = sorted({_filter(base) for base in bases} - {""} | set(versions.values()))
    cases = sorted(frozenset().union(*(base.cases for base in bases)))
    subsets = [
        frozenset(chosen)
        for size in range(len(filters) + 1)
        for chosen in combinations(filters, size)
    ]
    points = [(case, subset) for case in cases for subset in subsets]
    table = np.array(
        [
            [
                case in base.cases
                and (not _filter(base) or _filter(base) in subset)
                and (base.key not in versions or versions[base.key] in subset)
                for base in bases
            ]
            for case, subset in points
        ]
    )
    patterns = np.unique(table[table.any(axis=1)], axis=0)
    inside = {base.key: patterns[:, i] for i, base in enumerate(bases)}
    sizes = _sizes(patterns, np.array([base.n for base in bases]))
    return Regions(inside, sizes, None)


def _filter(base: KnownBase) -> str:
    return base.id.partition("?")[2]


def _shrunken(bases: Sequence[KnownBase]) -> dict[str, str]:
    """Name the versions of a base from which people have left since its largest version."""
    found = {}
    for base in bases:
        same = [other for other in bases if other.id == base.id]
        largest = max(same, key=lambda other: (other.n, other.key))
        if base is not largest:
            found[base.key] = base.key
    return found


def _sizes(patterns: Members, totals: NDArray[np.int_]) -> NDArray[np.int64] | None:
    """Solve the sizes of regions from the sizes of bases, when they are determined."""
    matrix = patterns.T.astype(float)
    if np.linalg.matrix_rank(matrix) < patterns.shape[0]:
        return None
    found, *_ = np.linalg.lstsq(matrix, totals.astype(float), rcond=None)
    rounded = np.rint(found).astype(np.int64)
    fits = (rounded >= 0).all() and (matrix @ rounded == totals).all()
    return rounded if fits else None
