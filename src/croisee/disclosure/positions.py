"""Positions (for, it depends, against) and the arguments voiced (§3.7)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from croisee.disclosure.groupings import block_counts
from croisee.disclosure.ledger import Printed
from croisee.disclosure.manner import Manner
from croisee.disclosure.released import Cell, Event, Fact, Head, Kind, ReleasedTable, Word
from croisee.disclosure.shapes import (
    TOO_FEW,
    bases_of,
    case_head,
    counted,
    half_of,
    label_of,
    masks_of,
    one_of,
)
from croisee.disclosure.values import Mask
from croisee.disclosure.work import Work
from croisee.language import LANGUAGES, Label, phrase
from croisee.study import Nature, Option, Partition, Question, QuestionKind
from croisee.tables import PositionResult, PositionTable

_FOR, _DEPENDS, _AGAINST = "pour", "nuance", "contre"
_THREE: Partition = ((_FOR,), (_DEPENDS,), (_AGAINST,))
_TWO: Partition = ((_FOR, _DEPENDS), (_AGAINST,))


def release_positions(key: str, raw: PositionTable, work: Work) -> list[ReleasedTable]:
    """Release counts where ten people took a position, which ones were voiced from five to nine.

    Counts are for a case, its groups together. The arguments go in a second table,
    ``arguments.<theme>``.
    """
    question = position_question(raw.theme, work)
    numbered = [r for r in raw.results if _numbered(r, work)]
    partition, passes = _TWO, False
    if numbered:
        every = [r for r in work.plan.positions(raw.theme) if _numbered(r, work)]
        reading = work.plan.held(question, every, numbered)
        partition, passes = reading.partition, reading.passes
    voiced = [r for r in raw.results if _voiced(r, work) and r not in numbered]
    if not numbered and not voiced:
        work.refuse(key, "§3.7", phrase("Trop peu de réponses pour montrer un résultat."))
        return []
    if not work.enter(
        key, "§3.7", [_printed(r, question, partition, passes, work.policy.t) for r in numbered]
    ):
        return []
    worded = [r for r in voiced if r.base.n < work.smallest_base(work.policy.t)]
    blocks = _blocks(partition, bool(numbered), bool(worded))
    columns = [_column(r, blocks, partition, question, work) for r in raw.results]
    cells = tuple(zip(*columns, strict=True))
    masks = [Mask.MERGED] if numbered and partition == _TWO and passes else []
    masks += [Mask.WORDS] if worded else []
    table = ReleasedTable(
        code="",
        key=key,
        kind=Kind.POSITIONS,
        title=work.study.theme(raw.theme).label,
        rows=tuple(_head(question, block) for block in blocks),
        columns=tuple(case_head(work.study, r.base.cases) for r in raw.results),
        cells=cells,
        bases=bases_of(r.base for r in raw.results),
        nature=Nature.SPOKEN,
        masks=masks_of(cells, masks),
        question=question.code,
        notes=_all_voiced(worded, raw, work),
        ordered=True,
        fallback=bool(numbered) and not passes,
    )
    return [table, *_arguments(key, raw, work)]


def _numbered(result: PositionResult, work: Work) -> bool:
    large = result.base.n >= work.smallest_base(work.policy.t)
    return large and work.manner(result.base) is Manner.NUMBERS


def _voiced(result: PositionResult, work: Work) -> bool:
    return result.base.n >= work.policy.t and work.manner(result.base) is not Manner.NOTHING


def position_question(theme: str, work: Work) -> Question:
    """Return the three positions of a theme as a question, with its declared groupings."""
    return Question(
        theme,
        work.study.theme(theme).label,
        QuestionKind.ORDINAL,
        (
            Option(_FOR, label_of(phrase("Pour"))),
            Option(_DEPENDS, label_of(phrase("Avec nuances"))),
            Option(_AGAINST, label_of(phrase("Contre"))),
        ),
        Nature.SPOKEN,
        groupings=(_THREE, _TWO),
        cut=_TWO,
    )


def _blocks(partition: Partition, numbered: bool, worded: bool) -> Partition:
    if not numbered:
        return _THREE if worded else _TWO[1:]
    if partition == _THREE or not worded:
        return partition
    return ((_FOR,), (_DEPENDS,), (_FOR, _DEPENDS), (_AGAINST,))


def _column(
    result: PositionResult,
    blocks: Partition,
    partition: Partition,
    question: Question,
    work: Work,
) -> tuple[Cell | None, ...]:
    t, n = work.policy.t, result.base.n
    if not _voiced(result, work):
        return tuple(TOO_FEW for _ in blocks)
    manner = work.manner(result.base)
    if manner is not Manner.NUMBERS and n >= work.smallest_base(t):
        return tuple(_half(result, block, question, manner, t) for block in blocks)
    if n < work.smallest_base(t):
        return tuple(_word(result, block) for block in blocks)
    return tuple(
        counted(
            block_counts(result.counts, question, (block,))[0],
            result.base,
            t,
            Nature.SPOKEN,
            Event(question.code, block),
        )
        if block in partition
        else None
        for block in blocks
    )


def _half(
    result: PositionResult, block: Sequence[str], question: Question, manner: Manner, t: int
) -> Cell | None:
    """Return a position said in halves of its cut, for the block against alone (§7.3)."""
    if tuple(block) != (_AGAINST,):
        return None
    (x,) = block_counts(result.counts, question, (tuple(block),))
    return half_of(x, result.base, t, manner, Event(question.code, tuple(block)))


def _word(result: PositionResult, block: Sequence[str]) -> Cell | None:
    if len(block) > 1:
        return None
    said = result.counts[(_FOR, _DEPENDS, _AGAINST).index(block[0])] > 0
    return Cell(Word("exprime" if said else "non-exprime", Mask.WORDS), result.base.id)


def _all_voiced(
    worded: Sequence[PositionResult], raw: PositionTable, work: Work
) -> tuple[Label, ...]:
    """Say where the three positions were voiced, of those told in words (§3.7)."""
    found = [result for result in worded if all(result.counts)]
    if not found:
        return ()
    if len(raw.results) == 1:
        said = phrase("Pour, contre et avec nuances : les trois positions ont été exprimées.")
        return (label_of(said),)
    heads = [case_head(work.study, result.base.cases).label for result in found]
    names = Label(*(", ".join(head.to(language) for head in heads) for language in LANGUAGES))
    said = phrase("{cases} : les trois positions ont été exprimées.", cases=names)
    return (label_of(said),)


def _printed(
    result: PositionResult, question: Question, partition: Partition, passes: bool, t: int
) -> Printed:
    counts: tuple[int | None, ...] = (None,) * len(partition)
    if passes:
        counts = block_counts(result.counts, question, partition)
    return Printed(result.base, question.code, partition, counts, t)


def _head(question: Question, block: Sequence[str]) -> Head:
    parts = tuple(question.option(code).label for code in block)
    merged = parts if len(parts) > 1 else ()
    return Head("+".join(block), one_of(parts, scale=True), parts=merged)


def _arguments(key: str, raw: PositionTable, work: Work) -> list[ReleasedTable]:
    """Return the distinct arguments by position: an argument is a quote without words (§3.9)."""
    shown = [
        r
        for r in raw.results
        if r.base.n >= work.policy.quotes_min and work.manner(r.base) is not Manner.NOTHING
    ]
    voiced = {code for r in shown for spoken in r.arguments for code, _ in spoken}
    kept = {code for code in voiced if not _sensitive(code, work)}
    for code in sorted(voiced - kept):
        work.refuse(
            f"arguments.{raw.theme}/{code}",
            "§3.8",
            phrase("Un code délicat n’est jamais montré par réseau."),
        )
    if not kept:
        return []
    question = position_question(raw.theme, work)
    cells = []
    for place in range(len(_THREE)):
        line = []
        for result in raw.results:
            said = {code for code, _ in result.arguments[place]} if result in shown else set()
            line.append(_said(sorted(said & kept, key=lambda c: _order(c, work)), result, work))
        cells.append(tuple(line))
    return [
        ReleasedTable(
            code="",
            key=key.replace("positions.", "arguments.", 1),
            kind=Kind.ARGUMENTS,
            title=work.study.theme(raw.theme).label,
            rows=tuple(_head(question, block) for block in _THREE),
            columns=tuple(case_head(work.study, r.base.cases) for r in raw.results),
            cells=tuple(cells),
            bases=bases_of(r.base for r in raw.results),
            nature=Nature.SPOKEN,
            question=question.code,
            ordered=True,
        )
    ]


def _said(codes: Sequence[str], result: PositionResult, work: Work) -> Cell | None:
    if not codes:
        return None
    labels = [work.code_label(code) for code in codes]
    text = Label(
        " · ".join(label.fr for label in labels), " · ".join(label.to("en") for label in labels)
    )
    return Cell(Fact(text, number=Decimal(len(codes))), result.base.id)


def _sensitive(code: str, work: Work) -> bool:
    return code in work.codes and work.codes[code].sensitive


def _order(code: str, work: Work) -> tuple[int, str]:
    """Return a code's place in the codebook: never how often it was said."""
    codes = list(work.codes)
    return (codes.index(code) if code in work.codes else len(codes), code)
