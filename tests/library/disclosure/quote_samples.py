"""Quotes and the people met, invented."""

from __future__ import annotations

from gate_samples import base

from croisee.disclosure.released import ReleasedQuote
from croisee.findings import Quote
from croisee.language import Label
from croisee.study import Subject
from croisee.tables import Code, CodeCaseTable, CodePresence, ParticipationRow, ParticipationTable


def spoken(key: str, case: str, method: str, who: str, **more) -> Quote:
    told = {"reviewed": True, "consented": True, "edition": "2021", "text": f"Parole {key}."}
    told |= more
    return Quote(key=key, case=case, method=method, participant=who, document="d", turn=1, **told)


def people_met(met: dict[str, dict[str, int]]):
    """Participation of each method, and the code table whose bases count people once."""
    methods = dict.fromkeys(method for counts in met.values() for method in counts)
    for method in methods:
        rows = tuple(
            ParticipationRow(case, Label(case), counts[method], None, Label("personnes"))
            for case, counts in met.items()
            if method in counts
        )
        key = f"participation.{method}.2021"
        yield key, ParticipationTable(key, Label(method), method, "2021", Subject.PERSON, rows)
    bases = tuple(
        base(sum(counts.values()), case, source="verbatims", edition="2021")
        for case, counts in met.items()
    )
    cell = CodePresence(0, 0, 0, 0)
    yield (
        "codes",
        CodeCaseTable(
            (Code("aide", Label("Aide")),),
            bases,
            tuple(Label(case) for case in met),
            (tuple(cell for _ in met),),
        ),
    )


def labels(quotes: tuple[ReleasedQuote, ...]) -> dict[str, tuple[str, str]]:
    return {quote.key: (quote.case, quote.method) for quote in quotes}
