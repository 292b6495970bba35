"""Tools in use, who can meet whom, what one more licence opens: from printed values alone.

No rule lets a count out here. Every cell is a function of tables that the gate has already
decided to print for everybody: it adds nothing to what a reader can work out
(``docs/methods/portrait.md`` §2 and §3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

from croisee.disclosure.manner import Manner
from croisee.disclosure.released import PUBLIC, Cell, Head, Kind, ReleasedTable, Value, Word
from croisee.disclosure.shapes import bases_of, case_head, column_of, label_of, source_label
from croisee.disclosure.values import Chiffre, Form
from croisee.disclosure.work import Work
from croisee.language import Phrase, phrase
from croisee.study import Nature
from croisee.tables import Base, MeetingTable, RawTable, ToolTable

_NO_TOOL = {"aucun", "autre"}
_ALONE = "ensemble"
_TENTH = 10
"""A tool that surely connects fewer than one pair in ten is left unsaid: the bound is too low."""


@dataclass(frozen=True, slots=True)
class _Use:
    """What was printed of one tool in one network: hosts and joiners, at least and at most."""

    hosts: tuple[int, int]
    joiners: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows, columns and cells of a table being made."""

    rows: Sequence[Head]
    columns: Sequence[Head]
    cells: Sequence[tuple[Cell | None, ...]]


def with_tools(
    told: Sequence[ReleasedTable], tables: Iterable[tuple[str, RawTable]], work: Work
) -> list[ReleasedTable]:
    """Return the tables, and after them those that follow from what they say of tools."""
    printed = {table.key: table for table in told if table.audience == PUBLIC}
    found = list(told)
    for key, raw in tables:
        if isinstance(raw, ToolTable | MeetingTable) and _may_be_told(raw.bases, work):
            if isinstance(raw, ToolTable):
                found += _landscape(key, raw, printed, work)
            else:
                found += _meetings(key, raw, printed, work)
    return found


def _may_be_told(bases: Sequence[Base], work: Work) -> bool:
    return bool(bases) and all(work.manner(base) is Manner.NUMBERS for base in bases)


def _landscape(
    key: str, raw: ToolTable, printed: Mapping[str, ReleasedTable], work: Work
) -> list[ReleasedTable]:
    """List the tools each question names, with a dot where a printed count shows some use it."""
    rows: list[Head] = []
    cells: list[tuple[Cell | None, ...]] = []
    for question, use in raw.uses:
        table = printed.get(f"{raw.source}.{raw.edition}.{question}")
        if table is None:
            continue
        for head in table.rows:
            if head.key not in _NO_TOOL:
                values = [_value(table, head.key, column) for column in _columns(raw.bases, work)]
                rows.append(Head(f"{question}:{head.key}", head.label, use))
                cells.append(
                    tuple(Cell(Word("present")) if _shown(value) else None for value in values)
                )
    if not any(cell for line in cells for cell in line):
        return []
    grid = _Grid(rows, _heads(raw.bases, work), cells)
    said = phrase("Outils employés, par usage"), _DOTS
    return [_table(key, Kind.LANDSCAPE, grid, said, raw, work)]


def _meetings(
    key: str, raw: MeetingTable, printed: Mapping[str, ReleasedTable], work: Work
) -> list[ReleasedTable]:
    """Bound who can meet whom with each tool, and what one more host would open."""
    wave = f"{raw.source}.{raw.edition}"
    host, join = printed.get(f"{wave}.{raw.host}"), printed.get(f"{wave}.{raw.join}")
    if host is None or join is None:
        return []
    names = {head.key: head.label for head in join.rows}
    uses = {
        (tool, base.id): _Use(_bounds(host, tool, column, base), _bounds(join, tool, column, base))
        for tool in raw.tools
        for base, column in zip(raw.bases, _columns(raw.bases, work), strict=True)
    }
    tools = [Head(tool, names[tool]) for tool in raw.tools if tool in names]
    return [
        *_who_meets(key, raw, tools, uses, work),
        *_licences(f"licences.{wave}", raw, tools, uses, work),
    ]


def _who_meets(
    key: str,
    raw: MeetingTable,
    tools: Sequence[Head],
    uses: Mapping[tuple[str, str], _Use],
    work: Work,
) -> list[ReleasedTable]:
    rows, cells = [], []
    for one, other in combinations_with_replacement(raw.bases, 2):
        pairs = one.n * (one.n - 1) // 2 if one is other else one.n * other.n
        if not pairs:
            continue
        least = [
            _inside(uses[tool.key, one.id])
            if one is other
            else _between(uses[tool.key, one.id], uses[tool.key, other.id])
            for tool in tools
        ]
        rows.append(_pair_head(one, other, work))
        enough = (count if _TENTH * count >= pairs else 0 for count in least)
        cells.append(tuple(_at_least(count, pairs) for count in enough))
    if not any(cell for line in cells for cell in line):
        return []
    said = phrase("Qui peut rencontrer qui, avec quel outil"), _PAIRS
    return [_table(key, Kind.MEETINGS, _Grid(rows, tools, cells), said, raw, work)]


