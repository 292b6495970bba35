"""Exports of Polis: a folder with ``comments.csv`` and ``votes.csv``, in both directions.

In them 1 is agreement, -1 disagreement and 0 a pass. What cannot be read is told by file and
line; the rest is read.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv

from croisee.formats.bounds import decode, read_bytes
from croisee.formats.refused import FormatRefused
from croisee.formats.tabular import Sheet, read_table
from croisee.formats.writing import written_row
from croisee.language import Phrase, phrase, phrases

COMMENTS, VOTES, SUMMARY = "comments.csv", "votes.csv", "summary.csv"
PEOPLE = ("participants-votes.csv", "participant-votes.csv")
MOST_NOTICES = 20
_NUMBER = r"^-?[0-9]{1,18}$"
_OF_COMMENT = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees",
               "moderated", "comment-body")  # fmt: skip
_OF_VOTE = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
_OF_PERSON = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
_LAST = 253_402_300_800_000
"""The year 10,000, in milliseconds since 1970: no calendar writes what follows."""
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PolisNotice:
    """What was not read, or is doubtful: its file, its line (0 for the whole file), and what."""

    file: str
    line: int
    message: Phrase


@dataclass(frozen=True, slots=True)
class PolisStatement:
    """A statement: its number, its text, who wrote it, when (ms since 1970), how it was moderated.

    ``moderated``: 1 accepted, 0 never looked at, -1 refused.
    """

    number: int
    text: str
    author: int = 0
    at: int = 0
    moderated: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class PolisConversation:
    """Statements, every vote ever cast in the order of time, and what the summary says.

    ``at`` (ms since 1970), ``statement``, ``person`` and ``vote`` are four columns of as many
    rows. ``groups``: the group that Polis put a person in.
    """

    statements: tuple[PolisStatement, ...]
    at: Numbers
    statement: Numbers
    person: Numbers
    vote: Numbers
    summary: tuple[tuple[str, str], ...] = ()
    groups: tuple[tuple[int, int], ...] = ()
    notices: tuple[PolisNotice, ...] = ()

    @property
    def title(self) -> str:
        """Return the topic of the conversation."""
        return dict(self.summary).get("topic", "")


def read_polis(folder: Path) -> PolisConversation:
    """Return the conversation of a Polis export.

    Votes on a statement that is not in ``comments.csv`` are set aside and told. Where a person
    voted twice, both votes are kept, in the order of time.

    Raises:
        FormatRefused: one of the two files is missing, hostile, or is not what its name says.
    """
    for name in (COMMENTS, VOTES):
        if not (folder / name).is_file():
            raise FormatRefused(
                phrase("Il manque {file} dans cet export de Polis.", file=name),
                phrase("Demandez de nouveau l’export : il contient {files}.",
                       files=f"{COMMENTS}, {VOTES}"),
            )  # fmt: skip
    notices: list[PolisNotice] = []
    statements = _statements(folder / COMMENTS, notices)
    columns = _votes(folder / VOTES, notices)
    known = np.array([one.number for one in statements], np.int64)
    held = np.isin(columns[1], known)
    if not held.all():
        lost = Counter(columns[1][~held].tolist())
        notices += [
            _notice(VOTES, 0, phrases(
                "{n} vote sur l’affirmation {number}, absente de {file} : laissé de côté",
                "{n} votes sur l’affirmation {number}, absente de {file} : laissés de côté",
                lost[number], number=number, file=COMMENTS,
            ))
            for number in sorted(lost)[:MOST_NOTICES]
        ]  # fmt: skip
        _and_more(notices, VOTES, len(lost))
        columns = columns[:, held]
    order = np.argsort(columns[0], kind="stable")
    at, statement, person, vote = columns[:, order]
    return PolisConversation(
        tuple(sorted(statements, key=lambda one: one.number)), at, statement, person, vote,
        _summary(folder / SUMMARY), _groups(folder, notices), tuple(notices),
    )  # fmt: skip


def _statements(path: Path, notices: list[PolisNotice]) -> list[PolisStatement]:
    sheet = read_table(path)
    _needs(sheet, path.name, ("comment-id", "comment-body"))
    found: dict[int, PolisStatement] = {}
    bad = 0
    for line, row in sheet.rows:
        number = _whole(row["comment-id"])
        if number is None or number in found:
            bad += 1
            if bad <= MOST_NOTICES:
                said = (
                    phrase("« {cell} » n’est pas un numéro d’affirmation", cell=row["comment-id"])
                    if number is None
                    else phrase("l’affirmation {number} est déjà plus haut", number=number)
                )
                notices.append(_notice(path.name, line, said))
            continue
        found[number] = PolisStatement(
            number,
            row["comment-body"],
            *(_whole(row.get(name, "")) or 0 for name in ("author-id", "timestamp", "moderated")),
        )
    _and_more(notices, path.name, bad)
    return list(found.values())


def _votes(path: Path, notices: list[PolisNotice]) -> Numbers:
    """Return four rows: when, which statement, who, which vote."""
    text = decode(read_bytes(path))
    skipped: list[tuple[int, int]] = []

    def skip(row: csv.InvalidRow) -> str:
        skipped.append((row.number or 0, row.actual_columns))
        return "skip"

    try:
        table = csv.read_csv(
            io.BytesIO(text.encode()),
            read_options=csv.ReadOptions(use_threads=False),
            parse_options=csv.ParseOptions(invalid_row_handler=skip, ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(_OF_VOTE, pa.string()), strings_can_be_null=False
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError) as cause:
        raise _not_one(path.name, _OF_VOTE) from cause
    wanted = ("timestamp", "comment-id", "voter-id", "vote")
    if any(name not in table.column_names for name in wanted[1:]):
        raise _not_one(path.name, wanted[1:])
    gone = [line for line, _ in skipped]
    for line, many in skipped[:MOST_NOTICES]:
        notices.append(_notice(path.name, line, phrase(
            "{n} cellules au lieu de {expected} : ligne laissée de côté",
            n=many, expected=table.num_columns,
        )))  # fmt: skip
    _and_more(notices, path.name, len(skipped))
    columns = [
        table[name].combine_chunks() if name in table.column_names
        else pa.array(["0"] * table.num_rows, pa.string())
        for name in wanted
    ]  # fmt: skip
    good = np.ones(table.num_rows, bool)
    for cells in columns:
        good &= np.asarray(pc.match_substring_regex(cells, _NUMBER).fill_null(False))
    votes = columns[3]
    good &= np.asarray(pc.is_in(votes, pa.array(["-1", "0", "1"])).fill_null(False))
    if not good.all():
        bad = np.flatnonzero(~good)
        lines = _lines(table.num_rows, gone)
        for place in bad[:MOST_NOTICES].tolist():
            said = ", ".join(str(cells[place].as_py()) for cells in columns)
            notices.append(_notice(path.name, int(lines[place]), phrase(
                "illisible ({cells}) : un vote est 1, 0 ou -1, le reste des nombres", cells=said
            )))  # fmt: skip
        _and_more(notices, path.name, len(bad))
    mask = pa.array(good)
    return np.stack([np.asarray(cells.filter(mask).cast(pa.int64())) for cells in columns])


def _lines(many: int, gone: Sequence[int]) -> Numbers:
    """Return the line of each row read: the first is the header's, some were skipped."""
    every = np.arange(2, many + 2 + len(gone))
    return every[~np.isin(every, gone)][:many]


