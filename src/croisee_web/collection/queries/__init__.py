"""Questions one may ask about collections and answers. Nothing here writes."""

from croisee_web.collection.queries.described import (
    answers_tables,
    received_of,
    told_of_participant,
)

__all__ = ["answers_tables", "received_of", "told_of_participant"]
