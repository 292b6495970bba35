"""What a village tells for years: « la chèvre qui broutait le trophée ».

An animal, a vehicle or a thing, and what it did where it had no business; what happened at a
feast; a birth or a wedding in a strange place; what was in the news, said before « c’est passé
dans le journal ». Read over normalised tokens; words are in ``lists/evenements.txt``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from croisee.deidentify.gazetteer import word_sets
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import MARK, Token, stream

_LISTS = word_sets("evenements.txt")
_BEASTS, _THINGS, _FEASTS = _LISTS["bete"], _LISTS["chose"], _LISTS["fete"]
_ACTORS = _BEASTS | _THINGS | _LISTS["ouvrage"]
_TOLD_OF = _ACTORS | _FEASTS | _LISTS["fait"] | _LISTS["fort"]
_RUIN = _LISTS["ruine"] - {"feu", "fond", "glace", "clos", "champ", "fosse", "travers"}
_DEEDS = _LISTS["geste"] | _RUIN | _LISTS["drame"]
_TIMES = frozenset({
    "fois", "nuit", "soir", "jour", "matin", "hiver", "ete", "automne", "printemps", "annee",
    "night", "day", "time",
})  # fmt: skip
_LIFE = frozenset({
    "ne", "nee", "nes", "accouche", "marie", "mariee", "maries", "mariees", "baptise", "baptisee",
})  # fmt: skip
_RECALLED = frozenset(
    {"journal", "journaux", "nouvelles", "tele", "tva", "video", "tour", "encore", "passe"}
)
STORIES = "|".join(
    sorted(
        _ACTORS | _FEASTS | _TIMES | _LIFE | _RECALLED | {"histoire", "celui", "celle", "fausse"}
    )
)
"""The folded words, as a pattern, without which no story is told."""
_DEFINITE = frozenset({"la", "le", "l'", "l’", "les", "du", "au", "des", "the", "cette", "ce"})
_OF = frozenset({"de", "du", "des", "d'", "d’", "of"})
_AUX = frozenset({"a", "ont", "est", "sont", "avait", "avaient", "etait", "etaient"})
_RELATIVE = frozenset({"qui", "ou", "que", "qu'", "qu’"})
_WHERE = frozenset({
    "dans", "sur", "sous", "par", "pendant", "travers", "devant", "avec", "chez", "en", "au",
    "aux", "à", "de", "seul", "seule", "debout",
})  # fmt: skip
_SINCE = frozenset(
    {"quand", "depuis", "apres", "lorsque", "lorsqu'", "lorsqu’", "que", "qu'", "qu’"}
)
_ENDS = frozenset(".;!?:«»()…")
_BREAKS = frozenset({"pis", "puis", "mais", "je", "j'", "j’", "moi", "nous"})
_CALENDAR = frozenset({
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "semaine", "mois",
    "rendez-vous", "paye", "congres", "rencontre", "reunion", "atelier",
})  # fmt: skip
_WORDS = "[un événement]"
_NEAR, _LONGEST, _BACK, _SHORTEST = 4, 14, 24, 3
_CLAUSE = 5


def stories(text: str) -> Iterator[Found]:
    """Yield the events that are told by who did what, and where."""
    tokens = _normalised(text)
    for place, token in enumerate(tokens):
        span = None
        if token.key in _TOLD_OF:
            span = _deed(tokens, place) or _relative(text, tokens, place)
            span = span or _since(text, tokens, place)
        if span is None and token.key in _TIMES:
            span = _time(tokens, place)
        if span is None and token.key in _LIFE:
            span = _strange_place(tokens, place)
        if span is None and token.key == "histoire":
            span = _history(tokens, place)
        if span is None and token.key in {"celui", "celle"}:
            span = _whoever(tokens, place)
        if span is None and token.key in {"faux", "fausse"}:
            span = _sham(tokens, place)
        if span is None and token.key in _RECALLED:
            span = _recalled(text, tokens, place)
        if span:
            yield Found(tokens[span[0]].start, tokens[span[1]].end, "événement", _WORDS)


def _normalised(text: str) -> list[Token]:
    """Return the tokens of a text, « à » told from « a », a plural read as its singular."""
    tokens = []
    for token in stream(text):
        key = token.key
        if key == "a" and text[token.start] in "àÀ":
            key = "à"
        elif key not in _TOLD_OF and key[-1:] in "sx" and key[:-1] in _TOLD_OF:
            key = key[:-1]
        tokens.append(token if key == token.key else token._replace(key=key))
    return tokens


def _article(tokens: Sequence[Token], place: int) -> int:
    """Return where the definite article of a noun stands, at most two words before; -1 for none."""
    for back in range(place - 1, max(-1, place - 1 - _SHORTEST), -1):
        if tokens[back].key in _DEFINITE:
            return back
        if tokens[back].kind == MARK or tokens[back].key in _AUX:
            return -1
    return -1


def _is_deed(tokens: Sequence[Token], aux: int) -> bool:
    """Whether an auxiliary leads to an odd deed, somewhere: « s’est posée dans la cour »."""
    after = [token.key for token in tokens[aux + 1 : aux + 7]]
    done = next((n for n, key in enumerate(after[:3]) if key in _DEEDS), None)
    return done is not None and bool(set(after[done + 1 :]) & _WHERE or after[done] in _RUIN)


def _deed(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « quand la montgolfière s’est posée dans la cour du pénitencier »."""
    start = _article(tokens, place)
    if start < 0 or tokens[place].key not in _ACTORS:
        return None
    for aux in range(place + 1, min(place + _NEAR, len(tokens))):
        if tokens[aux].kind == MARK or tokens[aux].key in _RELATIVE:
            return None
        if tokens[aux].key in _AUX:
            break
    else:
        return None
    led = start > 0 and tokens[start - 1].key in _SINCE | {"ou"}
    beast = tokens[place].key in _BEASTS
    back = [token.key for token in tokens[aux + 1 : aux + 4]]
    odd = "avec" in back and set(back) & {"revenu", "revenue", "arrive", "reparti"}
    if not ((led or beast or odd) and _is_deed(tokens, aux)):
        return None
    first = start - 1 if start and tokens[start - 1].key == "quand" else start
    return first, _end(tokens, aux)


