"""Exports of Polis read, written, read again; what is wrong in one is told, the rest is read."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.formats import FormatRefused
from croisee.formats.polis import PolisConversation, PolisStatement, read_polis, write_polis

COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"
TEXTS = st.text("aé=+-@',;\"\n 1!|", max_size=30).map(str.strip)


def export(folder, comments, votes):
    folder.mkdir(exist_ok=True)
    (folder / "comments.csv").write_text(COMMENTS + comments, encoding="utf-8")
    (folder / "votes.csv").write_text(VOTES + votes, encoding="utf-8")
    return folder


def told(conversation):
    return [(one.file, one.line, one.message.to("fr")) for one in conversation.notices]


def conversation(statements, votes, groups):
    votes = sorted(votes, key=lambda row: row[0])
    columns = np.array(votes, np.int64).reshape(-1, 4).T
    return PolisConversation(
        statements, *columns, (("topic", "Le toit"), ("url", "x")), tuple(sorted(groups.items()))
    )


@given(st.data())
def test_what_is_written_is_read_again(tmp_path_factory, data):
    numbers = data.draw(st.sets(st.integers(0, 99), min_size=1, max_size=6))
    large = st.integers(0, 10**17)
    statements = tuple(
        PolisStatement(number, data.draw(TEXTS), data.draw(st.integers(0, 9)), data.draw(large),
                       data.draw(st.integers(-1, 1)))
        for number in sorted(numbers)
    )  # fmt: skip
    row = st.tuples(large, st.sampled_from(sorted(numbers)), st.integers(0, 9), st.integers(-1, 1))
    groups = data.draw(st.dictionaries(st.integers(0, 9), st.integers(0, 4)))
    first = conversation(statements, data.draw(st.lists(row, max_size=20)), groups)
    folder = tmp_path_factory.mktemp("polis")
    write_polis(first, folder)
    second = read_polis(folder)

    assert second.statements == first.statements
    for name in ("at", "statement", "person", "vote"):
        assert np.array_equal(getattr(second, name), getattr(first, name))
    assert (second.summary, second.groups, second.notices) == (first.summary, first.groups, ())


def test_counts_are_of_every_vote_and_the_matrix_of_the_last_ones(tmp_path):
    first = conversation(
        (PolisStatement(3, "Rénover le toit"),), [(1, 3, 7, 1), (2, 3, 7, -1), (3, 3, 8, 1)], {7: 0}
    )
    write_polis(first, tmp_path)
    with (tmp_path / "comments.csv").open(encoding="utf-8") as stream:
        (line,) = csv.DictReader(stream)
    assert (line["agrees"], line["disagrees"]) == ("2", "1")
    with (tmp_path / "participants-votes.csv").open(encoding="utf-8") as stream:
        people = {one["participant"]: (one["group-id"], one["3"]) for one in csv.DictReader(stream)}
    assert people == {"7": ("0", "-1"), "8": ("", "1")}


def test_votes_on_missing_statements_are_told_and_the_rest_read(tmp_path):
    folder = export(
        tmp_path / "p",
        "1,,0,5,1,0,1,Bonjour\n1,,x,5,0,0,1,Sans numéro\n1,,0,5,0,0,1,Encore\n",
        "2,,0,9,-1\n1,,0,9,1\n1,,44,9,1\n1,,0,9,2\n1,,0,9\n3,,0,8,0\n",
    )
    found = read_polis(folder)

    assert found.at.tolist() == [1, 2, 3]
    assert found.vote.tolist() == [1, -1, 0]
    assert told(found) == [
        ("comments.csv", 3, "« x » n’est pas un numéro d’affirmation"),
        ("comments.csv", 4, "l’affirmation 0 est déjà plus haut"),
        ("votes.csv", 6, "4 cellules au lieu de 5 : ligne laissée de côté"),
        ("votes.csv", 5, "illisible (1, 0, 9, 2) : un vote est 1, 0 ou -1, le reste des nombres"),
        ("votes.csv", 0, "1 vote sur l’affirmation 44, absente de comments.csv : laissé de côté"),
    ]


@pytest.mark.parametrize(
    ("comments", "votes"),
    [(b"", b""), (b"a,b\n1,2\n", VOTES.encode()), (COMMENTS.encode(), b"a,b\n1,2\n"),
     (COMMENTS.encode(), b"\x00\x01"), (COMMENTS.encode(), b""), (b'"' * 99, VOTES.encode())],
)  # fmt: skip
def test_what_is_no_export_is_refused_in_words(tmp_path, comments, votes):
    (tmp_path / "comments.csv").write_bytes(comments)
    (tmp_path / "votes.csv").write_bytes(votes)
    with pytest.raises(FormatRefused) as refused:
        read_polis(tmp_path)
    assert refused.value.remedy.to("fr")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FormatRefused, match=r"comments\.csv"):
        read_polis(tmp_path)
