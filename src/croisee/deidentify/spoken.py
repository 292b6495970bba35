"""What gives someone away when it is said aloud: numbers in words, spelled names, addresses.

What is said of kin, posts, organisations, places, events and days is read by the modules that
know each. Every pattern is tried only where a word it cannot do without stands in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from croisee.deidentify.announced import TRIGGERS as ANNOUNCED
from croisee.deidentify.announced import announced, dictated
from croisee.deidentify.at_large import AT_LARGE, at_large
from croisee.deidentify.befallen import BEFALLEN, befallen
from croisee.deidentify.belonging import prolonged
from croisee.deidentify.birthdays import ORDINAL, birthdays, days
from croisee.deidentify.businesses import BUSINESSES, businesses, entitled
from croisee.deidentify.doors import DOORS, doors
from croisee.deidentify.entitled_words import ENTITLED, entitled_words
from croisee.deidentify.events import events
from croisee.deidentify.happenings import HEADS, happenings
from croisee.deidentify.kin import KIN, kin, possessed
from croisee.deidentify.on_the_net import NAMES as NET_NAMES
from croisee.deidentify.on_the_net import SIGNS as NET_SIGNS
from croisee.deidentify.on_the_net import accounts, glued, mails_and_pages
from croisee.deidentify.ordinary import is_everyday
from croisee.deidentify.organisations import acronyms, led_to, organisations
from croisee.deidentify.patterns import Found
from croisee.deidentify.places import CITY_WORDS, cities, places, roads, towns
from croisee.deidentify.posts import POSTS, posts
from croisee.deidentify.roles import POST, roles
from croisee.deidentify.said_accounts import SAID_ACCOUNTS, said_accounts
from croisee.deidentify.said_addresses import SAID_ADDRESSES, english_addresses, said_addresses
from croisee.deidentify.said_dates import ENGLISH, MONTH, WEEKDAY, dates
from croisee.deidentify.singled_out import SIGNS, WHO, english_unique, one_of_few, singled_out
from croisee.deidentify.stories import STORIES, stories
from croisee.deidentify.ties import TIES, ties
from croisee.deidentify.traits import TRAITS, traits
from croisee.deidentify.unannounced import SIGNS as UNANNOUNCED
from croisee.deidentify.unannounced import unannounced
from croisee.deidentify.upheavals import UPHEAVALS, english_upheavals, upheavals
from croisee.text import fold

_UNITS = ("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_TEENS = ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize")
_TENS = ("vingt", "trente", "quarante", "cinquante", "soixante")
_LARGE = ("cent", "cents", "mille", "vingts", "une", "et")
_NUMBER_WORD = (
    r"(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze"
    r"|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille)"
)
_GAP = r"(?:[ \u00a0\u202f]?[,–-][ \u00a0\u202f]?|[ \u00a0\u202f](?:et[ \u00a0\u202f])?)"
_NUMBERS = re.compile(rf"\b{_NUMBER_WORD}(?:{_GAP}{_NUMBER_WORD}){{4,}}\b", re.IGNORECASE)
_DIGIT_WORD = r"(?:z[ée]ro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|\d)"
_LETTER, _ANY_LETTER = r"[A-CEGHJ-NPRSTVXY]", r"[A-CEGHJ-NPRSTV-Z]"
_PAUSE = (
    r"(?:[ \u00a0\u202f,;–‑-]|…|\.\.\.|\b(?:euh|heu|hum|non|oui|ok|attends|attendez)\b|c[’']est ça"
    r"|as-tu noté|deux secondes|\?)*"
)
_POSTAL = re.compile(
    rf"\b{_LETTER}{_PAUSE}(?:{_DIGIT_WORD}{_PAUSE}{_ANY_LETTER}{_PAUSE}){{2}}{_DIGIT_WORD}\b",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"(?<![\w-])[^\W\d_](?:[-‐‑, ]{1,2}[^\W\d_]){3,}(?![\w’'-])")
_MAIL = re.compile(
    r"\b[\w.+-]+(?: (?:point|tiret|soulign[ée]|underscore|barre) [\w-]+)* (?:at|à|arobase) "
    r"(?:g ?mail|hotmail|outlook|vid[ée]otron|yahoo|live|icloud|sympatico|bell|cogeco|protonmail)"
    r"(?: point |\.)(?:com|ca|net|qc)(?: point ca)?\b",
    re.IGNORECASE,
)
_WAY = r"(?:rue|avenue|boulevard|chemin|rang|route|montée|place|impasse|croissant|terrasse)"
_WORD = r"[^\W\d_][\w’'-]*"
_ORDINAL = r"(?:premier|deuxième|troisième|quatrième|cinquième|sixième|septième|\d{1,2}e)"
_ADDRESS = re.compile(
    rf"\b(?!une? ){_NUMBER_WORD}(?:{_GAP}{_NUMBER_WORD})*,? (?i:{_WAY})"
    rf"(?: (?:de la|du|des|de|la|le|les|d[’']))*[ ’']{_WORD}"
    rf"(?:-{_WORD}| (?:saint|sainte|nord|sud|est|ouest)\b)*"
    rf"|\b(?i:rang) (?:{_NUMBER_WORD}\b|\d{{1,2}}\b|saint\w*[ -]{_WORD})"
    rf"|\b{_ORDINAL} (?:rang|avenue|rue)\b"
    rf"|\b(?:rue|avenue|boulevard|chemin) sainte?[ -]{_WORD}(?:-{_WORD})*"
    r"|\b(?:route|autoroute) \d{1,3}\b",
    re.IGNORECASE,
)
_HEALTH = re.compile(r"(?<!\w)[A-Za-z]{4}[ -]?(\d\d)(\d\d)(\d\d)[ -]?\d\d(?!\w)")
_HEALTH_SPACED = re.compile(r"(?<!\w)[A-Za-z]{4}[ -](\d\d)(\d\d)[ -](\d\d)\d\d(?!\w)")
_HEALTH_PAUSED = re.compile(
    rf"(?<!\w)(?P<name>[A-Za-z]{{4}}){_PAUSE}(?<![A-Za-z])\d\d{_PAUSE}(\d\d){_PAUSE}(\d\d){_PAUSE}\d\d(?!\w)"
)
_AMOUNT = re.compile(r"mille|^(?:dix-)?neuf[ -]cents? ", re.IGNORECASE)
"""A sum, or a year: « dix-neuf cent quatre-vingt-sept »."""
_PHONE_LENGTHS = (7, 10, 11)
_NUMBER_LENGTHS = (8, 9, 12, 13)
_SPELLED_TAKEN = re.compile(r"^(?:[aày][-, ]+)+[aày]$", re.IGNORECASE)


class SpokenIdentifiers:
    """What is dictated, spelled or said of a post; its candidates' source is ``parole``."""

    name = "parole"

    def find(self, text: str) -> Iterator[Found]:
        """Yield what could identify someone in ``text``."""
        for search in _wanted(text):
            for found in search(text):
                yield _whole(text, found)


