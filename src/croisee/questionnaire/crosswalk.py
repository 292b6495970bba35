"""What two versions of a questionnaire have in common, and what may be compared.

The rules and their sources: ``docs/methods/questionnaires.md`` §2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from croisee.formats.xlsform import Workbook
from croisee.language import Label, Phrase, phrase, phrases
from croisee.questionnaire.asked import Asked, Choice, Sort
from croisee.questionnaire.codebook import code_of
from croisee.questionnaire.editing import questions_of
from croisee.questionnaire.plain import words_of
from croisee.text import fold

ALIKE = 0.8
"""Share of words in common from which two wordings may be one question, nothing else said."""
SAME_SUBJECT = 0.5
"""Share of words in common under which a wording asks something else."""
_NOT_ASKED = frozenset({Sort.NOTE, Sort.SECTION, Sort.CONSENT})
_ONE_OF = frozenset({Sort.SINGLE, Sort.SCALE, Sort.POSITION})
_CHOSEN = _ONE_OF | {Sort.MULTIPLE, Sort.RANKING, Sort.BUDGET}
_WHOLE = frozenset({Sort.SCALE, Sort.POSITION, Sort.RANKING, Sort.BUDGET})
"""Sorts whose choices are one measure: one more or one less changes it."""
_NUMBERS = frozenset({Sort.INTEGER, Sort.DECIMAL})


class Verdict(StrEnum):
    """What may be done with the answers of two versions of a question."""

    COMPARABLE = "comparable"
    WITH_CARE = "avec prudence"
    NO = "non"


_ORDER = tuple(Verdict)
Reason = tuple[Verdict, Phrase]


@dataclass(frozen=True, slots=True)
class Match:
    """A question of the old version and the new one, or one of them alone (``None``).

    ``reasons`` say everything that changed that matters to a comparison.
    """

    old: Asked | None
    new: Asked | None
    verdict: Verdict
    reasons: tuple[Phrase, ...] = ()

    @property
    def why(self) -> Phrase:
        """The reasons in one text, empty when nothing changed."""
        said = self.reasons[0] if self.reasons else Phrase("")
        for reason in self.reasons[1:]:
            said = phrase("{first} {second}", first=said, second=reason)
        return said


def compare(old: Workbook, new: Workbook) -> tuple[Match, ...]:
    """Return each question of two versions, in the order of the new one, then what is gone.

    Questions are matched by identity, then by name where half of the words are there, then by
    wording alone, which calls for care. One is matched once. Notes, sections and consents are
    not compared.
    """
    before, after = _asked(old), _asked(new)
    pairs = _pairs(before, after)
    found = []
    for place, one in enumerate(after):
        if place in pairs:
            origin, certain = pairs[place]
            found.append(_judged(before[origin], one, certain=certain))
        else:
            found.append(Match(None, one, Verdict.NO, (phrase("La question est nouvelle."),)))
    kept = {origin for origin, _ in pairs.values()}
    gone = (phrase("La question n’est plus posée."),)
    found += [
        Match(one, None, Verdict.NO, gone) for place, one in enumerate(before) if place not in kept
    ]
    return tuple(found)


def _asked(book: Workbook) -> list[Asked]:
    return [one for one in questions_of(book) if one.sort not in _NOT_ASKED]


def _pairs(before: list[Asked], after: list[Asked]) -> dict[int, tuple[int, bool]]:
    """Return, by place in the new version, the place in the old one, and if it is certain."""
    found: dict[int, tuple[int, bool]] = {}
    left = dict(enumerate(before))

    def take(old: int, new: int, *, certain: bool) -> None:
        found[new] = (old, certain)
        del left[old]

    identities = {one.identity: place for place, one in enumerate(before) if one.identity}
    for place, new in enumerate(after):
        if new.identity in identities:
            take(identities.pop(new.identity), place, certain=True)
    names = {one.name: place for place, one in left.items() if one.name}
    for place, new in enumerate(after):
        old = names.get(new.name, -1)
        if place not in found and old in left and _share(left[old], new) >= SAME_SUBJECT:
            take(old, place, certain=True)
    ranked = sorted(
        (-share, abs(old - place), old, place)
        for place, new in enumerate(after) if place not in found
        for old, other in left.items()
        if other.sort is new.sort and (share := _share(other, new)) >= ALIKE
    )  # fmt: skip
    for _, _, old, place in ranked:
        if old in left and place not in found:
            take(old, place, certain=False)
    return found


def _share(old: Asked, new: Asked) -> float:
    """Return how alike two questions are worded; two identities are never one question."""
    if old.identity and new.identity and old.identity != new.identity:
        return 0.0
    return likeness(old.label, new.label)


def likeness(old: Label, new: Label) -> float:
    """Return the share of words that two texts have in common, in order: 1 for the same words.

    Twice the longest run of common words, over the words of both. Accents, case and punctuation
    do not count. English is read where one of them has no French.

    Example:
        >>> round(likeness(Label("Avez-vous une aide ?"), Label("Avez-vous une aide, ici ?")), 2)
        0.86
    """
    in_french = bool(old.fr and new.fr)
    texts = (one.fr if in_french else one.en or one.fr for one in (old, new))
    first, second = (_words(text) for text in texts)
    total = len(first) + len(second)
    if not total:
        return 1.0
    at_best = 2 * (Counter(first) & Counter(second)).total() / total
    return 2 * _in_common(first, second) / total if at_best >= SAME_SUBJECT else at_best


@lru_cache(maxsize=10_000)
def _words(text: str) -> tuple[str, ...]:
    kept = ("".join(sign for sign in fold(word) if sign.isalnum()) for word in words_of(text))
    return tuple(word for word in kept if word)


def _in_common(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(second) + 1)
    for word in first:
        before = 0
        for place, other in enumerate(second, 1):
            above = row[place]
            row[place] = before + 1 if word == other else max(above, row[place - 1])
            before = above
    return row[-1]


def _judged(old: Asked, new: Asked, *, certain: bool) -> Match:
    reasons = [*_reasons(old, new)]
    if not certain:
        said = phrase("Seuls les mots disent que c’est la même question.")
        reasons.append((Verdict.WITH_CARE, said))
    worst = max((verdict for verdict, _ in reasons), key=_ORDER.index, default=Verdict.COMPARABLE)
    return Match(old, new, worst, tuple(said for _, said in reasons))


def _reasons(old: Asked, new: Asked) -> Iterator[Reason]:
    yield from _type(old, new)
    yield from _wording(old, new)
    if {old.sort, new.sort} <= _CHOSEN:
        yield from _choices(old, new)
    yield from _asking(old, new)
    if old.total != new.total:
        yield Verdict.NO, phrase("La somme à partager a changé.")
    if old.said("unite") != new.said("unite"):
        yield Verdict.NO, phrase("L’unité a changé.")
    if _missing(old) != _missing(new):
        yield Verdict.WITH_CARE, phrase("Les réponses « je ne sais pas » ou semblables ont changé.")


def _type(old: Asked, new: Asked) -> Iterator[Reason]:
    if old.sort is new.sort and (old.sort is not Sort.OTHER or old.type == new.type):
        return
    sorts = {old.sort, new.sort}
    if sorts in (_NUMBERS, {Sort.SINGLE, Sort.SCALE}):
        yield Verdict.WITH_CARE, phrase("On y répond d’une façon voisine.")
    else:
        yield Verdict.NO, phrase("On n’y répond plus de la même façon.")


def _wording(old: Asked, new: Asked) -> Iterator[Reason]:
    share = likeness(old.label, new.label)
    if share < 1:
        yield (
            Verdict.WITH_CARE if share >= SAME_SUBJECT else Verdict.NO,
            phrase("La question est dite autrement : {percent} % de mots communs.",
                   percent=min(99, int(100 * share))),
        )  # fmt: skip
    if likeness(old.hint, new.hint) < 1:
        yield Verdict.WITH_CARE, phrase("La consigne a changé.")


def _asking(old: Asked, new: Asked) -> Iterator[Reason]:
    """Yield what changed in who is asked, and in what is accepted."""
    if old.relevant != new.relevant:
        yield Verdict.WITH_CARE, phrase("Elle n’est plus posée aux mêmes personnes.")
    if old.required != new.required:
        yield Verdict.WITH_CARE, phrase("On ne peut plus, ou on peut maintenant, la passer.")
    if old.constraint != new.constraint and old.sort is not Sort.BUDGET:
        yield Verdict.WITH_CARE, phrase("Les réponses acceptées ont changé.")


def _missing(one: Asked) -> set[str]:
    return {code_of(code) for code in one.said("sans_reponse").split("|") if code}


def _choices(old: Asked, new: Asked) -> Iterator[Reason]:
    """Yield what changed in the choices; « je ne sais pas » is none of them."""
    before, after = _offered(old), _offered(new)
    same = _same_choices(before, after)
    added = [one for place, one in enumerate(after) if place not in same]
    removed = [one for place, one in enumerate(before) if place not in same.values()]
    worst = Verdict.NO if {old.sort, new.sort} & _WHOLE else Verdict.WITH_CARE
    if added:
        yield (
            worst,
            phrases("Un choix est ajouté : {names}.", "{n} choix sont ajoutés : {names}.",
                    len(added), names=_named(added)),
        )  # fmt: skip
    if removed:
        yield (
            worst,
            phrases("Un choix est retiré : {names}.", "{n} choix sont retirés : {names}.",
                    len(removed), names=_named(removed)),
        )  # fmt: skip
    yield from _order(old, new, list(same.values()))
    for place, origin in same.items():
        if likeness(before[origin].label, after[place].label) < 1:
            yield (
                Verdict.WITH_CARE,
                phrase("« {old} » est devenu « {new} ».", old=before[origin].label,
                       new=after[place].label),
            )  # fmt: skip


def _offered(one: Asked) -> list[Choice]:
    missing = _missing(one)
    return [choice for choice in one.choices if code_of(choice.code) not in missing]


def _same_choices(before: list[Choice], after: list[Choice]) -> dict[int, int]:
    """Return, by place in the new list, the place in the old one: by code, then by label."""
    codes = {choice.code: place for place, choice in enumerate(before)}
    same = {place: codes[one.code] for place, one in enumerate(after) if one.code in codes}
    for place, one in enumerate(after):
        if place not in same:
            free = (at for at, other in enumerate(before) if at not in same.values()
                    and likeness(one.label, other.label) == 1)  # fmt: skip
            origin = next(free, None)
            if origin is not None:
                same[place] = origin
    return dict(sorted(same.items()))


def _order(old: Asked, new: Asked, places: list[int]) -> Iterator[Reason]:
    if places == sorted(places) or Sort.BUDGET in {old.sort, new.sort}:
        return
    if Sort.SCALE not in {old.sort, new.sort}:
        yield Verdict.WITH_CARE, phrase("Les choix sont dans un autre ordre.")
    elif places == sorted(places, reverse=True):
        yield Verdict.WITH_CARE, phrase("L’échelle est à l’envers.")
    else:
        yield Verdict.NO, phrase("Les degrés de l’échelle sont dans un autre ordre.")


def _named(choices: list[Choice]) -> str:
    return ", ".join(f"« {choice.label.fr or choice.code} »" for choice in choices)
