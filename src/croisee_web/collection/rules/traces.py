"""What files that people send carry about them, and what is kept of those files.

A photograph says where it was taken, with which device, and when; a document names its author. What
is not the picture or the sound is removed before a file is on disk, in every collection: nobody
meant to send it. What cannot be cleared is kept as it came and said to carry traces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from croisee_web.collection.rules.pictures import (
    cleared_gif,
    cleared_jpeg,
    cleared_png,
    cleared_webp,
)
from croisee_web.collection.rules.recordings import (
    cleared_boxes,
    cleared_flac,
    cleared_mp3,
    cleared_wave,
)


@dataclass(frozen=True, slots=True)
class Cleared:
    """A file as it is kept. ``traces``: it may still say who made it, where or when."""

    content: bytes
    traces: bool


def cleared(content: bytes) -> Cleared:
    """Return a file without what is not its picture or its sound.

    It depends on nothing but the bytes, and clearing again changes nothing: the same file sent
    twice is the same once kept. What a file is, its own bytes say, not its name nor who sent it.

    Example:
        >>> cleared(b"%PDF-1.7 /Author (Mireille)").traces, cleared(b"").traces
        (True, False)
    """
    clear = _clearing(content)
    found = clear(content) if clear is not None else None
    if found is None:
        return Cleared(content, traces=bool(content))
    return Cleared(found, traces=False)


_BY_BEGINNING: tuple[tuple[bytes, Callable[[bytes], bytes | None]], ...] = (
    (b"\xff\xd8\xff", cleared_jpeg),
    (b"\x89PNG\r\n\x1a\n", cleared_png),
    (b"GIF87a", cleared_gif),
    (b"GIF89a", cleared_gif),
    (b"fLaC", cleared_flac),
    (b"ID3", cleared_mp3),
    (b"\xff\xfb", cleared_mp3),
    (b"\xff\xf3", cleared_mp3),
    (b"\xff\xf2", cleared_mp3),
    (b"#!AMR", bytes),
)
_BY_KIND = {b"WEBP": cleared_webp, b"WAVE": cleared_wave}


def _clearing(content: bytes) -> Callable[[bytes], bytes | None] | None:
    if content[:4] == b"RIFF":
        return _BY_KIND.get(content[8:12])
    if content[4:8] == b"ftyp":
        return cleared_boxes
    return next((clear for start, clear in _BY_BEGINNING if content.startswith(start)), None)
