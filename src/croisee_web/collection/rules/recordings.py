"""Recordings, films and HEIC pictures without what says who made them, where and when.

In files made of boxes (MP4, MOV, 3GP, M4A, HEIC, AVIF) places are counted from the beginning: what
is not the recording is blanked where it lies, and the file keeps its length. Structures:
ISO/IEC 14496-12 and 23008-12, ID3v2.4, WAVE, RFC 9639 (FLAC). Each function returns ``None`` for
what it cannot walk whole, or where something that it cannot clear would stay.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from croisee_web.collection.rules.pictures import riff_chunk, riff_chunks

_DEEPEST, _MOST = 8, 20_000
"""Boxes one inside another, and in one file."""
_MOST_LABELS = 8
_OPENED = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex"})
_BLANKED = frozenset({b"udta", b"uuid", b"free", b"skip", b"wide", b"pnot", b"XMP_"})
_TIMED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_PLAIN = frozenset(
    {b"ftyp", b"styp", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"prft", b"pdin"}
)
_TRACKS = frozenset({b"vide", b"soun", b"subt", b"text", b"clcp", b"sbtl", b"alis", b"url "})
"""Kinds of tracks that are heard, seen or read; others hold positions or sensors."""
_APART = frozenset({b"Exif", b"mime", b"uri "})


class _Broken(Exception):
    """A box that is not where, or not what, it should be."""


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    inside: int
    end: int


def _boxes(content: bytes | bytearray, start: int, end: int) -> Iterator[_Box]:
    at = start
    while at < end:
        if at + 8 > end:
            raise _Broken
        (size,) = struct.unpack_from(">I", content, at)
        inside = at + 8
        if size == 1 and at + 16 <= end:
            (size,) = struct.unpack_from(">Q", content, at + 8)
            inside = at + 16
        elif size == 0:
            size = end - at
        if size < inside - at or at + size > end:
            raise _Broken
        yield _Box(bytes(content[at + 4 : at + 8]), at, inside, at + size)
        at += size


def cleared_boxes(content: bytes) -> bytes | None:
    """Return a film, a recording or a HEIC picture whose descriptions and hours are blanked."""
    try:
        clearing = _Clearing(bytearray(content))
        clearing.walk(0, len(content), 0)
    except (_Broken, struct.error, IndexError):
        return None
    return bytes(clearing.content)


class _Clearing:
    """One file being cleared, in place."""

    def __init__(self, content: bytearray) -> None:
        self.content = content
        self.walked = 0

    def walk(self, start: int, end: int, depth: int) -> None:
        """Clear the boxes from one place to another."""
        for box in _boxes(self.content, start, end):
            self.walked += 1
            if depth > _DEEPEST or self.walked > _MOST:
                raise _Broken
            self._clear(box, depth)

    def _clear(self, box: _Box, depth: int) -> None:
        if box.kind in _BLANKED:
            self._blank(box)
        elif box.kind == b"meta":
            self._clear_meta(box)
        elif box.kind in _OPENED:
            self.walk(box.inside, box.end, depth + 1)
        elif box.kind in _TIMED:
            self._forget_times(box)
        elif box.kind == b"hdlr":
            self._check_track(box)
        elif depth == 0 and box.kind not in _PLAIN:
            raise _Broken  # something beside the recording, of which nothing is known

    def _blank(self, box: _Box) -> None:
        self.content[box.start + 4 : box.start + 8] = b"free"
        self.content[box.inside : box.end] = bytes(box.end - box.inside)

    def _forget_times(self, box: _Box) -> None:
        """Blank when it was made and changed."""
        if box.inside + 20 > box.end:
            raise _Broken
        size = 16 if self.content[box.inside] == 1 else 8
        self.content[box.inside + 4 : box.inside + 4 + size] = bytes(size)

    def _check_track(self, box: _Box) -> None:
        """Blank a track's name.

        Raises:
            _Broken: a track of positions or of sensors.
        """
        if bytes(self.content[box.inside + 8 : box.inside + 12]) not in _TRACKS:
            raise _Broken
        self._forget_name(box)

    def _clear_meta(self, box: _Box) -> None:
        """Blank what describes; keep a picture's own boxes, without what lies beside it."""
        try:
            inside = list(_boxes(self.content, box.inside + 4, box.end))
        except _Broken:
            inside = []  # QuickTime's own, which has no version
        handler = next((one for one in inside if one.kind == b"hdlr"), None)
        kind = bytes(self.content[handler.inside + 8 : handler.inside + 12]) if handler else b""
        if kind != b"pict":
            self._blank(box)
            return
        by_kind = {one.kind: one for one in inside}
        apart = _items_apart(self.content, by_kind.get(b"iinf"))
        own = by_kind.get(b"idat")
        for number, start, size in _places_of_items(self.content, by_kind.get(b"iloc"), own):
            if number in apart:
                if start < 0 or start + size > len(self.content):
                    raise _Broken
                self.content[start : start + size] = bytes(size)
                apart.discard(number)
        if apart:
            raise _Broken
        for one in inside:
            if one.kind in _BLANKED:
                self._blank(one)
            elif one.kind == b"hdlr":
                self._forget_name(one)

    def _forget_name(self, box: _Box) -> None:
        self.content[box.inside + 24 : box.end] = bytes(max(0, box.end - box.inside - 24))


