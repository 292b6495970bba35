"""Simple conditions, from LimeSurvey's ExpressionScript to XLSForm and back.

Simple: comparisons, ``and``, ``or``, ``not``, arithmetic, « is empty », « is ticked ». Anything
else is not translated: a condition is whole or kept as it was, never half.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_SCRIPT = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')"""
    r"""|(?P<name>[0-9]+X[0-9]+X\w+(?:\.\w+)?|[A-Za-z_]\w*(?:\.\w+)?)"""
    r"""|(?P<number>[0-9]+(?:\.[0-9]+)?)(?![A-Za-z_])"""
    r"""|(?P<sign>&&|\|\||==|!=|<=|>=|[!<>=()+\-*/,]))"""
)
_XPATH = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<number>[0-9]+(?:\.[0-9]+)?)"""
    r"""|\$\{\s*(?P<name>[^}\s]+)\s*\}|(?P<self>\.)(?![\w/.])"""
    r"""|(?P<word>[A-Za-z_][\w\-]*)|(?P<sign>!=|<=|>=|[<>=()+\-*,]))"""
)
_SAME = {"&&": "and", "||": "or", "==": "=", "eq": "=", "ne": "!=", "lt": "<", "gt": ">",
         "le": "<=", "ge": ">=", "!": "not"}  # fmt: skip
_LEVELS = (("or",), ("and",), ("=", "!=", "<", "<=", ">", ">="), ("+", "-"), ("*", "/"))
_MOST_TOKENS = 400
_DEEPEST = 40


class NotSimple(ValueError):
    """A condition that is not translated."""


@dataclass(frozen=True, slots=True)
class Name:
    """A question, as its language names it."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A text or a number; a number as written."""

    value: str
    number: bool


@dataclass(frozen=True, slots=True)
class Call:
    """An operation (``and``, ``=``, ``+``…) or a function, and what it is made of."""

    name: str
    parts: tuple[Tree, ...]


Tree = Name | Constant | Call
Token = tuple[str, str]


def read_script(written: str) -> Tree:
    """Read an ExpressionScript. Raises :class:`NotSimple`."""
    return _Parser(_tokens(written, _SCRIPT)).whole()


def read_xpath(written: str) -> Tree:
    """Read a condition of XLSForm; ``.`` is the question itself. Raises :class:`NotSimple`."""
    return _Parser(_tokens(written, _XPATH)).whole()


def _tokens(written: str, pattern: re.Pattern[str]) -> list[Token]:
    found: list[Token] = []
    place, end = 0, len(written.rstrip())
    while place < end:
        match = pattern.match(written, place)
        if match is None or len(found) > _MOST_TOKENS:
            raise NotSimple(written)
        kind = match.lastgroup or ""
        found.append(_token(kind, match[kind]))
        place = match.end()
    return found


def _token(kind: str, said: str) -> Token:
    if kind == "self":
        return "name", "."
    word = _SAME.get(said, said) if kind != "text" else said
    if kind in {"name", "word"} and said.lower() in {"and", "or", *_SAME}:
        word = _SAME.get(said.lower(), said.lower())
        return "sign", word
    if kind == "word":
        return {"div": ("sign", "/")}.get(said, ("call", said))
    return kind, word


