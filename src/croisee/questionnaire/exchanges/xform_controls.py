"""The questions of an XForm, as the types and settings of a workbook."""

from __future__ import annotations

from lxml import etree

from croisee.language import Phrase, phrase
from croisee.questionnaire.xform import attribute

Record = dict[str, str]

CONTROLS = frozenset({"input", "secret", "select", "select1", "rank", "trigger", "upload", "range"})
_TYPED = {
    "int": "integer", "integer": "integer", "long": "integer", "short": "integer",
    "decimal": "decimal", "double": "decimal", "float": "decimal", "date": "date", "time": "time",
    "dateTime": "datetime", "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape",
    "barcode": "barcode",
}  # fmt: skip
_CHOSEN = {"select1": "select_one", "select": "select_multiple", "rank": "rank"}
_UPLOADED = {"image": "image", "audio": "audio", "video": "video"}
_SESSION = {
    ("timestamp", "start"): "start", ("timestamp", "end"): "end", ("date", "today"): "today",
    ("property", "deviceid"): "deviceid", ("property", "username"): "username",
    ("property", "phonenumber"): "phonenumber", ("property", "email"): "email",
    ("property", "subscriberid"): "subscriberid", ("property", "simserial"): "simserial",
    ("property", "uri:deviceid"): "deviceid",
}  # fmt: skip
_PARAMETERS = {
    "accuracyThreshold": "capture-accuracy",
    "unacceptableAccuracyThreshold": "warning-accuracy",
    "allow-mock-accuracy": "allow-mock-accuracy",
    "rows": "rows",
}
_RANGE = ("start", "end", "step")
_READ = frozenset({"ref", "appearance", "mediatype", "query", "autoplay", "class"})


_PREFIXES = {
    "http://openrosa.org/javarosa": "jr",
    "http://openrosa.org/xforms": "orx",
    "http://www.opendatakit.org/xforms": "odk",
}


def prefixed(key: str) -> str:
    """Return the name of an attribute as a column says it (``jr:noAppErrorString``)."""
    name = etree.QName(key)
    prefix = _PREFIXES.get(name.namespace or "", "")
    return f"{prefix}:{name.localname}" if prefix else name.localname


def question_type(control: etree._Element, bind: etree._Element | None) -> str:
    """Return the type of a question that is shown, without the name of its list."""
    name = etree.QName(control).localname
    if name in _CHOSEN:
        return _CHOSEN[name]
    if name == "trigger":
        return "acknowledge"
    if name == "range":
        return "range"
    if name == "upload":
        return _UPLOADED.get(attribute(control, "mediatype").partition("/")[0], "file")
    typed = attribute(bind, "type").rpartition(":")[2] if bind is not None else ""
    kind = _TYPED.get(typed, "text")
    shut = bind is not None and attribute(bind, "readonly").strip() == "true()"
    calculated = bind is not None and bool(attribute(bind, "calculate"))
    return "note" if kind == "text" and shut and not calculated else kind


def hidden_type(bind: etree._Element | None) -> str:
    """Return the type of what a form keeps and never shows."""
    if bind is None:
        return "hidden"
    said = (attribute(bind, "preload"), attribute(bind, "preloadParams"))
    if said in _SESSION:
        return _SESSION[said]
    return "calculate" if attribute(bind, "calculate") else "hidden"


def control_cells(
    control: etree._Element, bind: etree._Element | None
) -> tuple[Record, list[str], list[Phrase]]:
    """Return the cells of a control, its parameters, and what a workbook cannot say of it."""
    cells: Record = {}
    parameters: list[str] = []
    lost: list[Phrase] = []
    name = etree.QName(control).localname
    for column in ("appearance", "autoplay"):
        if attribute(control, column):
            cells[column] = attribute(control, column)
    for key, said in control.attrib.items():
        local = etree.QName(key).localname
        if local in _PARAMETERS or (name == "range" and local in _RANGE):
            parameters.append(f"{_PARAMETERS.get(local, local)}={said!s}")
        elif local not in _READ:
            cells[f"body::{prefixed(str(key))}"] = str(said)
    pixels = attribute(bind, "max-pixels") if bind is not None else ""
    if pixels:
        parameters.append(f"max-pixels={pixels}")
    if name == "upload" and attribute(control, "mediatype") not in {
        "", "image/*", "audio/*", "video/*", "application/*",
    }:  # fmt: skip
        cells["body::mediatype"] = attribute(control, "mediatype")
    if name == "secret":
        lost.append(phrase("Une réponse masquée à l’écran devient une réponse qui se voit."))
    return cells, parameters, lost
