"""Who answered a wave, in which stratum of the frame, with which weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from croisee.dataset import Dataset, answers_name
from croisee.study import Case, Instrument, Subject
from croisee.survey.design import Design, design
from croisee.survey.participants import FrameOf, wave_frames
from croisee.survey.responses import texts
from croisee.survey.weighting import base_weights


@dataclass(frozen=True, slots=True)
class Units:
    """The respondents of a wave, in the order of its lines.

    ``strata``: a case, or « case/component » where each component's frame is known.
    ``frame``: the members of each stratum; ``None`` where one of them is unknown, as it is for
    people of organisations. ``weights`` is ``None`` where the instrument has none.
    """

    instrument: Instrument
    edition: str
    rows: pa.Table
    cases: tuple[str, ...]
    strata: tuple[str, ...]
    organisations: tuple[str, ...]
    frame: Mapping[str, int] | None
    weights: NDArray[np.float64] | None

    def __len__(self) -> int:
        return len(self.cases)

    @property
    def census(self) -> bool:
        """Return whether every member of the frame answered: nothing is left to estimate."""
        return self.frame is not None and sum(self.frame.values()) == len(self)

    @property
    def clusters(self) -> tuple[str, ...]:
        """Return the organisation of each person; each unit alone where it has none.

        Organisations that answer for themselves, and people of no organisation, are their own.
        """
        alone = self.instrument.subject is Subject.ORGANISATION
        return tuple(
            f"{stratum}:{organisation}" if organisation and not alone else f"#{place}"
            for place, (stratum, organisation) in enumerate(
                zip(self.strata, self.organisations, strict=True)
            )
        )


def wave_units(dataset: Dataset, instrument: str, edition: str) -> Units:
    """Read the respondents of a wave."""
    asked = dataset.study.instrument(instrument)
    rows = dataset.arrow(answers_name(instrument, edition))
    cases, components = texts(rows, "case"), texts(rows, "component")
    size = wave_frames(dataset, asked, edition)
    parts: dict[str, tuple[tuple[str, int | None], ...]] = {}
    for code in dict.fromkeys(cases):
        parts[code] = _parts(dataset.study.case(code), size)
    known = [members for some in parts.values() for _, members in some]
    frame = None
    if known and all(members is not None for members in known):
        frame = {name: members or 0 for some in parts.values() for name, members in some}
    names = {name for some in parts.values() for name, _ in some}
    strata = tuple(
        whole if (whole := f"{case}/{component}") in names else case
        for case, component in zip(cases, components, strict=True)
    )
    if frame is not None and any(
        frame.get(stratum, 0) < answered for stratum, answered in Counter(strata).items()
    ):
        frame = None  # more answers than members: the contradiction is said by croisee check
    weights = None
    if asked.weighted:
        weights = np.asarray(rows["weight"].cast(pa.float64()), dtype=float)
    return Units(
        instrument=asked,
        edition=edition,
        rows=rows,
        cases=tuple(cases),
        strata=strata,
        organisations=tuple(texts(rows, "organisation")),
        frame=frame,
        weights=weights,
    )


def wave_design(units: Units) -> Design:
    """Return the design of a wave: its own weights, else those of its frame, else equal ones.

    People of organisations are drawn by organisation, and how many there were is not known: no
    correction for a finite population is made for them.
    """
    clustered = len(set(units.clusters)) < len(units)
    frame = None if clustered else units.frame
    if units.weights is not None:
        weights: NDArray[np.float64] = units.weights
    elif units.frame is not None:
        here = Counter(units.strata)
        weights = base_weights(
            units.strata, {name: size for name, size in units.frame.items() if here[name]}
        )
    else:
        weights = np.ones(len(units))
    return design(weights, units.strata, units.clusters, frame)


def _parts(case: Case, size: FrameOf) -> tuple[tuple[str, int | None], ...]:
    """Return the strata of a case: its components where each one's frame is known."""
    parts = [(f"{case.code}/{part.code}", size(case, part.code)) for part in case.components]
    if parts and all(members is not None for _, members in parts):
        return tuple(parts)
    return ((case.code, size(case, "")),)
