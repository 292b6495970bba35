from dataclasses import replace

from tests.library.survey.survey_waves import HELP, HOUSES, PEOPLE, STUDY, agreed, frozen

from croisee.dataset import Consent
from croisee.language import Label
from croisee.study import ActivityState, Subject
from croisee.survey import activities, participation, wave_tables
from croisee.tables import ActivityCell, ParticipationRow, ParticipationTable

SHORT = replace(PEOPLE, questions=(HELP,), weighted=False)
BASE = replace(STUDY, instruments=(SHORT, HOUSES, STUDY.instruments[2]))


def person(number: int, case: str, component: str = "", organisation: str = "") -> dict:
    return {
        "respondent": f"r-{number}",
        "case": case,
        "component": component,
        "organisation": organisation,
        "q_aide": "oui",
    }


def member(code: str, case: str, component: str = "", edition: str = "") -> dict:
    return {
        "organisation": code,
        "case": case,
        "component": component,
        "edition": edition,
        "region": "",
        "type": "",
    }


def frame(case: str, size: int, instrument: str = "", component: str = "", edition: str = ""):
    return {
        "case": case,
        "component": component,
        "edition": edition,
        "instrument": instrument,
        "size": size,
        "source": "liste",
    }


def activity(method: str, case: str, planned: int | None, done: int | None, **other) -> dict:
    return {
        "method": method,
        "case": case,
        "component": "",
        "edition": "2021",
        "planned": planned,
        "done": done,
        "state": "faite",
        "unit_fr": "",
        "unit_en": "",
        "reason_fr": "",
        "reason_en": "",
        "start": "",
        "end": "",
    } | other


def rows_of(table: ParticipationTable) -> list[tuple]:
    return [
        (row.case, row.component, row.answered, row.frame, row.organisations) for row in table.rows
    ]


def test_organisations_answer_for_themselves_against_the_list(tmp_path):
    houses = [person(n, "rives") for n in range(3)] + [person(9, "vals", "est")]
    members = [member(f"m-{n}", "rives") for n in range(5)]
    members += [member("m-1", "rives", edition="2021"), member("m-7", "rives", edition="2019")]
    members += [member(f"e-{n}", "vals", "est") for n in range(2)]
    members += [member(f"o-{n}", "vals", "ouest") for n in range(4)]
    members += [member("loin-1", "loin")]

    with frozen(tmp_path, BASE, {"answers/eclair@2021": houses, "organisations": members}) as data:
        (table,) = participation(data)

    assert table == ParticipationTable(
        key="participation.eclair.2021",
        label=Label("Éclair"),
        source="eclair",
        edition="2021",
        subject=Subject.ORGANISATION,
        rows=(
            ParticipationRow("rives", Label("Rives"), 3, 5, Label("maisons")),
            ParticipationRow("vals", Label("Vals"), 1, 6, Label("tables")),
            ParticipationRow("vals", Label("Val Est"), 1, 2, Label("tables"), component="est"),
            ParticipationRow("vals", Label("Val Ouest"), 0, 4, Label("tables"), component="ouest"),
        ),
    )


def test_number_declared_for_an_instrument_wins_over_the_list_and_the_list_over_any_number(
    tmp_path,
):
    houses = [person(1, "rives"), person(2, "vals"), person(3, "loin")]
    members = [member(f"m-{n}", "rives") for n in range(31)]
    members += [member(f"v-{n}", "vals", "est") for n in range(7)]
    numbers = [
        frame("rives", 30, "eclair"),
        frame("rives", 99, "autre"),
        frame("vals", 98),
        frame("loin", 12, "eclair"),
        frame("loin", 14, "eclair", edition="2021"),
        frame("loin", 15, "eclair", edition="2019"),
    ]

    tables = {"answers/eclair@2021": houses, "organisations": members, "frames": numbers}
    with frozen(tmp_path, BASE, tables) as data:
        (table,) = participation(data)

    assert [row[3] for row in rows_of(table) if row[1] == ""] == [30, 7, 14]


