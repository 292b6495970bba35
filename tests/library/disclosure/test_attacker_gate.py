"""What the gate lets out of a survey, attacked: nothing found, nothing left undecided."""

import json
from dataclasses import replace

import numpy as np
import pytest
from tests.library.disclosure.surveyed import surveyed
from tests.trust.small_releases import (
    WAVE,
    base,
    crossing,
    gated,
    one_way,
    question,
    release,
    study,
    tally,
    truth,
)

from croisee.disclosure import DatasetWorlds, audit
from croisee.disclosure.attacker import Step, records_from_dataset
from croisee.study import Nature, Policy


@pytest.mark.parametrize("missing", [0.0, 0.05])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_gated_survey_has_no_breach_and_nothing_undecided(tmp_path, seed, missing):
    sizes = tuple(int(n) for n in np.random.default_rng(seed).integers(8, 60, 3))
    dataset, drafted = surveyed(tmp_path, seed, sizes, missing)

    report = audit([drafted.release], DatasetWorlds(dataset), Policy())

    assert (report.breaches, report.undecided) == ([], [])
    assert sum(report.certified.values()) > 40


def test_the_same_audit_twice_gives_the_same_report(tmp_path):
    dataset, drafted = surveyed(tmp_path, 5, missing=0.0)

    reports = [audit([drafted.release], DatasetWorlds(dataset), Policy()) for _ in range(2)]

    assert json.dumps(reports[0].to_json()) == json.dumps(reports[1].to_json())


def test_records_are_the_answers_as_the_gate_counts_them(tmp_path):
    dataset, _ = surveyed(tmp_path, 7, sizes=(12, 10, 8), missing=0.2)

    records = records_from_dataset(dataset, "q", "2026")

    rows = dataset.rows("answers/q@2026")
    assert records.units == tuple(row["respondent"] for row in rows)
    told = {None: -1, "o0": 0, "o1": 1, "o2": 2, "o3": 3, "o4": 4}
    assert records.column("q0").tolist() == [told[row["q_q0"]] for row in rows]
    folded = [2 if row["q_s"] is None else told[row["q_s"]] for row in rows]
    assert records.column("s").tolist() == folded
    hours = [row["q_d"] for row in rows]
    classes = [-1 if h is None else (h >= 5) + (h >= 10) for h in hours]
    assert records.column("d").tolist() == classes
    chosen = [row["q_m__o1"] for row in rows]
    assert records.column("m=o1").tolist() == [-1 if c is None else int(c) for c in chosen]


def crossed_release(code, *, sealed):
    rng = np.random.default_rng(4)
    codes = np.stack([rng.choice(2, 60), rng.choice(3, 60)], axis=1)
    asked = [question("v", 2, Nature.VISIBLE), question("q", 3)]
    b = base(60)
    tables = [
        one_way(one.code, b, gated(tally(codes[:, i], k)))
        for i, (one, k) in enumerate(zip(asked, (2, 3), strict=True))
    ]
    tables.append(crossing("v", "q", b, codes, (2, 3)))
    return release(study(asked), tables, code, sealed=sealed), truth(asked, codes, ["nord"] * 60)


def test_what_was_sealed_stays_certified_when_someone_has_left_the_records():
    """The row of who left is gone, so the old crossing can no longer be proved safe again."""
    sealed, world = crossed_release("2026a", sealed=True)
    draft, _ = crossed_release("2026a", sealed=False)
    left = replace(world, units=world.units[1:], cases=world.cases[1:], codes=world.codes[1:])

    before = audit([draft], {WAVE: world}, Policy())
    unsealed = audit([draft], {WAVE: left}, Policy())
    after = audit([sealed], {WAVE: left}, Policy())

    assert before.passed
    assert (unsealed.breaches, unsealed.passed) == ([], False)
    assert after.passed
    assert after.certified[Step.SEALED] == len(unsealed.undecided)
