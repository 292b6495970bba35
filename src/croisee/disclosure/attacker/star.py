"""The star check: questions that the lemma of §1 makes safe, with no solver at all.

A question passes when everything released about it is one partition of its answers per base,
every value two-sided (at least t in it and t outside, or one interval of at least t values),
in bases that share nobody. By Fréchet's bounds no crossing of such questions is then known to
fewer than t values. Two refinements are proved in ``docs/methods/attaquant.md`` and accepted:
a table that only repeats the sum of exact ones, and exact rows beside their exact pooled table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from croisee.disclosure.attacker.knowledge import Count, Knowledge, KnownBase
from croisee.study import Nature

Levels = frozenset[str]
Blocks = dict[Levels, tuple[int, int]]


def linked(known: Knowledge) -> dict[str, set[str]]:
    """Return, for each question of a crossing, those it is published with."""
    found: dict[str, set[str]] = defaultdict(set)
    for count in known.counts:
        names = {name for name, _ in count.events}
        for name in names:
            if len(names) > 1:
                found[name] |= names - {name}
    return dict(found)


def is_star(known: Knowledge, question: str, crossed: Iterable[str]) -> bool:
    """Return whether the lemma alone makes every target of ``question`` safe.

    ``crossed`` are the questions it is published with; a visible attribute may be crossed and
    pass when each crossing reads it in unions of its own published blocks.
    """
    blocks = _by_base(known, question)
    asked = known.asked[question]
    if not _means_are_careful(known, question, blocks) or not _words_stay_words(known, question):
        return False
    if set(crossed) and (
        asked.nature is not Nature.VISIBLE or not _reads_blocks(known, question, blocks)
    ):
        return False
    everything = frozenset(asked.levels)
    t = asked.t
    reduced = {key: _reduce(one, everything) for key, one in blocks.items()}
    reduced = _without_totals(known, question, blocks, reduced)
    bases = [known.bases[key] for key in reduced]
    if all(share_nobody(a, b) for a, b in combinations(bases, 2)):
        return all(
            _rounds_a_safe_table(known, question, base, reduced[base.key])
            or _two_sided(reduced[base.key], base.n, t, everything, asked.nature)
            for base in bases
        )
    return _exact_rows_and_pool(bases, reduced, t, everything)


def share_nobody(a: KnownBase, b: KnownBase) -> bool:
    """Return whether two bases are known to have no unit in common."""
    return a.id != b.id and a.wave == b.wave and not a.cases & b.cases


def _by_base(known: Knowledge, question: str) -> dict[str, Blocks]:
    """Return what is published of a question alone, with the margins of its whole crossings."""
    found: dict[str, Blocks] = defaultdict(dict)
    crossings: dict[tuple[str, str, Levels], list[Count]] = defaultdict(list)
    for count in known.counts:
        events = dict(count.events)
        if question in events and len(events) == 1:
            _sharpen(found[count.base], events[question], count.low, count.high)
        elif question in events and len(events) == 2:
            crossings[count.table, count.base, events[question]].append(count)
    for (_, base, levels), cells in crossings.items():
        ((other, _),) = [event for event in cells[0].events if event[0] != question]
        blocks = [dict(cell.events)[other] for cell in cells]
        if sum(map(len, blocks)) == len(frozenset().union(*blocks)) and frozenset().union(
            *blocks
        ) == frozenset(known.asked[other].levels):
            low, high = sum(cell.low for cell in cells), sum(cell.high for cell in cells)
            _sharpen(found[base], levels, low, min(high, known.bases[base].n))
    return found


def _sharpen(blocks: Blocks, levels: Levels, low: int, high: int) -> None:
    before = blocks.get(levels, (low, high))
    blocks[levels] = (max(low, before[0]), min(high, before[1]))


def _means_are_careful(known: Knowledge, question: str, blocks: Mapping[str, Blocks]) -> bool:
    """Return whether no mean of the question says more than §3.10 allows."""
    means = [mean for mean in known.means if mean.question == question]
    merged = any(len(levels) > 1 for one in blocks.values() for levels in one)
    return all(mean.careful for mean in means) and not (means and merged)


def _words_stay_words(known: Knowledge, question: str) -> bool:
    """Return whether a base under 2t has no number."""
    t = known.asked[question].t
    return all(
        count.said or known.bases[count.base].n >= 2 * t
        for count in known.counts
        if any(name == question for name, _ in count.events)
    )


def _reads_blocks(known: Knowledge, question: str, blocks: Mapping[str, Blocks]) -> bool:
    for count in known.counts:
        if len(count.events) > 1:
            levels = dict(count.events).get(question)
            mine = blocks.get(count.base)
            if levels is not None and (
                not mine or any(levels & block and not block <= levels for block in mine)
            ):
                return False
    return True


def _reduce(blocks: Blocks, everything: Levels) -> Blocks:
    """Drop what says nothing more: the whole base, and exact sums of exact blocks."""
    kept = {levels: span for levels, span in blocks.items() if levels != everything}
    exact = {levels: low for levels, (low, high) in kept.items() if low == high}
    for levels in sorted(exact, key=lambda block: (-len(block), sorted(block))):
        parts = [other for other in exact if other < levels and other in kept]
        finest = [p for p in parts if not any(q < p for q in parts)]
        covered = frozenset().union(*finest)
        disjoint = sum(len(p) for p in finest) == len(covered)
        if covered == levels and disjoint and sum(exact[p] for p in finest) == exact[levels]:
            del kept[levels]
    return kept


def _without_totals(
    known: Knowledge,
    question: str,
    blocks: Mapping[str, Blocks],
    reduced: Mapping[str, Blocks],
) -> dict[str, Blocks]:
    """Drop the totals that only repeat the sum of exact rows which share nobody."""
    kept = {key: dict(one) for key, one in reduced.items()}
    for key, one in reduced.items():
        pool = known.bases[key]
        rows = [
            known.bases[other]
            for other in blocks
            if known.bases[other].cases < pool.cases and known.bases[other].wave == pool.wave
        ]
        apart = not any(a.cases & b.cases for a, b in combinations(rows, 2))
        whole = frozenset().union(*(row.cases for row in rows)) == pool.cases
        by_answer = all(row.id.partition("?")[2] in {"", question} for row in (*rows, pool))
        if not (rows and apart and whole and by_answer):
            continue
        for levels, span in one.items():
            parts = [blocks[row.key].get(levels, (0, -1)) for row in rows]
            exact = span[0] == span[1] and all(low == high for low, high in parts)
            if exact and sum(low for low, _ in parts) == span[0]:
                del kept[key][levels]
    return {key: one for key, one in kept.items() if one}


def _two_sided(blocks: Blocks, n: int, t: int, everything: Levels, nature: Nature) -> bool:
    names = list(blocks)
    if any(a & b for a, b in combinations(names, 2)):
        return False
    if nature is Nature.SPOKEN and 0 in {high for _, high in blocks.values()}:
        return _said_aloud(blocks, n, t)
    if all(low == high for low, high in blocks.values()):
        rest = n - sum(low for low, _ in blocks.values())
        covers = sum(len(block) for block in names) == len(everything)
        values = [low for low, _ in blocks.values()] + ([] if covers else [rest])
        return all(t <= x <= n - t for x in values)
    if n < 2 * t:
        return nature is not Nature.SENSITIVE
    if len(names) == 2 and names[0] | names[1] == everything:
        (low, high), (other_low, other_high) = blocks[names[0]], blocks[names[1]]
        if (low, high) == (n - other_high, n - other_low):
            return high - low + 1 >= t
    return len(names) == 1 and all(high - low + 1 >= t for low, high in blocks.values())


def _rounds_a_safe_table(known: Knowledge, question: str, base: KnownBase, blocks: Blocks) -> bool:
    """Return whether a table only rounds one that is safe exact: less is known of it (§4)."""
    mine = [
        count
        for count in known.counts
        if count.base == base.key and any(name == question for name, _ in count.events)
    ]
    apart = not any(a & b for a, b in combinations(blocks, 2))
    return base.slack > 0 and apart and all(c.rounded and len(c.events) == 1 for c in mine)


def _said_aloud(blocks: Blocks, n: int, t: int) -> bool:
    """Return whether what was said in a room is printed as a word or as an exact count (§3.8)."""
    return all(
        low < high or high == 0 or (t <= low <= n - t and n >= 2 * t)
        for low, high in blocks.values()
    )


def _exact_rows_and_pool(
    bases: Sequence[KnownBase], blocks: Mapping[str, Blocks], t: int, everything: Levels
) -> bool:
    """Return whether disjoint exact rows of one cut lie beside an exact pooled refinement."""
    pool = max(bases, key=lambda base: (len(base.cases), base.key))
    rows = [base for base in bases if base is not pool]
    exact = all(low == high for one in blocks.values() for low, high in one.values())
    if not exact or not _make_up(rows, pool):
        return False
    if not all(_two_sided(blocks[b.key], b.n, t, everything, Nature.ORDINARY) for b in bases):
        return False
    parts = {frozenset(_partition(blocks[base.key], everything)) for base in rows}
    return len(parts) == 1 and _refines(_partition(blocks[pool.key], everything), next(iter(parts)))


def _make_up(rows: Sequence[KnownBase], pool: KnownBase) -> bool:
    """Return whether some bases share nobody and are together the pooled one."""
    return (
        len(rows) >= 2
        and len({(base.wave, base.id.partition("?")[2]) for base in (*rows, pool)}) == 1
        and not any(a.cases & b.cases for a, b in combinations(rows, 2))
        and frozenset().union(*(base.cases for base in rows)) == pool.cases
        and sum(base.n for base in rows) == pool.n
    )


def _partition(blocks: Blocks, everything: Levels) -> list[Levels]:
    rest = everything - frozenset().union(*blocks)
    return [*blocks, rest] if rest else list(blocks)


def _refines(fine: Iterable[Levels], coarse: Iterable[Levels]) -> bool:
    """Return whether one partition refines the other, or the other way round."""
    fine, coarse = list(fine), list(coarse)
    return all(any(f <= c for c in coarse) for f in fine) or all(
        any(c <= f for f in fine) for c in coarse
    )


def counts_about(known: Knowledge, names: Iterable[str]) -> list[Count]:
    """Return the counts whose events are all among ``names``."""
    wanted = set(names)
    return [c for c in known.counts if {name for name, _ in c.events} <= wanted]
