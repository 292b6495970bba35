"""The true answers behind a release, as integers: what proves a release safe, and never printed.

A :class:`Records` is one population: the units of one wave of one questionnaire, or of several
waves whose bases are nested. The attacker does not know it. The audit uses it to exhibit other
worlds that read the same, never to decide that something must be hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from croisee.study import Nature, Subject

Codes = NDArray[np.int16]
Members = NDArray[np.bool_]
Span = tuple[Decimal | None, Decimal | None]
MISSING = -1


class RaggedRecords(ValueError):
    """The codes do not have one line a unit and one column a variable."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One question at its finest levels; an item of a multiple response is ``question=item``.

    ``spans`` gives the smallest and the largest value a level stands for, where levels are
    numbers or classes of numbers (``None``: no limit).
    """

    name: str
    levels: tuple[str, ...]
    nature: Nature = Nature.ORDINARY
    subject: Subject = Subject.PERSON
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """Units (rows) by variables (columns): the index of the level, -1 when not answered.

    ``cases`` names the case of each unit. ``waves`` says who is in which wave (everybody when
    empty), ``groups`` who is in a base that cases and answers do not define, ``present`` who
    was in the Dataset when a release was made (everybody when its code is not there).
    """

    units: tuple[str, ...]
    cases: NDArray[np.str_]
    variables: tuple[Variable, ...]
    codes: Codes
    waves: Mapping[str, Members] = field(default_factory=dict)
    groups: Mapping[str, Members] = field(default_factory=dict)
    present: Mapping[str, Members] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.codes.shape != (len(self.units), len(self.variables)):
            raise RaggedRecords(f"{self.codes.shape} for {len(self.units)} units")
        if len(self.cases) != len(self.units):
            raise RaggedRecords(f"{len(self.cases)} cases for {len(self.units)} units")

    def column(self, name: str) -> Codes:
        """Return the codes of one variable."""
        index = next(i for i, v in enumerate(self.variables) if v.name == name)
        found: Codes = self.codes[:, index]
        return found

    def variable(self, name: str) -> Variable | None:
        """Return one variable by name, or ``None`` when nobody was asked."""
        return next((v for v in self.variables if v.name == name), None)

    def answered(self, name: str) -> Members:
        """Return who answered one question (everybody when it is not among the variables)."""
        if self.variable(name) is None:
            return np.ones(len(self.units), bool)
        found: Members = self.column(name) != MISSING
        return found


def join(records: Mapping[str, Records]) -> Records:
    """Put several waves of the same people side by side, by the code of each unit.

    A question asked in two waves with the same levels is one variable: the reader knows that
    a person's age class is the same on both sheets. The first wave that has an answer wins.
    """
    if len(records) == 1:
        ((wave, alone),) = records.items()
        return replace(alone, waves={wave: np.ones(len(alone.units), bool)})
    units = tuple(dict.fromkeys(u for one in records.values() for u in one.units))
    place = {unit: i for i, unit in enumerate(units)}
    variables: dict[str, Variable] = {}
    columns: dict[str, Codes] = {}
    cases = np.full(len(units), "", dtype=object)
    waves: dict[str, Members] = {}
    groups: dict[str, Members] = {}
    present: dict[str, Members] = {}
    for wave, one in records.items():
        rows = np.array([place[unit] for unit in one.units], dtype=int)
        cases[rows] = np.where(cases[rows] == "", one.cases, cases[rows])
        waves[wave] = _spread(np.ones(len(rows), bool), rows, len(units))
        groups |= {name: _spread(mask, rows, len(units)) for name, mask in one.groups.items()}
        present |= {name: _spread(mask, rows, len(units)) for name, mask in one.present.items()}
        for index, variable in enumerate(one.variables):
            name = variable.name
            if name in variables and variables[name].levels != variable.levels:
                name = f"{wave}:{name}"
            variables.setdefault(name, variable)
            column = columns.setdefault(name, np.full(len(units), MISSING, np.int16))
            fresh = column[rows] == MISSING
            column[rows[fresh]] = one.codes[fresh, index]
    codes = np.stack(list(columns.values()), axis=1)
    named = tuple(
        Variable(name, v.levels, v.nature, v.subject, v.spans) for name, v in variables.items()
    )
    return Records(units, cases.astype(str), named, codes, waves, groups, present)


def _spread(mask: Members, rows: NDArray[np.int_], size: int) -> Members:
    wide = np.zeros(size, bool)
    wide[rows] = mask
    return wide


def records(
    variables: Sequence[Variable],
    codes: Sequence[Sequence[int]] | Codes,
    cases: Sequence[str],
    **members: Mapping[str, Members],
) -> Records:
    """Make records from plain lists (units are numbered); for studies, tests and notebooks."""
    return Records(
        tuple(f"u{i}" for i in range(len(cases))),
        np.asarray(cases, dtype=str),
        tuple(variables),
        np.asarray(codes, dtype=np.int16).reshape(len(cases), len(variables)),
        **members,
    )
