"""Frame, participants and their consents, sessions, activities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from croisee.dataset import AgeGroup, Assent, Consent, WhoConsented, consent_of
from croisee.language import phrase
from croisee.studyfolder import messages, words
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import ACTIVITIES, FRAME, PARTICIPANTS, SESSIONS
from croisee.studyfolder.names import Names, Person, Session, as_table, component_of, where
from croisee.studyfolder.problems import Said
from croisee.studyfolder.table import Row, Table

Rows = list[dict[str, Any]]


def read_frame(folder: Folder, names: Names) -> pa.Table:
    """Read ``cadre``: one line an organisation, case and edition (an empty edition is all)."""
    table = folder.table(FRAME)
    rows: Rows = []
    lines: dict[tuple[str, str, str], int] = {}
    for row in table.rows() if table else ():
        organisation = row.code("organisme")
        case = row.ref("cas", names.cases, "etude.toml")
        component = component_of(row, names, case)
        edition = row.ref("edition", names.editions, "etude.toml", required=False)
        if not organisation or not case or (row.text("edition") and not edition):
            continue
        for one in (edition,) if edition else tuple(names.editions):
            key = (organisation, case, one)
            if key in lines:
                row.refuse("organisme", messages.twice(organisation, lines[key]))
                break
            lines[key] = row.line
            names.organisations.setdefault((case, one), {})[organisation] = component
            rows.append(
                {
                    "organisation": organisation,
                    "case": case,
                    "component": component,
                    "edition": one,
                    "region": row.text("region"),
                    "type": row.text("type"),
                }
            )
    return as_table("organisations", rows)


def declared_frames(names: Names) -> pa.Table:
    """Return the frame sizes of ``etude.toml``; one with no edition stands for each."""
    return as_table(
        "frames",
        [
            {
                "case": frame.case,
                "component": frame.component,
                "edition": edition,
                "instrument": frame.instrument,
                "size": frame.size,
                "source": frame.source,
            }
            for frame in names.settings.frames
            for edition in ((frame.edition,) if frame.edition else tuple(names.editions))
        ],
    )


def read_sessions(folder: Folder, names: Names) -> pa.Table:
    """Read ``seances``."""
    table = folder.table(SESSIONS)
    rows: Rows = []
    for row in table.rows() if table else ():
        code = row.code("seance")
        method = row.ref("methode", names.methods, "etude.toml")
        held = row.date("date")
        place = where(row, names, names.edition_of(held.day if held else None))
        minutes = row.whole("minutes", high=100_000)
        if code in names.sessions:
            row.refuse("seance", messages.twice(code, names.sessions[code].line))
        elif code:
            session = Session(
                code,
                method,
                place.case,
                place.component,
                place.edition,
                held,
                row.table.file,
                row.line,
            )
            names.sessions[code] = session
            rows.append(
                {
                    "session": code,
                    "method": method,
                    "case": place.case,
                    "component": place.component,
                    "edition": place.edition,
                    "held_on": held.text if held else "",
                    "minutes": minutes,
                }
            )
    return as_table("sessions", rows)


@dataclass(frozen=True, slots=True)
class Register:
    """``participants`` as read: the people, their presences, what each accepted."""

    people: pa.Table
    presences: pa.Table
    consents: dict[str, Consent]
    accepted: dict[str, tuple[str, ...]]


def read_participants(folder: Folder, names: Names) -> Register:
    """Read ``participants``: the register, who was in which session, and consents."""
    table = folder.table(PARTICIPANTS)
    people: Rows = []
    presences: Rows = []
    consents: dict[str, Consent] = {}
    accepted: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    if table:
        _check_consents(table, names)
    for row in table.rows() if table else ():
        code = row.code("code")
        case = row.ref("cas", names.cases, "etude.toml")
        person = Person(
            code, case, component_of(row, names, case), row.code("organisme", required=False)
        )
        sessions = _sessions(row, names)
        purposes = _accepted(row, names)
        consent = _consent(row, names, purposes)
        if code in lines:
            row.refuse("code", messages.twice(code, lines[code]))
        elif code:
            lines[code] = row.line
            names.people[code] = person
            consents[code], accepted[code] = consent, purposes
            presences += [{"session": session, "participant": code} for session in sessions]
            people.append(
                {
                    "participant": code,
                    "case": case,
                    "component": person.component,
                    "organisation": person.organisation,
                    "quote": consent.quote,
                }
            )
    return Register(
        as_table("participants", people), as_table("presences", presences), consents, accepted
    )


def _check_consents(table: Table, names: Names) -> None:
    """Say which consent columns are missing, and which belong to no purpose."""
    purposes = {f"consent_{purpose.code.replace('-', '_')}" for purpose in names.settings.purposes}
    written = {key for key in table.written if key.startswith("consent_")}
    for key in sorted(purposes - written):
        near = table.problems.near(key, written - purposes)
        table.problems.refuse(table.place(1, key), messages.missing_column(key, near))
    for key in sorted(written - purposes):
        near = table.problems.near(key, purposes)
        said = messages.unknown_code(key.removeprefix("consent_"), near, "[[finalites]]")
        table.problems.refuse(table.place(1, key), said)
    if not any(purpose.role == "analyse" for purpose in names.settings.purposes):
        table.problems.warn(table.place(1, "consent_analyse"), _no_purpose())


def _no_purpose() -> Said:
    return (
        phrase("Aucune finalité d’analyse n’est déclarée : tout le monde est compté."),
        phrase("Ajoutez dans etude.toml une section [[finalites]] avec role = « analyse »."),
    )


def _sessions(row: Row, names: Names) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in row.listed("seances"):
        code = words.read_code(text)
        if code and code in names.sessions:
            found[code] = None
        else:
            near = row.near(words.propose_code(text), names.sessions)
            row.refuse("seances", messages.unknown_code(text, near, "seances"))
    return tuple(found)


def _accepted(row: Row, names: Names) -> tuple[str, ...]:
    """Return the purposes a person accepts, in the study's order."""
    return tuple(
        purpose.code
        for purpose in names.settings.purposes
        if row.flag(f"consent_{purpose.code.replace('-', '_')}")
    )


