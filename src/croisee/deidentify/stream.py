"""A turn as a stream of tokens, normalised so that grammars need not know how it was written.

« Quatre-vingt-deux », « 82 » and « quatre, deux » are numbers; « T », « t » and « té » letters;
« tiret bas » and « _ » signs; « euh », « attends », « c’est » and commas are passed over. What
is dictated is read by ``announced``, ``on_the_net`` and ``birthdays`` over these tokens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from croisee.deidentify.dictated import ENGLISH_FIGURES, is_number_word, values_of
from croisee.deidentify.gazetteer import word_sets
from croisee.text import fold

NUMBER, LETTER, SIGN, PASSED, MARK, WORD = "number", "letter", "sign", "passed", "mark", "word"
DICTATED = word_sets("dictee.txt")
"""The folded words of a dictation, by what they do in it."""
_TOKEN = re.compile(
    r"(?:[cdjlmnstCDJLMNST]|[Qq]u|[Ll]orsqu|[Pp]uisqu)['’]|\d+(?:er|ère|e|ième)\b"
    r"|[^\W_]*\d[^\W_]*|[^\W\d_]+|[^\w\s]|_"
)
_LETTER_NAMES = {
    "be": "b", "ce": "c", "effe": "f", "ge": "g", "ache": "h", "hache": "h", "ji": "j", "ka": "k",
    "emme": "m", "enne": "n", "pe": "p", "ku": "q", "erre": "r", "esse": "s", "te": "t", "ve": "v",
    "ixe": "x", "igrec": "y", "zede": "z", "zed": "z", "dable": "w",
}  # fmt: skip
_SIGNS = DICTATED["signe"]
_PASSED = DICTATED["passe"]
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|lorsqu|puisqu)['’]", re.IGNORECASE)
_STOPS = frozenset(".!;")
_HOUR = re.compile(r"\d{1,2}h(?:\d\d)?")
_REPEATED = {"double": 2, "triple": 3}
_WAIT = frozenset({"seconde", "secondes", "minute", "minutes"})
_CORRECTIONS = DICTATED["correction"]
_WEAK = frozenset({"a", "y", "un", "une", "ce", "ka", "te", "ve", "pe"})
_MOST_PASSED = 5
_NEAR = 3
_LONGEST_CAPITALS = 5


class Token(NamedTuple):
    """One token: where it is, how it reads when folded, and what it may be in a dictation."""

    start: int
    end: int
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Run:
    """What is dictated in one go: numbers, letters, what links them and what glosses them.

    ``first`` and ``last`` are places in the stream, both included. ``digits`` are those said,
    ``groups`` in how many numbers; ``letters`` counts the letters said one by one or glued to
    figures; ``glossed`` says that « T comme Thérèse » was heard; ``corrected``, a « non »;
    ``thousands``, a « mille »: a year or a sum.
    """

    first: int
    last: int
    digits: str
    groups: tuple[str, ...]
    letters: int
    glossed: bool
    corrected: bool
    thousands: bool


@lru_cache(maxsize=8)
def stream(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, in order; read once for all who look at the same turn."""
    return tuple(
        Token(match.start(), match.end(), *_READ[match.group()]) for match in _TOKEN.finditer(text)
    )


class _Read(dict[str, tuple[str, str]]):
    """The key and the kind of a word as written, worked out once a writing."""

    def __missing__(self, raw: str) -> tuple[str, str]:
        key = fold(raw)
        self[raw] = read = (key, _kind(raw, key))
        return read


_READ = _Read()


def _is_number(raw: str, key: str) -> bool:
    if any(map(str.isdigit, raw)):
        return _HOUR.fullmatch(key) is None
    return is_number_word(raw) or (key in ENGLISH_FIGURES and key != "oh")


def _kind(raw: str, key: str) -> str:
    if _ELIDED.fullmatch(raw):
        return PASSED
    if _is_number(raw, key):
        return NUMBER
    if not raw[0].isalpha():
        return SIGN if raw in "_@" else MARK
    return LETTER if (len(raw) == 1 and raw.isascii()) else _said_as(raw, key)


def _said_as(raw: str, key: str) -> str:
    """Return what a whole word is in a dictation; capitals alone are letters: « LOC »."""
    for kind, words in ((LETTER, _LETTER_NAMES), (SIGN, _SIGNS), (PASSED, _PASSED)):
        if key in words:
            return kind
    return LETTER if raw.isupper() and len(raw) <= _LONGEST_CAPITALS else WORD


def run_at(tokens: Sequence[Token], first: int) -> Run | None:
    """Return what is dictated from the token at ``first``, or None when nothing is."""
    said: list[int] = []
    glossed = corrected = False
    place, gap = first, 0
    last = first - 1
    while place < len(tokens) and gap <= _MOST_PASSED:
        token = tokens[place]
        unspelled = token.key in {"a", "y"} and not _is_spelled(tokens, place)
        if unspelled or _is_hour(tokens, place):
            break
        if said and _waits(tokens, place):
            gap, place = gap + 1, place + 1
        elif token.kind in (NUMBER, LETTER) or _repeats(tokens, place) or _says_zero(tokens, place):
            said.append(place)
            last, gap = place, 0
        elif said and (gloss := _gloss(tokens, said[-1], place)):
            glossed, place = True, gloss
            last, gap = gloss, 0
        elif not said or token.kind == WORD or token.key == "#" or _is_stop(tokens, place):
            break
        elif token.kind != MARK or token.key in _STOPS:
            gap += 1
        corrected |= token.key in _CORRECTIONS
        place += 1
    while said and last == said[-1] and _is_loose(tokens, last):
        said.pop()
        last = said[-1] if said else -1
    return _run(tokens, said, last, glossed=glossed, corrected=corrected) if said else None


