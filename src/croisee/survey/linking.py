"""A code made by the person herself links her answers over editions, without her identity.

See ``docs/methods/code-personnel.md``: what is asked, how codes are compared, sources, limits.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from croisee.language import Phrase, phrase

TOLERATED = 1
"""Parts that may differ between two codes of one person (Schnell, Bachteler and Reiher 2010)."""
_MARK_BYTES = 8
_ABSENT = "—"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the code: what is asked, and how its answer is written.

    ``letters`` first letters or ``digits`` digits are kept (one of the two is zero).
    """

    code: str
    asked: Phrase
    letters: int = 0
    digits: int = 0


PARTS: tuple[Part, ...] = (
    Part(
        "prenom",
        phrase("Les deux premières lettres du prénom de votre mère, ou de qui en tient lieu."),
        letters=2,
    ),
    Part("jour", phrase("Le jour du mois de votre naissance, en deux chiffres."), digits=2),
    Part("lieu", phrase("Les deux premières lettres de la ville de votre naissance."), letters=2),
    Part("ecole", phrase("Les deux premières lettres de votre première école."), letters=2),
    Part(
        "aines",
        phrase("Combien de sœurs et de frères sont nés avant vous ?"),
        digits=1,
    ),
)
"""What the code is made of: facts that do not change, that colleagues rarely know."""

Code = tuple[str, ...]
"""The parts of a code, written alike: ``("MA", "07", "QU", "SA", "2")``; a part may be empty."""
Sealed = tuple[str, ...]
"""The same, each part under the study's key: equal parts are equal, and nothing reads back."""


def written(answers: Sequence[str], parts: Sequence[Part] = PARTS) -> Code:
    """Return a code written alike whoever types it: capitals, no accent, no sign, padded digits.

    Letters beyond those asked are dropped; an answer with no letter or digit is an empty part.
    Raises ``ValueError`` unless there is one answer a part.

    Example:
        >>> written(("é.lise", "7", "St-Jérôme", "l’Envol", "0"))
        ('EL', '07', 'ST', 'LE', '0')
    """
    return tuple(_written(answer, part) for answer, part in zip(answers, parts, strict=True))


def sealed(code: Code, key: bytes) -> Sealed:
    """Return a code under the study's key, part by part; an empty part stays empty.

    HMAC-SHA-256 of the part's place and text, 64 bits. A part has few possible values: whoever
    has the key can find it again. The key stays with the study's register, and codes without
    their key are what an analysis reads.
    """
    return tuple(_sealed(place, part, key) for place, part in enumerate(code))


@dataclass(frozen=True, slots=True)
class Links:
    """Answers of two editions put together: pairs of respondents, exact then near.

    ``doubtful`` counts respondents of the first edition who had several equal candidates, or
    whose candidate had: none of them is linked.
    """

    exact: tuple[tuple[str, str], ...]
    near: tuple[tuple[str, str], ...]
    doubtful: int

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return every pair, in the first edition's order of respondents."""
        return tuple(sorted((*self.exact, *self.near)))


def link(
    before: Mapping[str, Sealed], after: Mapping[str, Sealed], tolerated: int = TOLERATED
) -> Links:
    """Link respondents of two editions whose codes agree, one to one.

    Exact codes first, then codes that differ in at most ``tolerated`` parts. A pair is made only
    when each is the other's one candidate at that distance: of two people with one code,
    nobody is linked. A code with more than ``tolerated`` empty parts is left out.
    """
    left = {name: code for name, code in before.items() if _usable(code, tolerated)}
    right = {name: code for name, code in after.items() if _usable(code, tolerated)}
    found: dict[int, list[tuple[str, str]]] = {}
    doubtful: set[str] = set()
    for distance in range(tolerated + 1):
        pairs = _candidates(left, right, distance)
        ahead, back = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
        sure = [(a, b) for a, b in pairs if ahead[a] == back[b] == 1]
        unsure = [(a, b) for a, b in pairs if (a, b) not in set(sure)]
        found[distance] = sure
        doubtful |= {a for a, _ in unsure}
        for a, b in (*sure, *unsure):
            left.pop(a, None)
            right.pop(b, None)
    near = [pair for distance, pairs in found.items() if distance for pair in pairs]
    return Links(tuple(sorted(found[0])), tuple(sorted(near)), len(doubtful))


