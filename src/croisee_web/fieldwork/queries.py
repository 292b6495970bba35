"""Questions one may ask about sessions and what groups said. Nothing here writes.

For the slices above, which compose the whole study; nothing here asks who is looking.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy

from croisee.study import MethodKind
from croisee_web.fieldwork.models import (
    Allocation,
    Mention,
    MentionGroup,
    Position,
    Presence,
    Ranking,
    Session,
)
from croisee_web.people.rules import Held
from croisee_web.study.queries import said
from croisee_web.study.rules.collected import Received

Row = dict[str, Any]
_SAID = (
    "session__code",
    "session__case__code",
    "session__edition",
    "theme__code",
    "participant__code",
)
_SAID_NAMES = ("session", "case", "edition", "theme", "participant")


def received_of(study_id: int) -> tuple[Received, ...]:
    """Return how many sessions were held, by method, network and edition. One SQL query."""
    rows = (
        Session.objects.filter(study_id=study_id)
        .exclude(method__kind=MethodKind.SURVEY.value)
        .values_list("method_id", "case_id", "edition")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return tuple(Received(*row) for row in rows)


def dataset_rows(study_id: int) -> dict[str, list[Row]]:
    """Return this slice's tables as ``croisee.dataset.schema`` names their columns.

    Seven SQL queries.
    """
    return {
        "sessions": _rows(
            Session.objects.filter(study_id=study_id),
            {
                "session": "code",
                "method": "method__code",
                "case": "case__code",
                "component": "component",
                "edition": "edition",
                "held_on": "held_on",
                "minutes": "minutes",
            },
        ),
        "presences": _rows(
            Presence.objects.filter(session__study_id=study_id),
            {"session": "session__code", "participant": "participant__code"},
        ),
        "positions": _said(Position, study_id, "position", "justification"),
        "rankings": _said(Ranking, study_id, "option", "rank"),
        "allocations": [
            {**row, "amount": Decimal(row["amount"])}
            for row in _said(Allocation, study_id, "option", "amount")
        ],
        "mention_groups": _rows(
            MentionGroup.objects.filter(study_id=study_id),
            {"group": "code", "label_fr": "label_fr", "label_en": "label_en", "order": "order"},
        ),
        "mentions": _rows(
            Mention.objects.filter(group__study_id=study_id),
            {
                "session": "session__code",
                "case": "case__code",
                "edition": "edition",
                "participant": "participant__code",
                "name_fr": "name_fr",
                "name_en": "name_en",
                "group": "group__code",
                "common": "common",
            },
        ),
    }


def _said(model: Any, study_id: int, *columns: str) -> list[Row]:
    names = dict(zip((*_SAID_NAMES, *columns), (*_SAID, *columns), strict=True))
    return _rows(model.objects.filter(session__study_id=study_id), names)


def _rows(found: Any, columns: dict[str, str]) -> list[Row]:
    """Return rows under the Dataset's names; nobody and no session are ""."""
    lines = found.order_by("pk").values_list(*columns.values())
    codes = [name in {"session", "participant"} for name in columns]
    return [
        {
            name: "" if value is None and code else value
            for name, value, code in zip(columns, line, codes, strict=True)
        }
        for line in lines.iterator(chunk_size=5000)
    ]


def told_of_participant(study_id: int, participant: str) -> tuple[Held, ...]:
    """Return what somebody held, ranked, shared out and named, session by session. Five queries."""
    who = {"participant__study_id": study_id, "participant__code": participant}
    presences = Presence.objects.filter(**who).order_by("pk")
    held = [
        Held(
            gettext_lazy("Présences à une séance"),
            tuple(
                {"séance": code, "date": on}
                for code, on in presences.values_list("session__code", "session__held_on")
            ),
        ),
        Held(gettext_lazy("Positions et leurs raisons"), _told(Position, who, "position")),
        Held(gettext_lazy("Rangs donnés"), _told(Ranking, who, "option", "rank")),
        Held(gettext_lazy("Parts de budget"), _told(Allocation, who, "option", "amount")),
        Held(
            gettext_lazy("Technologies nommées"),
            tuple(
                {"nom": said(french, english)}
                for french, english in Mention.objects.filter(**who)
                .order_by("pk")
                .values_list("name_fr", "name_en")
            ),
        ),
    ]
    return tuple(one for one in held if one.lines)


_KEYS = {"position": "position", "option": "objet", "rank": "rang", "amount": "montant"}


def _told(model: Any, who: dict[str, Any], *columns: str) -> tuple[dict[str, str], ...]:
    """Return rows by the label of their theme; codes of options are told by their label."""
    rows = model.objects.filter(**who).order_by("pk").select_related("theme", "session")
    lines = []
    for row in rows:
        options = {code: said(french, english) for code, french, english in row.theme.options}
        line = {
            "séance": row.session.code,
            "thème": said(row.theme.label_fr, row.theme.label_en),
            **{
                _KEYS[column]: options.get(getattr(row, column), str(getattr(row, column)))
                for column in columns
            },
        }
        reason = getattr(row, "justification", "")
        lines.append({**line, "raison": reason} if reason else line)
    return tuple(lines)
