"""Real worker processes, killed with -9 in the middle."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from croisee_web.jobs.models import Job
from croisee_web.jobs.usecases import ask
from croisee_web.jobs.vocabulary import JobState

HERE = str(Path(__file__).parent)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(tmp_path):
    """Start worker processes on the test's own database; end them with the test."""
    started = []

    def start(*options):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "worker_settings",
            "PYTHONPATH": os.pathsep.join([HERE, *sys.path]),
            "CROISEE_TEST_NAME": str(connection.settings_dict["NAME"]),
            "CROISEE_TRACE": str(tmp_path / "trace.txt"),
        }
        command = [sys.executable, "-m", "django", "work", "--pause", "0.05", *options]
        started.append(subprocess.Popen(command, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def _wait_for(said, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if said():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def slow(monkeypatch):
    """Let this process ask for the job that only the workers know how to do."""
    from slow_job import slow_job

    from croisee_web.jobs import rules

    monkeypatch.setitem(rules._JOBS, "tests.slow", slow_job)


def _asked(**arguments):
    return ask(job="tests.slow", actor="compte:1", at=timezone.now(), **arguments).pk


def _state(pk):
    return Job.objects.get(pk=pk).state


def test_worker_killed_in_the_middle_is_taken_over_after_its_lease(worker, slow, tmp_path):
    pk = _asked(seconds=1.5)
    first = worker("--lease", "2")
    assert _wait_for(lambda: Job.objects.get(pk=pk).done == 1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert _state(pk) == JobState.RUNNING

    worker("--lease", "2")

    assert _wait_for(lambda: _state(pk) == JobState.DONE)
    assert (tmp_path / "trace.txt").read_text().split() == ["begun", "begun", "ended"]
    assert Job.objects.get(pk=pk).attempts == 2


def test_worker_keeps_a_job_longer_than_its_lease(worker, slow, tmp_path):
    pk = _asked(seconds=6)
    worker("--lease", "4")
    worker("--lease", "4")

    assert _wait_for(lambda: _state(pk) == JobState.DONE)
    assert (tmp_path / "trace.txt").read_text().split() == ["begun", "ended"]


def test_worker_told_to_stop_puts_its_job_back(worker, slow):
    pk = _asked(seconds=30)
    process = worker("--lease", "60")
    assert _wait_for(lambda: Job.objects.get(pk=pk).done == 1)

    process.terminate()

    assert process.wait(timeout=20) == 0
    row = Job.objects.get(pk=pk)
    assert (row.state, row.attempts) == (JobState.WAITING, 0)
