"""Small words of French clauses, and where what is told ends: shared by the searches of events."""

from __future__ import annotations

from collections.abc import Sequence

from croisee.deidentify.stream import Token

MINE = frozenset({"mon", "ma", "son", "sa", "notre", "leur", "ton", "ta", "votre"})
DEFINITE = frozenset({"la", "le", "l'", "l’", "les", "du", "au", "cette", "cet"})
OF = frozenset({"de", "du", "des", "d'", "d’"})
WHERE = frozenset({
    "a", "au", "aux", "chez", "contre", "sur", "dans", "en", "devant", "sous", "sans", "avec",
    "entre", "pendant", "derriere", "pres", "vers", "jusqu'", "jusqu’", "jusque",
})  # fmt: skip
ARTICLES = frozenset({"la", "le", "les", "l'", "l’", "un", "une", "notre", "mon", "ma"})
AUXILIARIES = frozenset({
    "a", "ont", "est", "sont", "avait", "avaient", "etait", "etaient", "ete", "fait", "s'", "s’",
})  # fmt: skip
SUBJECTS = frozenset({
    "je", "j'", "j’", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "y", "ca", "c'",
    "c’", "qui",
})  # fmt: skip
CLOSES = frozenset({
    "pis", "puis", "mais", "et", "parce", "je", "j'", "j’", "on", "nous", "vous", "il", "elle",
    "ils", "elles", "y", "c'", "c’", "ca", "qui", "que", "qu'", "qu’", "donc", "alors", "fait",
    "m'", "m’", "a", "est", "sont", "ont", "etait", "avait", "quand", "me", "ne", "n'", "n’",
    "pas", "si", "comme", "va", "se", "s'", "s’", "sera", "serait", "doit", "peut",
})  # fmt: skip
"""What opens another clause: what is told ends before it."""
ENDS = frozenset(".;!?:«»()…,")
_LONGEST = 12


def forms(words: frozenset[str]) -> frozenset[str]:
    """Return folded participles in each gender and number: « noye », « noyee », « noyes »."""
    return frozenset(word + end for word in words for end in ("", "e", "s", "es"))


def is_have(text: str, token: Token) -> bool:
    """Whether « a » is the verb: the word is told from « à » by its accent only."""
    return token.key == "a" and text[token.start] == "a"


def _closes(text: str, token: Token) -> bool:
    if token.key == "a":
        return is_have(text, token)
    return token.key in CLOSES or token.key in ENDS


def extent(text: str, tokens: Sequence[Token], first: int) -> int:
    """Return the last token of what is told from ``first``: to a mark or another clause."""
    last = first
    for place in range(first, min(first + _LONGEST, len(tokens))):
        if tokens[place].key in ENDS or (place > first and _closes(text, tokens[place])):
            break
        last = place
    while last > first and tokens[last].key in OF | WHERE | ARTICLES:
        last -= 1
    return last


def end_after(text: str, tokens: Sequence[Token], place: int) -> int:
    """Return the last token of what follows a word, the word itself when nothing does."""
    if place + 1 >= len(tokens) or _closes(text, tokens[place + 1]):
        return place
    return extent(text, tokens, place + 1)
