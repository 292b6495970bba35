"""A post that one person holds, and what only one person can say of themselves.

A post is unique with what it belongs to (« la directrice de La Boussole »), with « ancien »,
or when somebody says « je suis la présidente ». « Une intervenante » is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.deidentify.gazetteer import gazetteer, word_key
from croisee.deidentify.ordinary import is_ordinary, leads_a_country
from croisee.deidentify.organisations import HEADS, LINK, PROPER, SIGLES
from croisee.deidentify.patterns import Found
from croisee.text import POINTS

POST = (
    r"(?:direct(?:rice|eur)|coordon(?:natrice|nateur)|coordinat(?:rice|eur)|coordo|présidente?"
    r"|mairesse|maire|préfète?|députée?|curé|secrétaire|trésorière?|agente? de liaison"
    r"|intervenante?|organisat(?:rice|eur)|animat(?:rice|eur)|commis comptable|comptable|concierge"
    r"|infirmière?|travail(?:leuse|leur) de rue|pharmacienne?|médecin|notaire|cuisinière?"
    r"|réceptionniste|P\.?-?D\.?-?G|pdg|syndic|juge|vétérinaire|dentiste)"
    rf"(?:[{POINTS}./(-][a-zèé]{{1,6}}\)?)?"
)
_PUBLIC = (
    r"(?:maire(?:sse)?|préf[eè]te?|députée?|curé|ministre|direct(?:rice|eur)|présidente?|cheffe?)"
)
_ADJECTIVE = r"(?: (?:générale?|adjointe?|régionale?|jeunesse|nationale?|municipale?))?"
_WORD = r"[^\W_]+(?:[’'-][^\W_]+)*"
_NOT_OF_STATE = r"(?!République|Commission|Parlement|État|Assemblée|Conseil (?:d|des)\b)"
_REST = rf"(?: {_WORD}){{1,11}}"
_SINGLE = r"(?:seule?|tou(?:t|te) premi(?:er|ère)|premi(?:er|ère)|unique)"
_UNIQUE = re.compile(
    rf"\b(?:la|le) {_SINGLE} (?:ancien(?:ne)? )?{POST}(?: de table)? "
    rf"(?:(?:de|du|des|à|au|en|qui|que|dans)\b{_REST}"
    rf"|(?:d|qu)[’']{_WORD}(?:{_REST})?)"
    rf"|(?<=suis )(?:la|le) seule? (?:ancien(?:ne)? )?{_WORD} "
    rf"(?:(?:à|qui|du|de|au|en|dans)\b{_REST})"
    rf"|(?<=suis encore )(?:la|le) seule? que l[ae] {_WORD}(?: a| ait)(?: {_WORD}){{0,3}}"
    rf"|(?<=suis )(?:la|le) seule? que l[ae] {_WORD}(?: a| ait)(?: {_WORD}){{0,3}}"
    rf"|(?<=est )(?:la|le) seule? (?:en Amérique du Nord|au Québec|au Canada|en Amérique|au monde"
    r"|du village|de la région|de la ville|de la province|du quartier|de l[’']île)",
    re.IGNORECASE,
)
_FORMER = re.compile(rf"\bl[’']ancien(?:ne)? {_PUBLIC}\b", re.IGNORECASE)
_SAID_OF_ONESELF = re.compile(
    rf"(?<=suis )(?:la|le) {POST}(?![\w{POINTS}])(?! (?:de|du|des|d[’'])\b)", re.IGNORECASE
)
_OFFICE = re.compile(
    r"\b(?:la mairesse|le maire|monsieur le maire|madame la mairesse|la préfète)\b"
    r"(?! de (?:nos?|mes|vos)\b)"
    r"|(?<=\bau )(?:maire|pdg|PDG)\b|(?<=\b[Ll]e )(?:PDG|pdg|maire)\b|(?<=\bdu )(?:PDG|pdg)\b"
)
_HELD = re.compile(
    rf"\b(?i:la|le|notre|votre|leur|l[’']|ex-)[ ]?(?:ancien(?:ne)? |nouve(?:lle|au) )?{POST}"
    rf"(?: (?:générale?|adjointe?))? (?:{LINK})+"
    rf"(?:(?i:{HEADS}) )?(?:{LINK})*{_NOT_OF_STATE}{PROPER}{_ADJECTIVE}"
    rf"|(?<=tait )(?:{POST}) (?:du|de la|de l[’']|des) [^.,;:!?»]{{3,40}}?{PROPER}"
)
_HEARD = re.compile(
    rf"\b(?:la|le|l[’']) ?{POST} (?:de la |du |de l[’']|des |de |d[’'])({_WORD})", re.IGNORECASE
)
_SIGLE = re.compile(SIGLES, re.IGNORECASE)
_SHORTEST = 2
_WORDS = "[une personne à ce poste]"


def roles(text: str) -> Iterator[Found]:
    """Yield what says who somebody is by what nobody else is."""
    for pattern in (_UNIQUE, _FORMER, _SAID_OF_ONESELF, _OFFICE, _HELD):
        for match in pattern.finditer(text):
            said = [word_key(word) for word in re.findall(r"[^\W\d_]+", match.group())]
            if len(said) < _SHORTEST or not leads_a_country(said[1:]):
                yield Found(match.start(), match.end(), "rôle", _WORDS)
    for match in _HEARD.finditer(text):
        if _is_name(match.group(1)):
            yield Found(match.start(), match.end(), "rôle", _WORDS)


def _is_name(word: str) -> bool:
    """Whether a word of any case names an organisation or a place."""
    if _SIGLE.fullmatch(word):
        return True
    parts = [word_key(part) for part in re.split("[-‐‑’']", word) if part]
    place = gazetteer().places.get(parts[0])
    if place and any(found.words == tuple(parts) for found in place):
        return not all(map(is_ordinary, parts)) or len(parts) > 1
    return len(parts) > 1 and not all(map(is_ordinary, parts))
