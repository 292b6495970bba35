"""What a DDI-Codebook says and that a list of variables cannot: told line by line.

Cubes (``nCube``) are aggregate tables; counts and statistics are results. Neither is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from croisee.formats.bounds import read_bytes
from croisee.formats.ddi_words import children, said
from croisee.formats.xml import document
from croisee.language import Phrase, phrase, phrases
from croisee.text import Notice

_KEEP = phrase("Gardez le fichier de départ.")
_SHOWN = 100
"""How many cubes are named; a census has thousands, and the rest are counted."""


def unread_ddi(path: Path) -> tuple[Notice, ...]:
    """Return what :func:`croisee.formats.ddi.read_ddi` leaves in a file: nothing goes in silence.

    Raises:
        FormatRefused: no XML, or hostile.
    """
    root = document(read_bytes(path))
    return tuple(Notice(what, _KEEP, line) for what, line in _unread(root))


def _unread(root: etree._Element) -> Iterator[tuple[Phrase, int | None]]:
    yield from _renamed(root)
    yield from _cubes(root)
    counted = Counter(etree.QName(one).localname for one in root.iter("{*}*"))
    groups = sum(one.get("type") != "multipleResp" for one in root.iter("{*}varGrp"))
    results = counted["catStat"] + counted["sumStat"] + counted["TotlResp"]
    counts = (
        phrases(
            "{n} effectif ou statistique n’est pas repris.",
            "{n} effectifs ou statistiques ne sont pas repris.",
            results,
        ),
        phrases(
            "{n} groupe de variables n’est pas repris.",
            "{n} groupes de variables ne sont pas repris.",
            groups,
        ),
        phrases(
            "{n} regroupement de catégories n’est pas repris.",
            "{n} regroupements de catégories ne sont pas repris.",
            counted["catgryGrp"],
        ),
    )
    for told in counts:
        if told.count:
            yield told, None


def _renamed(root: etree._Element) -> Iterator[tuple[Phrase, int | None]]:
    for one, name in distinct_names(root):
        if name != one.get("name"):
            yield (
                phrase(
                    "La variable « {name} » est là plusieurs fois : celle-ci devient « {other} ».",
                    name=str(one.get("name")),
                    other=name,
                ),
                _line(one),
            )


def distinct_names(root: etree._Element) -> list[tuple[etree._Element, str]]:
    """Return each variable with a name of its own: two files of a study may share names."""
    found = [(one, str(one.get("name"))) for one in root.iter("{*}var") if one.get("name")]
    taken = {name for _, name in found}
    seen: set[str] = set()
    distinct = []
    for one, name in found:
        own, number = name, 1
        while own in seen or (number > 1 and own in taken):
            number += 1
            own = f"{name}_{number}"
        seen.add(own)
        distinct.append((one, own))
    return distinct


def _cubes(root: etree._Element) -> Iterator[tuple[Phrase, int | None]]:
    named = {str(one.get("ID", "")): name for one, name in distinct_names(root)}
    cubes = list(root.iter("{*}nCube"))
    for one in cubes[:_SHOWN]:
        told = said(one, "labl") or str(one.get("name") or one.get("ID") or "nCube")
        places = [str(each.get("varRef", "")) for each in children(one, "dmns")]
        yield (
            phrase(
                "Le cube « {cube} » ({dimensions}) n’est pas repris : c’est un tableau agrégé.",
                cube=told,
                dimensions=" × ".join(named.get(place, place) for place in places) or "?",
            ),
            _line(one),
        )
    if len(cubes) > _SHOWN:
        left = len(cubes) - _SHOWN
        yield (
            phrases("Ni {n} autre cube.", "Ni {n} autres cubes.", left),
            _line(cubes[_SHOWN]),
        )


def _line(one: etree._Element) -> int | None:
    return getattr(one, "sourceline", None) or None
