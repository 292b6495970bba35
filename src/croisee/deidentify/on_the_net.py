"""E-mails, pages and accounts as people say them: « léa, tiret bas, b, arobase, hotmail point ca ».

A chain is words, letters and numbers held together by signs that are said. Around « arobase » it
is an e-mail; up to « point ca » or after « www » a page; after « sur Instagram, c’est » an account.
A chain without any of them stays: « un point, c’est tout ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from croisee.deidentify.gazetteer import FIRST, LAST, gazetteer
from croisee.deidentify.ordinary import is_everyday, is_known
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import (
    DICTATED,
    LETTER,
    MARK,
    NUMBER,
    PASSED,
    SIGN,
    WORD,
    Token,
    ends_the_turn,
    stream,
)
from croisee.text import fold

_AT, _CHAIN, _TOPS = DICTATED["arobase"], DICTATED["chaine"], DICTATED["fin"]
_SITES, _NICKNAMES, _CUES = DICTATED["plateforme"], DICTATED["surnom"], DICTATED["annonce"]
_BOXES, _JOINED = DICTATED["boite"], DICTATED["liaison"]
SIGNS = "|".join(sorted(_AT | _CHAIN | {"commercial", "at", "www", "w", "https?", "double"}))
"""The folded words, as a pattern, without which nothing of the net is dictated."""
NAMES = "|".join(sorted(_SITES | _NICKNAMES))
"""The folded words, as a pattern, that announce an account."""
_SURE_SIGN = frozenset({"underscore", "_"})
_WRITTEN = {".", "_", "-", "/", "‑"}
_LONGEST, _NEAR = 14, 8
_MOST_WORDS = 3
_OPENINGS = ("w w w", "double v double v", "trois w", "3 w", "triple w", "h t t p", "http")
_GLUED = re.compile(r"(?<![\w@./])(?=\S*[_\d])[^\W\d]\w*(?:[._-]\w+)*(?<!_)_?(?![\w@])")
_UNDERSCORED = re.compile(
    r"(?<![\w@./])\w*[^\W_]_[^\W_]\w*(?:[.-]\w+)*|(?<![\w@./])[^\W\d_][\w.-]+#\d{3,5}\b"
)
_TOP = "|".join(sorted(_TOPS))
_SHOUTED = re.compile(
    rf"(?<![\w@.-])[A-Z0-9-]{{3,}}(?:\.[A-Z0-9-]+)*\.(?:{_TOP.upper()})\b(?:/(?:[^\s<>«»,;!?)]|\?(?=\S))*)?"
)
_PATHED = re.compile(
    r"(?<![\w@.-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/[^\s<>«»\",;!?)]*[^\s<>«»\".,;:!?)]"
    r"|(?<![\w@.-])[\w-]+(?:\.[\w-]+)*\.(?:example|invalid|test|io|me|ly|tv|gl|app)(?![\w-])"
)
_MAILTO = re.compile(r"\bmailto:[^\s<>«»,;!?)]+", re.IGNORECASE)
_DOTTED = re.compile(
    r"(?<![\w@./-])[a-zà-ÿ]{2,}(?:\.[a-zà-ÿ]{2,})+(?![\w@/-]|\.\w)"
    r"|(?<![\w@./-])[A-Za-z]{2,}(?:\.[A-Za-z]+)*\.\d{1,4}(?![\w@/-]|\.\w)"
)
_CAMEL = re.compile(r"[a-zà-ÿ][A-ZÀ-Ý]|\d[^\W\d]|[^\W\d]\d|\w[._]\w|#\d")
_NAMING = frozenset(
    {
        "est",
        "etait",
        "sous",
        "appelle",
        "nom",
        "suis",
        "chez",
        "sont",
        "appelait",
        "nomme",
        "cherche",
    }
)
_OWN = frozenset({"mon", "ma", "mes", "ton", "ta", "son", "sa", "notre", "leur"})
_ON = frozenset({"sur", "su", "dans"})
_BEFORE_ON = re.compile(r"([\w.-]*\w)(?: tout court| en un mot| tout attaché)?,? $")
_SIGNED = re.compile(r"(?<![\w@./-])(?!\d)\w+(?:[._-]\w+)+(?![\w@])")
_LONGEST, _LEAST = 50, 4
_NOT_A_NAME = frozenset(
    {
        "le", "la", "les", "un", "une", "que", "qui", "pas", "pour", "sur", "prive", "privee", "ca",
        "public", "ferme", "plein", "comme", "bon", "bien", "trop", "tres", "aussi", "pourri", "ou",
        "quand", "parce", "rendu", "toujours", "encore", "mort", "pus", "plus", "juste", "facile",
        "mon", "ma", "ton", "sa", "son", "notre", "au", "aux", "du", "des", "de", "moi", "dans",
    }
)  # fmt: skip


def mails_and_pages(text: str) -> Iterator[Found]:
    """Yield the e-mails, pages and chains that are dictated."""
    tokens = stream(text)
    taken = -1
    for place in range(len(tokens)):
        if place <= taken:
            continue
        width = _at(tokens, place)
        if width:
            first = _leftward(tokens, place - 1, taken)
            taken = _domain(tokens, place + width)
            kind = "courriel" if first < place else "compte"
            if first < place or taken >= place + width:
                yield _found(tokens, first, taken, kind)
        else:
            page = _page(tokens, place)
            if page:
                first, taken = page
                yield _found(tokens, first, taken, "adresse web")
    yield from _announced_chains(tokens, taken)


def accounts(text: str) -> Iterator[Found]:
    """Yield the names under which somebody is on a platform, and those glued by « _ »."""
    tokens = stream(text)
    for place, token in enumerate(tokens):
        if token.key not in _SITES and token.key not in _NICKNAMES:
            continue
        handle = _handle(text, tokens, place, sure=token.key in _NICKNAMES)
        if handle:
            yield _found(tokens, *handle, "compte")


def glued(text: str) -> Iterator[Found]:
    """Yield what is written as one word with « _ », « # » or dots: accounts, pages, e-mails."""
    for pattern, kind in (
        (_UNDERSCORED, "compte"),
        (_MAILTO, "courriel"),
        (_SHOUTED, "adresse web"),
        (_PATHED, "adresse web"),
    ):
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), kind, f"[{kind}]")
    for match in _DOTTED.finditer(text):
        if not all(map(is_everyday, fold(match.group()).split("."))):
            yield Found(match.start(), match.end(), "compte", "[compte]")


