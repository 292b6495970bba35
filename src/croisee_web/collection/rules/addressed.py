"""Addresses pasted or sent as a file, read line by line; a letter's text for one reader."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.html import escape
from django.utils.translation import gettext as _

from croisee_web.collection.rules.openness import zone_of
from croisee_web.kit.templatetags.typography import typo_plain

MOST_LINES = 5000
LINK, UNTIL = "{lien}", "{fin}"
BEGINS, ENDS = time(8), time(20)
"""Mails leave from 8 h to 20 h, where the study is held."""
_LANGUAGES = {"fr": "fr", "français": "fr", "francais": "fr", "french": "fr", "f": "fr",
              "en": "en", "anglais": "en", "english": "en", "a": "en", "e": "en"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadAddress:
    """One line: whose address it is (``code``, "" for nobody in particular), or why it is not.

    ``why`` is "" for a line that is taken.
    """

    line: int
    told: str
    address: str = ""
    code: str = ""
    language: str = ""
    why: str = ""


def read_addresses(text: str, members: Mapping[str, str]) -> tuple[ReadAddress, ...]:
    """Return each line that says something, in order.

    A line holds an address, and if need be a member's code or name, and a language, in any
    order, parted by commas, semicolons or tabs; by spaces where a line has none of these.
    ``members``: name by code.
    """
    known = {folded(code): code for code in members} | {
        folded(name): code for code, name in members.items() if name
    }
    read = [
        _read(number, cells, known)
        for number, cells in enumerate(_cells(text), start=1)
        if any(cell.strip() for cell in cells)
    ]
    if read and not read[0].address and "@" not in read[0].told:
        read = read[1:]  # the names of the columns
    return _once(read)


def _cells(text: str) -> list[list[str]]:
    sample = text[:4000]
    found = max(";\t,", key=sample.count)
    return list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=found))[:MOST_LINES]


def _parts(cells: list[str]) -> list[str]:
    """Return the parts of a line; one typed with spaces alone is parted at its address."""
    whole = " ".join(cell.strip() for cell in cells if cell.strip())
    if "<" in whole or len([cell for cell in cells if cell.strip()]) != 1:
        return cells
    words = whole.split()
    language = words.pop() if len(words) > 1 and folded(words[-1]) in _LANGUAGES else ""
    address = next((word for word in words if "@" in word), "")
    others = " ".join(word for word in words if word != address)
    return [address, others, language]


def _read(number: int, cells: list[str], known: Mapping[str, str]) -> ReadAddress:
    told = " ; ".join(cell.strip() for cell in cells if cell.strip())[:120]
    line = ReadAddress(number, told)
    others = []
    for cell in (one.strip() for one in _parts(cells)):
        if "@" in cell and not line.address:
            line = replace(line, address=_bare(cell))
        elif folded(cell) in _LANGUAGES and not line.language:
            line = replace(line, language=_LANGUAGES[folded(cell)])
        elif cell:
            others.append(cell)
    codes = [known[folded(cell)] for cell in others if folded(cell) in known]
    if codes:
        line = replace(line, code=codes[0])
    return replace(line, why=_why(line, others))


def _why(line: ReadAddress, others: list[str]) -> str:
    if not line.address:
        return _("aucune adresse sur cette ligne")
    try:
        validate_email(line.address)
    except ValidationError:
        return _("cette adresse ne s’écrit pas ainsi")
    if others and not line.code:
        return _("ni ce code ni ce nom ne sont dans la base de ce réseau")
    return ""


def _bare(cell: str) -> str:
    """Return the address alone of « Nom <adresse> »."""
    found = re.search(r"<([^<>]+)>", cell)
    return (found[1] if found else cell).strip().strip("<>;,")


def _once(read: list[ReadAddress]) -> tuple[ReadAddress, ...]:
    addresses: set[str] = set()
    codes: set[str] = set()
    told = []
    for line in read:
        kept = line
        if not line.why and line.address.lower() in addresses:
            kept = replace(line, why=_("cette adresse est déjà plus haut"))
        elif not line.why and line.code and line.code in codes:
            kept = replace(line, why=_("ce membre a déjà une adresse plus haut"))
        if not kept.why:
            addresses.add(line.address.lower())
            codes.add(line.code)
        told.append(kept)
    return tuple(told)


def folded(text: str) -> str:
    """Return a text as it is compared: no accent, no capital, single spaces."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.casefold().replace("’", "'").split())


def may_leave_at(at: datetime, zone: str) -> datetime:
    """Return from when a mail may leave: now, or the next morning where the study is held."""
    there = at.astimezone(zone_of(zone))
    if BEGINS <= there.time() < ENDS:
        return at
    day = there.date() if there.time() < BEGINS else there.date() + timedelta(days=1)
    return datetime.combine(day, BEGINS, there.tzinfo)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it leaves: plain text, and the same as plain HTML. No image, no tracking."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """What a letter says to one reader, besides its text."""

    link: str
    until: str
    study: str
    leave: str


def mail_of(subject: str, body: str, to: Addressed) -> Mail:
    """Return a letter for one reader: her link, the last day, how to receive no more.

    A text without ``{lien}`` gets the link at its end. In the active language.
    """
    whole = typo_plain(body if LINK in body else f"{body}\n\n{LINK}")
    foot = typo_plain(_(
        "Vous recevez ce courriel parce que l’étude « %(study)s » vous invite. "
        "Répondre est libre. Pour ne plus rien recevoir de cette étude :"
    ) % {"study": to.study})  # fmt: skip
    text = whole.replace(UNTIL, to.until).replace(LINK, to.link)
    paragraphs = "".join(
        f"<p>{_html(part, to)}</p>" for part in re.split(r"\n\s*\n", whole.strip())
    )
    html = (
        f"<!doctype html><html><body>{paragraphs}<hr><p>{escape(foot)} "
        f'<a href="{escape(to.leave)}">{escape(to.leave)}</a></p></body></html>'
    )
    return Mail(
        typo_plain(" ".join(subject.replace(UNTIL, to.until).split())),
        f"{text}\n\n-- \n{foot}\n{to.leave}\n",
        html,
    )


def _html(part: str, to: Addressed) -> str:
    shown = escape(part).replace(escape(UNTIL), escape(to.until)).replace("\n", "<br>")
    anchor = f'<a href="{escape(to.link)}">{escape(to.link)}</a>'
    return shown.replace(escape(LINK), anchor)
