"""Who and what is said at large: any noun of a person and what follows « qui », any rank, any day.

Wider than ``singled_out`` and ``befallen``, which ask what the verb is: here the noun may be of
no list (« le ténor qui est aussi croque-mort »), the deed any deed. What is done to whoever speaks
(« la dame qui m’a ouvert ») still says nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from croisee.deidentify.belonging import COMMON, HABITS, KIN, PEOPLE, Span, has_trade
from croisee.deidentify.clauses import extent
from croisee.deidentify.ordinary import is_everyday, is_known
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import MARK, Token, stream

_OF_A_PERSON = re.compile(r"(?:euse|iere|iste|ienne|ien|logue|trice)$")
_ANYBODY = frozenset({"premier", "premiere", "dernier", "derniere", "personne", "employeur"})
_TO_SPEAKERS = frozenset({
    "m'", "m’", "me", "te", "t'", "t’", "lui", "le", "la", "l'", "l’", "les", "nous", "vous",
    "leur", "y", "en", "ne", "n'", "n’",
})  # fmt: skip
_ARTICLES = frozenset({"la", "le", "l'", "l’"})
_HELPING = frozenset({"a", "est", "etait", "avait", "ont", "fait"})
_RANKS = frozenset({
    "premier", "premiere", "seul", "seule", "dernier", "derniere", "unique",
})  # fmt: skip
_MANY = frozenset({"enfant", "jeune", "personne"})
_DAYS = frozenset({
    "fois", "ete", "hiver", "soir", "nuit", "jour", "annee", "printemps", "automne", "matin",
    "journee", "semaine", "noel",
})  # fmt: skip
_OPENS = frozenset({"que", "qu'", "qu’", "ou"})
_SPEAKERS = frozenset({"je", "j'", "j’", "tu", "vous"})
_PAST = frozenset({"a", "ont", "est", "sont", "avait", "etait"})
_PARTICIPLE = re.compile(r"(?:e|ee|es|ees|i|u|is|it|ert|ait|ue|ie|int|ort)$")
_PLAIN = COMMON | HABITS | {"eu", "ete", "ferme", "fait", "dit"}
AT_LARGE = "|".join(sorted({"qui"} | _RANKS | _DAYS))
"""The folded words, as a pattern, without which nothing is said at large."""
_ROLE, _EVENT = "[une personne à ce poste]", "[un événement]"
_LONGEST_NOUN, _SHORTEST, _NEAR, _TOLD = 3, 3, 9, 4


def at_large(text: str) -> Iterator[Found]:
    """Yield who is said by any deed or rank, and what happened on a day that is told."""
    tokens = stream(text)
    for place, token in enumerate(tokens):
        role = event = None
        if token.key == "qui":
            role = _who(text, tokens, place)
        elif token.key in _RANKS:
            role = _ranked(text, tokens, place)
        elif token.key in _DAYS:
            event = _that_day(text, tokens, place)
        if role:
            yield Found(tokens[role[0]].start, tokens[role[1]].end, "rôle", _ROLE)
        if event:
            yield Found(tokens[event[0]].start, tokens[event[1]].end, "événement", _EVENT)


def _is_person(key: str) -> bool:
    """Whether a word may say somebody: a trade, a tie, an ending, or a word of no list."""
    if len(key) <= _SHORTEST or key in _ANYBODY:
        return False
    if has_trade(key) or key in PEOPLE | KIN or _OF_A_PERSON.search(key):
        return True
    return not (is_everyday(key) or is_known(key))


def _who(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « le ténor qui est aussi croque-mort », « la dame qui vient de la côte »."""
    if place + _SHORTEST >= len(tokens) or tokens[place + 1].key in _TO_SPEAKERS:
        return None
    for head in range(place - 1, max(0, place - 1 - _LONGEST_NOUN), -1):
        if tokens[head].kind == MARK and tokens[head].key != "-":
            return None
        if tokens[head - 1].key in _ARTICLES:
            if not _is_person(tokens[head].key):
                return None
            if _is_of_everybody(tokens, place + 1):
                return None
            end = extent(text, tokens, place + 1)
            if tokens[place + 1].key in _HELPING:
                end = max(end, extent(text, tokens, place + 2))
            return (head, end) if end - place >= _SHORTEST else None
    return None


def _is_of_everybody(tokens: Sequence[Token], verb: int) -> bool:
    """Whether anybody may do what is told: « qui a répondu », « qui suit mon fils »."""
    key, after = tokens[verb].key, tokens[verb + 1].key
    if key.endswith(("ent", "ont")):  # several: « les amis de la famille qui chantent »
        return True
    if key in {"a", "est", "ont"}:
        return after in COMMON | HABITS
    from_there = key == "vient" and after in {"du", "d'", "d’", "de"}
    return key in HABITS and key not in {"avait", "etait"} and not from_there


def _ranked(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « première policière atikamekw », « dernier à sortir du moulin »."""
    if not place or place + 1 >= len(tokens) or tokens[place - 1].key not in _ARTICLES:
        return None
    following = tokens[place + 1].key
    if following == "a" and text[tokens[place + 1].start] == "à":
        end = extent(text, tokens, place + 2) if place + 2 < len(tokens) else place
        return (place, end) if end > place + 2 else None
    known = has_trade(following) or (following in PEOPLE and following not in _MANY)
    known = known and following != "ministre"
    return (place, extent(text, tokens, place + 1)) if known else None


def _that_day(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « la fois que le presto a sauté », « le soir où mon coloc est mort dans le parc »."""
    first = place + 2
    if not place or tokens[place - 1].key not in _ARTICLES | {"une"} or first >= len(tokens):
        return None
    if tokens[place + 1].key not in _OPENS or tokens[first].key in _SPEAKERS:
        return None
    for aux in range(first, min(first + _NEAR, len(tokens) - 1)):
        done = tokens[aux + 1].key
        if tokens[aux].key in _PAST and text[tokens[aux].start] != "à" and _PARTICIPLE.search(done):
            after = {token.key for token in tokens[aux + 2 : first + _NEAR]}
            if done in _PLAIN and not after & {"dans", "sur", "sous"}:
                return None
            end = extent(text, tokens, aux + 1)
            return (first, end) if end - first >= _TOLD else None
    return None
