"""``croisee convert`` for ballots and votes: PrefLib, tables of ranks, Polis."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from croisee.cli import main
from croisee.formats import FormatRefused
from croisee.formats.ballot_table import ballot_table, orders_of, read_ballot_table
from croisee.formats.polis import read_polis
from croisee.formats.preflib import Election, read_preflib, write_preflib
from croisee.formats.vote_table import read_vote_table
from croisee.formats.writing import write_csv, write_xlsx
from croisee.run.converting import ConversionRefused, convert
from croisee.run.converting_votes import BALLOTS

NAMES = ("Logement", "Transport", "=SOMME(A1)", "Garde d’enfants ; répit", "1. Santé")


@st.composite
def elections(draw, *, categories=False):
    """Ballots with ties and options left out, or categories, all of them named by someone."""
    many = draw(st.integers(2, len(NAMES)))
    named = ("Oui", "Peut-être", "Non") if categories else ()
    orders = []
    for _ in range(draw(st.integers(1, 4))):
        ranks = draw(st.lists(st.integers(0, 3), min_size=many, max_size=many).filter(any))
        used = range(1, 4) if categories else sorted({*ranks} - {0})
        levels = tuple(
            tuple(place for place, rank in enumerate(ranks, 1) if rank == level) for level in used
        )
        orders.append((draw(st.integers(1, 900)), levels))
    if categories:
        orders.append((1, ((1,), (2,), ())[: len(named)]))
        orders.append((1, ((), (1,), (2,))))
    return Election("", NAMES[:many], tuple(orders), named)


def told(source, result):
    return " ".join(one.to("fr") for one in convert(source, result))


@settings(max_examples=40)
@given(elections() | elections(categories=True), st.sampled_from(["csv", "xlsx"]))
def test_a_table_of_ballots_reads_back_the_same(tmp_path_factory, election, ending):
    path = tmp_path_factory.mktemp("b") / f"b.{ending}"
    (write_csv if ending == "csv" else write_xlsx)(path, *ballot_table(election, "bulletins"))
    again = read_ballot_table(path)
    assert again.alternatives == election.alternatives
    assert again.categories == election.categories
    assert trimmed(orders_of(again)) == trimmed(orders_of(election))
    assert again.notices == ()


def trimmed(orders):
    """Orders without the empty categories at their end: nobody put anything there."""
    found = {}
    for levels, many in orders.items():
        last = max((place for place, level in enumerate(levels, 1) if level), default=0)
        found[levels[:last]] = found.get(levels[:last], 0) + many
    return found


def test_there_and_back_at_the_command(tmp_path):
    election = Election("Priorités", NAMES[:3], ((4, ((1,), (2, 3))), (2, ((3,),))))
    (tmp_path / "a.toi").write_text(write_preflib(election))
    said = told(tmp_path / "a.toi", tmp_path / "b.csv")
    assert "3 options, 6 personnes" in said
    assert "Le titre" in said
    assert "bulletins;Logement;Transport;" in (tmp_path / "b.csv").read_text("utf-8-sig")
    told(tmp_path / "b.csv", tmp_path / "c.xlsx")
    told(tmp_path / "b.csv", tmp_path / "c.toi")
    assert orders_of(read_preflib(tmp_path / "c.toi")) == orders_of(election)
    assert orders_of(read_ballot_table(tmp_path / "c.xlsx")) == orders_of(election)


def test_a_row_for_each_person_is_a_ballot_and_nobody_is_named(tmp_path):
    (tmp_path / "rangs.csv").write_text("code;Logement;Transport\nZoé;1;2\nAli;1;2\nMax;2;1\n")
    told(tmp_path / "rangs.csv", tmp_path / "rangs.soc")
    text = (tmp_path / "rangs.soc").read_text()
    assert sorted(orders_of(read_preflib(tmp_path / "rangs.soc")).values()) == [1, 2]
    assert "Zoé" not in text


def test_what_is_wrong_is_said_with_its_line(tmp_path):
    (tmp_path / "b.csv").write_text(
        "bulletins;A;B;C\n3;1;3;\n2;1;premier;2\n0;1;2;3\n1;;;\nbeaucoup;1;2;3\n4;2;1;3\n"
    )
    read = read_ballot_table(tmp_path / "b.csv")
    assert orders_of(read) == {((1,), (2,)): 3, ((2,), (1,), (3,)): 4}
    assert [one.line for one in read.notices] == [2, 3, 4, 5, 6]
    said = told(tmp_path / "b.csv", tmp_path / "b.soi")
    assert "Ligne 2 : Le rang 2 manque" in said
    assert "Ligne 3 : « premier » n’est pas un rang" in said


@pytest.mark.parametrize("content", ["", "a\n1\n", "bulletins;A;B\n", "bulletins;A;B\n1;x;y\n"])
def test_a_table_without_ballots_is_refused(tmp_path, content):
    (tmp_path / "b.csv").write_text(content)
    with pytest.raises(FormatRefused):
        read_ballot_table(tmp_path / "b.csv")
    with pytest.raises(ConversionRefused):
        told(tmp_path / "b.csv", tmp_path / "b.soi")
    assert not (tmp_path / "b.soi").exists()


def test_ballots_of_another_sort_than_the_name_says_are_refused(tmp_path):
    (tmp_path / "b.csv").write_text("bulletins;A;B\n1;1;1\n")
    with pytest.raises(ConversionRefused) as refused:
        told(tmp_path / "b.csv", tmp_path / "b.soi")
    assert ".toc" in refused.value.message.to("fr")
    assert not (tmp_path / "b.soi").exists()


def test_an_ending_that_a_file_is_not_written_in_is_answered_by_those_it_is(tmp_path):
    election = Election("", ("A", "B"), ((1, ((1,), (2,))),))
    (tmp_path / "a.soc").write_text(write_preflib(election))
    (tmp_path / "t.csv").write_text("a;b\n1;2\n")
    for source, expected in (("a.soc", ".xlsx"), ("t.csv", ".sav"), ("", ".qdpx")):
        with pytest.raises(ConversionRefused) as refused:
            told(tmp_path / source, tmp_path / "x.pdf")
        assert expected in refused.value.message.to("fr")


def test_every_real_ballot_goes_there_and_back(real_data, tmp_path):
    paths = [one for one in sorted((real_data / "ranking").rglob("*")) if one.suffix in BALLOTS]
    assert len(paths) > 30
    for number, path in enumerate(paths):
        election = read_preflib(path)
        table = tmp_path / f"{number}.csv"
        told(path, table)
        again = read_ballot_table(table)
        assert again.voters == election.voters, path
        if len(set(election.alternatives)) == len(election.alternatives):
            assert again.alternatives == election.alternatives
        assert trimmed(orders_of(again)) == trimmed(orders_of(election)), path


def test_real_conversations_keep_every_vote(real_data, tmp_path):
    for number, path in enumerate(sorted((real_data / "polis").rglob("votes.csv"))):
        table = tmp_path / f"{number}.csv"
        told(path.parent, table)
        whole, read = read_polis(path.parent), read_vote_table(table)
        assert len(read.vote) == len(whole.vote)
        assert sum(read.vote) == int(whole.vote.sum())


def test_a_table_of_ballots_is_counted_too(tmp_path, capsys):
    (tmp_path / "rangs.csv").write_text("bulletins;Logement;Transport\n3;1;2\n1;2;1\n")
    assert main(["votes", str(tmp_path / "rangs.csv")]) == 0
    printed = capsys.readouterr().out
    assert "Logement" in printed
    assert "4" in printed
