"""A coded project as a QualCoder project (a ``.qda`` folder), for QualCoder 3.8 and 4.0."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from croisee.formats.coded.losses import losses
from croisee.formats.coded.qualcoder_new import FOLDERS, VERSION, VIEWS, tables
from croisee.formats.coded.qualcoder_tables import (
    DATABASE,
    NO_COLOUR,
    NOBODY,
    OURS,
    RECORDINGS,
    date_of,
)
from croisee.formats.coded.shapes import (
    CodedProject,
    ProjectCode,
    Selection,
    Source,
    Value,
)
from croisee.formats.sqlite_file import Cell
from croisee.formats.sqlite_writing import write_sqlite
from croisee.text import Notice

_NUMBERS = ("Integer", "Float")


def write_qualcoder(project: CodedProject, path: Path) -> tuple[Notice, ...]:
    """Write a project as a new ``.qda`` folder, complete or not at all; return what it lost.

    Positions are code points of the texts, as QualCoder's reports count. A code that has children
    is a category and a code of the same name in it. QualCoder wants an author and a date
    everywhere: what has none is « Croisée »'s, of 1 January 1970.

    Raises:
        FileExistsError: there is something at ``path``.
    """
    writing = _Writing(project)
    with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as building:
        root = Path(building, "projet")
        for folder in FOLDERS:
            (root / folder).mkdir(parents=True)
        write_sqlite(root / DATABASE, tables(writing.rows), VIEWS)
        if path.exists():
            raise FileExistsError(path)
        root.rename(path)
    return losses(writing.lost)


class _Names:
    """Names that must be one of their kind; one already taken gets a number."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.next: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))
        self.changed = 0

    def one(self, name: str) -> str:
        free = name
        while free in self.taken:
            free = f"{name} ({next(self.next[name])})"
        self.changed += free != name
        self.taken.add(free)
        return free


