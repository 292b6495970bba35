"""Places smaller than a municipality, by the noun before their name: a church, a wharf, a hall.

The municipalities and quarters are ``names``'s; streets with a number are ``streets``'s.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from croisee.deidentify.gazetteer import Place, gazetteer, read_list, word_key
from croisee.deidentify.ordinary import is_everyday, is_known, is_ordinary
from croisee.deidentify.organisations import LINK, PROPER
from croisee.deidentify.patterns import Found

_SITE = (
    r"église|chapelle|cathédrale|presbytère|aréna|parc|quai|camping|salle|foyer des loisirs|place"
    r"|plage|pont|domaine|édifice|pavillon|site|caserne|cimetière|pointe|belvédère|immeuble|terrain"
    r"|marina|ruelle|jardin|lac|rivière|ruisseau|gare|ancienne gare|couvent|chalet|îles?|hameau"
    r"|pont couvert|maison de la culture|bibliothèque|sous-sol de l[’']église|cap|mont|baie|secteur"
)
_NAMED = re.compile(
    rf"(?<![\w-])(?i:{_SITE}) (?:{LINK}|à )*(?:lac |Fermières de )?{PROPER}(?:, à {PROPER})?"
    r"|\bkilomètre \d+"
    rf"|\b(?i:côte|montagne|butte|anse|pointe|terre|rang|pont|baie) à {PROPER}"
)
_ROAD = re.compile(
    r"\b(?:sur|par|prend|prends|prendre) la (\d{2,3})(?![\w%,.]\d| (?:pour|ième))(?=[ ,.;!?]|$)"
    rf"|\b(?i:auto)?(?i:route) \d{{1,3}}\b(?:, à la hauteur d(?:e |u |[’']){PROPER})?"
)
_HEARD = re.compile(
    r"\b(?:rue|avenue|boulevard|chemin|rang|place|salle|église|école)"
    r" ([^\W\d_]{3,}(?:[’'-][^\W\d_]+)*)"
)
_COMPOUND = re.compile(r"(?<![\w’'-])[^\W\d_]+(?:[-‐‑][^\W\d_]+|[’'][^\W\d_]+)+(?![’'-]|\w)")
_ALSO_WORDS = {("grand", "mere")}
_GAP = re.compile("[ ’-]")
_CAPITAL = re.compile(r"(?<![\w-])[A-ZÉ][^\W\d_]+")
_TOWARDS = re.compile(r"\bà ([a-zà-ÿœ]{4,})(?![\w’'-])")


def places(text: str) -> Iterator[Found]:
    """Yield the places that a common noun leads to."""
    for match in _NAMED.finditer(text):
        yield Found(match.start(), match.end(), "lieu", "[un lieu]")
    for match in _HEARD.finditer(text):
        parts = [word_key(part) for part in re.split("[-‐‑’']", match.group(1)) if part]
        if not all(is_ordinary(part) or is_known(part) for part in parts):
            yield Found(match.start(), match.end(), "lieu", "[un lieu]")


def _cities() -> dict[str, list[re.Pattern[str]]]:
    """Return how each large town is written, by its first word, the longest first."""
    cities: dict[str, list[re.Pattern[str]]] = defaultdict(list)
    for (name,) in sorted(read_list("villes.txt"), key=lambda line: -len(line[0])):
        cities[_GAP.split(name)[0]].append(re.compile(re.escape(name) + r"(?![\w-])"))
    return dict(cities)


_CITIES = _cities()
CITY_WORDS = "|".join(sorted({word_key(first) for first in _CITIES}))
"""What a text must have for :func:`cities` to find anything in it."""


def cities(text: str) -> Iterator[Found]:
    """Yield the large towns outside Québec, as they are written: Paris, Lyon, London."""
    for word in _CAPITAL.finditer(text):
        for city in _CITIES.get(word.group(), ()):
            if match := city.match(text, word.start()):
                yield Found(match.start(), match.end(), "lieu", "[une municipalité]")
                break


def roads(text: str) -> Iterator[Found]:
    """Yield the numbered roads: « sur la 117 », « l’autoroute 10 »."""
    for match in _ROAD.finditer(text):
        group = match.lastindex or 0
        yield Found(match.start(group), match.end(group), "lieu", "[une route]")


def towns(text: str) -> Iterator[Found]:
    """Yield municipalities written without capitals: hyphened, or one word after « à »."""
    lists = gazetteer()
    for match in _COMPOUND.finditer(text):
        place = _place(match.group())
        if place and place.words not in _ALSO_WORDS and "-" in match.group():
            yield Found(match.start(), match.end(), "lieu", lists.generalised(place))
    for match in _TOWARDS.finditer(text):
        place = _place(match.group(1))
        if place and (place.name == "Québec" or not is_everyday(place.words[0])):
            yield Found(match.start(1), match.end(1), "lieu", lists.generalised(place))


def _place(words: str) -> Place | None:
    keys = tuple(word_key(part) for part in re.split("[-‐‑’']", words))
    found = gazetteer().places.get(keys[0], ())
    return next((place for place in found if place.words == keys), None)