def _summary(path: Path) -> tuple[tuple[str, str], ...]:
    if not path.is_file():
        return ()
    sheet = read_table(path)
    key, *rest = sheet.header
    pairs = [(key, rest[0] if rest else "")]
    if rest:
        pairs += [(row[key], row[rest[0]]) for _, row in sheet.rows]
    return tuple(pairs)


def _groups(folder: Path, notices: list[PolisNotice]) -> tuple[tuple[int, int], ...]:
    path = next((folder / name for name in PEOPLE if (folder / name).is_file()), None)
    if path is None:
        return ()
    sheet = read_table(path)
    if not {"participant", "group-id"} <= set(sheet.header):
        notices.append(_notice(path.name, 0, phrase("pas de colonne des groupes : non lu")))
        return ()
    found = []
    for _, row in sheet.rows:
        who, group = _whole(row["participant"]), _whole(row["group-id"])
        if who is not None and group is not None:
            found.append((who, group))
    return tuple(sorted(found))


def write_polis(conversation: PolisConversation, folder: Path) -> None:
    """Write a conversation as Polis exports it, in a folder made for it, dates in UTC.

    Counts of ``comments.csv`` are of every vote cast, as Polis counts them; those of
    ``participants-votes.csv`` are of each person's last ones. What a spreadsheet would run in a
    text is guarded by an apostrophe, which :func:`read_polis` takes off.
    """
    folder.mkdir(parents=True, exist_ok=True)
    said = Counter(zip(conversation.statement.tolist(), conversation.vote.tolist(), strict=True))
    _write(folder / COMMENTS, _OF_COMMENT, (
        (one.at, _dated(one.at), one.number, one.author, said[one.number, 1],
         said[one.number, -1], one.moderated, one.text)
        for one in conversation.statements
    ))  # fmt: skip
    rows = zip(
        conversation.at.tolist(), conversation.statement.tolist(), conversation.person.tolist(),
        conversation.vote.tolist(), strict=True,
    )  # fmt: skip
    _write(folder / VOTES, _OF_VOTE, (
        (at, _dated(at), statement, person, vote) for at, statement, person, vote in rows
    ))  # fmt: skip
    if conversation.summary:
        (key, value), *others = conversation.summary
        _write(folder / SUMMARY, (key, value), others)
    _write_people(conversation, folder / PEOPLE[0])


