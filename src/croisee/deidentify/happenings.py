"""What happened once and is remembered: « la fusillade au parc », « quand l’aréna a passé au feu ».

Read over normalised tokens, in any case, from ``lists/evenements.txt``: an event's noun with a
definite article and what follows it; a building or a vehicle and how it perished; somebody's
end; what was in the news. The whole clause is hidden: every word of it says which event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from croisee.deidentify.gazetteer import word_sets
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import Token, stream

_LISTS = word_sets("evenements.txt")
_STRONG, _HEADS, _WORKS = _LISTS["fort"], _LISTS["fait"], _LISTS["ouvrage"]
_RUIN, _TRAGEDY, _FAME = _LISTS["ruine"], _LISTS["drame"], _LISTS["renom"]
HEADS = "|".join(
    sorted(
        _STRONG
        | _HEADS
        | _RUIN
        | _TRAGEDY
        | (_FAME - {"une"})
        | {"nuit", "soir", "hiver", "soiree"}
    )
)
"""The folded words, as a pattern, without which no event is told."""
_DEFINITE = frozenset({
    "la", "le", "l'", "l’", "du", "au", "cette", "cet", "les", "des", "notre", "aux",
})  # fmt: skip
_SINCE = frozenset({
    "depuis", "apres", "avant", "pendant", "lors", "jour", "nuit", "soir", "annee",
})  # fmt: skip
_LED = frozenset({
    "de", "du", "des", "d'", "d’", "a", "au", "aux", "chez", "contre", "sur", "dans", "en",
})  # fmt: skip
_PLAIN = frozenset({
    "camp", "foyer", "bois", "joie", "paille", "vert", "rouge", "jaune", "poele",
    "electricite", "courant", "ordinateur", "serveur", "internet", "identite", "donnees",
    "temps", "vie", "semaine", "famille", "coeur", "travail", "bureau", "poste",
    "telephone", "imprimante", "reseau", "projet", "membres", "jour", "jours", "mois",
    "debut", "fin", "soir", "monde", "systeme", "site", "moi",
})  # fmt: skip
_ENDS = frozenset(".;!?:«»()…")
_AUX = frozenset({
    "a", "ont", "est", "sont", "avait", "etait", "s'", "s’", "ete", "avaient", "fait",
    "aurait",
})  # fmt: skip
_BREAKS = frozenset({",", "pis", "puis", "mais", "et", "parce", "je", "j'", "j’"})
_ARTICLES = frozenset({"la", "les", "le", "aux", "au", "a", "l'", "l’"})
_VERBAL = frozenset(
    {
        "m'",
        "m’",
        "t'",
        "t’",
        "s'",
        "s’",
        "me",
        "te",
        "se",
        "nous",
        "vous",
        "a",
        "ont",
        "est",
        "avait",
    }
)
"""What says that the event’s name is over: « l’inondation de 2019 m’a préparé »."""
_SIZES = frozenset(
    {"grand", "grande", "gros", "grosse", "fameux", "fameuse", "terrible", "premier", "premiere"}
)
_PUBLIC = frozenset(
    {"riviere", "pont", "usine", "mine", "scierie", "train", "cable", "barrage", "moulin", "eglise"}
)
"""What, closed or broken, is an event for everybody around."""
_NIGHTS = frozenset({"nuit", "soir", "hiver", "soiree", "printemps", "ete", "automne"})
_PAIR = 2
_LONGEST_BEFORE, _LONGEST_AFTER, _NEAR = 9, 13, 5
_WORDS = "[un événement]"


def happenings(text: str) -> Iterator[Found]:
    """Yield the events of a text that say who, where or when."""
    tokens = stream(text)
    for place, token in enumerate(tokens):
        span = None
        if token.key in _STRONG or token.key in _HEADS:
            span = _named(tokens, place)
        if span is None and (token.key in _RUIN or token.key in _TRAGEDY):
            span = _told(tokens, place)
        if span is None and token.key in _NIGHTS:
            span = _night(tokens, place)
        if span is None and token.key in _FAME:
            span = _famous(tokens, place)
        if span:
            yield Found(tokens[span[0]].start, tokens[span[1]].end, "événement", _WORDS)


def _named(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return an event said by its noun: « l’affaire du trésorier », « la fusillade »."""
    first = place
    while first and tokens[first - 1].key in _SIZES:
        first -= 1
    if not first or tokens[first - 1].key not in _DEFINITE:
        return None
    start = first - 1
    after = [token.key for token in tokens[place + 1 : place + 5]]
    led = bool(after) and after[0] in _LED and not set(after[1:3]) & _PLAIN
    strong = tokens[place].key in _STRONG
    definite = (
        led
        and len(after) > 1
        and (
            after[0] in {"du", "au", "des", "aux", "chez", "contre"}
            or after[1] in {"la", "l'", "l’", "le", "les"}
            or after[1][:2] in {"19", "20"}
        )
    )
    told = after[:2] in (["qui", "a"], ["qui", "ont"], ["qui", "est"])
    since = any(token.key in _SINCE for token in tokens[max(0, start - 2) : start])
    if not (strong or definite or told or (since and led)):
        return None
    return _back_to_verb(tokens, start), _end(tokens, place, led=led or told)