def _found(tokens: Sequence[Token], first: int, last: int, kind: str) -> Found:
    return Found(tokens[first].start, tokens[last].end, kind, f"[{kind}]")


def _at(tokens: Sequence[Token], place: int) -> int:
    """Return how many tokens say « @ » at a place: « arobase », « a commercial »; 0 for none."""
    key = tokens[place].key
    following = [token.key for token in tokens[place + 1 : place + 4]]
    if key in _AT or key == "@":
        return 1
    if key == "a" and following[:1] == ["commercial"]:
        return 2
    if key == "a" and following[:2] in (["en", "rond"], ["dans", "un"]):
        return len(following)
    boxed = bool(following) and (
        following[0] in _BOXES or (following[0] in {"g", "hot"} and following[1:2] == ["mail"])
    )
    dotted = any(word in {"point", "dot", "."} for word in following[1:])
    if key == "at" and dotted:
        return 1
    return 1 if key in {"at", "a", "chez"} and boxed and dotted else 0


def _is_link(token: Token) -> bool:
    return token.key in _CHAIN or token.key in _WRITTEN or token.kind == SIGN


def _leftward(tokens: Sequence[Token], last: int, taken: int) -> int:
    """Return where what is said before « arobase » begins."""
    first = last + 1
    linked = True
    for place in range(last, max(taken, last - _LONGEST), -1):
        token = tokens[place]
        if token.kind in (NUMBER, LETTER) or _is_link(token) or token.key == "bas":
            linked, first = True, place
        elif token.key in _JOINED or (
            token.kind == MARK and token.key in {",", "…", '"', "«", "»"}
        ):
            continue
        elif token.kind in (WORD, PASSED) and (linked or not is_everyday(token.key)):
            if token.key in {"est", "de", "a", "au", "courriel", "le", "la"} and place != last:
                break
            linked, first = False, place
        else:
            break
    while first <= last and (tokens[first].kind == MARK or tokens[first].key in _JOINED):
        first += 1
    return first


