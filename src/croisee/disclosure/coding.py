"""Codes by case, the reading across cases, and technologies named (§3.5, §3.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from croisee.disclosure.released import Cell, Event, Head, Kind, ReleasedTable, Word
from croisee.disclosure.shapes import (
    TOO_FEW,
    bases_of,
    case_head,
    explained,
    label_of,
    masks_of,
)
from croisee.disclosure.values import Mask, exact, two_sided
from croisee.disclosure.work import Work
from croisee.language import Label, Phrase, phrase
from croisee.study import Nature
from croisee.tables import (
    Base,
    Code,
    CodeCaseTable,
    CodePresence,
    CrossCaseReading,
    LandscapeTable,
    Mention,
)

_HALF = Decimal("0.5")
_VERDICTS = {
    "converge": "converge",
    "diverge": "diverge",
    "only-here": "ici-seulement",
    "silent": "silence",
}
STUDY_COLUMN = "etude"
"""Column of what is said of the whole study, without a network."""


def release_codes(key: str, raw: CodeCaseTable, work: Work) -> list[ReleasedTable]:
    """Release codes × cases: a dash, « exprimé », a number, « par presque tout le monde ».

    A delicate code is read for the whole study only, from twenty people, ten on both sides.
    """
    columns: list[Head] = []
    for base in raw.bases:
        head = case_head(work.study, base.cases)
        passages = label_of(phrase("passages"))
        columns += [head, Head(f"{head.key}.passages", passages, head.label)]
    cells = [
        _line(code, line, raw.bases, work) for code, line in zip(raw.codes, raw.cells, strict=True)
    ]
    whole = [
        _whole_study(code, line, raw, work) for code, line in zip(raw.codes, raw.cells, strict=True)
    ]
    bases = list(raw.bases)
    if any(whole):
        columns.append(Head(STUDY_COLUMN, label_of(phrase("Toute l’étude"))))
        cells = [(*line, cell) for line, cell in zip(cells, whole, strict=True)]
        bases.append(_study_base(raw.bases))
    masks = [Mask.SENSITIVE] if any(code.sensitive for code in raw.codes) else []
    t = work.policy.t
    if all(t <= base.n < work.smallest_base(t) for base in raw.bases):
        masks.append(Mask.WORDS)
    return [
        ReleasedTable(
            code="",
            key=key,
            kind=Kind.CODE_CASE,
            title=label_of(_title(raw)),
            rows=tuple(_row(code, work) for code in raw.codes),
            columns=tuple(columns),
            cells=tuple(cells),
            bases=bases_of(bases),
            nature=Nature.SPOKEN,
            masks=masks_of(cells, masks),
        )
    ]


def _title(raw: CodeCaseTable) -> Phrase:
    alone = len(raw.bases) == 1
    return phrase("Ce qui a été dit") if alone else phrase("Ce qui a été dit, par réseau")


def people(presence: CodePresence, base: Base, t: int, least: int, code: str) -> Cell:
    """Return how many of those interviewed in a case voiced a code (§3.8)."""
    n, x = base.n, presence.people
    if n < t:
        return TOO_FEW
    event = (Event(code, ("oui",)),)
    if not x:
        return Cell(Word("silence"), base.id, event)
    if n >= least and x > n - t:
        return Cell(Word("presque-tous"), base.id, event)
    if n >= least and x >= t:
        return Cell(replace(exact(x, n), t=t), base.id, event)
    return Cell(Word("exprime"), base.id, event)


def _line(
    code: Code, line: Sequence[CodePresence], bases: Sequence[Base], work: Work
) -> tuple[Cell | None, ...]:
    cells: list[Cell | None] = []
    t = work.policy.t
    for presence, base in zip(line, bases, strict=True):
        if code.sensitive:
            cells += [None, None]
            continue
        cell = people(presence, base, t, work.smallest_base(t), code.code)
        counted = not isinstance(cell.value, Word) and presence.largest_share <= _HALF
        cells += [cell, Cell(exact(presence.passages), base.id) if counted else None]
    return tuple(cells)


def _whole_study(
    code: Code, line: Sequence[CodePresence], raw: CodeCaseTable, work: Work
) -> Cell | None:
    base, t = _study_base(raw.bases), work.policy.t_sensitive
    if not code.sensitive or base.n < 2 * t:
        return None
    x = sum(presence.people for presence in line)
    value = explained(two_sided(x, base.n, t), base.subject, Nature.SENSITIVE)
    return Cell(value, base.id, (Event(code.code, ("oui",)),))


def _study_base(bases: Sequence[Base]) -> Base:
    first = bases[0]
    cases = tuple(dict.fromkeys(case for base in bases for case in base.cases))
    return replace(first, cases=cases, n=sum(base.n for base in bases), frame=None)


def _row(code: Code, work: Work) -> Head:
    parent = work.code_label(code.parent) if code.parent else Label("")
    return Head(code.code, code.label, parent)


def release_reading(key: str, raw: CrossCaseReading, work: Work) -> list[ReleasedTable]:
    """Release the verdict on each code across cases, and where it was said.

    Delicate codes are left out. Nothing is read across cases when one of them has fewer
    than five people interviewed: its silence or its voice would be theirs.
    """
    small = [case for case in raw.cases if 0 < work.interviewed(case) < work.policy.t]
    if small:
        work.refuse(
            key,
            "§3.1",
            phrase(
                "Moins de {t} personnes ont parlé dans {cases} : la lecture croisée n’est pas "
                "montrée. Réunissez ce réseau à un autre.",
                t=work.policy.t,
                cases=", ".join(small),
            ),
        )
        return []
    kept = [place for place, code in enumerate(raw.codes) if not code.sensitive]
    cells = []
    for place in kept:
        said = set(raw.present[place])
        verdict = Cell(Word(_VERDICTS.get(raw.verdicts[place], raw.verdicts[place])))
        found = (Cell(Word("present" if case in said else "silence")) for case in raw.cases)
        cells.append((verdict, *found))
    return [
        ReleasedTable(
            code="",
            key=key,
            kind=Kind.CROSS_CASE,
            title=label_of(phrase("Ce qui se rejoint et ce qui diffère entre réseaux")),
            rows=tuple(_row(raw.codes[place], work) for place in kept),
            columns=(
                Head("verdict", label_of(phrase("Lecture"))),
                *(case_head(work.study, (case,)) for case in raw.cases),
            ),
            cells=tuple(cells),
            bases=(),
            nature=Nature.SPOKEN,
        )
    ]


def release_landscape(key: str, raw: LandscapeTable, work: Work) -> list[ReleasedTable]:
    """Release technologies: by case when five people named one (or it is common), else once.

    Nothing of a network where fewer than five people were met, nor of a study of so few (§3.1).
    """
    met = [_met(base, work) for base in raw.bases]
    if sum(met) < work.policy.t:
        work.refuse(key, "§3.1", phrase("Trop peu de réponses pour montrer un résultat."))
        return []
    named = [mention for mention in raw.mentions if sum(mention.people)]
    groups = dict(raw.groups)
    order = {code: place for place, (code, _) in enumerate(raw.groups)}
    named.sort(key=lambda m: (order.get(m.group, len(order)), m.name.fr))
    cells = tuple(
        (
            *(
                Cell(Word("present"), base.id) if _listed(mention, x, n, work) else None
                for x, n, base in zip(mention.people, met, raw.bases, strict=True)
            ),
            Cell(Word("present")),
        )
        for mention in named
    )
    return [
        ReleasedTable(
            code="",
            key=key,
            kind=Kind.LANDSCAPE,
            title=label_of(phrase("Technologies nommées")),
            rows=tuple(
                Head(mention.name.fr, mention.name, groups.get(mention.group, Label("")))
                for mention in named
            ),
            columns=(
                *(case_head(work.study, base.cases) for base in raw.bases),
                Head(STUDY_COLUMN, label_of(phrase("Toute l’étude"))),
            ),
            cells=cells,
            bases=bases_of(raw.bases),
            nature=Nature.SPOKEN,
        )
    ]


def _met(base: Base, work: Work) -> int:
    """Return how many people were met in a case: those who named something, or more."""
    return max(base.n, *(work.interviewed(case) for case in base.cases))


def _listed(mention: Mention, x: int, met: int, work: Work) -> bool:
    if met < work.policy.t:
        return False
    return x >= work.policy.t or (mention.common and x > 0)
