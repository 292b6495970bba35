"""What may be done to the site as a whole."""

from croisee_web.upkeep.usecases.entry import use_entry_link

__all__ = ["use_entry_link"]
