"""Questions one may ask of the site as a whole. Nothing here writes."""

from croisee_web.upkeep.queries.health import Finding, findings
from croisee_web.upkeep.queries.journal import (
    PAGE,
    JournalLine,
    JournalPage,
    journal_page,
    journal_rows,
)

__all__ = [
    "PAGE",
    "Finding",
    "JournalLine",
    "JournalPage",
    "findings",
    "journal_page",
    "journal_rows",
]
