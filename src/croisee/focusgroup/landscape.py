"""The technologies people named, by class and by case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from croisee.dataset import Dataset
from croisee.focusgroup.fieldwork import Row
from croisee.language import Label
from croisee.study import Subject
from croisee.tables import Base, LandscapeTable, Mention
from croisee.text import fold

SOURCE = "technologies"


def landscape(dataset: Dataset) -> LandscapeTable | None:
    """Return every technology named, with the number of people of each case who named it.

    Two writings that differ by case, accents or signs are one technology, named by the one
    that has its accents. A mention with no
    participant counts for one person of its session. Classes come in their declared order,
    technologies in alphabetical order inside a class. ``None`` when nothing was named.
    """
    rows = dataset.rows("mentions")
    cases = [c for c in dataset.study.cases if any(row["case"] == c.code for row in rows)]
    if not cases:
        return None
    groups = _groups(dataset, rows)
    order = {code: position for position, (code, _) in enumerate(groups)}
    named: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        named[row["group"], fold(row["name_fr"])].append(row)
    codes = [case.code for case in cases]
    mentions = [
        _mention(group, lines, codes)
        for (group, _), lines in sorted(
            named.items(), key=lambda item: (order[item[0][0]], item[0][1])
        )
    ]
    return LandscapeTable(
        groups,
        tuple(_base(rows, case) for case in codes),
        tuple(case.short for case in cases),
        tuple(mentions),
    )


def _unit(row: Row) -> str:
    return row["participant"] or f"({row['session']})"


def _base(rows: Sequence[Row], case: str) -> Base:
    lines = [row for row in rows if row["case"] == case]
    edition = "+".join(sorted({row["edition"] for row in lines} - {""}))
    people = {_unit(row) for row in lines}
    return Base(SOURCE, edition, (case,), Subject.PERSON, len(people))


def _mention(group: str, lines: Sequence[Row], cases: Sequence[str]) -> Mention:
    names = {row["name_fr"] for row in lines}
    name = min(names, key=lambda name: (sum(c.isascii() for c in name), name))
    english = sorted({row["name_en"] for row in lines} - {""})
    people = tuple(len({_unit(row) for row in lines if row["case"] == case}) for case in cases)
    common = any(row["common"] for row in lines)
    return Mention(Label(name, english[0] if english else ""), group, people, common)


def _groups(dataset: Dataset, rows: Sequence[Row]) -> tuple[tuple[str, Label], ...]:
    declared = sorted(
        dataset.rows("mention_groups"), key=lambda row: (row["order"] or 0, row["group"])
    )
    known = [(row["group"], Label(row["label_fr"], row["label_en"])) for row in declared]
    missing = {row["group"] for row in rows} - {code for code, _ in known}
    return (*known, *((code, Label(code)) for code in sorted(missing)))
