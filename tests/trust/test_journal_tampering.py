"""Whoever holds the database, and not the anchor key, changes the journal: it is always seen.

100 seeded tamperings in ``make test``, the thousand in ``make proof``. The control shows that a
tampering with the key in hand is not seen: the test can fail.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from croisee_web.journal.models import ChainHead, Entry, EntryDetails
from croisee_web.journal.queries import verify
from croisee_web.journal.rules import ORIGIN, anchors, commitment, entry_digest
from croisee_web.journal.usecases import anchor, record
from croisee_web.report.vocabulary import REPORT_PUBLISHED, REPORT_WITHDRAWN

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
LENGTH = 30
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"


def _written():
    for n in range(LENGTH):
        act = (REPORT_PUBLISHED, REPORT_WITHDRAWN)[n % 2]
        record(act=act, actor=f"compte:{n % 3}", at=AT + timedelta(minutes=n), study_id=1, n=n)
    anchor(actor="site", at=AT + timedelta(days=1))


def _rows():
    return list(Entry.objects.order_by("pk"))


def _drop(entry):
    EntryDetails.objects.filter(pk=entry.pk).delete()
    Entry.objects.filter(pk=entry.pk).delete()


def edit(rng):
    entry = _rows()[rng.integers(LENGTH)]
    field = ("act", "actor", "study_id", "happened_at")[rng.integers(4)]
    new = {"act": "x.y.z", "actor": "compte:9", "study_id": 2, "happened_at": AT}[field]
    if getattr(entry, field) == new:
        new = AT + timedelta(seconds=1)
    Entry.objects.filter(pk=entry.pk).update(**{field: new})


def edit_details(rng):
    entry = _rows()[rng.integers(LENGTH)]
    EntryDetails.objects.filter(pk=entry.pk).update(content={"n": 99})


def delete(rng):
    _drop(_rows()[rng.integers(LENGTH - 1)])


def insert(rng):
    """Put an act between two others, chained to the one before, and the next one to it."""
    rows = _rows()
    at = int(rng.integers(1, LENGTH - 1))
    kept = [(row, EntryDetails.objects.get(pk=row.pk)) for row in rows[at:]]
    for row, _details in kept:
        _drop(row)
    kept[0][0].previous = _chained(rows[at - 1].digest, "compte:7", AT, {"n": 1})
    for row, details in kept:
        row.pk = None
        row.save(force_insert=True)
        details.pk = details.entry_id = row.pk
        details.save(force_insert=True)


def reorder(rng):
    """Exchange what two neighbours say, their places in the chain kept."""
    at = int(rng.integers(LENGTH - 1))
    first, second = _rows()[at : at + 2]
    for one, other in ((first, second), (second, first)):
        Entry.objects.filter(pk=one.pk).update(
            act=other.act, actor=other.actor, happened_at=other.happened_at
        )


def cut_tail(rng):
    """Remove the last acts and set the head as if they had never been."""
    rows = _rows()
    keep = int(rng.integers(1, LENGTH))
    for row in reversed(rows[keep:]):
        _drop(row)
    ChainHead.objects.update(length=keep, digest=rows[keep - 1].digest)


def rewrite(rng):
    """Write the whole chain again, every digest right, one act changed."""
    changed = int(rng.integers(LENGTH))
    said = [(row.actor, row.happened_at) for row in _rows()]
    EntryDetails.objects.all().delete()
    Entry.objects.all().delete()
    previous = ORIGIN
    for n, (actor, at) in enumerate(said):
        previous = _chained(previous, "compte:9" if n == changed else actor, at, {"n": n})
    ChainHead.objects.update(length=LENGTH, digest=previous)


def _chained(previous, actor, at, content):
    committed = commitment(salt="0", content=content)
    digest = entry_digest(
        previous=previous, act=REPORT_PUBLISHED, actor=actor, study_id=1, at=at, committed=committed
    )
    entry = Entry.objects.create(
        act=REPORT_PUBLISHED,
        actor=actor,
        study_id=1,
        happened_at=at,
        commitment=committed,
        previous=previous,
        digest=digest,
    )
    EntryDetails.objects.create(entry=entry, salt="0", content=content)
    return digest


TAMPERINGS = (edit, edit_details, delete, insert, reorder, cut_tail, rewrite)


def _missed(number, seed):
    rng = np.random.default_rng(seed)
    missed = []
    for turn in range(number):
        tampering = TAMPERINGS[turn % len(TAMPERINGS)]
        _begin_again()
        assert verify().holds
        tampering(rng)
        if verify().holds:
            missed.append((turn, tampering.__name__))
    return missed


def _begin_again():
    for table in (EntryDetails, Entry, ChainHead):
        table.objects.all().delete()
    (anchors._folder() / anchors.ANCHORS).unlink(missing_ok=True)
    _written()


def test_a_hundred_tamperings_are_all_seen():
    assert _missed(100, seed=20261122) == []


@pytest.mark.proof
def test_a_thousand_tamperings_are_all_seen():
    assert _missed(1000, seed=1) == []


def test_control_a_rewriting_that_holds_the_anchor_key_is_not_seen():
    _written()
    rewrite(np.random.default_rng(3))
    assert not verify().holds

    (anchors._folder() / anchors.ANCHORS).unlink()
    anchor(actor="site", at=AT)

    assert verify().holds
