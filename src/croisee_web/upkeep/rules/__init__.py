"""How the site as a whole is written in archives, and read back."""

from croisee_web.upkeep.rules.archives import (
    ArchiveRefused,
    Keyring,
    open_archive,
    seal_archive,
)
from croisee_web.upkeep.rules.entry import ENTRY_LASTS, take_entry_link, write_entry_link
from croisee_web.upkeep.rules.forward import (
    Digests,
    RowsDiffer,
    applied_migrations,
    bring_forward,
    columns_now,
    is_ahead,
)
from croisee_web.upkeep.rules.rows import digests, load_rows, other_database, row_lines

__all__ = [
    "ENTRY_LASTS",
    "ArchiveRefused",
    "Digests",
    "Keyring",
    "RowsDiffer",
    "applied_migrations",
    "bring_forward",
    "columns_now",
    "digests",
    "is_ahead",
    "load_rows",
    "open_archive",
    "other_database",
    "row_lines",
    "seal_archive",
    "take_entry_link",
    "write_entry_link",
]
