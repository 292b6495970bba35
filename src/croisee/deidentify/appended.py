"""What is said right after a name or a role and gives it away with it.

« Ginette la Rouge », « Gérard le pompier », « Jean-Yves T », « pascal vézina roux »; « le dernier
à sortir, avec la clé ». Nothing is found here: what was found is made longer, never a passage
more.
"""

from __future__ import annotations

import re

from croisee.deidentify.bare_names import ends_as_common
from croisee.deidentify.gazetteer import FIRST, LAST, gazetteer, word_key
from croisee.deidentify.ordinary import is_known, is_ordinary
from croisee.deidentify.traits import is_trade

_CAP = "[A-ZÀ-Ý]"
_NICKNAME = re.compile(rf" (?:l[ae] |l[’']){_CAP}[\w-]+(?: {_CAP}[\w-]+)*")
_BY_TRADE = re.compile(r" (?:l[ae] |l[’'])([^\W\d_]{4,})(?=[,.;:!?»…]|$)")
_INITIAL = re.compile(r" (?![AOYÀ]\b)[A-Z](?![\w’'.-])")
_LOWER_INITIAL = re.compile(r" [b-df-hj-np-tv-xz](?![\w’'.-])")
_NEXT = re.compile(r" ([^\W\d_]{3,})(?![\w’'-])")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_NEVER = frozenset({"bien", "bon", "bonne", "pas", "plus", "tout", "fait", "dit", "mal", "oui"})
_SHORTEST_TYPED = 4
_NUMBERED = re.compile(r"\b(?:num[ée]ro|local|puits|no)$", re.IGNORECASE)
_NUMBER = re.compile(
    r" (?:\d+|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze)\b", re.IGNORECASE
)
_ASIDE = re.compile(
    r", (?:avec|en|sur|sous|devant|dans|un|une|celui|celle|le (?:matin|soir|jour|gars)"
    r"|la (?:nuit|veille|fille))\b[^.,;:!?…»\n]{3,45}(?=[.,;:!?…»]|$)"
)
_ANOTHER_CLAUSE = re.compile(
    r"\b(?:je|j[’']|on|ils?|elles?|c[’']|y|ça|pis|mais|nous|vous|tu|et|est|ont|a|fait|fond|effet"
    r"|train|tout cas|gros|genre|fois|an|année|sens)\b",
    re.IGNORECASE,
)


def after_name(text: str, end: int) -> int:
    """Return where a person's name ends, with the nickname, initial or last name after it."""
    lower = text.islower()
    initial = (_LOWER_INITIAL if lower else _INITIAL).match(text, end)
    if initial:
        return initial.end()
    nickname = _NICKNAME.match(text, end)
    if nickname:
        return nickname.end()
    by_trade = _BY_TRADE.match(text, end)
    if by_trade and is_trade(word_key(by_trade[1])):
        return by_trade.end()
    following = _NEXT.match(text, end)
    if following and following[1].islower() and _ends_a_first_name(text[:end]):
        capital = not lower and not _is_typed_without_capital(text[:end])
        listed = not capital and _is_family_name(word_key(following[1]))
        if listed or (not lower and _is_no_other_word(following[1])):
            return following.end()
    return end


def _is_typed_without_capital(before: str) -> bool:
    first = _LAST_WORD.search(before)
    return bool(first and first.group().islower())


def _is_no_other_word(word: str) -> bool:
    key = word_key(word)
    return not (
        len(word) < _SHORTEST_TYPED
        or is_ordinary(key)
        or is_known(key)
        or ends_as_common(word)
        or word.endswith("ait")
    )


def _is_family_name(key: str) -> bool:
    return bool(gazetteer().words.get(key, 0) & LAST) and key not in _NEVER


def _ends_a_first_name(before: str) -> bool:
    word = _LAST_WORD.search(before)
    return bool(word and gazetteer().words.get(word_key(word.group()), 0) & FIRST)


def after_role(text: str, end: int) -> int:
    """Return where a role or an event ends, with its number and the aside that follows it."""
    number = _NUMBER.match(text, end)
    if number and _NUMBERED.search(text, max(0, end - 8), end):
        end = number.end()
    aside = _ASIDE.match(text, end)
    return aside.end() if aside and not _ANOTHER_CLAUSE.search(aside.group()) else end