def _write_people(conversation: PolisConversation, path: Path) -> None:
    numbers = [one.number for one in conversation.statements]
    last: dict[int, dict[int, int]] = {}
    for statement, person, vote in zip(
        conversation.statement.tolist(), conversation.person.tolist(),
        conversation.vote.tolist(), strict=True,
    ):  # fmt: skip
        last.setdefault(person, {})[statement] = vote
    groups = dict(conversation.groups)
    wrote = Counter(one.author for one in conversation.statements)
    people = sorted({*last, *groups})
    _write(path, (*_OF_PERSON, *map(str, numbers)), (
        (
            who, groups.get(who, ""), wrote[who], len(given),
            sum(vote == 1 for vote in given.values()), sum(vote == -1 for vote in given.values()),
            *(given.get(number, "") for number in numbers),
        )
        for who in people
        for given in [last.get(who, {})]
    ))  # fmt: skip


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(written_row(header, ","))
        stream.writelines(written_row(row, ",") for row in rows)


def _dated(at: int) -> str:
    if not 0 <= at < _LAST:
        return ""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _whole(cell: str) -> int | None:
    bare = cell.strip().removesuffix(".0")
    digits = bare.removeprefix("-")
    return int(bare) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def _needs(sheet: Sheet, name: str, wanted: Sequence[str]) -> None:
    if any(column not in sheet.header for column in wanted):
        raise _not_one(name, wanted)


def _not_one(name: str, wanted: Sequence[str]) -> FormatRefused:
    return FormatRefused(
        phrase("{file} n’est pas celui d’un export de Polis.", file=name),
        phrase("Il y faut les colonnes {columns}.", columns=", ".join(wanted)),
    )


def _notice(file: str, line: int, message: Phrase) -> PolisNotice:
    return PolisNotice(file, line, message)


def _and_more(notices: list[PolisNotice], file: str, many: int) -> None:
    if many > MOST_NOTICES:
        notices.append(_notice(file, 0, phrase("et {n} autres de même", n=many - MOST_NOTICES)))
