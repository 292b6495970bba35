"""Ordered choices and votes (§3.6): the order alone, and one word on how firm it is."""

from __future__ import annotations

from collections.abc import Sequence

from croisee.disclosure.case_rows import release_cases
from croisee.disclosure.first_choices import first_choice_rows
from croisee.disclosure.manner import Manner
from croisee.disclosure.one_way import release_one_way
from croisee.disclosure.released import Cell, Head, Kind, Rank, ReleasedTable, Word
from croisee.disclosure.shapes import TOO_FEW, bases_of, case_head, label_of, masks_of
from croisee.disclosure.values import Mask
from croisee.disclosure.work import Work
from croisee.language import phrase
from croisee.study import Study
from croisee.tables import CaseTable, OneWayTable, RankingResult, RankingTable

ROBUSTNESS = "_robustesse"
"""Row that says whether one voice would change the winner."""


def places(order: Sequence[Sequence[str]]) -> dict[str, Rank]:
    """Return each option's place; tied options share it and the next place is skipped."""
    found: dict[str, Rank] = {}
    ahead = 0
    for together in order:
        for option in together:
            found[option] = Rank(ahead + 1, len(together) > 1)
        ahead += len(together)
    return found


def release_ranking(key: str, raw: RankingTable, work: Work) -> list[ReleasedTable]:
    """Release the order of each case with at least five people, voted or agreed aloud.

    From twenty people on, also how many put each object first, by the rules of §3.2, in a
    table of its own (``premiers.<theme>``).
    """
    shown = [result for result in raw.results if may_order(result, work)]
    for result in raw.results:
        if result not in shown:
            work.refuse(
                f"{key}@{'+'.join(result.base.cases)}",
                "§3.6",
                phrase("Trop peu de réponses pour montrer un résultat."),
            )
    if not shown:
        return []
    options = tuple(dict.fromkeys(option for result in shown for option in result.options))
    columns = [_column(result, options, may_order(result, work)) for result in raw.results]
    cells = tuple(zip(*columns, strict=True))
    voted = [result for result in shown if not result.consensus]
    return [
        ReleasedTable(
            code="",
            key=key,
            kind=Kind.RANKING,
            title=work.study.theme(raw.theme).label,
            rows=(*theme_rows(work.study, raw.theme, options), _robustness()),
            columns=tuple(case_head(work.study, result.base.cases) for result in raw.results),
            cells=cells,
            bases=bases_of(result.base for result in raw.results),
            masks=masks_of(cells, (Mask.ORDER_ONLY,) if voted else ()),
        ),
        *_first_choices(key, raw, work),
    ]


def _first_choices(key: str, raw: RankingTable, work: Work) -> list[ReleasedTable]:
    name = key.replace("rangs.", "premiers.", 1)
    rows: list[OneWayTable] = []
    for result, row in first_choice_rows(work.study, raw):
        if work.manner(result.base) is not Manner.NUMBERS:
            continue
        if row is None:
            work.refuse(name, "§3.6", phrase("Des premiers choix sont à égalité : pas de nombre."))
        else:
            rows.append(row)
    if len(rows) > 1:
        return release_cases(name, CaseTable(rows[0].question, tuple(rows)), work)
    return [table for row in rows for table in release_one_way(name, row, work)]


def may_order(result: RankingResult, work: Work) -> bool:
    """Return whether an order may be shown, voted or agreed aloud: five people at least (§3.1)."""
    return result.base.n >= work.policy.t and work.manner(result.base) is not Manner.NOTHING


def theme_rows(study: Study, theme: str, options: Sequence[str]) -> tuple[Head, ...]:
    """Return the rows of a theme's options, labelled as the guide does."""
    labels = {option.code: option.label for option in study.theme(theme).options}
    return tuple(Head(code, labels[code]) for code in options)


def _robustness() -> Head:
    return Head(ROBUSTNESS, label_of(phrase("Solidité du premier rang")))


def _column(
    result: RankingResult, options: Sequence[str], allowed: bool
) -> tuple[Cell | None, ...]:
    if not allowed:
        return (*(TOO_FEW for _ in options), None)
    found = places(result.order)
    cells = [Cell(found[o], result.base.id) if o in found else None for o in options]
    word = "consensus" if result.consensus else "solide" if result.solid else "fragile"
    return (*cells, Cell(Word(word), result.base.id))
