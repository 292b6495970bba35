"""The bases of a wave: who answered it, in which cases, of how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from croisee.dataset import Dataset
from croisee.study import Instrument
from croisee.survey.participants import wave_frames, wave_parent
from croisee.tables import Base


def wave_bases(
    dataset: Dataset, instrument: Instrument, edition: str, sizes: Mapping[str, int]
) -> Callable[[Sequence[str]], Base]:
    """Return the maker of the base of several cases; ``sizes`` counts respondents by case.

    A frame is known for several cases when it is for each of them.
    """
    frames = wave_frames(dataset, instrument, edition)
    parent = wave_parent(dataset.study, instrument, edition)

    def base(cases: Sequence[str]) -> Base:
        members = [frames(dataset.study.case(code), "") for code in cases]
        known = [size for size in members if size is not None]
        return Base(
            source=instrument.code,
            edition=edition,
            cases=tuple(cases),
            subject=instrument.subject,
            n=sum(sizes[code] for code in cases),
            frame=sum(known) if len(known) == len(members) else None,
            within=parent(tuple(cases)),
        )

    return base


def wave_sizes(dataset: Dataset, instrument: str, edition: str) -> tuple[Base, ...]:
    """Return the base of each case that answered a wave, in the study's order: one query."""
    rows = dataset.answers(instrument, edition)
    counted = dataset.collect(rows.group_by("case").agg(people=rows.count()))
    sizes = {line["case"]: line["people"] for line in counted}
    base = wave_bases(dataset, dataset.study.instrument(instrument), edition, sizes)
    return tuple(base([case]) for case in cases_in_order(dataset, sizes))


def narrowed(base: Base, n: int, condition: str) -> Base:
    """Return the base of the ``n`` units that meet a condition; the same one if all do."""
    return base if n == base.n else replace(base, n=n, filter=condition, within=base.id)


def cases_in_order(dataset: Dataset, sizes: Mapping[str, int]) -> tuple[str, ...]:
    """Return the cases that have respondents, in the study's order."""
    return tuple(case.code for case in dataset.study.cases if sizes.get(case.code))
