"""DDI-Codebook 2.5: what a study asked, as archives and catalogues describe it.

Source: DDI Alliance, « DDI Codebook 2.5 ». Only the description: no answer and no count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from croisee.formats.bounds import read_bytes
from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.formats.refused import FormatRefused
from croisee.formats.xml import document
from croisee.language import phrase

NAMESPACE = "ddi:codebook:2_5"
_NAMES: dict[str | None, str] = {None: NAMESPACE}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NATURES = {Measure.NOMINAL: "nominal", Measure.ORDINAL: "ordinal", Measure.SCALE: "interval"}
_DATED = {Content.DATE: "date", Content.TIME: "time", Content.MOMENT: "date"}


@dataclass(frozen=True, slots=True)
class Described:
    """What a DDI says of the study itself."""

    identifier: str
    title: str
    abstract: str = ""
    producer: str = ""
    language: str = "fr"


def write_ddi(table: Labelled, study: Described) -> bytes:
    """Return a codebook: the study, its variables, their questions, values and missing values.

    The rows of the table are not read. The same table gives the same bytes.
    """
    root = etree.Element(f"{{{NAMESPACE}}}codeBook", nsmap=_NAMES, version="2.5")  # type: ignore[arg-type]
    root.set(_LANGUAGE, study.language)
    about = _below(root, "stdyDscr")
    citation = _below(about, "citation")
    title = _below(citation, "titlStmt")
    _below(title, "titl", study.title)
    _below(title, "IDNo", study.identifier)
    if study.producer:
        _below(_below(citation, "prodStmt"), "producer", study.producer)
    if study.abstract:
        _below(_below(about, "stdyInfo"), "abstract", study.abstract)
    _below(_below(_below(root, "fileDscr", ID="F1"), "fileTxt"), "fileName", table.title)
    described = _below(root, "dataDscr")
    places = {one.name: f"V{place}" for place, one in enumerate(table.variables, 1)}
    for place, one_set in enumerate(table.multiples, 1):
        group = _below(described, "varGrp", ID=f"G{place}", name=one_set.name, type="multipleResp")
        group.set("var", " ".join(places[name] for name in one_set.variables))
        _below(group, "labl", one_set.label)
        if one_set.counted:
            _below(group, "txt", f"{_COUNTED}{one_set.counted}")
    for one in table.variables:
        _write_variable(described, one, places[one.name])
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


_COUNTED = "counted value: "


def _below(above: etree._Element, tag: str, text: str = "", /, **attributes: str) -> etree._Element:
    added = etree.SubElement(above, f"{{{NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        added.set(key, _NOT_XML.sub("", value))
    added.text = _NOT_XML.sub("", text) or None
    return added


def _write_variable(above: etree._Element, one: Variable, place: str) -> None:
    continuous = one.measure is Measure.SCALE and not one.values
    written = _below(above, "var", ID=place, name=one.name, files="F1")
    written.set("intrvl", "contin" if continuous else "discrete")
    written.set("nature", _NATURES[one.measure])
    if one.decimals:
        written.set("dcml", str(one.decimals))
    if one.label:
        _below(written, "labl", one.label)
    if one.question:
        _below(_below(written, "qstn"), "qstnLit", one.question)
    if one.missing:
        ranges = _below(written, "invalrng")
        for low, high in one.missing:
            if low == high:
                _below(ranges, "item", VALUE=low)
            else:
                _below(ranges, "range", min=low, max=high)
    for value in one.values:
        category = _below(written, "catgry", **({"missing": "Y"} if value.missing else {}))
        _below(category, "catValu", value.code)
        _below(category, "labl", value.label)
    kind = "numeric" if one.content is Content.NUMBER else "character"
    shape = _below(written, "varFormat", type=kind, schema="other")
    if one.content in _DATED:
        shape.set("category", _DATED[one.content])
        shape.set("formatname", one.content.value)


def read_ddi(path: Path) -> tuple[Described, Labelled]:
    """Read the structure that a DDI-Codebook describes, of version 1.2 to 2.5; no answer.

    Raises:
        FormatRefused: no XML, hostile, or no DDI-Codebook.
    """
    root = document(read_bytes(path))
    if etree.QName(root).localname != "codeBook":
        raise FormatRefused(
            phrase("Ce fichier n’est pas une description DDI-Codebook."),
            phrase("Exportez la description de l’étude en « DDI-Codebook 2.5 »."),
        )
    described = Described(
        identifier=_said(root, "stdyDscr", "citation", "titlStmt", "IDNo"),
        title=_said(root, "stdyDscr", "citation", "titlStmt", "titl"),
        abstract=_said(root, "stdyDscr", "stdyInfo", "abstract"),
        producer=_said(root, "stdyDscr", "citation", "prodStmt", "producer"),
        language=str(root.get(_LANGUAGE, "fr")),
    )
    variables = tuple(_variable(one) for one in root.iter("{*}var") if one.get("name"))
    names = {str(one.get("ID", "")): str(one.get("name")) for one in root.iter("{*}var")}
    return described, Labelled(
        title=described.title,
        variables=variables,
        multiples=tuple(_groups(root, names)),
    )


def _children(above: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in above if etree.QName(one).localname == name]


def _said(above: etree._Element, *names: str) -> str:
    found: etree._Element | None = above
    for name in names:
        found = next(iter(_children(found, name)), None) if found is not None else None
    return "" if found is None else " ".join("".join(map(str, found.itertext())).split())


def _variable(one: etree._Element) -> Variable:
    values = tuple(
        Value(
            _said(category, "catValu"),
            _said(category, "labl"),
            category.get("missing", "") == "Y",
        )
        for category in _children(one, "catgry")
        if _said(category, "catValu")
    )
    nature = {said: measure for measure, said in _NATURES.items()} | {"ratio": Measure.SCALE}
    guessed = Measure.NOMINAL if values else Measure.SCALE
    decimals = str(one.get("dcml", ""))
    return Variable(
        name=str(one.get("name")),
        label=_said(one, "labl"),
        content=_content(one),
        values=values,
        measure=nature.get(str(one.get("nature", "")), guessed),
        missing=tuple(_missing(one)),
        question=_said(one, "qstn", "qstnLit"),
        decimals=int(decimals) if decimals.isdecimal() and len(decimals) < 3 else 0,
    )


def _missing(one: etree._Element) -> Iterator[tuple[str, str]]:
    for ranges in _children(one, "invalrng"):
        for span in ranges:
            value = str(span.get("VALUE", ""))
            yield str(span.get("min", value)), str(span.get("max", value))


def _content(one: etree._Element) -> Content:
    shape = next(iter(_children(one, "varFormat")), None)
    if shape is None or shape.get("type", "numeric") == "numeric":
        return Content.NUMBER
    named = str(shape.get("formatname", ""))
    if shape.get("category") in {"date", "time"}:
        return Content(named) if named in {*Content} else Content(str(shape.get("category")))
    return Content.TEXT


def _groups(root: etree._Element, names: dict[str, str]) -> Iterator[Multiple]:
    for group in root.iter("{*}varGrp"):
        kept = tuple(names[one] for one in str(group.get("var", "")).split() if one in names)
        if group.get("type") == "multipleResp" and kept:
            counted = _said(group, "txt").removeprefix(_COUNTED.strip()).strip()
            name = str(group.get("name") or group.get("ID") or "groupe")
            yield Multiple(name, _said(group, "labl"), kept, counted or "1")
