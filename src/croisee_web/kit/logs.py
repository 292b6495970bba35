"""What the log may hold: where something failed and how, never an address, a code or an answer."""

from __future__ import annotations

import logging
import traceback


class SparingFormatter(logging.Formatter):
    """One line a record. Django's records name a path and quote an exception: here, a route and a
    kind of exception. Ours say what they say, without the traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        head = f"{self.formatTime(record)} {record.levelname} {record.name}"
        return " ".join([head, *_said(record)])


def _said(record: logging.LogRecord) -> list[str]:
    words = [record.getMessage()] if record.name.startswith("croisee_web") else []
    status = getattr(record, "status_code", None)
    if status is not None:
        words.append(str(status))
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    if match is not None:
        words.append(match.route)
    if record.exc_info and record.exc_info[1] is not None:
        error = record.exc_info[1]
        frame = traceback.extract_tb(error.__traceback__)[-1:]
        words.append(type(error).__name__)
        words += [f"{step.filename}:{step.lineno}" for step in frame]
    return words
