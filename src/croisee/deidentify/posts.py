"""Who somebody is by a post, a rank or a trait, read over normalised tokens, in any case.

A post is one person's with what it belongs to: « la gérante de la quincaillerie », « l’ancien
curé de Rivebelle ». A trait is one person's after « la seule », « le dernier », « la plus
vieille ». Lists of posts, people and institutions are in ``lists/postes.txt``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from croisee.deidentify.gazetteer import WORD, gazetteer, word_sets
from croisee.deidentify.ordinary import is_known
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import MARK, Token, stream

_LISTS = word_sets("postes.txt")
_POSTS, _TRADES, _PEOPLE = _LISTS["poste"], _LISTS["metier"], _LISTS["personne"]
_PLACES, _BY_ITSELF = _LISTS["lieu"], _LISTS["unique"]
_RANKS = frozenset(
    {"seul", "seule", "unique", "premier", "premiere", "dernier", "derniere", "doyen", "doyenne"}
)
_SUPERLATIVE = frozenset(
    {"vieux", "vieille", "jeune", "ancien", "ancienne", "age", "agee", "grand"}
)
POSTS = "|".join(sorted(_POSTS | _TRADES | _RANKS | {"plus", "celui", "celle", "madame"} | _PEOPLE))
"""The folded words, as a pattern, without which nobody is said by a post or a trait."""
_DEFINITE = frozenset({"la", "le", "l'", "l’", "notre", "votre", "leur", "du", "au", "cette", "ce"})
_MINE = frozenset({"mon", "ma", "son", "sa", "ton", "ta"})
_BEFORE = frozenset({
    "ancien", "ancienne", "ex", "nouveau", "nouvelle", "nouvel", "actuel", "actuelle",
    "petit", "petite", "grand", "grande", "vieux", "vieille", "jeune", "futur", "future",
    "defunt", "defunte", "vice",
})  # fmt: skip
_AFTER = frozenset({
    "general", "generale", "adjoint", "adjointe", "regional", "regionale", "municipal",
    "municipale", "executif", "executive", "clinique", "technique", "artistique",
    "national", "nationale", "tresorier", "tresoriere", "interimaire", "par", "interim",
    "pompier", "liturgique", "communautaire", "financier", "financiere", "spirituel",
    "spirituelle", "scolaire", "sportif", "sportive", "culturel", "culturelle", "jeunesse",
    "principal", "principale", "fondateur", "fondatrice",
})  # fmt: skip
_OF = frozenset(
    {"de", "du", "des", "d'", "d’", "a", "au", "aux", "chez", "en", "pour", "dans", "sur"}
)
_CHOSEN = frozenset({
    "suis", "etais", "etait", "est", "ete", "nomme", "nommee", "elu", "elue", "comme",
    "devenu", "devenue", "devient", "reste", "serai", "es", "fut",
})  # fmt: skip
_NOBODY = frozenset({"republique", "parlement", "etat", "assemblee", "nation", "onu", "monde"})
_STOP = frozenset({
    "qui", "que", "qu'", "qu’", "et", "pis", "puis", "mais", "ou", "quand", "parce",
    "pour", "est", "a", "ont", "avait", "etait", "m'", "m’", "nous", "vous", "il", "elle",
    "on", "je", "j'", "j’", "ils", "elles", "y", "c'", "c’", "s'", "s’", "me", "se", "te",
    "ca", "donc", "alors", "va", "vient", "dit", "fait", "avec", "sans", "si", "comme",
    "tu", "ne", "n'", "n’", "pas",
})  # fmt: skip
_ARTICLES = frozenset({"la", "l'", "l’", "le", "les", "notre", "nos", "votre"})
_REMAINING = frozenset({"survivant", "survivante", "heritier", "heritiere"})
_TITLED = frozenset({"general", "generale", "adjoint", "adjointe", "interim", "executive"})
_ANYONE = _LISTS["quelqu’un"]
_DOES, _ANYWHERE = _LISTS["fait"], _LISTS["partout"]
_WORDS = "[une personne à ce poste]"
_TO = frozenset({"d'", "d’", "de", "a", "pour"})
_MOST_OF, _LONGEST, _TRAITS = 3, 12, 4


def posts(text: str) -> Iterator[Found]:
    """Yield what says who somebody is by a post with what it belongs to, or by a trait."""
    tokens = stream(text)
    for place, token in enumerate(tokens):
        if token.key in _POSTS or token.key in _TRADES:
            span = _post(text, tokens, place)
        elif token.key in _RANKS or token.key == "plus":
            span = _trait(tokens, place)
        elif token.key in _PEOPLE:
            span = _of_a_place(text, tokens, place)
        else:
            span = None
        if span:
            yield Found(tokens[span[0]].start, tokens[span[1]].end, "rôle", _WORDS)


def _post(text: str, tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    first = place
    while first and tokens[first - 1].key in _BEFORE | {"-"}:
        first -= 1
    lead = tokens[first - 1].key if first else ""
    definite = lead in _DEFINITE
    mine = lead in _MINE and tokens[place].key in _BY_ITSELF
    if not definite and not mine and lead not in _CHOSEN:
        return None
    start = first - 1 if mine or (definite and lead not in {"du", "au"}) else first
    end = _adjectives(tokens, place)
    said = {token.key for token in tokens[first:place]}
    last, sure = _complement(text, tokens, end)
    post = tokens[place].key in _POSTS
    if last > end and (sure or _is_definite(tokens, end + 1) or _is_charge(tokens, place)):
        return start, last
    alone = mine or (definite and lead not in {"cette", "ce"} and tokens[place].key in _BY_ITSELF)
    former = definite and post and said & {"ancien", "ancienne", "ex"}
    general = (
        definite
        and post
        and any(token.key in {"general", "generale"} for token in tokens[place + 1 : end + 1])
    )
    return (start, end) if alone or former or general else None


def _adjectives(tokens: Sequence[Token], place: int) -> int:
    """Return the last token of a post: « directrice générale », « agent·e »."""
    end = place
    while end + 1 < len(tokens):
        following = tokens[end + 1]
        glued = following.start == tokens[end].end and following.kind == MARK
        if (
            glued
            and following.key not in {",", ".", "?", "!", ";", ":", "…"}
            and end + 2 < len(tokens)
        ):
            end += 2
        elif following.key in _AFTER:
            end += 1
        else:
            break
    return end


def _is_charge(tokens: Sequence[Token], place: int) -> bool:
    """Whether somebody answers for one thing: « le prof de méca »."""
    return tokens[place].key in {"responsable", "prof", "charge", "chargee"}


def _is_definite(tokens: Sequence[Token], place: int) -> bool:
    """Whether « du », « de la », « des » leads to a known kind of place: « de la caisse »."""
    after = [token.key for token in tokens[place : place + 4]]
    led = after[:1] in (["du"], ["au"]) or (len(after) > 1 and after[1] in _ARTICLES)
    return led and bool(set(after[1:3]) & _PLACES)


def _complement(text: str, tokens: Sequence[Token], end: int) -> tuple[int, bool]:
    """Return where what a post belongs to ends, and whether a name is in it."""
    last, sure, links = end, False, 0
    place = end + 1
    while place < len(tokens) and place <= end + _LONGEST:
        token = tokens[place]
        if token.key in _OF and not (token.key == "a" and text[token.start] == "a"):
            links += 1
            if links > _MOST_OF + 1:
                break
        elif token.key in _ARTICLES or token.key in {"-", "‑", "’", "'", "&"}:
            pass
        elif _is_stop(tokens, place) or not links:
            break
        else:
            named = _is_name(text, tokens, place)
            if (
                last > end
                and not named
                and tokens[place - 1].key not in _OF | _ARTICLES | {"-", "‑"}
            ):
                break
            last, sure = place, sure or named
        place += 1
    return last, sure


def _is_stop(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word cannot belong to a post: a verb, a link, « la mine d’amener »."""
    token = tokens[place]
    infinitive = tokens[place - 1].key in _TO and token.key.endswith(("er", "ir", "dre", "ttre"))
    return infinitive or token.kind == MARK or token.key in _STOP or token.key in _NOBODY


