"""What the audit says: breaches, what it could not decide, what proved the rest safe."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from croisee.language import Phrase, phrase
from croisee.study import Nature


class Step(StrEnum):
    """What certified a target (``docs/methods/divulgation.md`` §6.5)."""

    STAR = "etoile"
    RELEASED = "publie"
    SWAPS = "echanges"
    INNER = "interieur"
    OUTER = "exterieur"
    SEALED = "deja-scelle"


class Harm(StrEnum):
    """Why a target is a breach (§6.3)."""

    PROVEN = "petit-et-prouve"
    NARROW = "trop-etroit"
    EVERYBODY = "personne-ou-tout-le-monde"
    DIFFERENCE = "difference"
    DOMINANCE = "dominance"


class Doubt(StrEnum):
    """Why a target could not be decided."""

    NO_WORLD = "ni-faille-ni-monde-temoin"
    NO_ANSWER = "contradiction-ou-temps-ecoule"
    CROSSED_CHOICES = "choix-multiples-croises"
    NO_RECORDS = "croisement-sans-donnees"
    UNKNOWN_SIZES = "tailles-inconnues"


@dataclass(frozen=True, slots=True)
class Target:
    """A group of units and an answer: how many of the one gave the other?

    ``group`` reads like the base it belongs to; a visible level is added in brackets.
    """

    question: str
    level: str
    group: str
    size: int

    def __str__(self) -> str:
        return f"{self.question}={self.level} | {self.group}"


@dataclass(frozen=True, slots=True)
class Breach:
    """A target known too well, and the tables that make it so (``release:key``)."""

    target: Target
    low: int
    high: int
    t: int
    harm: Harm
    tables: tuple[str, ...]

    def says(self) -> Phrase:
        """Return the breach in words, for the team: it names raw values."""
        return phrase(
            "{target} : on devine {low} à {high} sur {size}, avec les tableaux {tables}.",
            target=str(self.target),
            low=self.low,
            high=self.high,
            size=self.target.size,
            tables=", ".join(self.tables),
        )


@dataclass(frozen=True, slots=True)
class Undecided:
    """A target neither broken nor certified: refused like a breach."""

    target: Target
    why: Doubt
    tables: tuple[str, ...]

    def says(self) -> Phrase:
        """Return the refusal in words, for the team."""
        return phrase(
            "On ne peut ni deviner ni protéger {target} : tableaux {tables}.",
            target=str(self.target),
            tables=", ".join(self.tables),
        )


@dataclass(slots=True)
class AuditReport:
    """What the attacker tried and found. Team only: it names the weak places.

    ``certified`` counts targets by the step that proved them safe; ``programs`` counts the
    integer programs solved, ``seconds_each`` the limit given to each.
    """

    releases: tuple[str, ...]
    breaches: list[Breach] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    certified: Counter[str] = field(default_factory=Counter)
    programs: int = 0
    seconds_each: float = 2.0

    @property
    def passed(self) -> bool:
        """Return whether everything audited may be sealed."""
        return not self.breaches and not self.undecided

    def to_json(self) -> dict[str, object]:
        """Return the report as plain values, in a stable order, for ``equipe/audit.json``."""
        return {
            "format": "croisee-audit/1",
            "diffusions": list(self.releases),
            "conclusion": "aucune-faille" if self.passed else "refus",
            "failles": [_breach(breach) for breach in self.breaches],
            "indecis": [
                {"cible": _target(u.target), "motif": u.why.value, "tableaux": list(u.tables)}
                for u in self.undecided
            ],
            "avertissements": sorted(self.warnings),
            "cibles-certifiees": {
                step.value: self.certified[step.value]
                for step in Step
                if self.certified[step.value]
            },
            "programmes": self.programs,
            "limite-secondes": self.seconds_each,
        }


def _target(target: Target) -> dict[str, object]:
    return {
        "question": target.question,
        "reponse": target.level,
        "groupe": target.group,
        "taille": target.size,
    }


def _breach(breach: Breach) -> dict[str, object]:
    return {
        "cible": _target(breach.target),
        "au-moins": breach.low,
        "au-plus": breach.high,
        "seuil": breach.t,
        "nature": breach.harm.value,
        "tableaux": list(breach.tables),
    }


def judge(low: int, high: int, size: int, t: int, nature: Nature) -> Harm | None:
    """Say whether knowing that ``low`` to ``high`` units of ``size`` gave an answer harms (§6.3).

    The test is on what is known, not on the truth: a refusal that depended on the true cell
    would tell something of it. What was said aloud (``propos``) may be small.

    Example:
        >>> judge(3, 3, 28, 5, Nature.ORDINARY).value, judge(0, 4, 28, 5, Nature.ORDINARY)
        ('petit-et-prouve', None)
    """
    if size == 0:
        return None
    if high == 0 or low == size:
        return None if nature is Nature.SPOKEN else Harm.EVERYBODY
    if low >= 1 and high < t:
        return None if nature is Nature.SPOKEN else Harm.PROVEN
    if size < t:
        return None if low <= 0 and high >= size else Harm.NARROW
    narrow = high - low + 1 < t and (low < t or high > size - t)
    return Harm.NARROW if narrow else None


def enough(low: int, high: int, size: int, t: int) -> bool:
    """Return whether worlds with every value from ``low`` to ``high`` prove a target safe."""
    if size < t:
        return low <= 0 and high >= size
    return high - low + 1 >= t
