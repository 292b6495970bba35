"""What moved between two editions that share organisations: the formula, coverage, refusals."""

import numpy as np
import pyarrow as pa
import pytest

from croisee.language import Label
from croisee.study import Instrument, Option, Question, QuestionKind, Subject
from croisee.survey import (
    Units,
    difference,
    interval,
    overlap_correlation,
    panel_change,
    share,
    wave_design,
)
from croisee.survey.panels import ENOUGH, MOST

AID = Question(
    "aide",
    Label("Aide"),
    QuestionKind.SINGLE,
    (Option("non", Label("non")), Option("oui", Label("oui"))),
)
FRAME = {"nord": 64, "sud": 30, "est": 12, "ouest": 16}


def wave(answers, frame, subject=Subject.ORGANISATION, weights=None):
    """Return a wave of (case, organisation, answered yes) lines; ``None`` is no answer."""
    cases, names, said = zip(*answers, strict=True)
    words = [None if one is None else ("oui" if one else "non") for one in said]
    return Units(
        instrument=Instrument("sondage", Label("Sondage"), "s", subject, (AID,)),
        edition="2020",
        rows=pa.table({"q_aide": pa.array(words, pa.string())}),
        cases=cases,
        strata=cases,
        organisations=names,
        frame=frame,
        weights=weights,
    )


def change(one, two):
    return panel_change((one, two), (AID, AID), ("oui",))


def draw(generator, drawn, before, after):
    """Return the two waves of the members drawn, a share of the second wave's being the first's."""
    lines = [[], []]
    for case, size in FRAME.items():
        n = drawn[case]
        first = generator.choice(size, n, replace=False)
        kept = first[: int(0.8 * n)]
        rest = np.setdiff1d(np.arange(size), kept)
        second = np.concatenate([kept, generator.choice(rest, n - len(kept), replace=False)])
        for place, (members, said) in enumerate(((first, before), (second, after))):
            lines[place] += [(case, f"o{k}", bool(said[case][k])) for k in members]
    return [wave(one, FRAME) for one in lines]


def test_without_a_frame_overlap_is_the_formula_of_kish():
    assert overlap_correlation((80, 80), 80, 0.5, (None, None)) == pytest.approx(0.5)
    assert overlap_correlation((80, 80), 40, 0.5, (None, 200)) == pytest.approx(0.25)
    assert overlap_correlation((80, 80), 80, 1.0, (None, None)) == MOST


def test_with_a_frame_it_is_the_formula_of_tam():
    """Two draws of 40 and 46 from 64 that overlap no more than chance are uncorrelated."""
    by_chance = 40 * 46 / 64
    assert overlap_correlation((40, 46), by_chance, 1.0, (64, 64)) == pytest.approx(0)
    covariance = 36 / (40 * 46) - 1 / 64
    spread = (1 / 40 - 1 / 64) * (1 / 46 - 1 / 64)
    found = overlap_correlation((40, 46), 36, 0.7, (64, 64))
    assert found == pytest.approx(0.7 * covariance / np.sqrt(spread))
    assert overlap_correlation((64, 46), 46, 0.7, (64, 64)) == 0  # a census: nothing is drawn


def test_separate_draws_are_the_method_of_newcombe_and_overlap_narrows_it():
    one, two = (0.6, 0.4904, 0.7002), (0.8, 0.6918, 0.8773)
    apart, alike = difference(one, two), difference(one, two, 0.6)

    assert [round(end, 4) for end in apart] == [0.0525, 0.3341]
    assert apart[0] < alike[0] < 0.2 < alike[1] < apart[1]


