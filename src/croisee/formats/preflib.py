"""PrefLib's files of ballots: orders (``soc``, ``soi``, ``toc``, ``toi``), categories (``cat``).

The format of 2022 and after: a header of ``# KEY: value`` lines, then ``how many: order``, where
options are numbers and braces hold those that are tied. What cannot be read is told line by line;
the rest is read, and no ballot is mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from croisee.formats.bounds import decode, read_bytes
from croisee.formats.refused import FormatRefused
from croisee.language import Phrase, phrase

Levels = tuple[tuple[int, ...], ...]
"""Options, numbered from 1, from first to last; those of one inner tuple are tied."""
KINDS = ("soc", "soi", "toc", "toi", "cat")
MOST_OPTIONS = 10_000
_KEY = re.compile(r"#\s*([^:]+?)\s*:\s?(.*)")
_NAMED = re.compile(r"(ALTERNATIVE|CATEGORY) NAME (\d+)")
_BALLOT = re.compile(r"\s*(\d{1,12})\s*:(.*)")
_LEVEL = re.compile(r"\s*(?:\{([\d\s,]*)\}|(\d+))\s*(?:,|$)")


@dataclass(frozen=True, slots=True)
class PreflibNotice:
    """What was not read, or is doubtful: its line (from 1, 0 for the whole file) and what it is."""

    line: int
    message: Phrase


@dataclass(frozen=True, slots=True)
class Election:
    """Ballots as PrefLib keeps them: how many people hold each order.

    ``categories`` are the names of the levels of a ``.cat`` file (« oui », « non »), where a
    level may be empty; elsewhere there are none, and options that a ballot leaves out follow.
    """

    title: str
    alternatives: tuple[str, ...]
    orders: tuple[tuple[int, Levels], ...]
    categories: tuple[str, ...] = ()
    notices: tuple[PreflibNotice, ...] = ()

    @property
    def voters(self) -> int:
        """Return how many people the ballots stand for."""
        return sum(many for many, _ in self.orders)

    @property
    def kind(self) -> str:
        """Return the ending of such a file: ties or not, every option ranked or not."""
        if self.categories:
            return "cat"
        tied = any(len(level) > 1 for _, levels in self.orders for level in levels)
        whole = all(sum(map(len, levels)) == len(self.alternatives) for _, levels in self.orders)
        return ("t" if tied else "s") + "o" + ("c" if whole else "i")


def read_preflib(path: Path) -> Election:
    """Return the ballots of a file, and what could not be read of it.

    Raises:
        FormatRefused: unreadable, too large, or no PrefLib header of 2022 or after.
    """
    return preflib_of(decode(read_bytes(path)))


def preflib_of(text: str) -> Election:
    """Return the ballots of a text in PrefLib's format. Raises :class:`FormatRefused`."""
    header: dict[str, str] = {}
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if line.startswith("#"):
            if found := _KEY.fullmatch(line.rstrip()):
                header[found[1].upper()] = found[2].strip()
        elif line.strip():
            lines.append((number, line))
    alternatives = _names(header, "ALTERNATIVE")
    if not alternatives:
        raise FormatRefused(
            phrase(
                "Ce n’est pas un fichier de bulletins de PrefLib : aucune option n’y est nommée."
            ),
            phrase("Il faut « # ALTERNATIVE NAME 1: … » (PrefLib, 2022 et après)."),
        )
    categories = _names(header, "CATEGORY")
    notices: list[PreflibNotice] = []
    orders = []
    for number, line in lines:
        read = _ballot(line, len(alternatives), len(categories))
        if isinstance(read, Phrase):
            notices.append(PreflibNotice(number, read))
        else:
            orders.append(read)
    election = Election(header.get("TITLE", ""), alternatives, tuple(orders), categories)
    notices += _doubts(header, election)
    return replace(election, notices=tuple(notices))


def _names(header: dict[str, str], what: str) -> tuple[str, ...]:
    """Return the names in order; a number without a name is its own name."""
    found = {}
    for key, value in header.items():
        named = _NAMED.fullmatch(key)
        if named and named[1] == what and 0 < int(named[2]) <= MOST_OPTIONS:
            found[int(named[2])] = value or named[2]
    return tuple(found.get(place, str(place)) for place in range(1, max(found, default=0) + 1))


