"""An event by its noun and what says which it was, or by what a thing did somewhere.

« Mon accident de 2017 sur la 185 », « une chute de motoneige sur le lac Aylwin », « la prise
d’otage à la réception », « l’incendie criminel de la mosquée », « le train de Rivebelle qui a
frappé l’orignal », « la croix plantée dans le gazon ». What befell somebody, told by a verb, is
read by ``befallen``. Words are in ``lists/evenements.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from croisee.deidentify.belonging import Span, has_trade
from croisee.deidentify.clauses import (
    ARTICLES,
    AUXILIARIES,
    CLOSES,
    DEFINITE,
    ENDS,
    MINE,
    OF,
    WHERE,
    end_after,
    extent,
    forms,
    is_have,
)  # fmt: skip
from croisee.deidentify.gazetteer import word_sets
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import MARK, NUMBER, Token, stream

_LISTS = word_sets("evenements.txt")
_STRONG, _VAGUE = _LISTS["fort"], _LISTS["vague"]
_NOUNS = _LISTS["fait"] | _STRONG | _VAGUE
_TWO_WORDS = frozenset(
    (first, second) for first, _, second in (word.partition("-") for word in _LISTS["compose"])
)
_HEADS = frozenset(first for first, _ in _TWO_WORDS)
_ACTORS = _LISTS["ouvrage"] | _LISTS["bete"] | _LISTS["chose"]
_FEASTS, _HITS = _LISTS["fete"] | {"soiree", "party", "souper"}, forms(_LISTS["frappe"])
_LEFT = forms(_LISTS["reste"] | _LISTS["atteinte"])
UPHEAVALS = (
    "|".join(sorted(_NOUNS | _HEADS | _ACTORS | _FEASTS)) + f"|(?:{'|'.join(sorted(_LEFT))})"
)
"""The folded words, as a pattern, without which no event is named."""
_ONE = frozenset({"un", "une"})
_SIZES = frozenset({"grand", "grande", "gros", "grosse", "fameux", "fameuse"})
_SPELLS = frozenset({"jours", "semaines", "mois", "ans", "heures", "annees"})
_OFTEN = frozenset({"visite", "fermeture"})
_PUBLIC = frozenset({"village", "victimes", "corps", "paroisse", "ministre", "police", "visage"})
_PLAIN = frozenset({
    "parcours", "travail", "donnees", "identite", "vie", "temps", "telephone", "projet",
    "internet", "ordinateur", "membres", "budget", "poste", "semaine", "mois", "jour", "vert",
    "loi", "esprit", "soi", "coeur", "terrain", "monde", "reunion", "classe", "cours",
    "nouvelles", "question", "fond", "idees", "ville", "gens", "rapport", "groupe", "ligne",
    "serveur", "moral", "niveau", "fin", "debut", "pied", "table", "place", "cause", "dette",
    "plus", "moins", "general", "gouvernement", "etat", "retraite", "conges", "vacances",
})  # fmt: skip
_QUALITY = re.compile(
    r"(?!malgre|entre|contre|mere|pere)[^\W\d_]{2,}"
    r"(?:el|elle|al|ale|e|ee|if|ive|ique|eux|euse|ant|ante|ais|aise)"
)
"""What may stand between an event and where it was: « l’incendie criminel de la mosquée »."""
_WORDS = "[un événement]"
_ENGLISH = re.compile(
    r"\b(?:the (?:day|night|winter|summer|morning|year) (?:that |when )?(?:the|my|our|his|her) "
    r"|when (?:the|my|our) )"
    r"(?:[a-z]+ ){1,3}(?:went|burn(?:ed|t)|fell|sank|crashed|collapsed|exploded|drowned|got|was|"
    r"were|caught|blew|broke|died|flooded|hit|ran) (?:[a-z]+ ?){1,8}",
    re.IGNORECASE,
)
_NEAR, _FAR, _SHORT = 3, 6, 2


def upheavals(text: str) -> Iterator[Found]:
    """Yield the events named by a noun, or by what a thing did or was left."""
    tokens = stream(text)
    for place, token in enumerate(tokens):
        key, span = token.key, None
        if key in _HEADS:
            span = _compound(text, tokens, place)
        if span is None and key in _NOUNS:
            span = _noun(text, tokens, place, place)
        if span is None and (key in _ACTORS or key in _FEASTS):
            span = _which(text, tokens, place)
        if span is None and key in _LEFT:
            span = _left(tokens, place)
        if span:
            yield Found(tokens[span[0]].start, tokens[span[1]].end, "événement", _WORDS)


def english_upheavals(text: str) -> Iterator[Found]:
    """Yield « the day the school bus went through the ice »."""
    for match in _ENGLISH.finditer(text):
        yield Found(match.start(), match.end(), "événement", _WORDS)


def _compound(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « la prise d’otage à la réception », « le dégât d’eau de la Saint-Jean »."""
    for tail in range(place + 1, min(place + _NEAR + 1, len(tokens))):
        if (tokens[place].key, tokens[tail].key) in _TWO_WORDS:
            return _noun(text, tokens, place, tail)
    return None


