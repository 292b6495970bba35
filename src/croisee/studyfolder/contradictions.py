"""What two inputs say differently: shown to the team before publication, never refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from croisee.dataset import answers_name
from croisee.findings import Contradiction
from croisee.language import Phrase, phrase
from croisee.study import Instrument, MethodKind, Subject
from croisee.studyfolder.names import Names
from croisee.text import parse_date

Tables = Mapping[str, pa.Table]
STUDY = "etude.toml"


def find_contradictions(names: Names, tables: Tables, kept: Tables) -> tuple[Contradiction, ...]:
    """Compare the inputs with each other, in a fixed order.

    ``kept`` holds the tables after consent: somebody who withdrew took part, so what was
    done may be counted with or without them, and neither is a contradiction.
    """
    found = [
        *_frames(names),
        *_responses(names, kept),
        *_activities(names, tables, kept),
        *_dates(names, tables),
        *_belonging(names, tables),
    ]
    return tuple(dict.fromkeys(found))


def _year(names: Names, edition: str) -> int | None:
    start = names.editions[edition].start
    if start:
        return start.year
    return int(edition) if edition.isdigit() and len(edition) == len("2020") else None


def _frames(names: Names) -> Iterator[Contradiction]:
    """Frame sizes against membership, and against each other, by case and edition."""
    for case in names.settings.cases:
        members = {membership.year: membership.count for membership in case.memberships}
        for edition in names.editions:
            sizes = list(_sizes(names, case.code, edition))
            about = f"cadre.{edition}@{case.code}"
            count = members.get(_year(names, edition) or 0)
            for where, size in sizes:
                if count is not None and size != count:
                    message = phrase(
                        "{case}, {edition} : la base de sondage compte {size}, "
                        "les membres sont {count}.",
                        case=case.short,
                        edition=edition,
                        size=size,
                        count=count,
                    )
                    yield Contradiction(about, message, (where, f"{STUDY} : membres"))
            for where, size in sizes[1:]:
                if size != sizes[0][1]:
                    yield Contradiction(
                        about,
                        phrase(
                            "{case}, {edition} : deux tailles de base de sondage, "
                            "{first} et {second}.",
                            case=case.short,
                            edition=edition,
                            first=sizes[0][1],
                            second=size,
                        ),
                        (sizes[0][0], where),
                    )


def _sizes(names: Names, case: str, edition: str) -> Iterator[tuple[str, int]]:
    """Yield each size given for the whole frame of organisations of a case in an edition.

    Sizes of a component are added up. The frame of a questionnaire answered by people
    (those who were in a group) is another population.
    """
    listed = names.organisations.get((case, edition))
    if listed:
        yield "cadre", len(listed)
    added: dict[str, int] = {}
    individuals = names.cases[case].individuals
    for frame in names.settings.frames:
        if frame.case != case or frame.edition not in {"", edition}:
            continue
        instrument = names.instruments.get(frame.instrument)
        if instrument and (instrument.subject is Subject.PERSON or individuals):
            continue
        place = f"{STUDY} : cadres {frame.instrument}".strip()
        if frame.component:
            added[place] = added.get(place, 0) + frame.size
        else:
            yield place, frame.size
    yield from added.items()


def _frame_of(names: Names, instrument: Instrument, case: str, edition: str) -> int | None:
    """Return the frame that a wave of answers may not exceed, in its own units."""
    own = [
        frame
        for frame in names.settings.frames
        if frame.case == case
        and frame.edition in {"", edition}
        and frame.instrument == instrument.code
    ]
    if own:
        return sum(frame.size for frame in own)
    if instrument.subject is Subject.PERSON and not names.cases[case].individuals:
        return None
    listed = names.organisations.get((case, edition))
    return len(listed) if listed else None


def _answers(tables: Tables, instrument: str, edition: str) -> Counter[tuple[str, str]]:
    table = tables.get(answers_name(instrument, edition))
    if table is None:
        return Counter()
    pairs = table.group_by(["case", "component"]).aggregate([([], "count_all")]).to_pylist()
    return Counter({(pair["case"], pair["component"]): pair["count_all"] for pair in pairs})


def _responses(names: Names, tables: Tables) -> Iterator[Contradiction]:
    for instrument in names.instruments.values():
        for edition in names.editions:
            counts: Counter[str] = Counter()
            for (case, _), count in _answers(tables, instrument.code, edition).items():
                counts[case] += count
            for case, count in sorted(counts.items()):
                frame = _frame_of(names, instrument, case, edition) if case else None
                if frame is not None and count > frame:
                    yield Contradiction(
                        f"participation.{instrument.code}.{edition}",
                        phrase(
                            "{case}, {edition} : {count} réponses pour une base de sondage "
                            "de {frame}.",
                            case=names.cases[case].short,
                            edition=edition,
                            count=count,
                            frame=frame,
                        ),
                        (f"reponses/{instrument.code}_{edition}", "cadre"),
                    )


def _activities(names: Names, tables: Tables, kept: Tables) -> Iterator[Contradiction]:
    """Done against planned, and against what the folder holds."""
    for row in tables["activities"].to_pylist():
        if not row["method"] or not row["case"]:
            continue
        done, planned = row["done"], row["planned"]
        about = f"activites : {row['method']}, {row['case']}, {row['edition']}"
        values = {
            "method": names.methods[row["method"]].name,
            "case": names.cases[row["case"]].short,
            "done": done,
        }
        if done is not None and planned is not None and done > planned:
            message = phrase(
                "{method}, {case} : {done} faits, plus que les {planned} prévus.",
                **values,
                planned=planned,
            )
            yield Contradiction(about, message, ("activites",))
        held, before = _held(names, kept, row), _held(names, tables, row)
        counts = {*(held[0] if held else ()), *(before[0] if before else ())}
        if done is not None and held is not None and done not in counts:
            message = phrase(
                "{method}, {case} : {done} faits selon activites, {count} selon {source}.",
                **values,
                count=held[0][0],
                source=held[1],
            )
            yield Contradiction(about, message, ("activites", held[1]))


def _held(
    names: Names, tables: Tables, row: Mapping[str, str]
) -> tuple[tuple[int, ...], str] | None:
    """Return how much was done according to answers, sessions or documents, and which of them.

    Answers may be counted two ways: by respondent, and by organisation.
    """
    method = names.methods[row["method"]]
    if method.kind is MethodKind.SURVEY:
        own = [one for one in names.instruments.values() if one.method == method.code]
        name = answers_name(own[0].code, row["edition"]) if len(own) == 1 else ""
        if name not in tables:
            return None
        same = _same(tables[name], row, ("case", "component"))
        organisations = set(tables[name]["organisation"].filter(same).to_pylist()) - {""}
        counts = (int(pc.sum(same).as_py() or 0), len(organisations))
        return counts, f"reponses/{own[0].code}_{row['edition']}"
    for name in ("sessions", "documents"):
        table = tables[name]
        if pc.any(pc.equal(table["method"], method.code)).as_py():
            same = _same(table, row, ("method", "case", "component", "edition"))
            return (int(pc.sum(same).as_py() or 0),), {"sessions": "seances"}.get(name, name)
    return None


def _same(table: pa.Table, row: Mapping[str, str], columns: tuple[str, ...]) -> pa.ChunkedArray:
    """Return which lines agree with a row where the row says something."""
    same = pc.equal(table["case"], row["case"])
    for column in columns:
        if row[column]:
            same = pc.and_(same, pc.equal(table[column], row[column]))
    return same


def _dates(names: Names, tables: Tables) -> Iterator[Contradiction]:
    """Dates outside their edition, after the arrest, or covered by no certificate."""
    for name, key, columns in (
        ("sessions", "session", ("held_on",)),
        ("documents", "document", ("held_on",)),
        ("activities", "method", ("start", "end")),
    ):
        for row in tables[name].to_pylist():
            for column in columns:
                for message in _date_messages(names, row["edition"], row[key], row[column]):
                    file = {"sessions": "seances", "activities": "activites"}.get(name, name)
                    yield Contradiction(f"{file} : {row[key]}", message, (file, STUDY))


def _date_messages(names: Names, code: str, thing: str, text: str) -> Iterator[Phrase]:
    read = parse_date(text) if text else None
    day = read.day if read else None
    edition = names.editions.get(code)
    if day is None or edition is None:
        return
    shown = {"thing": thing, "day": day.isoformat()}
    if (edition.start and day < edition.start) or (edition.end and day > edition.end):
        yield phrase(
            "« {thing} » est daté du {day}, hors de l’édition {edition}.", **shown, edition=code
        )
    arrest = names.settings.diffusion.arrest_on
    covered = names.settings.diffusion.editions
    if arrest and day > arrest and (not covered or code in covered):
        yield phrase("« {thing} » est daté du {day}, après la date d’arrêt.", **shown)
    if _uncovered(names, day):
        yield phrase("« {thing} » est daté du {day}, sans certificat d’éthique alors.", **shown)


def _uncovered(names: Names, day: date) -> bool:
    certificates = names.settings.certificates
    return bool(certificates) and not any(
        (one.start is None or one.start <= day) and (one.end is None or day <= one.end)
        for one in certificates
    )


def _belonging(names: Names, tables: Tables) -> Iterator[Contradiction]:
    """People in a session of another case; documents that disagree with their session."""
    for row in tables["presences"].to_pylist():
        session = names.sessions[row["session"]]
        person = names.people[row["participant"]]
        linked = names.cases[session.case].links if session.case else ()
        if person.case and session.case not in {"", person.case, *linked}:
            yield Contradiction(
                f"participants : {person.code}",
                phrase(
                    "« {person} » est de {own}, mais dans une séance de {other}.",
                    person=person.code,
                    own=names.cases[person.case].short,
                    other=names.cases[session.case].short,
                ),
                ("participants", "seances"),
            )
    for row in tables["documents"].to_pylist():
        held = names.sessions.get(row["session"])
        if held and (held.case, held.method) != (row["case"], row["method"]):
            yield Contradiction(
                f"documents : {row['document']}",
                phrase(
                    "« {document} » et sa séance n’ont pas le même cas ou la même méthode.",
                    document=row["document"],
                ),
                ("documents", "seances"),
            )
