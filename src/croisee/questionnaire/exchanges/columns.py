"""Which question the column of an export answers.

Exports name columns by the question's path (``groupe/question``), its name alone, or its
label; choices in columns of their own add the choice's code or label. Signs between the parts
differ (``/ - . : [ ] __``): they all read the same here, once exact names found nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import CHOSEN, Kind, Node, Words
from croisee.questionnaire.sheet import Prepared
from croisee.text import fold

_SIGNS = re.compile(r"[\W_]+")
_PLACE = re.compile(r"\[([0-9]{1,3})\](?=/)")
_CONTAINERS = frozenset({Kind.GROUP, Kind.REPEAT})


@dataclass(frozen=True, slots=True)
class Target:
    """What a column answers: a question, or one choice of it, or one rank of its ranking."""

    node: Node
    option: str = ""
    rank: int = 0
    places: tuple[int, ...] = ()
    """Which time of each repeat above, where the column's name says it (``enfants[2]/nom``)."""


def key_of(name: str) -> str:
    """Return a column's name without what exports write differently.

    Example:
        >>> [key_of(name) for name in ("Q1[SQ001]", "groupe/q-1", "Âge ", "q__a")]
        ['q1_sq001', 'groupe_q_1', 'age', 'q_a']
    """
    return _SIGNS.sub("_", fold(name)).strip("_")


def same_text(text: str) -> str:
    """Return what two writings of one label share: case, accents and spaces aside."""
    return " ".join(fold(text).split())


class Columns:
    """The questions of a form, found by what exports call them.

    Args:
        empty: a filling of the form; nothing needs to be answered in it.
        ranks_by_place: ``q[1]`` is what came first (LimeSurvey), not the rank of choice ``1``.
    """

    def __init__(self, empty: Filling, *, ranks_by_place: bool = False) -> None:
        self._empty = empty
        self._by_place = ranks_by_place
        self.form: Prepared = empty.sheet.prepared
        self.questions = tuple(
            node for node in self.form.form.walk() if node.kind not in _CONTAINERS
        )

    def codes(self, node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return (code, label in each language) of a question's choices."""
        return self._choices.get(node.path, ())

    def find(self, name: str) -> Target | None:
        """Return what a column answers; ``None`` if nothing, or if two questions could be meant."""
        bare = _PLACE.sub("", name.strip())
        places = tuple(map(int, _PLACE.findall(name)))
        for tier in self._tiers:
            found = tier.get(bare) or tier.get(key_of(bare)) or []
            if len(found) == 1:
                target = found[0]
                return Target(target.node, target.option, target.rank, places)
            if found:
                return None
        return None

    @cached_property
    def _choices(self) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
        return {
            node.path: tuple(
                (code, tuple(_texts(words)))
                for code, words in dict(self._empty.every_choice(node.path)).items()
            )
            for node in self.questions
            if node.kind in CHOSEN
        }

    @cached_property
    def _tiers(self) -> tuple[dict[str, list[Target]], ...]:
        """Return what names mean, the surest first; a name in two questions means neither."""
        exact: dict[str, list[Target]] = {}
        paths: dict[str, list[Target]] = {}
        names: dict[str, list[Target]] = {}
        labels: dict[str, list[Target]] = {}
        for node in self.questions:
            below = _below(node.path)
            for option in self._parts(node):
                _add(exact, [f"{below}/{part}" if part else below for part in option[0]], option[1])
                _add(paths, [key_of(f"{below}/{part}") for part in option[0]], option[1])
                _add(names, [key_of(f"{node.name}/{part}") for part in option[0]], option[1])
                for label in _texts(node.label):
                    _add(labels, [key_of(f"{label}/{part}") for part in option[2]], option[1])
        return exact, paths, names, labels

    def _parts(self, node: Node) -> Iterator[tuple[list[str], Target, list[str]]]:
        """Yield (what follows the question's name, target, what follows its label)."""
        yield [""], Target(node), [""]
        if node.kind not in {Kind.MULTIPLE, Kind.RANKING}:
            return
        if node.kind is Kind.RANKING and self._by_place:
            for rank in range(1, len(self.codes(node)) + 1):
                yield [str(rank)], Target(node, rank=rank), [str(rank)]
            return
        for code, labels in self.codes(node):
            yield [code], Target(node, option=code), [code, *labels]


def _add(tier: dict[str, list[Target]], names: Iterable[str], target: Target) -> None:
    for name in dict.fromkeys(names):
        kept = tier.setdefault(name, [])
        if target not in kept:
            kept.append(target)


def _below(path: str) -> str:
    return path.strip("/").partition("/")[2]


def _texts(words: Words) -> Iterator[str]:
    for _, pieces in words.by_language:
        text = " ".join("".join(one for one in pieces if isinstance(one, str)).split())
        if text:
            yield text
