"""Votes in a plain table: a row a vote, or a row a person."""

import pytest

from croisee.formats import FormatRefused, write_xlsx
from croisee.formats.vote_table import read_vote_table


def table(tmp_path, text):
    path = tmp_path / "votes.csv"
    path.write_text(text, encoding="utf-8")
    return read_vote_table(path)


def rows(found):
    return [
        (found.people[who], found.statements[what], vote)
        for who, what, vote in zip(found.person, found.statement, found.vote, strict=True)
    ]


def test_a_row_is_a_vote_in_words_or_numbers(tmp_path):
    found = table(
        tmp_path,
        "Participant;Affirmation;Texte;Vote\nP1;a;Le toit;D’accord\nP1;b;;pas d'accord\n"
        "P2;a;Le toit;0\nP2;b;;peut-être\n;a;;1\nP3;a;;\n",
    )
    assert rows(found) == [("P1", "a", 1), ("P1", "b", -1), ("P2", "a", 0)]
    assert found.texts == ("Le toit", "b")
    assert [line for line, _ in found.notices] == [5, 6]
    assert "peut-être" in found.notices[0][1].to("fr")


def test_a_row_is_a_person_in_a_spreadsheet(tmp_path):
    path = tmp_path / "votes.xlsx"
    write_xlsx(path, ("code", "Le toit", "Le parc"), [("P1", 1, -1), ("P2", "", 0)])
    assert rows(read_vote_table(path)) == [
        ("P1", "Le toit", 1), ("P1", "Le parc", -1), ("P2", "Le parc", 0)
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["participant;affirmation;vote\n", "a;b\nP1;bleu\n"])
def test_no_vote_at_all_is_refused(tmp_path, text):
    with pytest.raises(FormatRefused):
        table(tmp_path, text)
