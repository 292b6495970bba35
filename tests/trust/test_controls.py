"""The attacker breaks what must be broken, about as often as the disclosure page says (§9)."""

from pathlib import Path

import pytest
from tests.trust.controls import CONTROLS, greedy_merge, inverted_share, rate

PROOF = Path("docs/proof/controls.md")


@pytest.mark.parametrize("name", CONTROLS)
def test_broken_control_is_caught_at_about_the_stated_rate(name):
    control, stated, margin = CONTROLS[name]

    found = rate(control, trials=60, seed=20_261_122)

    assert stated - margin <= found <= min(1.0, stated + margin)


def test_greedy_merge_is_worked_backwards():
    assert inverted_share(greedy_merge, 24, 5) >= 0.15
