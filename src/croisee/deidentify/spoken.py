"""What gives someone away when it is said aloud: numbers in words, spelled names, addresses.

Also the exact dates, the institutions of Québec and the posts that one person holds. Every
pattern is tried only where a word it cannot do without stands in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from croisee.deidentify.patterns import Found
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
_LETTER = r"[A-CEGHJ-NPRSTVXYa-ceghj-nprstvxy]"
_POSTAL = re.compile(
    rf"\b{_LETTER}{_GAP}?{_DIGIT_WORD}{_GAP}{_LETTER}{_GAP}?{_DIGIT_WORD}{_GAP}{_LETTER}{_GAP}?"
    rf"{_DIGIT_WORD}\b",
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
_MONTH = (
    r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre"
    r"|novembre|décembre|decembre)"
)
_DAY = rf"(?:premier|1er|\d{{1,2}}|{_NUMBER_WORD}(?:-(?:et-)?{_NUMBER_WORD}| et une?)?)"
_YEAR = (
    r"(?: (?:(?:19|20)\d\d|(?:deux[ -]mille|mille[ -]neuf[ -]cents?|dix-neuf[ -]cents?)"
    rf"(?:[ -](?:et[ -])?{_NUMBER_WORD}){{0,4}}))"
)
_DATE = re.compile(rf"\b{_DAY} {_MONTH}\b{_YEAR}?|(?<![\w/.-])\d{{4}}-\d{{2}}-\d{{2}}(?![\w-])")
_BORN = re.compile(r"\b(?:née?s? (?:le|en)|naissance|anniversaire)[a-zà-ÿ ]{0,20}$", re.IGNORECASE)
_HEALTH = re.compile(r"(?<!\w)[A-Za-z]{4}[ -]?(\d\d)(\d\d)(\d\d)[ -]?\d\d(?!\w)")
_HEALTH_SPACED = re.compile(r"(?<!\w)[A-Za-z]{4}[ -](\d\d)(\d\d)[ -](\d\d)\d\d(?!\w)")
_CAP = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ]"
_LINK = r"(?:de la |de l[’']|du |des |de |d[’']|la |le |les |l[’'])"
_PROPER = rf"{_CAP}[\w’']*(?:(?:-| (?:{_LINK})?){_CAP}[\w’']*|-[\w’']+)*"
_HEADS = (
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
    r"|résidence|manoir|comité|association|maison|centre|carrefour"
)
_SURE = (
    r"CLSC|CISSS|CIUSSS|CDC|maison des jeunes|carrefour jeunesse[- ]emploi|c[ée]gep"
    r"|université|polyvalente|maison de la famille"
)
_ORGANISATION = re.compile(
    rf"(?<![\w-])(?i:{_HEADS}) (?:{_LINK})*{_PROPER}"
    rf"|\b(?i:moisson|centraide|héma) {_CAP}[\w-]+"
    rf"|(?<![\w-])(?i:{_SURE}) (?:de la |de l[’']|du |des |d[’']|de )"
    r"(?!mon|ton|son|notre|votre|leur|ma\b|la\b|le\b|les\b|mes\b|ces?\b|ici|tou[ts]|quartier"
    r"|secteur|région|coin|village|ville|temps|gens|plus|chez)[^\W\d_][\w-]{3,}"
)
_POST = (
    r"(?:direct(?:rice|eur)|coordon(?:natrice|nateur)|coordinat(?:rice|eur)|présidente?|mairesse"
    r"|maire|préfète?|députée?|curé|secrétaire|trésorière?|agente? de liaison|intervenante?"
    r"|organisat(?:rice|eur)|animat(?:rice|eur)|commis comptable|comptable|concierge|infirmière?"
    r"|travail(?:leuse|leur) de rue|pharmacienne?|médecin|notaire|cuisinière?|réceptionniste)"
)
_ROLE = re.compile(
    rf"\b(?i:la|le|notre|votre|leur|une?|l[’']|ex-)[ ]?(?:ancien(?:ne)? |nouve(?:lle|au) )?{_POST}"
    rf"(?: (?:générale?|adjointe?))? (?:{_LINK})+(?:(?i:{_HEADS}) )?(?:{_LINK})*{_PROPER}"
    r"|\b(?:la mairesse|le maire|monsieur le maire|madame la mairesse|le curé|la préfète"
    rf"|notre (?:commis comptable|comptable|concierge|{_POST}))\b(?! de (?:nos?|mes|vos)\b)",
)
_EVENT = re.compile(
    r"\b(?:incendie|feu|explosion|poursuite|procès|recours collectif|faillite|meurtre|noyade"
    rf"|accident|fermeture|inondation)s? (?:{_LINK}|à |au |aux |en |contre )+"
    rf"(?:{_PROPER}|(?:19|20)\d\d)"
    rf"|\b(?:prix|médaille|bourse|trophée|mérite|concours) (?:{_LINK})*{_PROPER}"
    r"|\b(?:premier|première|seule?) [\w’' -]{2,40}? (?:au Québec|au Canada|du Québec|du Canada"
    r"|de la région|de la ville|du village|de la province)\b"
)
_PHONE_LENGTHS = (7, 10, 11)
_NUMBER_LENGTHS = (8, 9, 12, 13)
_SPELLED_TAKEN = re.compile(r"^(?:[aày][-, ]+)+[aày]$", re.IGNORECASE)


class SpokenIdentifiers:
    """What is dictated, spelled or said of a post; its candidates' source is ``parole``."""

    name = "parole"

    def find(self, text: str) -> Iterator[Found]:
        """Yield what could identify someone in ``text``."""
        for search in _wanted(text):
            yield from search(text)


