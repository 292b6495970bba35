"""How the other networks answered, in a note of each network's own table (§3.13)."""

import pytest
from gate_samples import case_table, draft, one_way, yes_no

from croisee.disclosure import Mask, release_json

ROWS = {"carrefours": (25, 25), "quartiers": (14, 10), "praticiens": (5, 7), "famille": (7, 17)}


def shown(tmp_path, rows):
    asked = yes_no()
    own = [(f"aide@{case}", one_way(counts, asked, case)) for case, counts in rows.items()]
    return draft(tmp_path, ("aide", case_table(rows, asked)), *own).release


def notes(release, case: str) -> list[str]:
    return [note.fr for note in release.table(f"aide@{case}").notes]


def test_three_exact_networks_are_a_range_in_tenths(tmp_path):
    release = shown(tmp_path, ROWS)

    assert notes(release, "carrefours") == [
        "« réponse oui » dans les autres réseaux : entre 4 et 8 sur 10."
    ]
    assert release.table("aide@carrefours").masks == (Mask.OTHER_CASES,)


def test_a_masked_network_or_too_few_of_them_say_nothing(tmp_path):
    masked = shown(tmp_path / "a", {**ROWS, "famille": (1, 23)})
    few = shown(tmp_path / "b", {k: v for k, v in ROWS.items() if k != "famille"})

    assert notes(masked, "carrefours") == []
    assert notes(few, "quartiers") == ["« réponse oui » : autant que dans l’ensemble."]


@pytest.mark.parametrize(("yes", "other"), [(20, 24), (21, 23)])
def test_equal_released_values_give_equal_notes(tmp_path, yes, other):
    """P1: people move inside what is masked, not a byte changes."""
    one = shown(tmp_path / "a", {**ROWS, "famille": (24 - yes, yes)})
    two = shown(tmp_path / "b", {**ROWS, "famille": (24 - other, other)})

    assert release_json(one) == release_json(two)