def _ballot(line: str, options: int, categories: int) -> tuple[int, Levels] | Phrase:
    """Return how many people hold an order, and the order; or what is wrong with the line."""
    parts = _BALLOT.fullmatch(line)
    levels = _levels(parts[2]) if parts else None
    if parts is None or levels is None or not int(parts[1]):
        return phrase("Ligne illisible, bulletins non lus : « {line} ».", line=line.strip()[:60])
    if not categories:
        levels = tuple(level for level in levels if level)
    elif len(levels) > categories:
        return phrase(
            "{levels} catégories là où il y en a {categories} : bulletins non lus.",
            levels=len(levels),
            categories=categories,
        )
    named = [option for level in levels for option in level]
    for option in named:
        if not 0 < option <= options:
            return phrase("L’option {option} n’existe pas : bulletins non lus.", option=option)
        if named.count(option) > 1:
            return phrase("L’option {option} est là deux fois : bulletins non lus.", option=option)
    return int(parts[1]), levels


def _levels(text: str) -> Levels | None:
    levels: list[tuple[int, ...]] = []
    text, at = text.strip(), 0
    while at < len(text):
        found = _LEVEL.match(text, at)
        if found is None:
            return None
        inside = found[1] if found[2] is None else found[2]
        numbers = [piece.strip() for piece in inside.split(",")]
        if numbers == [""]:
            numbers = []
        if not all(piece.isdecimal() for piece in numbers):
            return None
        levels.append(tuple(int(piece) for piece in numbers))
        at = found.end()
    return tuple(levels)


def _doubts(header: dict[str, str], election: Election) -> Iterable[PreflibNotice]:
    told = header.get("NUMBER VOTERS", "")
    if told.isdecimal() and int(told) != election.voters:
        yield PreflibNotice(
            0,
            phrase(
                "L’en-tête dit {told} personnes ; les bulletins lus en font {read}.",
                told=told,
                read=election.voters,
            ),
        )
    number = header.get("NUMBER ALTERNATIVES", "")
    if number.isdecimal() and int(number) != len(election.alternatives):
        yield PreflibNotice(
            0,
            phrase(
                "L’en-tête dit {told} options ; il en nomme {read}.",
                told=number,
                read=len(election.alternatives),
            ),
        )
    if election.kind.startswith("t") and header.get("DATA TYPE", "").lower().startswith("so"):
        yield PreflibNotice(
            0, phrase("L’en-tête dit des ordres sans égalité ; des bulletins en ont.")
        )


def write_preflib(election: Election) -> str:
    """Return the text of a file of 2022, whose ending is ``election.kind``; reads back the same.

    Lines of names are one line each; notices are not written. Ballots come as given.

    Raises:
        ValueError: an option that does not exist, is there twice, or nobody's ballot.
    """
    names = [*election.alternatives, *election.categories]
    if any(name != " ".join(name.split()) or not name for name in names):
        raise ValueError("a name of one line, without spaces around, is wanted")
    kind = election.kind
    lines = [
        f"# FILE NAME: {kind}",
        f"# TITLE: {' '.join(election.title.split())}",
        "# DESCRIPTION: ",
        f"# DATA TYPE: {kind}",
        "# MODIFICATION TYPE: original",
        "# RELATES TO: ",
        "# RELATED FILES: ",
        "# PUBLICATION DATE: ",
        "# MODIFICATION DATE: ",
        f"# NUMBER ALTERNATIVES: {len(election.alternatives)}",
        f"# NUMBER VOTERS: {election.voters}",
    ]
    if election.categories:
        lines.append(f"# NUMBER UNIQUE PREFERENCES: {_unique(election.orders)}")
        lines.append(f"# NUMBER CATEGORIES: {len(election.categories)}")
        lines += [f"# CATEGORY NAME {n}: {name}" for n, name in enumerate(election.categories, 1)]
    else:
        lines.append(f"# NUMBER UNIQUE ORDERS: {_unique(election.orders)}")
    lines += [f"# ALTERNATIVE NAME {n}: {name}" for n, name in enumerate(election.alternatives, 1)]
    for many, levels in election.orders:
        line = f"{many}: {_written(levels)}"
        problem = _ballot(line, len(election.alternatives), len(election.categories))
        if isinstance(problem, Phrase):
            raise ValueError(problem.to("fr"))
        lines.append(line)
    return "\n".join(lines) + "\n"


def _unique(orders: Sequence[tuple[int, Levels]]) -> int:
    return len({levels for _, levels in orders})


def _written(levels: Levels) -> str:
    return ",".join(
        str(level[0]) if len(level) == 1 else "{" + ",".join(map(str, level)) + "}"
        for level in levels
    )
