"""What is heard already, kept line by line, so that a work that was killed goes on.

One line a window, flushed to the disk before the next window is heard; a line cut short by a
kill is left out. The file bears the digests of the recordings, of the model and of the options:
anything else makes another file. It holds words: it is for its owner alone, and goes at the end.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from croisee.speech.heard import Dropped, HeardWord, Passage, Why
from croisee.speech.windows import Window

FORMAT = "croisee-transcription-1"


@dataclass(frozen=True, slots=True)
class HeardWindow:
    """A window done with. ``took``: seconds of work, ``seconds``: seconds of speech in it."""

    track: int
    portion: int
    place: int
    seconds: float
    took: float
    end: float
    passages: tuple[Passage, ...]
    dropped: tuple[Dropped, ...]


def work_key(parts: Iterable[object]) -> str:
    """Return the name of a work: what is heard, by what, and how."""
    told = json.dumps([FORMAT, *parts], ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


class Kept:
    """The file of a work under way. ``windows`` are those it already holds, in order."""

    def __init__(self, folder: Path, key: str) -> None:
        self.path = folder / f".transcription-{key[:16]}.jsonl"
        self.windows: list[HeardWindow] = []
        self._key = key
        if self.path.is_file():
            self._read()

    def _read(self) -> None:
        whole = self.path.read_bytes()
        lines = whole[: whole.rfind(b"\n") + 1].splitlines(keepends=True)
        good = 0
        have: set[tuple[int, int, int]] = set()
        for number, line in enumerate(lines):
            try:
                told = json.loads(line)
                if number == 0:
                    if told != {"format": FORMAT, "key": self._key}:
                        break
                else:
                    one = _window(told)
                    place = (one.track, one.portion, one.place)
                    if place not in have:  # the same command, given twice at once
                        self.windows.append(one)
                    have.add(place)
            except (ValueError, KeyError, TypeError):
                break
            good += len(line)
        if good != len(whole):
            with self.path.open("r+b") as file:
                file.truncate(good)

    def add(self, window: HeardWindow) -> None:
        """Keep a window; it is on the disk when this returns."""
        new = not self.path.exists() or not self.path.stat().st_size
        lines = [json.dumps({"format": FORMAT, "key": self._key})] if new else []
        lines.append(json.dumps(asdict(window), ensure_ascii=False))
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write("".join(f"{line}\n" for line in lines).encode())
            file.flush()
            os.fsync(file.fileno())
        self.windows.append(window)

    def of(self, track: int) -> list[HeardWindow]:
        """Return the windows of a track."""
        return [one for one in self.windows if one.track == track]

    def forget(self) -> None:
        """Remove the file: what it held is written."""
        self.path.unlink(missing_ok=True)


def heard_window(
    track: int, window: Window, took: float, heard: tuple[list[Passage], list[Dropped]]
) -> HeardWindow:
    """Return what is kept of a window heard."""
    return HeardWindow(
        track, window.portion, window.place, window.seconds, took, window.end,
        tuple(heard[0]), tuple(heard[1]),
    )  # fmt: skip


def _window(told: dict[str, Any]) -> HeardWindow:
    passages = tuple(
        Passage(one["track"], tuple(HeardWord(**word) for word in one["words"]))
        for one in told.pop("passages")
    )
    dropped = tuple(Dropped(**(one | {"why": Why(one["why"])})) for one in told.pop("dropped"))
    return HeardWindow(**told, passages=passages, dropped=dropped)
