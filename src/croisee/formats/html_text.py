"""HTML that other tools keep in their texts, read as plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table", "br"})
_SILENT = frozenset({"script", "style"})
_SHOWN = frozenset({"img", "audio", "video", "iframe", "object", "embed", "svg", "table", "a"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.left_out: set[str] = set()
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _BLOCKS:
            self.pieces.append("\n")
        if tag in _SILENT:
            self._silent += 1
        if tag in _SHOWN | _SILENT:
            self.left_out.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


def plain_text(html: str) -> tuple[str, frozenset[str]]:
    r"""Return the text of HTML, and the tags whose content a text cannot say (``img``, ``a``…).

    Example:
        >>> plain_text("<p>Bonjour,<br>l&#39;&eacute;quipe</p><script>x()</script>")
        ("Bonjour,\\nl'équipe", frozenset({'script'}))
    """
    if "<" not in html and "&" not in html:
        return _tidied(html), frozenset()
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _tidied("".join(reader.pieces)), frozenset(reader.left_out)


def _tidied(text: str) -> str:
    lines = (line.strip(" ") for line in re.sub(r"[ \t\r]+", " ", text).split("\n"))
    return "\n".join(line for line in lines if line)
