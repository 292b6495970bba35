"""What goes with a name and gives it away: its title, the rest of a hyphenated word, a letter."""

from __future__ import annotations

import re

from croisee.deidentify.appended import after_name
from croisee.deidentify.gazetteer import FIRST, gazetteer, word_key
from croisee.deidentify.ordinary import is_known, is_ordinary

_TITLE = re.compile(
    r"(?:\b(?:le|la|l[’'])\s?)?\b(?:madame|monsieur|mademoiselle|mme|mlle|mr|mrs|ms|miss|m|me|dr|dre"
    r"|docteure?|ma[îi]tre|professeure?|abb[ée]|agente?|constable|inspect(?:eur|rice)|sergente?"
    r"|capitaine|lieutenante?|commandante?|caporale?|colonel|chanoine|pasteure?|curé|imam|rabbin"
    r"|monseigneur|coach|don|doña|hermana|señora?|father|sister|brother|auntie?|big|little|koko"
    r"|k[ou]k[ou]m|officer|chief|veuve)\.?[ \u00a0\u202f]$"
    r"|(?<!\b[mts]a )(?<!\b[mts]on )(?<!tre )(?<!\bune )(?<!\bun )(?<!\bl[ae] )"
    r"\b(?:s(?:œ|oe)ur|fr[èe]re)[ \u00a0\u202f]$"
    r"|(?<!\b[mts]a )(?<!\b[mts]on )(?<!tre )(?<!\bune )(?<!\bun )(?<!eur )"
    r"\b(?:père|mère|oncle|tante|vieux|vieille|frères|sœurs)[ \u00a0\u202f]$"
    r"|\b(?:le|la)\s(?:petite?|p[’']tite?|grande?|gros(?:se)?|vieux|vieille|belle|beau|jeune|feu)"
    r"[ \u00a0\u202f]$",
    re.IGNORECASE,
)
_LONGEST = 32
_LEFT_PART = re.compile(r"[^\W\d_]+[-‐‑]$|\b[dlDL]\\?[’']$")
_RIGHT_PART = re.compile(
    r"(?:[-‐‑][^\W\d_]+)+|[’']h(?![\w’'])|[ \u00a0][A-Z]\.(?![\w.])"
    r"| d[’'][A-ZÀ-Ü][^\W\d_]+(?:-[^\W\d_]+)*"
)
_FAMILY_NAME = re.compile(r"(?<![\w-])[A-ZÀ-Ý]{3,}(?:[-’' ][A-ZÀ-Ý]{3,})*[ \u00a0]$")
_WORD = re.compile(r"[^\W\d_]+")
_INITIAL = re.compile(r"(?<![\w.-])[A-Z]\.[ \u00a0]$")
_TURNED = re.compile(r"(?:^|[.;] )((?:[A-Z][a-z]{1,2} )?[A-Z][\w’-]{2,}), $")
_LETTERS_BEFORE = re.compile(r"(?<![\w’'])(?:[A-Za-z]{1,4})(?: tiret|-)?[ -]$")
_LETTERS_AFTER = re.compile(
    r"(?:[ -](?:[A-Z]{1,2}|[b-df-hj-np-tv-xz]))(?![\w’'])"
    r"|-[A-Za-z](?!\w)| un(?= (?:je|j|ma|mon|on|y|c|pis|et|ok|bon)\b| ?[,.?!]| ?$)"
)
_VOWEL = re.compile("[aeiouy]")
_CORRECTION = re.compile(r"(?:…|\.\.\.|,)? ?(?:non|pardon|excuse),? ", re.IGNORECASE)
_BRIDGE = re.compile(r" (?:d[’']|de |à |à la )|[-‐‑]|[’']| ?, (?=[A-Z])")


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a person's name begins and ends, with what cannot be left beside it.

    « Mme Côté » is hidden with its title, « Marie-Soleil » whole when « Marie » was found, and
    « ZORBIN Marie » with the family name before it.
    """
    right = _RIGHT_PART.match(text, end)
    if right:
        end = right.end()
    end = after_name(text, end)
    if start and text[start - 1] in "-‐‑’'":
        left = _LEFT_PART.search(text, max(0, start - _LONGEST), start)
        if left and not _is_article(left.group()):
            start = left.start()
    family = _FAMILY_NAME.search(text, max(0, start - _LONGEST), start)
    if family and text[start].isupper() and _is_a_name(family.group()):
        start = family.start()
    initial = _INITIAL.search(text, max(0, start - _LONGEST), start)
    if initial:
        start = initial.start()
    turned = _TURNED.search(text, max(0, start - _LONGEST), start)
    if turned and _is_turned(turned.group(1), text[start:end], text[end : end + 1]):
        start = turned.start(1)
    title = _TITLE.search(text, max(0, start - _LONGEST), start)
    return (title.start() if title else start), end


def widened_number(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where an identifier begins and ends, with its letters: « LM 440 CA »."""
    left = _LETTERS_BEFORE.search(text, max(0, start - _LONGEST), start)
    if left and _are_letters(left.group()):
        start = left.start()
    right = _LETTERS_AFTER.match(text, end)
    return start, right.end() if right else end


def _is_turned(family: str, first: str, mark: str) -> bool:
    """Whether a family name stands before a first name: « Cousineau, Réjeanne. »."""
    bits = [gazetteer().words.get(word_key(word), 0) for word in _WORD.findall(family)]
    given = gazetteer().words.get(word_key(_WORD.findall(first)[0]), 0) & FIRST
    named = _is_a_name(family) and not any(bit & FIRST for bit in bits)
    return bool(given) and named and mark in {".", ",", ";"}


def _are_letters(before: str) -> bool:
    """Whether what stands before a number is no word: « HK », « fjr »; not « le », « app »."""
    letters = _WORD.findall(before)[0]
    key = word_key(letters)
    if letters.isupper() and len(letters) > 1:
        return True
    return letters.islower() and not _VOWEL.search(key) and len(key) > 1 and not is_ordinary(key)


def _is_a_name(capitals: str) -> bool:
    """Whether no word in capitals is one that everybody knows: « ZORBIN », not « SERVICE »."""
    keys = map(word_key, _WORD.findall(capitals))
    return not any(is_ordinary(key) or is_known(key) for key in keys)


def _is_article(part: str) -> bool:
    """Whether « d’ » is only a preposition: « d’Alice », not « D’Amico »."""
    return part[0].islower() and part[-1] in "’'"


def corrects(between: str) -> bool:
    """Return whether a name is said again, corrected: « Noah… non, Noa »."""
    return bool(_CORRECTION.fullmatch(between))


def bridges(between: str) -> bool:
    """Return whether two names with this between them are one: « Jeanne d’Arc »."""
    return bool(_BRIDGE.fullmatch(between))
