"""How one cell of the home's matrix reads: counts, bars, words; what leaves the team."""

from dataclasses import replace

import pytest

from croisee.disclosure.manner import band
from croisee_web.study.rules.cells import Cell, cell_of, scope_of
from croisee_web.study.rules.state import Frame, Work

WORK = Work("a", "Quartiers", "eclair", "Sondage-éclair", "2026", "en cours", 11, 27, survey=True)


def read(work, protection=None, kind="sondage", subject="organisme"):
    return cell_of(work, kind=kind, subject=subject, band=protection)


def delicate(answered, frame):
    """The library's band for a study whose topic makes taking part telling."""
    told = band(answered, frame, 10)
    return None if told is None else (told.lo, told.hi)


def test_cell_says_how_many_of_how_many_and_the_share():
    assert read(WORK) == Cell(
        "11 sur 27", width=41, percent="41 %", tone="attn", word="Sous la moitié", typed=True
    )
    assert read(replace(WORK, done=41, aim=58, state="faite")).word == "Terminé"


def test_cell_without_an_aim_says_what_is_counted():
    seen = replace(WORK, aim=None, done=3, survey=False, state="faite")

    assert read(seen, kind="observation") == Cell(
        "3", "séances", tone="ok", word="Terminé", typed=True
    )
    assert read(replace(seen, done=1), kind="observation").after == "séance"
    assert read(replace(seen, unit="visites")).after == "visites"


def test_cell_that_does_not_apply_says_why():
    assert read(replace(WORK, state="sans objet", reason="Pas de membres")) == Cell(
        apart=True, reason="Pas de membres"
    )


@pytest.mark.parametrize(("done", "shown"), [(0, "0 sur 27"), (1, "1 sur 27"), (4, "4 sur 27")])
def test_participation_is_exact_for_every_reader_however_small(done, shown):
    cell = read(replace(WORK, done=done))

    assert (cell.shown, cell.width) == (shown, (200 * done + 27) // 54)


@pytest.mark.parametrize(
    ("done", "frame", "shown"),
    [
        (0, 64, "Moins de 10 sur 64"),
        (9, 64, "Moins de 10 sur 64"),
        (10, 64, "10 sur 64"),
        (54, 64, "54 sur 64"),
        (55, 64, "Au moins 55 sur 64"),
        (64, 64, "Au moins 55 sur 64"),
        (9, 19, ""),
    ],
)
def test_delicate_participation_is_told_by_its_band_without_a_bar(done, frame, shown):
    work = replace(WORK, done=done, aim=frame, framed=True, apart="9 reçues", beside="de 3")

    cell = read(work, delicate)

    assert cell == Cell(shown, tone="info", word="En cours")
    assert read(work).shown == f"{done} sur {frame}"


def test_delicate_participation_tells_no_count_of_a_plan_nor_of_sessions():
    planned = replace(WORK, done=12, aim=40)
    talks = replace(WORK, done=12, aim=None, survey=False, state="faite")

    assert read(planned, delicate) == Cell(tone="info", word="En cours")
    assert read(talks, delicate, kind="entretien") == Cell(tone="ok", word="Terminé")
    assert read(replace(WORK, state=""), delicate) == Cell()
    assert read(replace(WORK, state="sans objet", apart="3 reçues"), delicate) == Cell(apart=True)


@pytest.mark.parametrize(
    ("done", "aim", "framed", "percent"),
    [(1, 8, False, "13 %"), (5, 40, True, "13 %"), (9, 19, True, ""), (10, 20, True, "50 %")],
)
def test_rate_is_rounded_half_up_and_told_of_twenty_members_at_least(done, aim, framed, percent):
    assert read(replace(WORK, done=done, aim=aim, framed=framed)).percent == percent


def test_number_of_the_team_is_marked_beside_those_received():
    assert read(WORK).typed
    assert not read(replace(WORK, received=True)).typed
    assert not read(replace(WORK, done=None)).typed


def test_both_numbers_are_told_when_they_differ():
    cell = read(replace(WORK, done=22, received=True, apart="22 reçues, 24 déclarées", beside="x"))

    assert (cell.shown, cell.beside, cell.differs) == (
        "22 sur 27",
        "22 reçues, 24 déclarées",
        True,
    )


def test_cell_of_a_plan_says_when():
    plan = replace(WORK, state="prevue", done=0, survey=False, start="2027-01")

    assert read(plan).word == "Prévu en janvier 2027"
    assert read(replace(plan, start="2027")).word == "Prévu en 2027"
    assert read(replace(plan, start="2027-01-28")).word == "Prévu le 28 janvier 2027"
    assert read(replace(plan, start="")).word == "Prévu"
    assert read(replace(WORK, state="")).word == "Non prévu"
    assert read(None) == Cell()


def test_scope_says_the_size_and_the_regions():
    assert scope_of(Frame(58, True), "", "", False, 14) == "58 organismes, 14 régions"
    assert scope_of(Frame(1, True), "", "", False, 1) == "1 organisme"
    assert scope_of(Frame(2100, False), "", "", True, 0) == "2 100 personnes"
    assert scope_of(Frame(3, True), "carrefour", "carrefours", False, 0) == "3 carrefours"
    assert scope_of(None, "", "", False, 0) == "sans base de sondage"