@dataclass(frozen=True, slots=True)
class Collisions:
    """How many pairs of different people are expected to share a code by chance.

    ``alike``: with the same code, inside the first edition. ``false_links``: one of each
    edition, different people, codes close enough to be linked.
    """

    alike: float
    false_links: float


def expected_collisions(
    before: Iterable[Sealed], after: Iterable[Sealed], tolerated: int = TOLERATED
) -> Collisions:
    """Return the collisions chance alone would give, from how common each part's values are.

    Two people share part k with probability qₖ = Σᵥ pₖᵥ² (estimated without bias from the codes
    seen, both editions together); parts are taken as independent. Raises ``ValueError`` with
    fewer than two codes.
    """
    first, second = list(before), list(after)
    everybody = [*first, *second]
    if len(everybody) < 2:
        raise ValueError("two codes at least")
    shares = [_shared([code[k] for code in everybody]) for k in range(len(everybody[0]))]
    within = _at_most(shares, 0) * len(first) * (len(first) - 1) / 2
    return Collisions(within, _at_most(shares, tolerated) * len(first) * len(second))


def _written(answer: str, part: Part) -> str:
    bare = unicodedata.normalize("NFKD", answer).upper().replace("Œ", "OE").replace("Æ", "AE")
    if part.digits:
        digits = "".join(one for one in bare if one in "0123456789")
        return digits.lstrip("0").rjust(part.digits, "0")[-part.digits :] if digits else ""
    return "".join(one for one in bare if "A" <= one <= "Z")[: part.letters]


def _sealed(place: int, part: str, key: bytes) -> str:
    if not part:
        return ""
    mark = hmac.new(key, f"croisee code\0{place}\0{part}".encode(), sha256)
    return mark.digest()[:_MARK_BYTES].hex()


def _usable(code: Sealed, tolerated: int) -> bool:
    return sum(not part for part in code) <= tolerated


def _candidates(
    left: Mapping[str, Sealed], right: Mapping[str, Sealed], distance: int
) -> list[tuple[str, str]]:
    """Return every pair at exactly this distance, found through the parts they share."""
    if distance == 0:
        same: dict[Sealed, list[str]] = {}
        for name, code in right.items():
            same.setdefault(code, []).append(name)
        return [(a, b) for a, code in left.items() if all(code) for b in same.get(code, ())]
    by_part: dict[tuple[int, str], set[str]] = {}
    for name, code in right.items():
        for place, part in enumerate(code):
            if part:
                by_part.setdefault((place, part), set()).add(name)
    found = []
    for a, code in left.items():
        near = Counter(
            b for place, part in enumerate(code) if part for b in by_part.get((place, part), ())
        )
        found += [(a, b) for b, shared in sorted(near.items()) if len(code) - shared == distance]
    return found


def _shared(values: Sequence[str]) -> float:
    """Return the chance that two people share a part: Simpson's index, without bias."""
    seen = Counter(value or _ABSENT for value in values)
    n = len(values)
    return sum(count * (count - 1) for count in seen.values()) / (n * (n - 1))


def _at_most(shares: Sequence[float], differing: int) -> float:
    """Return the chance that at most so many parts differ (Poisson-binomial, by recurrence)."""
    chances = [1.0] + [0.0] * differing
    for share in shares:
        chances = [
            share * chances[k] + ((1 - share) * chances[k - 1] if k else 0.0)
            for k in range(differing + 1)
        ]
    return sum(chances)
