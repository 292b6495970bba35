"""Questions that ask who somebody is: told by the code, by the wording, or by what was answered.

A collection that comes from elsewhere rarely says which of its questions identify. In doubt a
question is left out and told: a column that is missing can be asked for again, a name that was
published cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from croisee.deidentify import NamesOfQuebec, QuebecPatterns, Recogniser
from croisee.questionnaire.codebook import Line
from croisee.questionnaire.form import Kind
from croisee.text import fold

_TRACES = frozenset({Kind.PLACE, Kind.FILE, Kind.BARCODE})
_WRITTEN = frozenset({Kind.TEXT, Kind.DATE, Kind.DATETIME, Kind.INTEGER})
_CODES = frozenset(
    "nom noms prenom prenoms name names firstname lastname surname fullname telephone tel phone"  # noqa: SIM905 -- a list of words reads better in lines
    " cell cellulaire mobile courriel courriels email mail adresse address nas sin naissance birth"
    " birthdate birthday dob signature username uuid instanceid deviceid subscriberid simserial"
    " phonenumber ip ipaddr ipaddress latitude longitude gps token jeton matricule ssn".split()
)
"""Words of a code that ask who somebody is, or trace a person's machine or place."""
_NUMBERED = frozenset(
    "id ident identifiant responseid respondentid respondent-id response-id record-id caseid"  # noqa: SIM905
    " case-id submitted-by last-edited-by parent-table-name geolocation geolocation-altitude"
    " geolocation-precision startdate enddate recordeddate submission-time start-time end-time"
    " index parent-index xform-id xform-id-string".split()
)
"""Whole codes of columns that number the answers, or that tools add to them."""
_NO_ONE = (
    "(?:organi|proje|programm|activit|servic|group|comit|committ|produ|medic|ecole|school|quartier"
    "|vill|town|city|municip|region|milieu|equip|team)"
)
"""What may have a name, and is nobody."""
_BIRTH = (
    r"\bdate de (?:votre )?naissance\b",
    r"\bdate of (?:your )?birth\b",
    r"\bbirth ?(?:date|day)\b",
    r"\bjour de naissance\b",
)
_WORDINGS = (
    *_BIRTH,
    r"(?<!au )\b(?:pre)?noms?\b(?! (?:d['eu]|de la|des) ?(?:l['a]\W?|\w{2,5} )?" + _NO_ONE + ")",
    r"\b(?:first|last|full|middle|family|given|maiden|nick|sur|your|his|her|their) ?names?\b",
    r"\b(?:\w+'s|respondents?|participants?) (?:\w+ )?names?\b",
    r"^(?:the )?names?(?: ?[:?*]| ?$| (?:and|of)\b(?! (?:the |your |an? )?" + _NO_ONE + "))",
    r"\bcomment (?:vous|tu|t'|s')\W?(?:t')?appel",
    r"\bwhat are you called\b",
    r"^qui etes[- ]vous",
    r"\b(?:signature|initiales|your initials)\b",
    r"\b(?:numero|no|n°)\.? ?(?:de )?(?:votre )?(?:tel|cell|mobile|portable)",
    r"\b(?:tele)?phone (?:number|no\b)",
    r"\b(?:cell|mobile|contact) (?:number|no\b|phone)",
    r"\byour (?:tele|cell ?|mobile ?)?phone\b",
    r"^(?:votre )?(?:telephone|cellulaire|phone) ?[:?]?$",
    r"\b(?:votre|ton|leur|son|adresse|your|their) (?:adresse )?(?:de )?(?:courriel|e-?mail)",
    r"^(?:courriel|e-?mail|mail)s?\b",
    r"\b(?:e-?mail address|adresse electronique)\b",
    r"\b(?:votre|ton|son|leur|your|their|his|her|home|street|mailing) (?:adresse|address)\b",
    r"\badresse (?:civique|postale|complete|personnelle|du domicile|de residence)",
    r"^(?:adresse|address) ?[:?]?$",
    r"\b(?:code postal|postal code|post ?code|zip ?code)\b",
    r"\b(?:vos|leurs) coordonnees\b|^coordonnees\b",
    r"\bcontact (?:details|information)\b",
    r"\b(?:comment|ou) (?:peut-on |pouvons-nous )?(?:vous )?(?:joindre|rejoindre)\b",
    r"\b(?:reach|contact|call) you\b",
    r"\bassurance[- ](?:sociale|maladie)\b",
    r"\b(?:social (?:insurance|security)|health (?:card|insurance)|driver'?s? licen[cs]e) n",
    r"\b(?:passeport|passport|permis de conduire|national id)\b",
    r"\b(?:carte|piece) d'identite\b|\bidentity (?:card|number)\b",
    r"\bnumero de (?:dossier|client|membre|patient|carte)\b",
    r"\b(?:member|patient|client|file|record|account) (?:number|no\b|id\b)",
)
_ASKED, _ONLY_BIRTH = (re.compile("|".join(some)) for some in (_WORDINGS, _BIRTH))
_MACHINE = re.compile(
    r"(?:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:[0-9]{1,3}\.){3}[0-9]{1,3}"
    r"|-?[0-9]{1,2}\.[0-9]{3,}[ ,]+-?[0-9]{1,3}\.[0-9]{3,}(?: .*)?"
)
"""A machine's identifier, an address on the network, a place on the map."""
_SAINT = re.compile(r"(?:saint|ste?)s?e?[- ]")
"""A town as often as not, and the recogniser of names reads a family's name in it."""
_KINDS = frozenset({"personne", "téléphone", "courriel", "adresse", "code postal"})
_READ = 200
_LEAST = 2
_LONGEST = 120


