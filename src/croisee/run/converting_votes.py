"""``croisee convert`` for votes: ballots of PrefLib and tables of ranks, exports of Polis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from croisee.formats.ballot_table import ballot_table, orders_of, read_ballot_table
from croisee.formats.polis import COMMENTS, VOTES, read_polis
from croisee.formats.preflib import KINDS, Election, read_preflib, write_preflib
from croisee.formats.refused import FormatRefused
from croisee.formats.writing import write_csv, write_xlsx
from croisee.language import Phrase, phrase, phrases
from croisee.text import Notice

_TABLES = (".csv", ".xlsx")
BALLOTS = tuple(f".{kind}" for kind in KINDS)
"""Endings of PrefLib's files."""
_HEAD = 1 << 16


def is_votes_conversion(source: Path, result: Path) -> bool:
    """Return whether ballots or votes are to be written otherwise."""
    written = result.suffix.lower()
    if source.is_dir():
        return written in _TABLES and all((source / one).is_file() for one in (COMMENTS, VOTES))
    if written in BALLOTS:
        return source.suffix.lower() in _TABLES or is_preflib(source)
    return written in _TABLES and is_preflib(source)


def is_preflib(path: Path) -> bool:
    """Return whether a file is of PrefLib, by its first lines."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return head.lstrip(b"\xef\xbb\xbf").startswith(b"#") and b"ALTERNATIVE NAME" in head.upper()


def convert_votes(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    """Write ballots as a table of ranks or as PrefLib's, or a Polis export as a table of votes.

    Raises:
        FormatRefused: it cannot be read, or ``result`` has the ending of another kind of ballots.
    """
    if source.is_dir():
        return _polis(source, result)
    election = read_preflib(source) if is_preflib(source) else read_ballot_table(source)
    notices = [*_read_of(election)]
    if result.suffix.lower() in BALLOTS:
        _check_kind(election, result)
        result.write_text(write_preflib(_spaced(election)), encoding="utf-8")
    else:
        notices += _write_table(election, result)
    said = phrase(
        "{options}, {people}.",
        options=phrases("{n} option", "{n} options", len(election.alternatives)),
        people=phrases("{n} personne", "{n} personnes", election.voters),
    )
    return said, notices


def _write_table(election: Election, result: Path) -> Iterator[Notice]:
    header, rows = ballot_table(election, "bulletins")
    (write_xlsx if result.suffix.lower() == ".xlsx" else write_csv)(result, header, rows)
    keep = phrase("Gardez le fichier de départ.")
    if election.title:
        yield Notice(phrase("Le titre n’est pas dans un tableau."), keep)
    again = read_ballot_table(result)
    if election.alternatives != again.alternatives:
        yield Notice(phrase("Des noms d’options ont changé : deux avaient le même."), keep)
    if election.categories != again.categories:
        yield Notice(
            phrase("Une catégorie que personne n’a prise n’est pas dans un tableau."), keep
        )
    if not election.categories and orders_of(election) != orders_of(again):
        yield Notice(phrase("Des bulletins vides ne sont pas dans un tableau."), keep)


def _check_kind(election: Election, result: Path) -> None:
    wanted, kind = result.suffix.lower()[1:], election.kind
    fits = {"soc": {"soc"}, "soi": {"soc", "soi"}, "toc": {"soc", "toc"}, "cat": {"cat"}}
    if wanted != kind and kind not in fits.get(wanted, {"soc", "soi", "toc", "toi"}):
        raise FormatRefused(
            phrase("Ces bulletins ne sont pas de la sorte « {wanted} ».", wanted=wanted),
            phrase("Donnez un nom en .{kind}.", kind=kind),
        )


def _spaced(election: Election) -> Election:
    """Return ballots whose names are of one line, as PrefLib keeps them."""
    return replace(
        election,
        alternatives=tuple(" ".join(name.split()) for name in election.alternatives),
        categories=tuple(" ".join(name.split()) for name in election.categories),
    )


def _read_of(election: Election) -> Iterator[Notice]:
    for one in election.notices:
        yield Notice(one.message, phrase("Le reste est lu."), one.line or None)


def _polis(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    read = read_polis(source)
    texts = {one.number: one.text for one in read.statements}
    rows = (
        (person, statement, texts[statement], vote, at)
        for person, statement, vote, at in zip(
            read.person.tolist(), read.statement.tolist(), read.vote.tolist(), read.at.tolist(),
            strict=True,
        )
    )  # fmt: skip
    header = ("participant", "affirmation", "texte", "vote", "moment")
    (write_xlsx if result.suffix.lower() == ".xlsx" else write_csv)(result, header, rows)
    said = phrase(
        "{statements}, {votes}.",
        statements=phrases("{n} affirmation", "{n} affirmations", len(read.statements)),
        votes=phrases("{n} vote", "{n} votes", len(read.vote)),
    )
    keep = phrase("Gardez l’export de Polis.")
    notices = [
        Notice(
            phrase("{file} : {what}", file=one.file, what=one.message),
            phrase("Le reste est lu."),
            one.line or None,
        )
        for one in read.notices
    ]
    unheard = len(texts) - len(set(read.statement.tolist()))
    if unheard:
        notices.append(Notice(phrases(
            "{n} affirmation sans aucun vote n’est pas dans le tableau.",
            "{n} affirmations sans aucun vote ne sont pas dans le tableau.", unheard,
        ), keep))  # fmt: skip
    notices.append(
        Notice(
            phrase("Un tableau de votes ne dit ni qui a écrit une affirmation, ni si elle a été "
                   "acceptée, ni les groupes de Polis, ni le titre."), keep,
        )
    )  # fmt: skip
    notices.append(
        Notice(
            phrase("Pour l’équipe seulement : une ligne par personne, sans les règles de "
                   "divulgation."), phrase("Ce qui sort de l’équipe passe par croisee run."),
        )
    )  # fmt: skip
    return said, notices