def test_frame_known_for_one_component_only_is_unknown_for_the_case(tmp_path):
    numbers = [frame("vals", 23, "eclair", "est")]
    houses = [person(1, "vals", "est"), person(2, "vals", "ouest")]

    with frozen(tmp_path, BASE, {"answers/eclair@2021": houses, "frames": numbers}) as data:
        (table,) = participation(data)

    assert rows_of(table) == [
        ("vals", "", 2, None, None),
        ("vals", "est", 1, 23, None),
        ("vals", "ouest", 1, None, None),
    ]


def test_people_are_counted_with_the_organisations_they_come_from(tmp_path):
    people = [person(1, "rives", organisation="m-1"), person(2, "rives", organisation="m-1")]
    people += [person(3, "rives", organisation="m-2"), person(4, "rives"), person(5, "pairs")]
    members = [member(f"m-{n}", "rives") for n in range(1, 8)]
    members += [member(f"p-{n}", "pairs") for n in range(20)]

    tables = {"answers/individuel@2021": people, "organisations": members}
    with frozen(tmp_path, BASE, tables) as data:
        (table,) = participation(data)
        bases = wave_tables(data, "individuel", "2021").of("aide").base

    assert rows_of(table) == [("rives", "", 4, None, (2, 7)), ("pairs", "", 1, 20, None)]
    assert [row.units.fr for row in table.rows] == ["personnes", "personnes"]
    assert bases.frame is None


def test_case_that_was_asked_and_did_not_answer_is_shown(tmp_path):
    done = {"planned": 5, "done": 0, "case": "loin", "method": "eclair"}
    tables = {
        "answers/eclair@2021": [person(1, "rives")],
        "organisations": [member("x-1", "loin"), member("y-1", "pairs")],
        "activities": [
            activity(**done),
            activity("eclair", "pairs", None, None, state="sans objet"),
            activity("eclair", "vals", 3, 0, state="prevue"),
        ],
    }
    with frozen(tmp_path, BASE, tables) as data:
        (table,) = participation(data)

    assert rows_of(table) == [("rives", "", 1, None, None), ("loin", "", 0, 1, None)]


def field_tables() -> dict[str, list[dict]]:
    where = {"component": "", "edition": "2021", "held_on": ""}
    sessions = [
        {**where, "session": "g-1", "method": "groupe", "case": "rives"},
        {**where, "session": "g-2", "method": "groupe", "case": "rives"},
        {**where, "session": "g-3", "method": "groupe", "case": "vals"},
    ]
    present = [("g-1", "p-1"), ("g-1", "p-2"), ("g-2", "p-2"), ("g-2", "p-3"), ("g-3", "p-4")]
    people = [("p-1", "m-1"), ("p-2", "m-1"), ("p-3", "m-2"), ("p-4", ""), ("p-5", "m-9")]
    document = {**where, "document": "d", "file": "d.txt", "case": "rives", "session": ""}
    turn = {"document": "d", "speaker": "", "text": "…"}
    return {
        "sessions": sessions,
        "presences": [{"session": s, "participant": p} for s, p in present],
        "participants": [
            {"participant": p, "case": "rives", "organisation": o, "quote": True}
            | {"component": "ouest" if p == "p-4" else ""}
            for p, o in people
        ],
        "documents": [{**document, "method": "entretien"}],
        "turns": [
            {**turn, "turn": 1, "participant": ""},
            {**turn, "turn": 2, "participant": "p-5"},
        ],
        "organisations": [member(f"m-{n}", "rives") for n in range(1, 10)],
    }


def test_field_methods_count_people_once_from_sessions_and_documents(tmp_path):
    consents = agreed("p-1", "p-2", "p-3", "p-4", "p-5")

    with frozen(tmp_path, BASE, field_tables(), consents) as data:
        groups, interviews = participation(data)

    assert (groups.key, interviews.key) == (
        "participation.groupe.2021",
        "participation.entretien.2021",
    )
    assert rows_of(groups) == [
        ("rives", "", 3, None, (2, 9)),
        ("vals", "", 1, None, None),
        ("vals", "ouest", 1, None, None),
    ]
    assert rows_of(interviews) == [("rives", "", 1, None, (1, 9))]