def _is_name(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether a word is the name of something: its capital, a place of the list, an acronym."""
    token = tokens[place]
    raw = text[token.start : token.end]
    if token.key in _NOBODY or is_known(token.key):
        return False
    if raw[0].isupper() and place and tokens[place - 1].kind != MARK:
        return True
    hyphened = place + 1 < len(tokens) and tokens[place + 1].key in {"-", "‑"}
    return token.key in gazetteer().places and (
        hyphened or not gazetteer().words.get(token.key, 0) & WORD
    )


def _trait(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return what only one person is: « la seule pompière de la caserne », « le premier à … »."""
    if not place or tokens[place - 1].key not in _DEFINITE | _MINE:
        return None
    noun = place + 1
    if tokens[place].key == "plus":
        if noun >= len(tokens) or tokens[noun].key not in _SUPERLATIVE:
            return None
        noun += 1
    while noun < len(tokens) and tokens[noun].key in _BEFORE | {"vrai", "vraie", "autre"}:
        noun += 1
    if noun >= len(tokens):
        return None
    who = tokens[noun].key
    if who == "ministre" or (who == "personne" and tokens[place].key in {"premier", "premiere"}):
        return None
    person = who in _POSTS or who in _TRADES or who in _PEOPLE
    copula = place > 1 and tokens[place - 2].key in _CHOSEN
    bare = copula and who in {"a", "qui", "du", "de", "au", "que", "des"}
    bare = (bare or who == "a") and tokens[place].key != "plus"
    if person and who in _REMAINING:
        return place - 1, noun
    led = _led(tokens, noun, person=person) if person or bare else 0
    return (place - 1, _clause_end(tokens, led)) if led else None


def _led(tokens: Sequence[Token], noun: int, *, person: bool) -> int:
    """Return where what makes a trait unique begins, after every word of who it is; 0 for none."""
    follows = noun + 1 if person else noun
    people = _POSTS | _TRADES | _PEOPLE | _AFTER
    while person and follows < len(tokens) and tokens[follows].key in people:
        follows += 1
    leads = _OF | {"qui", "que", "qu'", "qu’"}
    return follows if follows < len(tokens) and tokens[follows].key in leads else 0


def _clause_end(tokens: Sequence[Token], first: int) -> int:
    last = first
    for place in range(first, min(first + _LONGEST, len(tokens))):
        if tokens[place].key in ",.;:!?«»…()":
            break
        last = place
    return last


def _of_a_place(text: str, tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « le gars de la quincaillerie », « la dame qui tient le casse-croûte »."""
    if tokens[place].key not in _ANYONE or place + 2 >= len(tokens):
        return None
    first = place
    while first and tokens[first - 1].key in _BEFORE:
        first -= 1
    if not first or tokens[first - 1].key not in {"la", "le", "du", "au"}:
        return None
    start = first - 1 if tokens[first - 1].key in {"la", "le"} else first
    after = [token.key for token in tokens[place + 1 : place + 6]]
    if after[0] == "qui" and set(after[1:4]) & _DOES:
        return start, _clause_end(tokens, place + 1)
    if after[0] in {"aux", "en"} or (
        after[0] == "a" and after[1] in {"un", "une", "la", "l'", "l’"}
    ):
        return start, min(_clause_end(tokens, place), place + _TRAITS)
    led = after[0] == "du" or (after[0] == "de" and after[1] in _ARTICLES)
    if not led or set(after[1:3]) & _ANYWHERE:
        return None
    last, _ = _complement(text, tokens, place)
    if last + 1 < len(tokens) and tokens[last + 1].key == "qui":
        last = _clause_end(tokens, last + 1)
    return (start, last) if last > place else None
