"""A Study as JSON, and back: what the manifest of a Dataset holds.

Equal studies give equal text. A field equal to its default is left out, so that adding a
field to :mod:`croisee.study` changes no digest; this is why a default never changes
without a new ``SCHEMA_VERSION``.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from croisee.study import Study

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
"""What JSON holds here: no fraction is ever a JSON number, decimals are texts."""


class StudyUnreadable(ValueError):
    """The JSON is not a Study this version knows; the text says where."""


def canonical_json(value: Json) -> bytes:
    """Return the one UTF-8 text of a JSON value: keys sorted, no space, accents as they are."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()


def study_to_json(study: Study) -> Json:
    """Return the study as JSON values; :func:`study_from_json` gives an equal study back."""
    return _to_json(study)


def study_from_json(value: Json) -> Study:
    """Return the study that :func:`study_to_json` wrote.

    Raises :class:`StudyUnreadable` on a missing or unknown field and on a wrong type.
    """
    study = _from_json(Study, value, "study")
    assert isinstance(study, Study)
    return study


def decimal_text(value: Decimal) -> str:
    """Return the shortest plain writing of a decimal: equal decimals, equal texts."""
    if not value.is_finite():
        raise ValueError(f"not a number: {value}")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _to_json(value: object) -> Json:
    if isinstance(value, tuple):
        return [_to_json(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return decimal_text(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if is_dataclass(value):
        return {
            field.name: _to_json(getattr(value, field.name))
            for field in fields(value)
            if getattr(value, field.name) != _default(field)
        }
    raise TypeError(f"a study does not hold {type(value).__name__}")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _from_json(kind: Any, value: Json, where: str) -> object:
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple_from_json(get_args(kind), value, where)
    if origin in {Union, UnionType}:
        inner = next(arg for arg in get_args(kind) if arg is not type(None))
        return None if value is None else _from_json(inner, value, where)
    if is_dataclass(kind):
        assert isinstance(kind, type)
        return _record_from_json(kind, value, where)
    return _leaf_from_json(kind, value, where)


def _tuple_from_json(kinds: tuple[Any, ...], value: Json, where: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise StudyUnreadable(f"{where}: a list is expected")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        raise StudyUnreadable(f"{where}: {len(kinds)} items are expected")
    return tuple(
        _from_json(kind, item, f"{where}[{place}]")
        for place, (kind, item) in enumerate(zip(kinds, value, strict=True))
    )


def _record_from_json(kind: type, value: Json, where: str) -> object:
    if not isinstance(value, dict):
        raise StudyUnreadable(f"{where}: an object is expected")
    hints = _hints(kind)
    known = fields(kind)
    unknown = value.keys() - {field.name for field in known}
    if unknown:
        raise StudyUnreadable(f"{where}: unknown {', '.join(sorted(unknown))}")
    missing = [f.name for f in known if _default(f) is MISSING and f.name not in value]
    if missing:
        raise StudyUnreadable(f"{where}: missing {', '.join(missing)}")
    parts = {name: _from_json(hints[name], item, f"{where}.{name}") for name, item in value.items()}
    return kind(**parts)


def _leaf_from_json(kind: Any, value: Json, where: str) -> object:
    try:
        if kind in {str, int, bool}:
            if type(value) is not kind:
                raise ValueError(value)
            return value
        if not isinstance(value, str):
            raise ValueError(value)
        if kind is date:
            return date.fromisoformat(value)
        return kind(value)
    except (ValueError, ArithmeticError) as error:
        raise StudyUnreadable(f"{where}: {kind.__name__} is expected") from error
