"""Where somebody lives, over normalised tokens: numbers in words or figures, ways said or not.

« Soixante-dix-neuf dix-huit, côte Basse, app. 3 », « 75 Curé-Labrie », « au 19 de la Falaise »,
« rang Basse, numéro 593 », « case postale 45 », « y reste au 412 ».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from croisee.deidentify.dictated import values_of
from croisee.deidentify.gazetteer import word_sets
from croisee.deidentify.ordinary import is_known
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import LETTER, MARK, NUMBER, WORD, Token, is_unit, stream

_LISTS = word_sets("adresses.txt")
_WAYS, _DOORS, _LIVES, _MONTHS = (
    _LISTS["voie"], _LISTS["porte"], _LISTS["habite"], _LISTS["mois"],
)  # fmt: skip
_NO_STREET = _LISTS["ailleurs"]
DOORS = "|".join(sorted(_WAYS | _DOORS | _LIVES | {"au", "postal", "postale", "cp", "succursale"}))
"""The folded words, as a pattern, without which no address is read here."""
_LINKS = frozenset({"de", "la", "l'", "l’", "du", "des", "d'", "d’", "le", "les", "a"})
_LEADS = frozenset({"au", "le", "du", "est", "reste", "habite", "to", "adresse", "c'", "c’", "at"})
_SIDES = frozenset(
    {"nord", "sud", "est", "ouest", "n", "s", "e", "o", "st", "rd", "street", "road"}
)
_BOXES = ("c . p .", "cp", "case postale", "casier postal", "boite postale", "route rurale", "rr")
_FIRST_OF_BOX = frozenset(box.split()[0] for box in _BOXES)
_SHORT, _LONG, _FEW = 2, 3, 6


def doors(text: str) -> Iterator[Found]:
    """Yield the addresses of a text that holds a way, a door or somebody who lives there."""
    tokens = stream(text)
    lives = any(token.key in _LIVES for token in tokens)
    place = 0
    while place < len(tokens):
        span = _box(tokens, place) or _way_first(text, tokens, place)
        if span is None and _is_number(tokens, place):
            span = _number_first(text, tokens, place, lives=lives)
        if span:
            yield Found(tokens[span[0]].start, tokens[span[1]].end, "adresse", "[adresse]")
            place = span[1]
        place += 1


def _is_number(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].kind == NUMBER and tokens[place].key != "une"


def _number_end(tokens: Sequence[Token], first: int) -> int:
    """Return the last token of a number: « deux mille onze », « 14 et demi », « 6½ »."""
    last = first
    while last + 1 < len(tokens):
        following = tokens[last + 1]
        if following.kind == NUMBER and (following.key.isalpha() == tokens[last].key.isalpha()):
            last += 1
        elif following.key in {"-", "‑", "et"} and (
            last + 2 < len(tokens) and tokens[last + 2].kind == NUMBER
        ):
            last += 2
        elif following.key == "½" or following.key in {"bis", "ter"}:
            last += 1
        elif following.key == "et" and last + 2 < len(tokens) and tokens[last + 2].key == "demi":
            last += 2
        else:
            break
    if (
        last + 1 < len(tokens)
        and tokens[last + 1].kind == LETTER
        and tokens[last + 1].key in "abcd"
    ):
        last += 1
    return last


def _size(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return how many figures the number of a door has; 0 when it cannot be one."""
    said = [token.key for token in tokens[first : last + 1] if token.kind == NUMBER]
    if said and said[0][0].isdigit():
        figures = sum(map(str.isdigit, said[0]))
        return figures if len(said) == 1 and figures <= _FEW - 1 else 0
    return len("".join(values_of([word for word in said if word.isalpha()])))


def _number_first(
    text: str, tokens: Sequence[Token], first: int, *, lives: bool
) -> tuple[int, int] | None:
    end = _number_end(tokens, first)
    size = _size(tokens, first, end)
    if not size or end + 1 >= len(tokens):
        alone = size >= _LONG and lives and tokens[first - 1].key == "au"
        return (first, end) if alone else None
    place = end + 1
    place += tokens[place].key == ","
    while place < len(tokens) and tokens[place].key in _LINKS:
        place += 1
    if place >= len(tokens):
        return None
    lead = tokens[first - 1].key if first else ""
    if tokens[place].key in _WAYS and not (tokens[first].key == "un" and first == end):
        last = _name_end(text, tokens, place + 1)
        return (first, _door_end(tokens, last)) if last > place else None
    named = _nameless_way(text, tokens, first, end, place)
    if named:
        return named
    alone = size >= _LONG and lives and lead == "au" and _closes(tokens, end)
    return (first, end) if alone else None


