"""DDI-Codebook 2.5: what a study asked, as archives and catalogues describe it.

Source: DDI Alliance, « DDI Codebook 2.5 » (2012), the content models of its ``codebook.xsd``.
Only the description: no answer and no count. Labels, questions and categories are in as many
languages as the tables given, each with its ``xml:lang``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lxml import etree

from croisee.formats.bounds import read_bytes
from croisee.formats.ddi_study import Archived, Described, describe_study, list_materials
from croisee.formats.ddi_unread import distinct_names, unread_ddi
from croisee.formats.ddi_words import (
    LANGUAGE,
    NAMES,
    NAMESPACE,
    below,
    children,
    said,
    words_below,
)
from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.formats.refused import FormatRefused
from croisee.formats.xml import document
from croisee.language import phrase

__all__ = ["NAMESPACE", "Archived", "Described", "read_ddi", "unread_ddi", "write_ddi"]
_NATURES = {Measure.NOMINAL: "nominal", Measure.ORDINAL: "ordinal", Measure.SCALE: "interval"}
_DATED = {Content.DATE: "date", Content.TIME: "time", Content.MOMENT: "date"}
_COUNTED = "counted value: "
Tables = Mapping[str, Labelled]


def write_ddi(
    table: Labelled,
    study: Described,
    *,
    others: Tables | None = None,
    archived: Archived | None = None,
) -> bytes:
    """Return a codebook: the study, its variables, their questions, values and missing values.

    The rows of the tables are not read. The same tables give the same bytes.

    Args:
        table: the variables in the study's language.
        study: what the file says of the study itself.
        others: the same variables, in the same order, in other languages (``en``). A text is
            written in another language where the first one has it and says it otherwise.
        archived: what goes with the study into an archive. No file of rows is then said to
            exist: sections and materials are listed instead.

    Raises:
        ValueError: the tables have not the same variables, values or sets.
    """
    tables = {study.language: table, **(others or {})}
    _require_alike(tables)
    root = etree.Element(f"{{{NAMESPACE}}}codeBook", nsmap=NAMES, version="2.5")  # type: ignore[arg-type]
    root.set(LANGUAGE, study.language)
    describe_study(root, study, archived)
    if archived is None:
        below(below(below(root, "fileDscr", ID="F1"), "fileTxt"), "fileName", table.title)
    described = below(root, "dataDscr")
    places = {one.name: f"V{place}" for place, one in enumerate(table.variables, 1)}
    for place, (name, labels, names) in enumerate(archived.sections if archived else (), 1):
        section = below(described, "varGrp", ID=f"S{place}", name=name, type="section")
        _name_variables(section, names, places)
        words_below(section, "labl", labels)
    for place, one_set in enumerate(table.multiples, 1):
        group = below(described, "varGrp", ID=f"G{place}", name=one_set.name, type="multipleResp")
        _name_variables(group, one_set.variables, places)
        said_in = {code: one.multiples[place - 1].label for code, one in tables.items()}
        words_below(group, "labl", said_in)
        if one_set.counted:
            below(group, "txt", f"{_COUNTED}{one_set.counted}")
    for place, one in enumerate(table.variables):
        versions = {code: other.variables[place] for code, other in tables.items()}
        written = _write_variable(described, one, versions, places[one.name])
        if archived is None:
            written.set("files", "F1")
    if archived is not None:
        list_materials(root, archived)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _name_variables(group: etree._Element, names: Sequence[str], places: Mapping[str, str]) -> None:
    """Name the variables of a group; a list of references (``IDREFS``) is never empty."""
    if names:
        group.set("var", " ".join(places[name] for name in names))


def _require_alike(tables: Tables) -> None:
    shapes = {
        (
            tuple((one.name, tuple(v.code for v in one.values)) for one in table.variables),
            tuple((one.name, one.variables) for one in table.multiples),
        )
        for table in tables.values()
    }
    if len(shapes) > 1:
        raise ValueError("the tables of all languages need the same variables, values and sets")


def _write_variable(
    above: etree._Element, one: Variable, versions: Mapping[str, Variable], place: str
) -> etree._Element:
    continuous = one.measure is Measure.SCALE and not one.values
    written = below(above, "var", ID=place, name=one.name)
    written.set("intrvl", "contin" if continuous else "discrete")
    written.set("nature", _NATURES[one.measure])
    if one.decimals:
        written.set("dcml", str(one.decimals))
    words_below(written, "labl", {code: said_in.label for code, said_in in versions.items()})
    if one.question:
        asked = {code: said_in.question for code, said_in in versions.items()}
        words_below(below(written, "qstn"), "qstnLit", asked)
    if one.missing:
        ranges = below(written, "invalrng")
        for low, high in one.missing:
            if low == high:
                below(ranges, "item", VALUE=low)
            else:
                below(ranges, "range", min=low, max=high)
    for rank, value in enumerate(one.values):
        category = below(written, "catgry", **({"missing": "Y"} if value.missing else {}))
        below(category, "catValu", value.code)
        labels = {code: said_in.values[rank].label for code, said_in in versions.items()}
        words_below(category, "labl", labels)
    kind = "numeric" if one.content is Content.NUMBER else "character"
    shape = below(written, "varFormat", type=kind)
    if one.content in _DATED:
        shape.set("category", _DATED[one.content])
        shape.set("formatname", one.content.value)
    return written


def read_ddi(path: Path, language: str = "") -> tuple[Described, Labelled]:
    """Read the structure that a DDI-Codebook describes, of version 1.2 to 2.5; no answer.

    In ``language`` where the file has it (``en``), else in the file's own language. What is left
    in the file is what :func:`unread_ddi` tells.

    Raises:
        FormatRefused: no XML, hostile, or no DDI-Codebook.
    """
    root = document(read_bytes(path))
    if etree.QName(root).localname != "codeBook":
        raise FormatRefused(
            phrase("Ce fichier n’est pas une description DDI-Codebook."),
            phrase("Exportez la description de l’étude en « DDI-Codebook 2.5 »."),
        )
    named = ("stdyDscr", "citation", "titlStmt")
    translated = said(root, *named, "parTitl", language=language) if language else ""
    described = Described(
        identifier=said(root, *named, "IDNo"),
        title=translated or said(root, *named, "titl"),
        abstract=said(root, "stdyDscr", "stdyInfo", "abstract", language=language),
        producer=said(root, "stdyDscr", "citation", "prodStmt", "producer"),
        language=str(root.get(LANGUAGE, "fr")),
    )
    found = distinct_names(root)
    variables = tuple(_variable(one, name, language) for one, name in found)
    names = {str(one.get("ID", "")): name for one, name in found}
    return described, Labelled(
        title=described.title,
        variables=variables,
        multiples=tuple(_groups(root, names, language)),
    )


def _variable(one: etree._Element, name: str, language: str) -> Variable:
    values = tuple(
        Value(
            said(category, "catValu"),
            said(category, "labl", language=language),
            category.get("missing", "") == "Y",
        )
        for category in children(one, "catgry")
        if said(category, "catValu")
    )
    nature = {told: measure for measure, told in _NATURES.items()} | {"ratio": Measure.SCALE}
    guessed = Measure.NOMINAL if values else Measure.SCALE
    decimals = str(one.get("dcml", ""))
    return Variable(
        name=name,
        label=said(one, "labl", language=language),
        content=_content(one),
        values=values,
        measure=nature.get(str(one.get("nature", "")), guessed),
        missing=tuple(_missing(one)),
        question=said(one, "qstn", "qstnLit", language=language),
        decimals=int(decimals) if decimals.isdecimal() and len(decimals) < 3 else 0,
    )


def _missing(one: etree._Element) -> Iterator[tuple[str, str]]:
    for ranges in children(one, "invalrng"):
        for span in ranges:
            value = str(span.get("VALUE", ""))
            yield str(span.get("min", value)), str(span.get("max", value))


def _content(one: etree._Element) -> Content:
    shape = next(iter(children(one, "varFormat")), None)
    if shape is None or shape.get("type", "numeric") == "numeric":
        return Content.NUMBER
    named = str(shape.get("formatname", ""))
    if shape.get("category") in {"date", "time"}:
        return Content(named) if named in {*Content} else Content(str(shape.get("category")))
    return Content.TEXT


def _groups(root: etree._Element, names: Mapping[str, str], language: str) -> Iterator[Multiple]:
    for group in root.iter("{*}varGrp"):
        kept = tuple(names[one] for one in str(group.get("var", "")).split() if one in names)
        if group.get("type") == "multipleResp" and kept:
            counted = said(group, "txt").removeprefix(_COUNTED.strip()).strip()
            name = str(group.get("name") or group.get("ID") or "groupe")
            label = said(group, "labl", language=language)
            yield Multiple(name, label, kept, counted or "1")
