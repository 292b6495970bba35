"""What one may do about answers. One function an act; each is one transaction."""

from croisee_web.collection.usecases.conducting import (
    CollectingRefused,
    Plan,
    change_collecting,
    close_collecting,
    open_collecting,
    reopen_collecting,
)
from croisee_web.collection.usecases.linking import Wanted, make_links
from croisee_web.collection.usecases.writing import (
    destroy_answers,
    erase_participant,
    write_answers,
)

__all__ = [
    "CollectingRefused",
    "Plan",
    "Wanted",
    "change_collecting",
    "close_collecting",
    "destroy_answers",
    "erase_participant",
    "make_links",
    "open_collecting",
    "reopen_collecting",
    "write_answers",
]
