"""Ctrl-C and SIGTERM: one orderly stop, from the first moment of a command."""

from __future__ import annotations

import os
import signal
import time
from types import FrameType

SECONDS_TO_TIDY = 10.0
"""A second signal within this time lets the first one finish tidying; a later one ends at once."""
_USUAL = 128


class Stopped(KeyboardInterrupt):
    """Somebody asked the command to stop. ``code`` is what it returns then: 130, or 143."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = _USUAL + number


def stop_in_order() -> None:
    """Make SIGINT and SIGTERM raise :class:`Stopped` in this process, not in its children.

    A signal that was ignored when the process started (``nohup``) stays so. What takes the
    signals over afterwards, as a site that serves, keeps them.
    """
    owner, first = os.getpid(), 0.0

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        nonlocal first
        late = first and time.monotonic() - first > SECONDS_TO_TIDY
        if os.getpid() != owner or late:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        elif not first:
            first = time.monotonic()
            raise Stopped(number)

    for one in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(one) is not signal.SIG_IGN:
            signal.signal(one, stop)
