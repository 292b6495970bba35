"""Businesses and institutions by what they are and how they are called, in any case.

« Remorquage des Monts-Valin », « la garderie Les Ratons rieurs », « la boulangerie croûte et
mie », « 9417-0023 Québec inc. », « c’était Les Deux Louches ». Kinds are in
``lists/organismes.txt``; what towns and brooks lend to names is in ``lists/oreille.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.deidentify.bare_names import ACRONYMS, CUES
from croisee.deidentify.gazetteer import read_list, word_key
from croisee.deidentify.ordinary import is_known, is_ordinary
from croisee.deidentify.organisations import LINK, PROPER
from croisee.deidentify.patterns import Found

_KINDS = {role: words.split(",") for role, words in read_list("organismes.txt")}


def _any_of(role: str) -> str:
    longest = sorted(_KINDS[role], key=len, reverse=True)
    return "|".join(re.escape(kind).replace("’", "[’']") for kind in longest)


BUSINESSES = (
    "|".join(sorted({re.split("[ ’-]", kind)[0] for kinds in _KINDS.values() for kind in kinds}))
    + "|inc|ltee|senc"
)
"""The words, as a pattern, without which no business is named by its kind."""
_ADJECTIVE = (
    r"(?: (?:populaire|primaire|secondaire|universitaire|médicale?|dentaire|funéraire|agricole"
    r"|familiale?|locale?|régionale?|municipale?|communautaire|vétérinaire))?"
)
_LITTLE = r"(?:Les?|La|L[’']|Aux?|Chez|Mon|Ma)"
_STOP = r"(?= ?[,.;:?!»…)]|$)"
_TAIL = (
    r"(?: et (?:fils|filles?|frères?|associés?|compagnie)"
    rf"| (?:à|de|du|des|en|aux?) [a-zà-ÿ]{{3,}}{_STOP}"
    rf"| d[’'][a-zà-ÿ]{{2,}}{_STOP}| [a-zà-ÿ]{{3,}}s{_STOP})?"
)
_NAMED = re.compile(
    rf"(?<![\w-])(?i:{_any_of('sorte')}){_ADJECTIVE} (?:{LINK})*(?:lac )?(?:{_LITTLE} ?)?"
    rf"{PROPER}{_TAIL}"
)
_PLURAL = re.compile(rf"(?<![\w-])(?i:{_any_of('boutique')}) Les [A-ZÉ][\w’-]+s [a-zà-ÿ]{{3,}}s\b")
_NUMBERED = re.compile(r"\b\d{4}[- ]\d{4} (?:Québec|Canada) (?:inc|ltée)\b\.?", re.IGNORECASE)
_ENTITLED = re.compile(
    rf"(?<=[a-zà-ÿ,] )(?:La|Le|Les|Aux|L[’'])(?: (?:Petite?s?|Grande?s?|Vieux|Deux|Trois|Quatre))?"
    rf" ?[A-ZÉÀ][\w’-]{{2,}}(?:(?: (?:{LINK})?|-)[A-ZÉÀ][\w’-]+)*"
)
_ALONE = re.compile(
    rf"(?:\b(?:[Aa]u|[Dd]u|[Ll]e|[Ll]a|[Nn]otre) |\b[Ll][’'])({_any_of('seule')})(?![\w-])"
    r"(?! (?:d(?:e|u|es)?|la|le|les|un|une)\b)"
)
_BEFORE = r"(?<![\w-])(?:la|le|au|du|chez|à|l[’']|une|notre) ?"
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_HEARD = re.compile(
    rf"(?<![\w-])(?:{_any_of('sorte')}|centre|comptoir|compagnie du [a-zà-ÿ]+){_ADJECTIVE}"
    rf"(?P<link> (?:de la |du |des |de l[’']|d[’']|de |à )| )"
    rf"(?P<size>(?:grande?s?|petite?s?|vieux|vieille|haute?s?|belle|beau|deux|trois|quatre|cinq"
    rf"|six|sept|mille|cent|cents|jeunes|saint|sainte)[ -])?(?P<name>{_WORD})"
    rf"(?P<rest>(?:[ -]{_WORD}){{0,2}})"
)
_SHOPS, _WITH_ARTICLE = _any_of("boutique"), _any_of("article")
_CALLED = re.compile(
    rf"{_BEFORE}(?:(?:{_any_of('article')}) (?P<article>la |les? |l[’'])"
    rf"|(?:{_any_of('boutique')}) )"
    rf"(?P<name>{_WORD})"
    rf"(?P<rest>(?: (?:et|de|d[’']|à|du) ?{_WORD}| {_WORD})?)"
)
_SHOP_OF = re.compile(
    rf"{_BEFORE}(?:{_any_of('boutique')}) (?:des|du|aux|de la) "
    rf"(?:vieux |vieille |petite?s? |grande?s? |deux |trois |quatre )?(?P<name>{_WORD})"
)
"""What a shop is called by in a turn without capitals: « la boulangerie des copains »."""
_ANY_SHOP = frozenset({"centre", "rang", "parc", "lac", "college", "cegep", "rue", "place", "nord"})
_WORDS = "[un organisme]"
_TIME = frozenset({
    "semaine", "journee", "fois", "nuit", "fin", "plupart", "veille", "meme", "plus", "premiere",
    "derniere", "matin", "soir", "midi", "jour", "lundi", "mardi", "mercredi", "jeudi",
    "vendredi", "samedi", "dimanche", "demain", "hier", "aujourd", "monde", "mois", "temps",
    "coin", "bout", "cote", "bord", "face", "general", "generale", "neuf", "vide", "pleine",
    "plein", "fermee", "ouvert", "ouverte", "proche", "bas", "haut", "village", "quartier",
    "ville", "gens", "monsieur", "madame", "gars", "fille", "avant", "apres", "encore", "jamais",
    "toujours", "souvent", "ca", "peux", "veux", "vas", "ai", "as", "avez", "avons",
    "icitte", "pantoute", "asteure", "tantot", "tellement", "vraiment",
})  # fmt: skip
_QUALITY = re.compile(
    r"(?:al|ale|ique|if|ive|aire|ien|ienne|el|elle|e|ee|es|ees|u|ue|eux|euse|ant|ante|ent|ait"
    r"|er|ir|ement)$"
)


def businesses(text: str) -> Iterator[Found]:
    """Yield the businesses and institutions named by their kind."""
    for pattern in (_NAMED, _PLURAL, _NUMBERED):
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), "organisme", _WORDS)
    for match in _ALONE.finditer(text):
        yield Found(match.start(1), match.end(1), "organisme", _WORDS)
    if text.islower():
        yield from _heard(text)


def entitled(text: str) -> Iterator[Found]:
    """Yield the names whose article has a capital in a sentence: « c’était Les Deux Louches »."""
    for match in _ENTITLED.finditer(text):
        yield Found(match.start(), match.end(), "organisme", _WORDS)


def _heard(text: str) -> Iterator[Found]:
    """Yield the same in a turn without capitals: « l’école du ruisseau-blanc »."""
    for match in _HEARD.finditer(text):
        name = word_key(match["name"].split("-")[0])
        relief = name in CUES["relief"] or name.removesuffix("s") in CUES["relief"]
        linked = match["link"].strip() not in {"", "de", "d’", "d'"}
        hyphened = "-" in match["name"] and any(_is_odd(part) for part in match["name"].split("-"))
        if not (_is_odd(name) or hyphened or (relief and linked)):
            continue
        end = match.end("name")
        for part in re.finditer(rf"[ -]({_WORD})", match["rest"]):
            odd = any(map(_is_odd, part[1].split("-")))
            if not (part[0][0] == "-" or odd or part[1] in {"nord", "sud", "ouest"}):
                break
            end = match.start("rest") + part.end()
        yield Found(match.start(), end, "organisme", _WORDS)
    for match in _SHOP_OF.finditer(text):
        if word_key(match["name"].split("-")[0]) not in _TIME | _ANY_SHOP:
            yield Found(match.start(), match.end(), "organisme", _WORDS)
    for match in _CALLED.finditer(text):
        name = word_key(match["name"].split("-")[0])
        two = match["rest"].startswith(" et ")
        called = match["article"] or two or not _QUALITY.search(name) or "-" in match["name"]
        if called and not _is_tool(name) and name not in _TIME:
            rest = match["rest"].split()
            goes_on = len(rest) > 1 or (rest and not _is_tool(word_key(rest[0])))
            yield Found(
                match.start(), match.end() if goes_on else match.end("name"), "organisme", _WORDS
            )


def _is_tool(key: str) -> bool:
    return key in CUES["outil"] | CUES["verbe"] | CUES["bord"] | CUES["seul"]


def _is_odd(word: str) -> bool:
    key = word_key(word)
    return len(key) > 1 and not (is_ordinary(key) or is_known(key) or key in ACRONYMS)
