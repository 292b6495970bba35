"""IRaMuTeQ corpora, read and written: one text a turn, its starred variables above it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from croisee.language import phrase, phrases
from croisee.text import Notice, ParsedTurn, Transcript, find_marks, stored_label, stored_text

_SIGNS = re.compile(r"[^a-z0-9]+")
_KEPT = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*")
_STARRED = re.compile(r"\*[^\s*]+")
_HEADING = re.compile(r"\*{4}(?!\*)(.*)|[0-9]{1,6}((?:\s+\*[^\s*]+)+)")
_FIRST = re.compile(r"(?:\*{4}|[0-9]{1,6}(?=\s+\*))(?:\s+\*[^\s*]+)*|\*{4}\s+\*[^\s*].*")
_DOUBTFUL = re.compile(r"\*|[0-9]{1,6}\s+\*[^\s*]+_")
_THEME = re.compile(r"-\*\S*\s*")
_SPEAKERS = ("locuteur", "locutrice", "intervenant", "intervenante", "speaker", "personne")
_MOST_NAMED = 10
_MOST_RENAMED = 3


def looks_like_iramuteq(text: str) -> bool:
    """Return whether the first line of a text is a starred one, as IRaMuTeQ and Alceste have it."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return _FIRST.fullmatch(first.strip()) is not None


def read_iramuteq(text: str) -> Transcript:
    """Return one turn a text; ``*locuteur_x`` is its speaker, other variables stay with it.

    Lines that name a theme (``-*theme``) are no words. What a starred line holds besides its
    variables is neither words nor a variable: it is said, with its line.
    """
    corpus = _Corpus()
    for number, line in enumerate(text.split("\n"), 1):
        corpus.take(number, line)
    corpus.close()
    return Transcript(tuple(corpus.turns), "iramuteq", corpus.notices())


class _Corpus:
    """A corpus being read, line by line."""

    def __init__(self) -> None:
        self.turns: list[ParsedTurn] = []
        self._words: list[str] = []
        self._speaker, self._begun = "", 0
        self._variables: tuple[tuple[str, str], ...] = ()
        self._names: dict[str, None] = {}
        self._themes = 0
        self._malformed: list[int] = []
        self._doubtful: list[int] = []

    def take(self, number: int, line: str) -> None:
        stripped = line.strip()
        if match := _HEADING.fullmatch(stripped):
            self.close()
            self._open(number, match[1] or match[2] or "")
        elif _THEME.fullmatch(stripped):
            self._themes += 1
        else:
            if _DOUBTFUL.match(stripped):
                self._doubtful.append(number)
            self._words.append(line)

    def close(self) -> None:
        """End the text being read; without a word, it is no turn."""
        said = stored_text("\n".join(self._words))
        if said:
            marks = find_marks(said)
            self.turns.append(
                ParsedTurn(self._speaker, said, None, None, self._begun, marks, self._variables)
            )
        self._words.clear()

    def _open(self, number: int, starred: str) -> None:
        self._speaker, self._begun = "", number
        kept: list[tuple[str, str]] = []
        for one in starred.split():
            if not _STARRED.fullmatch(one):
                if self._malformed[-1:] != [number]:
                    self._malformed.append(number)
                continue
            name, _, value = one.removeprefix("*").partition("_")
            if name.casefold() in _SPEAKERS and value:
                self._speaker = stored_label(value)
            else:
                kept.append((name, value))
                self._names.setdefault(name)
        self._variables = tuple(kept)

    def notices(self) -> tuple[Notice, ...]:
        return (
            *_lines_with_stars(self._malformed, self._doubtful),
            *_beside(list(self._names), self._themes),
        )


def _lines_with_stars(malformed: Sequence[int], doubtful: Sequence[int]) -> Iterator[Notice]:
    if malformed:
        said = phrases(
            "{n} ligne étoilée n’est lue qu’en partie : ce qui n’y est pas une variable est omis.",
            "{n} lignes étoilées ne sont lues qu’en partie : "
            "ce qui n’y est pas une variable est omis.",
            len(malformed),
        )
        remedy = phrase("Une variable s’écrit *nom_valeur, sans espace ; les paroles, dessous.")
        yield Notice(said, remedy, malformed[0])
    if doubtful:
        said = phrases(
            "{n} ligne ressemble à une ligne étoilée : elle est lue comme des paroles.",
            "{n} lignes ressemblent à des lignes étoilées : elles sont lues comme des paroles.",
            len(doubtful),
        )
        remedy = phrase("Une ligne étoilée commence par quatre astérisques.")
        yield Notice(said, remedy, doubtful[0])