def _said(text: str) -> Iterator[Found]:
    for match in _NUMBERS.finditer(text):
        digits = _digits(match.group())
        amount = "mille" in match.group().lower()
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


def _dates(text: str) -> Iterator[Found]:
    for match in _DATE.finditer(text):
        born = _BORN.search(text, max(0, match.start() - 40), match.start())
        kind, words = ("naissance", "[date de naissance]") if born else ("date", "[date]")
        yield Found(match.start(), match.end(), kind, words)


def _health(text: str) -> Iterator[Found]:
    for pattern in (_HEALTH, _HEALTH_SPACED):
        for match in pattern.finditer(text):
            month, day = int(match.group(2)), int(match.group(3))
            if (1 <= month <= 12 or 51 <= month <= 62) and 1 <= day <= 31:
                yield Found(match.start(), match.end(), "numéro", "[numéro]")


def _mails(text: str) -> Iterator[Found]:
    return _each(_MAIL, "courriel", text)


def _addresses(text: str) -> Iterator[Found]:
    return _each(_ADDRESS, "adresse", text)


def _organisations(text: str) -> Iterator[Found]:
    return _each(_ORGANISATION, "organisme", text, "[un organisme]")


def _roles(text: str) -> Iterator[Found]:
    return _each(_ROLE, "rôle", text, "[une personne à ce poste]")


def _events(text: str) -> Iterator[Found]:
    return _each(_EVENT, "événement", text, "[un événement]")


_LONE, _NUMERAL = 1, 2
_TRIGGERS: tuple[tuple[str, Callable[[str], Iterator[Found]]], ...] = (
    (_MONTH, _dates),
    ("com|ca|net|qc", _mails),
    (_WAY + "|autoroute", _addresses),
    (
        (
            "clsc|cisss|ciusss|cpe|cdc|chsld|csss|mrc|gmf|cab|calacs|aqdr|maison|centre|commission"
            "|table|corporation|carrefour|ecole|polyvalente|cegep|college|universite|hopital|cuisines"
            "|popote|regroupement|fondation|caisse|bibliotheque|paroisse|cooperative|coop|banque"
            "|garderie|ville|municipalite|residence|manoir|comite|association|moisson|centraide|hema"
        ),
        _organisations,
    ),
    (_POST + "|agente?|commis|travail(?:leuse|leur)", _roles),
    (
        (
            "incendies?|feux?|explosion|poursuites?|proces|recours|faillite|meurtre|noyade|accidents?"
            "|fermeture|inondations?|prix|medaille|bourse|trophee|merite|concours|premiere?|seule?"
        ),
        _events,
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
_ENOUGH = 3


def _wanted(text: str) -> Iterator[Callable[[str], Iterator[Found]]]:
    """Yield the searches that a text may answer, after one look at each of its words."""
    bits = [found for found in map(_BITS.__getitem__, _TOKEN.findall(text)) if found]
    digits = _DIGITS.search(text) is not None
    every = 0
    for found in bits:
        every |= found
    for place, (_, search) in enumerate(_COMPILED):
        if every & 1 << (place + 2) or (digits and search is _dates):
            yield search
    if every & _NUMERAL and sum(found & _NUMERAL != 0 for found in bits) >= _ENOUGH:
        yield _said
    if every & _LONE and sum(found & _LONE for found in bits) >= _ENOUGH:
        yield _spelled
        yield _postal
    if digits:
        yield _health
