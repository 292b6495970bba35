"""What happened once, that a newspaper or a village remembers: a fire, a prize, a way.

A machine that fails is no event: only public works and vehicles are, with a verb of disaster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.deidentify.organisations import LINK, PROPER
from croisee.deidentify.patterns import Found

_UNTIL = r"[^.;!?«»]{0,60}"
_WORKS = (
    r"(?:train|câble(?: sous-marin)?|pont|barrage|quai|usine|église|école|plancher|toit|digue|mine"
    r"|aréna|moulin|clocher|hôtel|traversier|bateau|sous-sol de l[’']église|centre communautaire"
    r"|presbytère|scierie|immeuble|bloc|glissement de terrain|rivière|autobus|salle communautaire)"
)
_RUIN = (
    r"(?:sauté|lâché|pété|cédé|brûlé|explosé|coulé|débordé|déraillé|pris (?:en )?feu|passé au feu"
    r"|défoncé|effondrée?|tombée? (?:à l[’']eau|dans le fleuve))"
)
_DISASTER = (
    r"(?:feu|incendie|explosion|inondation|déluge|verglas|tornade|tempête du siècle|déraillement"
    r"|noyade|meurtre|tuerie|fusillade|écrasement|glissement de terrain)"
)
_NAMED = re.compile(
    r"\b(?:incendie|feu|explosion|poursuite|procès|recours collectif|faillite|meurtre|noyade"
    rf"|accident|fermeture|inondation)s? (?:{LINK}|à |au |aux |en |contre )+"
    rf"(?:{PROPER}|(?:19|20)\d\d)"
    rf"|\b(?:prix|médaille|bourse|trophée|mérite|concours) (?:{LINK})*{PROPER}"
    r"|\b(?:premier|première|seule?) [\w’' -]{2,40}? (?:au Québec|au Canada|du Québec|du Canada"
    r"|de la région|de la ville|du village|de la province)\b"
)
_TOLD = re.compile(
    rf"\b(?:l[ea]s?|l[’'])\s?{_WORKS}(?: (?:de|du|d[’'])\s?[^\W\d_][\w’'-]*)? "
    r"(?:a|ont|s[’']est|est) "
    rf"{_RUIN}(?: aux? [^.,;!?]{{3,40}}| la veille d[^.,;!?]{{3,40}})?"
    rf"|(?<=jour )(?:du|de la|de l[’'])\s?(?:grande? )?{_DISASTER}"
    r"(?: (?:du|de la|de l[’']|de|à|au) ?[\w’'-]+)?"
    rf"|\bgrande? {_DISASTER} (?:du|de la|de l[’']) ?[\w’'-]+"
    r"|\bl[’']accident (?:de|d[’'])[^.;!?«»]{3,50}(?:journal|nouvelles|télé|première page)"
    rf"{_UNTIL}"
    rf"|\b(?:la finale|le tournoi|le festival) de \d\d(?:\d\d)?, quand {_UNTIL}",
    re.IGNORECASE,
)
_HUNGER = re.compile(
    rf"(?:\b[\w’']+ (?:avait|a) fait )?\bla grève de la faim{_UNTIL}", re.IGNORECASE
)
_FELL = re.compile(
    r"\b(?:l[ea] |l[’'])(?:[\w’'-]+ ){0,3}qui (?:est|a|sont|ont) "
    rf"(?:passée?s? (?:au |à )travers(?: de)? la glace|tombée?s? à l[’']eau){_UNTIL}",
    re.IGNORECASE,
)


def events(text: str) -> Iterator[Found]:
    """Yield the events rare enough to say who, where or when."""
    patterns = [_NAMED, _TOLD]
    patterns += [_HUNGER] * (" faim" in text) + [_FELL] * ("la glace" in text or "eau" in text)
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), "événement", "[un événement]")