def may_open(tokens: Sequence[Token], place: int) -> bool:
    """Return whether something dictated may begin at a place."""
    return tokens[place].kind in (NUMBER, LETTER) or _says_zero(tokens, place)


def _waits(tokens: Sequence[Token], place: int) -> bool:
    """Whether somebody asks for time: « deux secondes »."""
    return place + 1 < len(tokens) and tokens[place + 1].key in _WAIT


def _is_spelled(tokens: Sequence[Token], place: int) -> bool:
    """Whether « a » or « y » opens a spelling: another letter, or a gloss, comes next."""
    glued = [tokens[at].key for at in (place - 1, place + 1) if 0 <= at < len(tokens)]
    if set(glued) & {"-", "‑"} or glued[-1:] == [","]:
        return True
    after = [token for token in tokens[place + 1 : place + 3] if token.kind != MARK]
    before = [token for token in tokens[max(0, place - 2) : place] if token.kind != MARK]
    dotted = place > 0 and tokens[place - 1].key == "."
    spelled = before and before[-1].kind == LETTER and (dotted or before[-1].key not in {"a", "y"})
    return bool(spelled) or bool(after and (after[0].kind == LETTER or after[0].key == "comme"))


def _is_stop(tokens: Sequence[Token], place: int) -> bool:
    """Whether a full stop ends it all; not « la quatrième, c’est F. T, R… »."""
    if tokens[place].key not in _STOPS:
        return False
    following = tokens[place + 1 : place + 2]
    spelled = tokens[place - 1].kind == LETTER and following and following[0].kind != WORD
    figures = tokens[place - 1].key.isdigit() and following and following[0].key.isdigit()
    return not (spelled or figures)


def _is_hour(tokens: Sequence[Token], place: int) -> bool:
    """Whether « h » tells the time: « 13 h 30 »."""
    before = tokens[place - 1] if place else None
    hour = before is not None and before.key.isdigit() and len(before.key) <= len("24")
    return hour and tokens[place].key == "h"


def _repeats(tokens: Sequence[Token], place: int) -> bool:
    """Whether « triple » or « double » says a figure again: « triple cinq »."""
    following = tokens[place + 1 : place + 2]
    repeated = tokens[place].key in _REPEATED
    return repeated and bool(following) and following[0].kind == NUMBER


def _says_zero(tokens: Sequence[Token], place: int) -> bool:
    """Whether « oh » is the English zero: beside another English figure."""
    if tokens[place].key != "oh":
        return False
    near = [*tokens[max(0, place - 2) : place], *tokens[place + 1 : place + 3]]
    return any(item.key in ENGLISH_FIGURES and item.key != "oh" for item in near)


def _gloss(tokens: Sequence[Token], letter: int, place: int) -> int:
    """Return the place of the word that glosses the letter before: « T comme Thérèse »; else 0."""
    if tokens[letter].kind != LETTER or place - letter > _NEAR or place + 1 >= len(tokens):
        return 0
    link = tokens[place].key
    if link not in {"comme", "pour", "de", "dans", "d'", "d’"}:
        return 0
    following = place + 1
    while following + 1 < len(tokens) and tokens[following].key in {"dans", "en", "l'", "l’", "le"}:
        following += 1
    name = tokens[following].key
    same = name[:1] == _LETTER_NAMES.get(tokens[letter].key, tokens[letter].key)[:1]
    return following if same or link == "comme" else 0


def _is_loose(tokens: Sequence[Token], place: int) -> bool:
    """Whether the last thing said belongs to the words after it: « un autre », « a dit »."""
    token = tokens[place]
    if place + 1 >= len(tokens):
        return False
    following = tokens[place + 1]
    return (token.key in _WEAK and following.kind in (WORD, PASSED)) or is_unit(following.key)


def _run(
    tokens: Sequence[Token], said: Sequence[int], last: int, *, glossed: bool, corrected: bool
) -> Run:
    groups: list[str] = []
    words: list[str] = []
    letters = 0
    for place in said:
        token = tokens[place]
        if token.key in _REPEATED:
            again = values_of([tokens[place + 1].key]) * (_REPEATED[token.key] - 1)
            groups += [*values_of(words), *again]
            words = []
        elif token.kind == LETTER:
            letters += len(token.key) if token.key not in _LETTER_NAMES else 1
            groups += values_of(words)
            words = []
        elif token.key.isdigit() or token.key.isalpha():
            words.append(token.key)
        else:
            groups += [*values_of(words), *re.findall(r"\d+", token.key)]
            letters += sum(map(str.isalpha, token.key))
            words = []
    groups += values_of(words)
    thousands = any(tokens[place].key == "mille" for place in said)
    digits = "".join(groups)
    return Run(said[0], last, digits, tuple(groups), letters, glossed, corrected, thousands)


_UNITS = DICTATED["unite"]


def is_unit(key: str) -> bool:
    """Return whether a folded word says what was counted: the number before it is an amount."""
    return key in _UNITS


def ends_the_turn(tokens: Sequence[Token], last: int) -> bool:
    """Return whether nothing but what is passed over follows the token at ``last``."""
    return all(token.kind in (PASSED, MARK) for token in tokens[last + 1 :])


def opens_the_turn(tokens: Sequence[Token], first: int) -> bool:
    """Return whether nothing but what is passed over comes before the token at ``first``."""
    return all(token.kind in (PASSED, MARK) for token in tokens[:first])
