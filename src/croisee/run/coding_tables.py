"""What ``croisee coding`` reads and writes as tables, besides agreement; for the team only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa

from croisee.crosscase import ThemeSides, sides_of
from croisee.dataset import answers_name
from croisee.formats import write_csv
from croisee.qualitative import (
    CodeAttribute,
    CodesTogether,
    Codings,
    Floor,
    Near,
    Saturation,
    Spoke,
    code_attribute,
    floor,
    framework,
    read_sentences,
    saturation,
    together,
)
from croisee.study import QuestionKind, Study, Subject
from croisee.text import word_places

Tables = Mapping[str, pa.Table]
_CLOSED = (QuestionKind.SINGLE, QuestionKind.ORDINAL)


@dataclass(frozen=True, slots=True)
class CodingTables:
    """Codes together (by nearness), by attribute, by document in order; the floor; sides."""

    pairs: Mapping[Near, tuple[CodesTogether, ...]]
    attributes: Mapping[str, tuple[CodeAttribute, ...]]
    documents: tuple[tuple[str, str], ...]
    """Name and day of each document that participants speak in, the earliest first."""
    curve: Saturation
    floors: tuple[Floor, ...]
    sides: tuple[ThemeSides, ...]


def coding_tables(study: Study, tables: Tables, codings: Codings) -> CodingTables:
    """Return everything that is read of codings and of the floor."""
    sentences = read_sentences(tables.__getitem__, codings)
    documents = _in_order(tables, codings)
    heard = _heard(codings)
    return CodingTables(
        {near: together(codings, near, sentences=sentences) for near in Near},
        {
            name: code_attribute(codings, values)
            for name, values in _attributes(study, tables).items()
        },
        documents,
        saturation([heard[name] for name, _ in documents]),
        floors(tables),
        sides_of(
            tables["positions"].to_pylist(),
            [theme.code for theme in sorted(study.themes, key=lambda t: (t.order, t.code))],
            [case.code for case in study.cases],
        ),
    )


def _in_order(tables: Tables, codings: Codings) -> tuple[tuple[str, str], ...]:
    """Return the documents by day, those without one last, then by name."""
    days = {row["document"]: row["held_on"] or "" for row in tables["documents"].to_pylist()}
    order = sorted(codings.documents, key=lambda name: (not days[name], days[name], name))
    return tuple((name, days[name]) for name in order)


def _heard(codings: Codings) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for document, code in zip(
        codings.document[codings.turn].tolist(), codings.code.tolist(), strict=True
    ):
        found[codings.documents[document]].add(codings.codes[code])
    return found


def _attributes(study: Study, tables: Tables) -> dict[str, dict[str, str]]:
    """Return the value of each person met, for each closed question asked to people.

    Keys are ``instrument.question``; the latest edition a person answered in counts.
    """
    met = {row["participant"] for row in tables["presences"].to_pylist()}
    met |= {row["participant"] for row in tables["turns"].select(["participant"]).to_pylist()}
    found: dict[str, dict[str, str]] = {}
    for instrument in study.instruments:
        if instrument.subject is not Subject.PERSON:
            continue
        closed = [one.code for one in instrument.questions if one.kind in _CLOSED]
        for edition in study.editions:
            table = tables.get(answers_name(instrument.code, edition.code))
            if table is None:
                continue
            for row in table.to_pylist():
                for code in closed:
                    if row["respondent"] in met - {""} and row[f"q_{code}"]:
                        values = found.setdefault(f"{instrument.code}.{code}", {})
                        values[row["respondent"]] = row[f"q_{code}"]
    return found


def floors(tables: Tables) -> tuple[Floor, ...]:
    """Return how the floor was shared in each session, or document without a session."""
    session = {
        row["document"]: row["session"] or row["document"]
        for row in tables["documents"].to_pylist()
    }
    turns: Counter[tuple[str, str]] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    for row in tables["turns"].to_pylist():
        key = session.get(row["document"], row["document"]), row["participant"]
        turns[key] += 1
        words[key] += len(word_places(row["text"] or ""))
    present: dict[str, list[str]] = defaultdict(list)
    for row in tables["presences"].to_pylist():
        present[row["session"]].append(row["participant"])
    said: dict[str, list[Spoke]] = defaultdict(list)
    for (name, person), many in sorted(turns.items()):
        said[name].append(Spoke(person, many, words[name, person]))
    found = (floor(name, spoke, present[name]) for name, spoke in said.items())
    return tuple(one for one in found if one is not None)


def write_coding_tables(out: Path, found: CodingTables, tables: Tables, codings: Codings) -> None:
    """Write every table as CSV in a folder; one that would have no line is left out."""
    for name, header, rows in (
        ("codes-ensemble.csv", _PAIRS, _pair_rows(found)),
        ("codes-par-attribut.csv", _ATTRIBUTES, _attribute_rows(found)),
        ("saturation.csv", _CURVE, _curve_rows(found)),
        ("parole.csv", _FLOOR, _floor_rows(found)),
        ("camps.csv", _SIDES, _side_rows(found)),
        ("grille.csv", *_framework_table(tables, codings)),
    ):
        lines = list(rows)
        if lines:
            write_csv(out / name, header, lines)


_PAIRS = (
    "proximite", "code", "autre", "ensemble", "du_code", "de_l_autre", "l_un_ou_l_autre", "unites",
    "personnes", "part", "attendu",
)  # fmt: skip
_ATTRIBUTES = ("attribut", "valeur", "code", "personnes", "rencontrees", "passages")
_CURVE = ("document", "date", "nouveaux", "total", "attendu")
_FLOOR = (
    "seance", "personne", "tours", "mots", "part", "gini", "silencieuses", "part_equipe",
)  # fmt: skip
_SIDES = (
    "theme", "edition", "cas", "groupe", "pour", "nuance", "contre", "entre_personnes",
    "opposees", "entre_groupes", "entre_cas",
)  # fmt: skip


def _cell(value: float | Fraction | None) -> str:
    return "" if value is None else f"{float(value):.4f}".replace(".", ",")


def _pair_rows(found: CodingTables) -> Iterator[Sequence[object]]:
    for near, lines in found.pairs.items():
        for one in lines:
            expected = None if near is Near.WINDOW else one.expected
            yield (
                near.value, one.first, one.second, one.both, one.of_first, one.of_second,
                one.either, one.units, one.people, _cell(one.share), _cell(expected),
            )  # fmt: skip


def _attribute_rows(found: CodingTables) -> Iterator[Sequence[object]]:
    for name, lines in found.attributes.items():
        for one in lines:
            yield name, one.value, one.code, one.people, one.met, one.passages


def _curve_rows(found: CodingTables) -> Iterator[Sequence[object]]:
    curve = found.curve
    for (name, day), new, total, expected in zip(
        found.documents, curve.new, curve.total, curve.expected, strict=True
    ):
        yield name, day, new, total, _cell(expected)


def _floor_rows(found: CodingTables) -> Iterator[Sequence[object]]:
    for one in found.floors:
        whole = sum(spoke.words for spoke in one.spoke)
        for spoke in one.spoke:
            yield (
                one.session, spoke.person, spoke.turns, spoke.words,
                _cell(Fraction(spoke.words, whole)), _cell(one.gini), one.silent, _cell(one.team),
            )  # fmt: skip


def _side_rows(found: CodingTables) -> Iterator[Sequence[object]]:
    for theme in found.sides:
        for case in theme.cases:
            yield (
                theme.theme, case.edition, case.case, "", *case.counts, case.inside.value,
                _cell(case.opposed), case.between_groups.value, theme.between.value,
            )  # fmt: skip
            if len(case.groups) > 1:
                for session, counts in case.groups:
                    yield theme.theme, case.edition, case.case, session, *counts, "", "", "", ""


def _framework_table(
    tables: Tables, codings: Codings
) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
    """Return the framework matrix: a line a person, a column a code, the words in the cells."""
    cells = framework(codings)
    codes = sorted({cell.code for cell in cells})
    wanted = {place[:2] for cell in cells for place in cell.places}
    texts = {
        (row["document"], row["turn"]): row["text"]
        for row in tables["turns"].to_pylist()
        if (row["document"], row["turn"]) in wanted
    }
    cases = {row["participant"]: row["case"] for row in tables["participants"].to_pylist()}
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for cell in cells:
        told[cell.person][cell.code] = "\n".join(
            f"[{document}/{turn}] {texts[document, turn][start:end].strip()}"
            for document, turn, start, end in cell.places
        )

    def rows() -> Iterator[Sequence[Any]]:
        for person in sorted(told, key=lambda one: (cases.get(one, ""), one)):
            yield (
                cases.get(person, ""),
                person,
                *(told[person].get(code, "") for code in codes),
            )

    return ("cas", "personne", *codes), rows()