def asks_who(line: Line) -> bool:
    """Return whether a question asks who somebody is, by its kind, its code or its wording.

    The column ``croisee::identifiant`` of a form (``oui``, ``non``) decides where it is filled.

    A choice between written answers never does; a whole number does only by its code, or where
    a number of somebody is asked.

    Limits: wordings in French and in English. The name of an organisation is no person's.
    """
    cells = dict(line.cells)
    declared = cells.get("identifiant", "").strip().lower()
    if declared in {"oui", "non", "yes", "no"}:
        return declared in {"oui", "yes"}
    if line.kind in _TRACES:
        return True
    if line.kind not in _WRITTEN:
        return False
    if line.code in _NUMBERED or not _CODES.isdisjoint(line.code.split("-")):
        return True
    return any(_is_asked(cells.get(name, ""), line.kind) for name in ("libelle", "libelle_en"))


def _is_asked(label: str, kind: Kind) -> bool:
    said = " ".join(fold(label).split())
    if kind in {Kind.DATE, Kind.DATETIME}:
        return _ONLY_BIRTH.search(said) is not None
    return _ASKED.search(said) is not None


def says_who(cells: Iterable[str]) -> bool:
    """Return whether most of the answers to one question are, each, what identifies somebody.

    A name, a phone, an email, an address, a postal code, a machine's identifier that is the whole
    of the cell or nearly. Two answers at least; of more than 200, the first are read. A long text
    in which somebody is named is for the masking of texts, not for this.
    """
    read = [cell.strip() for cell in cells if cell.strip()][:_READ]
    if len(read) < _LEAST:
        return False
    found = sum(map(_is_someone, read))
    return 2 * found >= len(read)


def _is_someone(cell: str) -> bool:
    if len(cell) > _LONGEST:
        return False
    said = fold(cell)
    if _MACHINE.fullmatch(said):
        return True
    if _SAINT.match(said):
        return False
    covered = {
        place
        for recogniser in _recognisers()
        for one in recogniser.find(cell)
        if one.kind in _KINDS
        for place in range(one.start, one.end)
    }
    letters = [place for place, sign in enumerate(cell) if not sign.isspace()]
    return 4 * sum(place in covered for place in letters) >= 3 * len(letters)


@cache
def _recognisers() -> Sequence[Recogniser]:
    return QuebecPatterns(), NamesOfQuebec()
