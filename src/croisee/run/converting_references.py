"""``croisee convert`` for references: BibTeX and CSL-JSON, in both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from croisee.formats import FormatRefused, read_text
from croisee.formats.references import (
    CitedWork,
    Contributor,
    bibtex_of,
    csl_of,
    read_bibtex,
    read_csl,
)
from croisee.language import Phrase, phrase, phrases
from croisee.text import Notice
from croisee.text.transcripts import without_controls

_SHOWN, _WIDEST = 20, 60


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
    found = [
        (one.key, place, here, there)
        for one, other in zip(works, again, strict=True)
        for place, here, there in _differences(one, other)
    ]
    if not found:
        return ()
    many = Counter(place for _, place, _, _ in found).most_common(_SHOWN)
    listed = "\n".join(
        f"  {_cut(key)}, {place} : {here} → {there}" for key, place, here, there in found[:_SHOWN]
    )
    more = f"\n  … (+ {len(found) - _SHOWN})" if len(found) > _SHOWN else ""
    names = ", ".join(f"{name} ({count})" for name, count in many)
    return (
        Notice(
            phrase("Ceci ne se relit pas pareil : {names}.", names=names),
            phrase("Gardez le fichier de départ. En détail :\n{listed}", listed=listed + more),
        ),
    )


def _differences(one: CitedWork, other: CitedWork) -> Iterator[tuple[str, str, str]]:
    """Yield each place where two works differ, with what each says there."""
    for name in (each.name for each in fields(CitedWork) if each.name != "entry"):
        here, there = getattr(one, name), getattr(other, name)
        if not isinstance(here, dict):
            if here != there:
                yield _PLACES.get(name, name), _shown(here), _shown(there)
            continue
        for part in sorted(here.keys() | there.keys()):
            if here.get(part) != there.get(part):
                yield part, *_apart(here.get(part), there.get(part))


def _apart(here: object, there: object) -> tuple[str, str]:
    """Return what two values say, of people only those who differ."""
    if isinstance(here, tuple) and isinstance(there, tuple) and len(here) == len(there):
        pairs = [(one, other) for one, other in zip(here, there, strict=True) if one != other]
        here, there = tuple(one for one, _ in pairs), tuple(other for _, other in pairs)
    return _shown(here), _shown(there)


def _shown(value: object) -> str:
    if value is None or value == ():
        return "∅"
    if isinstance(value, tuple):
        return " ; ".join(map(_shown, value))
    if isinstance(value, Contributor):
        said = ((_PARTS.get(one.name, one.name), getattr(value, one.name)) for one in fields(value))
        return ", ".join(f"{name} = {_cut(words)}" for name, words in said if words)
    return _cut(str(value))


def _cut(words: str) -> str:
    """Return what a file says, as a terminal can show it."""
    plain = without_controls(" ".join(words.split()))
    return plain if len(plain) <= _WIDEST else f"{plain[:_WIDEST]}…"


_PARTS = {"particle": "non-dropping-particle", "dropping": "dropping-particle"}
_PLACES = {"key": "id", "kind": "type"}
