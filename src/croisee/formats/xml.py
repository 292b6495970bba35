"""XML read with no entity, no document type, no network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from lxml import etree

from croisee.formats.archive import damaged


def elements(stream: IO[bytes], *names: str) -> Iterator[etree._Element]:
    """Yield each element whose local name is one of ``names``, when it ends; then free it.

    Streaming: only the element being read and its ancestors are held.
    Raises :class:`croisee.formats.FormatRefused` where the XML is broken.
    """
    parser = etree.iterparse(
        stream,
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in parser:
            yield element
            element.clear()
            while element.getprevious() is not None and element.getparent() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as cause:
        raise damaged() from cause


_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    dtd_validation=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)
MAX_XML = 20 * 1024 * 1024
"""A document larger than this is refused whole: it would be held in memory."""


def document(content: bytes) -> etree._Element:
    """Return the root of a hostile document held in memory.

    Raises :class:`croisee.formats.FormatRefused`: no XML, a document type, over 20 MB.
    """
    if len(content) > MAX_XML:
        raise damaged()
    try:
        root = etree.fromstring(content, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as cause:
        raise damaged() from cause
    if root.getroottree().docinfo.internalDTD is not None:
        raise damaged()
    return root
