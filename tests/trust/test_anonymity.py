"""Whoever holds the base, the journal or a copy cannot tell whose an anonymous answer is.

The attacker knows in which order people answered (she saw them), and which links were used when:
she looks, in everything that is kept, for the same order on the side of the answers. Each attack
is tried first on a broken control, the same collection without what protects it: there it finds.
"""

import json
import logging
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.db import connection, models
from tests.web.collection.conducting_world import AT, participants
from tests.web.collection.receiving_world import asked_of, identifier

from croisee_web.collection.models import AnswerLink, AnswerSheet, DayCount, Submission
from croisee_web.collection.usecases.counting import count_in_journal
from croisee_web.collection.usecases.intake import shuffling
from croisee_web.collection.usecases.intake.attaching import attachment_path
from croisee_web.collection.usecases.linking import make_links
from croisee_web.collection.vocabulary import ANSWERS_COUNTED, Way
from croisee_web.journal.models import Entry, EntryDetails
from croisee_web.upkeep.rules import row_lines

pytestmark = pytest.mark.django_db(transaction=True)
N, FIRST, ANSWER = 20, 1700000000, "collection.answer"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def collected(*, anonymous=True, seed=1):
    """Have people answer one after the other; return the collection and the order they came in.

    The order is the links', and for each what she answered: the truth the attacker is after.
    """
    asked = asked_of(anonymous=anonymous)
    participants(asked.world, N)
    links = list(make_links(collecting_id=asked.collecting.pk, actor=asked.world.lead, at=AT))
    np.random.default_rng(seed).shuffle(links)
    truth = []
    for place, (link, token) in enumerate(links):
        asked.receive(
            place + 1, token=token, way=Way.PAGE, at=AT + timedelta(minutes=place),
            mot=f"mot-{place}", photo=f"{FIRST + place}.jpg",
            files=[(f"{FIRST + place}.jpg", f"image {place}".encode())],
            receipt=f"recu-{place}",
        )  # fmt: skip
        truth.append((link.pk, f"mot-{place}"))
    return asked, truth


def said_of(row):
    return row.sheet.answers["mot"]


def agreement(found, wanted):
    """Return how much an order tells of another: 1 when it is the same one, or its reverse."""
    places = {one: place for place, one in enumerate(wanted)}
    ranks = [places[one] for one in found]
    pairs = [(a, b) for at, a in enumerate(ranks) for b in ranks[at + 1 :]]
    return abs(sum(1 if a < b else -1 for a, b in pairs)) / len(pairs)


def kept_orders(truth):
    """Return the orders of the answers that the base itself keeps, and those of the links."""
    words = {row.pk: said_of(row) for row in Submission.objects.select_related("sheet")}
    sheets = {row.sheet_id: said_of(row) for row in Submission.objects.select_related("sheet")}
    orders = {}
    for model, names in ((Submission, words), (AnswerSheet, sheets), (AnswerLink, None)):
        table = model._meta.db_table
        columns = ["ctid", "xmin::text::bigint", "id"] if connection.vendor == "postgresql" else [
            "rowid"
        ]  # fmt: skip
        for column in columns:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT id, {column} FROM {table} ORDER BY {column}")
                rows = cursor.fetchall()
            tells = len({value for _number, value in rows}) > 1
            orders[model.__name__, column] = [
                names[number] if names else number for number, _value in rows
            ] if tells else None  # fmt: skip
        for name, order in pages_of_sqlite(table).items():
            orders[model.__name__, name] = [names[n] if names else n for n in order]
    wanted = {"Submission": [said for _link, said in truth],
              "AnswerSheet": [said for _link, said in truth],
              "AnswerLink": [link for link, _said in truth]}  # fmt: skip
    return {
        key: agreement(order, wanted[key[0]]) for key, order in orders.items() if order is not None
    }


