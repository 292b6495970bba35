"""Codes, reserved words and yes or no, as a study folder writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from croisee.text import folded_label

_CODE = re.compile(r"[a-z0-9][a-z0-9-]*")
_LONGEST_CODE = 80

YES_NO: Mapping[str, bool] = {
    **dict.fromkeys(("oui", "o", "1", "vrai", "x", "yes", "y", "true"), True),
    **dict.fromkeys(("non", "n", "0", "faux", "no", "false"), False),
}


class Words:
    """A closed list: canonical French words, and what else may be written for each."""

    def __init__(self, **aliases: str) -> None:
        """Take ``canonical="alias|alias"``; ``_`` in a canonical word stands for a space."""
        self.canonical = tuple(name.replace("_", " ") for name in aliases)
        self._known = {folded_label(name): name for name in self.canonical}
        for name, others in zip(self.canonical, aliases.values(), strict=True):
            self._known |= {folded_label(other): name for other in others.split("|") if other}

    def read(self, text: str) -> str | None:
        """Return the canonical word, or ``None``."""
        folded = folded_label(text)
        return self._known.get(folded) or self._known.get(
            folded.replace("-", " ").replace("_", " ")
        )

    @property
    def all(self) -> tuple[str, ...]:
        """Return every word that may be written."""
        return tuple(self._known)


SUBJECTS = Words(personne="person", organisme="organisation|organization")
NATURES = Words(
    processus="process",
    visible="",
    ordinaire="ordinary",
    sensible="sensitive",
    propos="spoken",
    fait="fact",
)
QUESTION_KINDS = Words(
    choix="choice",
    ordinal="",
    multiple="",
    nombre="number",
    rang="rank",
    texte="text",
)
METHOD_KINDS = Words(
    sondage="survey", entretien="interview", observation="", groupe="focus-group|focus group"
)
STATES = Words(
    prevue="planned|prévu",
    en_cours="ongoing",
    faite="done|fait",
    sans_objet="not applicable|n/a",
)
ROLES = Words(analyse="analysis", citation="quote|quotes", autre="other")
AGES = Words(
    **{
        "moins_de_14_ans": "under 14|moins de 14",
        "14_à_17_ans": "14 to 17|14 à 17|14 17|14–17",
        "adulte": "adult",
    }
)
ANSWERERS = Words(personne="person|self", parent="tuteur|tutrice|guardian|tutor")
ASSENTS = Words(oui="yes|o|y|1", non="no|n|0", trop_jeune="too young")
THEME_KINDS = Words(discussion="", position="", rang="rank", budget="", projet="project")
POSITIONS = Words(pour="for", nuance="depends|nuancé", contre="against")
MASK_KINDS = Words(
    personne="person", organisme="organisation|organization", lieu="place", autre="other"
)
"""Kinds of the registry of names. A file of candidates may hold any kind a recogniser found."""
DECISIONS = Words(accepter="accept", refuser="refuse", changer="change")
LANES = Words(recherche="research", action="")
VERDICTS = Words(**{"avec prudence": "with care", "non": "no"})
READINGS = Words(cas="case", ensemble="pooled|together")
STATUSES = Words(
    brouillon="draft",
    discute="discussed|discuté",
    valide="validated|validé",
    dispute="disputed|disputé",
)
STABILITIES = Words(arretee="arrested|arrêtée", recalculable="recomputable")
GATE_METHODS = Words(**{"exact-ou-plus-large": "exact-or-coarser", "arrondi": "rounded"})
PARTICIPATIONS = Words(exacte="exact", confidentielle="confidential")
NONE_CHOSEN = frozenset({"aucun", "aucune", "none"})


def read_code(text: str) -> str | None:
    """Return a code in its one form (lower case, ``_`` as ``-``), or ``None`` if it is none."""
    code = text.strip().lower().replace("_", "-")
    return code if _CODE.fullmatch(code) and len(code) <= _LONGEST_CODE else None


def propose_code(text: str) -> str:
    """Return the code a text could have: « Été 2020 » gives ``ete-2020``."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")[:60].rstrip("-")


def column_key(name: str) -> str:
    """Return a column's name as names are compared: « Libellé EN » gives ``libelle_en``."""
    plain = unicodedata.normalize("NFD", name.strip().casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\s\-]+", "_", kept)
