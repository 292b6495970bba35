"""Simple conditions, from REDCap's branching logic to XLSForm and back; whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from croisee.formats.redcap_dictionary import RedcapField
from croisee.questionnaire.exchanges.logic import (
    Call,
    Constant,
    Name,
    NotSimple,
    Ticked,
    Tree,
    read_script,
    read_xpath,
    to_xpath,
)

_PIECE = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')|(?P<other><>)"""
    r"""|\[(?P<field>[a-z]\w*)(?:\((?P<code>[\w.\-]+)\))?\](?!\[)|(?P<wrong>\[)""",
    re.IGNORECASE,
)
_ORDER = frozenset({"<", "<=", ">", ">="})
_COMPARED = _ORDER | {"=", "!="}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_REFERENCE = "ref"


def relevant_of(logic: str, fields: Mapping[str, RedcapField]) -> str:
    """Return branching logic as XLSForm says it.

    Another event's field, a function, a smart variable: :class:`NotSimple`.

    Example:
        >>> fields = {"venu": RedcapField("venu", "f", "radio", "Venu ?")}
        >>> relevant_of("[venu] <> '2'", fields)
        "${venu} != '2'"
    """
    found: list[str | Ticked] = []

    def piece(match: re.Match[str]) -> str:
        if match["text"]:
            return match["text"]
        if match["other"]:
            return "!="
        if match["wrong"]:
            raise NotSimple(logic)
        found.append(_named(match["field"].lower(), match["code"], fields))
        return f"{_REFERENCE}{len(found) - 1}"

    written = _PIECE.sub(piece, logic)
    if re.search(rf"\b{_REFERENCE}[0-9]", _PIECE.sub("", logic)):
        raise NotSimple(logic)

    def question(name: str) -> str | Ticked:
        place = name.removeprefix(_REFERENCE)
        if not place.isdecimal() or int(place) >= len(found):
            raise NotSimple(name)
        return found[int(place)]

    return to_xpath(_as_ticked(read_script(written), question), question)


def _named(name: str, code: str | None, fields: Mapping[str, RedcapField]) -> str | Ticked:
    one = fields.get(name)
    if one is None or (one.type == "checkbox") != (code is not None):
        raise NotSimple(name)
    if code is None:
        return name
    known = next((value.code for value in one.values if value.code.lower() == code.lower()), None)
    if known is None:
        raise NotSimple(code)
    return Ticked(name, known)


def _as_ticked(tree: Tree, question: Callable[[str], str | Ticked]) -> Tree:
    """Return a condition where « ticked » is said ``Y``, and numbers are compared as numbers."""
    if not isinstance(tree, Call):
        return tree
    if tree.name not in _COMPARED or len(tree.parts) != 2:
        return replace(tree, parts=tuple(_as_ticked(part, question) for part in tree.parts))
    left, right = tree.parts
    if isinstance(left, Constant) and isinstance(right, Name) and tree.name in {"=", "!="}:
        left, right = right, left
    if not isinstance(left, Name) or not isinstance(right, Constant):
        raise NotSimple(tree.name)
    if isinstance(question(left.name), Ticked):
        if tree.name in _ORDER or right.value not in {"1", "0", ""}:
            raise NotSimple(right.value)
        return Call(tree.name, (left, Constant("Y" if right.value == "1" else "", number=False)))
    if tree.name in _ORDER:
        if not _NUMBER.fullmatch(right.value):
            raise NotSimple(right.value)
        right = Constant(right.value, number=True)
    return Call(tree.name, (left, right))


def branching_of(
    relevant: str, field: Callable[[str], str], code: Callable[[str, str], str | None]
) -> str:
    """Return a condition of XLSForm as branching logic. Raises :class:`NotSimple`.

    Args:
        relevant: the condition.
        field: REDCap's name of one of our questions; raises :class:`NotSimple`.
        code: REDCap's code of a choice of a checkbox, ``None`` where the question is not one;
            of a single choice the code is compared as it is.
    """
    return _written(read_xpath(relevant), field, code, 0)


def _written(
    tree: Tree, field: Callable[[str], str], code: Callable[[str, str], str | None], above: int
) -> str:
    if not isinstance(tree, Call):
        raise NotSimple
    if tree.name in {"and", "or"}:
        level = 2 if tree.name == "and" else 1
        said = f" {tree.name} ".join(_written(part, field, code, level) for part in tree.parts)
        return f"({said})" if level < above else said
    if tree.name == "not" and len(tree.parts) == 1:
        inner = tree.parts[0]
        if isinstance(inner, Call) and inner.name in _OPPOSITE:
            return _written(replace(inner, name=_OPPOSITE[inner.name]), field, code, above)
        if isinstance(inner, Call) and inner.name == "selected":
            return _selected(inner, field, code, "<>")
        raise NotSimple(tree.name)
    if tree.name == "selected":
        return _selected(tree, field, code, "=")
    if tree.name not in _COMPARED:
        raise NotSimple(tree.name)
    left, right = tree.parts
    if not isinstance(left, Name) or not isinstance(right, Constant) or "'" in right.value:
        raise NotSimple(tree.name)
    if code(left.name, right.value) is not None:
        raise NotSimple(left.name)
    sign = "<>" if tree.name == "!=" else tree.name
    return f"[{field(left.name)}] {sign} '{right.value}'"


def _selected(
    tree: Call, field: Callable[[str], str], code: Callable[[str, str], str | None], sign: str
) -> str:
    if len(tree.parts) != 2:
        raise NotSimple(tree.name)
    name, choice = tree.parts
    if not isinstance(name, Name) or not isinstance(choice, Constant):
        raise NotSimple(tree.name)
    theirs = code(name.name, choice.value)
    if theirs is None:
        return f"[{field(name.name)}] {sign} '{choice.value}'"
    return f"[{field(name.name)}({theirs})] {sign} '1'"