class _Writing:
    """The rows of one project by table; ``lost`` counts what they could not hold, by kind."""

    def __init__(self, project: CodedProject) -> None:
        self.project = project
        self.lost: Counter[str] = Counter()
        self.rows: defaultdict[str, list[tuple[Cell, ...]]] = defaultdict(list)
        self.notes = {one.key: one for one in project.notes}
        self.names = {one.key: one.name for one in project.coders if one.name}
        self.joined: set[str] = set()
        """Notes that became part of a memo."""
        self.numbers: dict[str, int] = {}
        """The number of each source."""
        self.parts = {key for case in project.cases for key in case.selections}
        self.places: dict[str, tuple[int, int, int]] = {}
        """Where each passage of a case stands: source, start, end."""
        at, owner = date_of(project.at), self._who(project.coder)
        self.rows["project"].append(
            (VERSION, at, project.description, f"QualCoder ({OURS})", 0, 0, owner, "")
        )
        people = dict.fromkeys((*self.names.values(), NOBODY))
        self.rows["coder_names"] = [(name, 1) for name in people]
        self.codes = self._codes()
        self._sources()
        self._cases()
        self._attributes()
        self._journals()
        self.lost["sets"] = len(project.sets)

    def _who(self, key: str) -> str:
        return self.names.get(key, NOBODY)

    def _memo(self, description: str, notes: Iterable[str]) -> str:
        """Return a description and the notes attached, one under the other."""
        there = [self.notes[key] for key in notes if key in self.notes]
        self.joined.update(one.key for one in there)
        return "\n\n".join(text for text in (description, *(one.text for one in there)) if text)

    def _codes(self) -> dict[str, int]:
        """Write the tree, categories before codes under each; return the number of each code."""
        known = {one.key for one in self.project.codes}
        children: defaultdict[str, list[ProjectCode]] = defaultdict(list)
        for one in self.project.codes:
            children[one.parent if one.parent in known else ""].append(one)
        used = {one.code for source in self.project.sources
                for rows in (source.applied, *(mark.applied for mark in source.selections))
                for one in rows}  # fmt: skip
        names, numbers = _Names(), dict[str, int]()
        waiting: list[tuple[ProjectCode, int | None]] = []

        def marks(code: ProjectCode) -> bool:
            return code.codable or code.key in used

        def wait(parent: str, category: int | None) -> None:
            below = sorted(children[parent], key=lambda one: marks(one) and not children[one.key])
            waiting.extend((one, category) for one in reversed(below))

        wait("", None)
        while waiting:
            code, category = waiting.pop()
            name, memo = names.one(code.name), self._memo(code.description, code.notes)
            if children[code.key] or not marks(code):
                above, category = category, len(self.rows["code_cat"]) + 1
                said = "" if marks(code) else memo
                self.rows["code_cat"].append((category, name, NOBODY, date_of(""), said, above))
            if marks(code):
                numbers[code.key] = len(numbers) + 1
                shade = code.colour or NO_COLOUR
                row = numbers[code.key], name, memo, category, NOBODY, date_of(""), shade
                self.rows["code_name"].append(row)
            else:
                self.lost["colours"] += bool(code.colour)
            wait(code.key, category)
        self.lost["names"] += names.changed
        return numbers

    def _sources(self) -> None:
        names, recordings = _Names(), list[tuple[int, Source]]()
        for source in self.project.sources:
            if source.text is None:
                self.lost["textless"] += 1
                continue
            at = self.numbers[source.key] = len(self.numbers) + 1
            memo = self._memo(source.description, source.notes)
            made = self._who(source.coder), date_of(source.at)
            row = at, names.one(source.name), source.text, None, memo, *made, None, None
            self.rows["source"].append(row)
            self.lost["syncs"] += len(source.syncs)
            self._marks(source, source.text, at)
            if source.recording:
                recordings.append((at, source))
        self.lost["names"] += names.changed
        for number, (at, source) in enumerate(recordings, len(self.numbers) + 1):
            path = source.recording
            path = path if path.startswith(RECORDINGS) else f"audio:{path}"
            name = names.one(path.replace("\\", "/").rpartition("/")[2] or source.name)
            made = self._who(source.coder), date_of(source.at)
            self.rows["source"].append((number, name, None, path, "", *made, at, None))

    def _marks(self, source: Source, text: str, at: int) -> None:
        coded: set[tuple[Cell, ...]] = set()
        described: dict[tuple[int, int, str], tuple[list[str], str]] = {}
        self.lost["whole"] += len(source.applied)
        whole = Selection("", 0, len(text), applied=source.applied)
        for mark in (*source.selections, whole):
            self.places[mark.key] = at, mark.start, mark.end
            for one in mark.applied:
                key = self.codes.get(one.code), at, mark.start, mark.end, self._who(one.coder)
                if key in coded or key[0] is None or mark.start >= mark.end:
                    self.lost["twice"] += 1
                    continue
                coded.add(key)
                cid, _, start, end, who = key
                memo, when = self._memo("", one.notes), date_of(one.at)
                self.rows["code_text"].append(
                    (len(self.rows["code_text"]) + 1, cid, at, text[start:end], start, end, who,
                     when, memo, None, None)
                )  # fmt: skip
            self.lost["labels"] += bool(mark.name)
            memo = self._memo(mark.description, mark.notes)
            if memo or not (mark.applied or mark.key in self.parts or mark is whole):
                place = mark.start, mark.end, self._who(mark.coder)
                said, _ = described.setdefault(place, ([], date_of(mark.at)))
                said += [memo] if memo else []
        for (start, end, who), (memos, when) in described.items():
            number = len(self.rows["annotation"]) + 1
            self.rows["annotation"].append((number, at, start, end, "\n\n".join(memos), who, when))

    def _cases(self) -> None:
        names, sizes = _Names(), {row[0]: len(str(row[2])) for row in self.rows["source"]}
        for number, case in enumerate(self.project.cases, 1):
            made = NOBODY, date_of("")
            self.rows["cases"].append((number, names.one(case.name), case.description, *made))
            there = [self.numbers[key] for key in case.sources if key in self.numbers]
            spans = [(at, 0, sizes[at]) for at in there]
            spans += [self.places[key] for key in case.selections if key in self.places]
            for span in spans:
                row = len(self.rows["case_text"]) + 1, number, *span, *made, ""
                self.rows["case_text"].append(row)
            self.lost["case_codes"] += len(case.codes)
        self.lost["names"] += names.changed

    def _attributes(self) -> None:
        """Write variables and values; each case or file has a cell for each of its variables."""
        of: dict[str, list[tuple[int, tuple[Value, ...]]]] = {
            "case": [(at, one.values) for at, one in enumerate(self.project.cases, 1)],
            "file": [(self.numbers[one.key], one.values) for one in self.project.sources
                     if one.key in self.numbers],
        }  # fmt: skip
        used = {kind: {one.variable for _, values in rows for one in values}
                for kind, rows in of.items()}  # fmt: skip
        names, named = _Names(), dict[tuple[str, str], str]()
        for one in self.project.variables:
            kind = "numeric" if one.kind in _NUMBERS else "character"
            self.lost["kinds"] += one.kind not in {*_NUMBERS, "Text"}
            for target in [name for name in of if one.key in used[name]] or ["case"]:
                name = named[target, one.key] = names.one(one.name)
                row = name, date_of(""), NOBODY, one.description, target, kind
                self.rows["attribute_type"].append(row)
        self.lost["names"] += names.changed
        for target, rows in of.items():
            mine = [key for kind, key in named if kind == target]
            for at, values in rows:
                told: dict[str, str] = {}
                for value in values:
                    self.lost["twice"] += value.variable in told
                    told.setdefault(value.variable, value.text)
                for key in (*told, *(key for key in mine if key not in told)):
                    if name := named.get((target, key), ""):
                        cell = name, target, told.get(key, ""), at, date_of(""), NOBODY
                        self.rows["attribute"].append((len(self.rows["attribute"]) + 1, *cell))

    def _journals(self) -> None:
        """Write as a journal each note that is not part of a memo; a memo keeps no title."""
        names = _Names()
        for one in self.project.notes:
            if one.key in self.joined:
                self.lost["titles"] += bool(one.name)
                continue
            row = names.one(one.name), one.text, date_of(one.at), self._who(one.coder)
            self.rows["journal"].append((len(self.rows["journal"]) + 1, *row))
        self.lost["names"] += names.changed
