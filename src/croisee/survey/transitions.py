"""The same question, the same people, two editions: who moved where. For the gate, not to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from croisee.dataset import Dataset
from croisee.study import Question
from croisee.survey.classes import category, in_classes
from croisee.survey.counting import CLOSED
from croisee.survey.crossing import NotCrossable
from croisee.tables import Base, TransitionTable


def transitions(
    dataset: Dataset,
    instrument: str,
    editions: tuple[str, str],
    question: str,
    links: Iterable[tuple[str, str]],
) -> TransitionTable:
    """Cross the answers of linked respondents in two editions; those silent in one are left out.

    ``links`` are pairs of respondents (:func:`croisee.survey.link`), all cases together. Two
    queries. Raises :class:`~croisee.survey.crossing.NotCrossable` on a question that has not one
    answer, ``ValueError`` when a respondent is linked twice.
    """
    asked = dataset.study.instrument(instrument).question(question)
    if asked.kind not in CLOSED:
        raise NotCrossable(question)
    pairs = list(links)
    if any(len({pair[side] for pair in pairs}) < len(pairs) for side in (0, 1)):
        raise ValueError("a respondent is linked twice")
    before, after = (_answers(dataset, instrument, edition, asked) for edition in editions)
    moved = [(before[a], after[b]) for a, b in pairs if a in before and b in after]
    counts = Counter((one[1], two[1]) for one, two in moved)
    closed = in_classes(asked)
    codes = [option.code for option in closed.options]
    cases = {one[0] for one, _ in moved} | {two[0] for _, two in moved}
    order = tuple(case.code for case in dataset.study.cases if case.code in cases)
    first, second = (
        Base(
            source=instrument,
            edition=edition,
            cases=order,
            subject=dataset.study.instrument(instrument).subject,
            n=len(moved),
            filter=f"{question}*lien-{other}",
            within=f"{instrument}.{edition}@{'+'.join(order)}",
        )
        for edition, other in (editions, editions[::-1])
    )
    lines = tuple(tuple(counts[one, two] for two in codes) for one in codes)
    return TransitionTable(closed, first, second, lines)


def _answers(
    dataset: Dataset, instrument: str, edition: str, question: Question
) -> dict[str, tuple[str, str]]:
    """Return (case, option) of each respondent who answered."""
    rows = dataset.answers(instrument, edition)
    said = rows.select(who=rows.respondent, case=rows.case, answer=category(rows, question))
    known = {option.code for option in in_classes(question).options}
    return {
        line["who"]: (line["case"], line["answer"])
        for line in dataset.collect(said)
        if line["answer"] in known
    }
