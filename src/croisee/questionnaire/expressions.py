"""The expressions of an XForm: XPath 1.0 with the functions of ODK, made ready for lxml.

ODK XPath 1.0 differs from the standard in three ways that matter here: functions named like
operators or with more arguments (``if``, two-argument ``round``), dates that compare and
subtract as days, and paths that ignore namespaces. An expression is parsed once, checked, and
written again as plain XPath in which those are calls to functions of ours.

Source: ODK XForms Specification, « XPath Functions » and « XPath Evaluation ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from croisee.language import Phrase, phrase

NAMESPACE = "urn:croisee:odk"
PREFIX = "o"
SHEET = "sheet"
"""A function no form may call: the root of the answers."""
MAX_LENGTH = 20_000
_MAX_DEPTH = 60

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>"[^"]*"|'[^']*')
      | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
      | (?P<operator><=|>=|!=|//|::|\.\.|[/|+\-*=<>()\[\],@.$])
      | (?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)
    )""",
    re.VERBOSE,
)
_WORDS = {"and", "or", "div", "mod"}
_TESTS = {"node", "text", "comment", "processing-instruction"}
_NATIVE = {
    "last": (0, 0), "count": (1, 1), "local-name": (0, 1), "name": (0, 1),
    "starts-with": (2, 2), "contains": (2, 2), "substring-before": (2, 2),
    "substring-after": (2, 2), "substring": (2, 3), "normalize-space": (0, 1),
    "translate": (3, 3), "boolean": (1, 1), "not": (1, 1), "true": (0, 0), "false": (0, 0),
    "string": (0, 1), "floor": (1, 1), "ceiling": (1, 1), "sum": (1, 1),
}  # fmt: skip
_MANY = 1000
OURS = {
    "if": (3, 3), "coalesce": (2, 2), "once": (1, 1), "position": (0, 1), "instance": (1, 1),
    "current": (0, 0), "indexed-repeat": (3, 7), "concat": (0, _MANY), "join": (1, _MANY),
    "substr": (2, 3), "string-length": (0, 1), "ends-with": (2, 2), "lower-case": (1, 1),
    "upper-case": (1, 1), "regex": (2, 2), "number": (0, 1), "int": (1, 1), "round": (1, 2),
    "abs": (1, 1), "pow": (2, 2), "sqrt": (1, 1), "exp": (1, 1), "exp10": (1, 1),
    "log": (1, 1), "log10": (1, 1), "sin": (1, 1), "cos": (1, 1), "tan": (1, 1),
    "asin": (1, 1), "acos": (1, 1), "atan": (1, 1), "atan2": (2, 2), "pi": (0, 0),
    "min": (1, _MANY), "max": (1, _MANY), "count-non-empty": (1, 1), "random": (0, 0),
    "randomize": (1, 2), "uuid": (0, 1), "boolean-from-string": (1, 1),
    "checklist": (3, _MANY), "weighted-checklist": (4, _MANY), "selected": (2, 2),
    "selected-at": (2, 2), "count-selected": (1, 1), "jr:choice-name": (2, 2),
    "jr:itext": (1, 1), "today": (0, 0), "now": (0, 0), "date": (1, 1), "date-time": (1, 1),
    "decimal-date-time": (1, 1), "decimal-time": (1, 1), "format-date": (2, 2),
    "format-date-time": (2, 2), "version": (0, 0), "digest": (2, 3), "base64-decode": (1, 1),
}  # fmt: skip
"""Function of ODK → least and most arguments. ``croisee.questionnaire.functions`` has each."""

REFUSED = {"pulldata", "area", "distance", "geofence", "extract-signed", "property", "thousands"}
"""Functions of ODK that need a file beside the form, a device or a map: not answered here."""


class ExpressionRefused(ValueError):
    """An expression nobody can evaluate; ``message`` says why."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.to("fr"))
        self.message = message


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression, parsed.

    ``xpath`` is what lxml evaluates, with ``o`` bound to ``NAMESPACE``. ``paths`` are the
    location paths met, predicates taken off, as written; ``functions`` the functions called.
    """

    source: str
    xpath: str
    paths: tuple[str, ...] = ()
    functions: frozenset[str] = field(default_factory=frozenset)


