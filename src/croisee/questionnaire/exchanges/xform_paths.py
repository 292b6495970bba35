"""The expressions of an XForm said as a workbook says them: ``${name}`` where it can be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_LITERAL = re.compile(r"(\"[^\"]*\"|'[^']*')")
_SPACES = re.compile(r"(?<=\() +(?=\$)|(?<=\}) +(?=[),])| (?= )")
_PATH = re.compile(r"(?<![\w.\-)\]/}])/[\w.\-:]+(?:/[\w.\-:]+)+(?![\w.\-/\[:(])")
_RELATIVE = re.compile(r"(?:current\(\)/)?\.{1,2}(?:/[\w.\-:]+|/\.\.)*")
_LAST_SAVED = re.compile(r"instance\(\s*'__last-saved'\s*\)(/[\w.\-:]+(?:/[\w.\-:]+)+)")


class Paths:
    """The nodes of a form by their paths, and what a workbook calls them.

    A workbook names a node by its last step. Where two nodes share theirs, the whole path stays:
    XLSForm takes it in an expression, and in no text.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        known = [path for path in paths if path.count("/") > 1]
        times = Counter(path.rpartition("/")[2] for path in known)
        self._names = {path: name for path in known if times[name := path.rpartition("/")[2]] == 1}

    def named(self, expression: str) -> str:
        """Return an expression with ``${name}`` for each whole path, in literals too."""
        pieces = _LITERAL.split(_LAST_SAVED.sub(self._saved, expression.strip()))
        return "".join(
            self._literal(piece) if place % 2 else self._plain(piece)
            for place, piece in enumerate(pieces)
        ).strip()

    def reference(self, written: str, at: str) -> str:
        """Return ``${name}`` for a path that a text says, ``""`` where a text cannot say it.

        Args:
            written: the path, whole or from ``at``.
            at: the path of the node whose text it is.
        """
        path = written.strip()
        saved = _LAST_SAVED.fullmatch(path)
        if saved is not None:
            said = self._saved(saved)
            return said if said.startswith("${") else ""
        if not path.startswith("/") and _RELATIVE.fullmatch(path):
            path = _resolved(path, at)
        name = self._names.get(_unprefixed(path))
        return f"${{{name}}}" if name else ""

    def _saved(self, found: re.Match[str]) -> str:
        name = self._names.get(_unprefixed(found[1]))
        return f"${{last-saved#{name}}}" if name else found[0]

    def _plain(self, piece: str) -> str:
        return _SPACES.sub("", _PATH.sub(self._whole, piece))

    def _whole(self, found: re.Match[str]) -> str:
        name = self._names.get(_unprefixed(found[0]))
        return f"${{{name}}}" if name else found[0]

    def _literal(self, piece: str) -> str:
        name = self._names.get(_unprefixed(piece[1:-1].strip()))
        return f"{piece[0]}${{{name}}}{piece[0]}" if name else piece


def _resolved(path: str, at: str) -> str:
    steps = at.strip("/").split("/")
    for step in path.removeprefix("current()/").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/" + "/".join(steps)


def _unprefixed(path: str) -> str:
    return "/".join(step.rpartition(":")[2] for step in path.split("/"))
