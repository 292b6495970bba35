"""P1: studies that differ only in what is hidden give the same bytes. P2: in the file beside."""

import csv
import json
import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.journeys.reading import every_byte
from tests.journeys.reference import AT, copy_of_the_example

from croisee import load_release
from croisee.disclosure import Chiffre, Form, Kind, Release
from croisee.run import run_study

pytestmark = pytest.mark.xdist_group("journey")

Lines = list[dict[str, str]]


def read(path: Path) -> Lines:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write(path: Path, lines: Lines) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(lines)


def counted(study: Path, lines: Lines) -> Lines:
    """Return the lines of the people who are analysed (organisations consent to nothing)."""
    people = {line["code"]: line for line in read(study / "participants.csv")}
    return [
        line
        for line in lines
        if (one := people.get(line["repondant"])) is None
        or (one["consent_analyse"] == "oui" and not one["retrait"])
    ]


def shuffle_answers(study: Path, release: Release) -> int:
    """Give each answer to another person of the same network: no table of one question moves.

    Questions of a released crossing stay where they are. Returns how many cells changed.
    """
    crossed = {
        event.question
        for table in release.tables
        if table.kind is Kind.CROSS
        for line in table.cells
        for cell in line
        if cell is not None
        for event in cell.events
    }
    changed = 0
    for path in sorted((study / "reponses").glob("*.csv")):
        lines = read(path)
        questions = [
            name
            for name in lines[0]
            if name not in {"repondant", "cas", "composante", "organisme", *crossed}
        ]
        groups = defaultdict(list)
        for line in counted(study, lines):
            groups[line["cas"]].append(line)
        for shift, question in enumerate(questions, 1):
            for group in groups.values():
                given = [line[question] for line in group]
                for place, line in enumerate(group):
                    answer = given[(place + shift) % len(group)]
                    changed += answer != line[question]
                    line[question] = answer
        write(path, lines)
    return changed


@dataclass(frozen=True)
class Move:
    """One person of a network (of any, when empty) gives another answer to a question."""

    wave: str
    question: str
    old: str
    new: str
    case: str = ""

    def on(self, study: Path) -> None:
        path = study / "reponses" / f"{self.wave}.csv"
        lines = read(path)
        line = next(
            line
            for line in counted(study, lines)
            if line[self.question] == self.old and self.case in {"", line["cas"]}
        )
        line[self.question] = self.new
        write(path, lines)


def hidden_moves(release: Release) -> list[Move]:
    """Return moves inside what the release hides, found in the release itself.

    Merged: in a block of two answers, one person of the smaller goes to the larger.
    One-sided: one person crosses the cut, « au moins n − 4 » before as after.
    """
    moves = []
    for head in release.table("profil.evaluation.2021").rows:
        if len(head.parts) == 2:
            question, block = head.key.split(":")
            larger, smaller = block.split("+")
            moves.append(Move("evaluation_2021", question, smaller, larger))
    for question in ("satisfaction", "parole"):
        table = release.table(f"evaluation.2021.{question}")
        (cell,) = table.cells[0]
        if table.fallback and cell.value.form is Form.AT_LEAST:
            moves.append(Move("evaluation_2021", question, table.rows[0].key.split("+")[-1], "pas"))
    return moves


@pytest.fixture(scope="module")
def hidden(journey, tmp_path_factory):
    """A study whose hidden part is another one, run with the same key and the same codes."""
    place = tmp_path_factory.mktemp("cache")
    study = copy_of_the_example(place / "etude")
    with_the_register_of(journey.study, study)
    release = load_release(journey.draft / "equipe" / "release.json")
    changed = shuffle_answers(study, release)
    moves = hidden_moves(release)
    for move in moves:
        move.on(study)
    run_study(study, place / "resultats", at=AT)
    return place / "resultats", changed, moves


def with_the_register_of(study: Path, copy: Path) -> None:
    """Give a copy the key and the codes of a study, and none of what it sealed."""
    (copy / "registre").mkdir(exist_ok=True)
    for name in ("cle.bin", "codes.csv"):
        shutil.copyfile(study / "registre" / name, copy / "registre" / name)


def without_the_digest(results: Path) -> dict[str, bytes]:
    """Return every byte that leaves the team, the keyed digest of the Dataset taken out."""
    mac = json.loads((results / "diffusion" / "release.json").read_bytes())["dataset_mac"].encode()
    return {
        f"{part}/{name}": content.replace(mac, b"")
        for part in ("diffusion", "cercles")
        for name, content in every_byte(results / part).items()
    }


def raw(results: Path, key: str) -> Lines:
    with (results / "equipe" / "tables" / f"{key}.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_hidden_part_is_really_another(journey, hidden):
    results, changed, moves = hidden
    before = json.loads((journey.draft / "equipe" / "dataset" / "manifest.json").read_bytes())
    after = json.loads((results / "equipe" / "dataset" / "manifest.json").read_bytes())

    assert changed > 1000
    assert [move.question for move in moves] == ["fonction", "satisfaction", "parole"]
    assert before != after
    for key in ("evaluation.2021.satisfaction", "profil.evaluation.2021"):
        assert raw(journey.draft, key) != raw(results, key)


def test_same_release_gives_the_same_bytes(journey, hidden):
    results = hidden[0]
    released = [
        load_release(place / "equipe" / "release.json").tables for place in (journey.draft, results)
    ]
    before, after = without_the_digest(journey.draft), without_the_digest(results)

    assert released[0] == released[1]
    assert len(before) > 400
    assert sorted(before) == sorted(after)
    assert [name for name in before if before[name] != after[name]] == []


def exact_move(release: Release) -> Move:
    """Return a move between two answers of one network, both printed exactly."""
    for table in release.tables:
        rows = [
            (head.key, cell.value)
            for head, (cell, *_) in zip(table.rows, table.cells, strict=True)
            if "+" not in head.key and isinstance(cell.value, Chiffre)
        ]
        exact = [key for key, value in rows if value.form is Form.EXACT and value.lo > 8]
        if table.kind is Kind.ONE_WAY and "@" in table.key and len(exact) > 1:
            wave, question = table.key.partition("@")[0].rsplit(".", 1)
            return Move(wave.replace(".", "_"), question, *exact[:2], table.columns[0].key)
    raise AssertionError("no answer printed exactly in one network")


def test_control_one_released_answer_changes_what_leaves(journey, tmp_path):
    study = copy_of_the_example(tmp_path / "etude")
    with_the_register_of(journey.study, study)
    release = load_release(journey.draft / "equipe" / "release.json")
    exact_move(release).on(study)
    run_study(study, tmp_path / "resultats", at=AT)

    before, after = without_the_digest(journey.draft), without_the_digest(tmp_path / "resultats")

    changed = {name for name in before if before[name] != after.get(name)}
    assert {"diffusion/release.json", "diffusion/rapport.html", "diffusion/rapport.pdf"} <= changed
