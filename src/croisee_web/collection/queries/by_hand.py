"""Sheets typed by hand: how many, how many twice, and where two typings differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import CHOSEN
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import HandEntry
from croisee_web.collection.queries.answering import form_language
from croisee_web.collection.queries.found import collecting_of
from croisee_web.collection.rules.by_hand import blank
from croisee_web.collection.rules.openness import zone_of
from croisee_web.instruments.queries import published_form
from croisee_web.kit.errors import NotFound
from croisee_web.study.queries.naming import reader_language, said

SAMPLE = 10
"""One sheet in ten is typed twice, five at least."""
LEAST = 5


@dataclass(frozen=True, slots=True)
class Typing:
    """Where the typing of a collection stands. ``open_ones``: number of a sheet, its name."""

    id: int
    name: str
    published_id: int
    zone: str
    anonymous: bool
    cases: tuple[tuple[str, str], ...]
    typed: int
    twice: int
    wanted: int
    open_ones: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two typings differ: the question, and both answers as they read."""

    address: str
    question: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Again:
    """A sheet to type once more, or whose differences are to be settled."""

    id: int
    number: str
    published_id: int
    seed: int
    entered_by: str
    second_by: str
    differences: tuple[Difference, ...]


def typing(*, study_id: int, collecting_id: int, viewer: Account) -> Typing:
    """Return where the typing stands. Five SQL queries.

    Raises:
        NotFound: no such collection in this study.
        NotAllowed: the viewer does not conduct this study's collections.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = collecting_of(study_id, collecting_id)
    entries = HandEntry.objects.filter(submission__collecting=row)
    counts = entries.aggregate(typed=Count("pk"), twice=Count("pk", filter=~Q(second_by="")))
    named = row.published.questionnaire
    wanted = min(counts["typed"], max(LEAST, -(-counts["typed"] // SAMPLE)))
    return Typing(
        row.pk,
        said(named.name_fr, named.name_en),
        row.published_id,
        str(zone_of(row.study.timezone)),
        row.anonymous,
        tuple(
            (code, said(french, english))
            for code, french, english in row.cases.order_by("case__position").values_list(
                "case__code", "case__short_fr", "case__short_en"
            )
        ),
        counts["typed"],
        counts["twice"],
        wanted,
        tuple(entries.exclude(differences=[]).order_by("number", "pk").values_list("pk", "number")),
    )


def again(
    *, study_id: int, collecting_id: int, entry_id: int, viewer: Account, at: datetime
) -> Again:
    """Return a sheet to type once more, or to settle. Three SQL queries.

    Raises:
        NotFound: no such sheet in this collection.
        NotAllowed: the viewer does not conduct this study's collections.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = (
        HandEntry.objects.select_related("submission")
        .filter(
            pk=entry_id,
            submission__collecting_id=collecting_id,
            submission__collecting__study_id=study_id,
        )
        .first()
    )
    if row is None:
        raise NotFound
    published = row.submission.published_id
    language = form_language(published, reader_language())
    sheet = blank(published_form(published), seed=row.seed, at=at, language=language)
    return Again(
        row.pk,
        row.number,
        published,
        row.seed,
        row.entered_by,
        row.second_by,
        tuple(_told(sheet, *one) for one in row.differences),
    )


def _told(sheet: Filling, address: str, first: str, second: str) -> Difference:
    """Return a difference in words: the codes of choices by their labels."""
    chosen = sheet.sheet.place(address).node.kind in CHOSEN
    labels = dict(sheet.choices(address)) if chosen else {}

    def read(value: str) -> str:
        return ", ".join(labels.get(part, part) for part in value.split()) if labels else value

    return Difference(address, sheet.label(address) or address, read(first), read(second))
