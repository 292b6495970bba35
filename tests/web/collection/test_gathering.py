"""Who is answered together is waited for together; who sends alone waits for nobody."""

import threading

import pytest

from croisee_web.collection.usecases.intake import grouping
from croisee_web.collection.usecases.intake.grouping import Writer

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 600.0
"""Seconds: a writer that waited so long would never answer this test."""


class Asking:
    """Something sent that has nothing to write, and says when it was answered."""

    def __init__(self):
        self.answered = threading.Event()

    def read(self):
        return None

    def tell(self, _outcome):
        self.answered.set()


class Watched(Writer):
    """A writer that remembers how many it took at a time."""

    def __init__(self):
        super().__init__()
        self.sizes = []

    def _commit(self, group):
        self.sizes.append(len(group))
        super()._commit(group)


def sent(writer, number):
    asked = [Asking() for _each in range(number)]
    for one in asked:
        writer.take(one)
    return asked


def test_those_who_were_answered_together_are_waited_for_and_no_longer_than_a_full_group(
    monkeypatch,
):
    monkeypatch.setattr(grouping, "APART", LONG)
    monkeypatch.setattr(grouping, "GATHERED", LONG)
    monkeypatch.setattr(grouping, "MOST", 2)
    writer = Watched()
    first = sent(writer, 2)
    writer.start()
    assert all(one.answered.wait(20) for one in first)

    (one,) = sent(writer, 1)
    assert not one.answered.wait(0.2)
    (other,) = sent(writer, 1)

    assert (one.answered.wait(20), other.answered.wait(20)) == (True, True)
    writer.stop()
    assert writer.sizes == [2, 2]


def test_who_sends_alone_waits_for_nobody(monkeypatch):
    monkeypatch.setattr(grouping, "APART", LONG)
    monkeypatch.setattr(grouping, "GATHERED", LONG)
    writer = Watched()
    writer.start()
    for _turn in range(3):
        (one,) = sent(writer, 1)
        assert one.answered.wait(20)
    writer.stop()
    assert writer.sizes == [1, 1, 1]


def test_a_writer_that_gathers_ends_when_told(monkeypatch):
    monkeypatch.setattr(grouping, "APART", LONG)
    monkeypatch.setattr(grouping, "GATHERED", LONG)
    writer = Watched()
    asked = sent(writer, 2)
    writer.start()
    assert all(one.answered.wait(20) for one in asked)
    (last,) = sent(writer, 1)

    writer.stop()

    assert (last.answered.is_set(), writer.sizes) == (True, [2, 1])
