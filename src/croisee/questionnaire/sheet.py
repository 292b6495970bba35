"""An answer sheet as a tree: repeats added and taken away, values kept by address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from croisee.questionnaire.form import Choices, Form, Kind, Node, Words
from croisee.questionnaire.xform import parsed_xml

MAX_REPEATS = 500
"""Times a repeat may be answered."""
_ABSOLUTE = re.compile(r"(?:/[\w.\-]+)+")
_WHOLE_LIST = re.compile(
    r"""instance\(\s*(['"])(?P<name>[^'"]*)\1\s*\)/(?P<path>\w[\w.\-]*(?:/\w[\w.\-]*)*)"""
)
"""A list of choices that nothing filters."""
_UNSTEADY = frozenset(
    {"current", "indexed-repeat", "instance", "last", "now", "position", "random", "randomize",
     "uuid"}
)  # fmt: skip
"""Functions whose value may change while no answer does."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A form ready to be filled many times: parsed once, shared, never changed.

    ``order`` has the address and the node of each element of ``instance``, in its order; it is
    empty where a repeat makes them move. ``watched`` has, for each node that thinks, the paths
    its expressions read, ``None`` where that cannot be told. ``files`` are the paths of the file
    questions; ``codes`` what may be chosen, by path, where no condition decides of it.
    """

    form: Form
    instance: etree._Element
    lists: Mapping[str, etree._Element]
    texts: Mapping[str, Words]
    nodes: Mapping[str, Node]
    order: tuple[tuple[str, Node | None], ...] = ()
    watched: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)


def prepare(form: Form) -> Prepared:
    """Return a form ready to be filled."""
    instance = plain(parsed_xml(form.instance))
    nodes = {node.path: node for node in form.walk()}
    moving = any(node.kind is Kind.REPEAT for node in nodes.values())
    document = etree.ElementTree(instance)
    lists = {name: _held(plain(parsed_xml(content))) for name, content in form.lists}
    codes = {path: _codes(node.choices, lists) for path, node in nodes.items()}
    return Prepared(
        form=form,
        instance=instance,
        lists=lists,
        texts=dict(form.texts),
        nodes=nodes,
        order=()
        if moving
        else tuple((document.getpath(one), nodes.get(path_of(one))) for one in instance.iter()),
        watched={
            path: _watched(node)
            for path, node in nodes.items()
            if node.relevant is not None or node.calculate is not None or codes[path] is None
        },
        files=frozenset(path for path, node in nodes.items() if node.kind is Kind.FILE),
        codes={path: found for path, found in codes.items() if found is not None},
    )


def _codes(choices: Choices, lists: Mapping[str, etree._Element]) -> frozenset[str] | None:
    """Return the codes of choices that are always the same ones, ``None`` for others."""
    if choices.items is None:
        return frozenset(choice.code for choice in choices.fixed)
    whole = _WHOLE_LIST.fullmatch(choices.items.source.strip())
    if whole is None or whole["name"] not in lists:
        return None
    items = lists[whole["name"]].iterfind(whole["path"])
    return frozenset(item.findtext(choices.code) or "" for item in items)


def _watched(node: Node) -> frozenset[str] | None:
    """Return the paths whose values decide of a node; ``None`` when it is not only that."""
    found: set[str] = set()
    for expression in (node.relevant, node.calculate):
        if expression is None:
            continue
        if expression.functions & _UNSTEADY:
            return None
        for path in expression.paths:
            if path != "." and not _ABSOLUTE.fullmatch(path):
                return None
            found.add(node.path if path == "." else path)
    offered = _watched_choices(node.choices)
    return None if offered is None else offered | found


def _watched_choices(choices: Choices) -> frozenset[str] | None:
    """Return the paths that decide of what is offered: a relative one is of the list's items."""
    if choices.items is None:
        return frozenset()
    if choices.items.functions & (_UNSTEADY - {"instance", "last", "position"}):
        return None
    return frozenset(path for path in choices.items.paths if _ABSOLUTE.fullmatch(path))


def _held(root: etree._Element) -> etree._Element:
    """Return the parent that ``instance('…')`` gives: paths go on with ``/root``."""
    parent = etree.Element("instance")
    parent.append(root)
    return parent


def plain(element: etree._Element) -> etree._Element:
    """Return a copy whose names have no namespace, as paths in forms ignore them."""
    copied = etree.Element(etree.QName(element).localname)
    for key, value in element.attrib.items():
        copied.set(etree.QName(key).localname, str(value))
    copied.text = element.text if element.text and element.text.strip() else None
    copied.extend(plain(one) for one in element)
    return copied


class Place(NamedTuple):
    """One node as it is met: a repeat gives one for each time. ``address`` is its XPath."""

    address: str
    node: Node
    element: etree._Element


class Sheet:
    """The tree of one answer sheet; ``kept`` has the value of each question, asked or not."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.root = deepcopy(prepared.instance)
        self.kept: dict[etree._Element, str] = {}
        self.templates: dict[str, etree._Element] = {}
        self._document = etree.ElementTree(self.root)
        self._take_templates()
        for element in self.root.iter():
            self._keep_default(element)
        self.places: tuple[Place, ...] = ()
        self._by_address: dict[str, Place] = {}
        self.look()

    def look(self) -> None:
        """Find again what the tree holds, after repeats came or went."""
        if self.prepared.order:
            known = zip(self.prepared.order, self.root.iter(), strict=True)
            self.places = tuple(
                Place(address, node, element) for (address, node), element in known if node
            )
        else:
            found = ((one, self.prepared.nodes.get(path_of(one))) for one in self.root.iter())
            self.places = tuple(
                Place(self._document.getpath(one), node, one) for one, node in found if node
            )
        self._by_address = {one.address: one for one in self.places}

    def place(self, address: str) -> Place:
        """Return one place. Raises :class:`KeyError`."""
        return self._by_address[address]

    def restore(self, address: str, value: str) -> bool:
        """Write a value kept from before, with the repeats it needs; whether it has a place."""
        turns = 0
        while address not in self._by_address and turns < MAX_REPEATS and self._grow(address):
            turns += 1
        if address not in self._by_address:
            return False
        self.kept[self._by_address[address].element] = value
        return True

    def _grow(self, address: str) -> bool:
        """Add one time to the first repeat of an address that has too few."""
        steps = address.strip("/").split("/")
        for end in range(2, len(steps) + 1):
            part = "/" + "/".join(steps[:end])
            if part in self._by_address or f"{part}[1]" in self._by_address:
                continue
            path = "/" + "/".join(step.partition("[")[0] for step in steps[:end])
            if path not in self.templates:
                continue
            return self.add(path, "/" + "/".join(steps[: end - 1]))
        return False

    def add(self, path: str, parent_address: str = "") -> bool:
        """Ask a repeat once more, under this parent or the last one there is."""
        template = self.templates[path]
        parents = [
            one
            for one in self.root.iter()
            if path_of(one) == path.rpartition("/")[0]
            and parent_address in {"", self._document.getpath(one)}
        ]
        times = self.times(path, parents[-1]) if parents else []
        if not parents or len(times) >= MAX_REPEATS:
            return False
        added = deepcopy(template)
        if times:
            times[-1].addnext(added)
        else:
            parents[-1].insert(self._rank(parents[-1], str(template.tag)), added)
        for element in added.iter():
            self._keep_default(element)
        self.look()
        return True

    def remove(self, element: etree._Element) -> None:
        """Take one time of a repeat away, with its answers."""
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
        self.look()

    def times(self, path: str, parent: etree._Element) -> list[etree._Element]:
        """Return the times a repeat is there under a parent."""
        tag = self.templates[path].tag
        return [one for one in parent if one.tag == tag]

    def parents(self, path: str) -> list[etree._Element]:
        """Return every element a repeat may stand in."""
        above = path.rpartition("/")[0]
        return [one for one in self.root.iter() if path_of(one) == above]

    def _take_templates(self) -> None:
        """Keep a copy of each repeat, and leave of it what is there before anybody answers.

        Innermost first: one that the form counts is not there at all, in an outer one either.
        """
        found: dict[str, etree._Element] = {}
        for element in [] if self.prepared.order else reversed(list(self.root.iter())):
            path = path_of(element)
            node = self.prepared.nodes.get(path)
            if node is None or node.kind is not Kind.REPEAT:
                continue
            parent, copied = element.getparent(), deepcopy(element)
            copied.attrib.pop("template", "")
            found[path] = copied
            assert parent is not None
            again = sum(1 for one in parent if one.tag == element.tag) > 1
            if node.count is not None or (again and element.get("template") is not None):
                parent.remove(element)
            else:
                element.attrib.pop("template", "")
        self.templates = dict(reversed(found.items()))

    def _keep_default(self, element: etree._Element) -> None:
        written = (element.text or "").strip()
        if written and not len(element):
            self.kept[element] = written

    def _rank(self, parent: etree._Element, tag: str) -> int:
        """Return where a repeat that has no time yet stands among its siblings."""
        model = next(
            (one for one in self.prepared.instance.iter() if path_of(one) == path_of(parent)), None
        )
        tags = [] if model is None else [str(one.tag) for one in model]
        before = set(tags[: tags.index(tag)]) if tag in tags else set()
        return max((rank for rank, one in enumerate(parent, 1) if one.tag in before), default=0)


def path_of(element: etree._Element) -> str:
    """Return the path of an element without its places in repeats."""
    return "/" + "/".join(reversed(list(_steps(element))))


def _steps(element: etree._Element) -> Iterator[str]:
    yield str(element.tag)
    for above in element.iterancestors():
        yield str(above.tag)
