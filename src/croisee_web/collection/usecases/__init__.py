"""What one may do about answers. One function an act; each is one transaction."""

from croisee_web.collection.usecases.writing import (
    destroy_answers,
    erase_participant,
    write_answers,
)

__all__ = ["destroy_answers", "erase_participant", "write_answers"]
