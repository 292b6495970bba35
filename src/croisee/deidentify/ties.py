"""Who is somebody's, by steps of kin: « la nièce de mon coloc », « la fille du concierge ».

A tie with the name or the post it leads to points at one person; so do « ma plus vieille »,
« mon cadet », « ma défunte tante Aline », « mon ex-beau-frère ». « Ma mère » alone stays
(``docs/methods/reconnaissance.md`` §3). Ties are in ``lists/proches.txt``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from croisee.deidentify.gazetteer import FIRST, LAST, WORD, gazetteer, word_sets
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import MARK, NUMBER, Token, stream

_LISTS = word_sets("proches.txt")
_TIES, _BEFORE, _ALONE, _RANK = (
    _LISTS["lien"], _LISTS["avant"], _LISTS["seul"], _LISTS["rang"],
)  # fmt: skip
_ROLES = word_sets("postes.txt")
_POSTS = _ROLES["poste"] | _ROLES["metier"] | _ROLES["agent"]
_RANKS = frozenset({"dernier", "derniere", "premier", "premiere", "ancien", "ancienne", "vieux"})
_PARTS = frozenset(part for tie in _TIES for part in tie.split("-"))
TIES = "|".join(sorted(_PARTS | _ALONE | {"plus", "ex", "defunt", "defunte", "feu"}))
"""The folded words, as a pattern, without which there is no tie."""
_MINE = frozenset(
    {"mon", "ma", "ton", "ta", "son", "sa", "notre", "votre", "leur", "mes", "tes", "ses", "nos"}
)
_THE = frozenset({"la", "le", "l'", "l’", "du", "au", "un", "une"})
_OF = frozenset({"de", "a", "d'", "d’", "du", "au"})
_HYPHENS = frozenset({"-", "‑", "‐"})
_WORDS = "[un proche]"
_FAR = 3


def ties(text: str) -> Iterator[Found]:
    """Yield the people said by a tie to somebody, in one step or two."""
    tokens = stream(text)
    place = 0
    while place < len(tokens):
        span = None
        if tokens[place].key in _MINE:
            span = _of_mine(text, tokens, place)
        if span is None and tokens[place].key in _THE:
            span = _tied_to(text, tokens, place)
        if span:
            yield Found(tokens[span[0]].start, tokens[span[1]].end, "proche", _WORDS)
            place = span[1]
        place += 1


def _tie_at(tokens: Sequence[Token], place: int) -> int:
    """Return the last token of the tie that begins at a place: « petit frère », « belle-sœur »."""
    start = place
    while (
        place < len(tokens)
        and place - start < _FAR
        and tokens[place].key in _BEFORE
        and (place + 1 < len(tokens) and tokens[place + 1].key not in _HYPHENS)
    ):
        place += 1
    if place >= len(tokens):
        return -1
    last, key = place, tokens[place].key
    while last + 2 < len(tokens) and tokens[last + 1].key in _HYPHENS:
        last += 2
        key = f"{key}-{tokens[last].key}"
    known = key in _TIES or key.removeprefix("ex-") in _TIES
    split = last + 1 < len(tokens) and f"{key}-{tokens[last + 1].key}" in _TIES
    if split:
        return last + 1
    return last if known else -1


def _of_mine(text: str, tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « ma plus vieille », « mon cadet », « ma défunte tante Aline », « mon ex-mari »."""
    after = [token.key for token in tokens[place + 1 : place + 5]]
    if len(after) > _FAR - 1 and after[1:2] == ["plus"] and tokens[place + 1].kind == NUMBER:
        return place, place + 3
    if after[:1] == ["plus"] and len(after) > 1 and after[1] in _RANK:
        return place, _with_name(text, tokens, place + 2)
    if not after:
        return None
    last = _tie_at(tokens, place + 1)
    if last < 0:
        return None
    said = {token.key for token in tokens[place + 1 : last + 1]}
    said.add("-".join(t.key for t in tokens[place + 1 : last + 1] if t.key not in _HYPHENS))
    rare = bool(said & _ALONE) or after[0] in {"ex", "defunt", "defunte", "feu"}
    further = _step(text, tokens, last) or _far(text, tokens, last)
    if further:
        return place, further
    return (place, _with_name(text, tokens, last)) if rare else None


def _tied_to(text: str, tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « la nièce de mon coloc », « le petit frère à Coralie », « la bru du maire »."""
    last = _tie_at(tokens, place + 1)
    further = _step(text, tokens, last) if last > 0 else 0
    if not further:
        return None
    return (place if tokens[place].key in {"la", "le", "l'", "l’"} else place + 1), further


def _step(text: str, tokens: Sequence[Token], last: int) -> int:
    """Return the last token of whom a tie leads to, 0 when it leads to nobody known."""
    link = last + 1
    if link + 1 >= len(tokens) or tokens[link].key not in _OF:
        return 0
    who = link + 1
    if tokens[link].key == "de" and tokens[who].key in {"la", "l'", "l’"}:
        who += 1
    if who >= len(tokens):
        return 0
    if tokens[who].key in _MINE:
        post = who + 1 < len(tokens) and tokens[who + 1].key in _POSTS
        return who + 1 if post else max(0, _tie_at(tokens, who + 1))
    if tokens[who].key in _RANKS and who + 1 < len(tokens) and tokens[who + 1].key in _POSTS:
        who += 1
    if tokens[who].key in _POSTS and (tokens[link].key in {"du", "au"} or who > link + 1):
        return _of_whom(tokens, who)
    return _with_name(text, tokens, who - 1) if _is_name(text, tokens, who) else 0


def _of_whom(tokens: Sequence[Token], who: int) -> int:
    """Return the last token of a post with what it keeps: « du dernier gardien du phare »."""
    kept = who + 2 < len(tokens) and tokens[who + 1].key in {"du", "des"}
    return who + 2 if kept and tokens[who + 2].kind not in {MARK, NUMBER} else who


def _far(text: str, tokens: Sequence[Token], last: int) -> int:
    """Return the last token of where somebody lives: « ma fille en Alberta »; 0 for nowhere."""
    where = last + 2
    if where >= len(tokens) or tokens[last + 1].key not in {"en", "a", "au", "aux"}:
        return 0
    return where if text[tokens[where].start].isupper() else 0


def _with_name(text: str, tokens: Sequence[Token], last: int) -> int:
    """Return the last token of the name that follows, itself when there is none."""
    place = last + 1
    if place < len(tokens) and tokens[place].key == "," and place + 1 < len(tokens):
        place += 1
    end = last
    while place < len(tokens) and _is_name(text, tokens, place):
        end = place
        place += 1 + (place + 1 < len(tokens) and tokens[place + 1].key in _HYPHENS)
    return end


def _is_name(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether a word is somebody's name: its capital in the middle, or a name and nothing else."""
    token = tokens[place]
    bits = gazetteer().words.get(token.key, 0)
    if token.kind == MARK or (token.key in gazetteer().places and not bits & (FIRST | LAST)):
        return False
    capital = text[token.start].isupper() and token.end - token.start > 1
    return capital or bool(bits & (FIRST | LAST) and not bits & WORD)
