"""Small pieces every rule builds its released tables with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from croisee.disclosure.manner import Manner
from croisee.disclosure.released import Cell, Event, Head, Percent, ReleasedBase, Word
from croisee.disclosure.values import Chiffre, Form, Mask, halves, two_sided
from croisee.language import Label, Language, Phrase, phrase
from croisee.study import Nature, Study, Subject
from croisee.tables import Base
from croisee.text import are_ranges, inside_sentence

CellRow = tuple[Cell | None, ...]
TOO_FEW = Cell(Word("trop-peu", Mask.TOO_FEW))
"""What a case of too small a base shows."""


def label_of(words: Phrase) -> Label:
    """Return a phrase of ours as a label in both languages."""
    return Label(words.to("fr"), words.to("en"))


def one_of(parts: Sequence[Label], *, scale: bool = False) -> Label:
    """Return merged answers as one label: « a, b ou c » ; ranges of numbers, « a, b, ou c ».

    ``scale``: they are the degrees of one scale, which lose their capitals inside the label.
    """
    if len(parts) == 1:
        return parts[0]

    def said(language: Language) -> str:
        opening, *others = (part.to(language) for part in parts)
        *first, last = (opening, *(inside_sentence(part, degree=scale) for part in others))
        listed = ", ".join(first)
        if are_ranges((*first, last)):
            return phrase("{first}, ou {last}", first=listed, last=last).to(language)
        return phrase("{first} ou {last}", first=listed, last=last).to(language)

    return Label(said("fr"), said("en"))


def everybody() -> Head:
    """Return the single column of a table read for all cases together."""
    return Head("ensemble", label_of(phrase("Ensemble")))


def case_head(study: Study, cases: Sequence[str]) -> Head:
    """Return the column (or row) of one case, or of several shown together."""
    labels = [study.case(code).short for code in cases]
    if len(labels) == 1:
        return Head(cases[0], labels[0])
    fr = " + ".join(label.fr for label in labels)
    en = " + ".join(label.to("en") for label in labels)
    return Head("+".join(cases), Label(fr, en))


def column_of(study: Study, base: Base) -> Head:
    """Return the column of a base: its case, or « Ensemble » when it counts several."""
    alone = len(base.cases) == 1 and len(study.cases) > 1
    return case_head(study, base.cases) if alone else everybody()


def source_label(study: Study, source: str, edition: str) -> Label:
    """Return where numbers come from: the questionnaire's or method's name, and the edition's."""
    names = [i.name for i in study.instruments if i.code == source]
    names += [m.name for m in study.methods if m.code == source]
    waves = [e.name for e in study.editions if e.code == edition]
    parts = [*names[:1], *waves[:1]]
    return Label(", ".join(part.fr for part in parts), ", ".join(part.to("en") for part in parts))


def released_base(base: Base) -> ReleasedBase:
    """Return a base as readers may know it."""
    return ReleasedBase(
        base.id,
        base.source,
        base.edition,
        base.cases,
        base.subject,
        base.n,
        base.frame,
        base.within,
    )


def bases_of(bases: Iterable[Base]) -> tuple[ReleasedBase, ...]:
    """Return several bases, each once."""
    return tuple({base.id: released_base(base) for base in bases}.values())


def explained(value: Chiffre, subject: Subject, nature: Nature) -> Chiffre:
    """Return a count with the mask that fits its unit and its question."""
    if value.form is not Form.FEWER_THAN:
        return value
    if nature is Nature.SENSITIVE:
        return replace(value, mask=Mask.SENSITIVE)
    if subject is Subject.ORGANISATION:
        return replace(value, mask=Mask.ORGANISATIONS)
    return value


def counted(x: int, base: Base, t: int, nature: Nature, event: Event) -> Cell:
    """Return a count of one base by the two-sided rule, with what it counts."""
    value = explained(two_sided(x, base.n, t), base.subject, nature)
    return Cell(value, base.id, (event,))


def half_of(x: int, base: Base, t: int, manner: Manner, event: Event) -> Cell:
    """Return which half of a base a count is in; without its size, a word and no event."""
    value = replace(halves(x, base.n), t=t, mask=Mask.HALVES)
    if manner is Manner.HALVES:
        return Cell(value, base.id, (event,))
    half = "moitie-plus" if value.form is Form.HALF_OR_MORE else "moitie-moins"
    return Cell(Word(half, Mask.CONFIDENTIAL), base.id)


def masks_of(rows: Iterable[Iterable[Cell | None]], extra: Iterable[Mask] = ()) -> tuple[Mask, ...]:
    """Return the masks a table's cells carry, and those of the table itself, each once."""
    found: dict[Mask, None] = {}
    for row in rows:
        for cell in row:
            value = cell.value if cell is not None else None
            if isinstance(value, Percent):
                value = value.count
            mask = getattr(value, "mask", None)
            if mask is not None:
                found[mask] = None
    for mask in extra:
        found[mask] = None
    return tuple(sorted(found, key=lambda mask: int(mask.value[1:])))


def is_pooled(study: Study, base: Base) -> bool:
    """Return whether a base shows together parts that are too small alone (M7)."""
    return len(base.cases) == 1 and bool(study.case(base.cases[0]).components)
