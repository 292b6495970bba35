"""What a trade or a tie belongs to, when that says who somebody is.

« L’agronome de la MRC », « la TES du local 114 », « j’ai été otage au Liban », « une ancienne
juge de la Cour », « la mère du petit gars qui a été retrouvé ». « La responsable du projet » and
« le médecin de famille » are nobody here. Words are in ``lists/postes.txt`` and ``phrases.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from croisee.deidentify.appended import after_role
from croisee.deidentify.clauses import is_have
from croisee.deidentify.gazetteer import word_key, word_sets
from croisee.deidentify.ordinary import is_everyday, leads_a_country
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import MARK, NUMBER, Token
from croisee.deidentify.traits import clause_end, is_trade

_LISTS, _PHRASES = word_sets("postes.txt"), word_sets("phrases.txt")
COMMON, HABITS, OBJECTS = _PHRASES["banal"], _PHRASES["habitude"], _PHRASES["pronom"]
_VAGUE = _PHRASES["vague"]
_ONE_PLACE = _LISTS["lieu"] | _PHRASES["endroit"]
PEOPLE = frozenset({
    "homme", "femme", "gars", "fille", "dame", "madame", "monsieur", "bonhomme", "garcon",
    "vieux", "vieille", "famille", "soeur", "couple", "voisin", "voisine", "maman", "papa", "mere",
    "pere", "bebe", "enfant", "jeune", "etudiant", "etudiante", "benevole", "veuf", "veuve",
    "ministre",
})  # fmt: skip
KIN = frozenset({
    "mere", "pere", "maman", "papa", "frere", "soeur", "fils", "fille", "tante", "oncle", "cousin",
    "cousine", "jumeau", "jumelle", "veuve", "veuf", "mari", "femme", "conjoint", "conjointe",
    "ex", "gendre", "bru", "neveu", "niece", "filleul", "filleule", "marraine", "parrain",
    "blonde", "chum", "nounou", "gardienne", "coloc", "parents", "aine", "ainee", "cadet",
    "cadette", "benjamin", "benjamine", "heritier", "heritiere",
})  # fmt: skip
TOO = frozenset({
    "juge", "conseiller", "conseillere", "procureur", "procureure", "depute", "deputee",
    "senateur", "senatrice", "producteur", "productrice", "maire", "tes",
    "veteran", "veterane", "vieux-garcon",
})  # fmt: skip
_SOMEBODY = PEOPLE | KIN | _LISTS["personne"] | frozenset({
    "celui", "celle", "numero", "victime", "victimes", "triplees", "triples", "jumeaux",
    "jumelles", "enfants", "premier", "deux", "trois", "garde",
})  # fmt: skip
TOGETHER = {
    "maitre": frozenset({"poste"}), "maitresse": frozenset({"poste"}),
    "chef": frozenset({"orchestre", "bande", "train"}), "pair": frozenset({"aidant"}),
    "paire": frozenset({"aidante"}), "mere": frozenset({"superieure"}),
    "sage": frozenset({"femme"}), "porte": frozenset({"parole"}),
}  # fmt: skip
_TWO_STEPS = frozenset({"maitre", "maitresse", "sage", "porte", "chef"})
_CALLED = frozenset({"gars", "madame", "dame", "monsieur", "bonhomme"})
_THINGS = frozenset({"retraite", "cri", "parole", "republique"})
DEFINITE = frozenset({"la", "le", "l'", "l’", "du", "au", "notre", "votre", "leur"})
ARTICLES = frozenset({"la", "le", "les", "l'", "l’", "notre"})
OF = frozenset({"de", "du", "des", "d'", "d’", "a", "au", "aux", "en", "dans"})
BEFORE = frozenset({
    "ancien", "ancienne", "ex", "nouveau", "nouvelle", "jeune", "petit", "petite", "grand",
    "grande", "vieux", "vieille", "autre", "fameux", "fameuse", "pauvre", "vice", "sous", "seul",
    "seule",
    "unique", "douze", "dix", "huit", "sept", "six", "cinq", "quatre",
})  # fmt: skip
_TO = frozenset({"pour", "chez", "sur", "entre", "pendant", "contre", "durant"})
_BEING = frozenset({"suis", "etais", "ete", "etait", "devenu", "devenue", "fut", "est", "comme"})
_NOT_OF = frozenset({
    "un", "une", "ce", "ca", "mon", "ma", "mes", "son", "sa", "ses", "cette", "ces", "tout",
    "toute", "nos", "leurs", "quelqu'un", "chaque", "plusieurs", "cet", "qui", "que", "moi", "toi",
    "lui", "elle", "eux", "soi",
})  # fmt: skip
_STEPS, FEW, FAR, LONGEST = 6, 3, 5, 12
_MORE = re.compile(
    r" (?:du|de la|de l[’']|des|au|à la|à l[’']) ?([^\W\d_]+)(?![\w’'-])"
    r"| (?:de |d[’']|à |en |du |des )(?:la |l[’']|les )?[A-ZÀ-Ý][\w’'-]+"
)
Span = tuple[int, int]


def has_trade(key: str) -> bool:
    """Whether a word says what somebody does, judges and advisers too."""
    return key not in _THINGS and (key in TOO or is_trade(key))


def lead(tokens: Sequence[Token], place: int) -> int | None:
    """Return where a definite person begins; None when they may be anybody."""
    first = before(tokens, place)
    if not first or tokens[first - 1].key not in DEFINITE:
        return None
    return first - (tokens[first - 1].key not in {"du", "au"})


def before(tokens: Sequence[Token], place: int) -> int:
    """Return the first of the adjectives that stand before a person: « l’ex-directeur »."""
    while place and tokens[place - 1].key in BEFORE | {"-"}:
        place -= 1
    return place


def together(tokens: Sequence[Token], place: int) -> int:
    """Return the last word of a trade of two: « maître de poste », « déléguée syndicale »; or 0."""
    key, after = tokens[place].key, [token.key for token in tokens[place + 1 : place + 4]]
    if key in {"delegue", "deleguee"}:
        return place + 1 if after[:1] in (["syndical"], ["syndicale"]) else 0
    tail = next((n for n, word in enumerate(after) if word in TOGETHER.get(key, ())), None)
    if tail is None or (tail and key not in _TWO_STEPS):
        return 0
    return place + 1 + tail


def belongs(text: str, tokens: Sequence[Token], place: int, *, anywhere: bool = True) -> int:
    """Return the end of the one place a trade belongs to: « de la MRC », « du local 114 »; or 0.

    What stands between is passed over: « en loisirs de la municipalité », « à tout faire du … ».
    """
    for link in range(place + 1, min(place + 1 + _STEPS, len(tokens) - 1)):
        key = tokens[link].key
        if key in OF and not is_have(text, tokens[link]):
            if _is_one_place(text, tokens, link, anywhere=anywhere):
                return max(link + 1, clause_end(tokens, link, FAR + 2))
            if tokens[link + 1].key in _NOT_OF | _VAGUE:
                return 0
        elif _ends(tokens, link, first=link == place + 1):
            return 0
    return 0


def _ends(tokens: Sequence[Token], place: int, *, first: bool) -> bool:
    """Whether a word after a trade is none of its qualities."""
    key = tokens[place].key
    if first and not _qualifies(tokens, place):
        return True
    marked = tokens[place].kind == MARK and key not in {"-", "‑"}
    return marked or key in _NOT_OF or key in HABITS or key in OBJECTS - ARTICLES


def _qualifies(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].kind != MARK and tokens[place].key.endswith(
        (
            "al",
            "ale",
            "ique",
            "aire",
            "if",
            "ive",
            "ier",
            "iere",
            "ee",
            "eur",
            "euse",
            "ant",
            "ante",
        )
    )


def _is_one_place(text: str, tokens: Sequence[Token], link: int, *, anywhere: bool) -> bool:
    noun = link + 1 + (tokens[link + 1].key in ARTICLES)
    if noun >= len(tokens) or tokens[noun].kind == MARK:
        return False
    word = tokens[noun]
    if word.key in _VAGUE | _NOT_OF or word.kind == NUMBER:
        return word.kind == NUMBER and tokens[link].key == "des"
    if text[word.start].isupper() and word.end - word.start > 1:
        return True
    definite = tokens[link].key in {"du", "au", "des", "aux"} or noun == link + 2
    if not definite:
        return not is_everyday(word.key) and tokens[link].key in {"de", "d'", "d’"}
    rare = len(word.key) > FEW and word.key not in COMMON | HABITS
    return word.key in _ONE_PLACE or (anywhere and rare)


def prolonged(text: str, found: Found) -> Found:
    """Return what was found with the place or the name that directly follows it.

    « La responsable de la ressource », found in « la responsable de la ressource de la région »,
    would leave the region in sight.
    """
    end = found.end
    while (more := _MORE.match(text, end)) and (
        more[1] in {None, ""} or word_key(more[1]) in _ONE_PLACE
    ):
        end = more.end()
    end = after_role(text, end)
    return found if end == found.end else replace(found, end=end)


def of_oneself(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « j’ai été otage au Liban », « je suis conseillère du siège numéro quatre »."""
    first = before(tokens, place)
    if not first or tokens[first - 1].key not in _BEING or place + 2 >= len(tokens):
        return None
    end = belongs(text, tokens, place)
    if end:
        return first, end
    for link in range(place + 1, min(place + 1 + FEW, len(tokens) - 1)):
        if tokens[link].key in _TO:
            following = tokens[link + 1]
            sure = following.key in ARTICLES or text[following.start].isupper()
            return (first, clause_end(tokens, link, FAR + 2)) if sure else None
        if tokens[link].kind == MARK:
            return None
    return None


