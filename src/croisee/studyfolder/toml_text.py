"""TOML written: the few forms a study folder needs, one key a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

Value = str | int | bool | date | list["Value"] | dict[str, "Value"]


def toml_lines(heading: str, values: Mapping[str, Value]) -> list[str]:
    """Return a section's lines: its heading (« [x] », « [[x]] » or none), then its keys.

    Empty texts and lists are left out: a study folder reads them as absent.
    """
    lines = [f"{key} = {_value(value)}" for key, value in values.items() if value not in ("", [])]
    return [heading, *lines, ""] if heading else [*lines, ""]


def toml_text(sections: Iterable[list[str]]) -> str:
    """Return a file's text from its sections."""
    return "\n".join(line for section in sections for line in section)


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, dict):
        kept = ((key, item) for key, item in value.items() if item != "")
        return f"{{ {', '.join(f'{key} = {_value(item)}' for key, item in kept)} }}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
