"""The JSON Schema of ``release.json``, drawn from the same types that write it.

``python -m croisee.disclosure.schema > src/croisee/disclosure/release.schema.json``
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from croisee.disclosure.stored import FORMAT, PARTS, VALUE_TYPES

_LEAVES: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
}


def release_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the format ``croisee-release/1``."""
    named: dict[str, Any] = {}
    properties = {name: _schema(kind, named) for name, kind in PARTS.items()}
    properties["format"] = {"const": FORMAT}
    properties["study"] = {"type": "object", "required": ["title", "question", "languages"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "type": "object",
        "properties": dict(sorted(properties.items())),
        "required": sorted(properties),
        "additionalProperties": False,
        "$defs": dict(sorted(named.items())),
    }


def schema_text() -> str:
    """Return the schema as it is kept in the package."""
    return json.dumps(release_schema(), indent=1, ensure_ascii=False) + "\n"


def _schema(kind: Any, named: dict[str, Any]) -> dict[str, Any]:
    origin, inside = get_origin(kind), get_args(kind)
    if origin is tuple:
        if len(inside) == 2 and inside[1] is Ellipsis:
            return {"type": "array", "items": _schema(inside[0], named)}
        exact = [_schema(one, named) for one in inside]
        return {"type": "array", "prefixItems": exact, "minItems": len(exact), "items": False}
    if origin in {Union, UnionType}:
        return {"anyOf": [_schema(one, named) for one in inside]}
    if is_dataclass(kind):
        return _record(kind, named)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [member.value for member in kind]}
    return _LEAVES[kind]


def _record(kind: Any, named: dict[str, Any]) -> dict[str, Any]:
    name: str = kind.__name__
    if name not in named:
        named[name] = {}
        hints = get_type_hints(kind)
        properties = {f.name: _schema(hints[f.name], named) for f in fields(kind)}
        if kind in VALUE_TYPES:
            properties["type"] = {"const": VALUE_TYPES[kind]}
        named[name] = {
            "type": "object",
            "properties": properties,
            "required": sorted(properties),
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


if __name__ == "__main__":
    sys.stdout.write(schema_text())