def pages_of_sqlite(table):
    """Return the order rows lie in inside the pages of a SQLite table, as its bytes say."""
    if connection.vendor != "sqlite":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA page_size")
        size = cursor.fetchone()[0]
        cursor.execute("SELECT rootpage FROM sqlite_master WHERE name = %s", [table])
        root = cursor.fetchone()[0]
    content = Path(connection.settings_dict["NAME"]).read_bytes()
    found = []
    for page in leaves(content, size, root):
        start = (page - 1) * size
        cells = int.from_bytes(content[start + 3 : start + 5], "big")
        places = [
            int.from_bytes(content[start + 8 + 2 * n : start + 10 + 2 * n], "big")
            for n in range(cells)
        ]
        # Cells are laid from the end of the page: the last one written lies first.
        for place in sorted(places, reverse=True):
            _length, after = varint(content, start + place)
            number, _after = varint(content, after)
            found.append(number)
    return {"places in pages": found}


def leaves(content, size, page):
    """Yield the leaf pages of a table's tree, in the order of their numbers."""
    start = (page - 1) * size
    if content[start] == 13:
        return [page]
    cells = int.from_bytes(content[start + 3 : start + 5], "big")
    below = [int.from_bytes(content[start + 8 : start + 12], "big")]
    for n in range(cells):
        place = int.from_bytes(content[start + 12 + 2 * n : start + 14 + 2 * n], "big")
        below.append(int.from_bytes(content[start + place : start + place + 4], "big"))
    return sorted(leaf for one in below for leaf in leaves(content, size, one))


def varint(content, at):
    value = 0
    for place in range(9):
        byte = content[at + place]
        if place == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + place + 1
    raise AssertionError


TELLS, ORDERS = 0.75, 9
"""What tells an order: Kendall's correlation of it with another. How many orders are compared."""


def chance_of(least, n):
    """Return how often two orders of so many, drawn at random, tell as much of each other."""
    pairs, ways = n * (n - 1) // 2, [1]
    for places in range(2, n + 1):
        ways = [sum(ways[max(0, k - places + 1) : k + 1]) for k in range(len(ways) + places - 1)]
    return sum(way for k, way in enumerate(ways) if abs(pairs - 2 * k) >= least * pairs) / sum(ways)


def test_chance_alone_makes_these_tests_fail_less_than_once_in_five_hundred_thousand():
    # Twelve people made it once in five hundred: it was seen.
    assert ORDERS * chance_of(TELLS, N) < 1 / 500_000 < 1 / 600 < ORDERS * chance_of(TELLS, 12)


def test_where_rows_lie_does_not_tell_the_order_of_arrival():
    _asked, truth = collected()

    assert {key: told for key, told in kept_orders(truth).items() if told >= TELLS} == {}


def test_control_rows_that_are_not_written_again_tell_the_order(monkeypatch):
    monkeypatch.setattr(shuffling, "_write_again", lambda _model, _numbers: None)
    _asked, truth = collected()

    telling = {key for key, told in kept_orders(truth).items() if told >= TELLS}

    if connection.vendor == "postgresql":
        assert telling >= {("Submission", "ctid"), ("AnswerSheet", "ctid")}
    else:
        assert ("AnswerSheet", "places in pages") in telling


@pytest.mark.skipif("not __import__('django.db').db.connection.vendor == 'postgresql'")
def test_the_transactions_of_postgresql_tie_no_answer_to_a_link():
    _asked, _truth = collected()

    with connection.cursor() as cursor:
        for model in (AnswerLink, Submission, AnswerSheet):
            cursor.execute(f"SELECT count(DISTINCT xmin::text) FROM {model._meta.db_table}")
            assert cursor.fetchone() == (1,)


