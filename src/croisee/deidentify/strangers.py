"""Words of no list where no common noun stands, in a turn without capitals.

« Je reste avec yantheman », « c’est domrose qui a fermé »: a word that is not of every day, has
no common ending and no article before it. On lower-cased real debates (105 000 words), half of
the 227 words that this alone hid were names; the others are rare words that a person shows again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from croisee.deidentify.gazetteer import FIRST, LAST, PLACE, gazetteer, word_key, word_sets
from croisee.deidentify.ordinary import is_everyday

_COMMON_END = re.compile(
    r"(?:ez|ai[st]|aient|ments?|er|ables?|ibles?|ions?|istes?|eurs?|euses?|ités?|ées?|és?|ir|ants?"
    r"|antes?|iques?|rai|ras?|r?ont|r?ons|ents?|ismes?|ages?|ifs?|ives?|els?|elles?|ales?|al|aux"
    r"|ures?|oires?|oir|[ae]nces?|ueux|eux|ienn?es?|iens|oise?s?|aises?|ies|[iu]s|ut|ue?s?|aires?"
    r"|ices?|ades?|ères?|uses|ologues?|ères?|ain(?:e?s)|ises?|îtres?)$"
)
_AGAIN = re.compile("r[eé]|d[eé]s?|in|sur|pré")
_DETERMINERS = word_sets("phrases.txt")["devant"]
"""Words after which a common noun, an adjective or a verb stands."""
_NO_NAME_AFTER = _DETERMINERS | {"au", "de", "ai", "as", "a", "est", "ete", "ta", "l", "d"}
_NEVER = frozenset({"bravo"})
_SHORTEST = 5


def strangers(text: str, tokens: Sequence[re.Match[str]], odd: Sequence[bool]) -> Iterator[int]:
    """Yield the places of the words that are probably names; ``odd`` says those of no list."""
    for place, token in enumerate(tokens):
        word = token.group()
        if not odd[place] or len(word) < _SHORTEST or _AGAIN.match(word):
            continue
        if _COMMON_END.search(word):
            continue
        if place and word_key(tokens[place - 1].group()) in _DETERMINERS:
            between = text[tokens[place - 1].end() : token.start()].strip()
            if between in {"", "’", "'"}:
                continue
        yield place


def listed(tokens: Sequence[re.Match[str]]) -> Iterator[int]:
    """Yield the places of the words that the lists of names and places hold and no other list.

    « Je suis née à windsor », « c’est mirabel »: after an article or a helping verb the same word
    may be another (« un rouleau de papier »), and is left to those who know the sentence.
    """
    before = ""
    for place, token in enumerate(tokens):
        word = token.group()
        key = word_key(word)
        last, before = before, key
        if len(key) < _SHORTEST or last in _NO_NAME_AFTER or key in _NEVER or is_everyday(key):
            continue
        written = word.isascii() or word in gazetteer().written
        if written and gazetteer().words.get(key, 0) & (FIRST | LAST | PLACE):
            yield place
