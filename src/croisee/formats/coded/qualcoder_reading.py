"""QualCoder projects (a ``.qda`` folder, its ``data.qda``, or a zip of it), of any version.

Tables and columns as QualCoder 3.8 (base v14) and 4.0 (v17) create them; an older base has fewer,
and what is not there is empty. Positions are told by the words kept beside them (``seltext``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from croisee.formats.coded.positions import Unit, placing
from croisee.formats.coded.qualcoder_codes import codes_of
from croisee.formats.coded.qualcoder_place import base_of
from croisee.formats.coded.qualcoder_tables import (
    NEEDED,
    NOBODY,
    OURS,
    key_of,
    number,
    said,
    stamp,
)
from croisee.formats.coded.shapes import (
    Applied,
    CodedProject,
    Coder,
    ProjectCase,
    ProjectNote,
    ProjectVariable,
    Selection,
    Source,
    Value,
)
from croisee.formats.coded.told import Telling
from croisee.formats.refused import FormatRefused
from croisee.formats.sqlite_file import Cell, SqliteFile, open_sqlite
from croisee.language import phrase
from croisee.text import Notice

_CODED = ("ctid", "cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo", "important")
_SOURCE = ("id", "name", "fulltext", "mediapath", "memo", "owner", "date", "av_text_id")
_NOTED = ("anid", "fid", "pos0", "pos1", "memo", "owner", "date")
_CUT = ("caseid", "fid", "pos0", "pos1", "owner", "date")
_LEFT = {"code_image": "PictureSource", "code_av": "AudioSource", "graph": "Graphs",
         "ris": "reference"}  # fmt: skip
_SYSTEM = "\U0001f4cc"
"""How the name begins of the coder that QualCoder makes for itself, who is nobody."""
Place = Callable[[int], int | None]
Row = tuple[Cell, ...]


def read_qualcoder(path: Path) -> tuple[CodedProject, tuple[Notice, ...]]:
    """Return the project of a ``.qda`` folder (or its base, or a zip of it), and what was left out.

    Categories are codes that mark nothing. The memo of a coding is a note; an annotation is a
    passage without a code, which it describes; a journal is a note of the project. What has no
    text (pictures, sound, film) and what marks it is counted, not read.

    Raises:
        FormatRefused: not such a project, damaged, hostile, or still open in QualCoder.
    """
    with base_of(path) as (base, name), open_sqlite(base) as file:
        if not set(file.tables) >= NEEDED:
            raise FormatRefused(
                phrase("Cette base SQLite n’est pas un projet QualCoder."),
                phrase("Donnez le dossier du projet, dont le nom finit par .qda."),
            )
        return _Reading(file).read(name)


class _Reading:
    """One project being read; ``told`` gathers what must be said."""

    def __init__(self, file: SqliteFile) -> None:
        self.file = file
        self.told = Telling()
        self.coders: dict[str, Coder] = {}
        self.notes: list[ProjectNote] = []
        self.ours = False
        self.nowhere = dict.fromkeys(("code", "source", "variable"), 0)
        self.places: dict[int, Place] = {}
        self.stands: dict[int, int] = {}
        """The text that stands for a recording, by the recording's number."""
        self.textless: set[int] = set()
        self.marks: dict[int, dict[str, Selection]] = {}
        """The passages of each text, by their keys."""

    def read(self, name: str) -> tuple[CodedProject, tuple[Notice, ...]]:
        """Return the project, and what was left out."""
        columns = ("date", "memo", "about", "codername")
        at, memo, about, coder = next(self.file.rows("project", columns), (None,) * 4)
        self.ours = OURS in said(about)
        for (one,) in self.file.rows("coder_names", ("name",)):
            if not said(one).startswith(_SYSTEM):
                self._who(one)
        owner = self._who(coder)
        journals = self.file.rows("journal", ("jid", "name", "jentry", "owner", "date"))
        for number_, title, text, who, when in journals:
            self._note(key_of("journal", number_), said(title), text, who, when)
        codes, keys = codes_of(self.file, fold=self.ours)
        variables = self._variables()
        sources = self._sources(keys)
        values = self._values(variables)
        cases = self._cases(sources, values)
        for table, kind in _LEFT.items():
            self.told.left(kind, sum(1 for _ in self.file.rows(table, ("rowid",))))
        self.told.left("textless", len(self.textless))
        self.told.nowhere(self.nowhere)
        kept = (
            replace(
                one, selections=tuple(self.marks[at_].values()), values=tuple(values["file", at_])
            )
            for at_, one in sources.items()
        )
        found = CodedProject(
            name, tuple(self.coders.values()), codes, tuple(variables.values()), cases,
            tuple(kept), tuple(self.notes), description=said(memo), origin="QualCoder",
            coder=owner, at=stamp(at),
        )  # fmt: skip
        return found, self.told.notices()

    def _who(self, cell: Cell) -> str:
        """Return the key of somebody, met now or before; nothing for nobody."""
        name = said(cell)
        if not name or (self.ours and name == NOBODY):
            return ""
        return self.coders.setdefault(name, Coder(key_of("coder", name), name)).key

    def _note(self, key: str, name: str, text: Cell, who: Cell, when: Cell) -> str:
        self.notes.append(ProjectNote(key, name, said(text), self._who(who), stamp(when)))
        return key

    def _sources(self, codes: dict[int, str]) -> dict[int, Source]:
        """Return the texts by their numbers, with what marks them."""
        rows = {number(row[0]): row for row in self.file.rows("source", _SOURCE)}
        marks = self._by_source("code_text", _CODED, 2, rows)
        noted = self._by_source("annotation", _NOTED, 1, rows)
        for at, row in rows.items():
            text = rows.get(number(row[7]))
            if text is not None and text[2] is not None and row[2] is None:
                self.stands[at] = number(row[7])
        recordings = {text: rows[at] for at, text in self.stands.items()}
        self.textless = {at for at, row in rows.items() if row[2] is None and at not in self.stands}
        return {
            at: self._source(at, row, marks[at], noted[at], codes, recordings.get(at))
            for at, row in rows.items()
            if row[2] is not None
        }

    def _by_source(
        self, table: str, columns: Sequence[str], place: int, there: dict[int, Row]
    ) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = defaultdict(list)
        for row in self.file.rows(table, columns):
            if number(row[place]) in there:
                found[number(row[place])].append(row)
            else:
                self.nowhere["source"] += 1
        return found

    def _source(
        self, at: int, row: Row, marks: list[Row], noted: list[Row], codes: dict[int, str],
        recording: Row | None,
    ) -> Source:  # fmt: skip
        name, memo, path = said(row[1]), said(row[4]), ""
        if recording is not None:
            path = said(recording[3]) or said(recording[1])
            path = path.removeprefix("audio:").removeprefix("video:")
            memo = "\n\n".join(part for part in (said(recording[4]), memo) if part)
        told = [(number(m[4]), number(m[5]), said(m[3])) for m in marks]
        text = row[2] if isinstance(row[2], str) else str(row[2])
        exact = all(first >= 0 and text[first:last] == words for first, last, words in told)
        found = placing(text, [] if exact else told)
        if told and (found.unit is not Unit.POINTS or found.two_for_line):
            self.told.unit(name, found.unit, two_for_line=found.two_for_line)
        self.places[at] = found.place
        passages = *self._coded(name, marks, codes, at), *self._annotated(name, noted, at)
        self.marks[at] = {one.key: one for one in passages}
        return Source(
            key_of("source", at), name, found.text, memo, recording=path,
            coder=self._who(row[5]), at=stamp(row[6]),
        )  # fmt: skip

    def _span(self, source: str, at: int, start: Cell, end: Cell) -> tuple[int, int] | None:
        """Return where a passage falls in the text as kept; one that does not is told."""
        first, last = number(start), number(end)
        begin, stop = self.places[at](first), self.places[at](last)
        if begin is None or stop is None or begin >= stop:
            self.told.past(source, first, last)
            return None
        return begin, stop

    def _coded(
        self, source: str, rows: list[Row], codes: dict[int, str], at: int
    ) -> Iterator[Selection]:
        """Yield one passage for all the codings of the same words."""
        by_span: dict[tuple[int, int], list[Row]] = defaultdict(list)
        important = 0
        for row in rows:
            span = self._span(source, at, row[4], row[5])
            if number(row[1]) not in codes:
                self.nowhere["code"] += 1
            elif span is not None:
                by_span[span].append(row)
                important += number(row[9]) > 0
        self.told.left("important", important)
        for (start, end), same in by_span.items():
            applied = tuple(self._applied(row, codes, (at, start, end)) for row in same)
            yield Selection(
                key_of("passage", at, start, end), start, end, applied=applied,
                coder=applied[0].coder, at=applied[0].at,
            )  # fmt: skip

    def _applied(self, row: Row, codes: dict[int, str], place: tuple[int, ...]) -> Applied:
        mark, cid, *_, who, when, memo, _ = row
        key, notes = key_of("coding", mark, cid, who, *place), tuple[str, ...]()
        if said(memo):
            notes = (self._note(key_of("memo", key), "", memo, who, when),)
        return Applied(key, codes[number(cid)], self._who(who), stamp(when), notes)

    def _annotated(self, source: str, rows: list[Row], at: int) -> Iterator[Selection]:
        for mark, _, first, last, memo, who, when in rows:
            if span := self._span(source, at, first, last):
                yield Selection(
                    key_of("annotation", mark), *span, description=said(memo),
                    coder=self._who(who), at=stamp(when),
                )  # fmt: skip

    def _variables(self) -> dict[str, ProjectVariable]:
        return {
            said(name): ProjectVariable(
                key_of("variable", said(name)), said(name),
                "Float" if said(kind) == "numeric" else "Text", said(memo),
            )
            for name, memo, kind in self.file.rows("attribute_type", ("name", "memo", "valuetype"))
        }  # fmt: skip

    def _values(self, variables: dict[str, ProjectVariable]) -> dict[tuple[str, int], list[Value]]:
        """Return what each case and each source is worth; an empty cell is no value."""
        found: dict[tuple[str, int], list[Value]] = defaultdict(list)
        for name, of, text, at in self.file.rows("attribute", ("name", "attr_type", "value", "id")):
            variable = variables.get(said(name))
            if not said(text):
                continue
            if variable is None:
                self.nowhere["variable"] += 1
                continue
            place = self.stands.get(number(at), number(at)) if said(of) == "file" else number(at)
            found[said(of), place].append(Value(variable.key, said(text)))
        return found

    def _cases(
        self, sources: dict[int, Source], values: dict[tuple[str, int], list[Value]]
    ) -> tuple[ProjectCase, ...]:
        """Return the cases; where a case is part of a text, that part becomes a passage of it."""
        rows = {number(row[0]): row for row in self.file.rows("cases", ("caseid", "name", "memo"))}
        whole: dict[int, dict[str, None]] = defaultdict(dict)
        parts: dict[int, dict[str, None]] = defaultdict(dict)
        for case, fid, first, last, who, when in self.file.rows("case_text", _CUT):
            at = self.stands.get(number(fid), number(fid))
            source = sources.get(at)
            if number(case) not in rows or (source is None and at not in self.textless):
                self.nowhere["source"] += 1
            elif source is not None:
                size = len(source.text or "")
                covers = number(first) <= 0 and self.places[at](number(last)) in {0, size}
                if covers or at != number(fid):
                    whole[number(case)][source.key] = None
                elif span := self._span(source.name, at, first, last):
                    key = key_of("passage", at, *span)
                    new = Selection(key, *span, coder=self._who(who), at=stamp(when))
                    self.marks[at].setdefault(key, new)
                    parts[number(case)][key] = None
        return tuple(
            ProjectCase(
                key_of("case", at), said(name), said(memo), (), tuple(values["case", at]),
                tuple(whole[at]), tuple(parts[at]),
            )
            for at, (_, name, memo) in rows.items()
        )  # fmt: skip
