"""The same documents as a recogniser would hear them, and in inclusive writing.

Made on the fly from the clear ones, always the same for the same document; marks are
carried over exactly, since every piece of text is changed by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from croisee.deidentify.chance import Chance
from croisee.deidentify.gold import GoldDocument, GoldMark, GoldTurn
from croisee.deidentify.gold_numbers import figures, said, said_counted, said_web

HEARD, INCLUSIVE = "reconnu", "inclusif"
_MISHEARD_CLASSES = {"personne", "proche", "organisme-membre", "autre-organisme", "lieu"}
_PLAIN = {
    "madame", "monsieur", "docteur", "docteure", "maître", "mme", "sœur", "père", "tante",
    "oncle", "mon", "ma", "la", "le", "les", "carrefour", "maison", "maisons", "centre",
    "services", "comité", "hôpital", "école", "association", "regroupement", "table",
    "coopérative", "secrétariat", "femmes", "familles", "jeunesse", "logement", "bibliothèque",
    "résidence", "restaurant", "clinique", "pharmacie", "garage", "caisse", "ville", "office",
}  # fmt: skip
"""Words that every recogniser knows: what is heard wrong in a name is the rest of it."""
_DICTATED = {"téléphone", "nas", "ramq", "code-postal", "identifiant"}
_COUNTED = {"adresse", "naissance", "date"}
_WEB = {"courriel", "lien", "compte"}
_WORDS_OR_FIGURES = ("words", "figures")
"""Some recognisers write numbers as words, others as figures; one choice for each document."""
_SHARE_MISHEARD = 0.4
"""Names heard wrong: four in ten. A choice, on the hard side; not a measure of a recogniser."""
_HEARD = tuple(
    (re.compile(pattern), tuple(choices.split("|")))
    for pattern, choices in (
        (r"eault\b|ault\b|aud\b|aux\b|eau\b", "o|eau|ot|aut"),
        (r"ette\b", "ète|et"), (r"elle\b", "el|èle"), (r"ène\b|eine\b", "enne|aine"),
        (r"ain\b|in\b", "ain|un|ein"), (r"an\b|ent\b|and\b", "en|ant|amp"),
        (r"ier\b|yer\b", "ié|iers"), (r"er\b|ez\b", "é|ait"), (r"ay\b|ais\b|et\b", "é|ait"),
        (r"ph", "f"), (r"th", "t"), (r"qu", "k|c"), (r"ck|cq", "k|que"), (r"y", "i"),
        (r"sch|sh", "ch"), (r"ss", "ç|s"), (r"mm", "m"), (r"nn", "n"), (r"ll", "l"),
        (r"tt", "t"), (r"rr", "r"), (r"^h", ""), (r"oi", "oua|oé"), (r"eu", "e|œu"),
        (r"gn", "ni"), (r"g(?=[ei])", "j"), (r"ge", "je"), (r"z", "s"), (r"c(?=[ei])", "s"),
        (r"ar\b", "are"), (r"or\b", "ore"), (r"es\b", "e"), (r"e\b", "es"), (r"d\b|t\b|s\b", ""),
        (r"^(la|le|du|des|mon|saint|sainte)-?(?=\w{4})", r"\1 "), (r"^bel(?=\w{3})", "belle "),
        (r"^beau(?=\w{3})", "beau "), (r"om(?=[bp])|on\b", "ont|on"), (r"ieu", "ieux"),
    )
)  # fmt: skip
_PUNCTUATION = re.compile(r"(?<!\d)[.,;:!?…«»\"()](?!\d)|[«»\"…]| [:;!?](?= |$)")
_SPACES = re.compile(r" {2,}")
_UNHEARD = re.compile(r"[.,;:!?…«»\"()]")

_SIGNS = ("∙", "·", "‧", "•", ".", "-", "(", "/")
"""The signs of inclusive writing; one for each document, as a person keeps to hers."""
_ENDINGS = {
    "participants": ("e", "s"), "intervenants": ("e", "s"), "étudiants": ("e", "s"),
    "citoyens": ("ne", "s"), "élus": ("e", "s"), "employés": ("e", "s"),
    "habitants": ("e", "s"), "résidents": ("e", "s"), "clients": ("e", "s"),
    "voisins": ("e", "s"), "amis": ("e", "s"), "enseignants": ("e", "s"),
    "immigrants": ("e", "s"), "retraités": ("e", "s"), "parents": ("", ""),
    "aînés": ("e", "s"), "présidents": ("e", "s"), "gens": ("", ""),
    "voisin": ("e", ""), "intervenant": ("e", ""), "participant": ("e", ""),
    "citoyen": ("ne", ""), "étudiant": ("e", ""), "employé": ("e", ""),
    "technicien": ("ne", ""), "président": ("e", ""), "ami": ("e", ""), "client": ("e", ""),
    "agent": ("e", ""), "adjoint": ("e", ""), "remplaçant": ("e", ""), "stagiaire": ("", ""),
}  # fmt: skip
_DOUBLED = {
    "travailleurs": "euses", "travailleur": "euse", "organisateurs": "trices",
    "organisateur": "trice", "directeurs": "trices", "directeur": "trice",
    "coordonnateurs": "trices", "coordonnateur": "trice", "animateurs": "trices",
    "animateur": "trice", "administrateurs": "trices", "chercheurs": "euses",
    "auditeurs": "trices", "producteurs": "trices", "agriculteurs": "trices",
    "conseillers": "ères", "conseiller": "ère", "infirmiers": "ères", "pompiers": "ères",
    "policiers": "ères", "fermiers": "ères",
}  # fmt: skip
_WORDS = {"tous": "toustes", "ceux": "celleux", "ils": "iels"}
_FEMININE = {
    "directrice": "directeur", "coordonnatrice": "coordonnateur", "intervenante": "intervenant",
    "présidente": "président", "citoyenne": "citoyen", "travailleuse": "travailleur",
    "agente": "agent", "adjointe": "adjoint", "animatrice": "animateur",
    "étudiante": "étudiant", "participante": "participant", "voisine": "voisin",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_Change = Callable[[str, GoldMark | None], str]


def heard(document: GoldDocument) -> GoldDocument:
    """Return the document as speech recognition would give it.

    Lower case, little punctuation, speakers without name, and four names in ten misheard by
    a table of French spellings. What is dictated is either all in words, e-mails and links
    included, or all in figures where a number was said: one choice for a whole document.
    """
    chance = Chance(f"{HEARD}/{document.name}")
    style = chance.choice(_WORDS_OR_FIGURES)
    hyphens = chance.choice((True, False))
    labels: dict[str, str] = {}

    def change(text: str, mark: GoldMark | None) -> str:
        if mark is None:
            keep = chance.share() < 0.15
            bare = text if keep else _PUNCTUATION.sub("", text)
            return _SPACES.sub(" ", bare.lower())
        if mark.about.code not in _MISHEARD_CLASSES:
            return (_in_words if style == "words" else _in_figures)(text, mark, chance).lower()
        name = _SPACES.sub(" ", _UNHEARD.sub("", text))
        name = name if hyphens else name.replace("-", " ")
        return _misheard(name, chance) if chance.share() < _SHARE_MISHEARD else name.lower()

    turns = [_rewritten(turn, change) for turn in document.turns]
    for turn in document.turns:
        if turn.speaker:
            labels.setdefault(turn.speaker, f"Locuteur {len(labels) + 1}")
    named = (replace(turn, speaker=labels.get(turn.speaker, "")) for turn in turns)
    return replace(document, rendering=HEARD, turns=tuple(named))


def inclusive(document: GoldDocument) -> GoldDocument:
    """Return the document as somebody would type it in inclusive writing, one sign throughout."""
    chance = Chance(f"{INCLUSIVE}/{document.name}")
    sign = chance.choice(_SIGNS)

    def change(text: str, mark: GoldMark | None) -> str:
        if mark is not None and mark.about.code not in {"rôle-unique", "proche"}:
            return text
        return _WORD.sub(lambda match: _inclusive_word(match.group(), sign), text)

    turns = tuple(_rewritten(turn, change) for turn in document.turns)
    return replace(document, rendering=INCLUSIVE, turns=turns)


def _rewritten(turn: GoldTurn, change: _Change) -> GoldTurn:
    """Return a turn whose pieces were changed one by one, each mark keeping its own words."""
    pieces: list[str] = []
    marks, place, length = [], 0, 0
    for mark in turn.marks:
        between = change(turn.text[place : mark.start], None)
        words = change(turn.text[mark.start : mark.end], mark).strip()
        start = length + len(between)
        marks.append(replace(mark, start=start, end=start + len(words)))
        pieces += [between, words]
        length, place = start + len(words), mark.end
    pieces.append(change(turn.text[place:], None))
    return replace(turn, text="".join(pieces), marks=tuple(marks))


def _in_words(text: str, mark: GoldMark, chance: Chance) -> str:
    if mark.about.code in _WEB:
        return said_web(text, chance)
    if mark.about.code in _COUNTED:
        return said_counted(text)
    return said(text, chance) if mark.about.code in _DICTATED else text


def _in_figures(text: str, mark: GoldMark, chance: Chance) -> str:
    numbered = mark.about.code in _DICTATED | _COUNTED
    return figures(text.lower(), chance) if numbered else text


def _misheard(name: str, chance: Chance) -> str:
    """Return a name in lower case with one or two spellings of its longest word changed.

    Only a word with a capital that is not a common one: the others are never heard wrong.
    """
    words = name.split(" ")
    proper = [
        place
        for place, word in enumerate(words)
        if word[:1].isupper() and word.lower() not in _PLAIN
    ]
    words = [word.lower() for word in words]
    if not proper:
        return " ".join(words)
    longest = max(proper, key=lambda place: len(words[place]))
    rules = [rule for rule in _HEARD if rule[0].search(words[longest])]
    for pattern, choices in chance.several(rules, min(len(rules), chance.choice((1, 1, 2)))):
        words[longest] = pattern.sub(chance.choice(choices), words[longest], count=1)
    return " ".join(words)


def _inclusive_word(word: str, sign: str) -> str:
    lowered = word.lower()
    if lowered in _FEMININE:
        return _inclusive_word(_FEMININE[lowered], sign)
    if lowered in _WORDS:
        return _WORDS[lowered]
    if lowered in _DOUBLED:
        return _joined(word, _DOUBLED[lowered], "", sign)
    feminine, plural = _ENDINGS.get(lowered, ("", ""))
    if not feminine:
        return word
    return _joined(word.removesuffix(plural), feminine, plural, sign)


def _joined(stem: str, feminine: str, plural: str, sign: str) -> str:
    if sign == "(":
        return f"{stem}({feminine}){plural}"
    return f"{stem}{sign}{feminine}{sign + plural if plural else ''}"