def _consent(row: Row, names: Names, purposes: tuple[str, ...]) -> Consent:
    """Return what a person accepts: every purpose of a role, when it has several."""
    withdrawal = row.date("retrait")
    if withdrawal and withdrawal.day is None:
        row.refuse("retrait", _no_day())
    who = _who(row)
    if purposes and not who.may_accept:
        parent = who.by_parent
        row.refuse(*(("assentiment", _child_refuses()) if parent else ("age", _no_parent())))
    day = withdrawal.day if withdrawal else None
    return consent_of(names.settings.purposes, purposes, day, who)


def _who(row: Row) -> WhoConsented:
    """Return who answered for somebody; empty cells say nothing of it."""
    age, by, assent = (
        row.word(column, known) if row.text(column) else ""
        for column, known in (
            ("age", words.AGES),
            ("consenti_par", words.ANSWERERS),
            ("assentiment", words.ASSENTS),
        )
    )
    return WhoConsented(
        AgeGroup(age) if age else None, by == "parent", Assent(assent) if assent else None
    )


def _no_parent() -> Said:
    return (
        phrase("Une personne de moins de 14 ans ne consent pas seule."),
        phrase("Écrivez « parent » dans « consenti_par », ou « non » à ses consentements."),
    )


def _child_refuses() -> Said:
    return (
        phrase("Cette jeune personne ne veut pas participer, et quelqu’un a consenti pour elle."),
        phrase("Écrivez « non » à ses consentements."),
    )


def _no_day() -> Said:
    return (
        phrase("Le jour du retrait n’est pas écrit."),
        phrase("Écrivez la date entière, par exemple 2020-03-13."),
    )


def read_activities(folder: Folder, names: Names) -> pa.Table:
    """Read ``activites``."""
    table = folder.table(ACTIVITIES)
    rows: Rows = []
    lines: dict[tuple[str, str, str, str], int] = {}
    for row in table.rows() if table else ():
        method = row.ref("methode", names.methods, "etude.toml")
        start, end = row.date("debut"), row.date("fin")
        place = where(row, names, names.edition_of(start.day if start else None), needed=False)
        planned, done = row.whole("prevu"), row.whole("fait")
        key = (method, place.case, place.component, place.edition)
        if key in lines:
            row.refuse("methode", messages.twice(method, lines[key]))
        if start and end and end.text < start.text[: len(end.text)]:
            row.refuse("fin", _ends_first())
        lines.setdefault(key, row.line)
        rows.append(
            {
                "method": method,
                "case": place.case,
                "component": place.component,
                "edition": place.edition,
                "planned": planned,
                "done": done,
                "state": row.word("etat", words.STATES, default=_state(planned, done)),
                "unit_fr": row.text("unite"),
                "unit_en": row.text("unite_en"),
                "reason_fr": row.text("motif"),
                "reason_en": row.text("motif_en"),
                "start": start.text if start else "",
                "end": end.text if end else "",
            }
        )
    return as_table("activities", rows)


def _state(planned: int | None, done: int | None) -> str:
    """Return what an empty state means: nothing done yet, some, or all of it."""
    if not done:
        return "prevue"
    return "en cours" if planned is not None and done < planned else "faite"


def _ends_first() -> Said:
    return (
        phrase("La fin est avant le début."),
        phrase("Échangez ou corrigez les deux dates."),
    )
