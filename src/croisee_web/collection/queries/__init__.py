"""Questions one may ask about collections and answers. Nothing here writes."""

from croisee_web.collection.queries.counting import answered, editions_asked
from croisee_web.collection.queries.described import (
    answers_tables,
    received_of,
    told_of_participant,
)
from croisee_web.collection.queries.opened import (
    CaseTold,
    CollectingTold,
    LinkTold,
    collecting_by_slug,
    collecting_told,
    is_open,
    link_by_code,
    link_by_token,
)
from croisee_web.collection.queries.versions import with_breaks

__all__ = [
    "CaseTold",
    "CollectingTold",
    "LinkTold",
    "answered",
    "answers_tables",
    "collecting_by_slug",
    "collecting_told",
    "editions_asked",
    "is_open",
    "link_by_code",
    "link_by_token",
    "received_of",
    "told_of_participant",
    "with_breaks",
]
