"""What receiving needs of a collection, read in one statement written once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from croisee_web.collection.models import Collecting, CollectingCase
from croisee_web.collection.queries.moment import once
from croisee_web.collection.rules.openness import Dates
from croisee_web.instruments.models import Instrument, PublishedVersion
from croisee_web.kit.statements import quoted
from croisee_web.study.models import Case, Study


@dataclass(frozen=True, slots=True)
class Version:
    """A published version, as what is filled in it needs it."""

    id: int
    instrument_id: int
    weighted: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A collection as it is now. ``cases``: the networks asked, by code."""

    id: int
    study_id: int
    zone: str
    dates: Dates
    anonymous: bool
    has_open_link: bool
    salt: str
    edition: str
    questionnaire_id: int
    form_id: str
    form_version: str
    version: Version
    cases: Mapping[str, int]


def asked(collecting_id: int) -> Asked | None:
    """Return a collection, ``None`` where there is none or its study is closed. One SQL query."""
    return once(("collecting", collecting_id), lambda: _asked(collecting_id))


def _asked(collecting_id: int) -> Asked | None:
    with connection.cursor() as cursor:
        cursor.execute(_statement(connection.vendor), [collecting_id])
        found = tuple(cursor.fetchall())
    return _made(collecting_id, connection.vendor, found) if found else None


@lru_cache(maxsize=256)
def _made(collecting_id: int, vendor: str, found: tuple[tuple[Any, ...], ...]) -> Asked:
    """Return a collection from its rows, one a network; the same rows are made into it once."""
    del vendor
    values = [_python(field, value) for field, value in zip(_READ, found[0][2:], strict=True)]
    cases = {code: number for code, number, *_rest in found if number is not None}
    study, opens, closes, closed, anonymous, slug, salt, edition, zone, *version = values
    number, questionnaire, form_id, form_version, instrument, weighted = version
    return Asked(
        collecting_id,
        study,
        zone,
        Dates(opens, closes, closed, zone),
        bool(anonymous),
        slug is not None,
        salt,
        edition,
        questionnaire,
        form_id,
        form_version,
        Version(number, instrument, bool(weighted)),
        cases,
    )


def version_of(questionnaire_id: int, form_id: str, form_version: str) -> Version | None:
    """Return the version of a questionnaire that a form says it is of. One SQL query."""
    found = (
        PublishedVersion.objects.filter(
            questionnaire_id=questionnaire_id, form_id=form_id, form_version=form_version
        )
        .values_list("pk", "instrument_id", "instrument__weighted")
        .first()
    )
    return None if found is None else Version(*found)


_READ = (
    *(
        (Collecting, name)
        for name in ("study", "opens_on", "closes_on", "closed_at", "anonymous", "open_slug",
                     "salt", "edition")
    ),
    (Study, "timezone"),
    *((PublishedVersion, name)
      for name in ("id", "questionnaire", "form_id", "form_version", "instrument")),
    (Instrument, "weighted"),
)  # fmt: skip


def _column(model: type, name: str) -> str:
    options = model._meta  # type: ignore[attr-defined]
    return f"{quoted(options.db_table)}.{quoted(options.get_field(name).column)}"


@lru_cache(maxsize=2)
def _statement(vendor: str) -> str:
    """Return the statement: names of our own tables and columns, from the models."""
    del vendor
    tables = [quoted(model._meta.db_table) for model in (Collecting, Study, PublishedVersion)]
    read = ((Case, "code"), (Case, "id"), *_READ)
    columns = ", ".join(_column(model, name) for model, name in read)
    return (
        f"SELECT {columns} FROM {tables[0]} "  # noqa: S608
        f"JOIN {tables[1]} ON {_column(Study, 'id')} = {_column(Collecting, 'study')} "
        f"JOIN {tables[2]} "
        f"ON {_column(PublishedVersion, 'id')} = {_column(Collecting, 'published')} "
        f"JOIN {quoted(Instrument._meta.db_table)} "
        f"ON {_column(Instrument, 'id')} = {_column(PublishedVersion, 'instrument')} "
        f"LEFT JOIN {quoted(CollectingCase._meta.db_table)} "
        f"ON {_column(CollectingCase, 'collecting')} = {_column(Collecting, 'id')} "
        f"LEFT JOIN {quoted(Case._meta.db_table)} "
        f"ON {_column(Case, 'id')} = {_column(CollectingCase, 'case')} "
        f"WHERE {_column(Collecting, 'id')} = %s AND {_column(Study, 'closed_at')} IS NULL "
        f"ORDER BY {_column(CollectingCase, 'id')}"
    )


def _python(read: tuple[type, str], value: Any) -> Any:
    """Return a value as its column means it: SQLite keeps dates as texts."""
    field = read[0]._meta.get_field(read[1])  # type: ignore[attr-defined]
    for convert in connection.ops.get_db_converters(field.get_col(field.model._meta.db_table)):
        value = convert(value, None, connection)
    return value
