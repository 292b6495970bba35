"""Code × case: how many people said it, in how many passages, by how many methods."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from croisee.dataset import Dataset
from croisee.qualitative.codebook import codebook, with_descendants
from croisee.study import Study, Subject
from croisee.tables import Base, CodeCaseTable, CodePresence

SOURCE = "verbatims"
_SILENT = CodePresence(0, 0, 0, Decimal(0))


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """Characters ``start`` to ``end`` of one turn of a participant, under one code."""

    code: str
    case: str
    method: str
    participant: str
    document: str
    turn: int
    start: int
    end: int


def presence(passages: Iterable[CodedPassage]) -> CodePresence:
    """Return people, passages, methods and the largest share for passages of one code in a case.

    Passages that share characters of one turn (two coders, two children of a code) are one.

    Example:
        >>> one = CodedPassage("aide", "nord", "entretien", "p-1", "d", 1, 0, 20)
        >>> presence([one])
        CodePresence(people=1, passages=1, methods=1, largest_share=Decimal('1'))
    """
    spans: dict[tuple[str, int, str], list[tuple[int, int]]] = defaultdict(list)
    methods = set()
    for passage in passages:
        spans[passage.document, passage.turn, passage.participant].append(
            (passage.start, passage.end)
        )
        methods.add(passage.method)
    by_person: Counter[str] = Counter()
    for (_, _, person), places in spans.items():
        by_person[person] += _distinct(places)
    total = by_person.total()
    if not total:
        return _SILENT
    share = Fraction(max(by_person.values()), total)
    return CodePresence(len(by_person), total, len(methods), _decimal(share))


def _distinct(places: list[tuple[int, int]]) -> int:
    return len(_merged(places))


def _merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans with those that share characters made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def distinct_places(passages: Iterable[CodedPassage]) -> tuple[CodedPassage, ...]:
    """Return the passages that are counted: those of one person that overlap are one, widened."""
    turns: dict[tuple[str, int, str], list[CodedPassage]] = defaultdict(list)
    for passage in passages:
        turns[passage.document, passage.turn, passage.participant].append(passage)
    return tuple(
        replace(turns[place][0], start=start, end=end)
        for place in sorted(turns)
        for start, end in _merged([(p.start, p.end) for p in turns[place]])
    )


def _decimal(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(
        Decimal("0.0001")
    ).normalize() + 0


def code_case(dataset: Dataset) -> CodeCaseTable | None:
    """Return codes × cases in people and passages; ``None`` when nothing is coded.

    A case's base is the people met in it, by any method: those with a turn or a presence
    (``docs/methods/divulgation.md`` §3.8). A turn whose speaker is unknown, or of the team, is
    not counted. A parent counts the people of its children once. Codes come as the codebook's
    tree; cases as the study's, those where somebody was met. Reads no text.
    """
    passages = coded_passages(dataset)
    if not passages:
        return None
    met, editions = _people_met(dataset)
    cases = [case for case in dataset.study.cases if met.get(case.code)]
    codes = codebook(dataset.rows("codes"), {passage.code for passage in passages})
    gathered = with_descendants(codes)
    by_code: dict[tuple[str, str], list[CodedPassage]] = defaultdict(list)
    for passage in passages:
        by_code[passage.code, passage.case].append(passage)
    return CodeCaseTable(
        codes,
        tuple(_base(dataset.study, c.code, met[c.code], editions[c.code]) for c in cases),
        tuple(case.short for case in cases),
        tuple(
            tuple(
                presence(p for inside in gathered[code.code] for p in by_code[inside, case.code])
                for case in cases
            )
            for code in codes
        ),
    )


def coded_passages(dataset: Dataset) -> tuple[CodedPassage, ...]:
    """Return the codings of participants' turns, with what is known of each; no text."""
    if not dataset.size("codings"):
        return ()
    turns, codings = dataset.table("turns"), dataset.table("codings")
    speakers = {
        (row["document"], row["turn"]): row["participant"]
        for row in dataset.collect(
            turns.filter(turns.participant != "")
            .semi_join(codings, ["document", "turn"])
            .select("document", "turn", "participant")
        )
    }
    documents = {row["document"]: row for row in dataset.rows("documents")}
    found = []
    for row in dataset.rows("codings"):
        person = speakers.get((row["document"], row["turn"]))
        document = documents.get(row["document"])
        if person and document:
            found.append(
                CodedPassage(
                    row["code"],
                    document["case"],
                    document["method"],
                    person,
                    row["document"],
                    row["turn"],
                    row["start"],
                    row["end"],
                )
            )
    return tuple(found)


def _people_met(dataset: Dataset) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return, for each case, the people with a turn or a presence, and the editions."""
    people: dict[str, set[str]] = defaultdict(set)
    editions: dict[str, set[str]] = defaultdict(set)
    documents = {row["document"]: row for row in dataset.rows("documents")}
    if dataset.size("turns"):
        turns = dataset.table("turns")
        spoken = turns.filter(turns.participant != "").select("document", "participant")
        for row in dataset.collect(spoken.distinct()):
            document = documents[row["document"]]
            people[document["case"]].add(row["participant"])
            editions[document["case"]].add(document["edition"])
    sessions = {row["session"]: row for row in dataset.rows("sessions")}
    for row in dataset.rows("presences"):
        session = sessions.get(row["session"])
        if session:
            people[session["case"]].add(row["participant"])
            editions[session["case"]].add(session["edition"])
    return people, editions


def _base(study: Study, case: str, people: Collection[str], editions: Collection[str]) -> Base:
    return Base(SOURCE, _joined(study, editions), (case,), Subject.PERSON, len(people))


def _joined(study: Study, editions: Collection[str]) -> str:
    known: Sequence[str] = [edition.code for edition in study.editions]
    return "+".join(sorted(set(editions) & set(known), key=known.index))
