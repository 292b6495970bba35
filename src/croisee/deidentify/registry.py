"""The study's own list of names, found however they were written.

A name is compared word by word, on folded words, so accents, case, hyphens, apostrophes,
possessives (« d’Alice », « Alice’s ») and inclusive signs make no difference, a plural ``s``
or ``x`` is accepted, and « St » is « Saint ». Each text is read once whatever the length of
the list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from croisee.deidentify.model import ORGANISATION, OTHER, PERSON, PLACE, MaskEntry
from croisee.deidentify.ordinary import is_everyday
from croisee.text import POINTS, InclusiveForm, fold, inclusive_forms

_WORD = re.compile(r"[^\W_]+")
_SPACED_LETTERS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")
_GAP = re.compile(rf"[\s\-‐‑–'’{POINTS}()\[\]/&]{{1,3}}|\.")
_ABBREVIATION_GAP = re.compile(r"\.\s")
_ABBREVIATED = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_ARTICLES = {"le", "la", "les", "l", "the", "un", "une"}
_TITLES = {"m", "mme", "mlle", "dr", "dre", "docteur", "pr", "me", "mr", "mrs", "ms", "monsieur"}
_TITLES |= {"madame", "maitre", "professeur", "professeure", "soeur", "frere", "abbe"}
_SHORT_ACRONYM = 4
_MIN_PART = 3

ANY, INITIAL, ALL = "any", "initial", "all"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its place and the keys under which it may be looked up."""

    start: int
    end: int
    keys: tuple[str, ...]
    initial: bool
    capitals: bool


