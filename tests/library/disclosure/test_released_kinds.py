"""Kinds released beside the counts: means of a scale, first choices, agreed cells, changes."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from gate_samples import KEY, base, case_table, draft, one_way, question, refused, study, yes_no

from croisee.disclosure import (
    Amount,
    Form,
    Kind,
    Register,
    Release,
    audit,
    release_from_json,
    release_json,
    say,
    seal,
)
from croisee.disclosure.released import _GATE
from croisee.language import Label
from croisee.study import Instrument, Nature, Policy, QuestionKind, Subject, Waiver
from croisee.tables import RankingResult, RankingTable

NOTHING = type("Nothing", (), {"breaches": (), "undecided": ()})()
SCALE = replace(question("accord", "abcde"), mean=True)


def only(drafted):
    (table,) = drafted.release.tables
    return table


def mean_in(table, column: int = 0) -> Amount | None:
    for head, line in zip(table.rows, table.cells, strict=True):
        if head.key == "moyenne" and line[column] is not None:
            return line[column].value
    return None


@pytest.mark.parametrize(
    ("counts", "mean", "step"),
    [
        ((5, 5, 5, 5, 8), "3.0", "0.2"),  # 28 people: 3.21
        ((6, 9, 11, 12, 8), "3.2", "0.2"),  # 46 people: 3.15
        ((10, 12, 16, 20, 10), "3.1", "0.1"),  # 68 people: 3.12
    ],
)
def test_mean_of_a_scale_is_beside_its_finest_answers(tmp_path, counts, mean, step):
    table = only(draft(tmp_path, ("q", one_way(counts, SCALE))))

    value = mean_in(table)
    exact = Decimal(sum(i * x for i, x in enumerate(counts, 1))) / sum(counts)
    assert abs(value.value - exact) <= value.step / 2
    assert value.step * sum(counts) >= 5
    assert str(value.step) == step
    assert value.value == Decimal(mean) or abs(value.value - Decimal(mean)) <= Decimal("0.2")


def test_mean_is_never_beside_merged_answers_nor_unasked(tmp_path):
    merged = only(draft(tmp_path / "a", ("q", one_way((2, 3, 9, 8, 6), SCALE))))
    unasked = only(draft(tmp_path / "b", ("q", one_way((5, 5, 5, 5, 8)))))
    nominal = replace(SCALE, kind=QuestionKind.SINGLE)
    named = only(draft(tmp_path / "c", ("q", one_way((5, 5, 5, 5, 8), nominal))))

    assert [mean_in(table) for table in (merged, unasked, named)] == [None, None, None]


def test_mean_by_network_is_one_a_column_and_passes_the_audit(tmp_path):
    rows = {"carrefours": (9, 9, 10, 9, 9), "quartiers": (6, 6, 6, 6, 6)}
    made = draft(tmp_path, ("q", case_table(rows, SCALE)))

    table = only(made)
    assert [say(mean_in(table, column)) for column in range(3)] == ["environ 3"] * 3
    found = audit([made.release], {}, Policy())
    assert (found.breaches, found.undecided) == ([], [])


def ranking(n: int, first: tuple[int, int], **more) -> RankingResult:
    return RankingResult(
        base(n, "carrefours", source="groupe"),
        Label("Carrefours"),
        ("soutien", "web"),
        (("soutien",), ("web",)),
        (Decimal(n), Decimal(0)),
        first,
        "soutien",
        True,
        **more,
    )


def test_first_choices_are_counted_from_twenty_people(tmp_path):
    made = draft(tmp_path, ("rangs.besoins", RankingTable("besoins", (ranking(24, (15, 9)),))))
    order, first = made.release.tables

    assert (order.kind, first.key, first.kind) == (
        Kind.RANKING,
        "premiers.besoins",
        Kind.ONE_WAY,
    )
    assert [say(line[0].value) for line in first.cells] == ["15 sur 24", "9 sur 24"]
    found = audit([made.release], {}, Policy())
    assert (found.breaches, found.undecided) == ([], [])


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (ranking(19, (12, 7)), None),
        (ranking(24, (21, 3)), ["moins de 5 sur 24"]),
        (ranking(24, (24, 0), consensus=True), None),
        (ranking(24, (14, 9)), None),
    ],
)
def test_first_choices_follow_the_rules_of_a_single_answer(tmp_path, result, said):
    made = draft(tmp_path, ("rangs.besoins", RankingTable("besoins", (result,))))

    found = [table for table in made.release.tables if table.key == "premiers.besoins"]
    shown = [say(line[0].value) for table in found for line in table.cells] or None
    assert shown == said


ASKED = yes_no(nature=Nature.ORDINARY, subject=Subject.ORGANISATION)
ROWS = {"carrefours": (15, 31), "quartiers": (22, 2)}


def agreed(*about: str) -> Policy:
    paper = tuple(Waiver(one, "", "Responsable inventée", date(2026, 1, 10)) for one in about)
    return Policy(agreements=paper)


def asked_study(policy: Policy):
    eclair = Instrument("eclair", Label("Éclair"), "eclair", Subject.ORGANISATION, (ASKED,))
    return study(policy=policy, instruments=(eclair,))


def organisations(tmp_path, policy: Policy, rows=None):
    table = case_table(rows or ROWS, ASKED, subject=Subject.ORGANISATION, source="eclair")
    return draft(tmp_path, ("eclair.2020.aide", table), of=asked_study(policy))


def test_an_agreed_cell_is_exact_and_logged(tmp_path):
    about = "eclair.2020.aide/oui@quartiers"
    made = organisations(tmp_path, agreed(about))

    value = only(made).cell("oui", "quartiers").value
    assert (value.form, say(value)) == (Form.AGREED, "2 sur 24")
    assert refused(made) == [(about, "§3.3")]
    assert "Responsable inventée le 2026-01-10" in made.log.refusals[0].detail


@pytest.mark.parametrize(
    ("about", "rows"),
    [
        ("eclair.2020.aide/oui@carrefours", ROWS),
        ("eclair.2020.aide/oui@quartiers", {**ROWS, "quartiers": (24, 0)}),
        ("eclair.2020.aide/oui@quartiers", {**ROWS, "quartiers": (2, 22)}),
        ("eclair.2020.autre/oui@quartiers", ROWS),
    ],
)
def test_an_agreement_speaks_for_those_counted_only(tmp_path, about, rows):
    """Not for a count already exact, nobody, those left out, nor another table."""
    made = organisations(tmp_path / "a", agreed(about), rows)
    without = organisations(tmp_path / "b", Policy(), rows)

    assert made.release.tables == without.release.tables
    assert "ne lève rien" in made.log.refusals[0].detail


def test_people_cannot_be_agreed_for(tmp_path):
    about = "q/oui@quartiers"
    made = draft(tmp_path, ("q", case_table(ROWS)), of=study(policy=agreed(about)))

    assert say(only(made).cell("oui", "quartiers").value) == "moins de 5 sur 24"


def test_an_agreed_cell_passes_the_audit_and_a_forged_one_does_not(tmp_path):
    made = organisations(tmp_path, agreed("eclair.2020.aide/oui@quartiers"))
    parts = {name: getattr(made.release, name) for name in Release.__slots__}
    forged = Release(_gate=_GATE, **{**parts, "study": asked_study(Policy())})

    fine, caught = (audit([one], {}, Policy()) for one in (made.release, forged))

    assert (fine.breaches, fine.undecided) == ([], [])
    assert caught.breaches


def test_agreed_cells_are_read_back(tmp_path):
    made = organisations(tmp_path, agreed("eclair.2020.aide/oui@quartiers"))

    assert release_from_json(release_json(made.release)).tables == made.release.tables


def test_no_name_of_who_decided_is_outside_the_team(tmp_path):
    """A waiver's and an agreement's: what and when may be read, who and why may not."""
    waiver = Waiver("t", "motif en toutes lettres", "Nom Inventé", date(2026, 1, 10))
    policy = replace(
        agreed("eclair.2020.aide/oui@quartiers"), exceptions=(waiver,), t=4, base_min=10
    )
    made = organisations(tmp_path, policy)

    team = release_json(made.release).decode()
    outside = [
        release_json(made.release.seen_by(audience)).decode()
        for audience in ("public", "cercle:quartiers")
    ]

    for name in ("Nom Inventé", "motif en toutes lettres", "Responsable inventée"):
        assert name in team or name == "motif en toutes lettres"
        assert not any(name in told for told in outside)
    assert all('"2026-01-10"' in told for told in outside)


def two_editions(tmp_path, before, after, **more):
    return draft(
        tmp_path,
        ("individuel.2020.aide", case_table(before)),
        ("individuel.2021.aide", case_table(after, edition="2021")),
        **more,
    )


def test_change_between_two_exact_points_is_noted(tmp_path):
    made = two_editions(
        tmp_path,
        {"carrefours": (30, 10), "quartiers": (2, 22)},
        {"carrefours": (20, 20), "quartiers": (10, 14)},
    )
    before, after, _trend = made.release.tables

    assert before.notes == ()
    assert [note.fr for note in after.notes] == [
        "De 2020 à 2021, Carrefours : « réponse oui », de 25 % à 50 % (+25 points)."
    ]


def test_change_from_a_sealed_edition_is_noted(tmp_path):
    register = Register.open(tmp_path / "registre", token=KEY)
    first = draft(tmp_path, ("individuel.2020.q", one_way((10, 20), yes_no())), register=register)
    seal(first.release, register, datetime(2026, 12, 1, tzinfo=UTC), NOTHING)
    later = study(diffusion=replace(study().diffusion, code="2027a"))

    made = draft(
        tmp_path,
        ("individuel.2021.q", one_way((18, 12), yes_no(), edition="2021")),
        register=register,
        of=later,
    )

    assert [note.fr for note in made.release.tables[0].notes] == [
        "De 2020 à 2021, Ensemble : « réponse oui », de 67 % à 40 % (−27 points)."
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [((2, 22), (12, 12)), ((9, 9), (9, 11)), ((12, 12), (23, 1))],
)
def test_no_change_is_said_of_a_masked_or_small_point(tmp_path, before, after):
    made = two_editions(tmp_path, {"carrefours": before}, {"carrefours": after})

    assert [table.notes for table in made.release.tables] == [(), ()]
