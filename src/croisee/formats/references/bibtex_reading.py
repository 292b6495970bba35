"""BibTeX read: entries cut by bibtexparser, their fields named as CSL names them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import bibtexparser
from bibtexparser.bparser import BibTexParser
from pyparsing import ParseBaseException

from croisee.formats.references.latex import plain_of
from croisee.formats.references.naming import (
    ALL_DATES,
    ALL_ROLES,
    CONTAINERS,
    HOUSES,
    ISO,
    KIND_OF,
    OURS,
    PLAIN,
    ROLES,
    TITLES,
    VERBATIM,
)
from croisee.formats.references.people import people_of
from croisee.formats.references.shapes import CitedWork
from croisee.formats.refused import FormatRefused
from croisee.language import phrase, phrases
from croisee.text import Notice

_ENTRY = re.compile(r"@[ \t]*([A-Za-z]+)[ \t\n]*[{(][ \t\n]*([^,\s{}()]+)[ \t\n]*,")
_NOT_ENTRIES = {"comment", "string", "preamble"}
MOST_CHARACTERS = 1_000_000
"""Some 6 500 references, that take half a minute."""
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, ParseBaseException)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHOWN = 10


def read_bibtex(text: str) -> tuple[tuple[CitedWork, ...], tuple[Notice, ...]]:
    """Return the references of a BibTeX file, in its order, and what was not carried.

    Entries of any type are read; ``@string`` and ``crossref`` are put where they are used. A field
    that CSL does not name is kept as it is written (``extra``).

    Raises:
        FormatRefused: no entry, or more than a million characters.
    """
    if len(text) > MOST_CHARACTERS:
        raise FormatRefused(
            phrase("Ce fichier a plus d’un million de caractères."), phrase("Découpez-le.")
        )
    lines = {
        found[2]: text.count("\n", 0, found.start()) + 1
        for found in _ENTRY.finditer(text)
        if found[1].lower() not in _NOT_ENTRIES
    }
    entries = _entries(text)
    if not entries:
        raise FormatRefused(
            phrase("Aucune référence BibTeX n’est lisible dans ce fichier."),
            phrase("Exportez de nouveau depuis le logiciel de références."),
        )
    reading = _Reading()
    works = tuple(reading.work(one) for one in entries)
    lost = {name: line for name, line in lines.items() if name not in reading.seen}
    return works, (*_unread(lost), *reading.notices())


def _entries(text: str) -> list[dict[str, str]]:
    """Return the entries, with what ``crossref`` gives them, unless it goes round too far."""
    for crossed in (True, False):
        parser = BibTexParser(
            common_strings=True, ignore_nonstandard_types=False, add_missing_from_crossref=crossed
        )
        try:
            return list(bibtexparser.loads(text, parser).entries)
        except _BROKEN:
            continue
    return []


def _unread(lost: Mapping[str, int]) -> Iterator[Notice]:
    for name, line in list(lost.items())[:_SHOWN]:
        yield Notice(
            phrase("La référence « {name} » ne peut pas être lue.", name=name[:80]),
            phrase("Vérifiez ses accolades et ses virgules."),
            line,
        )
    if len(lost) > _SHOWN:
        yield Notice(
            phrases("{n} autre référence ne peut pas être lue.",
                    "{n} autres références ne peuvent pas être lues.", len(lost) - _SHOWN),
            phrase("Vérifiez ses accolades et ses virgules."),
        )  # fmt: skip


class _Reading:
    """References being read, and what must be told of them."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self._told: Counter[str] = Counter()
        self._cut: dict[str, None] = {}

    def work(self, entry: Mapping[str, str]) -> CitedWork:
        """Return one entry."""
        fields = {name.lower(): str(text) for name, text in entry.items()
                  if name not in {"ENTRYTYPE", "ID"} and not name.startswith("_")}  # fmt: skip
        kind = entry["ENTRYTYPE"].lower()
        key = entry["ID"]
        self.seen[key] += 1
        if self.seen[key] > 1:
            self._told["twice"] += 1
            key = f"{key}-{self.seen[key]}"
        said = plain_of(fields.pop(OURS + "type", ""))[0]
        work = CitedWork(key, said or KIND_OF.get(kind, "document"), entry=kind)
        self._issued(work, fields)
        for name in sorted(fields, key=_rank):
            self._field(work, name, fields[name])
        return work

    def _field(self, work: CitedWork, name: str, field: str) -> None:
        variable = _variable(name, work.kind)
        if variable in ALL_ROLES:
            work.people[variable], others, cut = people_of(field)
            self._told["others"] += others
            self._cut.update(dict.fromkeys(cut))
        elif variable in ALL_DATES and variable not in work.dates:
            work.dates[variable] = plain_of(field)[0]
        elif not variable or variable in work.texts:
            work.extra[name] = " ".join(field.split())
        elif field.strip():
            work.texts[variable] = self._text(variable, field)

    def _text(self, variable: str, field: str) -> str:
        if variable in VERBATIM:
            plain = re.sub(r"\\url\{([^{}]*)\}", r"\1", field.strip())
            return re.sub(r"\\([&%$#_~])(?:\{\})?", r"\1", plain)
        if variable == "page":
            field = re.sub(r"-{2,3}", "–", field)
        text, understood = plain_of(field, title=variable in TITLES)
        self._told["command"] += not understood
        return text

    def _issued(self, work: CitedWork, fields: dict[str, str]) -> None:
        whole = plain_of(fields.get("date", "").replace("~", "\\textasciitilde{}"))[0]
        if ISO.fullmatch(whole):
            work.dates["issued"] = whole
            for name in ("date", "year", "month", "day"):
                fields.pop(name, None)
            return
        year = plain_of(fields.pop("year", ""))[0]
        if not year:
            return
        month = _month(fields.get("month", "")) if re.fullmatch(r"\d{4}", year) else ""
        if month:
            fields.pop("month")
            day = fields.get("day", "")
            if re.fullmatch(r"[1-9]|[12]\d|3[01]", day):
                fields.pop("day")
                month = f"{month}-{day:0>2}"
        work.dates["issued"] = f"{year}-{month}" if month else year

    def notices(self) -> Iterator[Notice]:
        """Yield what was read otherwise than written."""
        keep = phrase("Gardez le fichier de départ.")
        told = {
            "twice": phrases("{n} clé était là deux fois : la seconde a un numéro.",
                             "{n} clés étaient là deux fois : les secondes ont un numéro.",
                             self._told["twice"]),
            "others": phrases("« and others » de {n} référence n’est pas gardé.",
                              "« and others » de {n} références n’est pas gardé.",
                              self._told["others"]),
            "command": phrases("{n} texte garde une commande de LaTeX ou une formule.",
                               "{n} textes gardent une commande de LaTeX ou une formule.",
                               self._told["command"]),
        }  # fmt: skip
        for kind, said in told.items():
            if self._told[kind]:
                yield Notice(said, keep)
        if self._cut:
            names = " ; ".join(plain_of(name)[0][:80] for name in list(self._cut)[:_SHOWN])
            yield Notice(
                phrase("BibTeX coupe ces noms en prénom et nom : {names}.", names=names),
                phrase("Mettez des accolades autour du nom d’une équipe ou d’un organisme."),
            )


def _rank(name: str) -> tuple[int, str]:
    order = (*CONTAINERS, *HOUSES)
    return (order.index(name) if name in order else len(order), name)


def _variable(name: str, kind: str) -> str:
    if name.startswith(OURS):
        return name.removeprefix(OURS)
    if name in CONTAINERS:
        return "container-title"
    if name in HOUSES:
        return "publisher"
    if name == "number":
        return "issue" if kind.startswith("article") else "number"
    if name == "urldate":
        return "accessed"
    return ROLES.get(name) or PLAIN.get(name, "")


def _month(written: str) -> str:
    word = written.strip().lower()
    if word.isdecimal():
        return f"{int(word):02d}" if 1 <= int(word) <= 12 else ""
    place = next((at for at, name in enumerate(_MONTHS, 1) if word.startswith(name)), 0)
    return f"{place:02d}" if place else ""
