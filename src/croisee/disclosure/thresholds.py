"""Which threshold applies to what, and which policies the gate accepts.

``docs/methods/divulgation.md`` §3.3, §3.14 and §8.
"""

from __future__ import annotations

from collections.abc import Sequence

from croisee.disclosure.manner import RECOMPUTABLE, ROUNDED
from croisee.disclosure.released import PUBLIC, Release
from croisee.language import Phrase, phrase
from croisee.study import Nature, Policy, Subject

ROUNDING_FROM = 200
"""Smallest base that a rounding policy may touch."""
_DEFAULT = Policy()
_FLOORS: dict[str, str] = {
    "t": "t",
    "t_sensitive": "t_sensible",
    "t_organisation_circle": "t_organisme_cercle",
    "t_organisation_public": "t_organisme_public",
    "base_min": "base_min",
    "base_cross": "base_croisement",
    "quotes_min": "citations_min",
    "cover": "couverture",
}


class PolicyRefused(ValueError):
    """The study's disclosure policy cannot be applied; ``reasons`` says why."""

    def __init__(self, reasons: tuple[Phrase, ...]) -> None:
        super().__init__(" ".join(reason.to("fr") for reason in reasons))
        self.reasons = reasons


def circle(case: str) -> str:
    """Return the audience of what one network alone may see."""
    return f"cercle:{case}"


def threshold(policy: Policy, subject: Subject, nature: Nature, audience: str = PUBLIC) -> int:
    """Return the number of units that must be in and out of a printed count."""
    if nature is Nature.SENSITIVE:
        return policy.t_sensitive
    if subject is Subject.ORGANISATION and nature is Nature.FACT:
        public = audience == PUBLIC
        return policy.t_organisation_public if public else policy.t_organisation_circle
    return policy.t


def smallest_base(policy: Policy, t: int) -> int:
    """Return the smallest base of which a number is printed: twice the threshold.

    ``base_min`` holds for people and for the public; a circle's facts about its own
    organisations start at twice their smaller threshold.
    """
    return 2 * t if t < policy.t else max(2 * t, policy.base_min)


def policy_problems(policy: Policy, smallest: int | None = None) -> tuple[Phrase, ...]:
    """Return what keeps a policy from being applied (``smallest``: the smallest base at hand).

    Lowering a threshold below its default asks for a named exception; raising it does not.
    """
    waived = {waiver.about for waiver in policy.exceptions}
    problems = []
    for name, key in _FLOORS.items():
        if getattr(policy, name) < getattr(_DEFAULT, name) and key not in waived:
            problems.append(_lowered(key, getattr(_DEFAULT, name)))
    if policy.quotes_max > _DEFAULT.quotes_max and "citations_max" not in waived:
        problems.append(
            phrase(
                "« citations_max » dépasse {most} : une exception nommée et datée est nécessaire.",
                most=_DEFAULT.quotes_max,
            )
        )
    if policy.base_min < 2 * policy.t:
        problems.append(
            phrase("« base_min » doit valoir au moins le double de « t » ({t}).", t=policy.t)
        )
    if policy.t_sensitive < policy.t:
        problems.append(
            phrase(
                "« t_sensible » est plus petit que « t » ({t}) : une question délicate serait "
                "moins protégée qu’une autre.",
                t=policy.t,
            )
        )
    return (*problems, *_method_problems(policy, smallest))


def too_late(policy: Policy, sealed: Sequence[Release]) -> tuple[Phrase, ...]:
    """Return what keeps a stability chosen after a first release from being applied (§7.3).

    Ten printed, then « la moitié ou plus » no more, proves that the one who left was among the
    ten: exact first and coarser afterwards is refused.
    """
    before = [r.code for r in sealed if r.study.policy.stability != RECOMPUTABLE]
    if policy.stability != RECOMPUTABLE or not before:
        return ()
    return (
        phrase(
            "La stabilité « recalculable » se choisit avant la première diffusion : {code} est "
            "déjà sortie avec des nombres exacts.",
            code=before[0],
        ),
    )


def _lowered(key: str, usual: int) -> Phrase:
    return phrase(
        "« {key} » est plus petit que {usual} : une exception nommée et datée est nécessaire.",
        key=key,
        usual=usual,
    )


def _method_problems(policy: Policy, smallest: int | None) -> tuple[Phrase, ...]:
    problems = []
    if policy.method == ROUNDED:
        if smallest is not None and smallest < ROUNDING_FROM:
            problems.append(
                phrase(
                    "La méthode « arrondi » est refusée sous {base} réponses : "
                    "une base en compte {n}.",
                    base=ROUNDING_FROM,
                    n=smallest,
                )
            )
    elif policy.method != _DEFAULT.method:
        problems.append(phrase("La méthode « {method} » n’existe pas.", method=policy.method))
    if policy.stability not in {_DEFAULT.stability, RECOMPUTABLE}:
        problems.append(phrase("La stabilité « {name} » n’existe pas.", name=policy.stability))
    return tuple(problems)
