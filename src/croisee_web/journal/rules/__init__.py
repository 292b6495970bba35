"""How entries are chained, and how the head of the chain is anchored outside the database."""

from croisee_web.journal.rules.anchors import Anchor, append_anchor, read_anchors
from croisee_web.journal.rules.chain import ORIGIN, commitment, entry_digest

__all__ = [
    "ORIGIN",
    "Anchor",
    "append_anchor",
    "commitment",
    "entry_digest",
    "read_anchors",
]
