"""Names that no list holds, by their capital: a word that is none of every day's.

« J’ai parlé à Sumaiya », « Kev, veux-tu… », « c’est J-S ». Said only of texts that use
capitals; initials, nicknames in Ti- and people called by their first name stand here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from croisee.deidentify.gazetteer import FIRST, LAST, PLACE, gazetteer, word_key
from croisee.deidentify.ordinary import is_known, is_ordinary
from croisee.deidentify.patterns import Found

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_OPENING = re.compile(r"[.!?…:\n»«\"“”(–—\[/;•*|\t]")
_INITIALS = re.compile(
    r"(?<![\w-])[A-Z]\.?-[A-Z](?:\.?-[A-Z])?(?![\w-])|(?<!\w)[A-Z]\. ?[A-Z]\.(?!\w)"
)
_NICKNAME = re.compile(r"(?<![\w-])(?:ti|p[’']?tit|ptit|gros|tit)-[^\W\d_]{2,}", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:surnom(?:m\w+)?|m[’']appelle|s[’']appell(?:e|ait|ent)|qu[’']on appel(?:le|ait)"
    r"|appelle(?:nt)? (?:moi|le|la)|nom(?: de famille)?,? (?:c[’']est|est)) (?:«\s?)?"
    r"((?:le |la )?[^\W\d_][\w-]+)(?![’'])"
)
_NICKNAMED = re.compile(
    r"\b(?:m[’']appell?(?:ent|aient|ait)|surnomm\w+|(?:on |l[’'])appel(?:ait|le|aient))"
    r" ((?:le|la) (?!matin|soir|jour|midi|lendemain|semaine|nuit|fin|plus|même"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|week|mois|année)[^\W\d_]{3,})",
    re.IGNORECASE,
)
_DEMONYM = re.compile(r"(?:ais|aise|ois|oise|ien|ienne|ain|aine|ite|iste|eron|onne|ard|arde)s?$")
_CENTURY = re.compile(r"[XVI]+e?$")
_DRAWN_OUT = re.compile(r"(.)\1\1", re.IGNORECASE)
_ARTICLES = {"le", "la", "les", "l", "un", "une", "des", "du", "au", "aux", "ces", "d"}
_JOINT = re.compile(r" (?:(?:de|du|la|le|van|von|el|al|ben|di|da|dos)[ ’'-])?|[’'-]")
_OPENING_FORM = re.compile(r"(?:ment|ees|tion|tions|ique|yez|rez|sez|tez|aient|erons|ons|isme)$")
_PRONOUNS = {"vous", "nous", "moi", "toi", "le", "la", "les", "lui", "y", "en", "je", "tu", "on",
             "il", "elle", "ils", "elles", "ce", "ci", "lave", "fi", "o"}  # fmt: skip
_CALLS = {"allo", "salut", "bonjour", "bonsoir", "merci", "bye", "coucou", "chere"}
_NEVER = {
    "ben", "bon", "bonne", "juste", "bravo", "merci", "non", "oui", "parfait", "long", "mon",
    "do", "va", "un", "an", "on", "en", "or", "si", "vu", "dit", "mal", "noel", "le", "la", "ma",
    "sans", "fait", "avec", "des", "au", "y", "constant", "nul", "prud", "e",
}  # fmt: skip
"""Words that open sentences or stand anywhere with a capital, though somebody bears them."""
_MOSTLY, _MANY, _FEW = 0.7, 0.4, 4
_AFTER = set(",?!.…")
PERSON, SOMEBODY, SOMETHING = "personne", "[une personne]", "[un nom]"


class _Odd(dict[str, bool]):
    """Whether a word as written is a capital to look at, worked out once a writing."""

    def __missing__(self, word: str) -> bool:
        parts = [word_key(part) for part in re.split("[-‐‑]", word)]
        odd = word[0].isupper() and not is_known(parts[0]) and parts[0] not in _NEVER
        self[word] = odd = odd and not (len(parts) > 1 and parts[-1] in _PRONOUNS)
        return odd


def is_never_a_name(key: str) -> bool:
    """Return whether a folded word is of every sentence, though somebody bears it."""
    return key in _NEVER or key in _ARTICLES


def _raw(word: str) -> int:
    return gazetteer().words.get(word_key(word), 0)


_ODD = _Odd()


class CapitalNames:
    """Words with a capital that nothing else explains; its candidates' source is ``majuscule``."""

    name = "majuscule"

    def find(self, text: str) -> Iterator[Found]:
        """Yield what looks like a name by its capital, its initials or its prefix."""
        yield from _by_shape(text)
        words = _WORD.findall(text)
        if not any(map(_ODD.__getitem__, words)) or _shouted(words):
            return
        matches = list(_WORD.finditer(text))
        index = 0
        while index < len(matches):
            if _ODD[matches[index].group()] and _stands_out(text, matches, index):
                last = _last(text, matches, index)
                start, end = matches[index].start(), matches[last].end()
                person = bool(_raw(matches[index].group()) & (FIRST | LAST))
                yield Found(start, end, PERSON, SOMEBODY if person else SOMETHING)
                index = last
            index += 1


