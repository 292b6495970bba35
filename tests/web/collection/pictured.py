"""Pictures and recordings as telephones make them, with a canary in each place that says who."""

import struct
import zlib

CANARY = b"Mireille-Perle"


def exif(orientation=6, order="<"):
    """Return an Exif block: how it is turned, its author, and a position after it."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entries = [(0x0112, 3, 1, struct.pack(f"{order}HH", orientation, 0)),
               (0x013B, 2, len(CANARY), struct.pack(f"{order}I", 38)),]  # fmt: skip
    inside = b"".join(struct.pack(f"{order}HHI", *one[:3]) + one[3] for one in entries)
    return mark + struct.pack(f"{order}IH", 8, len(entries)) + inside + bytes(4) + CANARY


def segment(marker, payload):
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\x34\xff\xd0\x56"


def described_jpeg(plain=None, orientation=6):
    """Return a JPEG, or ``plain`` with what a telephone adds to it."""
    plain = plain or (
        b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + segment(0xDB, bytes(65))
        + segment(0xC0, b"\x08\0\1\0\1\1\1\x11\0") + SCAN + segment(0xC4, bytes(19)) + SCAN
        + b"\xff\xd9"
    )  # fmt: skip
    added = [
        segment(0xE1, b"Exif\0\0" + exif(orientation)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>" + CANARY + b"</x>"),
        segment(0xED, b"Photoshop 3.0\0" + CANARY), segment(0xFE, CANARY),
        segment(0xE2, b"MPF\0" + CANARY), segment(0xE5, CANARY),
    ]  # fmt: skip
    return plain[:2] + b"".join(added) + plain[2:] + b"a film: " + CANARY


def chunk(kind, payload):
    return (
        struct.pack(">I", len(payload)) + kind + payload
        + struct.pack(">I", zlib.crc32(kind + payload))
    )  # fmt: skip


def described_png(plain=None, orientation=6):
    plain = plain or (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0\x7f")) + chunk(b"IEND", b"")
    )  # fmt: skip
    added = [
        chunk(b"eXIf", exif(orientation, ">")), chunk(b"tEXt", b"Author\0" + CANARY),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + CANARY), chunk(b"tIME", bytes(7)),
        chunk(b"zTXt", b"x\0\0" + CANARY), chunk(b"prVt", CANARY),
    ]  # fmt: skip
    head = plain.index(b"IDAT") - 4
    return plain[:head] + b"".join(added) + plain[head:] + CANARY


def riff(kind, payload):
    return kind + struct.pack("<I", len(payload)) + payload + b"\0" * (len(payload) % 2)


def container(kind, *chunks):
    inside = kind + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def described_webp(plain=None, orientation=6, size=(1, 1)):
    frames = plain[12:] if plain else riff(b"VP8 ", b"image")
    if plain and plain[12:16] == b"VP8X":
        frames = plain[30:]
    corner = struct.pack("<I", size[0] - 1)[:3] + struct.pack("<I", size[1] - 1)[:3]
    first = riff(b"VP8X", bytes([0x0C, 0, 0, 0]) + corner)
    return container(
        b"WEBP", first, frames, riff(b"EXIF", exif(orientation)), riff(b"XMP ", CANARY),
        riff(b"prIV", CANARY),
    )  # fmt: skip


def described_gif():
    return (
        b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6)
        + b"\x21\xfe" + bytes([len(CANARY)]) + CANARY + b"\0"
        + b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
        + b"\x21\xff\x0bXMP DataXMP" + bytes([len(CANARY)]) + CANARY + b"\0"
        + b"\x21\xf9\x04\0\0\0\0\0" + b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0)
        + b"\x02\x02\x44\x01\0\x3b" + CANARY
    )  # fmt: skip


def box(kind, payload=b""):
    return struct.pack(">I", len(payload) + 8) + kind + payload


def handler(kind):
    return box(b"hdlr", bytes(8) + kind + bytes(12) + CANARY + b"\0")


def described_film(track=b"vide", beside=b""):
    """Return a film: its position, its author, its hours, and bytes of the film itself."""
    hours = struct.pack(">II", 3_900_000_001, 3_900_000_002)
    media = box(b"mdia", box(b"mdhd", bytes(4) + hours + bytes(12)) + handler(track))
    track = box(b"trak", box(b"tkhd", bytes(4) + hours + bytes(72)) + media)
    movie = (
        box(b"mvhd", bytes(4) + hours + bytes(88)) + track
        + box(b"udta", box(b"\xa9xyz", b"+45.5017-073.5673/" + CANARY))
        + box(b"meta", handler(b"mdta") + box(b"ilst", CANARY))
    )  # fmt: skip
    return (
        box(b"ftyp", b"mp42" + bytes(4)) + box(b"uuid", bytes(16) + CANARY)
        + box(b"mdat", b"the film itself") + box(b"moov", movie) + box(b"free", CANARY) + beside
    )  # fmt: skip


def described_heic(extent=None):
    """Return a HEIC picture: two items, the picture and its Exif block."""

    def entry(number, kind):
        return box(b"infe", b"\x02\0\0\0" + struct.pack(">HH", number, 0) + kind + b"\0")

    def meta(first):
        places = b"".join(
            struct.pack(">HHHII", number, 0, 1, start, size)
            for number, start, size in ((1, first, 7), (2, extent or first + 7, len(exif())))
        )
        items = box(
            b"iinf", bytes(4) + struct.pack(">H", 2) + entry(1, b"hvc1") + entry(2, b"Exif")
        )
        located = box(b"iloc", bytes(4) + b"\x44\0" + struct.pack(">H", 2) + places)
        return box(b"meta", bytes(4) + handler(b"pict") + items + located)

    head = box(b"ftyp", b"heic" + bytes(4))
    return head + meta(len(head) + len(meta(0)) + 8) + box(b"mdat", b"picture" + exif())


def described_mp3():
    frame = b"\xff\xfb\x90\x00" + b"sound" * 20
    size = bytes([0, 0, 0, len(CANARY)])
    ape = b"APETAGEX" + struct.pack("<IIII", 2000, len(CANARY) + 32, 1, 0) + bytes(8)
    return b"ID3\x04\0\0" + size + CANARY + frame + CANARY + ape + b"TAG" + CANARY.ljust(125, b"\0")


def described_wave():
    return container(
        b"WAVE", riff(b"bext", CANARY), riff(b"fmt ", bytes(16)),
        riff(b"LIST", b"INFOIART" + struct.pack("<I", len(CANARY)) + CANARY),
        riff(b"data", b"sound"),
    )  # fmt: skip


def described_flac():
    def block(kind, payload):
        return bytes([kind]) + len(payload).to_bytes(3, "big") + payload

    return b"fLaC" + block(0, bytes(34)) + block(4, CANARY) + block(0x86, CANARY) + b"\xff\xf8sound"


DESCRIBED = {
    "jpeg": described_jpeg, "png": described_png, "webp": described_webp, "gif": described_gif,
    "film": described_film, "heic": described_heic, "mp3": described_mp3, "wave": described_wave,
    "flac": described_flac,
}  # fmt: skip
