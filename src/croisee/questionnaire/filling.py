"""Filling a form: what is asked now, and what an answer changes.

Source: ODK XForms Specification, « Bindings » and « Secondary Instances ».
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np
from lxml import etree

from croisee.questionnaire.expressions import NAMESPACE, PREFIX, Expression
from croisee.questionnaire.form import CHOSEN, Choices, Kind, Node, Words
from croisee.questionnaire.functions import EXTENSIONS
from croisee.questionnaire.sheet import MAX_REPEATS, Place, Prepared, Sheet
from croisee.questionnaire.values import AROUND, Surroundings, boolean, number, text

MAX_TURNS = 50
"""Passes after which calculations that still move are a circle; compiling refuses them."""
BLOCKS = frozenset({"field-list", "croisee-budget", "croisee-position", "croisee-consent"})
"""Appearances of a group that is asked on one page."""

Paths = set[str]
Elements = set[etree._Element]


@lru_cache(maxsize=20_000)
def _compiled(xpath: str) -> etree.XPath:
    return etree.XPath(
        xpath, namespaces={PREFIX: NAMESPACE}, extensions=EXTENSIONS, smart_strings=False
    )


class Filling:
    """One answer sheet being filled.

    Values are texts, as a submission holds them: codes apart by spaces, ISO dates, a point in
    decimals. What is not asked any more keeps its value here, reads as empty in expressions,
    and is left out of the submission.

    Args:
        prepared: the form.
        at: now, aware, in the study's zone.
        chance: for ``uuid()`` and ``random()``.
        values: what was answered before, by address; what has no place is in ``unread``.
        language: of labels and choices; one of the form's.
    """

    def __init__(
        self,
        prepared: Prepared,
        *,
        at: datetime,
        chance: np.random.Generator,
        values: Mapping[str, str] | None = None,
        language: str = "",
    ) -> None:
        self.form = prepared.form
        self.language = language or prepared.form.languages[0]
        self.sheet = Sheet(prepared)
        self._hidden: Elements = set()
        self._possible: Elements = set()
        self._around = Surroundings(
            at=at,
            sheet=self.sheet.root,
            instances=dict(prepared.lists),
            chance=chance,
            choice_label=self._choice_label,
            words=lambda key: self.say(prepared.texts.get(key, Words())),
            version=prepared.form.version,
            language=self.language,
        )
        values = values or {}
        for one in self.sheet.places:
            if one.node.preload and one.address not in values:
                self._preload(one)
        self.unread = tuple(
            address for address, value in values.items() if not self.sheet.restore(address, value)
        )
        for one in self.sheet.places:
            self._show(one, hidden=False)
        if prepared.watched or not prepared.order:  # else nothing waits for anything
            self._settle()

    def asked(self, address: str) -> bool:
        """Return whether a node is relevant now, and everything above it."""
        return self.is_asked(self.sheet.place(address).element)

    def is_asked(self, element: etree._Element) -> bool:
        """Return whether an element of the sheet is relevant now."""
        return element not in self._hidden

    def value(self, address: str) -> str:
        """Return what was answered, even where it is not asked any more."""
        return self.sheet.kept.get(self.sheet.place(address).element, "")

    def values(self) -> dict[str, str]:
        """Return every value that is not empty, by address: ``Filling(values=…)`` takes them."""
        kept = ((one.address, self.sheet.kept.get(one.element)) for one in self.sheet.places)
        return {address: value for address, value in kept if value}

    def asked_places(self) -> list[Place]:
        """Return what is relevant now, in order, hidden values and groups included."""
        return [one for one in self.sheet.places if one.element not in self._hidden]

    def steps(self) -> list[tuple[Place, ...]]:
        """Return the pages to show now: one question each, or a group asked on one page.

        The first place of a page of several is its group.
        """
        found: list[tuple[Place, ...]] = []
        block = ""
        for one in self.asked_places():
            if one.node.kind is Kind.CALCULATED:
                continue
            container = one.node.kind in {Kind.GROUP, Kind.REPEAT}
            if block and one.address.startswith(f"{block}/"):
                found[-1] = found[-1] if container else (*found[-1], one)
                continue
            block = one.address if container and BLOCKS & set(one.node.appearance) else ""
            if block or not container:
                found.append((one,))
        return [step for step in found if len(step) > 1 or step[0].node.kind not in _CONTAINERS]

    def choices(self, address: str) -> list[tuple[str, str]]:
        """Return (code, label) of what may be chosen now, in order."""
        one = self.sheet.place(address)
        return list(self._choices(one.node.choices, one.element))

    def codes(self, address: str) -> frozenset[str]:
        """Return the codes of what may be chosen now."""
        one = self.sheet.place(address)
        always = self.sheet.prepared.codes.get(one.node.path)
        if always is not None:
            return always
        return frozenset(code for code, _words in self._items(one.node.choices, one.element))

    def label(self, address: str) -> str:
        """Return the label of a node, in the reader's language."""
        one = self.sheet.place(address)
        return self.say(one.node.label, one.element)

    def say(self, words: Words, element: etree._Element | None = None) -> str:
        """Return a text of the form in the reader's language, its values computed."""
        at = self.sheet.root if element is None else element
        return "".join(
            text(self.evaluate(piece, at)) if isinstance(piece, Expression) else piece
            for piece in words.pieces(self.language)
        )

    def set(self, address: str, value: str) -> None:
        """Write an answer; ``""`` takes it away. Everything that depends on it follows.

        Raises:
            KeyError: nothing at this address.
        """
        self.set_many({address: value})

    def set_many(self, values: Mapping[str, str]) -> None:
        """Write the answers of one page at once. Raises :class:`KeyError`."""
        places = [(self.sheet.place(address), value) for address, value in values.items()]
        self._possible -= {one.element for one, _ in places}
        for one, value in places:
            self.sheet.kept[one.element] = value
        self._settle({one.node.path for one, _ in places})

    def add_repeat(self, path: str) -> bool:
        """Ask a repeat once more; ``False`` when it has been 500 times."""
        added = self.sheet.add(path)
        self._settle()
        return added

    def remove_repeat(self, address: str) -> None:
        """Take one time of a repeat away, with its answers. Raises :class:`KeyError`."""
        self.sheet.remove(self.sheet.place(address).element)
        self._settle()

    def evaluate(self, expression: Expression, element: etree._Element) -> Any:
        """Return what an expression gives where it stands; ``""`` where it cannot be computed."""
        token, current = AROUND.set(self._around), self._around.current
        self._around.current = element
        try:
            return _compiled(expression.xpath)(element)
        except etree.XPathError:
            return ""
        finally:
            self._around.current = current
            AROUND.reset(token)

    def holds(self, expression: Expression | None, element: etree._Element) -> bool:
        """Return whether a condition is true where it stands; no condition is true."""
        return expression is None or boolean(self.evaluate(expression, element))

    def _choices(self, found: Choices, element: etree._Element) -> Iterator[tuple[str, str]]:
        for code, words in self._items(found, element):
            yield code, self.say(words, element) or code

    def _items(self, found: Choices, element: etree._Element) -> Iterator[tuple[str, Words]]:
        if found.items is None:
            for choice in found.fixed:
                yield choice.code, choice.label
            return
        listed = self.evaluate(found.items, element)
        for item in listed if isinstance(listed, list) else []:
            if isinstance(item, etree._Element):
                shown, code = item.findtext(found.label) or "", item.findtext(found.code) or ""
                if found.keyed:
                    yield code, self.sheet.prepared.texts.get(shown, Words())
                else:
                    yield code, Words(((self.form.languages[0], (shown,)),))

    def every_choice(self, path: str) -> list[tuple[str, Words]]:
        """Return (code, label in every language) of every choice of a question, shown or not."""
        node = self.sheet.prepared.nodes.get(path)
        return list(self._items(_unfiltered(node.choices), self.sheet.root)) if node else []

    def _choice_label(self, path: str, code: str) -> str:
        return self.say(dict(self.every_choice(path)).get(code, Words()))

    def _preload(self, one: Place) -> None:
        moments: dict[str, Callable[[], str]] = {
            "uid": lambda: f"uuid:{UUID(bytes=self._around.chance.bytes(16), version=4)}",
            "timestamp": lambda: self._around.at.isoformat(timespec="milliseconds"),
            "date": lambda: self._around.at.date().isoformat(),
        }
        if one.node.preload in moments:
            self.sheet.kept[one.element] = moments[one.node.preload]()

    def _settle(self, moved: Paths | None = None) -> None:
        """Compute until nothing moves: conditions, repeats counted by the form, calculations.

        ``moved`` are the paths whose answers changed; without them everything is computed.
        """
        for _ in range(MAX_TURNS):
            moved = self._turn(moved)
            if self._count_repeats():
                moved = None
            elif not moved:
                return

    def _turn(self, before: Paths | None) -> Paths:
        """Compute once, in order, what may have moved; return the paths that did."""
        moved: Paths = set()
        flipped: Elements = set()
        for one in self.sheet.places:
            if before is not None and not self._concerned(one, before, moved, flipped):
                continue
            hidden = self._hide(one)
            if hidden != (one.element in self._hidden):
                (self._hidden.add if hidden else self._hidden.discard)(one.element)
                flipped.add(one.element)
                moved.add(one.node.path)
            if not hidden:
                self._compute(one)
                self._keep_what_is_offered(one)
            if self._show(one, hidden=hidden):
                moved |= _with_what_is_above(one.node.path)
        return moved

    def _concerned(self, one: Place, before: Paths, moved: Paths, flipped: Elements) -> bool:
        """Return whether a place may move: its own answer, what it reads, or what it stands in."""
        path = one.node.path
        if path in before:
            return True
        if path in self.sheet.prepared.watched:
            read = self.sheet.prepared.watched[path]
            if read is None or not read.isdisjoint(before) or not read.isdisjoint(moved):
                return True
        return bool(flipped) and one.element.getparent() in flipped

    def _show(self, one: Place, *, hidden: bool) -> bool:
        """Write in the sheet what expressions read; return whether it is something else."""
        shown = "" if hidden else self.sheet.kept.get(one.element, "")
        if len(one.element) or (one.element.text or "") == shown:
            return False
        one.element.text = shown or None
        return True

    def _hide(self, one: Place) -> bool:
        above = one.element.getparent()
        if above is not None and above in self._hidden:
            return True
        return not self.holds(one.node.relevant, one.element)

    def _compute(self, one: Place) -> None:
        if one.node.calculate is None:
            return
        value = self.evaluate(one.node.calculate, one.element)
        none = isinstance(value, float) and math.isnan(value)
        self.sheet.kept[one.element] = "" if none else text(value)

    def _keep_what_is_offered(self, one: Place) -> None:
        """Take away a choice that was possible until another answer, as ODK's engines do.

        A choice that was never possible is left for ``fault_of`` to say.
        """
        value = self.sheet.kept.get(one.element)
        if not value or one.node.kind not in CHOSEN or one.node.path in self.sheet.prepared.codes:
            return
        chosen, offered = value.split(), self.codes(one.address)
        if offered.issuperset(chosen):
            self._possible.add(one.element)
        elif one.element in self._possible:
            self.sheet.kept[one.element] = " ".join(code for code in chosen if code in offered)

    def _count_repeats(self) -> bool:
        moved = False
        for path in self.sheet.templates:
            node = self.sheet.prepared.nodes[path]
            for parent in self.sheet.parents(path) if node.count is not None else []:
                assert node.count is not None
                moved = self._fit(node, parent, self._count_beside(node.count, parent)) or moved
        return moved

    def _count_beside(self, count: Expression, parent: etree._Element) -> Any:
        """Return what counts a repeat here: its paths start from it, be it there or not yet."""
        standing_for_it = etree.SubElement(parent, "_")
        try:
            return self.evaluate(count, standing_for_it)
        finally:
            parent.remove(standing_for_it)

    def _fit(self, node: Node, parent: etree._Element, wanted: Any) -> bool:
        """Give a repeat as many times as its count says; return whether it had not as many.

        A count that is not said, or not asked, takes nothing away.
        """
        found, times = number(wanted), self.sheet.times(node.path, parent)
        goal = len(times) if math.isnan(found) else int(max(0, min(found, MAX_REPEATS)))
        for extra in times[goal:]:
            self.sheet.remove(extra)
        for _ in range(goal - len(times)):
            self.sheet.add(node.path, self.sheet.root.getroottree().getpath(parent))
        return goal != len(times)


def _with_what_is_above(path: str) -> set[str]:
    """Return a path and those of its groups: their value is that of all they hold."""
    steps = path.split("/")
    return {"/".join(steps[:end]) for end in range(2, len(steps) + 1)}


_CONTAINERS = frozenset({Kind.GROUP, Kind.REPEAT})


def _unfiltered(choices: Choices) -> Choices:
    """Return choices without their filter: a label does not depend on what is shown now."""
    if choices.items is None:
        return choices
    bare = choices.items.xpath.partition("[")[0]
    return replace(choices, items=replace(choices.items, xpath=bare))
