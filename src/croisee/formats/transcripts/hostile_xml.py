"""XML transcripts: read without their document type, and never with an entity of theirs."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from croisee.formats.refused import FormatRefused
from croisee.formats.xml import document
from croisee.language import phrase

_BEGINS = re.compile(
    rb"<\?xml|<!DOCTYPE|<!--"
    rb"|<(?:Trans|TEI(?:\.2)?|teiCorpus|ANNOTATION_DOCUMENT|basic-transcription|tt)[\s>]"
)
_DECLARED = re.compile(
    r"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["'][^>]{0,200}>"""
)
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]{0,300}\?>")
_QUOTED = r"""(?:"[^"<>\[\]]{0,300}"|'[^'<>\[\]]{0,300}')"""
_EXTERNAL = re.compile(
    rf"<!DOCTYPE\s+[\w.:-]{{1,80}}(?:\s+(?:SYSTEM|PUBLIC)(?:\s+{_QUOTED}){{1,2}})?\s*>"
)
_ENCODINGS = {"utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"}


def looks_like_xml(raw: bytes) -> bool:
    """Return whether bytes begin as an XML document does, in any of our encodings."""
    start = raw[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return _BEGINS.match(start) is not None


def xml_root(raw: bytes) -> etree._Element:
    """Return the root of a transcript in XML.

    The name of an outside document type (Transcriber writes one) is left unread; one that
    declares anything is refused, as are entities, other encodings and more than 20 MB.
    """
    text = _text(raw)
    text = _DECLARATION.sub("", text, count=1)
    place = text.find("<!DOCTYPE")
    if place >= 0:
        named = _EXTERNAL.match(text, place)
        if named is None:
            raise _entities()
        text = text[:place] + text[named.end() :]
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise _entities()
    return document(text.encode("utf-8"))


def _text(raw: bytes) -> str:
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in raw[:4]
    declared = _DECLARED.match(raw[:500].decode("utf-8-sig", "replace"))
    name = "utf-16" if wide else declared[1].lower() if declared else "utf-8"
    if name not in _ENCODINGS:
        raise FormatRefused(
            phrase("L’encodage « {name} » n’est pas lu.", name=name),
            phrase("Enregistrez le fichier en UTF-8."),
        )
    try:
        return raw.decode("utf-8-sig" if name == "utf-8" else name)
    except UnicodeError as cause:
        raise FormatRefused(
            phrase("Le fichier n’est pas dans l’encodage qu’il annonce ({name}).", name=name),
            phrase("Enregistrez le fichier en UTF-8."),
        ) from cause


def _entities() -> FormatRefused:
    return FormatRefused(
        phrase("Le fichier déclare des entités XML."),
        phrase("N’ouvrez pas ce fichier ; demandez-en une copie à la personne qui l’a écrit."),
    )


def line_of(element: etree._Element) -> int:
    """Return the line of the file where an element starts, from 1; 0 where it is not known."""
    return getattr(element, "sourceline", 0) or 0


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
