"""What befell somebody or somewhere, told by a verb.

« Quand la maison des arrivants a été vandalisée », « j’ai été prise en otage à la caisse »,
« écrasé par une machine », « le jour où la police a débarqué chez les moines », « enterré le
maire avec son tracteur ». A pronoun, « le monde », « les gens » as the subject say nobody.
Words are in ``lists/evenements.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from croisee.deidentify.belonging import COMMON, Span
from croisee.deidentify.clauses import (
    ARTICLES,
    AUXILIARIES,
    DEFINITE,
    ENDS,
    MINE,
    SUBJECTS,
    WHERE,
    end_after,
    extent,
    forms,
    )  # fmt: skip
from croisee.deidentify.gazetteer import word_sets
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import MARK, Token, stream

_LISTS = word_sets("evenements.txt")
_STRUCK, _STRIKING = _LISTS["atteinte"], _LISTS["frappant"]
_BLOWS = forms(_STRUCK)
_ORDINARY = _LISTS["banal"]
_ACTORS = _LISTS["ouvrage"] | _LISTS["bete"] | _LISTS["chose"]
_FOUND = forms(frozenset({"trouve", "retrouve"}))
_DAYS = frozenset({
    "jour", "nuit", "soir", "fois", "annee", "hiver", "matin", "printemps", "automne", "journee",
    "semaine",
})  # fmt: skip
_WHEN = frozenset({"quand", "lorsque", "depuis", "apres"})
BEFALLEN = (
    "|".join(sorted(_STRIKING | _DAYS | _WHEN | {"fait"}))
    + f"|(?:{'|'.join(sorted(_BLOWS | _FOUND))})|mise?"
)
"""The folded words, as a pattern, without which nothing befell anybody."""
_OPENS = frozenset({
    "que", "qu'", "qu’", "quand", "ou", "lorsque", "lorsqu'", "lorsqu’", "parce", "pis", "puis",
    "mais", "et",
})  # fmt: skip
_TEMPORAL = _OPENS - {"pis", "puis", "mais", "et", "parce"}
_PAST = frozenset({"a", "ont", "est", "sont", "avait", "avaient", "etait"})
_MY_PAST = _PAST | {"ai", "as", "avons", "avez"}
_PARTICIPLE = re.compile(r"[^\W\d_]{2,}(?:e|ee|es|ees|i|ie|is|u|ue|us|it|ite|ert|erte|int|ort)")
_ANYBODY = frozenset({
    "monde", "gens", "personnes", "enfants", "jeunes", "chose", "choses", "personne", "temps",
    "reste", "moment", "filles", "femmes", "hommes", "autres", "autre", "projet",
    "comite", "groupe", "pandemie", "covid", "rencontre", "reunion", "financement", "travail",
})  # fmt: skip
"""Those of whom a story, told with them, says nobody."""
_AS_FOUND = frozenset({
    "mort", "morte", "morts", "mortes", "vivant", "vivante", "nu", "nue", "gele", "gelee", "noye",
    "noyee",
})  # fmt: skip
_DIED = frozenset({"mort", "morte", "decede", "decedee"})
_MOVED = frozenset({"pose", "posee", "rentre", "entre", "entree", "tombe", "tombee", "monte"})
_IN_LAW = frozenset({"tutelle", "faillite", "quarantaine", "scelles", "accusation"})
_WORDS = "[un événement]"
_BACK, _NEAR, _PAIR, _FAR = 9, 3, 2, 9


def befallen(text: str) -> Iterator[Found]:
    """Yield what befell somebody or somewhere."""
    tokens = stream(text)
    for place, token in enumerate(tokens):
        key, span = token.key, None
        if key in _DAYS or key in _WHEN:
            span = _that_day(text, tokens, place)
        elif key in _STRIKING:
            span = _striking(text, tokens, place)
        elif _is_blow(tokens, place):
            span = _struck(text, tokens, place) or _did_to(text, tokens, place)
        elif key in _FOUND:
            span = _oneself(text, tokens, place)
        if span:
            yield Found(tokens[span[0]].start, tokens[span[1]].end, "événement", _WORDS)


def _is_blow(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word says what is not forgotten: « vandalisée », « fait arrêter »."""
    key, after = tokens[place].key, [token.key for token in tokens[place + 1 : place + 3]]
    if key == "fait":
        return bool(after) and after[0].endswith("r") and after[0][:-1] in _STRUCK
    if key in {"mis", "mise", "mises"}:
        return len(after) == _PAIR and after[0] in {"en", "sous"} and after[1] in _IN_LAW
    return key in _BLOWS


