"""Who is said by what nobody else is or did, by the build of the sentence and not its words.

A definite person and what they did (« la dame qui s’est attachée au balcon »), « celle qui a
accouché dans le gymnase », « c’est lui qui sonne les cloches », « la dernière qui parlait le
dialecte », « la famille la plus vieille de la région ». What everybody does (« l’infirmière qui
m’a appelé ») says nobody. What a trade belongs to is read by ``belonging``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from croisee.deidentify import belonging
from croisee.deidentify.belonging import (
    ARTICLES,
    COMMON,
    FAR,
    FEW,
    HABITS,
    KIN,
    LONGEST,
    OBJECTS,
    OF,
    PEOPLE,
    Span,
    has_trade,
)  # fmt: skip
from croisee.deidentify.dictated import is_number_word
from croisee.deidentify.gazetteer import word_sets
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import MARK, NUMBER, Token, stream
from croisee.deidentify.traits import clause_end

_LISTS = word_sets("postes.txt")
_RANKS = frozenset({
    "seul", "seule", "unique", "premier", "premiere", "dernier", "derniere",
})  # fmt: skip
_POINTED = frozenset({"celui", "celle", "lui", "elle"})
_HAVE = frozenset({"a", "avait", "ont", "avaient", "aura", "aurait"})
_BE = frozenset({"est", "etait", "sera", "fut"})
_VERB = re.compile(r"[^\W\d_]{2,}(?:e|t|d|ait)")
_MANY = frozenset({
    "jeune", "enfant", "benevole", "famille", "etudiant", "etudiante", "maman", "papa", "femme",
    "homme", "fille",
})  # fmt: skip
"""Those who are so many that what they do now says nobody."""
_NOUN_FIRST = frozenset({
    "la", "le", "les", "l'", "l’", "un", "une", "des", "du", "au", "aux", "dans", "sur", "sous",
    "a", "de", "d'", "d’", "en", "chez", "pour", "par", "avec", "trois", "deux", "quatre", "son",
    "sa", "ses", "contre", "devant",
})  # fmt: skip
_WEEK = frozenset({
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
})  # fmt: skip
_TIMES = frozenset({"fois", "chose", "journee", "annee", "semaine", "reunion", "rencontre"})
_MADE = frozenset({
    "ouvert", "fonde", "parti", "lance", "cree", "achete", "bati", "construit", "invente", "tenu",
})  # fmt: skip
WHO = "|".join(sorted(
    PEOPLE | KIN | _RANKS | {"celui", "celle"} | belonging.TOO | belonging.TOGETHER.keys()
    | _LISTS["poste"] | _LISTS["metier"] | _LISTS["agent"] | _LISTS["personne"]
))  # fmt: skip
"""The folded words, as a pattern, without which nobody is singled out, but by ``SIGNS``."""
SIGNS = re.compile(r"\b(?:lui|elle) qui |\bl[ae] plus \w+ |\b(?:étais|ai été) l", re.IGNORECASE)
_WORDS = "[une personne à ce poste]"
_ENGLISH = re.compile(
    r"\bthe (?:only|first|last|former|youngest|oldest) (?!time|thing|one\b|day|year|problem|way)"
    r"(?:[a-z]+ ){1,3}(?:in|at|of|from|on|who|to) [^.,;:!?»]{3,50}",
    re.IGNORECASE,
)
_OF_FEW = re.compile(
    r"\b(?:l[’']une? )?des (?:deux|trois|quatre|cinq) "
    r"(?:seule?s |derni(?:er|ère)s |premi(?:er|ère)s )?"
    r"(?:survivante?s?|rescapée?s?|victimes|fondat\w+|héritiers?|témoins)\b[^.,;:!?»]{0,30}"
    r"|\bles (?:deux|trois|quatre) (?:seule?s|derni(?:er|ère)s) [\w’'-]+ "
    r"(?:du|de la|de l[’']|des|au|à|en) ?[^.,;:!?»]{3,40}"
    r"|\b(?:suis|est|étais|était) née? (?:avec|sans) [^.,;:!?»]{4,40}",
    re.IGNORECASE,
)


def singled_out(text: str) -> Iterator[Found]:
    """Yield who is said by a deed, a rank or the one place of their trade."""
    tokens = stream(text)
    for place, token in enumerate(tokens):
        if token.key in _POINTED:
            pointed = token.key[0] == "c" or (place and tokens[place - 1].key in {"est", "etait"})
            span = _did(tokens, place, place, anyone=True) if pointed else None
        elif token.key in _RANKS:
            span = _ranked(text, tokens, place)
        elif token.key == "plus":
            span = _most(tokens, place)
        elif token.key in {"etais", "ete"}:
            span = belonging.risen(tokens, place)
        else:
            span = _somebody(text, tokens, place)
        if span:
            yield Found(tokens[span[0]].start, tokens[span[1]].end, "rôle", _WORDS)


def one_of_few(text: str) -> Iterator[Found]:
    """Yield « une des trois survivantes », « les deux seules lesbiennes du village »."""
    for match in _OF_FEW.finditer(text):
        yield Found(match.start(), match.end(), "rôle", _WORDS)


def english_unique(text: str) -> Iterator[Found]:
    """Yield « the only anglophone teacher in Chapais »."""
    for match in _ENGLISH.finditer(text):
        yield Found(match.start(), match.end(), "rôle", _WORDS)


def _somebody(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return a trade, a tie or a person with what says which one."""
    key = tokens[place].key
    trade = has_trade(key)
    known = trade or key in PEOPLE or key in KIN or key in belonging.TOGETHER
    if not known and key not in _LISTS["personne"]:
        return None
    start = belonging.lead(tokens, place)
    if start is None:
        if key == "porte" and belonging.together(tokens, place):
            return belonging.of_oneself(text, tokens, belonging.together(tokens, place))
        if not (trade or key in {"enfant", "ministre"}):
            return None
        return belonging.of_oneself(text, tokens, place) or belonging.former(text, tokens, place)
    tail = belonging.together(tokens, place)
    if tail:
        end = belonging.belongs(text, tokens, tail) or (0 if key == "porte" else tail)
        return (start, end) if end else None
    return (
        belonging.kin_of(tokens, place, start)
        or (_did(tokens, place, start) if known else None)
        or belonging.called(text, tokens, place, start)
    )


