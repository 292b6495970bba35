"""Small releases made by hand, for attacking: some as the gate would, some as it never would."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise

import numpy as np

from croisee.disclosure.attacker import Records, Variable, records
from croisee.disclosure.released import (
    _GATE,
    PUBLIC,
    Cell,
    Event,
    Head,
    Kind,
    Rank,
    Release,
    ReleasedBase,
    ReleasedTable,
)
from croisee.disclosure.values import Chiffre, Form, absent, two_sided
from croisee.language import Label
from croisee.study import (
    Case,
    Diffusion,
    Edition,
    Instrument,
    Nature,
    Option,
    Question,
    QuestionKind,
    Study,
    Subject,
)

WAVE = "enquete.2026"


def levels(size: int) -> tuple[str, ...]:
    return tuple(f"o{i}" for i in range(size))


def question(code: str, size: int, nature: Nature = Nature.ORDINARY, **more: object) -> Question:
    options = tuple(Option(level, Label(level)) for level in levels(size))
    kind = more.pop("kind", QuestionKind.SINGLE)
    return Question(code, Label(code), kind, options, nature, **more)


def study(questions: Sequence[Question], cases: Sequence[str] = ("nord",)) -> Study:
    instrument = Instrument(
        "enquete", Label("Enquête"), "sondage", Subject.PERSON, tuple(questions)
    )
    return Study(
        Label("Étude"),
        Label("Quoi ?"),
        ("fr",),
        tuple(Case(case, Label(case), Label(case)) for case in cases),
        (Edition("2026", Label("2026")),),
        (),
        Diffusion("2026a"),
        instruments=(instrument,),
    )


def base(
    n: int, cases: Sequence[str] = ("nord",), suffix: str = "", within: str = ""
) -> ReleasedBase:
    name = f"{WAVE}@{'+'.join(cases)}{suffix}"
    return ReleasedBase(name, "enquete", "2026", tuple(cases), Subject.PERSON, n, None, within)


def counted(x: int, n: int) -> Chiffre:
    """A count as it is, protected by nothing."""
    return Chiffre(x, x, n, Form.EXACT)


def between(low: int, high: int, n: int) -> Chiffre:
    form = Form.EXACT if low == high else Form.VOICED
    return Chiffre(low, high, n, form)


def table(
    key: str,
    cells: Sequence[tuple[object, ReleasedBase, Sequence[tuple[str, Sequence[str]]]]],
    kind: Kind = Kind.ONE_WAY,
    nature: Nature = Nature.ORDINARY,
    audience: str = PUBLIC,
) -> ReleasedTable:
    """One row a cell: the rows' names do not matter to an attacker."""
    made = [
        (Cell(value, b.id, tuple(Event(q, tuple(s)) for q, s in events)),)
        for value, b, events in cells
    ]
    bases = tuple(dict.fromkeys(b for _, b, _ in cells))
    rows = tuple(Head(f"r{i}", Label(f"r{i}")) for i in range(len(made)))
    columns = (Head("ensemble", Label("Ensemble")),)
    title = Label(key)
    return ReleasedTable(key, key, kind, title, rows, columns, tuple(made), bases, audience, nature)


def one_way(
    name: str,
    b: ReleasedBase,
    values: Mapping[tuple[str, ...], Chiffre],
    key: str = "",
    **more: object,
) -> ReleasedTable:
    cells = [(value, b, [(name, block)]) for block, value in values.items()]
    return table(key or f"{b.id}.{name}", cells, **more)


def items(
    name: str, b: ReleasedBase, values: Mapping[str, Chiffre | Rank], key: str = ""
) -> ReleasedTable:
    cells = [(value, b, [(name, (item,))]) for item, value in values.items()]
    return table(key or f"{b.id}.{name}", cells, Kind.MULTIPLE)


def release(
    of: Study, tables: Sequence[ReleasedTable], code: str = "2026a", *, sealed: bool = False
) -> Release:
    return Release(
        _gate=_GATE,
        code=code,
        study=of,
        tables=tuple(tables),
        quotes=(),
        findings=(),
        leaflets=(),
        corrections=(),
        references=(),
        dataset_mac="00",
        software="essai",
        sealed_on=date(2026, 11, 30) if sealed else None,
    )


def truth(
    questions: Sequence[Question], codes: object, cases: Sequence[str], **members: object
) -> Records:
    variables = [Variable(q.code, tuple(o.code for o in q.options), q.nature) for q in questions]
    return records(variables, codes, cases, **members)


def contiguous(size: int) -> list[list[tuple[str, ...]]]:
    """Every partition of the levels in order, the finest first (§3.2 without a cut)."""
    names = levels(size)
    found = []
    for boundaries in range(size - 1, 0, -1):
        for cut in combinations(range(1, size), boundaries):
            ends = (0, *cut, size)
            found.append([names[a:b] for a, b in pairwise(ends)])
    return found


def tally(codes: np.ndarray, size: int) -> dict[str, int]:
    return dict(zip(levels(size), np.bincount(codes, minlength=size).tolist(), strict=True))


def gated(counts: Mapping[str, int], t: int = 5) -> dict[tuple[str, ...], Chiffre]:
    """First partition whose every block has t units; else the last cut, two-sided."""
    n = sum(counts.values())
    partitions = contiguous(len(counts))
    for blocks in partitions:
        sums = {block: sum(counts[level] for level in block) for block in blocks}
        if min(sums.values()) >= t and n >= 2 * t:
            return {block: two_sided(x, n, t) for block, x in sums.items()}
    upper = partitions[-1][-1]
    x = sum(counts[level] for level in upper)
    return {upper: two_sided(x, n, t) if n >= 2 * t else absent(n)}


def crossing(
    row: str,
    column: str,
    b: ReleasedBase,
    codes: np.ndarray,
    sizes: tuple[int, int],
    within: Sequence[tuple[str, ...]] = (),
    t: int = 5,
) -> ReleasedTable | None:
    """Attribute by answer, first partition of the answer for which every cell has t units.

    ``within``: the blocks must be unions of these, as those already printed alone.
    """
    for blocks in contiguous(sizes[1]):
        if any(not any(set(own) <= set(block) for block in blocks) for own in within):
            continue
        cells = []
        for i, level in enumerate(levels(sizes[0])):
            for block in blocks:
                inside = [levels(sizes[1]).index(x) for x in block]
                x = int(((codes[:, 0] == i) & np.isin(codes[:, 1], inside)).sum())
                cells.append((counted(x, b.n), b, [(row, (level,)), (column, block)]))
        if min(cell[0].lo for cell in cells) >= t:
            return table(f"croisement.{row}.{column}", cells, Kind.CROSS)
    return None