def risen(tokens: Sequence[Token], place: int) -> Span | None:
    """Return « j’ai été la voix du métro », « j’étais la risée du village »: whatever one was."""
    if place + FAR >= len(tokens) or tokens[place + 1].key not in {"la", "le", "l'", "l’"}:
        return None
    oneself = tokens[place].key == "etais" or (
        place > 0 and tokens[place].key == "ete" and tokens[place - 1].key == "ai"
    )
    noun, link = tokens[place + 2], tokens[place + 3].key
    if not oneself or noun.kind == MARK or link not in {"du", "de", "des"} or noun.key in COMMON:
        return None
    if tokens[place + 4].key in _VAGUE | _NOT_OF:
        return None
    return place + 1, clause_end(tokens, place + 3, FAR + 1)


def former(text: str, tokens: Sequence[Token], place: int) -> Span | None:
    """Return « une ancienne juge de la Cour », « un trapéziste à la retraite »."""
    first = before(tokens, place)
    if not first or tokens[first - 1].key not in {"un", "une", "cet", "cette", "d'", "d’"}:
        return None
    if [token.key for token in tokens[place + 1 : place + 4]] == ["a", "la", "retraite"]:
        return first, place + FEW
    if not {token.key for token in tokens[first:place]} & {"ancien", "ancienne", "ex"}:
        return None
    end = belongs(text, tokens, place)
    if not end and place + 2 < len(tokens) and tokens[place + 1].key == "de":
        end = 0 if tokens[place + 2].key in _VAGUE | _NOT_OF else place + 2
    return (first, end) if end else None