def _relative(text: str, tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « la tombola où le cochon a gagné la maison », « l’avion tombé dans le clocher »."""
    start = _article(tokens, place)
    if start < 0:
        return None
    for link in range(place + 1, min(place + _NEAR, len(tokens))):
        key = tokens[link].key
        if tokens[link].kind == MARK or key in _AUX:
            return None
        written = text[tokens[link].start : tokens[link].end].rstrip("s")
        done = key in _DEEDS and (not written.endswith("e") or written.endswith("ée"))
        if done and tokens[place].key in _ACTORS and link + 1 < len(tokens):
            where = tokens[link + 1].key in _WHERE | {"d'", "d’", "du"}
            return (start, _end(tokens, link)) if where else None
        if key == "qui" and tokens[place].key in _ACTORS:
            return (start, _end(tokens, link)) if _did(tokens, link, place) else None
        if key in {"ou", "que", "qu'", "qu’"} and tokens[place].key not in _ACTORS:
            return (start, _end(tokens, link)) if _happened(tokens, link) else None
    return None


def _did(tokens: Sequence[Token], link: int, place: int) -> bool:
    after = [token.key for token in tokens[link + 1 : link + 4]]
    imperfect = tokens[place].key in _BEASTS and bool(after) and after[0].endswith(("ait", "aient"))
    reflexive = after[:1] in (["s'"], ["s’"], ["se"])
    aux = link + 2 if reflexive else link + 1
    return imperfect or (aux < len(tokens) and tokens[aux].key in _AUX and _is_deed(tokens, aux))


def _happened(tokens: Sequence[Token], link: int) -> bool:
    """Whether something is told to have happened then: a subject, then an auxiliary."""
    after = [token.key for token in tokens[link + 1 : link + 7]]
    subject = bool(after) and after[0] in {"le", "la", "les", "l'", "l’", "un", "une"}
    aux = next((n for n, key in enumerate(after) if key in _AUX), None)
    if aux is None:
        return False
    odd = set(after[:aux]) & _ACTORS or set(after[aux + 1 :]) & _DEEDS
    return (
        bool(odd)
        or (subject and aux < _NEAR and len(after) > aux + 1)
        or (
            after[0] == "on"
            and set(after[aux + 1 :]) & {"lu", "chante", "danse", "mange", "dormi"} != set()
        )
    )


def _since(text: str, tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « le train » of « après le train, à Mégantic »."""
    start = _article(tokens, place)
    if start < 1 or tokens[start - 1].key not in {"depuis", "apres"} or start + 1 != place:
        return None
    after = [token for token in tokens[place + 1 : place + 4] if token.kind != MARK]
    named = len(after) > 1 and after[0].key in {"à", "de"} and text[after[1].start].isupper()
    return (start, place) if named else None


def _time(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « la nuit des deux granges », « le soir que le feu a pris dans l’aréna »."""
    if not place or tokens[place - 1].key not in {"la", "le", "l'", "l’", "the"}:
        return None
    after = [token.key for token in tokens[place + 1 : place + 7]]
    if len(after) < _SHORTEST:
        return None
    if after[0] in _OF:
        named = set(after[1:4]) & _TOLD_OF and not set(after[1:4]) & _CALENDAR
        definite = after[0] in {"du", "des"} or after[1] in {"la", "l'", "l’"}
        both = place > 1 and tokens[place - 2].key == "à"
        once = tokens[place].key == "fois" and definite and not set(after[1:4]) & _CALENDAR
        named = bool(named) and tokens[place].key not in {"fois", "annee"}
        english = after[0] == "of" and after[1] == "the"
        told = named or (once and not both) or english
        return (place - 1, _end(tokens, place + 1)) if told else None
    told = after[0] in {"ou", "que", "qu'", "qu’"}
    aux = next((n for n, key in enumerate(after) if key in _AUX | {"suis", "ai"}), None)
    if not told or aux is None:
        return None
    odd = set(after[1:aux]) & _ACTORS or (
        after[1] in {"j'", "j’", "je", "on"} and _falls(tokens, place + 1 + aux)
    )
    return (place - 1, _end(tokens, place + 1)) if odd else None


def _falls(tokens: Sequence[Token], aux: int) -> bool:
    """Whether somebody fell, sank or lost something, and where: « tombée en bas de la scène »."""
    after = [token.key for token in tokens[aux + 1 : aux + 6]]
    drama = {"tombe", "tombee", "coule", "brule", "noye", "perdu", "echappe", "pogne", "vire"}
    return bool(set(after[:2]) & drama) and bool(set(after[1:]) & _WHERE)


def _strange_place(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return where and why somebody was born or wed: « dans une sleigh au mois d’août »."""
    for led in range(place + 1, min(place + 9, len(tokens) - 2)):
        if tokens[led].key in _ENDS:
            return None
        odd = {token.key for token in tokens[led + 2 : led + 4]} & _LISTS["insolite"]
        if tokens[led].key in {"dans", "sur"} and odd:
            first = place if led == place + 1 else led
            return first, _end(tokens, led, commas=True)
    return None


def _history(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « l’histoire de la chèvre au conseil municipal »."""
    after = [token.key for token in tokens[place + 1 : place + 5]]
    led = bool(after) and after[0] in {"de", "du", "des", "d'", "d’"}
    return (
        (place, _end(tokens, place + 1)) if led and set(after[1:3]) & (_ACTORS | _FEASTS) else None
    )


def _whoever(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « celui qui a coulé avec le piano », « celui qu’on a retrouvé dans un casino »."""
    after = [token.key for token in tokens[place + 1 : place + 9]]
    if not after or after[0] not in {"qui", "qu'", "qu’", "que"}:
        return None
    aux = next((n for n, key in enumerate(after[:4]) if key in _AUX), None)
    if aux is None or not set(after[aux + 1 : aux + 3]) & _DEEDS:
        return None
    where = set(after[aux + 2 :]) & (_WHERE - {"à", "de", "en"})
    return (place, _end(tokens, place + 1)) if where else None


def _sham(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « la fausse loterie du curé »."""
    after = [token.key for token in tokens[place + 1 : place + 4]]
    start = _article(tokens, place)
    led = len(after) > _SHORTEST - 1 and after[1] in {"du", "des", "de"} and after[0] in _FEASTS
    return (start, _end(tokens, place + 2)) if led and start >= 0 else None


def _recalled(text: str, tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return what is told right before « c’est passé dans le journal »."""
    first = place
    while (
        first and tokens[first - 1].key not in _ENDS | {","} and place - first < _CLAUSE + _CLAUSE
    ):
        first -= 1
        if tokens[first].key in {"ca", "c'", "c’"}:
            break
    said = [token.key for token in tokens[first : place + 1]]
    news = tokens[place].key in {"journal", "journaux", "nouvelles", "tele", "tva"}
    made = "fait" in said[-4:] and said[-2:-1] in (["les"], ["la"], ["le"])
    passed = said[:1] in (["ca"], ["c'"], ["c’"]) and (
        set(said) & {"passe", "sorti", "paru"} or made
    )
    if tokens[place].key == "passe":
        news = _in_a_paper(text, tokens, place)
    round_ = tokens[place].key == "tour" and {"fait", "le"} <= set(said) and said[0] in {"ca", "la"}
    still = tokens[place].key == "encore" and {"en", "parle"} <= set(said)
    if not ((news and passed) or round_ or still):
        return None
    last = first - 1
    while last > 0 and tokens[last].kind == MARK:
        last -= 1
    start = last
    while start > 0 and tokens[start - 1].key not in _ENDS and last - start < _BACK:
        start -= 1
    return (start, last) if last - start >= _SHORTEST else None


def _in_a_paper(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether « passé dans » leads to a name: « c’est passé dans L’Écho »."""
    following = tokens[place + 1 : place + 3]
    led = len(following) > 1 and following[0].key in {"dans", "à"}
    return led and text[following[1].start].isupper()


def _end(tokens: Sequence[Token], first: int, *, commas: bool = False) -> int:
    """Return the last token of the clause, across a comma where its place or cause follows."""
    last = first
    for place in range(first + 1, min(first + _LONGEST, len(tokens))):
        key = tokens[place].key
        following = tokens[place + 1].key if place + 1 < len(tokens) else ""
        goes_on = key == "," and (
            following in {"sur", "dans", "pendant"} or (commas and following in {"parce", "à"})
        )
        joined = key == "pis" and following in {"un", "une"}
        if key in _ENDS or (key == "," and not goes_on) or (key in _BREAKS and not joined):
            break
        last = place
    return last
