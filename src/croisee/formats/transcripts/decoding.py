"""The bytes of a transcript: what is no text is refused, what is text is decoded, and said."""

from __future__ import annotations

import codecs
import re

from croisee.formats.bounds import decode
from croisee.formats.refused import FormatRefused
from croisee.language import phrase, phrases
from croisee.text import Notice

MAX_CHARACTERS = 50_000_000
_MEDIA = re.compile(
    rb"(?s)RIFF....(?:WAVE|AVI )|.{4}ftyp|\x1aE\xdf\xa3|OggS|fLaC|ID3[\x00-\x0a]|FORM....AIF"
    rb"|#!AMR|\xff[\xe2-\xff]|\x30\x26\xb2\x75|\.snd|\x00\x00\x01[\xb3\xba]|FLV\x01"
)
_OTHERS = (
    (b"%PDF", phrase("Ce fichier est un PDF.")),
    (b"\xd0\xcf\x11\xe0", phrase("Ce fichier vient d’un ancien format (.doc).")),
    (b"\x89PNG", phrase("Ce fichier est une image.")),
    (b"\xff\xd8\xff", phrase("Ce fichier est une image.")),
    (b"GIF8", phrase("Ce fichier est une image.")),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_WIDE = codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE
_SAMPLE = 4096
_ONE_IN = 100
_NO_TEXT = bytes(sign for sign in range(32) if sign not in b"\t\n\x0b\x0c\r\x1a\x1b")


def refuse_what_is_no_text(raw: bytes) -> None:
    """Refuse recordings, pictures and documents of other kinds, by their first bytes."""
    for start, message in _OTHERS:
        if raw.startswith(start):
            raise FormatRefused(message, phrase("Enregistrez le texte en .docx ou en .txt."))
    if _MEDIA.match(raw) and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FormatRefused(
            phrase("Ce fichier est un enregistrement (son ou vidéo), pas un texte."),
            phrase("Transcrivez-le d’abord ; gardez l’enregistrement à part."),
        )


def text_of(raw: bytes) -> tuple[str, tuple[Notice, ...]]:
    r"""Return a text with ``\n`` line ends, in NFC, and what to know of its decoding.

    UTF-8 and UTF-16 with or without BOM, UTF-32 with one, Windows-1252. Raises
    :class:`FormatRefused` for bytes that are no text, and over 50 million characters.
    """
    text, notices = _decoded(raw)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_CHARACTERS:
        raise FormatRefused(
            phrase("Le document compte plus de 50 millions de caractères."),
            phrase("Découpez-le en plusieurs documents."),
        )
    first = _CONTROL.search(text)
    if first is None:
        return text, notices
    count = len(_CONTROL.findall(text))
    line = text.count("\n", 0, first.start()) + 1
    if count * _ONE_IN > len(text):
        raise FormatRefused(
            phrase("Le fichier contient des octets qui ne sont pas du texte."),
            phrase("Ouvrez-le dans le logiciel qui l’a écrit, puis enregistrez-le en UTF-8."),
            line,
        )
    said = phrases(
        "{n} caractère invisible n’est pas lu.", "{n} caractères invisibles ne sont pas lus.", count
    )
    return text, (*notices, Notice(said, phrase("Rien à faire si le texte est complet."), line))


def _decoded(raw: bytes) -> tuple[str, tuple[Notice, ...]]:
    if wide := _wide_without_mark(raw[:_SAMPLE]):
        try:
            return decode(raw.decode(wide).encode("utf-8")), ()
        except UnicodeError:
            pass
    _refuse_bytes(raw)
    try:
        if mixed := _mostly_utf8(raw):
            return mixed
        return decode(raw), ()
    except UnicodeError as cause:
        raise FormatRefused(
            phrase("L’encodage du texte n’est ni UTF-8 ni Windows-1252."),
            phrase("Enregistrez le fichier en UTF-8."),
        ) from cause


def _refuse_bytes(raw: bytes) -> None:
    """Refuse a program, an archive or noise named like a text, for what it is.

    Told as an encoding to change, it would send somebody to a word processor in vain.
    """
    if raw.startswith(_WIDE):
        return
    sample = raw[:_SAMPLE]
    if (len(sample) - len(sample.translate(None, _NO_TEXT))) * _ONE_IN > 2 * len(sample):
        raise FormatRefused(
            phrase("Ce fichier n’est pas du texte, quoi que dise son nom."),
            phrase("Vérifiez que c’est le bon fichier, ou exportez-le en .docx ou en .txt."),
        )


def _wide_without_mark(sample: bytes) -> str:
    """Return the name of a UTF-16 that does not say so: every other byte of it is null."""
    pairs = len(sample) // 2
    if pairs and sample.count(0) * 3 > pairs:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if odd * 3 > pairs and even * 20 < pairs:
            return "utf-16-le"
        if even * 3 > pairs and odd * 20 < pairs:
            return "utf-16-be"
    return ""


def _mostly_utf8(raw: bytes) -> tuple[str, tuple[Notice, ...]] | None:
    """Read UTF-8 in which a few letters were pasted in Windows-1252; else return ``None``.

    Reading all of it in Windows-1252 would spoil every accent of the rest.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    text = raw.decode("utf-8", "surrogateescape")
    odd = _ESCAPED.findall(text)
    if not odd or sum(not sign.isascii() for sign in text) < 3 * len(odd):
        return None
    line = text.count("\n", 0, text.index(odd[0])) + 1
    whole = _ESCAPED.sub(
        lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace"), text
    )
    said = phrases(
        "{n} lettre n’est pas dans l’encodage du reste du fichier : elle est lue à part.",
        "{n} lettres ne sont pas dans l’encodage du reste du fichier : elles sont lues à part.",
        len(odd),
    )
    notice = Notice(said, phrase("Relisez cet endroit."), line)
    return decode(whole.encode("utf-8")), (notice,)
