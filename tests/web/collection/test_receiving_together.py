"""Answers written together are what they would be one after the other, and none spoils others."""

import threading
import time
from collections import Counter
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import asked_of, identifier

from croisee_web.collection.models import AnswerSheet, DayCount, Submission
from croisee_web.collection.queries.asked import Version
from croisee_web.collection.rules.filled import Outcome, Refused
from croisee_web.collection.usecases.intake import grouping, together
from croisee_web.collection.usecases.intake.grouping import Writer, start_writing, stop_writing
from croisee_web.collection.usecases.intake.receiving import incoming
from croisee_web.collection.usecases.intake.together import write_together
from croisee_web.collection.vocabulary import Way
from croisee_web.journal.models import Entry
from croisee_web.journal.queries import verify

FORMS = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.integers(1, 5),
            "corrects": st.sampled_from([0, 0, 0, 1, 2]),
            "mot": st.sampled_from("ab"),
            "case": st.sampled_from(["carrefours", "carrefours", "quartiers", "ailleurs"]),
            "photo": st.sampled_from(["", "", "", "a.jpg"]),
            "files": st.sampled_from([(), (), (), (("a.jpg", b"A"),)]),
        }
    ),
    max_size=8,
)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def read(asked, forms):
    return [incoming(asked.filled(**form), at=AT) for form in forms]


def told(written):
    if isinstance(written.told, Refused):
        return written.told.why
    return written.told.outcome, written.told.missing


def ended(asked, acts_before):
    acts = Counter(Entry.objects.values_list("act", flat=True))
    acts.subtract(acts_before)
    counts = sorted(DayCount.objects.values_list("case__code", "count"))
    return asked.kept(), AnswerSheet.objects.count(), +acts, counts, verify().broken


def both(asked, before, group, in_what_order):
    """Return how a group ends, written together and one by one; nothing is kept."""
    ends, order = [], []
    for one_by_one in (False, True):
        with transaction.atomic():
            for form in read(asked, before):
                write_together([form])
            acts = Counter(Entry.objects.values_list("act", flat=True))
            forms = read(asked, group)
            answers = {}
            if one_by_one:
                for place in order:
                    answers[place] = told(write_together([forms[place]])[0])
            else:
                order = in_what_order(forms)
                answers = dict(enumerate(map(told, write_together(forms))))
            ends.append((answers, ended(asked, acts)))
            transaction.set_rollback(True)
    return ends


def plain_first(forms):
    plain = together._plain(forms)
    return [*plain, *(place for place in range(len(forms)) if place not in plain)]


@pytest.mark.django_db
def test_a_group_ends_as_its_forms_would_one_after_the_other():
    asked = asked_of()

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(FORMS, FORMS)
    def one(before, group):
        at_once, in_turn = both(asked, before[:3], group, plain_first)
        assert at_once == in_turn

    one()


@pytest.mark.django_db
def test_forms_that_nothing_contradicts_are_written_at_once_and_others_are_not():
    asked = asked_of()
    asked.receive(1)
    forms = read(asked, [
        {"number": 1}, {"number": 2}, {"number": 3}, {"number": 3, "mot": "b"}, {"number": 4},
        {"number": 5, "corrects": 1}, {"number": 6, "photo": "a.jpg"}, {"number": 7, "case": "x"},
    ])  # fmt: skip

    assert together._plain(forms) == [1, 4]


def sent_at_once(asked, forms, write):
    """Send forms from as many threads to a writer; return what each is told or meets."""
    seen, writer = {}, Writer(write)

    def send(place, form):
        try:
            seen[place] = told(writer.write(lambda: form))
        except Exception as cause:  # noqa: BLE001 -- what each meets is what is looked at
            seen[place] = type(cause)

    threads = [threading.Thread(target=send, args=one) for one in enumerate(forms)]
    for thread in threads:
        thread.start()
    while writer._asked.qsize() < len(forms):
        time.sleep(0.01)
    writer.start()
    for thread in threads:
        thread.join()
    writer.stop()
    return [seen[place] for place in range(len(forms))]


RECEIVED = (Outcome.RECEIVED, ())


@pytest.mark.django_db(transaction=True)
def test_one_that_cannot_be_written_takes_nothing_of_the_others_with_it():
    asked = asked_of()
    groups = []

    def stumbling(group):
        groups.append(len(group))
        done = write_together(group)
        if any(one.reading.instance_id == identifier(3) for one in group):
            raise RuntimeError
        return done

    forms = read(asked, [{"number": number} for number in range(1, 7)])

    found = sent_at_once(asked, forms, stumbling)

    assert found == [RECEIVED, RECEIVED, RuntimeError, RECEIVED, RECEIVED, RECEIVED]
    assert max(groups) > 1
    kept = set(Submission.objects.values_list("instance_id", flat=True))
    assert kept == {identifier(number) for number in (1, 2, 4, 5, 6)}
    assert (DayCount.objects.get().count, AnswerSheet.objects.count()) == (5, 5)
    assert verify().broken == ()


@pytest.mark.django_db(transaction=True)
def test_one_that_the_commit_itself_refuses_takes_nothing_of_the_others_with_it():
    asked = asked_of()
    forms = read(asked, [{"number": number} for number in range(1, 5)])
    gone = Version(10**9, forms[1].version.instrument_id, weighted=False)
    forms[1] = replace(forms[1], version=gone)

    found = sent_at_once(asked, forms, write_together)

    assert found == [RECEIVED, IntegrityError, RECEIVED, RECEIVED]
    assert Submission.objects.count() == AnswerSheet.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_where_nothing_can_be_written_nobody_is_acknowledged_and_the_writer_lives_on():
    asked = asked_of()
    forms = read(asked, [{"number": 1}, {"number": 2}])

    def full(_group):
        raise OSError(28, "No space left on device")

    assert sent_at_once(asked, forms, full) == [OSError, OSError]
    assert Submission.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_who_is_refused_is_told_in_her_language_though_another_thread_writes():
    asked = asked_of(open_link=False)
    start_writing()
    assert grouping._WRITER
    try:
        with override("en"), pytest.raises(Refused) as refused:
            asked.receive(1, token="inconnu", way=Way.PAGE)
    finally:
        stop_writing()

    assert "Ce lien" not in str(refused.value)
    assert "link" in str(refused.value)
