"""The tables of a new Taguette project, as Taguette 1.5 makes them.

Keys, constraints and indexes bear the names that its later versions look for to change them. In
``_COLUMNS``: ``*`` a number that it gives itself, ``?`` what may be empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from croisee.formats.sqlite_file import Cell
from croisee.formats.sqlite_writing import NewTable

VERSION = "db5e31a0233d"
"""The last change to the tables in Taguette 1.5.2, as it names it."""
_ITSELF = "PRAGMA application_id = 0x54677474"
_COLUMNS = {
    "users": "login=VARCHAR(30) created=DATETIME hashed_password?=VARCHAR(192) disabled=BOOLEAN "
             "password_set_date?=DATETIME language?=VARCHAR(10) email?=VARCHAR(256) "
             "email_sent?=DATETIME",
    "projects": "id* name=VARCHAR(200) description=TEXT created=DATETIME",
    "project_members": "project_id=INTEGER user_login=VARCHAR(30) privileges=VARCHAR(11)",
    "documents": "id* name=VARCHAR(200) description=TEXT filename=VARCHAR(200) created=DATETIME "
                 "project_id=INTEGER text_direction=VARCHAR(13) contents=TEXT",
    "commands": "id* date=DATETIME user_login=VARCHAR(30) project_id=INTEGER document_id?=INTEGER "
                "payload=TEXT",
    "tags": "id* project_id=INTEGER path=VARCHAR(200) description=TEXT",
    "highlights": "id* document_id=INTEGER start_offset=INTEGER end_offset=INTEGER snippet=TEXT",
    "highlight_tags": "highlight_id=INTEGER tag_id=INTEGER",
    "alembic_version": "version_num=VARCHAR(32)",
}  # fmt: skip
_KEYS = {"users": "login", "project_members": "project_id, user_login",
         "highlight_tags": "highlight_id, tag_id"}  # fmt: skip
_OTHERS = {"user_login": ("users", "login"), "project_id": ("projects", "id"),
           "document_id": ("documents", "id"), "highlight_id": ("highlights", "id"),
           "tag_id": ("tags", "id")}  # fmt: skip
_INDEXES = (
    ("users", "email", "UNIQUE "), ("project_members", "project_id"),
    ("project_members", "user_login"), ("documents", "project_id"), ("commands", "date"),
    ("commands", "document_id"), ("commands", "project_id"), ("commands", "user_login"),
    ("tags", "path"), ("tags", "project_id"), ("highlights", "document_id"),
    ("highlight_tags", "highlight_id"), ("highlight_tags", "tag_id"),
)  # fmt: skip
MORE = (
    *(
        f"CREATE {''.join(unique)}INDEX ix_{table}_{column} ON {table} ({column})"
        for table, column, *unique in _INDEXES
    ),
    "CREATE INDEX idx_project_id ON commands (project_id, id)",
    "CREATE INDEX idx_project_document ON commands (project_id, document_id)",
    _ITSELF,
)
"""What comes after the tables."""


def tables(rows: Mapping[str, Iterable[Sequence[Cell]]]) -> Iterator[NewTable]:
    """Yield every table of a project, filled with the rows given by its name."""
    for name, columns in _COLUMNS.items():
        yield NewTable(name, ", ".join(_sql(name, columns.split())), rows.get(name, ()))


def _sql(table: str, columns: Sequence[str]) -> Iterator[str]:
    named = [one.partition("=")[0] for one in columns]
    for one, name in zip(columns, named, strict=True):
        if name.endswith("*"):
            yield f"{name[:-1]} INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"
        else:
            yield f"{name.rstrip('?')} {one.partition('=')[2]}{'' if '?' in name else ' NOT NULL'}"
    if table in _KEYS:
        yield f"CONSTRAINT pk_{table} PRIMARY KEY ({_KEYS[table]})"
    if table == "tags":
        yield "CONSTRAINT uq_tags_project_id UNIQUE (project_id, path)"
    if table == "alembic_version":
        yield "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)"
    for name in named:
        if name in _OTHERS:
            other, key = _OTHERS[name]
            follows = " ON UPDATE CASCADE" if other == "users" else " ON DELETE CASCADE"
            if table == "project_members" and other == "users":
                follows = " ON DELETE CASCADE ON UPDATE CASCADE"
            yield (f"CONSTRAINT fk_{table}_{name}_{other} FOREIGN KEY ({name}) "
                   f"REFERENCES {other} ({key}){follows}")  # fmt: skip
