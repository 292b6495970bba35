"""What a job is given, and how a slice registers one in its ``jobs.py``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from croisee.language import Phrase

Text = str | Promise | Phrase
"""What is said of a job: a translatable text, or one that is the same in every language."""

LEASE = timedelta(seconds=60)
"""How long a worker holds a job without renewing; it renews three times in that time."""
MAX_ATTEMPTS = 4
"""A job begun this many times and never ended is given up, in words."""
LANGUAGES = ("fr", "en")


class Interrupted(Exception):
    """The worker is stopping: the job goes back to the queue, and costs no attempt."""


class LeaseLost(Exception):
    """Another worker has taken this job over: what this one does no longer counts."""


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job knows, and how it says where it stands.

    A job bears being run twice: it may have been killed anywhere, even after its last write.
    """

    id: int
    arguments: Mapping[str, Any]
    actor: str
    study_id: int | None
    now: Callable[[], datetime]
    """The clock: a job is told the time, as a use case is."""
    stopping: Callable[[], bool] = field(repr=False)
    write: Callable[[dict[str, Any]], None] = field(repr=False)

    def report(self, step: Text, done: int = 0, of: int = 0) -> None:
        """Say what is being done, and how far: shown at once on the progress page.

        Raises:
            Interrupted: the worker is stopping; let it pass.
            LeaseLost: another worker has this job; let it pass.
        """
        self.write({"step": in_each_language(step), "done": done, "of": of})
        if self.stop_requested:
            raise Interrupted

    def lead_to(self, address: str) -> None:
        """Say where its result is read: a path of this site, linked once the job is done."""
        self.write({"leads_to": address})

    @property
    def stop_requested(self) -> bool:
        """Whether the worker is stopping: end soon, or raise :class:`Interrupted`."""
        return self.stopping()


JobFunction = Callable[[JobContext], None]
_JOBS: dict[str, JobFunction] = {}
_DAILY: set[str] = set()
_TITLES: dict[str, str | Promise] = {}


def job(
    name: str, *, title: str | Promise = "", daily: bool = False
) -> Callable[[JobFunction], JobFunction]:
    """Register a job under ``slice.name``; ``daily``: the worker asks for it each day.

    ``title``: what it is called on the page that shows where it stands.

    Raises:
        ValueError: another function has this name.
    """

    def register(function: JobFunction) -> JobFunction:
        if _JOBS.setdefault(name, function) is not function:
            raise ValueError(name)
        if daily:
            _DAILY.add(name)
        if title:
            _TITLES[name] = title
        return function

    return register


def job_called(name: str) -> JobFunction | None:
    """Return a registered job."""
    return _JOBS.get(name)


def title_of(name: str) -> str:
    """Return what a job is called, in the active language; "" when nobody named it."""
    return str(_TITLES.get(name, ""))


def daily_jobs() -> tuple[str, ...]:
    """Return the names of the jobs that run once a day."""
    return tuple(sorted(_DAILY))


def retry_delay(attempts: int) -> timedelta:
    """Return how long to wait after this many failed attempts: 10 s, 40 s, 160 s."""
    return timedelta(seconds=10 * 4 ** (max(attempts, 1) - 1))


def in_each_language(text: Text) -> dict[str, str]:
    """Return a text as it is kept: once in each language of the site."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = (
                text.to("en" if language == "en" else "fr")
                if isinstance(text, Phrase)
                else str(text)
            )
    return said


def in_language(kept: Mapping[str, str], language: str) -> str:
    """Return a kept text in a reader's language."""
    return kept.get("en" if language.startswith("en") else "fr", "")