def _by_shape(text: str) -> Iterator[Found]:
    if "-" in text or "." in text:
        for match in _INITIALS.finditer(text):
            yield Found(match.start(), match.end(), PERSON, SOMEBODY)
    if "-" in text:
        for match in _NICKNAME.finditer(text):
            yield Found(match.start(), match.end(), PERSON, SOMEBODY)
    if "ppel" in text or "nom" in text:
        for match in _NICKNAMED.finditer(text):
            yield Found(match.start(1), match.end(1), PERSON, SOMEBODY)
        for match in _CALLED.finditer(text):
            called = match.group(1)
            known = is_ordinary(word_key(called.split()[-1]))
            if called.split()[-1][0].isupper() or not known:
                yield Found(match.start(1), match.end(1), PERSON, SOMEBODY)


def _shouted(words: Sequence[str]) -> bool:
    """Whether the turn is written in capitals, or each of its words has one."""
    capitals = sum(word[0].isupper() for word in words)
    shouted = sum(word.isupper() and len(word) > 1 for word in words)
    share = len(words) if len(words) > _FEW else len(words) * len(words) + 1
    return capitals / share > _MOSTLY or shouted / share > _MANY


def _stands_out(text: str, words: Sequence[re.Match[str]], index: int) -> bool:
    match = words[index]
    word, key = match.group(), word_key(match.group())
    if word.isupper() or _CENTURY.match(word) or _DRAWN_OUT.search(word):
        return False
    before = text[words[index - 1].end() : match.start()] if index else ""
    first = bool(_raw(word) & FIRST)
    if not index or _OPENING.search(before):
        return _opens_as_name(text, match, key, first=first)
    last = word_key(words[index - 1].group())
    if _is_common(word):
        set_off = "," in before and text[match.end() : match.end() + 1] == ","
        named = first or (set_off and bool(_raw(word) & LAST)) or last in _CALLS
        return named and last not in _ARTICLES and not _raw(word) & PLACE and len(word) > 1
    return not (last in _ARTICLES and _DEMONYM.search(key) and not first)


def _opens_as_name(text: str, match: re.Match[str], key: str, *, first: bool) -> bool:
    """Whether a word whose capital says nothing is a name: unknown, or somebody called."""
    if _is_common(match.group()):
        return first and _is_called(text, match)
    participle = match.group().endswith("é")
    plain = participle or _DEMONYM.search(key) or _OPENING_FORM.search(key)
    return len(key) > 1 and (first or not plain)


def _is_common(word: str) -> bool:
    return all(is_ordinary(word_key(part)) for part in re.split("[-‐‑]", word))


def _is_called(text: str, match: re.Match[str]) -> bool:
    """Whether a first name that is also a word is called: « Rose, viens », « Claire? »."""
    rest = text[match.end() : match.end() + 2].strip()
    return rest[:1] in _AFTER or not text[match.end() :].strip()


def _last(text: str, words: Sequence[re.Match[str]], first: int) -> int:
    """Return the last word of the name: the capitals that follow go with it."""
    last = first
    while last + 1 < len(words):
        following = words[last + 1]
        gap = text[words[last].end() : following.start()]
        if not _JOINT.fullmatch(gap) or not following.group()[0].isupper():
            break
        last += 1
    return last