def _noun(text: str, tokens: Sequence[Token], place: int, tail: int) -> Span | None:
    """Return an event by its noun, with what says which one it was."""
    first = place
    while first and tokens[first - 1].key in _SIZES:
        first -= 1
    lead = tokens[first - 1].key if first else ""
    if first > _SHORT and lead in OF and tokens[first - 2].key in _SPELLS:
        numbered = tokens[first - 3].kind == NUMBER
        return (first - 3, end_after(text, tokens, tail)) if numbered else None
    hyphened = tail + 1 < len(tokens) and tokens[tail + 1].key in {"-", "‑"}
    if lead not in MINE | DEFINITE | _ONE or hyphened:
        return None
    two = tail > place
    while tail + 2 < len(tokens) and _QUALITY.fullmatch(tokens[tail + 1].key):
        tail += 1
    after = tokens[tail + 1 : tail + 4]
    led = after and after[0].key in OF | WHERE and not is_have(text, after[0])
    if two and not led and lead not in _ONE:
        return (first if lead in MINE | {"du", "au"} else first - 1), tail
    if not led or {token.key for token in after[1:]} & _PLAIN:
        return None
    end = extent(text, tokens, tail + 1)
    weight = _STRONG if two else {tokens[place].key} & _STRONG
    if not _says_which(text, tokens[tail + 1 : end + 1], tokens[place].key, lead, two=bool(weight)):
        return None
    return (first if lead in MINE | _ONE | {"du", "au"} else first - 1), end


def _says_which(text: str, said: Sequence[Token], noun: str, lead: str, *, two: bool) -> bool:
    """Whether what follows an event's noun says which: a name, a year, a place, how long."""
    rare = any(_is_year(token) or _is_named(text, token) for token in said)
    rare = rare or (len(said) > 1 and said[1].kind == NUMBER)
    placed = any(
        token.key in WHERE and (after.key in ARTICLES or token.key in {"en", "au"})
        for token, after in pairwise(said)
    )
    if lead in _ONE:
        return rare and any(token.key in WHERE for token in said)
    if lead in MINE:
        return rare or placed or noun == "greffe"
    if noun in _VAGUE and not two:
        about = any(has_trade(t.key) or t.key in _ACTORS | _PUBLIC for t in said)
        return about or (rare and said[0].key not in {"a", "en"})
    definite = said[0].key in {"du", "des"} or (len(said) > 1 and said[1].key in ARTICLES)
    works = any(t.key in _ACTORS for t in said)
    return rare or two or ((placed or definite) and (works or noun not in _OFTEN))


def _is_named(text: str, token: Token) -> bool:
    return text[token.start].isupper() and token.end - token.start > _SHORT


def _is_year(token: Token) -> bool:
    return token.kind == NUMBER and token.key[:2] in {"19", "20"} and len(token.key) == _NEAR + 1


def _which(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « le train de Rivebelle qui a frappé l’orignal », « la noce où tous ont brûlé »."""
    if not place or tokens[place - 1].key not in {"la", "le", "l'", "l’", "un", "une"}:
        return None
    for link in range(place + 1, min(place + _FAR - 1, len(tokens) - _NEAR)):
        key = tokens[link].key
        if key == "qui" and tokens[place].key in _ACTORS and tokens[link + 1].key in AUXILIARIES:
            done = any(token.key in _HITS for token in tokens[link + 2 : link + 5])
            return (place - 1, end_after(text, tokens, link + _NEAR)) if done else None
        if key in {"ou", "que"} and tokens[place].key in _FEASTS:
            last = link
            while last + 1 < min(len(tokens), link + 12) and tokens[last + 1].key not in ENDS:
                last += 1
            return place - 1, last
        if tokens[link].kind == MARK or key in CLOSES - {"a"}:
            return None
    return None


def _left(tokens: Sequence[Token], place: int) -> Span | None:
    """Return « la croix plantée dans le gazon », « les deux corps trouvés dans le silo »."""
    after = [token.key for token in tokens[place + 1 : place + 3]]
    if place < _SHORT or len(after) < _SHORT or tokens[place - 1].kind == MARK:
        return None
    if tokens[place - 1].key in AUXILIARIES | {"ai", "as"}:
        return None
    if after[0] not in WHERE - {"a", "en", "avec", "sans", "pres", "contre", "entre"}:
        return None
    numbered = tokens[place - 2].kind == NUMBER and tokens[place - 3].key == "les"
    if not numbered and tokens[place - 2].key not in {"la", "le", "l'", "l’"}:
        return None
    if after[1] not in ARTICLES and after[0] not in {"au", "aux"}:
        return None
    last = place + 1
    for following in range(place + 1, min(place + _FAR, len(tokens))):
        if tokens[following].key in ENDS | CLOSES:
            break
        last = following
    return place - 2, last
