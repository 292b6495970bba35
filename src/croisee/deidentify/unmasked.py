"""What stays in sight and might be somebody: long numbers, words with a capital, other words.

Nothing here is hidden: these are words to look at. See ``docs/methods/desidentification.md``
§3.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from croisee.deidentify.dictated import ENGLISH_FIGURES
from croisee.deidentify.masking import MaskedTurn
from croisee.deidentify.stream import NUMBER, WORD, Token, is_unit, stream
from croisee.text import fold

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑·∙][^\W\d_]+)*")
_OPENING = frozenset('.!?…:;\n«»“”"([•*–—-')
"""Signs after which a capital says nothing."""
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]\Z", re.IGNORECASE)
_ONE_WORD = re.compile(r"aujourd['’]\Z", re.IGNORECASE)
_SHORTEST, _BEFORE = 2, 12
_MOST_BETWEEN, _FIGURES, _SAID = 3, 4, 3
_OF_NUMBERS = frozenset({"téléphone", "numéro", "adresse", "naissance", "date", "code"})
_OF_STREETS = frozenset({"personne", "lieu", "organisme", "adresse"})
_AFTER, _RIGHT_BEFORE = 14, 2
_NOWHERE, _FAR = -1, 1 << 40
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_AMOUNT = frozenset("$€%°")
_NAMED = re.compile(
    r"(?:\b(?:ici|bye|demandez|demande à|dénommée?|prénom|surnom\w*|appell?\w*|nommée?s?)"
    r"|(?:nom(?: de famille)?|moi|all[oô][^.!?]{0,20}),? c[’']est)[ ,«:]+(?:l[ea] |les )?\Z",
    re.IGNORECASE,
)
"""What says that a name comes: even a word of every day is then looked at."""
_CUE = 44
_LETTERS = re.compile(r"(?<![\w’'-])[^\W\d_](?:(?:, ?| |-)[^\W\d_](?![\w’'])){1,5}")
_MIXED = re.compile(
    r"(?<![\w-])(?!\d+(?:er|re|e|h\d*|ième)\b)(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{2,}(?!\w)"
)
_LONE = re.compile(
    r"\b(?:le|met|mets|mettez|numéro|porte) (\d{2,3}|(?:vingt|trente|quarante|cinquante|soixante"
    r"|quatre-vingt)(?:-[a-zé-]+)?)(?![.,/]\d)(?= ?[.,;?!»]| ?$| (?:le|mais|pis|et|y|je|on|sur)\b)",
    re.IGNORECASE,
)
_NOT_SPELLED = frozenset("ayàlcdjmnstu")


@dataclass(frozen=True, slots=True)
class SeenWord:
    """One word in sight. ``capital``: it has one, and does not open its sentence."""

    start: int
    end: int
    text: str
    key: str
    capital: bool


def words_in_sight(turn: MaskedTurn) -> Iterator[SeenWord]:
    """Yield the words of a turn that no replacement touches, in order of place."""
    hidden = [(r.start, r.end) for r in turn.replacements]
    text = turn.original
    for match in _WORD.finditer(text):
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in hidden):
            continue
        if _ONE_WORD.search(text, max(0, start - _BEFORE), start):
            continue
        told = _is_odd(text, match) or _NAMED.search(text, max(0, start - _CUE), start) is not None
        yield SeenWord(start, end, match.group(), fold(match.group()), told)


def _is_odd(text: str, match: re.Match[str]) -> bool:
    word = match.group()
    if len(word) < _SHORTEST or not word[0].isupper():
        return False
    before = _ELIDED.sub("", text[max(0, match.start() - _BEFORE) : match.start()])
    before = before.rstrip(" \t\u00a0\u202f")
    return bool(before) and before[-1] not in _OPENING


def numbers_in_sight(turn: MaskedTurn) -> Iterator[SeenWord]:
    """Yield the long numbers that no replacement touches, in figures or said, in order of place.

    Four figures, or three words of number, with at most a word between two of them: a telephone,
    a code, a date in a form that nothing knows. Years alone, hours and amounts (« 2500 $ »,
    « trois mille cinq cents personnes ») are left. Right after a number that is hidden, or
    right before a name, any number is looked at: an extension, a year, a door. So are letters
    said one by one, figures mixed with letters, and a number alone after « le » or « numéro ».
    """
    hidden = [(r.start, r.end) for r in turn.replacements]
    yield from _spelled_in_sight(turn.original, hidden)
    beside = [
        (r.start if r.kind in _OF_STREETS else _NOWHERE, r.end if r.kind in _OF_NUMBERS else _FAR)
        for r in turn.replacements
    ]
    run: list[Token] = []
    group = words = between = 0
    for token in stream(turn.original):
        if any(token.start < stop and begin < token.end for begin, stop in hidden):
            yield from _long_number(turn.original, run, beside)
            run = []
        elif token.kind == NUMBER or (run and token.key in ENGLISH_FIGURES):
            group = len(run) if between else group
            run.append(token)
            words = between = 0
        elif run:
            if not between and (is_unit(token.key) or token.key in _AMOUNT):
                run = run[:group]
            words += token.kind == WORD
            between += 1
            if words > 1 or between > _MOST_BETWEEN:
                yield from _long_number(turn.original, run, beside)
                run = []
        if not run:
            group = words = between = 0
    yield from _long_number(turn.original, run, beside)


def _spelled_in_sight(text: str, hidden: Sequence[tuple[int, int]]) -> Iterator[SeenWord]:
    """Yield initials, plates and lone numbers in sight: « x l b », « z99 », « le 47 »."""
    for pattern in (_LETTERS, _MIXED, _LONE):
        for match in pattern.finditer(text):
            group = match.lastindex or 0
            start, end = match.span(group)
            words = match.group(group)
            if any(start < stop and begin < end for begin, stop in hidden):
                continue
            letters = {fold(letter) for letter in words if letter.isalpha()}
            if pattern is _LETTERS and letters <= _NOT_SPELLED:
                continue
            yield SeenWord(start, end, words, " ".join(fold(words).split()), pattern is _LONE)


def _long_number(
    text: str, run: list[Token], beside: Sequence[tuple[int, int]]
) -> Iterator[SeenWord]:
    if not run:
        return
    start, end = run[0].start, run[-1].end
    near = any(0 <= start - to <= _AFTER or 0 <= of - end <= _RIGHT_BEFORE for of, to in beside)
    keys = [token.key for token in run]
    figures = sum(map(str.isdigit, "".join(keys)))
    said = sum(not any(map(str.isdigit, key)) for key in keys)
    short = said < _SAID and figures < _FIGURES
    if not near and (short or (len(keys) == 1 and _YEAR.fullmatch(keys[0]))):
        return
    yield SeenWord(start, end, text[start:end], " ".join(fold(text[start:end]).split()), False)
