"""What points at nothing in a project: left out, and counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from croisee.formats.coded.shapes import Applied, CodedProject, Selection, Value

Keys = tuple[str, ...]


def without_dangling(
    project: CodedProject, standing: Mapping[str, str]
) -> tuple[CodedProject, Counter[str]]:
    """Return the project where every key that is named exists, and how many did not, by kind.

    Kinds: ``code``, ``note``, ``variable``, ``source``, ``passage``. A coding whose code is not
    there goes; its passage stays. ``standing``: the source that stands for a key not kept.
    """
    check = _Check(project, standing)
    checked = replace(
        project,
        about=check.known(project.about, "note"),
        codes=tuple(
            replace(one, notes=check.known(one.notes, "note")) if one.notes else one
            for one in project.codes
        ),
        sources=tuple(
            replace(
                one,
                selections=tuple(map(check.selection, one.selections)),
                applied=check.applied(one.applied),
                values=check.values(one.values),
                notes=check.known(one.notes, "note"),
            )
            for one in project.sources
        ),
        cases=tuple(
            replace(
                one,
                codes=check.known(one.codes, "code"),
                values=check.values(one.values),
                sources=check.known(one.sources, "source"),
                selections=check.known(one.selections, "passage"),
            )
            for one in project.cases
        ),
        sets=tuple(
            replace(
                one,
                codes=check.known(one.codes, "code"),
                sources=check.known(one.sources, "source"),
                notes=check.known(one.notes, "note"),
            )
            for one in project.sets
        ),
    )
    return checked, check.lost


class _Check:
    def __init__(self, project: CodedProject, standing: Mapping[str, str]) -> None:
        self.standing = standing
        self.lost: Counter[str] = Counter()
        self.there = {
            "code": {one.key for one in project.codes},
            "note": {one.key for one in project.notes},
            "variable": {one.key for one in project.variables},
            "source": {one.key for one in project.sources},
            "passage": {p.key for one in project.sources for p in one.selections},
        }

    def known(self, keys: Keys, kind: str) -> Keys:
        if not keys:
            return keys
        if kind == "source":
            keys = tuple(dict.fromkeys(self.standing.get(key, key) for key in keys))
        kept = tuple(key for key in keys if key in self.there[kind])
        self.lost[kind] += len(keys) - len(kept)
        return kept

    def applied(self, rows: tuple[Applied, ...]) -> tuple[Applied, ...]:
        codes = self.there["code"]
        kept = tuple(
            replace(one, notes=self.known(one.notes, "note")) if one.notes else one
            for one in rows
            if one.code in codes
        )
        self.lost["code"] += len(rows) - len(kept)
        return kept

    def values(self, rows: tuple[Value, ...]) -> tuple[Value, ...]:
        kept = tuple(one for one in rows if one.variable in self.there["variable"])
        self.lost["variable"] += len(rows) - len(kept)
        return kept

    def selection(self, one: Selection) -> Selection:
        applied, notes = self.applied(one.applied), self.known(one.notes, "note")
        if applied == one.applied and notes == one.notes:
            return one
        return replace(one, applied=applied, notes=notes)
