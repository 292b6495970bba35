"""The tables of a Dataset and their columns. Version 2.

One Parquet file a table, ``answers/<instrument>@<edition>.parquet`` for each wave of each
questionnaire (wide: one line a respondent). A study without interviews has no ``turns``:
a table with no line is not written, and reads back empty.

Columns named ``participant`` hold codes, never names. ``""`` means unknown or none in text
columns that are not null.
"""

from __future__ import annotations

import pyarrow as pa

from croisee.study import Instrument, QuestionKind

SCHEMA_VERSION = 2

_TEXT = pa.string()
_MONEY = pa.decimal128(18, 4)
_WEIGHT = pa.decimal128(24, 12)
_COUNT = pa.int32()


def _table(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


TABLES: dict[str, pa.Schema] = {
    # The sampling frame: one line an organisation (or an individual) of a case in an edition.
    "organisations": _table(
        organisation=_TEXT, case=_TEXT, component=_TEXT, edition=_TEXT, region=_TEXT, type=_TEXT
    ),
    # Frame sizes given as a number where there is no list. component may be "".
    "frames": _table(
        case=_TEXT, component=_TEXT, edition=_TEXT, instrument=_TEXT, size=_COUNT, source=_TEXT
    ),
    # quote: may be quoted. attributes live in the answers of the profile instrument.
    "participants": _table(
        participant=_TEXT, case=_TEXT, component=_TEXT, organisation=_TEXT, quote=pa.bool_()
    ),
    # Presence: who was in which fieldwork session.
    "presences": _table(session=_TEXT, participant=_TEXT),
    "sessions": _table(
        session=_TEXT,
        method=_TEXT,
        case=_TEXT,
        component=_TEXT,
        edition=_TEXT,
        held_on=_TEXT,
        minutes=_COUNT,
    ),
    "activities": _table(
        method=_TEXT,
        case=_TEXT,
        component=_TEXT,
        edition=_TEXT,
        planned=_COUNT,
        done=_COUNT,
        state=_TEXT,
        unit_fr=_TEXT,
        unit_en=_TEXT,
        reason_fr=_TEXT,
        reason_en=_TEXT,
        start=_TEXT,
        end=_TEXT,
    ),
    "documents": _table(
        document=_TEXT,
        file=_TEXT,
        case=_TEXT,
        component=_TEXT,
        method=_TEXT,
        session=_TEXT,
        edition=_TEXT,
        held_on=_TEXT,
    ),
    # Text as given (NFC). participant "" for the team's own turns. Times in seconds, or null.
    "turns": _table(
        document=_TEXT,
        turn=_COUNT,
        speaker=_TEXT,
        participant=_TEXT,
        text=_TEXT,
        start=pa.float64(),
        end=pa.float64(),
    ),
    "codes": _table(
        code=_TEXT,
        label_fr=_TEXT,
        label_en=_TEXT,
        definition_fr=_TEXT,
        definition_en=_TEXT,
        parent=_TEXT,
        kind=_TEXT,
        sensitive=pa.bool_(),
    ),
    # start and end are characters in the turn's text; the whole turn is 0 … len(text).
    "codings": _table(
        document=_TEXT, turn=_COUNT, start=_COUNT, end=_COUNT, code=_TEXT, coder=_TEXT
    ),
    # Passages chosen as quotes. key is the author's own name for it ("aide-sur-place").
    "excerpts": _table(key=_TEXT, document=_TEXT, turn=_COUNT, start=_COUNT, end=_COUNT),
    # position: pour, nuance or contre. justification: a code, or "".
    "positions": _table(
        session=_TEXT,
        case=_TEXT,
        edition=_TEXT,
        theme=_TEXT,
        participant=_TEXT,
        position=_TEXT,
        justification=_TEXT,
    ),
    # participant "" : the order the whole group agreed aloud. rank 1 is first; ties allowed.
    "rankings": _table(
        session=_TEXT,
        case=_TEXT,
        edition=_TEXT,
        theme=_TEXT,
        participant=_TEXT,
        option=_TEXT,
        rank=_COUNT,
    ),
    "allocations": _table(
        session=_TEXT,
        case=_TEXT,
        edition=_TEXT,
        theme=_TEXT,
        participant=_TEXT,
        option=_TEXT,
        amount=_MONEY,
    ),
    "mentions": _table(
        session=_TEXT,
        case=_TEXT,
        edition=_TEXT,
        participant=_TEXT,
        name_fr=_TEXT,
        name_en=_TEXT,
        group=_TEXT,
        common=pa.bool_(),
    ),
    "mention_groups": _table(group=_TEXT, label_fr=_TEXT, label_en=_TEXT, order=_COUNT),
    "milestones": _table(on=_TEXT, lane=_TEXT, label_fr=_TEXT, label_en=_TEXT),
    "context": _table(
        code=_TEXT,
        group_fr=_TEXT,
        group_en=_TEXT,
        statement_fr=_TEXT,
        statement_en=_TEXT,
        value=pa.decimal128(18, 4),
        unit=_TEXT,
        source_fr=_TEXT,
        source_en=_TEXT,
        reference=_TEXT,
        year=_TEXT,
    ),
}
"""Every table but the answers; the names of the columns are part of the contract."""

PERSONAL = (
    "participants",
    "presences",
    "turns",
    "positions",
    "rankings",
    "allocations",
    "mentions",
)
"""Tables with a ``participant`` column: the freeze keeps consenting people's lines only
(and lines with no participant: the team's turns, a group's agreed order)."""


def answers_name(instrument: str, edition: str) -> str:
    """Return the name of the table that holds one wave of one questionnaire."""
    return f"answers/{instrument}@{edition}"


def answers_schema(instrument: Instrument) -> pa.Schema:
    """Return the columns of an answers table.

    ``respondent`` (a participant's or an organisation's code), ``case``, ``component``,
    ``organisation``, ``weight`` (when the instrument has weights), then for each question:
    ``q_<question>`` — an option code, a decimal or a text, null when not answered;
    ``q_<question>__<option>`` — for multiple response a boolean, for ranks an int32;
    all null when the question was not answered.
    """
    fields = [pa.field(name, _TEXT) for name in ("respondent", "case", "component", "organisation")]
    if instrument.weighted:
        fields.append(pa.field("weight", _WEIGHT))
    for question in instrument.questions:
        column = f"q_{question.code}"
        if question.kind in {QuestionKind.MULTIPLE, QuestionKind.RANK}:
            kind = pa.bool_() if question.kind is QuestionKind.MULTIPLE else _COUNT
            fields += [pa.field(f"{column}__{option.code}", kind) for option in question.options]
        elif question.kind is QuestionKind.NUMBER:
            fields.append(pa.field(column, _MONEY))
        else:
            fields.append(pa.field(column, _TEXT))
    return pa.schema(fields)
