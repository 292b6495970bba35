"""The INSEE survey « Histoire de vie » (2003), weighted, against the CSV read line by line."""

import csv
import json
from collections import defaultdict
from decimal import Decimal

import pytest
from tests.library.survey.survey_waves import frozen

from croisee.language import Label
from croisee.study import (
    Case,
    Diffusion,
    Edition,
    Instrument,
    Method,
    MethodKind,
    Nature,
    Option,
    Question,
    QuestionKind,
    Study,
    Subject,
)
from croisee.survey import cross, wave_tables
from croisee.tables import NumericTable, OneWayTable

NAME = "answers/hdv@2003"


def code(label: str) -> str:
    """Return an option code for a label: its letters and digits."""
    return "".join(letter for letter in label.lower() if letter.isascii() and letter.isalnum())


def weight(line: dict[str, str]) -> Decimal:
    """Return the weight to 12 places: the file carries the noise of binary fractions."""
    return Decimal(line["poids"]).quantize(Decimal("1e-12"))


def column(variable: str) -> str:
    return code(variable)


@pytest.fixture(scope="module")
def codebook(real_data) -> list[dict]:
    path = real_data / "survey" / "derived" / "hdv2003_codebook.json"
    if not path.is_file():
        pytest.skip("no INSEE survey in the real data")
    return [
        entry
        for entry in json.loads(path.read_text(encoding="utf-8"))
        if entry["variable"] not in {"id", "poids"}
    ]


@pytest.fixture(scope="module")
def lines(real_data) -> list[dict[str, str]]:
    path = real_data / "survey" / "derived" / "hdv2003.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def question_of(entry: dict) -> Question:
    label = Label(entry["variable"])
    if entry["values"] is None:
        bounds = {"age": (35, 55)}.get(entry["variable"], (2,))
        return Question(
            column(entry["variable"]),
            label,
            QuestionKind.NUMBER,
            classes=tuple(Decimal(bound) for bound in bounds),
        )
    options = tuple(Option(code(value), Label(value)) for value in entry["values"])
    nature = Nature.VISIBLE if entry["variable"] == "sexe" else Nature.ORDINARY
    return Question(column(entry["variable"]), label, QuestionKind.SINGLE, options, nature)


@pytest.fixture(scope="module")
def dataset(codebook, lines, tmp_path_factory):
    form = Instrument(
        "hdv",
        Label("Histoire de vie"),
        "sondage",
        Subject.PERSON,
        tuple(question_of(entry) for entry in codebook),
        weighted=True,
    )
    study = Study(
        title=Label("Histoire de vie"),
        question=Label("Essai ?"),
        languages=("fr",),
        cases=(Case("france", Label("France"), Label("France")),),
        editions=(Edition("2003", Label("2003")),),
        methods=(Method("sondage", Label("Sondage"), MethodKind.SURVEY),),
        diffusion=Diffusion("2003a"),
        instruments=(form,),
    )
    answers = [
        {"respondent": line["id"], "case": "france", "component": "", "organisation": ""}
        | {"weight": weight(line)}
        | {f"q_{column(entry['variable'])}": answer(entry, line) for entry in codebook}
        for line in lines
    ]
    with frozen(tmp_path_factory.mktemp("hdv"), study, {NAME: answers}) as opened:
        yield opened


def answer(entry: dict, line: dict[str, str]) -> str | Decimal | None:
    written = line[entry["variable"]]
    if written == "":
        return None
    return Decimal(written) if entry["values"] is None else code(written)


def test_counts_and_weighted_sums_are_those_of_the_file(dataset, codebook, lines):
    tables = wave_tables(dataset, "hdv", "2003")

    closed = [entry for entry in codebook if entry["values"] is not None]
    assert len(closed) >= 10
    for entry in closed:
        people: defaultdict[str, int] = defaultdict(int)
        weights: defaultdict[str, Decimal] = defaultdict(Decimal)
        for line in lines:
            people[line[entry["variable"]]] += 1
            weights[line[entry["variable"]]] += weight(line)
        table = tables.of(column(entry["variable"]))
        assert isinstance(table, OneWayTable)
        assert table.counts == tuple(people[value] for value in entry["values"])
        assert table.weighted == tuple(weights[value] for value in entry["values"])
        assert table.missing == people[""] == entry["n_missing"]
        assert table.base.n + table.missing == len(lines)


def test_numbers_are_those_of_the_file(dataset, codebook, lines):
    tables = wave_tables(dataset, "hdv", "2003")

    for entry in (entry for entry in codebook if entry["values"] is None):
        values = [Decimal(line[entry["variable"]]) for line in lines if line[entry["variable"]]]
        table = tables.of(column(entry["variable"]))
        assert isinstance(table, NumericTable)
        assert table.total == sum(values)
        assert table.largest == tuple(sorted(values, reverse=True)[:2])
        assert table.classes.base.n == len(values)
        assert table.weighted_total == sum(
            Decimal(line[entry["variable"]]) * weight(line)
            for line in lines
            if line[entry["variable"]]
        )


def test_crossing_by_sex_is_that_of_the_file(dataset, codebook, lines):
    trade = next(entry for entry in codebook if entry["variable"] == "qualif")
    pairs: defaultdict[tuple[str, str], int] = defaultdict(int)
    for line in lines:
        pairs[line["sexe"], line["qualif"]] += 1

    table = cross(dataset, "hdv", "2003", "sexe", "qualif")

    assert table.counts == tuple(
        tuple(pairs[sex, value] for value in trade["values"]) for sex in ("Homme", "Femme")
    )
