"""``croisee opinion``: what it prints and writes, and what it refuses."""

import csv

import pytest
from tests.library.opinion.made import camps

from croisee.cli import main


def table(tmp_path, rows):
    path = tmp_path / "toits.csv"
    lines = [f"P{person};E{statement};{vote}\n" for person, statement, vote in rows]
    path.write_text("participant;affirmation;vote\n" + "".join(lines), encoding="utf-8")
    return path


def test_groups_are_told_and_the_tables_written(tmp_path, capsys):
    rows, of_camp = camps((60, 40))
    out = tmp_path / "tables"
    command = ["opinion", str(table(tmp_path, rows)), "--out", str(out), "--lang", "fr"]
    assert main(command) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")

    assert "Pour l’équipe seulement" in said
    assert "Groupe A : 60 personnes" in said
    assert "Groupe B : 40 personnes" in said
    with (out / "personnes.csv").open(encoding="utf-8-sig") as stream:
        groups = {
            one["participant"]: one["groupe"] for one in csv.DictReader(stream, delimiter=";")
        }
    assert groups == {f"P{place}": "AB"[camp] for place, camp in enumerate(of_camp)}
    with (out / "affirmations.csv").open(encoding="utf-8-sig") as stream:
        lines = {one["affirmation"]: one for one in csv.DictReader(stream, delimiter=";")}
    agreed = sum(vote == 1 for person, statement, vote in rows if statement == 2 and person < 60)
    assert lines["E2"]["A_accord"] == str(agreed)
    with (out / "caracteristiques.csv").open(encoding="utf-8-sig") as stream:
        told = {(one["groupe"], one["affirmation"], one["sens"])
                for one in csv.DictReader(stream, delimiter=";")}  # fmt: skip
    assert ("A", "E0", "accord") in told
    assert ("A", "E1", "desaccord") in told
    assert main(command) == 2
    assert "existe" in capsys.readouterr().err


def test_the_same_votes_in_another_order_say_the_same(tmp_path, capsys):
    rows, _ = camps((45, 30), 12)
    said = []
    for order in (rows, rows[::-1]):
        assert main(["opinion", str(table(tmp_path, order)), "--lang", "en"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "Group A" in said[0]


def sixty(tmp_path):
    """Return a table where 36 of 60 people agree with the first of three statements."""
    rows = [(person, one, 1 if person < 36 else -1) for person in range(60) for one in range(3)]
    return str(table(tmp_path, rows))


@pytest.mark.parametrize(
    ("asked", "low", "high", "told"),
    [([], 47, 71, "Wilson"), (["--frame", "80"], 54, 66, "80 personnes du cadre")],
)
def test_a_small_known_frame_narrows_the_intervals(tmp_path, capsys, asked, low, high, told):
    """36 of 60: 47 to 71 % of a population without end, 54 to 66 % of eighty (exact)."""
    out = tmp_path / "t"

    assert main(["opinion", sixty(tmp_path), "--lang", "fr", "--out", str(out), *asked]) == 0

    assert told in capsys.readouterr().out.replace("\u00a0", " ")
    with (out / "affirmations.csv").open(encoding="utf-8-sig") as stream:
        first = next(csv.DictReader(stream, delimiter=";"))
    ends = [float(first[name].replace(",", ".")) for name in ("accord_de", "accord_a")]
    assert [round(one) for one in ends] == [low, high]


@pytest.mark.parametrize(
    ("language", "frame", "votes"),
    [("fr", "100 000 personnes du cadre", "3 600 votes"), ("en", "100,000 people", "3,600 votes")],
)
def test_large_numbers_are_written_as_the_language_does(tmp_path, capsys, language, frame, votes):
    rows = [(person, one, 1) for person in range(1200) for one in range(3)]
    command = ["opinion", str(table(tmp_path, rows)), "--frame", "100000", "--lang", language]

    assert main(command) == 0

    said = " ".join(capsys.readouterr().out.split())
    assert (frame in said, votes in said) == (True, True), said


@pytest.mark.parametrize("frame", ["59", "-3"])
def test_a_frame_smaller_than_who_voted_is_refused(tmp_path, capsys, frame):
    assert main(["opinion", sixty(tmp_path), "--lang", "fr", "--frame", frame]) == 2
    assert "60 personnes ont voté" in capsys.readouterr().err.replace("\u00a0", " ")


def test_forty_nine_people_are_told_why_there_are_no_groups(tmp_path, capsys):
    rows, _ = camps((25, 24), seen=1)
    out = tmp_path / "t"
    command = ["opinion", str(table(tmp_path, rows)), "--lang", "fr", "--out", str(out)]
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "Il faut 50 personnes" in said
    assert "Groupe A" not in said
    assert [path.name for path in out.iterdir()] == ["affirmations.csv"]


def test_everyone_passes(tmp_path, capsys):
    rows = [(person, statement, 0) for person in range(60) for statement in range(8)]
    assert main(["opinion", str(table(tmp_path, rows)), "--lang", "fr"]) == 0
    assert "Groupe A" not in capsys.readouterr().out


def test_a_polis_export_is_written_and_read_as_the_table_is(tmp_path, capsys):
    rows, _ = camps((30, 25), 8, seen=1)
    folder = tmp_path / "toits"
    assert (
        main(["opinion", str(table(tmp_path, rows)), "--polis", str(folder), "--lang", "fr"]) == 0
    )
    first = capsys.readouterr().out
    assert main(["opinion", str(folder), "--lang", "fr"]) == 0
    second = capsys.readouterr().out
    assert first.splitlines()[0] == second.splitlines()[0]
    assert "Groupe A : 30 personnes" in second.replace("\u00a0", " ")


@pytest.mark.parametrize("text", [b"", b"\x00", b"participant;affirmation;vote\n"])
def test_what_is_no_table_of_votes_is_refused(tmp_path, capsys, text):
    path = tmp_path / "v.csv"
    path.write_bytes(text)
    assert main(["opinion", str(path), "--lang", "fr"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.strip()
    assert "Traceback" not in shown.err


def test_an_empty_folder_or_an_absent_file_is_refused(tmp_path, capsys):
    assert main(["opinion", str(tmp_path), "--lang", "fr"]) == 2
    assert "comments.csv" in capsys.readouterr().err
    assert main(["opinion", str(tmp_path / "rien.csv"), "--lang", "fr"]) == 2
    assert capsys.readouterr().err.strip()
