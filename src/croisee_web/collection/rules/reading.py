"""What a filled form says, read against the version it was filled in.

What is not of the kind its question asks for, or what the form does not know, stays in the
filled form as it was sent; it does not enter the answers, and the team is told by a flag. Where
answers are anonymous, what the form does not know is not kept: it may say who, when, or where.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from lxml import etree

from croisee.questionnaire.answers import Fault, faults_of
from croisee.questionnaire.codebook import Answer, Line, answers_of
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import Kind, Node
from croisee.questionnaire.sheet import Prepared, path_of, plain
from croisee.questionnaire.submission import OPENROSA, Received, filling_of
from croisee.questionnaire.xform import parsed_xml
from croisee_web.collection.rules.filled import composed
from croisee_web.collection.vocabulary import Flag

LONGEST_ID = 150
_CHANCE = np.random.default_rng()
"""For what a form draws: one for the process, which numpy locks."""
_OF_A_MOMENT = frozenset({"now", "today", "random", "uuid"})
"""Calculations that would say when, or on which device, a form was filled."""
_TRACES = frozenset(
    {"instanceID", "deprecatedID", "timeStart", "timeEnd", "userID", "deviceID", "audit"}
)
"""Elements of ``meta`` that lead to a moment or a device (OpenRosa Metadata Schema 1.0)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A filled form, read.

    ``content`` is what is kept of it, ``digest`` what tells it from another; ``files`` are the
    names it gives to its files, as they are kept, by the name sent. ``faults``: what is not right,
    question by question.
    """

    instance_id: str
    hashed_id: str
    replaces: str
    content: bytes
    digest: str
    answers: dict[str, Answer]
    files: Mapping[str, str]
    flags: tuple[str, ...]
    faults: tuple[Fault, ...]
    values: Mapping[str, str]


def keyed(salt: str, said: str | bytes) -> str:
    """Return the digest of an identifier under a collection's salt, in hexadecimal."""
    message = said.encode() if isinstance(said, str) else said
    return hmac.digest(bytes.fromhex(salt), message, "sha256").hex()


def read_filled(
    content: bytes,
    received: Received,
    prepared: Prepared,
    lines: tuple[Line, ...],
    *,
    at: datetime,
    salt: str,
    anonymous: bool,
) -> Reading:
    """Return what a filled form says.

    A form that gives no number of its own is known by its content: sent again, it is the same.
    In an anonymous collection, what is kept of it leads to no moment, no device, no sending.
    """
    filling = filling_of(received, prepared, at=at, chance=_CHANCE)
    faults = tuple(faults_of(filling))
    files = _file_names(received, anonymous, salt)
    kept = without_traces(content, prepared, files) if anonymous else content
    own = received.instance_id or f"sha256:{hashlib.sha256(content).hexdigest()}"
    hashed, corrected = keyed(salt, own), received.deprecated_id
    return Reading(
        instance_id=hashed if anonymous else _bounded(own),
        hashed_id=hashed,
        replaces=keyed(salt, corrected) if anonymous and corrected else _bounded(corrected),
        content=kept,
        digest=keyed(salt, kept) if anonymous else hashlib.sha256(kept).hexdigest(),
        answers=_answers(filling, faults, lines, files),
        files=files,
        flags=_flags(filling, faults),
        faults=faults,
        values=received.values,
    )


def _bounded(identifier: str) -> str:
    if len(identifier) <= LONGEST_ID and identifier.isprintable():
        return identifier
    return f"sha256:{hashlib.sha256(identifier.encode()).hexdigest()}"


def _file_names(received: Received, anonymous: bool, salt: str) -> dict[str, str]:
    """Return the names of the files a form speaks of, each with the name it is kept under.

    A telephone names a photograph by the moment it was taken: no such name is kept where
    answers are anonymous.
    """
    named = dict.fromkeys(composed(name) for name in received.files if composed(name))
    return {name: neutral_name(name, salt) if anonymous else name for name in named}


def neutral_name(name: str, salt: str) -> str:
    """Return a name that says nothing but the kind of the file."""
    ending = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    return f"fichier-{keyed(salt, name)[:24]}{ending[0].lower() if ending else ''}"


def _flags(filling: Filling, faults: tuple[Fault, ...]) -> tuple[str, ...]:
    found = set()
    if any("/meta/" not in address for address in filling.unread):
        found.add(Flag.UNKNOWN)
    for fault in faults:
        if not filling.value(fault.address):
            found.add(Flag.INCOMPLETE)
        else:
            found.add(Flag.UNFIT)
    return tuple(sorted(flag.value for flag in found))


def _answers(
    filling: Filling,
    faults: tuple[Fault, ...],
    lines: tuple[Line, ...],
    files: Mapping[str, str],
) -> dict[str, Answer]:
    """Return the answers that their questions can hold; a file is named as it is kept."""
    misread = {fault.address for fault in faults if fault.misread}
    if misread:
        paths = {one.node.path for one in filling.asked_places() if one.address in misread}
        lines = tuple(line for line in lines if line.path not in paths)
    found = answers_of(filling, lines)
    for line in lines:
        if line.kind is Kind.FILE and isinstance(name := found.get(line.code), str):
            found[line.code] = files.get(composed(name), name)
    return found


def without_traces(content: bytes, prepared: Prepared, files: Mapping[str, str]) -> bytes:
    """Return a filled form that leads to no moment, no device and no sending.

    ``files``: the names that its files are kept under, by the name sent.
    """
    root = plain(parsed_xml(content))
    for key in root.attrib:
        if key not in {"id", "version"}:
            del root.attrib[key]
    known = {path_of(one) for one in prepared.instance.iter()}
    for element in list(root.iter()):
        node = prepared.nodes.get(path_of(element))
        above = element.getparent()
        in_meta = above is not None and above.tag == "meta"
        if element is not root:
            element.attrib.clear()
        if not in_meta and path_of(element) not in known:
            element.clear()
        elif (in_meta and element.tag in _TRACES) or (node is not None and _tells_when(node)):
            element.text = None
        elif node is not None and node.kind is Kind.FILE and element.text:
            element.text = files.get(composed(element.text), element.text)
    meta = root.find("meta")
    for element in meta.iter() if meta is not None else ():
        element.tag = f"{{{OPENROSA}}}{element.tag}"
    etree.cleanup_namespaces(root, top_nsmap={"orx": OPENROSA})
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _tells_when(node: Node) -> bool:
    if node.preload:
        return True
    return node.calculate is not None and bool(_OF_A_MOMENT & node.calculate.functions)