def _did(tokens: Sequence[Token], place: int, start: int, *, anyone: bool = False) -> Span | None:
    """Return somebody by what they did: « celle qui a fait trois mandats de suite »."""
    who = place + 1
    while who < len(tokens) and who <= place + FAR and not anyone and tokens[who].key != "qui":
        if tokens[who].kind == MARK or tokens[who].key in {"la", "le", "les", "l'", "l’", "un"}:
            break
        who += 1
    if who + FEW >= len(tokens) or tokens[who].key != "qui":
        return None
    verb = who + 1
    reflexive = tokens[verb].key in {"s'", "s’"}
    verb += reflexive
    keys = [token.key for token in tokens[verb : verb + 4]]
    if len(keys) < FEW:
        return None
    if keys[0] in _HAVE or (keys[0] in _BE and _is_participle(keys[1])):
        done = _is_done(keys)
    elif keys[0] in {"vient", "passe"} and keys[1] == "le" and keys[2] in _WEEK:
        done = has_trade(tokens[place].key)
    elif keys[0] in OBJECTS or (keys[0] in HABITS and not reflexive):
        return None
    elif anyone:
        done = (keys[0] in _LISTS["fait"] or has_trade(keys[0])) and keys[1] in ARTICLES
        done = done and (keys[0] != "fait" or clause_end(tokens, who, LONGEST) > verb + FEW)
    else:
        rare = tokens[place].key not in _MANY or keys[0].endswith("ait") or reflexive
        rare = rare or clause_end(tokens, who, LONGEST) >= verb + FAR
        done = rare and _VERB.fullmatch(keys[0]) is not None and keys[1] in _NOUN_FIRST
    return (start, clause_end(tokens, who, LONGEST)) if done else None


def _is_done(keys: Sequence[str]) -> bool:
    """Whether « a gagné le gros lot » is no deed of everybody."""
    if len(keys) <= FEW:
        return False
    if keys[1] == "fait":
        caused = keys[2].endswith(("er", "ir", "re")) and keys[3] in _NOUN_FIRST
        return caused or is_number_word(keys[2])
    done = _is_participle(keys[1]) and keys[1] not in COMMON - {"perdu", "ouvert", "vendu"}
    if keys[1] == "ete":
        done, keys = _is_participle(keys[2]) and keys[2] not in COMMON, keys[1:]
        return done
    return done and keys[2] in _NOUN_FIRST and keys[3] not in OBJECTS - ARTICLES


def _is_participle(key: str) -> bool:
    return key.endswith(("e", "ee", "i", "ie", "u", "ue", "is", "ise", "it", "ite", "rt", "erte",
                         "nt", "int", "ort"))  # fmt: skip


def _ranked(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « la dernière qui parlait le dialecte », « ouvert le premier salon de Rivebelle »."""
    if not place or place + FEW >= len(tokens) or tokens[place - 1].key not in {"la", "le", "l'"}:
        return None
    keys = [token.key for token in tokens[place + 1 : place + 4]]
    if keys[0] == "qui":
        past = keys[1].endswith("ait") and keys[1] not in HABITS
        past = past or (keys[1] in _HAVE and keys[2] not in COMMON | OBJECTS)
        return (place - 1, clause_end(tokens, place + 1, LONGEST)) if past else None
    if _is_oneself(tokens, place - 2) and keys[0] not in OF and len(keys) == FEW:
        end = clause_end(tokens, place + 1, LONGEST)
        passing = {token.key for token in tokens[place + 1 : end + 1]} & _TIMES
        return (place - 1, end) if end > place + 1 and not passing else None
    made = place > 1 and tokens[place - 2].key in _MADE
    if not made or tokens[place].key not in {"premier", "premiere", "seul", "seule"}:
        return None
    end = clause_end(tokens, place + 1, LONGEST)
    named = any(text[token.start].isupper() for token in tokens[place + 1 : end + 1])
    return (place - 1, end) if named or set(keys) & OF else None


def _is_oneself(tokens: Sequence[Token], place: int) -> bool:
    """Whether somebody says what they are or were, or what somebody was: « j’ai été »."""
    if place < 1:
        return False
    own = tokens[place].key in {"suis", "etais"}
    return own or (tokens[place].key == "ete" and tokens[place - 1].key in {"ai", "a"})


def _most(tokens: Sequence[Token], place: int) -> Span | None:
    """Return « la famille d’accueil la plus vieille de la région », « le plus gros éleveur »."""
    if not place or tokens[place - 1].key not in {"la", "le"} or place + FEW >= len(tokens):
        return None
    after = tokens[place + 3].key
    if has_trade(tokens[place + 2].key) and after in OF | {"jamais", "qui"}:
        return place - 1, clause_end(tokens, place + FEW, FAR + 2)
    if place < FEW or tokens[place + 2].key not in OF:
        return None
    for who in range(place - 2, max(0, place - 2 - FAR), -1):
        if tokens[who].kind in {MARK, NUMBER}:
            break
        if tokens[who].key in PEOPLE or has_trade(tokens[who].key):
            start = belonging.lead(tokens, who)
            return (start, clause_end(tokens, place + 2, FAR)) if start is not None else None
    return None
