"""Why nothing is transcribed."""

from __future__ import annotations

from croisee.language import Phrase


class SpeechRefused(Exception):
    """Nothing was written. ``message`` says why, and what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.to("fr"))
        self.message = message