def ties(truth, asked):
    """Return what an attacker who reads every row finds: a time, a number, a link, an order."""
    rows = list(Submission.objects.select_related("sheet").order_by("pk"))
    kept = b"\n".join(row_lines("default")).decode()
    contents = b"".join(bytes(row.content) for row in rows)
    details = "\n".join(json.dumps(one.content) for one in EntryDetails.objects.all())
    numbers = [str(row.pk) for row in rows] + [row.sheet.respondent for row in rows]
    people = {link.participant for link in AnswerLink.objects.all()}
    wanted = [said for _link, said in truth]
    sheets = [one.answers["mot"] for one in AnswerSheet.objects.order_by("pk")]
    hours = hours_of_files(rows, asked)
    found = {
        "moment of a submission": any(row.received_at for row in rows),
        "link of a submission": any(row.link_id for row in rows),
        "number given by the client": any(
            identifier(n + 1) in kept or identifier(n + 1).encode() in contents for n in range(N)
        ),
        "name of a photograph, which is a moment": any(
            f"{FIRST + n}" in kept or f"{FIRST + n}".encode() in contents for n in range(N)
        ),
        "receipt code": any(f"recu-{n}" in kept for n in range(N)),
        "moment or device in a filled form": bool(re.search(rb"2026-11-22T|collect:", contents)),
        "journal entry an answer": Entry.objects.filter(act__startswith=f"{ANSWER}.").exists(),
        "number of an answer in the journal": any(number in details for number in numbers),
        "code of a person in an answer": any(row.sheet.respondent in people for row in rows),
        "order of an export": agreement([said_of(row) for row in rows], wanted) >= TELLS,
        "hours of files on the disk": len(set(hours.values())) > 1
        and agreement(sorted(hours, key=hours.get), wanted) >= TELLS,
        "order of the frozen answers": agreement(sheets, wanted) >= TELLS,
    }
    return {what for what, is_so in found.items() if is_so}


def hours_of_files(rows, asked):
    """Return what the disk says of when each photograph was written, as a copy of it keeps it."""
    return {
        said_of(row): attachment_path(asked.world.study.pk, one.sha256).stat().st_mtime_ns
        for row in rows
        for one in row.attachments.all()
    }


def test_nothing_that_is_kept_ties_an_answer_to_a_person():
    asked, truth = collected()

    assert ties(truth, asked) == set()
    assert AnswerLink.objects.filter(used=True).count() == N


def test_control_the_same_collection_that_is_not_anonymous_is_found_out():
    asked, truth = collected(anonymous=False)

    assert ties(truth, asked) >= {
        "moment of a submission",
        "link of a submission",
        "number given by the client",
        "name of a photograph, which is a moment",
        "hours of files on the disk",
        "moment or device in a filled form",
        "journal entry an answer",
        "number of an answer in the journal",
        "code of a person in an answer",
    }


def test_the_journal_says_how_many_answers_a_day_brought_once_the_day_is_over():
    collected()

    assert count_in_journal(actor="site", at=AT) == 0
    assert count_in_journal(actor="site", at=AT + timedelta(days=1)) == 1
    assert count_in_journal(actor="site", at=AT + timedelta(days=2)) == 0

    entry = Entry.objects.filter(act=ANSWERS_COUNTED).get()
    assert entry.details.content["sheets"] == N
    assert DayCount.objects.get().journaled == N


def test_logs_say_nothing_of_an_answer():
    heard = StringIO()
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    root.addHandler(handler)
    before = root.level
    root.setLevel(logging.DEBUG)
    try:
        _asked, truth = collected()
    finally:
        root.setLevel(before)
        root.removeHandler(handler)

    said = heard.getvalue()
    assert [word for _link, word in truth if word in said and "INSERT" not in said] == []


def test_a_link_serves_once_and_a_form_is_received_once_all_the_same():
    asked, _truth = collected()
    rows, links = Submission.objects.count(), AnswerLink.objects.filter(used=True).count()

    assert asked.receive(
        1, mot="mot-0", photo="1700000000.jpg", way=Way.PAGE, token="un autre essai"
    ).outcome.value == "already"  # fmt: skip

    assert (Submission.objects.count(), AnswerLink.objects.filter(used=True).count()) == (
        rows, links,
    )  # fmt: skip
    assert isinstance(AnswerSheet._meta.pk, models.BigIntegerField)
