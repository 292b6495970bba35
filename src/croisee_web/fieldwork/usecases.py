"""Writing sessions and what groups said in them; removing somebody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy

from croisee.dataset.study_json import decimal_text
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.fieldwork.models import (
    Allocation,
    Mention,
    MentionGroup,
    Position,
    Presence,
    Ranking,
    Session,
)
from croisee_web.fieldwork.vocabulary import FIELDWORK_WRITTEN
from croisee_web.instruments.models import Theme
from croisee_web.journal.usecases import record
from croisee_web.people.models import Participant
from croisee_web.people.rules import Removal
from croisee_web.study.models import Case, Method

_BATCH = 2000
Rows = Iterable[Mapping[str, Any]]


class _Numbers:
    """The line of each thing a row names by its code; ``None`` for no code."""

    def __init__(self, study_id: int) -> None:
        self.cases = self._of(Case, study_id)
        self.methods = self._of(Method, study_id)
        self.themes = self._of(Theme, study_id)
        self.people = self._of(Participant, study_id)
        self.sessions: dict[str, int] = {}
        self.groups: dict[str, int] = {}

    @staticmethod
    def _of(model: Any, study_id: int) -> dict[str, int]:
        return dict(model.objects.filter(study_id=study_id).values_list("code", "pk"))

    def said(self, row: Mapping[str, Any]) -> dict[str, int | None]:
        """Return who said something, on what, where."""
        return {
            "session_id": self.sessions[row["session"]],
            "theme_id": self.themes[row["theme"]],
            "participant_id": self.people.get(row["participant"]),
        }


@transaction.atomic
def write_fieldwork(
    *, study_id: int, tables: Mapping[str, Rows], actor: Account, at: datetime
) -> None:
    """Write the field's tables of a study that has none yet; ``queries.dataset_rows`` undoes it.

    ``tables`` are named as in :mod:`croisee.dataset.schema`: sessions, presences, positions,
    rankings, allocations, mention_groups, mentions. Networks, themes and people are there.

    Raises:
        NotFound, NotAllowed: the actor may not import in this study.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    numbers = _Numbers(study_id)
    sessions = _sessions(study_id, tables.get("sessions", ()), numbers)
    Presence.objects.bulk_create(
        (
            Presence(
                session_id=numbers.sessions[row["session"]],
                participant_id=numbers.people[row["participant"]],
            )
            for row in tables.get("presences", ())
        ),
        batch_size=_BATCH,
    )
    _said(tables, numbers)
    _mentions(study_id, tables, numbers)
    record(act=FIELDWORK_WRITTEN, actor=actor.label, at=at, study_id=study_id, sessions=sessions)


def _sessions(study_id: int, rows: Rows, numbers: _Numbers) -> int:
    written = Session.objects.bulk_create(
        (
            Session(
                study_id=study_id,
                code=row["session"],
                method_id=numbers.methods[row["method"]],
                case_id=numbers.cases[row["case"]],
                component=row["component"],
                edition=row["edition"],
                held_on=row["held_on"],
                minutes=row["minutes"],
            )
            for row in rows
        ),
        batch_size=_BATCH,
    )
    numbers.sessions = {session.code: session.pk for session in written}
    return len(written)


def _said(tables: Mapping[str, Rows], numbers: _Numbers) -> None:
    Position.objects.bulk_create(
        (
            Position(
                **numbers.said(row), position=row["position"], justification=row["justification"]
            )
            for row in tables.get("positions", ())
        ),
        batch_size=_BATCH,
    )
    Ranking.objects.bulk_create(
        (
            Ranking(**numbers.said(row), option=row["option"], rank=row["rank"])
            for row in tables.get("rankings", ())
        ),
        batch_size=_BATCH,
    )
    Allocation.objects.bulk_create(
        (
            Allocation(
                **numbers.said(row), option=row["option"], amount=decimal_text(row["amount"])
            )
            for row in tables.get("allocations", ())
        ),
        batch_size=_BATCH,
    )


def _mentions(study_id: int, tables: Mapping[str, Rows], numbers: _Numbers) -> None:
    groups = MentionGroup.objects.bulk_create(
        (
            MentionGroup(
                study_id=study_id,
                code=row["group"],
                label_fr=row["label_fr"],
                label_en=row["label_en"],
                order=row["order"],
            )
            for row in tables.get("mention_groups", ())
        ),
        batch_size=_BATCH,
    )
    numbers.groups = {group.code: group.pk for group in groups}
    Mention.objects.bulk_create(
        (
            Mention(
                group_id=numbers.groups[row["group"]],
                case_id=numbers.cases[row["case"]],
                session_id=numbers.sessions.get(row["session"]),
                participant_id=numbers.people.get(row["participant"]),
                edition=row["edition"],
                name_fr=row["name_fr"],
                name_en=row["name_en"],
                common=row["common"],
            )
            for row in tables.get("mentions", ())
        ),
        batch_size=_BATCH,
    )


_HERS: tuple[tuple[type[models.Model], Any], ...] = (
    (Position, gettext_lazy("Positions et leurs raisons")),
    (Ranking, gettext_lazy("Rangs donnés")),
    (Allocation, gettext_lazy("Parts de budget")),
    (Mention, gettext_lazy("Technologies nommées")),
    (Presence, gettext_lazy("Présences à une séance")),
)


def erase_participant(study_id: int, participant: str, at: datetime) -> tuple[Removal, ...]:
    """Remove what somebody held, ranked, shared out and named, and that she was there.

    A session stays, with its network and its day: that it took place is the study's.
    """
    del at
    who = {"participant__study_id": study_id, "participant__code": participant}
    alone = (
        Session.objects.filter(presences__in=Presence.objects.filter(**who))
        .exclude(presences__in=Presence.objects.exclude(participant__code=participant))
        .count()
    )
    lines = [
        Removal(what, model._default_manager.filter(**who).delete()[0]) for model, what in _HERS
    ]
    if alone:
        lines.append(
            Removal(
                gettext_lazy("Séances à une seule personne"),
                alone,
                gettext_lazy(
                    "Il en reste le code, le réseau et la date : l’étude compte ses séances."
                ),
            )
        )
    return tuple(lines)
