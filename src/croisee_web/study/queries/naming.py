"""Which studies somebody may open, and under what title."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from croisee.language import Label, Language
from croisee_web.access.models import Account, Assignment
from croisee_web.access.queries import cases_with, require, studies_of, verbs_in
from croisee_web.access.vocabulary import Role, Verb
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import Case, Study

_COLUMNS = ("pk", "slug", "title_fr", "title_en", "timezone", "example")


@dataclass(frozen=True, slots=True)
class StudyRef:
    """A study as every page names it: its number, its address, its title in the reader's language.

    ``verbs``: what the reader may do somewhere in the study; the menu shows that and no more.
    ``example``: a study to practise on, where everything is invented.
    """

    id: int
    slug: str
    title: str
    timezone: str
    verbs: frozenset[Verb]
    example: bool = False

    def __str__(self) -> str:
        return self.title


def reader_language() -> Language:
    """Return the language of the page being made."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def said(french: str, english: str) -> str:
    """Return a text of the study in the reader's language, else in French."""
    return Label(french, english).to(reader_language())


def study_ref(
    *, slug: str, viewer: Account, verb: Verb, case: str = "", by_network: bool = False
) -> StudyRef:
    """Return a study for somebody who may do ``verb`` in it. Four SQL queries at most.

    The verb is asked for the whole study, in one network (``case``), or in any
    (``by_network``): the page then shows only the reader's own networks.

    Raises:
        NotFound: no such study, or the viewer has no role in it.
        NotAllowed: the viewer's roles do not allow this.
    """
    row = Study.objects.filter(slug=slug).values_list(*_COLUMNS).first()
    if row is None:
        raise NotFound
    everywhere, networks = cases_with(account=viewer, study_id=row[0], verb=verb)
    if not everywhere and not (by_network and networks):
        require(actor=viewer, verb=verb, study_id=row[0], case=case)
    return _ref(row, verbs_in(account=viewer, study_id=row[0], anywhere=True))


def study_refs(*, viewer: Account) -> tuple[StudyRef, ...]:
    """Return the studies where somebody has a role, by title. Two SQL queries; no verb is told."""
    rows = Study.objects.filter(pk__in=studies_of(account=viewer)).values_list(*_COLUMNS)
    return tuple(sorted((_ref(row, frozenset()) for row in rows), key=lambda ref: ref.title))


def may_create_studies(*, account: Account) -> bool:
    """Return whether an account may open a study: the site's administrator, or a lead.

    One SQL query, none for an administrator.
    """
    if not account.is_active:
        return False
    return (
        account.is_administrator
        or Assignment.objects.filter(account_id=account.pk, case="", role=Role.LEAD).exists()
    )


def _ref(row: tuple[int, str, str, str, str, bool], verbs: frozenset[Verb]) -> StudyRef:
    number, slug, french, english, timezone, example = row
    return StudyRef(number, slug, said(french, english), timezone, verbs, example)


class StudyDirectory:
    """Tells the slices below how a study is called. One SQL query a question."""

    def title(self, study_id: int, /) -> str:
        """Return a study's title in the active language, "" when there is none."""
        row = Study.objects.filter(pk=study_id).values_list("title_fr", "title_en").first()
        return said(*row) if row else ""

    def number(self, slug: str, /) -> int | None:
        """Return the number of the study at an address."""
        return Study.objects.filter(slug=slug).values_list("pk", flat=True).first()

    def slug(self, study_id: int, /) -> str:
        """Return the address of a study, "" when there is none."""
        return Study.objects.filter(pk=study_id).values_list("slug", flat=True).first() or ""

    def cases(self, study_id: int, /) -> tuple[tuple[str, str], ...]:
        """Return its networks in order: code, and short name in the active language."""
        rows = Case.objects.filter(study_id=study_id).order_by("position", "pk")
        return tuple(
            (code, said(french, english))
            for code, french, english in rows.values_list("code", "short_fr", "short_en")
        )
