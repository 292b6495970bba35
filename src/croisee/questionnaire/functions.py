"""The functions of ODK XPath, on lxml values: node lists, texts, numbers, booleans.

A function is given lxml's context, then its arguments. What it needs besides (the form, the
day, the current question) is in :class:`Surroundings`, set while an expression is evaluated.

Source: ODK XForms Specification, « XPath Functions ».
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from lxml import etree

from croisee.questionnaire.expressions import NAMESPACE, OURS, SHEET
from croisee.questionnaire.values import (
    AROUND,
    DAY,
    EPOCH,
    Value,
    boolean,
    days,
    moment_of,
    node_text,
    number,
    text,
)

_LONGEST = 100_000
_FARTHEST = 3_650_000
"""Days from 1970 that a date may be at: ten thousand years."""
_MONTHS = {
    "fr": "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}
_WEEKDAYS = {"fr": "lun. mar. mer. jeu. ven. sam. dim.", "en": "Mon Tue Wed Thu Fri Sat Sun"}


def _nodes(value: Value) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _words(value: Value) -> list[str]:
    return text(value).split()


def _if(condition: Value, yes: Value, no: Value) -> Value:
    chosen = yes if boolean(condition) else no
    return text(chosen) if isinstance(chosen, list) else chosen


def _coalesce(first: Value, second: Value) -> str:
    return text(first) or text(second)


def _position(node: Value) -> float:
    found = _nodes(node)[0] if _nodes(node) else None
    if not isinstance(found, etree._Element):
        return math.nan
    return 1.0 + sum(1 for _ in found.itersiblings(found.tag, preceding=True))


def _indexed_repeat(node: Value, *pairs: Value) -> list[Any]:
    """``indexed-repeat(/d/r/x, /d/r, 2)``: the ``x`` of the second ``r``."""
    kept = [one for one in _nodes(node) if isinstance(one, etree._Element)]
    for repeats, index in zip(pairs[::2], pairs[1::2], strict=False):
        tags = {one.tag for one in _nodes(repeats) if isinstance(one, etree._Element)}
        place = number(index)
        kept = [one for one in kept if _is_in(one, tags, place)]
    return kept


def _is_in(node: etree._Element, tags: set[Any], place: float) -> bool:
    return any(above.tag in tags and _position([above]) == place for above in node.iterancestors())


def _join(separator: Value, *values: Value) -> str:
    return text(separator).join(node_text(one) for value in values for one in _texts(value))


def _texts(value: Value) -> list[Any]:
    return value if isinstance(value, list) else [text(value)]


def _concat(*values: Value) -> str:
    return _join("", *values)


def _substr(value: Value, start: Value, end: Value = math.inf) -> str:
    written, first, last = text(value), number(start), number(end)
    if math.isnan(first) or math.isnan(last):
        return ""
    stop = len(written) if math.isinf(last) else int(last)
    return written[int(first) : stop]


def _regex(value: Value, pattern: Value) -> bool:
    """Whether the whole text is as the pattern says; RE2, so that no pattern runs for ever."""
    written = text(value)
    if len(written) > _LONGEST:
        return False
    try:
        found = pc.match_substring_regex(pa.array([written]), f"^(?:{text(pattern)})$")
    except pa.ArrowInvalid:
        return False
    return bool(found[0].as_py())


def regex_is_known(pattern: str) -> bool:
    """Return whether :func:`_regex` reads this pattern (RE2 has no look-around)."""
    try:
        pc.match_substring_regex(pa.array([""]), f"^(?:{pattern})$")
    except pa.ArrowInvalid:
        return False
    return True


def _int(value: Value) -> float:
    found = number(value)
    return found if math.isnan(found) or math.isinf(found) else float(math.trunc(found))


def _round(value: Value, places: Value = 0.0) -> float:
    """Half away from zero, as a person rounds; ``places`` may be negative."""
    found, kept = number(value), number(places)
    if any(math.isnan(one) or math.isinf(one) for one in (found, kept)):
        return math.nan
    scale = 10.0 ** int(kept)
    return math.copysign(math.floor(abs(found) * scale + 0.5) / scale, found)


def _real(function: Callable[..., float]) -> Callable[..., float]:
    def computed(*values: Value) -> float:
        try:
            return float(function(*(number(value) for value in values)))
        except (ValueError, OverflowError, ZeroDivisionError, TypeError):
            return math.nan

    return computed


def _extreme(choose: Callable[[Iterable[float]], float]) -> Callable[..., float]:
    def computed(*values: Value) -> float:
        found = [number(node_text(one)) for value in values for one in _texts(value)]
        return math.nan if not found or any(map(math.isnan, found)) else choose(found)

    return computed


def _count_non_empty(value: Value) -> float:
    return float(sum(1 for one in _nodes(value) if node_text(one)))


def _randomize(nodes: Value, seed: Value = None) -> list[Any]:
    kept = _nodes(nodes)
    chance = AROUND.get().chance if seed is None else np.random.default_rng(_seed(text(seed)))
    return [kept[place] for place in chance.permutation(len(kept))]


def _seed(written: str) -> int:
    return int.from_bytes(hashlib.sha256(written.encode()).digest()[:8], "big")


def _uuid(length: Value = None) -> str:
    drawn = AROUND.get().chance.bytes(128)
    if length is None:
        return str(uuid.UUID(bytes=drawn[:16], version=4))
    return drawn.hex()[: max(0, int(number(length)))]


def _random() -> float:
    return float(AROUND.get().chance.random())


def _checklist(least: Value, most: Value, *answers: Value) -> bool:
    counted = float(sum(1 for value in answers for one in _nodes(value) if _yes(one)))
    return _between(counted, least, most)


def _weighted(least: Value, most: Value, *pairs: Value) -> bool:
    found = sum(
        number(weight) for answer, weight in zip(pairs[::2], pairs[1::2], strict=False)
        if _yes(answer)
    )  # fmt: skip
    return _between(found, least, most)


def _between(found: float, least: Value, most: Value) -> bool:
    low, high = number(least), number(most)
    return (low < 0 or found >= low) and (high < 0 or found <= high)


def _yes(value: Value) -> bool:
    if isinstance(value, bool | float):
        return boolean(value)
    return (text(value) if isinstance(value, list) else node_text(value)) in {"1", "true", "yes"}


def _selected(value: Value, code: Value) -> bool:
    return text(code).strip() in _words(value)


def _selected_at(value: Value, place: Value) -> str:
    found, index = _words(value), number(place)
    return found[int(index)] if not math.isnan(index) and 0 <= index < len(found) else ""


def _choice_name(code: Value, path: Value) -> str:
    return AROUND.get().choice_label(text(path).strip(), text(code))


def _date(value: Value) -> str:
    found = _moment(value)
    if found is None:
        return ""
    return found.date().isoformat() if isinstance(found, datetime) else found.isoformat()


def _moment(value: Value) -> date | datetime | None:
    if isinstance(value, float):
        whole = math.isfinite(value) and abs(value) < _FARTHEST
        return EPOCH + timedelta(days=math.floor(value)) if whole else None
    written = text(value).strip()
    found = moment_of(written)
    if found is None and written and not math.isnan(number(written)):
        return _moment(number(written))
    return found


def _date_time(value: Value) -> str:
    found = _moment(value)
    return "" if found is None else found.isoformat()


def _decimal_date_time(value: Value) -> float:
    found = _moment(value)
    return math.nan if found is None else days(found)


def _decimal_time(value: Value) -> float:
    try:
        found = time.fromisoformat(text(value).strip())
    except ValueError:
        return math.nan
    return (found.hour * 3600 + found.minute * 60 + found.second) / DAY


def _format_date(value: Value, pattern: Value) -> str:
    found = _moment(value)
    if found is None:
        return ""
    moment = found if isinstance(found, datetime) else datetime.combine(found, time())
    language = "en" if AROUND.get().language.startswith("en") else "fr"
    signs = {
        "Y": f"{moment.year:04}", "y": f"{moment.year % 100:02}", "m": f"{moment.month:02}",
        "n": str(moment.month), "b": _MONTHS[language].split()[moment.month - 1],
        "d": f"{moment.day:02}", "e": str(moment.day), "H": f"{moment.hour:02}",
        "h": str(moment.hour), "M": f"{moment.minute:02}", "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}", "a": _WEEKDAYS[language].split()[moment.weekday()],
        "W": str(moment.isocalendar()[1]), "%": "%",
    }  # fmt: skip
    written, pieces = "", iter(text(pattern))
    for piece in pieces:
        sign = next(pieces, "%") if piece == "%" else ""
        written += signs.get(sign, f"%{sign}") if sign else piece
    return written


def _digest(value: Value, algorithm: Value, encoding: Value = "base64") -> str:
    name = text(algorithm).upper().replace("-", "")
    if name not in {"MD5", "SHA1", "SHA256", "SHA384", "SHA512"}:
        return ""
    found = hashlib.new(name.lower(), text(value).encode(), usedforsecurity=False).digest()
    return found.hex() if text(encoding) == "hex" else base64.b64encode(found).decode()


def _base64_decode(value: Value) -> str:
    try:
        return base64.b64decode(text(value), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _now() -> datetime:
    return AROUND.get().at


def _instance(name: Value) -> list[Any]:
    found = AROUND.get().instances.get(text(name))
    return [] if found is None else [found]


def _current() -> list[Any]:
    found = AROUND.get().current
    return [] if found is None else [found]


_BY_NAME: dict[str, Callable[..., Value]] = {
    "if": _if, "coalesce": _coalesce, "position": _position, "instance": _instance,
    "current": _current, "indexed-repeat": _indexed_repeat, "concat": _concat, "join": _join,
    "substr": _substr, "ends-with": lambda a, b: text(a).endswith(text(b)),
    "lower-case": lambda a: text(a).lower(), "upper-case": lambda a: text(a).upper(),
    "regex": _regex, "int": _int, "round": _round, "abs": _real(abs), "pow": _real(math.pow),
    "sqrt": _real(math.sqrt), "exp": _real(math.exp), "exp10": _real(lambda a: 10.0**a),
    "log": _real(math.log), "log10": _real(math.log10), "sin": _real(math.sin),
    "cos": _real(math.cos), "tan": _real(math.tan), "asin": _real(math.asin),
    "acos": _real(math.acos), "atan": _real(math.atan), "atan2": _real(math.atan2),
    "pi": lambda: math.pi, "min": _extreme(min), "max": _extreme(max),
    "count-non-empty": _count_non_empty, "random": _random,
    "randomize": _randomize, "uuid": _uuid, "boolean-from-string": _yes,
    "checklist": _checklist, "weighted-checklist": _weighted, "selected": _selected,
    "selected-at": _selected_at, "count-selected": lambda a: float(len(_words(a))),
    "jr-choice-name": _choice_name, "jr-itext": lambda a: AROUND.get().words(text(a)),
    "today": lambda: _now().date().isoformat(),
    "now": lambda: _now().isoformat(timespec="milliseconds"),
    "date": _date, "date-time": _date_time, "decimal-date-time": _decimal_date_time,
    "decimal-time": _decimal_time, "format-date": _format_date,
    "format-date-time": _format_date, "version": lambda: AROUND.get().version,
    "digest": _digest, "base64-decode": _base64_decode,
}  # fmt: skip


def _of_node(function: Callable[[Value], Value]) -> Callable[..., Value]:
    """Return a function that takes the node it stands on when it is given nothing."""

    def computed(context: Any, *values: Value) -> Value:
        return function(values[0] if values else [context.context_node])

    return computed


def _without_context(function: Callable[..., Value]) -> Callable[..., Value]:
    def computed(_: Any, *values: Value) -> Value:
        return function(*values)

    return computed


def _once(context: Any, value: Value) -> str:
    """The value a question has already, or this one the first time."""
    return node_text(context.context_node) or text(value)


EXTENSIONS: dict[tuple[str, str], Callable[..., Value]] = {
    **{(NAMESPACE, name): _without_context(function) for name, function in _BY_NAME.items()},
    (NAMESPACE, "number"): _of_node(number),
    (NAMESPACE, "string-length"): _of_node(lambda value: float(len(text(value)))),
    (NAMESPACE, "once"): _once,
}
"""For ``lxml.etree.XPath(…, extensions=EXTENSIONS)``."""

assert {name.replace("jr:", "jr-") for name in OURS} == {name for _, name in EXTENSIONS}
EXTENSIONS[NAMESPACE, SHEET] = _without_context(lambda: [AROUND.get().sheet])