def _beside(names: Sequence[str], themes: int) -> Iterator[Notice]:
    if names:
        shown = ", ".join(f"« {name[:40]} »" for name in names[:_MOST_NAMED])
        said = phrases(
            "La variable {names} n’est pas de l’étude.",
            "{n} variables ne sont pas de l’étude : {names}.",
            len(names),
            names=shown,
        )
        remedy = phrase(
            "Dans une étude, elles vont dans documents.csv ou participants.csv ; "
            "seul un corpus IRaMuTeQ les garde."
        )
        yield Notice(said, remedy)
    if themes:
        said = phrases("{n} thématique n’est pas lue.", "{n} thématiques ne sont pas lues.", themes)
        yield Notice(said, phrase("Gardez aussi le fichier d’origine."))


def iramuteq_of(
    turns: Sequence[ParsedTurn], variables: Mapping[str, str]
) -> tuple[str, tuple[Notice, ...]]:
    """Return a corpus and what it cannot carry.

    Each text begins with ``**** *cas_x *methode_y *locuteur_z``: ``variables`` in their order,
    those that the turn came with, then the speaker. Names, values and labels that are not made
    of plain letters and digits become so; those a corpus already had are written as they were.
    Asterisks of the words, which would be read as variables, become spaces.
    """
    given = [(_word(name), _word(value)) for name, value in variables.items()]
    names = {name for name, _ in given}
    texts, starred = [], 0
    for turn in turns:
        own = [(name, value) for name, value in turn.variables if name not in names]
        heads = [f" *{name}_{value}" if value else f" *{name}" for name, value in [*given, *own]]
        speaker = f" *locuteur_{_label(turn.speaker)}" if turn.speaker else ""
        starred += "*" in turn.text
        spoken = stored_text(turn.text.replace("*", " "))
        texts.append(f"****{''.join(heads)}{speaker}\n{spoken}\n")
    return "\n".join(texts), _notices(turns, starred)


def _label(text: str) -> str:
    return text if _KEPT.fullmatch(text) else _word(text)


def _word(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _SIGNS.sub("", kept) or "vide"


def _notices(turns: Sequence[ParsedTurn], starred: int) -> tuple[Notice, ...]:
    remedy = phrase("Gardez aussi le fichier d’origine.")
    found = []
    if any(turn.start is not None or turn.end is not None for turn in turns):
        found.append(Notice(phrase("Un corpus IRaMuTeQ ne garde pas les temps."), remedy))
    found += _renamed(list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)))
    if any(mark.start == mark.end for turn in turns for mark in turn.marks):
        said = phrase("Les temps, pauses et bruits notés à côté des paroles ne sont pas gardés.")
        found.append(Notice(said, remedy))
    if starred:
        said = phrases(
            "Les astérisques de {n} tour deviennent des espaces.",
            "Les astérisques de {n} tours deviennent des espaces.",
            starred,
        )
        found.append(Notice(said, remedy))
    return tuple(found)


def _renamed(labels: Sequence[str]) -> Iterator[Notice]:
    renamed = [label for label in labels if _label(label) != label]
    if renamed:
        shown = [f"« {one[:40]} » → « {_label(one)[:40]} »" for one in renamed[:_MOST_RENAMED]]
        said = phrases(
            "{n} étiquette change : {names}{more}.",
            "{n} étiquettes changent : {names}{more}.",
            len(renamed),
            names=", ".join(shown),
            more=", …" if len(renamed) > _MOST_RENAMED else "",
        )
        yield Notice(said, phrase("Ce format n’a que des lettres sans accents et des chiffres."))
    if len({_label(label) for label in labels}) < len(labels):
        said = phrase("Des étiquettes différentes deviennent la même dans ce format.")
        yield Notice(said, phrase("Renommez les locuteurs avant de convertir."))
