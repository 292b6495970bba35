"""The only doors to a Release, and P1: equal released values, equal bytes."""

import json
from pathlib import Path

import jsonschema
import pytest
from gate_samples import case_table, draft, multiple, natured, one_way, question, yes_no
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quote_samples import people_met, spoken

from croisee.disclosure import (
    Release,
    ReleaseUnreadable,
    load_release,
    release_from_json,
    release_json,
    save_release,
)
from croisee.disclosure.schema import release_schema, schema_text
from croisee.findings import Finding, KeyNumber, Leaflet, Reference, Reported
from croisee.language import Label
from croisee.study import Nature, Subject
from croisee.tables import ParticipationRow, ParticipationTable


def rich(tmp_path):
    rows = tuple(
        ParticipationRow(case, Label(case), x, n, Label("organismes"))
        for case, x, n in (("carrefours", 46, 64), ("quartiers", 24, 30))
    )
    key = "participation.eclair.2020"
    table = ParticipationTable(key, Label("Sondage"), "eclair", "2020", Subject.ORGANISATION, rows)
    finding = Finding(
        "C-01",
        Label("Titre"),
        Label("{eclair.2020.aide/oui@carrefours} carrefours."),
        "Section",
        ("carrefours",),
        "valide",
        quotes=("un",),
    )
    leaflet = Leaflet(
        "carrefours",
        numbers=(KeyNumber("{eclair.2020.aide/oui@carrefours|fraction}", Label("aidés")),),
    )
    met = people_met({"carrefours": {"entretien": 8, "groupe": 12}})
    return draft(
        tmp_path,
        (key, table),
        ("eclair.2020.aide", case_table({"carrefours": (15, 31), "quartiers": (2, 22)})),
        ("besoins", multiple((33, 31, 30, 26, 3), 41, exactly=3)),
        *met,
        quotes=[spoken("un", "carrefours", "entretien", "p-1")],
        findings=[finding],
        leaflets=[leaflet],
        references=[Reference("r", Label("Une référence"))],
        reported=[Reported(f"{key}/carrefours", "75 %", Label("p. 12"))],
    ).release


def test_release_round_trips_exactly(tmp_path):
    release = rich(tmp_path)

    save_release(release, tmp_path / "release.json")
    back = load_release(tmp_path / "release.json")

    for name in Release.__slots__:
        assert getattr(back, name) == getattr(release, name)
    assert release_json(back) == release_json(release)


def test_release_json_obeys_its_schema(tmp_path):
    told = json.loads(release_json(rich(tmp_path)))

    jsonschema.validate(told, release_schema())
    assert told["format"] == "croisee-release/1"


def test_kept_schema_is_the_one_of_the_types():
    kept = Path("src/croisee/disclosure/release.schema.json").read_text(encoding="utf-8")

    assert kept == schema_text()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "croisee-release/2"),
        (("tables", 0, "cells", 0, 0, "value", "lo"), 99),
        (("tables", 0, "cells", 0, 0, "value", "lo"), "46"),
        (("tables", 0, "cells", 0, 0, "value", "type"), "brut"),
        (("tables", 0, "kind"), "brut"),
        (("study", "title"), 3),
        (("extra",), 1),
    ],
)
def test_release_that_the_gate_did_not_write_is_refused(tmp_path, path, value):
    told = json.loads(release_json(rich(tmp_path)))
    place = told
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    with pytest.raises(ReleaseUnreadable):
        release_from_json(json.dumps(told).encode())


def test_release_cannot_be_made_by_hand():
    with pytest.raises(TypeError, match="disclosure gate"):
        Release(_gate=object())


def test_release_holds_no_plain_digest_and_no_raw_count(tmp_path):
    told = release_json(rich(tmp_path)).decode()

    assert "sha256:0" not in told
    assert '"lo": 22' not in told
    assert '"lo": 20' in told


ORDINAL = question("q", "abcd")


def drafted_bytes(folder, counts, yes, delicate, chosen) -> bytes:
    release = draft(
        folder,
        ("q", one_way(counts, ORDINAL)),
        ("cas", case_table({"carrefours": (46 - yes, yes), "quartiers": (2, 22)})),
        ("delicate", one_way((24 - delicate, delicate), natured(yes_no("sens"), Nature.SENSITIVE))),
        ("plusieurs", multiple(chosen, 30)),
    ).release
    return release_json(release)


def released_values(told: bytes) -> object:
    release = release_from_json(told)
    return [
        (table.key, [[cell.value for cell in row] for row in table.cells], table.rows)
        for table in release.tables
    ]


four = st.lists(st.integers(0, 14), min_size=4, max_size=4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    one=four,
    extra=st.integers(0, 3),
    yes=st.tuples(st.integers(0, 46), st.integers(0, 46)),
    delicate=st.tuples(st.integers(0, 24), st.integers(0, 24)),
    chosen=st.lists(st.integers(0, 30), min_size=3, max_size=3),
)
def test_p1_equal_released_values_give_equal_bytes(
    tmp_path_factory, one, extra, yes, delicate, chosen
):
    if sum(one) < 10:
        one = [5, 5, *one[2:]]
    other = list(one)
    for place in (0, 2):
        moved = min(extra, other[place])
        other[place] -= moved
        other[place + 1] += moved
    folder = tmp_path_factory.mktemp("p1")

    first = drafted_bytes(folder, one, yes[0], delicate[0], chosen)
    second = drafted_bytes(folder, other, yes[1], delicate[1], list(reversed(chosen)))

    assert (released_values(first) == released_values(second)) == (first == second)


def test_p1_people_moved_inside_what_is_hidden_change_nothing(tmp_path):
    first = drafted_bytes(tmp_path, (1, 6, 9, 8), 43, 2, (27, 12, 20))
    second = drafted_bytes(tmp_path, (3, 4, 9, 8), 46, 9, (30, 12, 20))

    assert first == second