def _licences(
    key: str,
    raw: MeetingTable,
    tools: Sequence[Head],
    uses: Mapping[tuple[str, str], _Use],
    work: Work,
) -> list[ReleasedTable]:
    cells = [
        tuple(_at_least(_opened(uses[tool.key, base.id]), base.n - 1) for base in raw.bases)
        for tool in tools
    ]
    kept = [place for place, line in enumerate(cells) if any(line)]
    if not kept:
        return []
    rows, lines = [tools[place] for place in kept], [cells[place] for place in kept]
    said = phrase("Ce qu’une licence de plus ouvrirait"), _OPENED
    grid = _Grid(rows, _heads(raw.bases, work), lines)
    return [_table(key, Kind.LICENCES, grid, said, raw, work)]


def _inside(use: _Use) -> int:
    """Return how many pairs of one network can surely meet: a host with anybody who can join.

    A host can join too. h(h − 1)/2 + h(j − h) grows with h ≤ j and with j: least counts give a
    least number of pairs.
    """
    hosts, joiners = use.hosts[0], max(use.hosts[0], use.joiners[0])
    return hosts * (hosts - 1) // 2 + hosts * (joiners - hosts)


def _between(one: _Use, other: _Use) -> int:
    """Return how many pairs of two networks can surely meet, one of the two being the host."""
    h, g = one.hosts[0], other.hosts[0]
    j, k = max(h, one.joiners[0]), max(g, other.joiners[0])
    return h * k + j * g - h * g


def _opened(use: _Use) -> int:
    """Return how many more partners a joiner surely reaches with a tool once it may host.

    Those who can join and cannot host, itself left out: before, none of them could meet it
    with this tool.
    """
    return max(0, use.joiners[0] - use.hosts[1] - 1)


def _at_least(count: int, of: int) -> Cell | None:
    if not count:
        return None
    form = Form.EXACT if count >= of else Form.AT_LEAST
    return Cell(Chiffre(min(count, of), of, of, form))


def _bounds(table: ReleasedTable, tool: str, column: str, base: Base) -> tuple[int, int]:
    """Return how many of a base use a tool, at least and at most; who kept silent may use it."""
    value = _value(table, tool, column)
    if not isinstance(value, Chiffre) or value.n is None:
        return 0, base.n
    return value.lo, min(base.n, value.hi + base.n - value.n)


def _shown(value: Value | None) -> bool:
    if isinstance(value, Chiffre):
        return value.lo > 0
    return isinstance(value, Word) and value.word == "moitie-plus"


def _value(table: ReleasedTable, row: str, column: str) -> Value | None:
    if row not in {h.key for h in table.rows} or column not in {h.key for h in table.columns}:
        return None
    cell = table.cell(row, column)
    return None if cell is None else cell.value


def _columns(bases: Sequence[Base], work: Work) -> Iterator[str]:
    return (column_of(work.study, base).key for base in bases)


def _heads(bases: Sequence[Base], work: Work) -> list[Head]:
    return [column_of(work.study, base) for base in bases]


def _pair_head(one: Base, other: Base, work: Work) -> Head:
    here, there = (case_head(work.study, base.cases) for base in (one, other))
    if len(work.study.cases) == 1:
        return Head(_ALONE, label_of(phrase("Entre organismes")))
    if one is other:
        return Head(here.key, label_of(phrase("{network} (à l’interne)", network=here.label)))
    return Head(
        f"{here.key}+{there.key}",
        label_of(phrase("{one} et {other}", one=here.label, other=there.label)),
    )


_DOTS = phrase("Rond vide : trop peu d’organismes pour le dire, ou aucun.")
_PAIRS = phrase(
    "Le vrai nombre peut être plus grand : il est tiré des nombres montrés, "
    "sans regarder qui a répondu quoi."
)
_OPENED = phrase("Pour un organisme qui peut rejoindre avec cet outil et ne peut pas organiser.")


def _table(
    key: str,
    kind: Kind,
    grid: _Grid,
    said: tuple[Phrase, Phrase],
    raw: ToolTable | MeetingTable,
    work: Work,
) -> ReleasedTable:
    """Return a table that follows from printed ones; ``said`` is its title and its note."""
    return ReleasedTable(
        code="",
        key=key,
        kind=kind,
        title=label_of(said[0]),
        rows=tuple(grid.rows),
        columns=tuple(grid.columns),
        cells=tuple(grid.cells),
        bases=bases_of(raw.bases),
        nature=Nature.FACT,
        source=source_label(work.study, raw.source, raw.edition),
        notes=(label_of(said[1]),),
        ordered=True,
    )