def _whole(text: str, found: Found) -> Found:
    """Return what was found with what belongs to it: a place, or a plate's first letter."""
    if found.kind in {"rôle", "événement"}:
        return prolonged(text, found)
    lettered = found.kind == "numéro" and _LETTER_BEFORE.search(text, 0, found.start)
    return replace(found, start=lettered.start()) if lettered else found


def _said(text: str) -> Iterator[Found]:
    for match in _NUMBERS.finditer(text):
        digits = _digits(match.group())
        amount = _AMOUNT.search(match.group())
        if amount or _counts(digits) or len(digits) not in _PHONE_LENGTHS + _NUMBER_LENGTHS:
            continue
        phone = len(digits) in _PHONE_LENGTHS
        words = "téléphone" if phone else "numéro"
        yield Found(match.start(), match.end(), words, f"[{words}]")


def _postal(text: str) -> Iterator[Found]:
    return _each(_POSTAL, "code postal", text)


def _digits(words: str) -> str:
    """Return the digits dictated: « cinq un quatre » 514, « trente-quatre » 34."""
    out: list[str] = []
    last = ""
    for word in re.findall(r"[^\W\d_]+", fold(words)):
        if word in _UNITS or word == "une":
            value = _UNITS.index("un" if word == "une" else word)
            tens = last in {*_TENS, "vingts", "et"} and bool(out)
            out[-1:] = [out[-1][:-1] + str(value)] if tens else [*out[-1:], str(value)]
        elif word in _TEENS:
            out.append(str(10 + _TEENS.index(word)))
        elif word in _TENS:
            out.append(str(20 + 10 * _TENS.index(word)))
        elif word in {"cent", "cents"}:
            out.append("00")
        elif word == "mille":
            out.append("000")
        last = word
    return "".join(out)


def _counts(digits: str) -> bool:
    """Whether somebody only counts: « un deux trois quatre cinq six sept »."""
    steps = {int(b) - int(a) for a, b in pairwise(digits)}
    return steps <= {1} or steps <= {-1} or steps <= {0}