def _domain(tokens: Sequence[Token], first: int) -> int:
    """Return where what is said after « arobase » ends: « gmail point com », « gmail »."""
    last, linked, dotted = first - 1, True, False
    for place in range(first, min(first + _LONGEST, len(tokens))):
        token = tokens[place]
        if _is_link(token) or token.key == "bas":
            dotted |= token.key in {"point", "dot", "."}
            if token.key == "." and (place + 1 == len(tokens) or _gap(tokens, place)):
                break
            linked = True
        elif token.key in {",", "…"} or (token.key in _JOINED and not linked):
            continue
        elif linked or token.kind in (LETTER, NUMBER) or token.key == "mail":
            linked, last = False, place
            if dotted and token.key in _TOPS and not _goes_on(tokens, place):
                break
        else:
            break
    return last


def _gap(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place + 1].start > tokens[place].end


def _goes_on(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sign follows the end of an address: « point qc point ca », « slash camp »."""
    following = tokens[place + 1 : place + 3]
    return bool(following) and following[0].key in _CHAIN | {"/"}


def _page(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return the first and last token of a page said from a place."""
    key = tokens[place].key
    said = [token.key for token in tokens[place : place + 6] if token.kind != MARK]
    if key in {"www", "https"} or " ".join(said).startswith(_OPENINGS):
        last = _chain_end(tokens, place)
        return (place, last) if last > place + 1 else None
    if tokens[place].kind not in (WORD, NUMBER, LETTER) or key in _CHAIN:
        return None
    last = _chain_end(tokens, place)
    chain = [token.key for token in tokens[place : last + 1]]
    ended = any(
        chain[at] in {"point", "dot"} and chain[at + 1] in _TOPS for at in range(1, len(chain) - 1)
    )
    pathed = key in _SITES and any(word in {"slash", "oblique", "/"} for word in chain)
    return (place, last) if (ended or pathed) and not is_everyday_amount(chain) else None


def is_everyday_amount(chain: Sequence[str]) -> bool:
    """Return whether a chain only counts: « deux point cinq »."""
    return all(word.isdigit() or word in _CHAIN for word in chain)


def _chain_end(tokens: Sequence[Token], first: int) -> int:
    """Return the last token of the chain that begins at a place: words and the signs between."""
    last, linked = first, False
    signs = {
        "deux",
        "points",
        ":",
        "double",
        "v",
        "w",
        "bas",
        "h",
        "t",
        "p",
        "s",
        "tout",
        "attache",
    }
    for place in range(first + 1, min(first + 3 * _LONGEST, len(tokens))):
        token = tokens[place]
        if _at(tokens, place):
            break
        if (
            token.key in _CHAIN
            or token.key in {"/", "_"}
            or token.key in signs - {"tout", "attache"}
        ):
            linked = True
            if token.kind == LETTER:
                last = place
        elif token.kind == MARK and token.key in {",", "…"}:
            continue
        elif linked and token.kind != MARK:
            linked, last = False, place
        elif token.kind in (NUMBER, LETTER) or token.key in {"tout", "attache"}:
            continue
        elif last == first or not _is_linked_soon(tokens, place):
            break
    return last


def _is_linked_soon(tokens: Sequence[Token], place: int) -> bool:
    """Whether the words go on to another sign: « point carrefour des rives point org »."""
    soon = tokens[place : place + 4]
    linked = [item.key in {"point", "dot", "tiret", "underscore"} for item in soon]
    return any(linked) and not any(item.kind == MARK for item in soon[: linked.index(True)])


def _announced_chains(tokens: Sequence[Token], taken: int) -> Iterator[Found]:
    """Yield a chain cut at the end of a turn, or held by « underscore »: a part of an address."""
    cued = any(token.key in _CUES | _NICKNAMES | _SITES for token in tokens)
    for place in range(taken + 1, len(tokens)):
        token = tokens[place]
        if token.kind not in (WORD, LETTER, NUMBER, PASSED) or place <= taken:
            continue
        last = _chain_end(tokens, place)
        signs = {item.key for item in tokens[place : last + 1]} & (_CHAIN | _SURE_SIGN)
        sure = signs & _SURE_SIGN or any(item.key == "bas" for item in tokens[place : last + 1])
        tail = cued and ends_the_turn(tokens, last)
        named = last == place + 2 and _is_name(tokens[place].key) and _is_name(tokens[last].key)
        if signs and (tail or named or (sure and signs & {"underscore", "tiret", "barre"})):
            taken = last
            yield _found(tokens, place, last, "compte")


def _is_name(key: str) -> bool:
    return bool(gazetteer().words.get(key, 0) & (FIRST | LAST))


def _handle(text: str, tokens: Sequence[Token], cue: int, *, sure: bool) -> tuple[int, int] | None:
    """Return the first and last token of the account that a platform or « pseudo » announces."""
    before = _handle_before(text, tokens, cue)
    if before:
        return before
    named = cue > 0 and tokens[cue - 1].key in _OWN and not sure
    for place in range(cue + 1, min(cue + _NEAR, len(tokens))):
        token = tokens[place]
        if token.key in {".", "!", "?"}:
            return None
        named |= token.key in _NAMING or token.key == ":"
        match = _GLUED.match(text, token.start)
        if match and _CAMEL.search(match.group()):
            return place, _last_within(tokens, place, match.end())
        joined = _SIGNED.match(text, token.start) if named else None
        if joined and _is_strange(joined.group()):
            return place, _last_within(tokens, place, joined.end())
        if named and token.kind in (WORD, LETTER) and token.key not in _NOT_A_NAME | _NAMING:
            capital = text[token.start].isupper()
            return _words_of_handle(tokens, place, sure=sure, capital=capital)
    return None


def _handle_before(text: str, tokens: Sequence[Token], cue: int) -> tuple[int, int] | None:
    """Return the account said before a platform: « vlo_92 sur Discord », « vlotop tout court »."""
    if not cue or tokens[cue - 1].key not in _ON:
        return None
    match = _BEFORE_ON.search(text, max(0, tokens[cue - 1].start - _LONGEST), tokens[cue - 1].start)
    if match is None or not _is_strange(match.group(1)):
        return None
    first = next(place for place in range(cue) if tokens[place].end > match.start(1))
    return first, _last_within(tokens, first, match.end(1))


def _is_strange(word: str) -> bool:
    """Whether a word as written is nobody's French: figures or signs inside, or unknown."""
    if any(map(str.isdigit, word)) and any(map(str.isalpha, word)):
        return True
    parts = [fold(part) for part in re.split(r"[-._]", word) if part]
    plain = word.islower() and len(word) > _LEAST and word.isalpha()
    unknown = [not is_everyday(part) and not is_known(part) for part in parts]
    return any(unknown) and (plain or (len(parts) > 1 and word.islower()))


def _last_within(tokens: Sequence[Token], first: int, end: int) -> int:
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].end <= end:
        last += 1
    return last


def _words_of_handle(
    tokens: Sequence[Token], first: int, *, sure: bool, capital: bool
) -> tuple[int, int] | None:
    last = _chain_end(tokens, first)
    if last > first:
        return first, last
    while (
        last + 1 < len(tokens)
        and last - first < _MOST_WORDS
        and tokens[last + 1].kind in (WORD, NUMBER, LETTER)
        and tokens[last + 1].key not in _NOT_A_NAME
    ):
        last += 1
    strange = capital or any(
        item.kind == NUMBER or not is_everyday(item.key) for item in tokens[first : last + 1]
    )
    closed = last + 1 == len(tokens) or tokens[last + 1].kind == MARK
    joined = any(item.key in {"attache", "colle"} for item in tokens[last + 1 : last + 5])
    return (first, last) if (strange and closed and sure) or joined else None
