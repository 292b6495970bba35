"""What released values let one say of those who did not answer (§3.10, intervalles.md)."""

from collections import defaultdict
from decimal import Decimal

import pytest
from gate_samples import base, draft, one_way, yes_no

from croisee.disclosure import Chiffre, Form, Percent, exact, interval_of, two_sided
from croisee.disclosure.estimates import effective_size, weighted_interval
from croisee.disclosure.shapes import released_base
from croisee.survey import interval


def met(n: int, frame: int | None):
    return released_base(base(n, frame=frame))


def test_worked_example_thirty_one_of_forty_six_in_a_frame_of_sixty_four():
    assert interval_of(two_sided(31, 46, 5), met(46, 64)) == (38, 47)


@pytest.mark.parametrize(
    ("value", "n", "frame"),
    [
        (two_sided(44, 46, 5), 46, 64),
        (two_sided(3, 46, 5), 46, 64),
        (two_sided(9, 19, 5), 19, 64),
        (two_sided(31, 46, 5), 46, None),
        (two_sided(31, 46, 5), 46, 46),
        (exact(31, 64), 46, 64),
        (Chiffre(24, 46, 46, Form.HALF_OR_MORE), 46, 64),
        (Percent(67, exact(31, 46)), 46, 64),
    ],
)
def test_nothing_is_estimated_from_a_wider_value_or_a_small_or_complete_base(value, n, frame):
    assert interval_of(value, met(n, frame)) is None


def test_control_the_ends_of_an_interval_give_the_count_back():
    """Why a banded value has none: 45 of its 47 possible counts have ends of their own."""
    by_ends = defaultdict(list)
    for x in range(47):
        by_ends[interval(x, 46, 64)].append(x)

    assert sum(len(counts) == 1 for counts in by_ends.values()) >= 45


def test_equal_counts_have_equal_intervals():
    ends = {interval_of(two_sided(x, 46, 5), met(46, 64)) for x in (42, 43, 44, 45, 46)}

    assert ends == {None}


def test_weights_all_alike_count_for_nothing():
    assert effective_size(Decimal(60), Decimal(120)) == 30
    assert effective_size(Decimal(0), Decimal(0)) is None


@pytest.mark.parametrize(
    ("points", "effective", "ends"),
    [(40, 100, (30, 51)), (0, 30, (0, 12)), (100, 30, (88, 100)), (50, 1000, (46, 54))],
)
def test_weighted_percentage_has_clopper_and_pearson_ends(points, effective, ends):
    assert weighted_interval(points, Decimal(effective)) == ends


def test_weighted_estimate_leaves_with_its_interval(tmp_path):
    weights = (Decimal(20), Decimal(30))
    raw = one_way((12, 18), yes_no(), weighted=weights, squares=Decimal(100))

    made = draft(tmp_path, ("k", raw))

    assert made.release.tables[0].cells[1][0].value == Percent(
        60, two_sided(18, 30, 5), *weighted_interval(60, Decimal(25))
    )


def test_interval_of_a_weighted_estimate_depends_on_its_percentage_alone(tmp_path):
    ends = set()
    for yes in (Decimal("30.00"), Decimal("30.24")):
        raw = one_way((12, 18), yes_no(), weighted=(Decimal(50) - yes, yes), squares=Decimal(100))
        value = draft(tmp_path / str(yes), ("k", raw)).release.tables[0].cells[1][0].value
        ends.add((value.points, value.low, value.high))

    assert len(ends) == 1
