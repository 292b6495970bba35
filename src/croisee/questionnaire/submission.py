"""A filled form as XML, as ODK Collect and Enketo send it; and such XML read again.

Source: OpenRosa Metadata Schema 1.0; ODK XForms Specification, « Primary Instance ».
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from lxml import etree

from croisee.questionnaire.filling import Filling
from croisee.questionnaire.sheet import Prepared
from croisee.questionnaire.xform import parsed_xml

OPENROSA = "http://openrosa.org/xforms"


@dataclass(frozen=True, slots=True)
class Received:
    """What a submission says of itself, before its answers are believed.

    ``instance_id`` is ``uuid:…`` or whatever the client gave, ``""`` where it gave none;
    ``deprecated_id`` is the submission that this one corrects; ``files`` are the names of the
    attachments it speaks of; ``values`` the answers by address; ``root`` the name of its root.
    """

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    values: dict[str, str]
    files: tuple[str, ...] = ()
    root: str = ""


def submission_of(filling: Filling) -> bytes:
    """Return a filling as the XML of a submission: what is asked, and nothing else.

    The root has the form's identifier and version; ``meta`` is in OpenRosa's namespace. The
    same answers give the same bytes.
    """
    root = _kept(filling.sheet.root, filling)
    root.set("id", filling.form.identifier)
    if filling.form.version:
        root.set("version", filling.form.version)
    meta = root.find("meta")
    if meta is None:
        meta = etree.SubElement(root, "meta")
    for element in meta.iter():
        element.tag = f"{{{OPENROSA}}}{element.tag}"
    etree.cleanup_namespaces(root, top_nsmap={"orx": OPENROSA})
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _kept(element: etree._Element, filling: Filling) -> etree._Element:
    copied = etree.Element(element.tag)
    copied.text = element.text
    for one in element:
        if filling.is_asked(one):
            copied.append(_kept(one, filling))
    return copied


def read_submission(content: bytes, prepared: Prepared | None = None) -> Received:
    """Read the XML of a submission, whoever wrote it. Namespaces are ignored.

    With the form, ``files`` has the names given to its file questions.

    Raises:
        FormatRefused: not XML, hostile, or larger than 20 MB.
    """
    root = parsed_xml(content)
    said = {_local(name): str(value) for name, value in root.attrib.items()}
    received = Received(
        form_id=said.get("id", ""),
        version=said.get("version", ""),
        instance_id=(_in_meta(root, "instanceID") or said.get("instanceID", "")).strip(),
        deprecated_id=_in_meta(root, "deprecatedID").strip(),
        values=dict(_values(root, f"/{_local(root.tag)}")),
        root=_local(root.tag),
    )
    return received if prepared is None else with_files(received, prepared)


def _local(name: str | bytes | bytearray | etree.QName) -> str:
    return str(name).rpartition("}")[2]


def _in_meta(root: etree._Element, name: str) -> str:
    """Return the first text of this name in ``meta``, ``""`` when there is none."""
    for meta in root:
        for one in meta if _local(meta.tag) == "meta" else ():
            if _local(one.tag) == name:
                return one.text or ""
    return ""


def _values(element: etree._Element, address: str) -> Iterator[tuple[str, str]]:
    """Yield the address and the text of each leaf that has one, as XPath names it."""
    if not len(element):
        text = (element.text or "").strip()
        if text:
            yield address, text
        return
    names = [str(one.tag).rpartition("}")[2] for one in element]
    several = Counter(names) if len(set(names)) < len(names) else {}
    met = Counter[str]()
    for one, name in zip(element, names, strict=True):
        place = ""
        if several.get(name, 1) > 1:
            met[name] += 1
            place = f"[{met[name]}]"
        yield from _values(one, f"{address}/{name}{place}")


def with_files(received: Received, prepared: Prepared) -> Received:
    """Return a submission with the names that it gives to its file questions."""
    if not prepared.files:
        return received
    files = (
        value
        for address, value in received.values.items()
        if _without_places(address) in prepared.files
    )
    return replace(received, files=tuple(files))


def filling_of(
    received: Received,
    prepared: Prepared,
    *,
    at: datetime,
    chance: np.random.Generator,
    language: str = "",
) -> Filling:
    """Return a received submission as a filling; ``unread`` has what the form does not know."""
    return Filling(prepared, at=at, chance=chance, values=received.values, language=language)


def _plain(element: etree._Element) -> etree._Element:
    copied = etree.Element(etree.QName(element).localname)
    for key, value in element.attrib.items():
        copied.set(etree.QName(key).localname, str(value))
    copied.text = element.text
    copied.extend(_plain(one) for one in element)
    return copied


def _without_places(address: str) -> str:
    return "/".join(step.partition("[")[0] for step in address.split("/"))


def same_submission(one: bytes, other: bytes) -> bool:
    """Return whether two submissions say the same thing, however they are written.

    Spaces around values, namespaces and the order of attributes do not count.
    """
    first, second = (_plain(parsed_xml(content)) for content in (one, other))
    return _canonical(first) == _canonical(second)


def _canonical(element: etree._Element) -> bytes:
    copied = deepcopy(element)
    for one in copied.iter():
        one.text = (one.text or "").strip() or None
        one.tail = None
    return etree.tostring(copied, method="c14n")