def _each(pattern: re.Pattern[str], kind: str, text: str, words: str = "") -> Iterator[Found]:
    for match in pattern.finditer(text):
        yield Found(match.start(), match.end(), kind, words or f"[{kind}]")


def _spelled(text: str) -> Iterator[Found]:
    for match in _SPELLED.finditer(text):
        if not _SPELLED_TAKEN.match(match.group()):
            yield Found(match.start(), match.end(), "personne", "[un nom épelé]")


def _health(text: str) -> Iterator[Found]:
    for pattern in (_HEALTH, _HEALTH_SPACED, _HEALTH_PAUSED):
        for match in pattern.finditer(text):
            if pattern is _HEALTH_PAUSED and is_everyday(fold(match["name"])):
                continue
            month, day = int(match.group(2)), int(match.group(3))
            if (1 <= month <= 12 or 51 <= month <= 62) and 1 <= day <= 31:
                yield Found(match.start(), match.end(), "numéro", "[numéro]")


def _mails(text: str) -> Iterator[Found]:
    return _each(_MAIL, "courriel", text)


def _addresses(text: str) -> Iterator[Found]:
    return _each(_ADDRESS, "adresse", text)


_LETTER_BEFORE = re.compile(r"(?<![\w’'-])[A-Z],? $")
_LONE, _NUMERAL = 1, 2
_TRIGGERS: tuple[tuple[str, Callable[[str], Iterator[Found]]], ...] = (
    (
        (
            f"{MONTH}|{WEEKDAY}|{ENGLISH}|reunion|rencontre|assemblee|seance|audience|atelier"
            "|souper|formation|conseil|fete|jour"
        ),
        dates,
    ),
    (f"{WEEKDAY}|mois|courant|lun|mar|mer|jeu|ven|sam|dim", days),
    ("com|ca|net|qc", _mails),
    (_WAY + "|autoroute", _addresses),
    (
        (
            "clsc|cisss|ciusss|cpe|cdc|chsld|csss|mrc|gmf|cab|calacs|aqdr|maison|centre|commission"
            "|table|corporation|carrefour|ecole|polyvalente|cegep|college|universite|hopital|cuisines"
            "|popote|regroupement|fondation|caisse|bibliotheque|paroisse|cooperative|coop|banque"
            "|garderie|ville|municipalite|residence|manoir|comite|association|moisson|centraide|hema"
            "|pharmacie|depanneur|clinique|auberge|aeroport|moulin|comptoir|epicerie|boulangerie"
            "|garage|quincaillerie|restaurant|ferme|hotel|motel|brasserie|boucherie|librairie"
            "|loisirs|base|salon|scierie|usine|syndicat|foyer|bureau|direction|diocese|journal"
            "|office|societe|hydro|coalition|secretariat|cafe|federation|accorderie|relais|reseau"
            "|ressourcerie|chambre|cuisine|conseil|travaill.+|engagee?|embauchee?|boss.+"
            "|employee?|hospital|school|pantry|library"
        ),
        organisations,
    ),
    (
        (
            "eglise|chapelle|cathedrale|presbytere|arena|parc|quai|camping|salle|foyer|place|plage"
            "|pont|domaine|edifice|pavillon|site|caserne|cimetiere|pointe|belvedere|immeuble"
            "|terrain|marina|ruelle|jardin|cote|montagne|butte|anse|terre|rang|baie|route|autoroute"
            "|rue|avenue|boulevard|chemin|ecole|lac|riviere|ruisseau|gare|couvent|chalet|iles?|hameau"
            "|maison|bibliotheque|sous|cap|mont|secteur|kilometre"
        ),
        places,
    ),
    (CITY_WORDS, cities),
    (POST + "|agente?|commis|travail(?:leuse|leur)|ancienne?|seule?|pdg|ministre|chef", roles),
    (DOORS, doors),
    (POSTS, posts),
    (TRAITS + "|[a-z]{3,}(?:eur|euse|trice|iere|iste)", traits),
    (WHO + "|[a-z]{3,}(?:eur|euse|trice|iere|iste|logue)", singled_out),
    (AT_LARGE, at_large),
    (UPHEAVALS, upheavals),
    (BEFALLEN, befallen),
    ("the", english_unique),
    ("deux|trois|quatre|cinq|nee?", one_of_few),
    ("the|when", english_upheavals),
    (TIES, ties),
    (HEADS, happenings),
    (STORIES, stories),
    (SAID_ACCOUNTS, said_accounts),
    (SAID_ADDRESSES, said_addresses),
    ("street|road|lane|drive|crescent|avenue|box", english_addresses),
    (BUSINESSES + "|chambre|cercle|accorderie", businesses),
    (KIN, kin),
    (ANNOUNCED, announced),
    (NET_SIGNS, mails_and_pages),
    (NET_NAMES, accounts),
    ("oh|one|two|three|four|five|seven|eight|nine|double|triple", dictated),
    (f"{MONTH}|{ORDINAL}|nee?s?|naissance|fete|anniversaire|monde|naitre|nes|born", birthdays),
    ("[mts]on|[mts]a", possessed),
    ("au|chez", led_to),
    (
        (
            "incendies?|feux?|explosion|poursuites?|proces|recours|faillite|meurtre|noyade|accidents?"
            "|fermeture|inondations?|prix|medaille|bourse|trophee|merite|concours|premiere?|seule?"
            "|saute|lache|pete|cede|brule|coule|deborde|deraille|pris|passee?s?|defonce|effondree?"
            "|tombee?s?|greve|finale|tournoi|festival|explose"
            "|deluge|verglas|tornade|deraillement|tuerie|fusillade|ecrasement|glissement|glace"
        ),
        events,
    ),
)