@dataclass(frozen=True, slots=True)
class Match:
    """One name found: its place, and the position of its entry in the list given."""

    start: int
    end: int
    entry: int
    part: bool = False
    """True when only one word of a person's full name was found."""


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    entry: int
    capitals: str
    part: bool = False
    written: str = ""
    """A part of a full name, in lower case: « marié » is not « Marie »."""
    commas: bool = False
    """The name itself has a comma: « Le Fanal, centre de femmes »."""


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    folded = fold(word)
    return _ABBREVIATED.get(folded, folded)


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order (letters and digits; apostrophes separate)."""
    return [
        Word(m.start(), m.end(), (_key(word),), word[0].isupper(), word.isupper())
        for m in _WORD.finditer(text)
        for word in (m.group(),)
    ]


class NameIndex:
    """A list of names ready to be found in any number of texts."""

    def __init__(self, entries: Sequence[MaskEntry]) -> None:
        self.entries = tuple(entries)
        self._names: dict[str, list[_Name]] = defaultdict(list)
        self._begins: dict[str, bool] = {}
        """Whether a word as written may begin a name: asked once a word, not once a place."""
        for position, entry in enumerate(self.entries):
            for writing in (entry.text, *entry.variants):
                for name in _writings(writing, position, entry.kind):
                    self._add(name)

    def _add(self, name: _Name) -> None:
        for first in _plurals(name.words[0], single=len(name.words) == 1):
            if name not in self._names[first]:
                self._names[first].append(name)

    def find(self, text: str) -> tuple[Match, ...]:
        """Return every match, overlapping ones included, in order of start then length."""
        if not self._names:
            return ()
        found: set[Match] = set()
        if any(map(self._may_begin, set(_WORD.findall(text)))):
            found |= set(self._walk(text, words_of(text)))
        if "." in text:
            found |= set(self._walk(text, _spaced_acronyms(text)))
        if forms := inclusive_forms(text):
            found |= set(self._walk(text, _with_inclusive_words(text, forms)))
        return tuple(sorted(found, key=lambda m: (m.start, -m.end, m.entry)))

    def _may_begin(self, word: str) -> bool:
        known = self._begins.get(word)
        if known is None:
            known = self._begins[word] = _key(word) in self._names
        return known

    def _walk(self, text: str, words: Sequence[Word]) -> Iterator[Match]:
        for index, word in enumerate(words):
            for key in word.keys:
                for name in self._names.get(key, ()):
                    end = _follow(text, words, index, name)
                    if end is not None:
                        yield Match(word.start, end, name.entry, name.part)


def _plurals(word: str, *, single: bool) -> tuple[str, ...]:
    if len(word) < _MIN_PART or word.isdigit():
        return (word,)
    if word[-1] in "sx":
        return (word,) if single else (word, word[:-1])
    return word, word + "s", word + "x"


def _follow(text: str, words: Sequence[Word], index: int, name: _Name) -> int | None:
    last = words[index]
    if not _capitals_fit(last, name) or not _accents_fit(text, last, name):
        return None
    for step, wanted in enumerate(name.words[1:], start=1):
        if index + step >= len(words):
            return None
        word = words[index + step]
        comma = name.commas and text[last.end : word.start].strip() == ","
        if not (comma or _joined(text, last, word)):
            return None
        if not set(word.keys) & set(_plurals(wanted, single=False)):
            return None
        last = word
    return last.end


def _capitals_fit(word: Word, name: _Name) -> bool:
    return name.capitals == ANY or (word.capitals if name.capitals == ALL else word.initial)


def _accents_fit(text: str, word: Word, name: _Name) -> bool:
    """Whether a word in lower case has no accent that the name has not."""
    here = text[word.start : word.end]
    return word.initial or not name.written or here.isascii() or here == name.written


def _joined(text: str, last: Word, word: Word) -> bool:
    gap = text[last.end : word.start]
    if _GAP.fullmatch(gap):
        return True
    return last.end - last.start <= _MIN_PART and bool(_ABBREVIATION_GAP.fullmatch(gap))


def _spaced_acronyms(text: str) -> list[Word]:
    """Return « A.B.C. » read as one word « abc »."""
    return [
        Word(m.start(), m.end(), (_key(letters),), initial=True, capitals=letters.isupper())
        for m in _SPACED_LETTERS.finditer(text)
        for letters in (m.group().replace(".", ""),)
    ]


def _with_inclusive_words(text: str, forms: Sequence[InclusiveForm]) -> list[Word]:
    """Return the words with each inclusive form read as its masculine and feminine."""
    out = [w for w in words_of(text) if not any(f.start < w.end and w.start < f.end for f in forms)]
    for form in forms:
        keys = tuple(dict.fromkeys((_key(form.masculine), _key(form.feminine))))
        first = form.text[0].isupper()
        out.append(Word(form.start, form.end, keys, first, capitals=False))
    return sorted(out, key=lambda word: word.start)


def _writings(text: str, position: int, kind: str) -> Iterator[_Name]:
    """Yield every way one writing of an entry may appear, as words."""
    whole = words_of(text)
    words = _without_title(whole, kind)
    keys = tuple(word.keys[0] for word in words)
    if not keys:
        return
    commas = "," in text
    needed = _capitals_needed(words, stripped=len(words) < len(whole))
    yield _Name(keys, position, needed, commas=commas)
    if len(words) < len(whole):
        yield _Name(tuple(word.keys[0] for word in whole), position, ANY, commas=commas)
    short = text.partition(",")[0]
    if commas and kind != PERSON and _is_long(short):
        yield from _writings(short, position, kind)
    if len(keys) > 1:
        yield _Name(("".join(keys),), position, ANY)
    if "&" in text:
        spoken = words_of(text.replace("&", " et "))
        yield _Name(tuple(word.keys[0] for word in spoken), position, ANY)
    yield from _inclusive_writings(text, position)
    if kind == PERSON and len(keys) > 1:
        for word in words:
            if len(word.keys[0]) >= _MIN_PART and word.initial:
                known = is_everyday(word.keys[0])
                asked = INITIAL if known else ANY
                written = text[word.start : word.end].lower()
                yield _Name(word.keys, position, asked, part=True, written=written)


def _is_long(name: str) -> bool:
    """Whether what stands before the comma of a name names it by itself: « Le Fanal »."""
    words = _without_title(words_of(name), "")
    return len(words) > 1 or any(not is_everyday(word.keys[0]) for word in words)


def _without_title(words: list[Word], kind: str) -> list[Word]:
    leading = _ARTICLES | (_TITLES if kind == PERSON else set())
    while len(words) > 1 and words[0].keys[0] in leading:
        words = words[1:]
    return words


def _capitals_needed(words: list[Word], *, stripped: bool) -> str:
    """Return how a name must be written to be recognised: short acronyms in capitals, and
    « Phare » for « Le Phare » with a capital, or every « pas » and « rue » would be masked.
    """
    if len(words) > 1:
        return ANY
    length = words[0].end - words[0].start
    if words[0].capitals and length <= _SHORT_ACRONYM:
        return ALL
    return INITIAL if stripped or length < _MIN_PART else ANY


def _inclusive_writings(text: str, position: int) -> Iterator[_Name]:
    for form in inclusive_forms(text):
        for key in form.keys:
            whole = text[: form.start] + key + text[form.end :]
            yield _Name(tuple(w.keys[0] for w in words_of(whole)), position, ANY)


def with_replacements(registry: Iterable[MaskEntry]) -> tuple[MaskEntry, ...]:
    """Return the registry with every empty replacement filled: ``[personne 1]``, ``[organisme A]``.

    Numbers follow the order of the list, so they stay the same over the whole study, and a
    name added at the end changes no other.
    """
    counts: dict[str, int] = defaultdict(int)
    filled = []
    for entry in registry:
        counts[entry.kind] += 1
        if entry.replacement.strip():
            filled.append(entry)
        else:
            filled.append(replace(entry, replacement=_numbered(entry.kind, counts[entry.kind])))
    return tuple(filled)


def _numbered(kind: str, number: int) -> str:
    if kind == ORGANISATION:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"[organisme {letters}]"
    word = {PERSON: "personne", PLACE: "lieu", OTHER: "nom"}.get(kind, "nom")
    return f"[{word} {number}]"