def test_person_who_withdrew_is_not_counted(tmp_path):
    consents = agreed("p-1", "p-2", "p-4", "p-5") | {"p-3": Consent(analysis=False, quote=False)}

    with frozen(tmp_path, BASE, field_tables(), consents) as data:
        groups, _ = participation(data)

    assert rows_of(groups)[0] == ("rives", "", 2, None, (1, 9))


def test_form_of_a_group_is_counted_against_the_people_who_were_there(tmp_path):
    sheets = [person(n, "rives") for n in range(2)] + [person(8, "vals")]
    tables = {**field_tables(), "answers/fiche@2021": sheets}

    with frozen(tmp_path, BASE, tables, agreed("p-1", "p-2", "p-3", "p-4", "p-5")) as data:
        table = participation(data)[0]
        base = wave_tables(data, "fiche", "2021").of("aide").base

    assert table.key == "participation.fiche.2021"
    assert rows_of(table) == [
        ("rives", "", 2, 3, None),
        ("vals", "", 1, 1, None),
        ("vals", "ouest", 0, 1, None),
    ]
    assert (base.n, base.frame, base.within) == (3, 4, "groupe.2021@rives+vals")


def test_participation_page_worked_example(tmp_path):
    """Docs/methods/participation.md: 3 tables of 5, and 4 people from 2 houses of 7."""
    houses = [person(n, "vals", "est") for n in range(2)] + [person(5, "vals", "ouest")]
    people = [person(n, "rives", organisation=o) for n, o in enumerate(("a", "a", "b", ""))]
    tables = {
        "answers/eclair@2021": houses,
        "answers/individuel@2021": people,
        "frames": [
            frame("vals", 3, component="est"),
            frame("vals", 2, component="ouest"),
            frame("rives", 7),
        ],
    }
    with frozen(tmp_path, BASE, tables) as data:
        individual, flash = participation(data)

    assert rows_of(individual) == [("rives", "", 4, None, (2, 7))]
    assert rows_of(flash) == [
        ("vals", "", 3, 5, None),
        ("vals", "est", 2, 3, None),
        ("vals", "ouest", 1, 2, None),
    ]


def test_activities_add_up_components_and_say_what_does_not_apply(tmp_path):
    rows = [
        activity("groupe", "vals", 1, 1, component="est", unit_fr="groupe", unit_en="group"),
        activity("groupe", "vals", 1, 0, component="ouest", state="prevue"),
        activity("groupe", "rives", 2, 2),
        activity("entretien", "rives", None, 8, edition="2019"),
        activity("entretien", "rives", 9, None, edition="2021"),
        activity("entretien", "vals", 4, 4, state="sans objet", reason_fr="dispensé"),
    ]
    with frozen(tmp_path, BASE, {"activities": rows}) as data:
        table = activities(data)

    assert table is not None
    assert (table.methods, table.cases) == (("groupe", "entretien"), ("rives", "vals"))
    assert table.cells == (
        (
            ActivityCell(2, 2, ActivityState.DONE),
            ActivityCell(2, 1, ActivityState.ONGOING, Label("groupe", "group")),
        ),
        (
            ActivityCell(9, 8, ActivityState.DONE),
            ActivityCell(None, None, ActivityState.NOT_APPLICABLE, reason=Label("dispensé")),
        ),
    )


def test_state_left_empty_is_read_from_the_numbers(tmp_path):
    numbers = {"rives": (2, 2), "vals": (2, 1), "pairs": (2, None), "loin": (None, 3)}
    rows = [activity("groupe", case, *pair, state="") for case, pair in numbers.items()]

    with frozen(tmp_path, BASE, {"activities": rows}) as data:
        table = activities(data)

    assert table is not None
    assert [cell and cell.state for cell in table.cells[0]] == [
        ActivityState.DONE,
        ActivityState.ONGOING,
        ActivityState.PLANNED,
        ActivityState.DONE,
    ]


def test_study_without_activity_table_has_none(tmp_path):
    with frozen(tmp_path, BASE, {}) as data:
        assert activities(data) is None
        assert participation(data) == ()