class _Bits(dict[str, int]):
    """Which searches a word as written calls for, as bits, worked out once a writing."""

    def __missing__(self, word: str) -> int:
        key = fold(word)
        bits = (_LONE if len(word) == 1 else 0) | (_NUMERAL if _ANY_NUMBER.fullmatch(key) else 0)
        for place, (pattern, _) in enumerate(_COMPILED):
            if pattern.fullmatch(key):
                bits |= 1 << (place + 2)
        self[word] = bits
        return bits


_ANY_NUMBER = re.compile(fold(_NUMBER_WORD))
_COMPILED = tuple((re.compile(fold(words)), search) for words, search in _TRIGGERS)
_BITS = _Bits()
_TOKEN = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d\d")
_FIGURES = re.compile(r"\d+")
_ENOUGH = 3
_CAPITALS = re.compile(r"[A-Z]{3}")
_ARTICLE = re.compile(r"[a-zà-ÿ,] (?:L[ae’']|Aux)")
_INNER_DOT = re.compile(r"\w\.\w")
_NUMBERED = (announced, doors, birthdays, days, said_addresses)
"""The searches that find nothing in a text without any number."""
_BRIEF = 40
_DAY_OF = re.compile(rf"(?:\d|\b{_NUMBER_WORD}),? du (?:\d{{1,2}}|{_NUMBER_WORD})\b", re.IGNORECASE)
"""A date without the name of its month: « six du un deux mille dix »."""


def _by_signs(text: str) -> Iterator[Callable[[str], Iterator[Found]]]:
    """Yield the searches that a sign calls for, not a word."""
    if SIGNS.search(text):
        yield singled_out
    if " la une" in text:
        yield happenings
    if _CAPITALS.search(text):
        yield acronyms
    if ENTITLED.search(text):
        yield entitled_words
    if UNANNOUNCED.search(text):
        yield unannounced
    if _ARTICLE.search(text):
        yield entitled
    if " du " in text and _DAY_OF.search(text):
        yield birthdays
    if "_" in text or "#" in text or "mailto:" in text or _INNER_DOT.search(text):
        yield glued


def _wanted(text: str) -> Iterator[Callable[[str], Iterator[Found]]]:
    """Yield the searches that a text may answer, after one look at each of its words."""
    bits = [found for found in map(_BITS.__getitem__, _TOKEN.findall(text)) if found]
    digits = _DIGITS.search(text) is not None
    figures = len(_FIGURES.findall(text))
    every = 0
    for found in bits:
        every |= found
    for place, (_, search) in enumerate(_COMPILED):
        wanted = every & 1 << (place + 2) or ((figures or every & _NUMERAL) and search is dates)
        numbered = search not in _NUMBERED or figures or every & _NUMERAL
        if wanted and numbered:
            yield search
    said = figures + sum(found & (_NUMERAL | _LONE) != 0 for found in bits)
    if said >= _ENOUGH or (figures and (said > 1 or len(text) < _BRIEF)):
        yield dictated
    yield from _by_signs(text)
    if every & _NUMERAL and sum(found & _NUMERAL != 0 for found in bits) >= _ENOUGH:
        yield _said
    if every & _LONE and sum(found & _LONE for found in bits) >= _ENOUGH:
        yield _spelled
        yield _postal
    if digits:
        yield _health
        yield roads
    if "-" in text or "à " in text:
        yield towns
