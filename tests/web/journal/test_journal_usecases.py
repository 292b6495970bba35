from datetime import UTC, datetime

import pytest

from croisee_web.journal.models import Entry, EntryDetails
from croisee_web.journal.queries import broken_entries
from croisee_web.journal.usecases import record
from croisee_web.report.vocabulary import REPORT_PUBLISHED, REPORT_WITHDRAWN

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_record_chains_each_entry_to_the_one_before():
    first = record(act=REPORT_PUBLISHED, actor="Ada", at=AT, publication=1)

    second = record(act=REPORT_WITHDRAWN, actor="Ada", at=AT, publication=1)

    assert second.previous == first.digest
    assert broken_entries() == ()


def test_record_refuses_an_act_outside_the_vocabulary():
    with pytest.raises(ValueError, match=r"report\.made\.up"):
        record(act="report.made.up", actor="Ada", at=AT)

    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("table", "change"), [(Entry, {"actor": "Bo"}), (EntryDetails, {"content": {"publication": 2}})]
)
def test_broken_entries_finds_an_entry_that_was_altered(table, change):
    entry = record(act=REPORT_PUBLISHED, actor="Ada", at=AT, publication=1)
    record(act=REPORT_WITHDRAWN, actor="Ada", at=AT, publication=1)

    table.objects.filter(pk=entry.pk).update(**change)

    assert broken_entries() == (entry.pk,)


def test_broken_entries_finds_an_entry_that_was_removed():
    entry = record(act=REPORT_PUBLISHED, actor="Ada", at=AT, publication=1)
    last = record(act=REPORT_WITHDRAWN, actor="Ada", at=AT, publication=1)

    EntryDetails.objects.filter(pk=entry.pk).delete()
    Entry.objects.filter(pk=entry.pk).delete()

    assert broken_entries() == (last.pk, 0)
