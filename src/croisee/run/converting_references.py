"""``croisee convert`` for references: BibTeX and CSL-JSON, in both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from croisee.formats import FormatRefused, read_text
from croisee.formats.references import CitedWork, bibtex_of, csl_of, read_bibtex, read_csl
from croisee.language import Phrase, phrase, phrases
from croisee.text import Notice

_SHOWN = 20


def is_references(source: Path, result: Path) -> bool:
    """Return whether references are given or asked: a ``.bib`` on either side."""
    return source.is_file() and ".bib" in {source.suffix.lower(), result.suffix.lower()}


def convert_references(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    """Write references in the other format; what it says otherwise, read again, comes second.

    Raises:
        FormatRefused: they cannot be read, or another format is asked.
    """
    asked = (source.suffix.lower(), result.suffix.lower())
    if asked == (".bib", ".json"):
        works, notices = read_bibtex(read_text(source))
        text = csl_of(works)
        again, _ = read_csl(text)
    elif asked == (".json", ".bib"):
        works, notices = read_csl(read_text(source))
        text = bibtex_of(works)
        again, _ = read_bibtex(text)
    else:
        raise FormatRefused(
            phrase("Des références se convertissent entre .bib (BibTeX) et .json (CSL-JSON)."),
            phrase("Donnez un nom qui finit ainsi."),
        )
    result.write_text(text, encoding="utf-8", newline="\n")
    said = phrases("{n} référence.", "{n} références.", len(works))
    return said, (*notices, *_kept_aside(works, asked[1]), *_changed(works, again))


def _kept_aside(works: Sequence[CitedWork], ending: str) -> tuple[Notice, ...]:
    names = Counter(name for one in works for name in one.extra)
    if not names or ending != ".json":
        return ()
    listed = ", ".join(f"{name} ({count})" for name, count in names.most_common(_SHOWN))
    return (
        Notice(
            phrase("CSL n’a pas de nom pour ces champs, mis à part dans « custom » : {names}.",
                   names=listed),
            phrase("Une conversion de retour les reprend ; les autres logiciels les ignorent."),
        ),
    )  # fmt: skip


def _changed(works: Sequence[CitedWork], again: Sequence[CitedWork]) -> tuple[Notice, ...]:
    """Return what the written file, read again, says otherwise."""
    keep = phrase("Gardez le fichier de départ.")
    if len(works) != len(again):
        said = phrases(
            "{n} référence ne se relit pas.",
            "{n} références ne se relisent pas.",
            abs(len(works) - len(again)),
        )
        return (Notice(said, keep),)
    found: Counter[str] = Counter()
    for one, other in zip(works, again, strict=True):
        for name in (each.name for each in fields(CitedWork) if each.name != "entry"):
            here, there = getattr(one, name), getattr(other, name)
            if not isinstance(here, dict):
                found[_PLACES.get(name, name)] += here != there
                continue
            for part in sorted(here.keys() | there.keys()):
                found[part] += here.get(part) != there.get(part)
    names = ", ".join(f"{name} ({count})" for name, count in found.most_common(_SHOWN) if count)
    return (
        (Notice(phrase("Ceci ne se relit pas pareil : {names}.", names=names), keep),)
        if names
        else ()
    )


_PLACES = {"key": "id", "kind": "type"}
