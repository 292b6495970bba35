"""The passages chosen to be quoted: masked words, and what would be known of their speaker."""

from __future__ import annotations

from collections import defaultdict

from croisee.dataset import Dataset
from croisee.deidentify import MaskedCorpus
from croisee.findings import Quote


def quotes(dataset: Dataset, corpus: MaskedCorpus) -> tuple[Quote, ...]:
    """Return every excerpt of the study, masked, by key.

    ``reviewed`` is true when a person read the turn and decided everything the passage
    touches; ``consented`` when its speaker is known and accepted to be quoted. Excerpts of
    turns that are not in the Dataset (consent refused or withdrawn) are not returned.
    ``codes`` are those of the codings that share characters with the passage.
    """
    documents = {row["document"]: row for row in dataset.rows("documents")}
    may_quote = {row["participant"]: row["quote"] for row in dataset.rows("participants")}
    codings: dict[tuple[str, int], list[tuple[int, int, str]]] = defaultdict(list)
    for row in dataset.rows("codings"):
        codings[row["document"], row["turn"]].append((row["start"], row["end"], row["code"]))
    speakers = {(turn.document, turn.turn): turn.participant for turn in corpus}
    found = []
    for row in sorted(dataset.rows("excerpts"), key=lambda row: row["key"]):
        place = row["document"], row["turn"]
        if place not in speakers or row["document"] not in documents:
            continue
        document, person = documents[row["document"]], speakers[place]
        start, end = row["start"], row["end"]
        codes = {code for a, b, code in codings[place] if a < end and start < b}
        found.append(
            Quote(
                row["key"],
                corpus.passage(*place, start, end).strip(),
                document["case"],
                document["method"],
                document["edition"],
                person,
                *place,
                reviewed=corpus.is_reviewed(*place, start, end),
                consented=bool(person) and bool(may_quote.get(person)),
                codes=tuple(sorted(codes)),
            )
        )
    return tuple(found)
