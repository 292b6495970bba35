"""Votes on statements in a plain table: a row a vote, or a row a person, a column a statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from croisee.formats.refused import FormatRefused
from croisee.formats.tabular import Sheet, read_table
from croisee.language import Phrase, phrase
from croisee.text import fold

_PERSON = ("participant", "participante", "personne", "person", "voter", "voter-id", "code")
_STATEMENT = ("affirmation", "enonce", "statement", "comment-id", "question", "item")
_VOTE = ("vote", "reponse", "answer", "position")
_TEXT = ("texte", "text", "comment-body")
_WORDS = {
    1: ("1", "1.0", "accord", "d'accord", "en accord", "agree", "pour", "oui", "yes"),
    0: ("0", "0.0", "passe", "passer", "pass", "neutre", "neutral", "incertain", "incertaine",
        "ne sait pas", "unsure"),
    -1: ("-1", "-1.0", "desaccord", "pas d'accord", "en desaccord", "disagree", "contre", "non",
         "no"),
}  # fmt: skip
_VOTES = {word: vote for vote, words in _WORDS.items() for word in words}
_MOST_NOTICES = 20


@dataclass(frozen=True, slots=True)
class VoteTable:
    """Votes in the order of the table: places in ``people`` and ``statements``, and 1, 0 or -1.

    ``statements`` are the keys, ``texts`` their words where the table has them (else the key).
    ``notices``: what was not read, with its line (0 for the whole).
    """

    people: tuple[str, ...]
    statements: tuple[str, ...]
    texts: tuple[str, ...]
    person: tuple[int, ...]
    statement: tuple[int, ...]
    vote: tuple[int, ...]
    notices: tuple[tuple[int, Phrase], ...]


def read_vote_table(path: Path) -> VoteTable:
    """Return the votes of a CSV or an XLSX.

    With columns for the person, the statement and the vote (``participant``, ``affirmation``,
    ``vote``, in French or in English, ``texte`` beside), each row is a vote. Otherwise the first
    column names the person and each other column is a statement. A vote is 1, 0 or -1, or said:
    « d’accord », « passe », « pas d’accord », in either language; an empty cell is no vote.

    Raises:
        FormatRefused: no table, or nothing in it is a vote.
    """
    sheet = read_table(path)
    named = {fold(name).strip(): name for name in reversed(sheet.header)}
    found = [next((named[name] for name in names if name in named), "")
             for names in (_PERSON, _STATEMENT, _VOTE, _TEXT)]  # fmt: skip
    rows = _long(sheet, found) if all(found[:3]) else _wide(sheet)
    people: dict[str, int] = {}
    texts: dict[str, str] = {}
    votes: list[tuple[str, str, int]] = []
    notices: list[tuple[int, Phrase]] = []
    bad = 0
    for line, who, what, text, cell in rows:
        vote = _VOTES.get(fold(cell).strip())
        if cell and (vote is None or not who or not what):
            bad += 1
            if bad <= _MOST_NOTICES:
                notices.append((line, _unread(who, what, cell)))
            continue
        if vote is None:
            continue
        people.setdefault(who, len(people))
        texts.setdefault(what, text)
        votes.append((who, what, vote))
    if bad > _MOST_NOTICES:
        notices.append((0, phrase("et {n} autres de même", n=bad - _MOST_NOTICES)))
    if not votes:
        raise FormatRefused(
            phrase("Aucun vote dans ce tableau."),
            phrase("Il y faut les colonnes participant, affirmation et vote (1, 0, -1, ou "
                   "d’accord, passe, pas d’accord), ou une colonne par affirmation."),
        )  # fmt: skip
    places = {name: place for place, name in enumerate(texts)}
    return VoteTable(
        tuple(people), tuple(texts), tuple(texts.values()),
        tuple(people[who] for who, _, _ in votes), tuple(places[what] for _, what, _ in votes),
        tuple(vote for _, _, vote in votes), tuple(notices),
    )  # fmt: skip


def _long(sheet: Sheet, found: list[str]) -> Iterator[tuple[int, str, str, str, str]]:
    person, statement, vote, text = found
    for line, row in sheet.rows:
        what = row[statement].strip()
        told = row[text].strip() if text else ""
        yield line, row[person].strip(), what, told or what, row[vote].strip()


def _wide(sheet: Sheet) -> Iterator[tuple[int, str, str, str, str]]:
    person, *statements = sheet.header
    for line, row in sheet.rows:
        for what in statements:
            yield line, row[person].strip(), what, what, row[what].strip()


def _unread(who: str, what: str, cell: str) -> Phrase:
    if not who:
        return phrase("un vote de personne : la première colonne est vide")
    if not what:
        return phrase("un vote sur rien : l’affirmation manque")
    return phrase("« {cell} » n’est pas un vote (1, 0, -1) sur {what}", cell=cell, what=what)
