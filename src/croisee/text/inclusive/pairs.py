"""The two genders of a French word: ``directeur`` and ``directrice``, ``locaux`` and ``locales``.

Rules on endings, not a dictionary: what is given is what a writer could mean, and a caller only
asks when something written (a sign, « et », « ou ») already says that there are two genders.
Words are in lower case and composed (NFC).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from croisee.text.folding import fold


class Pair(NamedTuple):
    """A masculine and its feminine, in the singular, and whether the writing is plural."""

    masculine: str
    feminine: str
    plural: bool

    @property
    def words(self) -> tuple[str, str]:
        """Return the masculine and the feminine in the number of the writing."""
        return _words(self)


@lru_cache(maxsize=16384)
def _words(pair: Pair) -> tuple[str, str]:
    if not pair.plural:
        return pair.masculine, pair.feminine
    return masculine_plural(pair.masculine), feminine_plural(pair.feminine)


_IRREGULAR = {
    "il": "elle",
    "lui": "elle",
    "eux": "elles",
    "celui": "celle",
    "le": "la",
    "un": "une",
    "ce": "cette",
    "cet": "cette",
    "mon": "ma",
    "ton": "ta",
    "son": "sa",
    "tout": "toute",
    "tou": "toute",
    "lequel": "laquelle",
    "copain": "copine",
    "compagnon": "compagne",
    "héros": "héroïne",
    "favori": "favorite",
    "rigolo": "rigolote",
    "vieux": "vieille",
    "fou": "folle",
    "mou": "molle",
    "frais": "fraîche",
    "tiers": "tierce",
    "sec": "sèche",
    "grec": "grecque",
    "duc": "duchesse",
    "abbé": "abbesse",
    "doux": "douce",
    "empereur": "impératrice",
    "paysan": "paysanne",
}
_ALSO = {"compagnon": ("compagnonne",), "copain": ("copaine",), "lui": (), "il": ()}
_PRONOUNS = frozenset("il lui eux celui le un ce cet mon ton son tou".split())  # noqa: SIM905
_SHORT = frozenset("un né dû du vu lu nu le ce il mu ému dû".split())  # noqa: SIM905
"""Stems of fewer than three letters that have a feminine."""
_PLURALS = {
    "tout": "tous",
    "tou": "tous",
    "celui": "ceux",
    "ce": "ces",
    "cet": "ces",
    "la": "les",
    "le": "les",
    "cette": "ces",
    "mon": "mes",
    "ma": "mes",
    "ton": "tes",
    "ta": "tes",
    "son": "ses",
    "sa": "ses",
    "lequel": "lesquels",
    "laquelle": "lesquelles",
    "bleu": "bleus",
    "eux": "eux",
    "elles": "elles",
}
_SINGULARS = {
    "tous": ("tout",),
    "ceux": ("celui",),
    "eux": ("eux",),
    "amis": ("ami",),
    "ennemis": ("ennemi",),
}
_ENDS_ALS = frozenset("bancal fatal final glacial natal naval banal".split())  # noqa: SIM905
_ENDS_ETE = ("complet", "concret", "discret", "inquiet", "secret", "désuet", "replet", "quiet")
_STAYS_S: tuple[str, ...] = (
    "ais",
    "ois",
    "mis",
    "pris",
    "quis",
    "clus",
    "cis",
    "ssis",
    "fus",
    "gris",
    "trus",
)
_STAYS_S += ("métis", "gros", "bas", "las", "ras", "tiers", "héros", "marquis", "obtus", "os")
"""Endings of words whose singular has an s: « admis∙es » is one *admis*."""

_LONE = frozenset(
    """
    bal bas bill bois bord bout but car cas cour cours coût dépens don droit essai fin foi fond
    fort franc fui gain gard gars group mas médecin mont mur oubli parc part parti pas plan plant
    plat point port pot pris puis quart rang sens sol sort son tant tas taxi tour trait us val vent
    vers vis vol
    """.split()  # noqa: SIM905
)
"""Masculines whose « feminine » is another word: *vent* and *vente*, *parti* and *partie*."""

_FEMININES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("teur", ("trice", "teuse", "teure", "teresse", "toresse")),
    ("deur", ("deuse", "drice", "deure", "deresse")),
    ("eur", ("euse", "eure", "eresse")),
    ("eux", ("euse",)),
    ("oux", ("ouse", "ousse")),
    ("aux", ("ausse",)),
    ("x", ("se", "sse")),
    ("ef", ("ève", "effe")),
    ("f", ("ve", "ffe")),
    ("er", ("ère", "euse")),
    ("et", ("ette", "ète")),
    ("eil", ("eille",)),
    ("el", ("elle",)),
    ("ul", ("ulle", "ule")),
    ("il", ("ile", "ille")),
    ("en", ("enne",)),
    ("on", ("onne",)),
    ("an", ("ane", "anne")),
    ("in", ("ine", "igne")),
    ("eau", ("elle",)),
    ("c", ("que", "che")),
    ("g", ("gue",)),
    ("s", ("se", "sse")),
    ("ot", ("ote", "otte")),
    ("at", ("ate", "atte")),
    ("e", ("esse",)),
)
_PLAIN_ENDINGS = "tdéiïuùûlnra"
"""Last letters after which a feminine may add e alone."""


def shared(words: Iterable[str]) -> str:
    """Return the beginning that words have in common."""
    ordered = sorted(words)
    first, last = ordered[0], ordered[-1]
    length = next(
        (place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
        min(len(first), len(last)),
    )
    return first[:length]


def feminines(masculine: str) -> tuple[str, ...]:
    """Return the feminines a masculine singular may have, the likeliest first.

    >>> feminines("directeur")[0], feminines("premier")[0], feminines("table")
    ('directrice', 'première', ('tablesse',))
    """
    if found := _IRREGULAR.get(masculine):
        return (found, *_ALSO.get(masculine, ()))
    head, hyphen, last = masculine.rpartition("-")
    if hyphen:
        return tuple(f"{head}-{one}" for one in feminines(last))
    if masculine.endswith(_ENDS_ETE):
        return (masculine[:-2] + "ète",)
    for ending, changed in _FEMININES:
        if masculine.endswith(ending):
            root = masculine[: len(masculine) - len(ending)]
            return tuple(root + one for one in changed)
    return (masculine + "e",) if masculine[-1:] in _PLAIN_ENDINGS else ()


_MASCULINES = tuple((she, he) for he, hers in _FEMININES for she in hers)


def masculines(feminine: str) -> tuple[str, ...]:
    """Return the masculines a feminine singular may have.

    >>> masculines("directrice"), masculines("intervenante")
    (('directeur',), ('intervenant',))
    """
    found = [he for he, she in _IRREGULAR.items() if she == feminine]
    for she, he in _MASCULINES:
        if feminine.endswith(she):
            found.append(feminine[: len(feminine) - len(she)] + he)
    if feminine.endswith("e"):
        found.append(feminine[:-1])
    return tuple(dict.fromkeys(one for one in found if feminine in feminines(one)))


def masculine_plural(word: str) -> str:
    """Return the plural of a masculine.

    >>> [masculine_plural(word) for word in ("élu", "local", "final", "nouveau", "heureux")]
    ['élus', 'locaux', 'finals', 'nouveaux', 'heureux']
    """
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("al") and word not in _ENDS_ALS:
        return word[:-1] + "ux"
    if word.endswith(("eau", "eu")):
        return word + "x"
    return word if word.endswith(("s", "x", "z")) else word + "s"


def feminine_plural(word: str) -> str:
    """Return the plural of a feminine."""
    return _PLURALS.get(word) or word + "s"


def singulars(plural: str) -> tuple[str, ...]:
    """Return what a masculine plural may be the plural of, the likeliest first."""
    if plural in _SINGULARS:
        return _SINGULARS[plural]
    if plural.endswith("eaux"):
        return (plural[:-1],)
    if plural.endswith("aux"):
        return (plural[:-2] + "l", plural)
    if not plural.endswith("s"):
        return (plural,)
    return (plural, plural[:-1]) if plural.endswith(_STAYS_S) else (plural[:-1], plural)


@lru_cache(maxsize=16384)
def abbreviated(stem: str, suffix: str, *, sure: bool) -> Pair | None:
    """Return the pair that a masculine followed by the end of its feminine stands for.

    ``sure``: the sign says by itself that there are two genders (a point, parentheses); else
    (``.``, ``-``, ``/``) an ending is only read where nothing else could be meant.

    >>> abbreviated("citoyen", "nes", sure=True).words
    ('citoyens', 'citoyennes')
    """
    if not stem or not suffix or (len(stem) < 3 and stem not in _SHORT):
        return None
    plural = suffix.endswith("s")
    if not sure and suffix == "e" and stem in _LONE:
        return None
    if stem.endswith("èr"):
        stem = stem[:-2] + "er"
    ones = singulars(stem) if plural and stem.endswith(("s", "x")) else (stem,)
    bare = fold(stem)
    offered = [(one, she, _in_number(she, plural=plural)) for one in ones for she in feminines(one)]
    offered.sort(key=lambda found: found[2] != found[0] + suffix)  # « gros·ses » before *grose*
    for one, she, full in offered:
        if _ends(full, suffix, bare) and _clear(one, she, suffix, sure=sure):
            return Pair(_whole(one), she, plural and not she.endswith("s"))
    if sure and suffix in {"e", "es"} and not stem.endswith("e"):
        one = ones[0]
        if fallback := feminines(one):
            return Pair(_whole(one), fallback[0], plural)
    return None


def _in_number(feminine: str, *, plural: bool) -> str:
    return feminine_plural(feminine) if plural and not feminine.endswith("s") else feminine


def _whole(masculine: str) -> str:
    return "tout" if masculine == "tou" else masculine


def _ends(feminine: str, suffix: str, bare: str) -> bool:
    """Return whether a suffix, put after the beginning it shares with the stem, is a feminine."""
    if not feminine.endswith(suffix):
        return False
    return bare.startswith(fold(feminine[: len(feminine) - len(suffix)]))


def _clear(masculine: str, feminine: str, suffix: str, *, sure: bool) -> bool:
    """Return whether an ending that repeats a letter (« étudiant·te ») is meant as one."""
    one = suffix.removesuffix("s")
    if sure or one == "e" or len(one) > 2 or masculine == "tout" or feminine != masculine + "e":
        return one != "esse" or masculine.endswith("e")
    return one == "se" and masculine.endswith(("ais", "ois"))


@lru_cache(maxsize=16384)
def two_words(first: str, second: str) -> tuple[Pair, bool] | None:
    """Return the pair two whole words make, and whether the feminine came first.

    Both are in the same number. *vent* and *vente* are no pair.

    >>> two_words("intervenantes", "intervenants")[1], two_words("vent", "vente")
    (True, None)
    """
    if first == second:
        return None
    for he, she, feminine_first in ((first, second, False), (second, first, True)):
        pair = _matching(he, she)
        if pair is not None:
            return pair, feminine_first
    return None


def _matching(he: str, she: str) -> Pair | None:
    if he not in _PRONOUNS and (he in _LONE or he.removesuffix("s") in _LONE):
        return None
    if len(he) < 3 and he not in _PRONOUNS:
        return None
    if he == "ils":
        return Pair("il", "elle", plural=True) if she == "elles" else None
    if she in feminines(he) and not (he.endswith("e") and not _noble(he, she)):
        return Pair(he, she, plural=False)
    for one in singulars(he) if he.endswith(("s", "x")) else ():
        for feminine in feminines(one):
            if feminine_plural(feminine) == she and (not one.endswith("e") or _noble(one, she)):
                return Pair(one, feminine, plural=True)
    return None


_TITLES: tuple[str, ...] = (
    "maître",
    "maitre",
    "hôte",
    "poète",
    "prince",
    "maire",
    "prêtre",
    "comte",
    "ministre",
)
_TITLES += ("traître", "diable", "ogre", "druide", "prophète")


def _noble(he: str, she: str) -> bool:
    """Return whether *-esse* is a feminine here: *maître* and *maîtresse*, not *tendre*."""
    return he in {"ce", "le"} or (he.endswith(_TITLES) and she.endswith(("esse", "esses")))
