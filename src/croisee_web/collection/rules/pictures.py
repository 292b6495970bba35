"""Pictures without what is not the picture: position, device, author, hours, thumbnails.

The compressed picture is copied as it is, never made again; only how it is to be turned is kept
of what a camera writes beside it. Structures: ITU-T T.81 annex B and Exif 2.32 (JPEG), PNG 3rd
edition, RFC 9649 (WebP), GIF89a. Each function returns ``None`` for what it cannot walk whole.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

_AFTER_SCAN = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
_SCAN, _END, _CUT = 0xDA, 0xD9, 0
_MOST = 200_000
"""Pieces of a file: a real one has some thousands."""
_OF_THE_PICTURE = frozenset(
    {*range(0xC0, 0xC8), *range(0xC9, 0xD0), _SCAN, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}
)
"""Frames, tables and scans; the rest is written by applications."""
_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs cICP mDCV cLLI "
    b"acTL fcTL fdAT".split()
)
_FRAMES = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_ANIMATED = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})
_EXIF, _XMP = 0x08, 0x04
"""Bits of a WebP's first chunk: it says that such a chunk follows."""


def cleared_jpeg(content: bytes) -> bytes | None:
    """Return a JPEG with its frames, tables, scans and colour profile, and nothing after its end.

    Example:
        >>> jpeg = bytes.fromhex("ffd8 fffe 0006 6d6f6921 ffda 0002 00ff00 ffd9")
        >>> cleared_jpeg(jpeg + b"and a film").hex(" ", -4)
        'ffd8ffda 000200ff 00ffd9'
    """
    kept, turned = [b"\xff\xd8"], 1
    for marker, start, after, payload in _segments(content):
        if marker == _CUT:
            return None
        if marker == 0xE1 and payload.startswith(b"Exif\0\0"):
            turned = orientation_of(payload[6:])
        elif _is_of_the_picture(marker, payload):
            kept.append(content[start:after])
        elif marker == 0xE0 and payload.startswith(b"JFIF\0") and len(payload) >= 12:
            # Its density, without the thumbnail that may follow.
            kept.append(b"\xff\xe0\x00\x10" + payload[:12] + b"\0\0")
    exif = _segment(0xE1, b"Exif\0\0" + turned_only(turned)) if turned > 1 else b""
    place = 2 if len(kept) > 1 and kept[1].startswith(b"\xff\xe0") else 1
    return b"".join([*kept[:place], exif, *kept[place:], b"\xff\xd9"])