def _night(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « la nuit où la serre a explosé », « l’hiver que la rivière a débordé »."""
    after = [token.key for token in tokens[place + 1 : place + 3]]
    if not place or tokens[place - 1].key not in {"la", "le", "l'", "l’"} or len(after) < _PAIR:
        return None
    told = after[0] in {"ou", "que", "qu'", "qu’"}
    return (place - 1, _end(tokens, place, led=True, told=True)) if told else None


def _back_to_verb(tokens: Sequence[Token], start: int) -> int:
    """Return where « mêlé à l’effondrement » begins: the participle belongs to the event."""
    if start > 1 and tokens[start - 1].key == "a" and tokens[start - 2].key in {
        "mele", "melee", "survecu", "participe", "assiste", "echappe", "rescape", "rescapee",
    }:  # fmt: skip
        return start - 2
    return start


def _end(tokens: Sequence[Token], place: int, *, led: bool, told: bool = False) -> int:
    last = place
    if not led:
        return last
    for following in range(place + 1, min(place + _LONGEST_AFTER, len(tokens))):
        key = tokens[following].key
        relative = told or tokens[following - 1].key in {"qui", "ou", "que", "qu'", "qu’"}
        if key in _ENDS or key in _BREAKS or (key in _VERBAL and not relative):
            break
        last = following
    return last


def _told(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return a clause that tells how something perished, or somebody."""
    key = tokens[place].key
    before = [token.key for token in tokens[max(0, place - _NEAR) : place]]
    if not set(before) & _AUX:
        return None
    first, last = _clause(tokens, place)
    said = [token.key for token in tokens[first : place + 1]]
    works = set(said) & _WORKS
    if key in {"feu", "glace", "fond", "clos", "champ", "fosse", "travers"}:
        moved = set(before) & {
            "passe",
            "passee",
            "pris",
            "tombe",
            "tombee",
            "parti",
            "coule",
            "cale",
        }
        return (first, last) if moved and (works or "glace" in key) else None
    if key in _TRAGEDY:
        about = set(before[-3:]) & {"ete", "s'", "s’", "fait", "est"}
        return (first, last) if about else None
    closed = key in {"ferme", "fermee", "saute", "lache", "pete"}
    private = closed and not set(said) & _PUBLIC
    return (first, last) if works and not private else None


def _famous(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return a clause that says what the news told: « a fait la une », « passé au journal »."""
    before = [token.key for token in tokens[max(0, place - _NEAR) : place]]
    key = tokens[place].key
    made = {
        "fait",
        "faisait",
        "passe",
        "passee",
        "passes",
        "ete",
        "sorti",
        "paru",
        "parue",
        "montre",
    }
    if not set(before) & made or not set(before[-2:]) & {
        "la",
        "les",
        "le",
        "aux",
        "au",
        "a",
        "l'",
        "l’",
    }:
        return None
    if key == "une" and (
        place + 1 < len(tokens) and tokens[place + 1].key not in _ENDS | {",", "du", "des"}
    ):
        return None
    return _clause(tokens, place)


def _clause(tokens: Sequence[Token], place: int) -> tuple[int, int]:
    """Return the clause around a token, as far as a few words on each side."""
    first = place
    while first > max(0, place - _LONGEST_BEFORE):
        key = tokens[first - 1].key
        if key in _ENDS or key in {",", "mais", "pis", "puis"}:
            break
        first -= 1
    last = place
    while last + 1 < min(len(tokens), place + _LONGEST_AFTER):
        key = tokens[last + 1].key
        if key in _ENDS or key in _BREAKS:
            break
        last += 1
    return first, last
