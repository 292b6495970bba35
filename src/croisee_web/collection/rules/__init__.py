"""What the collection decides without asking the database."""

from croisee_web.collection.rules.waves import Line, Wave, wave_of

__all__ = ["Line", "Wave", "wave_of"]
