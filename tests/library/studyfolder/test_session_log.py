"""The session log and the decided cuts: what is read of them, and every mistake in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.formats.transcripts.lines_writing import clock
from croisee.studyfolder import CutDecision, NotedOpening, new_study, read_study, write_study
from croisee.text import parse_time

LOG, CUTS = "journal-de-seance.csv", "relectures/coupes.csv"
HEAD = "seance;theme;heure"
DECIDED = "document;theme;tour;paroles;decision;vers;par;le"


@pytest.fixture
def folder(tmp_path):
    new_study(tmp_path / "etude", "fr")
    return tmp_path / "etude"


def written(folder, file, *lines):
    (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_study(folder)


def said(read):
    return [(p.severity, p.file, p.row, p.column, p.message.to("fr")) for p in read.problems]


def test_a_log_is_read_in_seconds_and_goes_past_midnight(folder):
    read = written(
        folder, LOG, HEAD, "groupe-1;bilan;23 h 50", "groupe-1;distance;23:58:30",
        "groupe-1;besoins;0:10", "groupe-1;bilan;00:15:00,5",
    )  # fmt: skip

    assert said(read) == []
    assert read.openings == (
        NotedOpening("groupe-1", "bilan", 85_800.0),
        NotedOpening("groupe-1", "distance", 86_310.0),
        NotedOpening("groupe-1", "besoins", 87_000.0),
        NotedOpening("groupe-1", "bilan", 87_300.5),
    )


def test_the_english_names_are_read(folder):
    read = written(folder, "session-log.csv", "session,question,time", "groupe-1,bilan,9:30")

    assert (said(read), len(read.openings)) == ([], 1)


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("groupe-1;bilans;14:06", "theme", "« bilans » n’est pas dans guide."),
        ("groupe-9;bilan;14:06", "seance", "« groupe-9 » n’est pas dans seances."),
        ("groupe-1;bilan;tantôt", "heure", "« tantôt » n’est pas une heure."),
        ("groupe-1;bilan;765", "heure", "« 765 » n’est pas une heure."),
        ("groupe-1;bilan;14:75", "heure", "« 14:75 » n’est pas une heure."),
        ("groupe-1;bilan;", "heure", "Cette cellule est vide."),
        ("groupe-1;bilan;14:02", "heure",
         "14:02 vient avant la ligne 2 (14:05) de la même séance."),
    ],
)  # fmt: skip
def test_a_mistake_of_the_log_is_said_in_its_place(folder, line, column, message):
    read = written(folder, LOG, HEAD, "groupe-1;distance;14:05", line)

    assert said(read) == [("refus", LOG, 3, column, message)]


def test_a_log_without_its_columns_and_one_without_verbatim_are_said(folder):
    assert [one[3:] for one in said(written(folder, LOG, "seance;theme", "groupe-1;bilan"))] == [
        ("heure", "Il manque la colonne « heure ».")
    ]
    with (folder / "seances.csv").open("a", encoding="utf-8") as file:
        file.write("groupe-2;groupe;potagers;2024;2024-05-15;60\n")
    read = written(folder, LOG, HEAD, "groupe-2;bilan;10:00", "groupe-2;distance;10:20")

    assert said(read) == [
        ("avertissement", LOG, 2, "seance", "Aucun document n’est de la séance « groupe-2 ».")
    ]


def test_what_a_person_decides_of_a_cut_is_read(folder):
    read = written(
        folder, CUTS, DECIDED,
        "groupe-1.txt;bilan;1;On commence. Êtes-vous…;accepter;;Odette;hier",
        "groupe-1;distance;;;changer;8;;", "groupe-1;besoins;;;refuser;;;",
        "groupe-1;formation;;;;;;",
    )  # fmt: skip

    assert said(read) == []
    assert read.cuts == (
        CutDecision("groupe-1", "bilan", 1, "Odette", "hier"),
        CutDecision("groupe-1", "distance", 8),
        CutDecision("groupe-1", "besoins", None),
    )


def test_a_number_where_it_begins_is_a_decision(folder):
    read = written(folder, CUTS, "document;theme;vers", "groupe-1;distance;8")

    assert (said(read), read.cuts) == ([], (CutDecision("groupe-1", "distance", 8),))


@pytest.mark.parametrize(
    ("line", "severity", "column", "message"),
    [
        ("groupe-2;bilan;1;;accepter;;;", "refus", "document",
         "« groupe-2 » n’est pas dans documents."),
        ("groupe-1;bilans;1;;accepter;;;", "refus", "theme", "« bilans » n’est pas dans guide."),
        ("groupe-1;bilan;1;;changer;99;;", "refus", "vers",
         "Le tour 99 n’existe pas : le document en a 8."),
        ("groupe-1;bilan;1;;changer;;;", "refus", "vers", "Cette cellule est vide."),
        ("groupe-1;bilan;;;accepter;;;", "refus", "tour", "Cette cellule est vide."),
        ("groupe-1;bilan;1;;oui;;;", "refus", "decision",
         "« oui » n’est pas une valeur possible ici."),
        ("groupe-1;distance;8;;refuser;;;", "refus", "theme",
         "« distance » est déjà à la ligne 2."),
        ("groupe-1;bilan;1;;changer;8;;", "refus", "vers",
         "La ligne 2 fait déjà commencer une question au tour 8."),
        ("groupe-1;bilan;1;Bonjour;accepter;;;", "avertissement", "paroles",
         "Le tour 1 ne commence plus ainsi : la décision est sans effet."),
    ],
)  # fmt: skip
def test_a_mistake_of_a_decision_is_said_in_its_place(folder, line, severity, column, message):
    read = written(folder, CUTS, DECIDED, "groupe-1;distance;;;changer;8;;", line)

    assert said(read) == [(severity, CUTS, 3, column, message)]
    assert read.cuts == (CutDecision("groupe-1", "distance", 8),)


def test_a_folder_written_keeps_its_log_and_its_decided_cuts(folder, tmp_path):
    written(folder, LOG, HEAD, "groupe-1;bilan;23:59:30,25", "groupe-1;distance;0:08")
    before = written(
        folder, CUTS, DECIDED, "groupe-1;distance;;;changer;8;Odette;hier",
        "groupe-1;besoins;;;refuser;;;",
    )  # fmt: skip
    write_study(before, tmp_path / "out")
    after = read_study(tmp_path / "out")

    assert said(after) == []
    assert (after.openings, after.cuts) == (before.openings, before.cuts)
    assert (len(after.openings), len(after.cuts)) == (2, 2)


@given(st.integers(0, 99 * 3_600_000))
def test_a_time_written_is_read_back(milliseconds):
    seconds = milliseconds / 1000

    assert parse_time(clock(seconds)) == pytest.approx(seconds, abs=1e-9)
