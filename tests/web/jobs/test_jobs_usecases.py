from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from croisee.language import phrase
from croisee_web.jobs.models import Job
from croisee_web.jobs.queries import job_card, latest_job
from croisee_web.jobs.rules import LEASE, MAX_ATTEMPTS, LeaseLost, in_each_language, retry_delay
from croisee_web.jobs.usecases import (
    ask,
    ask_for_daily_jobs,
    fail,
    finish,
    forget_old_jobs,
    give_back,
    renew,
    take_next,
    try_again,
)
from croisee_web.jobs.vocabulary import GAVE_UP, JobState
from croisee_web.kit.errors import NotFound, UseCaseError

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _asked(**arguments):
    return ask(job="jobs.forget", actor="compte:1", at=AT, study_id=4, **arguments)


def test_ask_refuses_a_job_that_no_slice_registered():
    with pytest.raises(ValueError, match=r"jobs\.made-up"):
        ask(job="jobs.made-up", actor="compte:1", at=AT)

    assert Job.objects.count() == 0


def test_ask_goes_with_the_act_that_is_undone():
    def act_that_fails():
        with transaction.atomic():
            _asked()
            raise UseCaseError

    with pytest.raises(UseCaseError):
        act_that_fails()

    assert Job.objects.count() == 0


def test_ask_under_a_key_returns_the_job_already_asked_for():
    first = _asked(key="one")

    assert _asked(key="one").pk == first.pk


def test_take_next_gives_each_job_to_one_worker():
    first, second = _asked(), _asked()

    taken = [take_next(actor=name, at=AT) for name in ("a", "b", "c")]

    assert [job and job.pk for job in taken] == [first.pk, second.pk, None]


def test_take_next_takes_over_a_job_whose_worker_died():
    job = _asked()
    take_next(actor="dead", at=AT)

    assert take_next(actor="live", at=AT + LEASE - timedelta(seconds=1)) is None
    assert take_next(actor="live", at=AT + LEASE).pk == job.pk


def test_renew_by_the_worker_that_was_late_is_refused():
    late = take_next(actor="late", at=AT) if _asked() else None
    take_next(actor="live", at=AT + LEASE)

    with pytest.raises(LeaseLost):
        renew(job=late, actor="late", at=AT + LEASE)
    finish(job=late, actor="late", at=AT + LEASE)

    assert Job.objects.get().state == JobState.RUNNING


def test_job_killed_each_time_is_given_up_in_words():
    job = _asked()
    for turn in range(MAX_ATTEMPTS):
        assert take_next(actor=f"w{turn}", at=AT + turn * LEASE).pk == job.pk

    assert take_next(actor="last", at=AT + MAX_ATTEMPTS * LEASE) is None
    assert job_card(job_id=job.pk, study_id=4).message == str(GAVE_UP)


def test_fail_tries_again_later_then_says_so():
    _asked()
    at = AT
    for _turn in range(MAX_ATTEMPTS):
        job = take_next(actor="w", at=at)
        fail(job=job, actor="w", at=at, cause=ZeroDivisionError())
        at += retry_delay(job.attempts)

    card = job_card(job_id=job.pk, study_id=4)
    assert (card.state, card.message) == (JobState.FAILED, str(GAVE_UP))


def test_fail_says_a_refusal_at_once_in_its_own_words():
    job = _asked() and take_next(actor="w", at=AT)

    fail(job=job, actor="w", at=AT, cause=UseCaseError("Il manque le registre."))

    card = job_card(job_id=job.pk, study_id=4)
    assert (card.state, card.message) == (JobState.FAILED, "Il manque le registre.")


def test_log_of_a_failure_holds_no_word_of_it(caplog):
    job = _asked() and take_next(actor="w", at=AT)

    fail(job=job, actor="w", at=AT, cause=ValueError("une réponse libre"))

    assert "ValueError" in caplog.text
    assert "réponse" not in caplog.text


def test_give_back_costs_no_attempt():
    job = _asked() and take_next(actor="w", at=AT)

    give_back(job=job, actor="w", at=AT)

    assert take_next(actor="w", at=AT).attempts == 1


def test_finish_forgets_what_the_job_was_given():
    job = _asked(participant="P-01") and take_next(actor="w", at=AT)

    finish(job=job, actor="w", at=AT)

    row = Job.objects.get()
    assert (row.state, row.arguments, row.ended_at) == (JobState.DONE, {}, AT)


def test_try_again_is_for_whoever_asked():
    job = _asked() and take_next(actor="w", at=AT)
    fail(job=job, actor="w", at=AT, cause=UseCaseError("non"))

    try_again(job_id=job.pk, actor="compte:2", at=AT)
    assert take_next(actor="w", at=AT) is None
    try_again(job_id=job.pk, actor="compte:1", at=AT)

    assert take_next(actor="w", at=AT).pk == job.pk


def test_daily_jobs_are_asked_for_once_a_day():
    ask_for_daily_jobs(actor="site", at=AT)
    number = Job.objects.count()
    ask_for_daily_jobs(actor="site", at=AT + timedelta(hours=11))

    assert Job.objects.count() == number > 0
    ask_for_daily_jobs(actor="site", at=AT + timedelta(days=1))
    assert Job.objects.count() == 2 * number


def test_forget_old_jobs_keeps_those_that_wait():
    job = _asked() and take_next(actor="w", at=AT)
    finish(job=job, actor="w", at=AT)
    waiting = _asked()

    forget_old_jobs(actor="site", at=AT + timedelta(days=91))

    assert list(Job.objects.values_list("pk", flat=True)) == [waiting.pk]


def test_job_card_hides_the_jobs_of_others():
    job = _asked()

    assert job_card(job_id=job.pk, asked_by="compte:1").id == job.pk
    for other in ({"asked_by": "compte:2"}, {"study_id": 5}, {}):
        with pytest.raises(NotFound):
            job_card(job_id=job.pk, **other)


def test_step_is_kept_in_each_language():
    told = in_each_language(phrase("Fini en {seconds:.0f} s.", seconds=3))
    job = _asked() and take_next(actor="w", at=AT)
    renew(job=job, actor="w", at=AT, step=told, done=1, of=3)

    with override("en"):
        card = latest_job(name="jobs.forget", study_id=4)

    assert (card.step, card.done, card.of) == ("Done in 3 s.", 1, 3)
    assert in_each_language(_("Étude"))["fr"] == "Étude"
