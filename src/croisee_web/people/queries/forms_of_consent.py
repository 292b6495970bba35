"""The versions of a study's consent form, as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from croisee.language import Language
from croisee_web.kit.errors import NotFound
from croisee_web.people.models import ConsentForm
from croisee_web.people.vocabulary import MINORS, Answerer, FormFor, YouthRule


@dataclass(frozen=True, slots=True)
class FormCard:
    """One version in one language; ``published_at`` is ``None`` for a draft."""

    id: int
    version: str
    language: str
    brief: str
    text: str
    published_at: datetime | None
    revision: int
    audience: str = ""
    youth: str = YouthRule.BOTH
    announced: str = ""

    @property
    def reader(self) -> str:
        """Return whom it is written for."""
        return str(FormFor(self.audience).label) if self.audience else _("toutes les personnes")

    @property
    def name(self) -> str:
        """Return how a version is told from the others."""
        told = f"{self.version} ({self.language})"
        return f"{told}, {self.reader}" if self.audience else told


def form_cards(*, study_id: int, published: bool = False) -> tuple[FormCard, ...]:
    """Return the versions of a study's form, latest first; all, or those in force. One query.

    For readers that a view has let into the study.
    """
    rows = ConsentForm.objects.filter(study_id=study_id)
    if published:
        rows = rows.filter(published_at__isnull=False)
    return tuple(_card(row) for row in rows.order_by("-published_at", "-pk"))


def form_card(*, study_id: int, form_id: int) -> FormCard:
    """Return one version. One SQL query.

    Raises:
        NotFound: there is none in this study.
    """
    row = ConsentForm.objects.filter(study_id=study_id, pk=form_id).first()
    if row is None:
        raise NotFound
    return _card(row)


def form_in_force(
    *, study_id: int, language: Language, age: str = "", holder: str = Answerer.PERSON
) -> FormCard | None:
    """Return the latest published version for a reader, in her language where there is one.

    A minor, or her parent, reads the form written for them, and else everybody's.
    """
    own = ""
    if age in MINORS:
        own = FormFor.PARENTS if holder == Answerer.PARENT else FormFor.YOUTH
    cards = [
        card for card in form_cards(study_id=study_id, published=True) if card.audience in {own, ""}
    ]
    meant = [card for card in cards if card.audience == own] or cards
    return next((card for card in meant if card.language == language), next(iter(meant), None))


def _card(row: ConsentForm) -> FormCard:
    return FormCard(
        row.pk,
        row.version,
        row.language,
        row.brief,
        row.text,
        row.published_at,
        row.revision,
        row.audience,
        row.youth,
        row.announced,
    )
