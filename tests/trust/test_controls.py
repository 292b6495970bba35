"""The attacker breaks what must be broken, about as often as the disclosure page says (§9)."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from tests.trust.controls import CONTROLS, greedy_merge, inverted_share, rate
from tests.trust.small_releases import question, study

from croisee.dataset import answers_schema, freeze
from croisee.disclosure import Register, say, sentence
from croisee.disclosure.values import two_sided

PROOF = Path("docs/proof/controls.md")
SEED = 20_261_122
N, T = 28, 5
HIDDEN = range(N - T + 1, N + 1)
"""Counts that must read alike: 24 to 28 of 28."""


@pytest.mark.parametrize("name", CONTROLS)
def test_broken_control_is_caught_at_about_the_stated_rate(name):
    control, stated, margin = CONTROLS[name]

    found = rate(control, trials=30, seed=SEED)

    assert stated - 1.4 * margin <= found <= min(1.0, stated + 1.4 * margin)


def test_greedy_merge_is_worked_backwards():
    assert inverted_share(greedy_merge, 24, 5) >= 0.15


def written(x: int, *, naming: bool) -> str:
    """A sentence beside a masked value: ours, or one that says what the mask hides."""
    if naming:
        return f"{N - x} personne n’est pas de cet avis : nous écrivons « au moins »."
    mask = two_sided(x, N, T).mask
    assert mask is not None
    return sentence(mask, t=T).to("fr")


def test_a_sentence_that_names_the_number_is_caught():
    assert len({written(x, naming=True) for x in HIDDEN}) == len(HIDDEN)
    assert len({written(x, naming=False) for x in HIDDEN}) == 1


def sheet(x: int, *, raw: bool) -> str:
    """What a verification page says of one value: as released, or as counted."""
    value = two_sided(x, N, T)
    shown = f"{x} sur {N}" if raw else say(value, "sur", "fr")
    return f"Satisfaction : {shown}. {written(x, naming=False)}"


def foreign_numbers(text: str, x: int) -> set[int]:
    """Numbers of a text that are not functions of the released value."""
    value = two_sided(x, N, T)
    tenths = {10 * value.lo // N, 10}
    return {int(number) for number in re.findall(r"\d+", text)} - {value.lo, N, T} - tenths


def test_a_verification_sheet_with_raw_values_is_caught():
    assert foreign_numbers(sheet(27, raw=True), 27) == {27}
    assert foreign_numbers(sheet(27, raw=False), 27) == set()


def frozen(tmp_path, answers: list[str]) -> str:
    of = study([question("q", 5)])
    columns = {
        "respondent": [f"p-{i}" for i in range(len(answers))],
        "case": ["nord"] * len(answers),
        "component": [""] * len(answers),
        "organisation": [""] * len(answers),
        "q_q": answers,
    }
    table = pa.table(columns, schema=answers_schema(of.instruments[0]))
    at = datetime(2026, 11, 22, tzinfo=UTC)
    folder = tmp_path / f"gele-{len(list(tmp_path.iterdir()))}"
    return freeze(of, {"answers/enquete@2026": table}, {}, folder, at=at).digest


def test_a_plain_digest_is_tried_until_it_fits_and_a_keyed_one_is_not(tmp_path):
    """Who knows every row but one tries the few answers it can hold."""
    others, unknown = ["o1", "o3", "o0", "o1"], "o4"
    digest = frozen(tmp_path, [*others, unknown])
    candidates = {f"o{i}": frozen(tmp_path, [*others, f"o{i}"]) for i in range(5)}
    team = Register.open(tmp_path / "equipe", token=bytes(range(32)))
    stranger = Register.open(tmp_path / "ailleurs", token=bytes(32))

    found = [answer for answer, tried in candidates.items() if tried == digest]
    keyed = [a for a, tried in candidates.items() if stranger.mac(tried) == team.mac(digest)]

    assert found == [unknown]
    assert keyed == []


@pytest.mark.proof
def test_every_control_at_full_size():
    lines = [
        "# Contrôles cassés",
        "",
        "| publication | annoncé | mesuré | études |",
        "|---|---|---|---|",
    ]
    failed = []
    for name, (control, stated, _) in CONTROLS.items():
        found = rate(control, trials=400, seed=SEED)
        lines.append(f"| {name} | {stated:.0%} | {found:.1%} | 400 |")
        if abs(found - stated) > 0.08:
            failed.append((name, found))
    for n in (13, 24, 28):
        found = inverted_share(greedy_merge, n, 5)
        lines.append(
            f"| fusion gloutonne, zéros montrés, n = {n} | ≥ 15 % à 24 | {found:.1%} | toutes |"
        )
    PROOF.parent.mkdir(parents=True, exist_ok=True)
    PROOF.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert failed == []