def parse(source: str) -> Expression:
    """Return an expression ready to be evaluated.

    Raises:
        ExpressionRefused: not XPath, an unknown function, or a wrong number of arguments.

    Example:
        >>> parse("if(. > today() - 3, 'a', round(../x, 2))").xpath
        "o:if(o:number(.) > o:number(o:number(o:today()) - 3), 'a', o:round(../x, 2))"
    """
    if len(source) > MAX_LENGTH:
        raise ExpressionRefused(phrase("L’expression est trop longue."))
    reading = _Reading(source)
    xpath = reading.whole()
    return Expression(
        source, xpath, tuple(dict.fromkeys(reading.paths)), frozenset(reading.functions)
    )


def tokens(source: str) -> Iterator[tuple[str, str]]:
    """Yield the signs of an expression: (kind, as written). Raises :class:`ExpressionRefused`."""
    at = 0
    end = len(source.rstrip())
    while at < end:
        found = _TOKEN.match(source, at)
        if found is None:
            raise ExpressionRefused(
                phrase("« {piece} » ne se lit pas.", piece=source[at : at + 12].strip())
            )
        at = found.end()
        kind = str(found.lastgroup)
        yield kind, found[kind]


class _Reading:
    """A recursive descent through the grammar of XPath 1.0, writing as it goes."""

    def __init__(self, source: str) -> None:
        self._tokens = list(tokens(source))
        self._at = 0
        self._depth = 0
        self._filtering = 0
        self.paths: list[str] = []
        self.functions: set[str] = set()

    def whole(self) -> str:
        if not self._tokens:
            raise ExpressionRefused(phrase("L’expression est vide."))
        written = self._or()
        if self._at < len(self._tokens):
            raise self._unexpected()
        return written

    def _peek(self, ahead: int = 0) -> tuple[str, str]:
        place = self._at + ahead
        return self._tokens[place] if place < len(self._tokens) else ("", "")

    def _take(self, *values: str) -> str:
        kind, value = self._peek()
        if kind in {"operator", "name"} and value in values:
            self._at += 1
            return value
        return ""

    def _expect(self, value: str) -> None:
        if not self._take(value):
            raise self._unexpected()

    def _unexpected(self) -> ExpressionRefused:
        _, value = self._peek()
        if not value:
            return ExpressionRefused(phrase("L’expression s’arrête trop tôt."))
        return ExpressionRefused(phrase("« {piece} » n’est pas à sa place.", piece=value))

    def _or(self) -> str:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ExpressionRefused(phrase("L’expression a trop de parenthèses emboîtées."))
        written = self._and()
        while self._take("or"):
            written = f"{written} or {self._and()}"
        self._depth -= 1
        return written

    def _and(self) -> str:
        written = self._equality()
        while self._take("and"):
            written = f"{written} and {self._equality()}"
        return written

    def _equality(self) -> str:
        written = self._relational()
        while operator := self._take("=", "!="):
            written = f"{written} {operator} {self._relational()}"
        return written

    def _relational(self) -> str:
        written = self._additive()
        while operator := self._take("<", ">", "<=", ">="):
            written = f"{_days(written)} {operator} {_days(self._additive())}"
        return written

    def _additive(self) -> str:
        written = self._multiplicative()
        while operator := self._take("+", "-"):
            written = f"{_days(written)} {operator} {_days(self._multiplicative())}"
        return written

    def _multiplicative(self) -> str:
        written = self._unary()
        while operator := self._take("*", "div", "mod"):
            written = f"{_days(written)} {operator} {_days(self._unary())}"
        return written

    def _unary(self) -> str:
        signs = 0
        while self._take("-"):
            signs += 1
        written = self._union()
        return f"{'- ' * (signs % 2)}{_days(written)}" if signs else written

    def _union(self) -> str:
        written = self._path()
        while self._take("|"):
            written = f"{written} | {self._path()}"
        return written

    def _path(self) -> str:
        kind, value = self._peek()
        if kind in {"text", "number"}:
            self._at += 1
            return value + self._predicates()
        if value == "(":
            self._at += 1
            inside = self._or()
            self._expect(")")
            return self._after(f"({inside})" + self._predicates(), "")
        if kind == "name" and self._peek(1)[1] == "(" and value not in _TESTS:
            return self._after(self._call() + self._predicates(), "")
        return self._location()

    def _after(self, written: str, path: str) -> str:
        """Write the steps that follow an expression: ``instance('x')/root/item``."""
        if self._peek()[1] not in {"/", "//"}:
            return written
        return written + self._steps(path)[0]

    def _location(self) -> str:
        if self._peek()[1] in {"/", "//"}:
            lonely = self._peek()[1] == "/" and not self._starts_step(1)
            if lonely:
                self._at += 1
                self.paths.append("/")
                return "/"
            written, path = self._steps("")
            if self._filtering:
                written = _from_the_sheet(written)
        else:
            first, plain = self._step()
            rest, more = self._steps("") if self._peek()[1] in {"/", "//"} else ("", "")
            written, path = first + rest, plain + more
        self.paths.append(path)
        return written

    def _starts_step(self, ahead: int) -> bool:
        kind, value = self._peek(ahead)
        return kind == "name" or value in {".", "..", "@", "*"}

    def _steps(self, path: str) -> tuple[str, str]:
        written = ""
        while slash := self._take("/", "//"):
            step, plain = self._step()
            written += slash + step
            path += slash + plain
        return written, path

    def _step(self) -> tuple[str, str]:
        kind, value = self._peek()
        if value in {".", ".."}:
            self._at += 1
            return value + self._predicates(), value
        axis = ""
        if value == "@":
            self._at += 1
            axis = "@"
        elif kind == "name" and self._peek(1)[1] == "::":
            self._at += 2
            axis = f"{value}::"
        kind, value = self._peek()
        if kind != "name" and value != "*":
            raise self._unexpected()
        self._at += 1
        if value in _TESTS and self._take("("):
            self._expect(")")
            return f"{axis}{value}(){self._predicates()}", f"{axis}{value}()"
        name = value.rpartition(":")[2]
        return f"{axis}{name}{self._predicates()}", f"{axis}{name}"

    def _predicates(self) -> str:
        written = ""
        while self._take("["):
            self._filtering += 1
            written += f"[{self._or()}]"
            self._filtering -= 1
            self._expect("]")
        return written

    def _call(self) -> str:
        name = self._peek()[1]
        self._at += 2
        arguments: list[str] = []
        if not self._take(")"):
            arguments.append(self._or())
            while self._take(","):
                arguments.append(self._or())
            self._expect(")")
        least, most = _arity(name)
        if not least <= len(arguments) <= most:
            raise ExpressionRefused(
                phrase("La fonction {name}() n’a pas le bon nombre d’arguments.", name=name)
            )
        self.functions.add(name)
        called = name if name in _NATIVE else f"{PREFIX}:{name.replace('jr:', 'jr-')}"
        if name == "position" and not arguments:
            called = name
        return f"{called}({', '.join(arguments)})"


def _arity(name: str) -> tuple[int, int]:
    known = OURS.get(name) or _NATIVE.get(name)
    if known:
        return known
    if name in REFUSED:
        raise ExpressionRefused(
            phrase(
                "La fonction {name}() ne se calcule pas ici : elle demande un appareil.", name=name
            )
        )
    raise ExpressionRefused(phrase("La fonction {name}() n’existe pas.", name=name))


def _from_the_sheet(written: str) -> str:
    """Return an absolute path that starts from the answers, wherever it is evaluated.

    Inside ``[…]`` lxml would start from the document of the list being filtered.
    """
    if written.startswith("//"):
        return f"{PREFIX}:{SHEET}(){written}"
    return f"{PREFIX}:{SHEET}()/self::{written[1:]}"


_PLAIN = re.compile(r"[0-9.]+")


def _days(written: str) -> str:
    """Return an operand of arithmetic or order as a number: a date counts as its days."""
    if _PLAIN.fullmatch(written) and written not in {".", ".."}:
        return written
    return f"{PREFIX}:number({written})"
