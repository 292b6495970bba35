"""Why a file cannot be read."""

from __future__ import annotations

from croisee.language import Phrase


class FormatRefused(ValueError):
    """A file that cannot be read, or must not be.

    ``message`` says what was found, ``remedy`` what to do, ``line`` (from 1) where, when known.
    """

    def __init__(self, message: Phrase, remedy: Phrase, line: int | None = None) -> None:
        super().__init__(message.to("fr"))
        self.message = message
        self.remedy = remedy
        self.line = line
