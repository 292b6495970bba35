"""What the attacker makes of what was said: delicate codes keep ten on both sides (§3.8, §6.3)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from gate_samples import base, draft

from croisee.disclosure import Chiffre, Form, audit, exact, two_sided
from croisee.disclosure.attacker import Harm
from croisee.disclosure.released import Release
from croisee.disclosure.versions import remade
from croisee.language import Label
from croisee.study import Policy
from croisee.tables import Code, CodeCaseTable, CodePresence

CASES = ("carrefours", "quartiers")


def drafted(tmp_path, delicate: int) -> Release:
    codes = (Code("liens", Label("Liens")), Code("sante", Label("Santé"), sensitive=True))
    bases = tuple(base(16, case, source="verbatims") for case in CASES)
    cells = tuple(
        tuple(CodePresence(x, x, 1, Decimal("0.2")) for _ in CASES) for x in (1, delicate)
    )
    raw = CodeCaseTable(codes, bases, tuple(Label(case) for case in CASES), cells)
    return draft(tmp_path, ("codes", raw)).release


def forged(release: Release, value: Chiffre) -> Release:
    """The same release, with another value for the delicate code."""
    (table,) = release.tables
    line = table.cells[1]
    cells = (table.cells[0], (*line[:-1], replace(line[-1], value=value)))
    return remade(release, tables=(replace(table, cells=cells),))


@pytest.mark.parametrize("delicate", [0, 3, 8, 14, 16])
def test_what_the_gate_says_of_codes_passes(tmp_path, delicate):
    assert audit([drafted(tmp_path, delicate)], {}, Policy()).passed


@pytest.mark.parametrize(
    ("value", "harm"),
    [
        (exact(6, 32), Harm.PROVEN),
        (exact(26, 32), Harm.NARROW),
        (two_sided(2, 32, 5), Harm.NARROW),
        (Chiffre(0, 0, 32, Form.ABSENT), None),
    ],
)
def test_a_delicate_code_under_ten_is_caught(tmp_path, value, harm):
    report = audit([forged(drafted(tmp_path, 8), value)], {}, Policy())

    assert {b.harm for b in report.breaches if b.target.level == "oui"} == (
        set() if harm is None else {harm}
    )