def _closes(tokens: Sequence[Token], end: int) -> bool:
    following = tokens[end + 1]
    return following.kind == MARK and following.key not in {"$", "%", "-"}


def _nameless_way(
    text: str, tokens: Sequence[Token], first: int, end: int, place: int
) -> tuple[int, int] | None:
    """Return « 75 Curé-Labrie », « 330 Cartier, app. 12 », « au 19 de la Falaise »."""
    linked = place > end + 1 and tokens[end + 1].key != ","
    token = tokens[place]
    if token.kind not in (WORD, LETTER) or token.end - token.start < _LONG:
        return None
    if token.key in _MONTHS | _NO_STREET or is_unit(token.key) or is_known(token.key):
        return None
    capital = text[token.start].isupper()
    size = _size(tokens, first, end)
    lead = tokens[first - 1].key if first else ","
    led = lead in _LEADS or lead in {",", "?", ":", ".", "("}
    last = _name_end(text, tokens, place)
    door = _door_end(tokens, last)
    at = lead in {"au", "reste", "habite", "adresse"}
    if linked:
        street = at and (size >= _SHORT) and (capital or size >= _LONG)
        street = street or (led and capital and size > _LONG)
    else:
        compound = last > place and text[tokens[last].start] != "e"
        street = capital and led and (size >= _LONG or (size == _SHORT and compound))
        street = street or (at and size >= _LONG and compound)
        street = street or (capital and door > last and size >= _SHORT)
    return (first, door) if street else None


def _name_end(text: str, tokens: Sequence[Token], place: int) -> int:
    """Return the last token of the name of a way that begins at a place; place - 1 for none."""
    start = place
    while place < len(tokens) and (tokens[place].key in _LINKS or tokens[place].key == "."):
        place += 1
    if place >= len(tokens) or tokens[place].kind == MARK:
        return start - 1
    last = place
    while last + 1 < len(tokens):
        following = tokens[last + 1]
        hyphen = following.key in {"-", "‑"} and last + 2 < len(tokens)
        linked = (
            following.key in _LINKS
            and last + 2 < len(tokens)
            and (text[tokens[last + 2].start].isupper())
        )
        if hyphen or linked:
            last += 2
        elif following.key in _SIDES or (
            text[following.start].isupper() and following.kind in (WORD, LETTER)
        ):
            last += 1
        else:
            break
    return last


def _door_end(tokens: Sequence[Token], last: int) -> int:
    """Return where the door said after an address ends: « , app. 3 », « #12 », « , 3e étage »."""
    place = last + 1
    while place < len(tokens) and tokens[place].key in {",", "-"}:
        place += 1
    after = [token.key for token in tokens[place : place + 5]]
    if len(after) > 1 and tokens[place].kind == NUMBER and after[1] in {"etage", "plancher"}:
        return place + 1
    if not after or (after[0] not in _DOORS and after[0] != "#"):
        return last
    place += 1
    while place < len(tokens) and tokens[place].key in {".", "#", "numero", "no"}:
        place += 1
    if place < len(tokens) and tokens[place].kind in (NUMBER, LETTER):
        return _number_end(tokens, place) if tokens[place].kind == NUMBER else place
    return last


def _way_first(text: str, tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « rang Basse, numéro 593 », « rue des Pins, au 12 »."""
    if tokens[place].key not in _WAYS:
        return None
    last = _name_end(text, tokens, place + 1)
    after = [token.key for token in tokens[last + 1 : last + 4]]
    if last <= place or after[:1] != [","] or len(after) < _LONG:
        return None
    if after[1] not in {"numero", "au", "no", "le"} or tokens[last + 3].kind != NUMBER:
        return None
    end = _number_end(tokens, last + 3)
    unit = end + 1 < len(tokens) and (
        is_unit(tokens[end + 1].key) or tokens[end + 1].key in _MONTHS
    )
    return None if unit else (place, end)


def _box(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return a box at the post office: « C. P. 45, succursale A »."""
    if tokens[place].key not in _FIRST_OF_BOX:
        return None
    said = " ".join(token.key for token in tokens[place : place + 4])
    box = next((box for box in _BOXES if f"{said} ".startswith(f"{box} ")), "")
    if not box:
        return None
    number = place + len(box.split())
    if number >= len(tokens) or tokens[number].kind != NUMBER:
        return None
    last = _number_end(tokens, number)
    after = [token.key for token in tokens[last + 1 : last + 4]]
    if after[:2] == [",", "succursale"] or after[:1] == ["succursale"]:
        last += after.index("succursale") + 2
    return place, min(last, len(tokens) - 1)
