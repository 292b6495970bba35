"""Organisations that no registry gives: a kind of institution and its name, or it alone.

What is hidden alone has a definite article, so that only one of them is meant: « au CLSC »,
« la Chambre de commerce », « la Table ». « Un CLSC » is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.deidentify.gazetteer import FIRST, LAST, gazetteer, word_key, word_sets
from croisee.deidentify.ordinary import is_known, is_ordinary
from croisee.deidentify.patterns import Found

_CAP = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ]"
LINK = r"(?:de la |de l[’']|du |des |de |d[’']|la |le |les |l[’'])"
PROPER = rf"{_CAP}[\w’']*(?:(?:-| (?:{LINK}|et )?){_CAP}[\w’']*|-[\w’']+)*"
SIGLES = r"CLSC|CISSS|CIUSSS|CSSS|CDC"
HEADS = (
    r"CLSC|CISSS|CIUSSS|CPE|CDC|CHSLD|CSSS|MRC|GMF|CAB|CALACS|AQDR|maison des jeunes"
    r"|maison de la famille|maison d[’']hébergement|maison des aînés|centre de femmes"
    r"|centre des femmes|centre communautaire|centre d[’']action bénévole"
    r"|centre d[’']éducation populaire|centre de la petite enfance|centre jeunesse"
    r"|centre hospitalier|centre de services scolaire|commission scolaire"
    r"|table(?: de concertation| de quartier| jeunesse)?"
    r"|corporation de développement communautaire|carrefour jeunesse[- ]emploi"
    r"|école(?: secondaire| primaire| polyvalente)?|polyvalente|c[ée]gep|collège|université"
    r"|hôpital|cuisines collectives|popote roulante|regroupement|fondation|caisse(?: populaire)?"
    r"|bibliothèque|paroisse|coopérative|coop|banque alimentaire|garderie|ville|municipalité"
    r"|résidence|manoir|comité|association|maison|centre|carrefour|pharmacie|dépanneur"
    r"|clinique(?: dentaire| médicale)?|auberge|aéroport|moulin|comptoir|épicerie|boulangerie"
    r"|garage|quincaillerie|restaurant|ferme|hôtel|motel|brasserie|boucherie|librairie|loisirs"
    r"|base de plein air|salon de coiffure|scierie|usine|syndicat|foyer"
)
_SURE = (
    r"CLSC|CISSS|CIUSSS|CDC|maison des jeunes|carrefour jeunesse[- ]emploi|c[ée]gep"
    r"|université|polyvalente|maison de la famille"
)
_NAMED = re.compile(
    rf"(?<![\w-])(?i:{HEADS}) (?:{LINK})*(?:lac )?(?:Chez )?{PROPER}"
    rf"|\b(?i:moisson|centraide|héma) {_CAP}[\w-]+"
    rf"|(?<![\w-])(?i:{_SURE}) (?:de la |de l[’']|du |des |d[’']|de )"
    r"(?!mon|ton|son|notre|votre|leur|ma\b|la\b|le\b|les\b|mes\b|ces?\b|ici|tou[ts]|quartier"
    r"|secteur|région|coin|village|ville|temps|gens|plus|chez)[^\W\d_][\w-]{3,}"
)
_ENGLISH = re.compile(
    rf"\b{_CAP}[\w’-]+ (?:[Hh]ospital|[Ss]chool|[Pp]antry|[Ll]ibrary|Food Bank)\b"
)
_HEARD = re.compile(
    r"(?<![\w-])(?i:pharmacie|clinique dentaire|clinique|dépanneur|hôpital|moulin|aéroport|école"
    r"|mrc|ville|municipalité|comptoir|loisirs|caisse|garage|église)"
    r" (?:de la |de l[’']|du |des |d[’']|de )?(?!(?:[cdjlmnst]|qu)[’'])"
    r"([^\W\d_]+(?:[’'-][^\W\d_]+)*)"
)
_ONE = r"(?:\b(?:[Aa]u|[Dd]u|[Ll]e|[Ll]a|[Pp]ar le|à la|de la) |\b[Ll][’'])"
_ALONE = re.compile(
    rf"{_ONE}((?i:{SIGLES}|centre de services scolaire|centre d[’']amitié autochtone"
    r"|chambre de commerce|bureau d[’']arrondissement|direction régionale|diocèse"
    r"|journal de quartier|commission scolaire|office d[’']habitation|regroupement national"
    r"|office municipal d[’']habitation|société d[’']histoire))(?![\w-])"
    r"|\b(?:au|du) ([Cc][ée]gep)(?![\w-])(?! (?:de|du|des)\b)"
    rf"|(?<![\w-])((?i:centraide))(?![\w-])|\b((?i:hydro-québec)|Hydro)(?![\w-])"
)
_SHORT = re.compile(
    rf"{_ONE}(Table|Coalition|Office|Secrétariat|Café|Regroupement|Fédération|Centre|Maison"
    r"|Accorderie|Relais|Corporation|Carrefour|Fondation|Réseau|Ressourcerie|Coop|Comité|Chambre"
    r"|Maison de l[’']action bénévole|Cuisine|Diocèse|Caisse|Conseil)(?![\w’'-])(?! d)"
)
_AT = re.compile(rf"\b(?:[Aa]u|[Cc]hez) ({PROPER})")
_WORKS = re.compile(
    r"\b(?:travaill\w+|engagée?|embauchée?|bossait|bosse|employée?) (?:à|pour|chez) "
    rf"({_CAP}[\w’-]+(?: {_CAP}[\w’-]+)*)"
)
_ACRONYM = re.compile(
    r"\b(?:[Ll][ae]|[Ll]es|[Dd]es|[Dd]u|[Aa]ux?|[Nn]otre|[Vv]otre|[Ll]eur|[Mm]a|[Ss]a|[Pp]our|[Aa]vec"
    r"|[Cc]hez|[Ll]e)[ \u00a0]([A-Z]{3,7})(?![\w’'-]|[ \u00a0]?\d)"
    r"|\b[LlDd][’']([A-Z]{3,7})(?![\w’'-]|[ \u00a0]?\d)"
)
_CENTURY_OR_DEMONYM = re.compile(r"^[IVX]+e|(?:[aoi]n|ais|ois|iens|ains)$")
_NO_NAME = re.compile(
    r"(?:bas|moyen|centre|nord|sud|est|ouest|lac|cap|nouveau|grand nord|haut|baie|madame|monsieur"
    r"|mme|mlle|m|dr|dre|pere|soeur|frere)$"
)
_WORDS = "[un organisme]"
_ACRONYMS = word_sets("sigles.txt")
THINGS = _ACRONYMS["chose"]
"""Acronyms of papers and things, which are nobody’s organisation."""
_EVERYBODYS = THINGS | _ACRONYMS["public"]
"""Those of public bodies too: they say of nobody where they belong."""


def organisations(text: str) -> Iterator[Found]:
    """Yield the institutions, employers and shops of a text."""
    for match in _NAMED.finditer(text):
        yield Found(match.start(), match.end(), "organisme", _WORDS)
    for match in _HEARD.finditer(text):
        if _is_unusual(match.group(1)):
            yield Found(match.start(), match.end(), "organisme", _WORDS)
    if "ospital" in text or "chool" in text or "antry" in text or "ibrary" in text:
        for match in _ENGLISH.finditer(text):
            yield Found(match.start(), match.end(), "organisme", _WORDS)
    for pattern in (_ALONE, _SHORT):
        for match in pattern.finditer(text):
            group = match.lastindex or 0
            yield Found(match.start(group), match.end(group), "organisme", _WORDS)
    yield from _named_after(_WORKS, text, people=False)


def acronyms(text: str) -> Iterator[Found]:
    """Yield the acronyms that an article leads to and that not everybody knows: « la FQOPA »."""
    if text.isupper():
        return
    for match in _ACRONYM.finditer(text):
        group = match.lastindex or 0
        word = match.group(group)
        if not is_known(word_key(word)) and word_key(word) not in _EVERYBODYS:
            yield Found(match.start(group), match.end(group), "organisme", _WORDS)


def led_to(text: str) -> Iterator[Found]:
    """Yield what « au » or « chez » leads to, when it is neither a place nor a person."""
    return _named_after(_AT, text, people=True)


def _named_after(pattern: re.Pattern[str], text: str, *, people: bool) -> Iterator[Found]:
    for match in pattern.finditer(text):
        if not _is_elsewhere(match.group(1), people=people):
            yield Found(match.start(1), match.end(1), "organisme", _WORDS)


def _is_unusual(word: str) -> bool:
    """Whether a word in any case is a name, by what everyday words are not."""
    parts = [word_key(part) for part in re.split("[-‐‑’']", word) if part]
    return not all(is_ordinary(part) or is_known(part) for part in parts)


def _is_elsewhere(name: str, *, people: bool) -> bool:
    """Whether « au » or « chez » leads to a place, a person or what everybody knows."""
    keys = [word_key(part) for part in re.findall(r"[^\W\d_]+", name)]
    first = keys[0]
    lists = gazetteer()
    somebody = people and lists.words.get(first, 0) & (FIRST | LAST)
    if len(keys) == 1 and (name.isupper() or _CENTURY_OR_DEMONYM.search(name)):
        return True
    return bool(somebody or is_known(first) or first in lists.places or _NO_NAME.match(first))
