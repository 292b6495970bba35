"""A Release as ``release.json``, and back: the only other door to one.

``docs/resultats.md`` §2, format ``croisee-release/1``. Equal releases give equal bytes; what
is read back is equal to what was written, or refused.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from croisee.dataset.study_json import (
    Json,
    StudyUnreadable,
    decimal_text,
    study_from_json,
    study_to_json,
)
from croisee.disclosure import released
from croisee.disclosure.atomic import write_bytes
from croisee.disclosure.released import (
    Amount,
    Correction,
    Fact,
    Percent,
    Rank,
    Release,
    ReleasedFinding,
    ReleasedQuote,
    ReleasedTable,
    Word,
)
from croisee.disclosure.values import Chiffre
from croisee.findings import Leaflet, Reference

FORMAT = "croisee-release/1"
_KINDS: dict[str, type] = {
    "chiffre": Chiffre,
    "mot": Word,
    "rang": Rank,
    "montant": Amount,
    "estimation": Percent,
    "fait": Fact,
}
VALUE_TYPES = {kind: name for name, kind in _KINDS.items()}
"""How ``type`` names each kind of released value."""
PARTS: dict[str, Any] = {
    "tables": tuple[ReleasedTable, ...],
    "quotes": tuple[ReleasedQuote, ...],
    "findings": tuple[ReleasedFinding, ...],
    "leaflets": tuple[Leaflet, ...],
    "corrections": tuple[Correction, ...],
    "references": tuple[Reference, ...],
    "sealed_on": date | None,
    "code": str,
    "dataset_mac": str,
    "software": str,
}
"""What a release.json holds, beside ``format`` and ``study``."""


_SINCE = {("ReleasedBase", "rounded")}
"""Fields that the first releases of this format do not have: they read as their default."""


class ReleaseUnreadable(ValueError):
    """A file is not a release this version knows; the text says where."""


def release_json(release: Release) -> bytes:
    """Return a release as UTF-8 JSON, keys sorted, a line a value, ending with a new line."""
    told: dict[str, Json] = {name: _told(getattr(release, name)) for name in PARTS}
    told["format"] = FORMAT
    told["study"] = study_to_json(release.study)
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def release_from_json(content: bytes) -> Release:
    """Return the release that :func:`release_json` wrote.

    Raises:
        ReleaseUnreadable: not JSON, another format, a missing or unknown field, a wrong type,
            a value that could not have left the gate.
    """
    try:
        told = json.loads(content)
    except ValueError as error:
        raise ReleaseUnreadable("not JSON") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ReleaseUnreadable(f"not a {FORMAT}")
    if told.keys() != {*PARTS, "format", "study"}:
        different = sorted(told.keys() ^ {*PARTS, "format", "study"})
        raise ReleaseUnreadable(f"fields: {', '.join(different)}")
    try:
        study = study_from_json(told["study"])
    except StudyUnreadable as error:
        raise ReleaseUnreadable(str(error)) from error
    parts = {name: _read(kind, told[name], name) for name, kind in PARTS.items()}
    return Release(_gate=released._GATE, study=study, **parts)


def save_release(release: Release, path: Path) -> None:
    """Write ``release.json`` in one move: complete or not there."""
    write_bytes(path, release_json(release))


def load_release(path: Path) -> Release:
    """Read ``release.json`` back.

    Raises:
        ReleaseUnreadable: see :func:`release_from_json`.
    """
    return release_from_json(path.read_bytes())


def _told(value: object) -> Json:
    if isinstance(value, tuple):
        return [_told(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return decimal_text(value)
    if value is None or isinstance(value, bool | int | str):
        return value.value if isinstance(value, StrEnum) else value
    return _record(value)


def _record(value: Any) -> Json:
    told: dict[str, Json] = {f.name: _told(getattr(value, f.name)) for f in fields(value)}
    if type(value) in VALUE_TYPES:
        told["type"] = VALUE_TYPES[type(value)]
    return told


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, told: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin is tuple:
        return _read_tuple(get_args(kind), told, where)
    if origin in {Union, UnionType}:
        return _read_one_of(get_args(kind), told, where)
    if is_dataclass(kind):
        assert isinstance(kind, type)
        return _read_record(kind, told, where)
    return _read_leaf(kind, told, where)


def _read_tuple(kinds: tuple[Any, ...], told: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(told, list):
        raise ReleaseUnreadable(f"{where}: a list is expected")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(told)
    if len(kinds) != len(told):
        raise ReleaseUnreadable(f"{where}: {len(kinds)} items are expected")
    return tuple(
        _read(kind, item, f"{where}[{place}]")
        for place, (kind, item) in enumerate(zip(kinds, told, strict=True))
    )


def _read_one_of(kinds: tuple[Any, ...], told: Any, where: str) -> Any:
    if told is None and type(None) in kinds:
        return None
    inner = [kind for kind in kinds if kind is not type(None)]
    if len(inner) == 1:
        return _read(inner[0], told, where)
    return _read_value(inner, told, where)


def _read_record(kind: type, told: Any, where: str) -> Any:
    if kind in VALUE_TYPES:
        return _read_value([kind], told, where)
    return _read_fields(kind, told, where)


def _read_value(kinds: list[Any], told: Any, where: str) -> Any:
    name = told.get("type") if isinstance(told, dict) else None
    kind = _KINDS.get(str(name))
    if kind is None or kind not in kinds:
        raise ReleaseUnreadable(f"{where}: not a released value that fits here")
    return _read_fields(kind, {key: told[key] for key in told if key != "type"}, where)


def _read_fields(kind: type, told: Any, where: str) -> Any:
    names = {field.name for field in fields(kind)}
    if isinstance(told, dict):
        names -= {name for name in names - told.keys() if (kind.__name__, name) in _SINCE}
    if not isinstance(told, dict) or told.keys() != names:
        given = sorted(told.keys() ^ names) if isinstance(told, dict) else []
        raise ReleaseUnreadable(f"{where}: fields {', '.join(given)}")
    hints = _hints(kind)
    parts = {name: _read(hints[name], told[name], f"{where}.{name}") for name in sorted(names)}
    try:
        return kind(**parts)
    except ValueError as error:
        raise ReleaseUnreadable(f"{where}: {error}") from error


def _read_leaf(kind: Any, told: Any, where: str) -> Any:
    try:
        if kind in {str, int, bool}:
            if type(told) is not kind:
                raise ValueError(told)
            return told
        if not isinstance(told, str):
            raise ValueError(told)
        return date.fromisoformat(told) if kind is date else kind(told)
    except (ValueError, InvalidOperation) as error:
        raise ReleaseUnreadable(f"{where}: {kind.__name__} is expected") from error
