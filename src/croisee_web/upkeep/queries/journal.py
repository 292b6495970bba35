"""What one may ask of the site as a whole. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import names_of_actors, require
from croisee_web.access.vocabulary import Role, Verb
from croisee_web.journal.queries import Line, actors_and_acts, lines
from croisee_web.journal.vocabulary import sentence_of
from croisee_web.kit.errors import NotFound
from croisee_web.report.vocabulary import Stance
from croisee_web.study.models import Study
from croisee_web.upkeep.vocabulary import DETAILS

PAGE = 100
_CALLED = {
    "role": dict(Role.choices),
    "stance": dict(Stance.choices),
}
"""The words of the details that are one of a list."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One act as it reads: « Marie Tremblay a scellé les résultats »."""

    number: int
    at: datetime
    who: str
    sentence: str
    study: str
    details: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """One page of the journal. ``older``: where the next one begins, nothing on the last."""

    lines: tuple[JournalLine, ...]
    people: tuple[tuple[str, str], ...]
    acts: tuple[tuple[str, str], ...]
    actor: str
    act: str
    older: int | None


def journal_page(
    *,
    viewer: Account,
    study_id: int | None,
    actor: str = "",
    act: str = "",
    before: int | None = None,
) -> JournalPage:
    """Return who did what, latest first. Six SQL queries at most, whatever the number of lines.

    In a study: who holds « lire qui a fait quoi ». For the whole site: an administrator, who
    sees acts and no detail.
    """
    _may_read(viewer, study_id)
    found = list(
        islice(lines(study_id=study_id, actor=actor, act=act, before=before, limit=PAGE + 1), 101)
    )
    actors, acts = actors_and_acts(study_id=study_id)
    names = names_of_actors(actors)
    titles = _titles() if study_id is None else {}
    shown = found[:PAGE]
    return JournalPage(
        lines=tuple(_line(line, names, titles, secret=study_id is None) for line in shown),
        people=tuple(sorted(((label, names[label]) for label in actors), key=lambda it: it[1])),
        acts=tuple(sorted(((name, sentence_of(name)) for name in acts), key=lambda it: it[1])),
        actor=actor,
        act=act,
        older=shown[-1].number if len(found) > PAGE else None,
    )


def journal_rows(
    *, viewer: Account, study_id: int | None, actor: str = "", act: str = ""
) -> Iterator[JournalLine]:
    """Return every line, for the export. Five SQL queries at most."""
    _may_read(viewer, study_id)
    names = names_of_actors(actors_and_acts(study_id=study_id)[0])
    titles = _titles() if study_id is None else {}
    for line in lines(study_id=study_id, actor=actor, act=act):
        yield _line(line, names, titles, secret=study_id is None)


def _may_read(viewer: Account, study_id: int | None) -> None:
    if study_id is not None:
        require(actor=viewer, verb=Verb.READ_JOURNAL, study_id=study_id)
    elif not (viewer.is_administrator and viewer.is_active):
        raise NotFound


def _line(
    line: Line, names: dict[str, str], titles: dict[int, str], *, secret: bool
) -> JournalLine:
    if line.details is None:
        details = _("effacés")
    else:
        told = sorted(
            (str(DETAILS.get(k, k)), _CALLED.get(k, {}).get(v, v))
            for k, v in line.details.items()
            if v != ""
        )
        details = ", ".join(f"{name} {value}" for name, value in told)
    return JournalLine(
        number=line.number,
        at=line.at,
        who=names.get(line.actor, line.actor),
        sentence=line.sentence,
        study=titles.get(line.study_id or 0, ""),
        details="" if secret else details,
    )


def _titles() -> dict[int, str]:
    english = (get_language() or "fr").startswith("en")
    rows = Study.objects.values_list("pk", "title_fr", "title_en")
    return {pk: en if english and en else fr for pk, fr, en in rows}
