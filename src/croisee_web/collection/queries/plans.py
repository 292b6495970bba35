"""What a collection may be made of: published questionnaires, editions, networks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import Submission
from croisee_web.collection.queries.found import collecting_of
from croisee_web.collection.rules.openness import sealed_release
from croisee_web.instruments.models import PublishedVersion
from croisee_web.study.models import Case, Edition
from croisee_web.study.queries.naming import said

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers: numbers or codes, and names in the reader's language."""

    published: tuple[Choice, ...]
    editions: tuple[Choice, ...]
    cases: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Editable:
    """A collection as its form shows it. ``begun``: a link was made, or an answer came."""

    id: int
    name: str
    values: dict[str, object]
    version: int
    begun: bool
    sealed: str
    choices: Choices


def choices_of(*, study_id: int, viewer: Account, on: date) -> Choices:
    """Return what a new collection may be made of, the last published first. Four SQL queries.

    A study without an edition is offered the year of ``on``: opening the collection makes it.

    Raises:
        NotFound, NotAllowed: the viewer does not conduct this study's collections.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    found = _choices(study_id, PublishedVersion.objects.filter(questionnaire__study_id=study_id))
    year = str(on.year)
    return found if found.editions else replace(found, editions=((year, year),))


def editable(*, study_id: int, collecting_id: int, viewer: Account) -> Editable:
    """Return a collection to be changed. Nine SQL queries at most.

    Raises:
        NotFound: no such collection in this study.
        NotAllowed: the viewer does not conduct this study's collections.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = collecting_of(study_id, collecting_id)
    goals = dict(row.cases.values_list("case__code", "goal"))
    values: dict[str, object] = {
        "published": str(row.published_id),
        "edition": row.edition,
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
        "anonymous": "oui" if row.anonymous else "non",
        "open_link": "ouvert" if row.open_slug else "personnels",
        "version": row.version,
        **{f"reseau-{code}": True for code in goals},
        **{f"but-{code}": goal for code, goal in goals.items()},
    }
    named = row.published.questionnaire
    return Editable(
        row.pk,
        said(named.name_fr, named.name_en),
        values,
        row.version,
        row.links.exists() or Submission.objects.filter(collecting=row).exists(),
        sealed_release(study_id, row.edition, row.opens_on),
        _choices(
            study_id,
            PublishedVersion.objects.filter(instrument_id=row.published.instrument_id),
        ),
    )


def _choices(study_id: int, versions: QuerySet[PublishedVersion]) -> Choices:
    return Choices(
        tuple(
            (str(number), _("%(name)s – version %(n)s") % {"name": said(french, english), "n": n})
            for number, french, english, n in versions.order_by("-published_at", "-pk").values_list(
                "pk", "questionnaire__name_fr", "questionnaire__name_en", "number"
            )
        ),
        tuple(
            (code, said(french, english) or code)
            for code, french, english in Edition.objects.filter(study_id=study_id)
            .order_by("-position", "-pk")
            .values_list("code", "name_fr", "name_en")
        ),
        tuple(
            (code, said(french, english))
            for code, french, english in Case.objects.filter(study_id=study_id)
            .order_by("position", "pk")
            .values_list("code", "name_fr", "name_en")
        ),
    )
