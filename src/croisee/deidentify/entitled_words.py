"""Words of every day with a capital after an article: « les Filles d’Isabelle », « la Popote ».

In the middle of a sentence nothing but a name explains such a capital; after an article it is an
organisation's or a place's. What everybody knows (« la Bible », « l’État ») stays in sight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.deidentify.gazetteer import FIRST, gazetteer, word_key
from croisee.deidentify.ordinary import is_everyday, is_known
from croisee.deidentify.patterns import Found

_CAP = "[A-ZÀ-Ý]"
ENTITLED = re.compile(
    rf"(?<=[\w,] )(?:(?<=\bla )|(?<=\ble )|(?<=\bles )|(?<=\bdu )|(?<=\baux )|(?<=\bau )"
    rf"|(?<=\bdes )|(?<=chez )){_CAP}[\w-]{{3,}}|(?<= l[’']){_CAP}[\w-]{{3,}}"
)
_REST = re.compile(
    rf"(?: (?:de |du |des |d[’'])(?:la |les |l[’'])?[\w-]+(?:[’']\w+)?| {_CAP}[\w’-]+)+"
)
_DEMONYM = re.compile(
    r"(?:ais|aise|ois|oise|ien|ienne|ain|aine|ite|iste|eron|onne|ard|arde|en|enne|an|ane|ol|ole)s?$"
)
_SHOWN = frozenset({
    "dieu", "seigneur", "etat", "ouest", "nord", "sud", "est", "internet", "web", "bible", "noel",
    "fetes", "paques", "gouvernement", "ministere", "assemblee", "constitution", "parlement",
    "republique", "senat", "premier", "premiere", "president", "presidente", "ministre",
    "conseil", "chambre", "histoire", "union", "loi", "code", "rive", "bas", "haut", "haute",
    "grand", "iles", "moyen", "antiquite", "renaissance", "terre", "lune", "soleil", "occident",
    "orient", "commission", "convention", "homme", "droits", "affaires", "justice", "sante",
    "interieur", "budget", "education", "service", "crise", "guerre", "charte", "cour",
})  # fmt: skip
_GENERIC = frozenset({
    "ville", "association", "municipalite", "centre", "maison", "coalition", "federation",
    "comite", "reseau", "organisme", "table", "cooperative", "fondation", "regroupement",
    "corporation", "employeur", "direction", "secretariat", "agence", "hopital", "eglise",
    "ecole", "universite", "province", "region", "mairie", "carrefour", "bureau", "equipe",
    "societe", "entreprise", "clinique", "bibliotheque", "garderie", "paroisse", "caisse",
})  # fmt: skip
"""A sort of body, which names none where nothing follows: « la Ville », « l’Association »."""


def entitled_words(text: str) -> Iterator[Found]:
    """Yield what has a capital and an article, with what goes on naming it."""
    for match in ENTITLED.finditer(text):
        key = word_key(match.group().split("-")[0])
        if match.group().isupper() or is_known(key) or key in _SHOWN or _DEMONYM.search(key):
            continue
        if gazetteer().words.get(key, 0) & FIRST or not is_everyday(key):
            continue  # those who read names have it
        rest = _REST.match(text, match.end())
        if rest is None and key in _GENERIC:
            continue
        end = rest.end() if rest else match.end()
        yield Found(match.start(), end, "organisme", "[un organisme]")
