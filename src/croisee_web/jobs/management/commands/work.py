"""``work``: the worker process. Takes one job at a time, and holds it by a lease it renews."""

from __future__ import annotations

import os
import secrets
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from logging import getLogger
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection

from croisee_web.jobs.models import Job
from croisee_web.jobs.rules import LEASE, Interrupted, JobContext, LeaseLost, job_called
from croisee_web.jobs.usecases import ask_for_daily_jobs, fail, finish, give_back, renew, take_next
from croisee_web.jobs.vocabulary import UNKNOWN
from croisee_web.kit.errors import UseCaseError

_log = getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- a worker is the edge


class Worker:
    """One worker: its name, its lease, and whether it was told to stop."""

    def __init__(self, lease: timedelta) -> None:
        self.name = f"worker:{os.getpid()}:{secrets.token_hex(4)}"
        self.lease = lease
        self.stopping = threading.Event()

    def run(self, *, until_empty: bool, pause: float) -> None:
        """Take jobs until told to stop, or until none is left to take now."""
        parent = os.environ.get("CROISEE_PARENT", "")
        while not self.stopping.is_set() and parent in {"", str(os.getppid())}:
            worked = False
            try:
                ask_for_daily_jobs(actor="site", at=_now())
                worked = self.run_one()
            except DatabaseError as unreachable:
                _log.warning("worker: %s", type(unreachable).__name__)
                close_old_connections()
            if not worked:
                if until_empty:
                    return
                self.stopping.wait(pause)

    def run_one(self) -> bool:
        """Do one job; return whether there was one."""
        job = take_next(actor=self.name, at=_now(), lease=self.lease)
        if job is None:
            return False
        try:
            with self._renewed(job):
                function = job_called(job.name)
                if function is None:
                    raise UseCaseError(str(UNKNOWN))
                function(self._context(job))
            finish(job=job, actor=self.name, at=_now())
        except LeaseLost:
            _log.warning("job %s was taken over", job)
        except Interrupted:
            give_back(job=job, actor=self.name, at=_now())
        except Exception as cause:  # noqa: BLE001 -- a job's failure must not end the worker
            fail(job=job, actor=self.name, at=_now(), cause=cause)
        return True

    def _context(self, job: Job) -> JobContext:
        def write(told: dict[str, Any]) -> None:
            renew(job=job, actor=self.name, at=_now(), lease=self.lease, **told)

        return JobContext(
            id=job.pk,
            arguments=job.arguments,
            actor=job.asked_by,
            study_id=job.study_id,
            now=_now,
            stopping=self.stopping.is_set,
            write=write,
        )

    @contextmanager
    def _renewed(self, job: Job) -> Iterator[None]:
        """Renew the lease from a thread of its own, while the job works."""
        ended = threading.Event()

        def beat() -> None:
            while not ended.wait(self.lease.total_seconds() / 3):
                try:
                    renew(job=job, actor=self.name, at=_now(), lease=self.lease)
                except LeaseLost:
                    break
                except DatabaseError:  # a long write holds the base: the next beat says so
                    continue
            connection.close()

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


class Command(BaseCommand):
    """Do the jobs that the site asks for."""

    help = "Fait les longs travaux du site, un à la fois."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options; the lease is short in tests."""
        parser.add_argument("--until-empty", action="store_true")
        parser.add_argument("--lease", type=float, default=LEASE.total_seconds())
        parser.add_argument("--pause", type=float, default=1.0)

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or Ctrl-C: the job under way is put back, or ended."""
        del args
        worker = Worker(timedelta(seconds=options["lease"]))
        if threading.current_thread() is threading.main_thread():
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: worker.stopping.set())
        worker.run(until_empty=options["until_empty"], pause=options["pause"])
