"""Who can meet whom, exactly: the worked example of the methods page, and brute force."""

import csv
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portrait_study import answers, frozen, instrument, study

from croisee.portrait import (
    Organisation,
    Wave,
    connected,
    licences,
    meeting_tools,
    organisations,
    together,
)
from croisee.run.meetings import write_meetings

TOOLS = ("jitsi", "teams", "zoom")


def house(code: str, hosts: str = "", joins: str = "") -> Organisation:
    return Organisation(code, "rives", frozenset(hosts.split()), frozenset(joins.split()))


EXAMPLE = (
    house("ancre", "zoom", "teams"),
    house("balise", "", "zoom"),
    house("cale", "teams", ""),
    house("digue", "", "zoom teams"),
    house("ecluse", "", "jitsi"),
)


def test_worked_example_of_the_methods_page():
    assert meeting_tools(EXAMPLE[0], EXAMPLE[3]) == ("zoom",)
    assert connected(EXAMPLE) == (4, 10)
    assert (connected(EXAMPLE, "zoom"), connected(EXAMPLE, "teams")) == ((2, 10), (2, 10))
    assert together(EXAMPLE) == ("teams", ("ancre", "cale", "digue"))
    best = licences(EXAMPLE, TOOLS)
    assert [(one.organisation, one.tool, one.opened) for one in best[:2]] == [
        ("ecluse", "teams", ("ancre", "cale", "digue")),
        ("ecluse", "zoom", ("ancre", "balise", "digue")),
    ]


MEMBERS = st.lists(
    st.tuples(st.frozensets(st.sampled_from(TOOLS)), st.frozensets(st.sampled_from(TOOLS))),
    max_size=6,
).map(lambda some: [Organisation(f"o{i}", "rives", h, j) for i, (h, j) in enumerate(some)])


@settings(max_examples=150, deadline=None)
@given(MEMBERS)
def test_a_licence_opens_what_giving_it_would_link(members):
    found = {(one.organisation, one.tool): len(one.opened) for one in licences(members, TOOLS)}
    expected = {}
    for place, one in enumerate(members):
        for tool in set(TOOLS) - one.hosts:
            given_it = Organisation(one.code, one.case, one.hosts | {tool}, one.joins)
            # Hosting is also joining: what others may then host for it is not the licence's work.
            others = [o for i, o in enumerate(members) if i != place]
            opened = sum(
                tool in o.joins and not meeting_tools(one, o) and bool(meeting_tools(given_it, o))
                for o in others
            )
            if opened:
                expected[one.code, tool] = opened

    assert found == expected


@settings(max_examples=100, deadline=None)
@given(MEMBERS)
def test_connected_counts_each_pair_once(members):
    tools = [set(meeting_tools(a, b)) for a, b in combinations(members, 2)]

    assert connected(members) == (sum(map(bool, tools)), len(tools))
    assert [connected(members, tool)[0] for tool in TOOLS] == [
        sum(tool in some for some in tools) for tool in TOOLS
    ]


@pytest.mark.parametrize("members", [[], [house("a")], [house("a", "", "zoom")]])
def test_nobody_hosts_nobody_meets(members):
    assert (together(members), licences(members, ()), connected(members)[0]) == (("", ()), (), 0)


def read_lines(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_team_reads_pairs_and_licences_by_name(tmp_path):
    lines = answers("portrait", 2, {"rives": 7, "vals": 5})
    with frozen(tmp_path / "gel", {"portrait": lines}, study("portrait")) as dataset:
        members = organisations(dataset, Wave(instrument("portrait"), "2026"))
        write_meetings(tmp_path, dataset)

    pairs, opened = (
        read_lines(tmp_path / "rencontres" / f"portrait.2026{end}.csv") for end in ("", ".licences")
    )
    assert [line[0::2] for line in pairs[1:]] == [
        [a.code, b.code, "|".join(meeting_tools(a, b))] for a, b in combinations(members, 2)
    ]
    every = licences(members, ("zoom", "teams", "meet", "jitsi", "messenger"))
    assert [line[:2] for line in opened[1:]] == [[one.organisation, one.tool] for one in every]


def test_a_study_without_a_portrait_has_no_such_file(tmp_path):
    lines = answers("formation", 2, {"rives": 3})
    with frozen(tmp_path / "gel", {"formation": lines}, study("formation")) as dataset:
        write_meetings(tmp_path, dataset)

    assert not (tmp_path / "rencontres").exists()


def test_organisations_are_read_from_the_answers(tmp_path):
    lines = answers("portrait", 1, {"rives": 5})
    for name in [name for name in lines[3] if name.startswith(("q_visio-organise", "q_visio-rej"))]:
        lines[3][name] = None
    with frozen(tmp_path / "gel", {"portrait": lines}, study("portrait")) as dataset:
        found = organisations(dataset, Wave(instrument("portrait"), "2026"))

    assert [one.code for one in found] == ["rives-000", "rives-001", "rives-002", "rives-004"]
    for one, line in zip(found, [*lines[:3], lines[4]], strict=True):
        hosts = {t for t in ("zoom", "teams", "meet", "jitsi", "messenger")
                 if line[f"q_visio-organise__{t}"]}  # fmt: skip
        assert (one.hosts, one.joins >= one.hosts) == (hosts, True)
