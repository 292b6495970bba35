"""The tree of codes of a QualCoder project: categories, codes in them, codes under codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from croisee.formats.coded.qualcoder_tables import colour, key_of, number, said
from croisee.formats.coded.shapes import ProjectCode
from croisee.formats.sqlite_file import SqliteFile

_Node = tuple[str, int]
"""« cat » or « code », and its number."""


def codes_of(file: SqliteFile, *, fold: bool) -> tuple[tuple[ProjectCode, ...], dict[int, str]]:
    """Return the codes, each after its parent, and the key of each code by its number.

    A category is a code that marks nothing. What hangs on nothing, or on itself, is at the top.
    ``fold``: a category and the code of its name in it are one (so is a code that has children
    written: QualCoder 3 has no code under a code).
    """
    codes: dict[_Node, ProjectCode] = {}
    above: dict[_Node, _Node] = {}
    for cat, name, memo, parent in file.rows("code_cat", ("catid", "name", "memo", "supercatid")):
        node = "cat", number(cat)
        codes[node] = ProjectCode(
            key_of("category", node[1]), said(name), description=said(memo), codable=False
        )
        above[node] = "cat", number(parent)
    columns = ("cid", "name", "memo", "catid", "color", "supercid")
    keys: dict[int, str] = {}
    for cid, name, memo, cat, shade, parent in file.rows("code_name", columns):
        node, category = ("code", number(cid)), ("cat", number(cat))
        own = ProjectCode(key_of("code", node[1]), said(name), "", said(memo), colour(shade))
        if fold and category in codes and codes[category].name == own.name:
            codes[category] = own
        else:
            codes[node] = own
            above[node] = ("code", number(parent)) if number(parent) >= 0 else category
        keys[node[1]] = own.key
    return tuple(_in_order(codes, above)), keys


def _in_order(codes: dict[_Node, ProjectCode], above: dict[_Node, _Node]) -> Iterator[ProjectCode]:
    """Yield each parent, then its children; a ring is cut where it is first met."""
    children: dict[_Node | None, list[_Node]] = defaultdict(list)
    for node in codes:
        parent = above[node]
        children[parent if parent in codes else None].append(node)
    done: set[_Node] = set()
    for top in (*children[None], *codes):
        waiting: list[tuple[_Node, str]] = [(top, "")] if top not in done else []
        while waiting:
            node, parent_key = waiting.pop()
            if node in done:
                continue
            done.add(node)
            one = codes[node]
            yield ProjectCode(
                one.key, one.name, parent_key, one.description, one.colour, one.codable
            )
            waiting += [(child, one.key) for child in reversed(children[node])]