def _that_day(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « quand le curé s’est sauvé avec l’organiste », « le jour où la police a fouillé »."""
    first = _told_from(tokens, place)
    if not first or first + _NEAR >= len(tokens):
        return None
    actor = tokens[first + 1].key in _ACTORS
    subject = tokens[first].key in (DEFINITE | MINE) - {"au", "du"}
    subject = subject or (actor and tokens[first].key in {"un", "une"})
    if not subject or tokens[first + 1].key in _ANYBODY:
        return None
    for aux in range(first + _PAIR, min(first + _FAR, len(tokens) - _PAIR)):
        if (tokens[aux].kind == MARK and tokens[aux].key != "-") or tokens[aux].key in SUBJECTS:
            return None
        if tokens[aux].key in _PAST:
            end = _deed_end(text, tokens, aux, actor=actor)
            return (first, end) if end else None
    return None


def _told_from(tokens: Sequence[Token], place: int) -> int:
    """Return where the clause after « quand », « le jour où », « depuis que » begins, or 0."""
    key, first = tokens[place].key, place + 1
    if key in {"quand", "lorsque"}:
        return first
    if key in _DAYS and (not place or tokens[place - 1].key not in {"la", "le", "l'", "l’"}):
        return 0
    opened = first < len(tokens) and tokens[first].key in {"ou", "que", "qu'", "qu’"}
    return first + 1 if opened else 0


def _deed_end(text: str, tokens: Sequence[Token], aux: int, *, actor: bool) -> int:
    """Return where a deed told in the past ends; 0 when everybody does as much."""
    done = aux + 1 + (tokens[aux + 1].key in {"ete", "tout"})
    if done >= len(tokens) or not _PARTICIPLE.fullmatch(tokens[done].key):
        return 0
    following = {token.key for token in tokens[done + 1 : done + 2]}
    died = tokens[done].key in _DIED and following & {"dans", "sur", "devant", "sous"}
    moved = actor and tokens[done].key in _MOVED
    if tokens[done].key in COMMON | _ORDINARY and not (died or moved):
        return 0
    end = extent(text, tokens, aux + 1)
    where = {token.key for token in tokens[aux + 2 : end + 1]} & (WHERE | ARTICLES)
    return end if where and end > aux + _PAIR else 0


def _striking(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return the past clause of a word that few can say: « onze jours dans le coma »."""
    first = place
    while first > max(0, place - _BACK):
        key = tokens[first - 1].key
        if key in ENDS | _OPENS | SUBJECTS | AUXILIARIES | _MY_PAST:
            break
        first -= 1
    past = first and tokens[first - 1].key in AUXILIARIES | _MY_PAST
    begins = place > first or tokens[place].key == "survecu"
    return (first, end_after(text, tokens, place)) if past and begins else None


def _did_to(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « pendu une poupée à mon arbre », « enterré le maire avec son tracteur »."""
    if not place or tokens[place - 1].key not in _MY_PAST:
        return None
    end = end_after(text, tokens, place)
    if end < place + _NEAR or tokens[place + 1].key not in ARTICLES:
        return None
    where = {token.key for token in tokens[place + _NEAR : end + 1]} & WHERE
    return (place, end) if where else None


def _struck(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « la maison a été vandalisée à la peinture », « écrasé par une machine »."""
    before = {token.key for token in tokens[max(0, place - _NEAR) : place]}
    if not before & AUXILIARIES:
        return _by(text, tokens, place)
    first = place
    while first > max(0, place - _BACK) and tokens[first - 1].key not in ENDS | _OPENS:
        first -= 1
    who = tokens[first].key
    subject = who in DEFINITE | MINE or text[tokens[first].start].isupper()
    if who in SUBJECTS or not subject:
        return _oneself(text, tokens, place)
    end = end_after(text, tokens, place)
    opened = first > 0 and tokens[first - 1].key in _TEMPORAL
    return (first, end) if opened or end > place + 1 else None


def _by(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « écrasé par une machine », « happé par le train »."""
    after = [token.key for token in tokens[place + 1 : place + 4]]
    by = len(after) > _PAIR and after[0] == "par" and after[1] in ARTICLES
    plain = by and after[2] in _ANYBODY
    return (place, extent(text, tokens, place + 1)) if by and not plain else None


def _oneself(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return what somebody says befell them: « j’ai été prise en otage à la caisse »."""
    if not place or tokens[place - 1].key != "ete" or place + _PAIR >= len(tokens):
        return None
    end = end_after(text, tokens, place)
    if tokens[place].key in _FOUND:
        return (place, end) if tokens[place + 1].key in _AS_FOUND else None
    where = {token.key for token in tokens[place + 1 : end + 1]} & (WHERE | {"par", "pour"})
    return (place, end) if where and end > place + 1 else None