def _items_apart(content: bytearray, box: _Box | None) -> set[int]:
    """Return the numbers of the items of a picture that are not the picture: Exif, XMP."""
    if box is None:
        raise _Broken
    first = box.inside + (6 if content[box.inside] == 0 else 8)
    found = set()
    for one in _boxes(content, first, box.end):
        version, size = content[one.inside], 4 if content[one.inside] == 3 else 2
        if one.kind != b"infe" or version not in {2, 3}:
            raise _Broken
        at = one.inside + 4
        kind = bytes(content[at + size + 2 : at + size + 6])
        if kind in _APART:
            found.add(int.from_bytes(content[at : at + size], "big"))
    return found


class _Numbers:
    """Numbers read one after the other."""

    def __init__(self, content: bytearray, at: int, end: int) -> None:
        self._content, self._at, self._end = content, at, end

    def take(self, size: int) -> int:
        """Return the next number, of so many bytes."""
        if self._at + size > self._end:
            raise _Broken
        self._at += size
        return int.from_bytes(self._content[self._at - size : self._at], "big")


def _places_of_items(
    content: bytearray, box: _Box | None, own: _Box | None
) -> Iterator[tuple[int, int, int]]:
    """Yield the number of an item, where a part of it begins, and its size."""
    if box is None:
        raise _Broken
    numbers = _Numbers(content, box.inside, box.end)
    version = numbers.take(4) >> 24
    sizes = numbers.take(2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    for _item in range(numbers.take(4 if version == 2 else 2)):
        number = numbers.take(4 if version == 2 else 2)
        way = numbers.take(2) & 15 if version else 0
        numbers.take(2)
        origin = numbers.take(base)
        if way == 1 and own is not None:
            origin += own.inside
        for _part in range(numbers.take(2)):
            if version:
                numbers.take(index)
            start = origin + numbers.take(offset)
            yield number, -1 if way > 1 else start, numbers.take(length)


def cleared_mp3(content: bytes) -> bytes | None:
    r"""Return the sound of an MP3, without the labels before and after it.

    Example:
        >>> cleared_mp3(b"ID3\4\0\0\0\0\0\2??" + b"\xff\xfbsound" + b"TAG" + bytes(125))
        b'\xff\xfbsound'
    """
    start, end = 0, len(content)
    for _label in range(_MOST_LABELS):
        if content[start : start + 3] != b"ID3" or start + 10 > end:
            break
        flags, sizes = content[start + 5], content[start + 6 : start + 10]
        size = sum(
            (byte & 0x7F) << shift for byte, shift in zip(sizes, (21, 14, 7, 0), strict=True)
        )
        start += 10 + size + (10 if flags & 0x10 else 0)
    if content[max(start, end - 128) :][:3] == b"TAG":
        end -= 128
    foot = content[max(start, end - 32) : end]
    if foot.startswith(b"APETAGEX") and len(foot) == 32:
        size, flags = struct.unpack_from("<I", foot, 12)[0], struct.unpack_from("<I", foot, 20)[0]
        end -= size + (32 if flags & 0x80000000 else 0)
    sound = content[start:end] if start < end else b""
    heard = len(sound) > 2 and sound[0] == 0xFF and sound[1] & 0xE0 == 0xE0
    return sound if heard else None


def cleared_wave(content: bytes) -> bytes | None:
    """Return the sound of a WAVE file, without what is written beside it."""
    kept = []
    for kind, payload in riff_chunks(content[12:]):
        if payload is None:
            return None
        if kind in {b"fmt ", b"fact", b"data"}:
            kept.append(riff_chunk(kind, payload))
    inside = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(inside) + 4) + b"WAVE" + inside if kept else None


def cleared_flac(content: bytes) -> bytes | None:
    """Return the sound of a FLAC file and the table of its places, without labels or pictures."""
    kept, at, last = [], 4, False
    while not last:
        if at + 4 > len(content):
            return None
        last, kind = bool(content[at] & 0x80), content[at] & 0x7F
        size = int.from_bytes(content[at + 1 : at + 4], "big")
        if kind in {0, 3}:
            kept.append((kind, content[at + 1 : at + 4 + size]))
        at += 4 + size
    if at > len(content) or not kept:
        return None
    blocks = [bytes([kind]) + block for kind, block in kept]
    blocks[-1] = bytes([blocks[-1][0] | 0x80]) + blocks[-1][1:]
    return b"".join([b"fLaC", *blocks, content[at:]])
