"""``references.bib``: entries made ready to print; ``references.csv``: entries written so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

import bibtexparser
from bibtexparser.bparser import BibTexParser
from bibtexparser.latexenc import latex_to_unicode
from pyparsing import ParseBaseException

from croisee.findings import Reference
from croisee.formats import FormatRefused, read_text
from croisee.formats.references.latex import plain_of
from croisee.language import Label, phrase
from croisee.studyfolder import messages
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import REFERENCES
from croisee.studyfolder.problems import Place, Said

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*[{(]\s*([^,\s{}()]+)\s*,")
_NOT_ENTRIES = {"comment", "string", "preamble"}
_MOST_CHARACTERS = 1_000_000
_TAGS = re.compile(r"</?(?:i|b|sc|sup|sub)>")
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, ParseBaseException)


def read_references(folder: Folder) -> tuple[Reference, ...]:
    """Read the references in file order, the bibliography's then the table's.

    Say which entries could not be read, and which keys are there twice.
    """
    found = {reference.key: reference for reference in _bibliography(folder)}
    table = folder.table(REFERENCES)
    for row in table.rows() if table else ():
        key, text, address = row.required("cle"), row.required("texte"), row.text("adresse")
        if address and not address.startswith(("https://", "http://")):
            row.refuse("adresse", _no_address())
        if key in found:
            row.refuse("cle", messages.twice(key, None))
        elif key and text:
            found[key] = Reference(key, Label(text, row.text("texte_en")), address)
    return tuple(found.values())


def _bibliography(folder: Folder) -> tuple[Reference, ...]:
    key = folder.find(("references",), (".bib",))
    if key is None:
        return ()
    try:
        text = read_text(folder.use(key))
        if len(text) > _MOST_CHARACTERS:
            raise FormatRefused(
                phrase("Ce fichier est trop long pour être écrit à la main."),
                phrase("Gardez les références que l’étude cite."),
            )
    except FormatRefused as refused:
        folder.refused(key, refused)
        return ()
    lines = _entry_lines(folder, key, text)
    entries = _entries(text)
    for name, line in lines.items():
        if name not in entries:
            folder.problems.refuse(Place(key, line, name), _unread(name))
    return tuple(_reference(name, entries[name]) for name in lines if name in entries)


def _entry_lines(folder: Folder, key: str, text: str) -> dict[str, int]:
    """Return the line of each entry; say which keys are there twice."""
    lines: dict[str, int] = {}
    line, before = 1, 0
    for match in _ENTRY.finditer(text):
        kind, name = match[1].lower(), match[2]
        line += text.count("\n", before, match.start())
        before = match.start()
        if kind in _NOT_ENTRIES:
            continue
        if name in lines:
            folder.problems.refuse(Place(key, line, name), messages.twice(name, lines[name]))
        lines.setdefault(name, line)
    return lines


def _entries(text: str) -> dict[str, Mapping[str, str]]:
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    try:
        found = bibtexparser.loads(text, parser).entries
    except _BROKEN:
        return {}
    return {entry["ID"]: entry for entry in found}


def _unread(name: str) -> Said:
    return (
        phrase("La référence « {name} » ne peut pas être lue.", name=messages.shown(name)),
        phrase("Vérifiez ses accolades et ses virgules."),
    )


def _no_address() -> Said:
    return (
        phrase("Une adresse commence par https://."),
        phrase("Corrigez l’adresse, ou videz la cellule."),
    )


def _reference(name: str, entry: Mapping[str, str]) -> Reference:
    french, english = (_printed(entry, word) for word in ("et", "and"))
    return Reference(name, Label(french, english), _address(entry))


def _printed(entry: Mapping[str, str], joiner: str) -> str:
    """Return « Authors (year). Title. Journal, volume(number), pages. Publisher. »."""
    authors = _people(_field(entry, "author") or _field(entry, "editor"), joiner)
    year = _field(entry, "year") or _field(entry, "date")[:4]
    volume = _field(entry, "volume")
    number = f"({found})" if (found := _field(entry, "number")) else ""
    container = _field(entry, "journal") or _field(entry, "booktitle")
    pages = _field(entry, "pages").replace("--", "–")
    where = ", ".join(part for part in (container, f"{volume}{number}", pages) if part)
    house = next(
        (
            found
            for field in ("publisher", "institution", "school", "organization", "howpublished")
            if (found := _field(entry, field))
        ),
        "",
    )
    head = f"{authors} ({year})" if authors and year else authors or (f"({year})" if year else "")
    parts = (head, _field(entry, "title"), where, house, _field(entry, "note"))
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _field(entry: Mapping[str, str], name: str) -> str:
    written = str(entry.get(name, ""))
    text, understood = plain_of(written)
    if not understood:  # mathematics, a command of some package
        with suppress(*_BROKEN):
            text = latex_to_unicode(written)
    return re.sub(r"[ \t\r\n]+", " ", _TAGS.sub("", re.sub(r"[{}]", "", text))).strip(" ")


def _people(field: str, joiner: str) -> str:
    people = [name.strip() for name in re.split(r"\s+and\s+", field) if name.strip()]
    if len(people) <= 1:
        return "".join(people)
    return f"{', '.join(people[:-1])} {joiner} {people[-1]}"


def _address(entry: Mapping[str, str]) -> str:
    url, doi = _field(entry, "url"), _field(entry, "doi")
    if url.startswith(("https://", "http://")):
        return url
    return f"https://doi.org/{doi}" if doi.startswith("10.") else ""
