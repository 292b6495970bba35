"""The parts of a study that are edited as a table: which columns, for whom, under what act."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from croisee_web.access.vocabulary import Verb
from croisee_web.study import models, vocabulary


@dataclass(frozen=True, slots=True)
class Part:
    """One such table. ``code``: the column that names a row for good, "" when there is none.

    ``label`` is the column a row is called by; ``order`` how rows are shown.
    """

    model: type[Model]
    columns: tuple[str, ...]
    order: tuple[str, ...]
    label: str
    verb: Verb
    act: str
    code: str = ""
    taken: str | Promise = field(default=_("Le code « %(code)s » est déjà pris."))

    @property
    def rows(self) -> Any:
        """Return the manager of its rows."""
        return self.model._default_manager


PARTS: dict[str, Part] = {
    "editions": Part(
        models.Edition,
        ("code", "name_fr", "name_en", "start", "end", "position"),
        ("position", "pk"),
        "name_fr",
        Verb.EDIT_STUDY,
        vocabulary.PART_SAVED,
        code="code",
    ),
    "methods": Part(
        models.Method,
        ("code", "name_fr", "name_en", "kind", "subject", "position"),
        ("position", "pk"),
        "name_fr",
        Verb.EDIT_STUDY,
        vocabulary.PART_SAVED,
        code="code",
    ),
    "sizes": Part(
        models.FrameSize,
        ("case_id", "component", "edition", "instrument", "size", "source"),
        ("case__position", "edition", "pk"),
        "size",
        Verb.EDIT_STUDY,
        vocabulary.FRAME_CHANGED,
    ),
    "activities": Part(
        models.Activity,
        (
            "method_id",
            "case_id",
            "component",
            "edition",
            "planned",
            "done",
            "state",
            "unit_fr",
            "unit_en",
            "reason_fr",
            "reason_en",
            "start",
            "end",
        ),
        ("pk",),
        "method",
        Verb.EDIT_STUDY,
        vocabulary.ACTIVITIES_CHANGED,
        taken=_("Cette activité vient d’être ajoutée par quelqu’un d’autre."),
    ),
    "certificates": Part(
        models.Certificate,
        ("board", "number", "start", "end", "position"),
        ("position", "pk"),
        "number",
        Verb.EDIT_ETHICS,
        vocabulary.CERTIFICATE_SAVED,
    ),
    "retention": Part(
        models.Retention,
        ("what", "covers", "until", "fate", "basis", "done_on"),
        ("until", "pk"),
        "what",
        Verb.EDIT_ETHICS,
        vocabulary.RETENTION_SAVED,
    ),
    "committee": Part(
        models.CommitteeMember,
        ("name", "part", "since", "until"),
        ("name", "pk"),
        "name",
        Verb.COMMITTEE,
        vocabulary.COMMITTEE_SAVED,
    ),
    "meetings": Part(
        models.Meeting,
        ("held_on", "title", "agenda", "minutes"),
        ("-held_on", "-pk"),
        "title",
        Verb.COMMITTEE,
        vocabulary.COMMITTEE_SAVED,
    ),
    "decisions": Part(
        models.Decision,
        ("decided_on", "decided_by", "text", "meeting_id", "searchable"),
        ("-decided_on", "-pk"),
        "text",
        Verb.COMMITTEE,
        vocabulary.COMMITTEE_SAVED,
    ),
    "milestones": Part(
        models.Milestone,
        ("on", "lane", "label_fr", "label_en"),
        ("on", "pk"),
        "label_fr",
        Verb.EDIT_STUDY,
        vocabulary.PART_SAVED,
    ),
    "context": Part(
        models.ContextFigure,
        (
            "code",
            "group_fr",
            "group_en",
            "statement_fr",
            "statement_en",
            "value",
            "unit",
            "source_fr",
            "source_en",
            "reference",
            "year",
        ),
        ("pk",),
        "code",
        Verb.EDIT_STUDY,
        vocabulary.PART_SAVED,
        code="code",
    ),
}
"""By the name their address and their form bear."""