@pytest.mark.parametrize("frame", [None, 64, 250])
def test_the_change_is_covered_when_the_same_units_answer_twice(frame):
    """The same 46 (or 60) units twice, three in four of them with the same answer."""
    generator = np.random.default_rng(7)
    size = 46 if frame == 64 else 60
    hits, widths = np.zeros(2), np.zeros(2)
    for _ in range(600):
        world = frame or 3000
        first = generator.random(world) < 0.4
        again = np.where(generator.random(world) < 0.75, first, generator.random(world) < 0.6)
        seen = generator.choice(world, size, replace=False)
        one, two = first[seen], again[seen]
        ends = [(s.mean(), *interval(int(s.sum()), size, frame)) for s in (one, two)]
        alike = np.corrcoef(one, two)[0, 1]
        true = again.mean() - first.mean()
        for place, r in enumerate(
            (0.0, overlap_correlation((size, size), size, alike, (frame, frame)))
        ):
            low, high = difference(*ends, r)
            wider = 0.5 / frame if r and frame else 0
            hits[place] += low - wider <= true <= high + wider
            widths[place] += high - low
    assert size >= ENOUGH
    assert hits[1] / 600 > 0.925
    assert widths[1] < 0.75 * widths[0]


def test_each_share_is_the_one_of_its_wave_as_it_was_drawn():
    """Half of a small stratum, all but a few of a large one: the plain share would lean."""
    generator = np.random.default_rng(3)
    said = {case: generator.random(size) < 0.1 + 0.2 * k
            for k, (case, size) in enumerate(FRAME.items())}  # fmt: skip
    one, two = draw(generator, {"nord": 46, "sud": 24, "est": 7, "ouest": 6}, said, said)
    found = change(one, two)

    chosen = [np.array([word == "oui" for word in side.rows["q_aide"].to_pylist()], float)
              for side in (one, two)]  # fmt: skip
    alone = [share(wave_design(side), yes) for side, yes in zip((one, two), chosen, strict=True)]
    assert (found.before, found.after) == (alone[0].value, alone[1].value)
    assert abs(found.before - chosen[0].mean()) > 0.01


def test_one_stratum_is_the_formula_of_tam():
    generator = np.random.default_rng(5)
    first = generator.random(64) < 0.4
    again = np.where(generator.random(64) < 0.8, first, ~first)
    lines = [[("nord", f"o{k}", bool(said[k])) for k in members]
             for said, members in ((first, range(40)), (again, range(6, 52)))]  # fmt: skip
    found = change(*(wave(one, {"nord": 64}) for one in lines))

    alike = np.corrcoef(first[6:40], again[6:40])[0, 1]
    assert found.both == 34
    assert found.correlation == pytest.approx(
        overlap_correlation((40, 46), 34, alike, (64, 64)), rel=1e-6
    )


def test_people_of_the_same_organisations_widen_a_change():
    people = [("nord", f"o{k // 4}", k // 4 % 3 == 0) for k in range(60)]
    later = [("nord", f"o{k // 4}", k // 4 % 3 != 1) for k in range(60)]
    grouped = change(*(wave(one, None, Subject.PERSON) for one in (people, later)))
    alone = change(
        *(wave([(c, "", y) for c, _, y in one], None, Subject.PERSON) for one in (people, later))
    )

    assert (grouped.both, grouped.correlation) == (0, 0.0)
    assert grouped.gap == alone.gap
    assert grouped.high - grouped.low > 1.4 * (alone.high - alone.low)


def test_weights_of_the_instrument_move_a_change():
    lines = [("nord", f"o{k}", k % 2 == 0) for k in range(30)]
    weights = np.where(np.arange(30) % 2 == 0, 3.0, 1.0)
    found = change(wave(lines, None), wave(lines, None, weights=weights))

    assert found.before == pytest.approx(0.5)
    assert found.after == pytest.approx(0.75)


def test_the_change_is_covered_over_strata_drawn_at_different_rates():
    """Four strata, 24 to 46 in the large ones and 6 of 16 in another, four in five drawn twice."""
    generator = np.random.default_rng(9)
    drawn, hits, tries = {"nord": 40, "sud": 18, "est": 7, "ouest": 6}, 0, 300
    for _ in range(tries):
        before = {case: generator.random(size) < 0.4 for case, size in FRAME.items()}
        after = {}
        for case, one in before.items():
            kept = generator.random(len(one)) < 0.75
            after[case] = np.where(kept, one, generator.random(len(one)) < 0.6)
        found = change(*draw(generator, drawn, before, after))
        whole = [np.concatenate(list(one.values())).mean() for one in (before, after)]
        hits += found.low <= whole[1] - whole[0] <= found.high

    assert hits / tries > 0.92