def _segments(content: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield the marker of each segment, where it begins and ends, and what it says.

    A scan ends where its picture does. ``_CUT`` is last where the file is not whole.
    """
    at = 2
    for _number in range(_MOST):
        while content[at : at + 2] == b"\xff\xff":
            at += 1
        marker = content[at + 1] if content[at : at + 1] == b"\xff" and at + 1 < len(content) else 0
        if marker == _END:
            return
        after = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if not marker or after < at + 4 or after > len(content):
            break
        payload = content[at + 4 : after]
        if marker == _SCAN:
            found = _AFTER_SCAN.search(content, after)
            if found is None:
                break
            after = found.end() - 2
        yield marker, at, after, payload
        at = after
    yield _CUT, 0, 0, b""


def _is_of_the_picture(marker: int, payload: bytes) -> bool:
    profile = marker == 0xE2 and payload.startswith(b"ICC_PROFILE\0")
    adobe = marker == 0xEE and payload.startswith(b"Adobe")
    return marker in _OF_THE_PICTURE or profile or adobe


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def orientation_of(exif: bytes) -> int:
    """Return how a picture is to be turned, 1 to 8, as its Exif block says; 1 where it does not.

    Example:
        >>> orientation_of(turned_only(6)), orientation_of(b"")
        (6, 1)
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None or len(exif) < 8:
        return 1
    (at,) = struct.unpack_from(f"{order}I", exif, 4)
    if at + 2 > len(exif):
        return 1
    (count,) = struct.unpack_from(f"{order}H", exif, at)
    for entry in range(at + 2, min(at + 2 + 12 * count, len(exif) - 11), 12):
        tag, kind, _number, value = struct.unpack_from(f"{order}HHIH", exif, entry)
        if (tag, kind) == (0x0112, 3) and 1 <= value <= 8:
            return int(value)
    return 1


def turned_only(orientation: int) -> bytes:
    """Return an Exif block that says how a picture is to be turned, and nothing else."""
    return struct.pack(">4sIHHHIHHI", b"MM\0*", 8, 1, 0x0112, 3, 1, orientation, 0, 0)


def cleared_png(content: bytes) -> bytes | None:
    r"""Return a PNG, animated or not, with its picture and its colours, and nothing after its end.

    Example:
        >>> cleared_png(_PNG + _chunk(b"tEXt", b"Author\0Mireille") + _chunk(b"IEND", b""))[8:]
        b'\x00\x00\x00\x00IEND\xaeB`\x82'
    """
    kept, at, turned = [_PNG], len(_PNG), 1
    for _number in range(_MOST):
        if at + 12 > len(content):
            return None
        (size,) = struct.unpack_from(">I", content, at)
        kind, after = content[at + 4 : at + 8], at + 12 + size
        if after > len(content):
            return None
        if kind == b"eXIf":
            turned = orientation_of(content[at + 8 : after - 4])
        elif kind == b"IEND":
            exif = _chunk(b"eXIf", turned_only(turned)) if turned > 1 else b""
            # Before the picture, where readers look for it.
            place = next((n for n, one in enumerate(kept) if one[4:8] == b"IDAT"), len(kept))
            return b"".join([*kept[:place], exif, *kept[place:], _chunk(b"IEND", b"")])
        elif kind in _CHUNKS:
            kept.append(content[at:after])
        elif not kind[0] & 0x20:  # a part of the picture that we do not know
            return None
        at = after
    return None


def _chunk(kind: bytes, payload: bytes) -> bytes:
    check = zlib.crc32(kind + payload)
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", check)


def cleared_webp(content: bytes) -> bytes | None:
    """Return a WebP, animated or not, with its picture and its colour profile."""
    (size,) = struct.unpack_from("<I", content, 4)
    if size + 8 > len(content):
        return None
    kept: list[tuple[bytes, bytes]] = []
    turned = 1
    for kind, payload in riff_chunks(content[12 : size + 8]):
        if payload is None:
            return None
        if kind == b"EXIF":
            turned = orientation_of(payload.removeprefix(b"Exif\0\0"))
        elif kind == b"ANMF":
            kept.append((kind, _cleared_frame(payload)))
        elif kind in _FRAMES or kind in {b"VP8X", b"ANIM", b"ICCP"}:
            kept.append((kind, payload))
    if not any(kind in {b"VP8 ", b"VP8L", b"ANMF"} for kind, _payload in kept):
        return None
    if kept[0][0] == b"VP8X":
        kept[0] = (b"VP8X", _announcing(kept[0][1], exif=turned > 1))
        if turned > 1:
            kept.append((b"EXIF", turned_only(turned)))
    inside = b"".join(riff_chunk(*one) for one in kept)
    return b"RIFF" + struct.pack("<I", len(inside) + 4) + b"WEBP" + inside


def _announcing(first: bytes, *, exif: bool) -> bytes:
    if not first:
        return first
    return bytes([first[0] & ~(_EXIF | _XMP) | (_EXIF if exif else 0)]) + first[1:]


def _cleared_frame(payload: bytes) -> bytes:
    """Return a frame of an animation without chunks that are not its picture."""
    inside = riff_chunks(payload[16:])
    return payload[:16] + b"".join(
        riff_chunk(kind, one) for kind, one in inside if one is not None and kind in _FRAMES
    )


def riff_chunks(content: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield the kind and the content of a RIFF file's chunks; ``None`` for one that is cut."""
    at = 0
    while at + 8 <= len(content):
        (size,) = struct.unpack_from("<I", content, at + 4)
        payload = content[at + 8 : at + 8 + size]
        yield content[at : at + 4], payload if len(payload) == size else None
        at += 8 + size + size % 2


def riff_chunk(kind: bytes, payload: bytes) -> bytes:
    """Return a chunk as a RIFF file holds it."""
    return kind + struct.pack("<I", len(payload)) + payload + b"\0" * (len(payload) % 2)


def cleared_gif(content: bytes) -> bytes | None:
    """Return a GIF with its frames and how often they come back, without remarks."""
    if len(content) < 13:
        return None
    at = 13 + _colours(content[10])
    kept = [content[:at]]
    for _number in range(_MOST):
        start, kind = at, content[at] if at < len(content) else 0
        if kind == 0x3B:
            return b"".join([*kept, b"\x3b"])
        if kind == 0x21:
            at += 2
        elif kind == 0x2C and at + 10 <= len(content):
            at += 11 + _colours(content[at + 9])
        else:
            return None
        at = _after_blocks(content, at)
        if at > len(content):
            return None
        of_application = content[start + 1 : start + 3] == b"\xff\x0b"
        repeats = of_application and content[start + 3 : start + 14] in _ANIMATED
        if kind == 0x2C or content[start + 1] == 0xF9 or repeats:
            kept.append(content[start:at])
    return None


def _colours(packed: int) -> int:
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _after_blocks(content: bytes, at: int) -> int:
    while at < len(content) and content[at]:
        at += 1 + content[at]
    return at + 1
