"""Who agrees with whom: positions inside a case, between its groups, and between cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from croisee.crosscase.reading import ENOUGH
from croisee.dataset import Dataset
from croisee.focusgroup import Voice, count_positions
from croisee.focusgroup.positions import POSITIONS, Counts


class Inside(StrEnum):
    """How the people of one case, or of one group, stand together."""

    ALIKE = "d’accord"
    DIVIDED = "partagé"
    SCATTERED = "sans majorité"
    FEW = "trop peu"


class Between(StrEnum):
    """How cases, or the groups of one case, stand beside each other."""

    ALIKE = "même position"
    OPPOSED = "s’opposent"
    DIFFERENT = "différent"
    ALONE = "rien à comparer"


@dataclass(frozen=True, slots=True)
class CaseSides:
    """Where the people of a case stand on one theme.

    ``counts``: people for, nuanced, against. ``leading``: the position of more than half of
    them, or "". ``opposed``: the chance that two of them, drawn together, are one for and one
    against. ``groups``: the counts of each session.
    """

    case: str
    edition: str
    counts: Counts
    leading: str
    inside: Inside
    opposed: Fraction
    groups: tuple[tuple[str, Counts], ...]
    between_groups: Between


@dataclass(frozen=True, slots=True)
class ThemeSides:
    """One position theme of the guide: each case, and the cases beside each other."""

    theme: str
    cases: tuple[CaseSides, ...]
    between: Between


def leading(counts: Counts) -> str:
    """Return the position that more than half of the people hold, or ""."""
    return next((p for p, n in zip(POSITIONS, counts, strict=True) if 2 * n > sum(counts)), "")


def inside(counts: Counts) -> Inside:
    """Return how people stand together.

    Divided: two at least are for and two against, as a theme needs two voices to be present
    (``ENOUGH``). Alike: otherwise, more than half hold one position.

    Example:
        >>> [inside(c).value for c in ((5, 1, 1), (4, 0, 3), (2, 2, 1), (1, 0, 0))]
        ['d’accord', 'partagé', 'sans majorité', 'trop peu']
    """
    if sum(counts) < ENOUGH:
        return Inside.FEW
    if min(counts[0], counts[2]) >= ENOUGH:
        return Inside.DIVIDED
    return Inside.ALIKE if leading(counts) else Inside.SCATTERED


def opposed(counts: Counts) -> Fraction:
    """Return the chance that two people, drawn together, are one for and one against."""
    many = sum(counts)
    return Fraction(2 * counts[0] * counts[2], many * (many - 1)) if many > 1 else Fraction(0)


def between(sides: Sequence[Counts]) -> Between:
    """Return how cases stand beside each other, those of one person left out.

    Opposed: more than half of one are for, more than half of another against. Alike: all have
    the same leading position. Different: anything else.
    """
    leads = [leading(counts) for counts in sides if sum(counts) >= ENOUGH]
    if len(leads) < 2:
        return Between.ALONE
    if {POSITIONS[0], POSITIONS[2]} <= set(leads):
        return Between.OPPOSED
    return Between.ALIKE if len(set(leads)) == 1 and leads[0] else Between.DIFFERENT


def sides(dataset: Dataset) -> tuple[ThemeSides, ...]:
    """Return one reading a position theme, in guide order; editions are never pooled.

    For the team: in a small group it says more than the disclosure rules let be printed.
    """
    return sides_of(
        dataset.rows("positions"),
        [theme.code for theme in sorted(dataset.study.themes, key=lambda t: (t.order, t.code))],
        [case.code for case in dataset.study.cases],
    )


def sides_of(
    rows: Sequence[Mapping[str, str]], themes: Sequence[str], cases: Sequence[str]
) -> tuple[ThemeSides, ...]:
    """Return the sides of the lines of a ``positions`` table; see :func:`sides`."""
    found: dict[tuple[str, str], dict[str, list[Mapping[str, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows:
        found[row["theme"], row["edition"]][row["case"]].append(row)
    return tuple(
        _theme(theme, edition, [(case, held[case]) for case in cases if case in held])
        for theme in themes
        for (asked, edition), held in sorted(found.items(), key=_asked)
        if asked == theme
    )


def _theme(
    theme: str, edition: str, held: Sequence[tuple[str, Sequence[Mapping[str, str]]]]
) -> ThemeSides:
    cases = []
    for case, rows in held:
        counts = _counted(rows)
        sessions = sorted({row["session"] for row in rows})
        groups = tuple(
            (session, _counted([row for row in rows if row["session"] == session]))
            for session in sessions
        )
        cases.append(
            CaseSides(
                case,
                edition,
                counts,
                leading(counts),
                inside(counts),
                opposed(counts),
                groups,
                between([group for _, group in groups]),
            )
        )
    return ThemeSides(theme, tuple(cases), between([case.counts for case in cases]))


def _asked(found: tuple[tuple[str, str], object]) -> tuple[str, str]:
    return found[0]


def _counted(rows: Sequence[Mapping[str, str]]) -> Counts:
    return count_positions(Voice(row["participant"], row["position"]) for row in rows)[0]
