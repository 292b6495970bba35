"""Conditions of a form as small trees that a telephone evaluates while it has no network.

Only what a page script can follow exactly: comparisons, arithmetic, ``and``, ``or``, ``not``,
``selected``, ``count-selected``, ``if``, ``coalesce``. A form that asks for more (calculations
that are read, repeats, choices that depend on answers, dates compared with today) waits for the
network. ``tests/library/questionnaire/test_offline.py`` sets the script and the engine side by
side.

A tree is a number, or a list whose first item says what it is: ``["t", text]``,
``["v", path]``, or an operator or function with its arguments.
"""

from __future__ import annotations

from collections.abc import Iterator

from croisee.questionnaire.expressions import Expression, tokens
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import Choices, Form, Kind, Node, Words
from croisee.questionnaire.sheet import Place

Tree = float | list["str | Tree"]

_FUNCTIONS = {
    "true": 0, "false": 0, "not": 1, "number": 1, "count-selected": 1, "string-length": 1,
    "selected": 2, "coalesce": 2, "if": 3,
}  # fmt: skip
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "div", "mod"))
_READ = frozenset(
    {
        Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING, Kind.INTEGER, Kind.DECIMAL, Kind.RANGE,
        Kind.TEXT, Kind.DATE, Kind.TRIGGER, Kind.BARCODE,
    }
)  # fmt: skip
"""Kinds whose values a script reads as the engine does."""
_BEYOND = frozenset({Kind.REPEAT, Kind.FILE})


class _Beyond(Exception):
    """More than a script follows."""


def conditions_of(form: Form) -> dict[str, list[Tree]] | None:
    """Return what each question and note needs to be asked: all of these trees must hold.

    ``None`` where a script could not follow the form: it then waits for the network.
    """
    nodes = {node.path: node for node in form.walk()}
    found: dict[str, list[Tree]] = {}
    try:
        for node in form.nodes:
            _look(node, [], nodes, found)
    except _Beyond:
        return None
    return found


def tree_of(expression: Expression, at: str, nodes: dict[str, Node]) -> Tree | None:
    """Return an expression as a tree, read where ``at`` stands; ``None`` where it says too much."""
    try:
        return _Reading(expression.source, at, nodes).whole()
    except _Beyond:
        return None


def _look(
    node: Node, above: list[Tree], nodes: dict[str, Node], found: dict[str, list[Tree]]
) -> None:
    if node.kind is Kind.CALCULATED:
        return
    if node.kind in _BEYOND or node.calculate or _computes(node):
        raise _Beyond
    needs = above
    if node.relevant is not None:
        needs = [*above, _Reading(node.relevant.source, node.path, nodes).whole()]
    if node.kind is not Kind.GROUP:
        found[node.path] = needs
    for child in node.children:
        _look(child, needs, nodes, found)


def _computes(node: Node) -> bool:
    """Return whether what is shown depends on answers."""
    texts: Iterator[Words] = iter((node.label, node.hint))
    shown = any(
        isinstance(piece, Expression)
        for words in texts
        for _, pieces in words.by_language
        for piece in pieces
    )
    return shown or _depends(node.choices)


def _depends(choices: Choices) -> bool:
    if choices.items is not None:
        return "[" in choices.items.xpath or "randomize" in choices.items.functions
    return any(
        isinstance(piece, Expression)
        for choice in choices.fixed
        for _, pieces in choice.label.by_language
        for piece in pieces
    )


class _Reading:
    """A recursive descent through the few operators and functions a script knows."""

    def __init__(self, source: str, at: str, nodes: dict[str, Node]) -> None:
        self._tokens = list(tokens(source))
        self._place = 0
        self._at = at
        self._nodes = nodes

    def whole(self) -> Tree:
        tree = self._level(0)
        if self._place < len(self._tokens):
            raise _Beyond
        return tree

    def _peek(self, ahead: int = 0) -> str:
        place = self._place + ahead
        return self._tokens[place][1] if place < len(self._tokens) else ""

    def _kind(self) -> str:
        return self._tokens[self._place][0] if self._place < len(self._tokens) else ""

    def _take(self, *values: str) -> str:
        if self._kind() in {"operator", "name"} and self._peek() in values:
            self._place += 1
            return self._tokens[self._place - 1][1]
        return ""

    def _level(self, level: int) -> Tree:
        if level == len(_LEVELS):
            return self._unary()
        tree = self._level(level + 1)
        while operator := self._take(*_LEVELS[level]):
            tree = [operator, tree, self._level(level + 1)]
        return tree

    def _unary(self) -> Tree:
        if self._take("-"):
            return ["-", 0.0, self._unary()]
        kind, value = self._kind(), self._peek()
        if kind == "number":
            self._place += 1
            return float(value)
        if kind == "text":
            self._place += 1
            return ["t", value[1:-1]]
        if self._take("("):
            tree = self._level(0)
            self._expect(")")
            return tree
        if kind == "name" and self._peek(1) == "(":
            return self._call(value)
        return self._path()

    def _expect(self, value: str) -> None:
        if not self._take(value):
            raise _Beyond

    def _call(self, name: str) -> Tree:
        wanted = _FUNCTIONS.get(name)
        self._place += 2
        found: list[str | Tree] = [name]
        if not self._take(")"):
            found.append(self._level(0))
            while self._take(","):
                found.append(self._level(0))
            self._expect(")")
        if wanted is None or len(found) != wanted + 1:
            raise _Beyond
        return found

    def _path(self) -> Tree:
        """Return the node that a path leads to: absolute, or by ``.`` and ``..``."""
        steps = [] if self._take("/") else self._at.strip("/").split("/")
        while True:
            kind, value = self._kind(), self._peek()
            self._place += 1
            if value == "..":
                steps = steps[:-1]
            elif kind == "name":
                steps = [*steps, value.rpartition(":")[2]]
            elif value != ".":
                raise _Beyond
            if not self._take("/"):
                break
        path = "/" + "/".join(steps)
        node = self._nodes.get(path)
        if node is None or node.kind not in _READ or self._peek() in {"[", "//", "::"}:
            raise _Beyond
        return ["v", path]


class Whole(Filling):
    """Every page of a form at once, whatever is answered: what a telephone carries of it."""

    def _hide(self, one: Place) -> bool:
        del one
        return False