def called(text: str, tokens: Sequence[Token], place: int, start: int) -> Span | None:
    """Return « le gars des vues », « l’homme à tout faire du couvent », a trade and its place."""
    if tokens[place].key in _CALLED:
        end = belongs(text, tokens, place, anywhere=True)
        return (start, end) if end else None
    if leads_a_country(token.key for token in tokens[place : place + 4]):
        return None
    if not has_trade(tokens[place].key):
        nation = tokens[place].key in _LISTS["personne"] - PEOPLE - KIN - _THINGS
        end = belongs(text, tokens, place, anywhere=False) if nation else 0
        return (start, end) if end else None
    if [token.key for token in tokens[place + 1 : place + 4]] == ["a", "la", "retraite"]:
        return start, place + FEW
    end = belongs(text, tokens, place)
    return (start, end) if end else None


def kin_of(tokens: Sequence[Token], place: int, start: int) -> Span | None:
    """Return « la mère du petit gars qui a été retrouvé », « la fille adoptive du notaire »."""
    if tokens[place].key not in KIN:
        return None
    place += place + 1 < len(tokens) and tokens[place + 1].key.endswith(
        ("tif", "tive", "ee", "aire")
    )
    if place + 2 >= len(tokens):
        return None
    link, who = tokens[place + 1].key, place + 2
    if link in {"de", "a"} and tokens[who].key in {"la", "l'", "l’", "celui", "celle"}:
        who += tokens[who].key not in {"celui", "celle"}
    elif link not in {"du", "des", "au"}:
        return None
    while who < len(tokens) and tokens[who].key in BEFORE:
        who += 1
    if who >= len(tokens) or not (tokens[who].key in _SOMEBODY or has_trade(tokens[who].key)):
        return None
    end, follows = who, tokens[who + 1 : who + 2]
    if follows and (follows[0].key in OF | {"qui", "qu'", "qu’", "-"} or _is_past(follows[0].key)):
        end = max(who, clause_end(tokens, who + 1, LONGEST))
    return start, end


def _is_past(key: str) -> bool:
    """Whether a word may qualify who is said: « la fille disparue », « le joueur blessé »."""
    return len(key) > FEW + 1 and key.endswith(("e", "u", "al"))
