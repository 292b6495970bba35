"""Groupings and cuts: which answers may be read together (``docs/methods/divulgation.md`` §3.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from croisee.language import phrase
from croisee.study import Partition, Question, QuestionKind
from croisee.studyfolder import words
from croisee.studyfolder.problems import Said
from croisee.studyfolder.settings import codes

_PARTITIONED = {QuestionKind.SINGLE, QuestionKind.ORDINAL}
_BLOCKS_OF_A_CUT = 2


def read_partition(text: str) -> Partition:
    """Read ``com,interv / dir``."""
    if not text.strip():
        return ()
    return tuple(
        tuple(words.read_code(code) or code.strip() for code in block.split(",") if code.strip())
        for block in text.split("/")
    )


def read_partitions(text: str) -> tuple[Partition, ...]:
    """Read ``com / interv / dir ; com,interv / dir``, finest first."""
    return tuple(read_partition(part) for part in text.split(";") if part.strip())


def check_partitions(question: Question, refuse: Callable[[str, Said], None]) -> Question:
    """Return the question with its sound partitions; say what is wrong with the others.

    Each covers every option once; each is contiguous in the order of the options, or all are
    nested, finest first; the cut has two blocks and cuts no block of a grouping. Without a cut,
    the last grouping is the cut if it has two blocks: one question is then read one way only.
    """
    if question.kind not in _PARTITIONED:
        return replace(question, groupings=(), cut=())
    groupings, cut = question.groupings, question.cut
    known = codes(question.options)
    if not all(_covers(partition, known) for partition in groupings):
        refuse("groupements", _not_a_partition())
        groupings = ()
    if cut and not (_covers(cut, known) and len(cut) == _BLOCKS_OF_A_CUT):
        refuse("coupe", _not_a_cut())
        cut = ()
    nested = all(_refines(fine, coarse) for fine, coarse in pairwise(groupings))
    contiguous = all(_contiguous(partition, known) for partition in groupings)
    if not nested and not contiguous:
        refuse("groupements", _neither())
        groupings = ()
    if groupings and not cut and len(groupings[-1]) == _BLOCKS_OF_A_CUT:
        cut = groupings[-1]
    if cut and not all(_refines(partition, cut) for partition in groupings):
        refuse("groupements", _across_the_cut())
        groupings = ()
    return replace(question, groupings=groupings, cut=cut)


def _covers(partition: Partition, known: tuple[str, ...]) -> bool:
    listed = [code for block in partition for code in block]
    return all(partition) and sorted(listed) == sorted(known)


def _refines(fine: Partition, coarse: Partition) -> bool:
    return all(any(set(block) <= set(larger) for larger in coarse) for block in fine)


def _contiguous(partition: Partition, known: tuple[str, ...]) -> bool:
    places = [sorted(known.index(code) for code in block) for block in partition]
    return all(block[-1] - block[0] == len(block) - 1 for block in places)


def _not_a_partition() -> Said:
    return (
        phrase("Un groupement doit contenir chaque option une fois, et une seule."),
        phrase("Écrivez par exemple a / b / c ; a,b / c."),
    )


def _not_a_cut() -> Said:
    return (
        phrase("La coupe doit partager toutes les options en deux blocs."),
        phrase("Écrivez par exemple a,b / c,d."),
    )


def _neither() -> Said:
    return (
        phrase("Ces groupements ne suivent pas l’ordre des options et ne s’emboîtent pas."),
        phrase("Réunissez des options voisines, ou réunissez à chaque étape des blocs entiers."),
    )


def _across_the_cut() -> Said:
    return (
        phrase("Un groupement réunit des options que la coupe sépare."),
        phrase("Choisissez une coupe qui ne traverse aucun bloc."),
    )