class _Parser:
    """Precedence climbing over the tokens of one condition."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = [*tokens, ("end", "")]
        self._place = 0
        self._depth = 0

    def whole(self) -> Tree:
        """Return the whole condition."""
        tree = self._level(0)
        if self._tokens[self._place][0] != "end":
            raise NotSimple
        return tree

    def _next(self) -> Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def _is(self, sign: str) -> bool:
        return self._tokens[self._place] == ("sign", sign)

    def _expect(self, sign: str) -> None:
        if self._next() != ("sign", sign):
            raise NotSimple

    def _level(self, level: int) -> Tree:
        if level == len(_LEVELS):
            return self._single()
        tree = self._level(level + 1)
        while self._tokens[self._place][0] == "sign" and (
            self._tokens[self._place][1] in _LEVELS[level]
        ):
            sign = self._next()[1]
            tree = Call(sign, (tree, self._level(level + 1)))
        return tree

    def _single(self) -> Tree:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotSimple
        try:
            return self._alone(*self._next())
        finally:
            self._depth -= 1

    def _alone(self, kind: str, said: str) -> Tree:
        if kind in {"text", "number"}:
            number = kind == "number"
            return Constant(said if number else said[1:-1], number=number)
        if (kind, said) == ("sign", "-") and self._tokens[self._place][0] == "number":
            return Constant(f"-{self._next()[1]}", number=True)
        if (kind, said) == ("sign", "not"):
            return Call("not", (self._single(),))
        if (kind, said) == ("sign", "("):
            tree = self._level(0)
            self._expect(")")
            return tree
        if kind in {"name", "call"} and self._is("("):
            return Call(said, self._parts())
        if kind == "name":
            return Name(said)
        raise NotSimple

    def _parts(self) -> tuple[Tree, ...]:
        self._expect("(")
        parts: list[Tree] = []
        while not self._is(")"):
            parts.append(self._level(0))
            if not self._is(")"):
                self._expect(",")
        self._expect(")")
        return tuple(parts)


def quoted(text: str) -> str:
    """Return a text between the quotes it does not hold. Raises :class:`NotSimple`."""
    if '"' in text and "'" in text:
        raise NotSimple(text)
    return f'"{text}"' if "'" in text else f"'{text}'"


@dataclass(frozen=True, slots=True)
class Ticked:
    """A choice of a multiple question, which LimeSurvey calls a question of its own."""

    question: str
    option: str


def to_xpath(tree: Tree, question: Callable[[str], str | Ticked]) -> str:
    """Write a condition as XLSForm does.

    Args:
        tree: from :func:`read_script`.
        question: our name of one of theirs, or the choice it stands for; raises
            :class:`NotSimple` for one that is not known.
    """
    return _XPathWriter(question).write(tree, 0)


_BINDING = {sign: place for place, level in enumerate(_LEVELS) for sign in level}


class _XPathWriter:
    def __init__(self, question: Callable[[str], str | Ticked]) -> None:
        self._question = question

    def write(self, tree: Tree, above: int) -> str:
        if isinstance(tree, Constant):
            return tree.value if tree.number else quoted(tree.value)
        if isinstance(tree, Name):
            found = self._named(tree)
            return _ticked(found) if isinstance(found, Ticked) else f"${{{found}}}"
        if tree.name in _BINDING:
            return self._operation(tree, above)
        if tree.name == "not":
            return f"not({self.write(tree.parts[0], 0)})"
        if tree.name == "is_empty" and len(tree.parts) == 1:
            return self._empty(tree.parts[0])
        raise NotSimple(tree.name)

    def _named(self, tree: Name) -> str | Ticked:
        name, _, ending = tree.name.partition(".")
        if ending not in {"", "NAOK", "code", "value"}:
            raise NotSimple(tree.name)
        return self._question(name)

    def _empty(self, part: Tree) -> str:
        if not isinstance(part, Name):
            raise NotSimple
        found = self._named(part)
        return f"not({_ticked(found)})" if isinstance(found, Ticked) else f"${{{found}}} = ''"

    def _operation(self, tree: Call, above: int) -> str:
        left, right = tree.parts
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Name):
                found = self._named(one)
                if isinstance(found, Ticked):
                    return self._compared(found, tree.name, other)
        level = _BINDING[tree.name]
        sign = "div" if tree.name == "/" else tree.name
        said = f"{self.write(left, level)} {sign} {self.write(right, level + 1)}"
        return f"({said})" if level < above else said

    def _compared(self, found: Ticked, sign: str, other: Tree) -> str:
        """Write « is ticked »: their choice is ``Y`` or nothing."""
        if sign in {"and", "or"} or not isinstance(other, Constant) or other.number:
            raise NotSimple(sign)
        yes = {("=", "Y"): True, ("!=", "Y"): False, ("=", ""): False, ("!=", ""): True}
        if (sign, other.value) not in yes:
            raise NotSimple(other.value)
        return _ticked(found) if yes[sign, other.value] else f"not({_ticked(found)})"


def _ticked(found: Ticked) -> str:
    return f"selected(${{{found.question}}}, {quoted(found.option)})"


def to_script(tree: Tree, question: Callable[[str], str], option: Callable[[str, str], str]) -> str:
    """Write a condition as LimeSurvey does.

    Args:
        tree: from :func:`read_xpath`.
        question: their name of one of our questions.
        option: their name of a choice of a multiple question (« ticked » is ``== "Y"``).
    """
    return _ScriptWriter(question, option).write(tree, 0)


class _ScriptWriter:
    def __init__(self, question: Callable[[str], str], option: Callable[[str, str], str]) -> None:
        self._question, self._option = question, option

    def write(self, tree: Tree, above: int) -> str:
        if isinstance(tree, Constant):
            return tree.value if tree.number else _quoted(tree.value)
        if isinstance(tree, Name):
            return f"{self._question(tree.name)}.NAOK"
        if tree.name in _BINDING:
            level = _BINDING[tree.name]
            left, right = tree.parts
            empty = self._empty(tree)
            if empty:
                return empty
            sign = "==" if tree.name == "=" else tree.name
            said = f"{self.write(left, level)} {sign} {self.write(right, level + 1)}"
            return f"({said})" if level < above else said
        if tree.name == "not" and len(tree.parts) == 1:
            return f"!({self.write(tree.parts[0], 0)})"
        return self._call(tree)

    def _empty(self, tree: Call) -> str:
        left, right = tree.parts
        if tree.name in {"=", "!="} and right == Constant("", number=False):
            if not isinstance(left, Name):
                raise NotSimple
            sign = "!" if tree.name == "!=" else ""
            return f"{sign}is_empty({self._question(left.name)}.NAOK)"
        return ""

    def _call(self, tree: Call) -> str:
        if tree.name == "selected" and len(tree.parts) == 2:
            name, code = tree.parts
            if isinstance(name, Name) and isinstance(code, Constant):
                return f'{self._option(name.name, code.value)}.NAOK == "Y"'
        if tree.name == "string-length" and len(tree.parts) == 1:
            return f"strlen({self.write(tree.parts[0], 0)})"
        raise NotSimple(tree.name)


def _quoted(text: str) -> str:
    for quote in "\"'":
        if quote not in text:
            return f"{quote}{text}{quote}"
    raise NotSimple(text)
