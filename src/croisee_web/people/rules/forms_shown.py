"""The form somebody answered, and the proof that she did."""

from __future__ import annotations

from dataclasses import dataclass

from croisee_web.people.vocabulary import Answerer


@dataclass(frozen=True, slots=True)
class ShownForm:
    """The consent form somebody answered: which version, in which language, how, the proof.

    ``by``: who answered, an :class:`Answerer`; ``assent``: what a young person says of it.
    """

    mode: str
    version: str = ""
    language: str = "fr"
    proof: Proof | None = None
    audience: str = ""
    by: str = Answerer.PERSON
    assent: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A signed form or a recording: its name, what it is (a media type), its bytes."""

    name: str
    media: str
    content: bytes


PROOF_LIMIT = 20_000_000
_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (4, b"ftyp", "audio/mp4"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
)


def media_of(content: bytes) -> str:
    """Return what a proof is, from its first bytes; "" when it is nothing we keep."""
    for place, sign, media in _SIGNS:
        if content[place : place + len(sign)] == sign:
            return media
    return ""
