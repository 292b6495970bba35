"""Which answers may be read together: the declared or default list of partitions.

``docs/methods/divulgation.md`` §3.2. The list is fixed before the answers are seen and tried
in its order; the first partition whose every block is large enough is the one printed.
That order is what keeps a reader who knows this module from working backwards (§9, P3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations, pairwise

from croisee.language import Phrase, phrase
from croisee.study import Partition, Question

MOST_OPTIONS = 8
"""Above this many options the author declares the list."""


class GroupingRefused(ValueError):
    """A question's groupings cannot be used; ``reason`` says why, to its author."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.to("fr"))
        self.reason = reason


@cache
def cut_of(question: Question) -> Partition:
    """Return the two blocks that compare cases and editions.

    The declared cut; else the last two-block partition of the declared list; else the upper
    half of the scale against the rest (of five options, the last two).

    Raises:
        GroupingRefused: fewer than two options, or a cut that is not two blocks of them all.
    """
    codes = _codes(question)
    if question.cut:
        cut = question.cut
    else:
        pairs = [partition for partition in question.groupings if len(partition) == 2]
        half = (len(codes) + 1) // 2
        cut = pairs[-1] if pairs else (codes[:half], codes[half:])
    if len(cut) != 2 or not _covers(cut, codes):
        raise GroupingRefused(
            phrase(
                "La coupe de « {question} » doit partager toutes les réponses en deux blocs.",
                question=question.label,
            )
        )
    return cut


@cache
def partitions_of(question: Question) -> tuple[Partition, ...]:
    """Return the partitions to try, in order; the last resort (the cut) closes the list.

    A declared list is used as it stands once checked. The default list is every contiguous
    partition of the options in codebook order that keeps the cut, by decreasing number of
    blocks, ties in lexicographic order of boundaries.

    Raises:
        GroupingRefused: the list could be worked backwards, or is missing above eight options.
    """
    codes = _codes(question)
    cut = cut_of(question)
    if question.groupings:
        _check(question, codes, cut)
        declared = question.groupings
        return declared if cut in declared else (*declared, cut)
    if len(codes) > MOST_OPTIONS:
        raise GroupingRefused(
            phrase(
                "« {question} » a plus de {most} réponses : déclarez ses groupements.",
                question=question.label,
                most=MOST_OPTIONS,
            )
        )
    boundary = len(cut[0])
    if not _contiguous(cut, codes):
        return (tuple((code,) for code in codes), cut)
    return tuple(_contiguous_keeping(codes, boundary))


def first_passing(
    counts: Sequence[int], question: Question, partitions: Iterable[Partition], t: int
) -> Partition | None:
    """Return the first partition whose every block counts at least ``t`` units (zero is small)."""
    for partition in partitions:
        if all(total >= t for total in block_counts(counts, question, partition)):
            return partition
    return None


def block_counts(
    counts: Sequence[int], question: Question, partition: Partition
) -> tuple[int, ...]:
    """Return the units in each block; ``counts`` follows ``question.options``."""
    place = _places(question)
    return tuple(sum(counts[place[code]] for code in block) for block in partition)


def coarser_or_equal(coarse: Partition, fine: Partition) -> bool:
    """Return whether every block of ``fine`` lies inside one block of ``coarse``."""
    return all(any(set(block) <= set(wide) for wide in coarse) for block in fine)


def comparable(one: Partition, other: Partition) -> bool:
    """Return whether one of two partitions refines the other (or they are the same)."""
    return coarser_or_equal(one, other) or coarser_or_equal(other, one)


def join(partitions: Sequence[Partition]) -> Partition:
    """Return the finest partition coarser than all of them: what can be subtracted."""
    blocks = [set(block) for partition in partitions[:1] for block in partition]
    for partition in partitions[1:]:
        for block in partition:
            touched = [b for b in blocks if b & set(block)]
            blocks = [b for b in blocks if not b & set(block)]
            blocks.append(set(block).union(*touched))
    order = [code for block in partitions[0] for code in block] if partitions else []
    kept = sorted(blocks, key=lambda b: min(order.index(code) for code in b))
    return tuple(tuple(sorted(b, key=order.index)) for b in kept)


def common_partition(
    rows: Sequence[Sequence[int]], question: Question, t: int
) -> tuple[Partition, bool]:
    """Return the partition that several bases share, and whether it passes in all of them.

    §3.4: a partition finer than the cut only if it is equal to or coarser than each base's
    own; otherwise the cut, which may then have to be said one-sidedly (``False``).
    """
    cut = cut_of(question)
    tried = partitions_of(question)
    own = [first_passing(row, question, tried, t) for row in rows]
    if any(partition is None for partition in own):
        return cut, False
    for partition in tried:
        if all(
            own_one is not None
            and coarser_or_equal(partition, own_one)
            and first_passing(row, question, (partition,), t)
            for row, own_one in zip(rows, own, strict=True)
        ):
            return partition, True
    return cut, first_passing_everywhere(rows, question, cut, t)


def first_passing_everywhere(
    rows: Sequence[Sequence[int]], question: Question, partition: Partition, t: int
) -> bool:
    """Return whether one partition has blocks of at least ``t`` in every base."""
    return all(first_passing(row, question, (partition,), t) is not None for row in rows)


def grouping_problem(question: Question) -> Phrase | None:
    """Return what is wrong with a question's declared groupings or cut, if anything."""
    try:
        partitions_of(question)
    except GroupingRefused as refused:
        return refused.reason
    return None


def _codes(question: Question) -> tuple[str, ...]:
    codes = tuple(option.code for option in question.options)
    if len(codes) < 2:
        raise GroupingRefused(
            phrase("« {question} » n’a pas deux réponses possibles.", question=question.label)
        )
    return codes


@cache
def _places(question: Question) -> dict[str, int]:
    return {option.code: place for place, option in enumerate(question.options)}


def _contiguous_keeping(codes: tuple[str, ...], boundary: int) -> Iterable[Partition]:
    inner = range(1, len(codes))
    for size in range(len(codes) - 1, 0, -1):
        for bounds in combinations(inner, size):
            if boundary in bounds:
                edges = (0, *bounds, len(codes))
                yield tuple(codes[a:b] for a, b in pairwise(edges))


def _covers(partition: Partition, codes: tuple[str, ...]) -> bool:
    return sorted(code for block in partition for code in block) == sorted(codes)


def _contiguous(partition: Partition, codes: tuple[str, ...]) -> bool:
    places = [sorted(codes.index(code) for code in block) for block in partition]
    return all(place[-1] - place[0] == len(place) - 1 for place in places)


def _check(question: Question, codes: tuple[str, ...], cut: Partition) -> None:
    declared = question.groupings
    if not all(_covers(partition, codes) for partition in declared):
        raise GroupingRefused(
            phrase(
                "Chaque groupement de « {question} » doit contenir chaque réponse une fois.",
                question=question.label,
            )
        )
    nested = all(coarser_or_equal(wide, fine) for fine, wide in pairwise(declared))
    if not nested and not all(_contiguous(partition, codes) for partition in declared):
        raise GroupingRefused(
            phrase(
                "Les groupements de « {question} » ne sont ni contigus ni emboîtés : "
                "un nombre caché pourrait être retrouvé.",
                question=question.label,
            )
        )
    if not all(coarser_or_equal(cut, partition) for partition in declared):
        raise GroupingRefused(
            phrase(
                "Un groupement de « {question} » ne respecte pas sa coupe.",
                question=question.label,
            )
        )
