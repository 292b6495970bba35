"""What exact counts let one say of a whole network, those who did not answer included.

``docs/methods/intervalles.md``: the intervals of :func:`croisee.disclosure.interval_of`, in
members, in words. Surveys only: who comes to a group is no draw of anything.
"""

from __future__ import annotations

from croisee.disclosure import interval_of
from croisee.disclosure.released import Kind, ReleasedBase, ReleasedTable
from croisee.disclosure.wording import number
from croisee.language import Language, phrase
from croisee.report import words
from croisee.study import Study

_SURVEYED = {
    Kind.ONE_WAY,
    Kind.CASE_ROWS,
    Kind.NUMERIC,
    Kind.MULTIPLE,
    Kind.MULTIPLE_CASES,
}


def margin_lines(table: ReleasedTable, study: Study, language: Language) -> tuple[str, ...]:
    """Return one sentence a base (« Carrefours, sur 64 membres : Oui, de 38 à 47 »), or nothing."""
    if table.kind not in _SURVEYED:
        return ()
    lines = (_of_base(table, base, study, language) for base in table.bases)
    return tuple(line for line in lines if line)


def _of_base(table: ReleasedTable, base: ReleasedBase, study: Study, language: Language) -> str:
    told = []
    for head, line in zip(table.rows, table.cells, strict=True):
        for cell in line:
            if cell is None or cell.base != base.id:
                continue
            ends = interval_of(cell.value, base)
            if ends is not None:
                low, high = (number(end, language) for end in ends)
                said = phrase("{label}, de {low} à {high}", label=head.label, low=low, high=high)
                told.append(said.to(language))
    if not told or base.frame is None or base.n is None:
        return ""
    return phrase(
        "{case}, sur {frame} {units}, si les {silent} sans réponse ressemblent aux autres : "
        "{intervals} (intervalles à 95 %).",
        case=words.cases(base.cases, study, language),
        frame=number(base.frame, language),
        units=words.units(base, study),
        silent=number(base.frame - base.n, language),
        intervals=" ; ".join(told),
    ).to(language)
