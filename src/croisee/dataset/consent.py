"""Consent, applied once, at the freeze: what was refused or withdrawn is in no table.

A person may be analysed when the register says yes to the ``analyse`` purpose and holds no
withdrawal. Tables of the field (turns, positions, mentions…) keep the lines of those people
and the lines of nobody; a code that the register does not know has not consented. Answers
to a questionnaire keep unknown codes: they are often anonymous, and their form carried the
consent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc

from croisee.dataset.schema import PERSONAL, answers_name
from croisee.study import Purpose, Study, Subject


class AgeGroup(StrEnum):
    """An age, as far as consent needs it. No birth date is asked."""

    UNDER_14 = "moins de 14 ans"
    FROM_14_TO_17 = "14 à 17 ans"
    ADULT = "adulte"


class Assent(StrEnum):
    """What a young person says herself when somebody else consents for her."""

    GIVEN = "oui"
    REFUSED = "non"
    TOO_YOUNG = "trop jeune"


@dataclass(frozen=True, slots=True)
class WhoConsented:
    """Who answered for one participant. ``age`` and ``assent`` are ``None`` when not noted.

    ``by_parent``: a parent or a tutor did. Under 14, only their consent counts
    (RLRQ, c. P-39.1, s. 14); a child who says no is not taken part of by force.
    """

    age: AgeGroup | None = None
    by_parent: bool = False
    assent: Assent | None = None

    @property
    def may_accept(self) -> bool:
        """Return whether what was accepted counts."""
        allowed = self.by_parent or self.age is not AgeGroup.UNDER_14
        return allowed and not (self.by_parent and self.assent is Assent.REFUSED)


@dataclass(frozen=True, slots=True)
class Consent:
    """What one participant accepted, and who answered. ``withdrawn_on`` takes everything back."""

    analysis: bool
    quote: bool
    withdrawn_on: date | None = None
    who: WhoConsented = WhoConsented()

    @property
    def stands(self) -> bool:
        """Return whether this person's words and answers may be analysed."""
        return self.analysis and self.withdrawn_on is None


@dataclass(frozen=True, slots=True)
class ConsentScope:
    """What the freeze did: numbers of people, never their codes.

    ``kept`` and ``refused`` and ``withdrawn`` count the register; ``unknown`` counts the
    codes of the field's tables that the register does not know (left out).
    """

    kept: int
    refused: int
    withdrawn: int
    unknown: int = 0


def consent_of(
    purposes: Iterable[Purpose],
    accepted: Collection[str],
    withdrawn_on: date | None,
    who: WhoConsented | None = None,
) -> Consent:
    """Return what accepted purposes allow: a role is granted when all its purposes are.

    With no purpose of role ``analyse``, everybody is counted; with none of role
    ``citation``, nobody is quoted. What a child accepts without a parent allows nothing.
    """
    who = who or WhoConsented()
    roles: dict[str, list[bool]] = {"analyse": [], "citation": []}
    for purpose in purposes:
        counts = purpose.code in accepted and who.may_accept
        roles.setdefault(purpose.role, []).append(counts)
    return Consent(
        analysis=all(roles["analyse"]) and who.may_accept,
        quote=bool(roles["citation"]) and all(roles["citation"]),
        withdrawn_on=withdrawn_on,
        who=who,
    )


Tables = Mapping[str, pa.Table]
_TURN = ["document", "turn"]


def consenting_tables(
    study: Study, tables: Tables, consents: Mapping[str, Consent]
) -> tuple[dict[str, pa.Table], ConsentScope]:
    """Return the tables without the people who did not consent, and what was left out."""
    allowed = {code for code, consent in consents.items() if consent.stands}
    barred = consents.keys() - allowed
    kept = dict(tables)
    seen: set[str] = set()
    for name in PERSONAL:
        if name in kept:
            people = kept[name]["participant"]
            seen.update(code for code in pc.unique(people).to_pylist() if code)
            kept[name] = _lines(kept[name], _among(people, {*allowed, ""}))
    _drop_their_documents(tables, kept)
    _drop_their_answers(study, kept, barred)
    _drop_their_frame_lines(study, kept, barred)
    if "participants" in kept:
        kept["participants"] = _with_quote(kept["participants"], consents)
    withdrawn = sum(1 for consent in consents.values() if consent.withdrawn_on is not None)
    scope = ConsentScope(
        kept=len(allowed),
        refused=len(barred) - withdrawn,
        withdrawn=withdrawn,
        unknown=len(seen - consents.keys()),
    )
    return kept, scope


def _among(column: pa.ChunkedArray, codes: set[str]) -> pa.ChunkedArray:
    return pc.is_in(column, value_set=pa.array(sorted(codes), pa.string()))


def _lines(table: pa.Table, wanted: pa.ChunkedArray) -> pa.Table:
    """Return the lines wanted; the table itself, not a copy, when all are."""
    return table if pc.all(wanted, min_count=0).as_py() else table.filter(wanted)


def _drop_their_documents(before: Tables, kept: dict[str, pa.Table]) -> None:
    """Drop what hangs on a turn that went; and whole, a document whose every speaker went.

    The questions put to somebody who withdrew say what she said.
    """
    if "turns" not in before:
        return
    gone = _documents_with_people(before["turns"]) - _documents_with_people(kept["turns"])
    for name in ("documents", "turns"):
        if name in kept and gone:
            kept[name] = kept[name].filter(pc.invert(_among(kept[name]["document"], gone)))
    if kept["turns"].num_rows == before["turns"].num_rows:
        return
    for name in ("codings", "excerpts"):
        if name in kept:
            kept[name] = kept[name].join(kept["turns"].select(_TURN), _TURN, join_type="left semi")


def _documents_with_people(turns: pa.Table) -> set[str]:
    spoken = turns.filter(pc.not_equal(turns["participant"], ""))
    return set(pc.unique(spoken["document"]).to_pylist())


def _drop_their_answers(study: Study, kept: dict[str, pa.Table], barred: set[str]) -> None:
    for instrument in study.instruments:
        for edition in study.editions:
            name = answers_name(instrument.code, edition.code)
            if name in kept and instrument.subject is Subject.PERSON:
                theirs = _among(kept[name]["respondent"], barred)
                kept[name] = _lines(kept[name], pc.invert(theirs))


def _drop_their_frame_lines(study: Study, kept: dict[str, pa.Table], barred: set[str]) -> None:
    """Drop people from the frame of a network whose members are people."""
    if "organisations" not in kept:
        return
    frame = kept["organisations"]
    individuals = {case.code for case in study.cases if case.individuals}
    theirs = pc.and_(_among(frame["case"], individuals), _among(frame["organisation"], barred))
    kept["organisations"] = _lines(frame, pc.invert(theirs))


def _with_quote(participants: pa.Table, consents: Mapping[str, Consent]) -> pa.Table:
    """Return the table with ``quote`` as the register says it."""
    said = [consents[code].quote for code in participants["participant"].to_pylist()]
    place = participants.schema.get_field_index("quote")
    field = participants.schema.field(place)
    return participants.set_column(place, field, pa.array(said, pa.bool_()))
