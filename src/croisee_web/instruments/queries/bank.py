"""The bank of questions: what was asked, where, in which words. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from croisee.formats.xlsform import Workbook
from croisee.language import Language
from croisee.questionnaire.asked import Asked, Sort
from croisee.questionnaire.crosswalk import compare
from croisee.questionnaire.editing import questions_of
from croisee.questionnaire.templates import templates
from croisee.text import fold
from croisee_web.access.models import Account, Assignment
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import VERBS, Verb
from croisee_web.instruments.models import PublishedVersion
from croisee_web.instruments.rules import book_of, editions_of
from croisee_web.instruments.rules.comparing import Told, told_of
from croisee_web.instruments.vocabulary import SORTS
from croisee_web.kit.errors import NotFound
from croisee_web.study.queries import reader_language, said

SHOWN = 60
"""Questions on a page of the bank, at most."""
_LEFT_OUT = frozenset({Sort.SECTION, Sort.NOTE, Sort.OTHER})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a question was asked. ``address`` names it to whoever borrows it, ``book`` its
    questionnaire.
    """

    address: str
    book: str
    study: str
    questionnaire: str
    number: int
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worded:
    """A question in one of its wordings. ``verdict``: beside the last one, ``None`` if it is it."""

    label: str
    choices: tuple[str, ...]
    sources: tuple[Source, ...]
    verdict: Told | None


@dataclass(frozen=True, slots=True)
class Banked:
    """A question by its identity, and its wordings, the last first."""

    identity: str
    sort: str
    worded: tuple[Worded, ...]


@dataclass(frozen=True, slots=True)
class Bank:
    """What a search gives. ``more``: questions found beyond those shown."""

    questions: tuple[Banked, ...]
    more: int


def bank_of(*, study_id: int, viewer: Account, text: str) -> Bank:
    """Return the questions that the templates and the readable published versions ask.

    A version is read by whoever may edit its study. Four SQL queries at most, however many
    studies.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    wanted = fold(text).split()
    language = reader_language()
    found: dict[str, list[tuple[Asked, Source]]] = {}
    books: dict[str, Workbook] = {}
    for asked, source, book in _everything(viewer, language):
        found.setdefault(asked.identity, []).append((asked, source))
        books[source.book] = book
    kept = [
        (identity, wordings)
        for identity, wordings in found.items()
        if all(word in _searchable(wordings) for word in wanted)
    ]
    verdicts = _Verdicts(books, language)
    return Bank(
        tuple(_banked(identity, some, language, verdicts) for identity, some in kept[:SHOWN]),
        max(0, len(kept) - SHOWN),
    )


def question_borrowed(*, study_id: int, viewer: Account, address: str) -> Asked:
    """Return a question of the bank by the address its source bears.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study, or no such question for her.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    for asked, source, _book in _everything(viewer, reader_language()):
        if source.address == address:
            return asked
    raise NotFound


def _everything(viewer: Account, language: Language) -> Iterator[tuple[Asked, Source, Workbook]]:
    """Yield every question one may borrow: published ones, the last first, then templates."""
    rows = list(
        PublishedVersion.objects.filter(questionnaire__study_id__in=_readable(viewer))
        .select_related("questionnaire__study")
        .defer("xform", "codebook")
        .order_by("-published_at", "-pk")
    )
    editions = editions_of({row.instrument_id for row in rows})
    for row in rows:
        book, named, mine = book_of(row.workbook), f"version:{row.pk}", row.questionnaire
        for asked in _questions(book):
            source = Source(
                f"{named}:{asked.key}",
                named,
                said(mine.study.title_fr, mine.study.title_en),
                said(mine.name_fr, mine.name_en),
                row.number,
                editions.get(row.instrument_id, ()),
            )
            yield asked, source, book
    for one in templates():
        named = f"modele:{one.code}"
        for asked in _questions(one.workbook):
            address = f"{named}:{asked.key}"
            source = Source(address, named, "", one.name.to(language), 0, ())
            yield asked, source, one.workbook


def _readable(viewer: Account) -> list[int]:
    """Return the studies whose questionnaires somebody may edit. One SQL query."""
    roles = [role for role, verbs in VERBS.items() if Verb.EDIT_STUDY in verbs]
    found = Assignment.objects.filter(account=viewer, case="", role__in=roles)
    return list(found.values_list("study_id", flat=True))


def _questions(book: Workbook) -> Iterator[Asked]:
    for asked in questions_of(book):
        if asked.sort not in _LEFT_OUT and asked.identity:
            yield asked


def _searchable(wordings: list[tuple[Asked, Source]]) -> str:
    said_in = (
        " ".join((one.label.fr, one.label.en, *(f"{c.label.fr} {c.label.en}" for c in one.choices)))
        for one, _source in wordings
    )
    return fold(" ".join(said_in))


class _Verdicts:
    """What may be compared between two questionnaires of the bank, each pair looked at once."""

    def __init__(self, books: dict[str, Workbook], language: Language) -> None:
        self._books, self._language = books, language
        self._pairs: dict[tuple[str, str], dict[str, Told]] = {}

    def between(self, old: Source, new: Source, identity: str) -> Told | None:
        """Return the verdict on a question asked in both."""
        pair = old.book, new.book
        if pair not in self._pairs:
            self._pairs[pair] = {
                match.new.identity: told_of(match, self._language)
                for match in compare(self._books[old.book], self._books[new.book])
                if match.new is not None and match.old is not None
            }
        return self._pairs[pair].get(identity)


def _banked(
    identity: str, wordings: list[tuple[Asked, Source]], language: Language, verdicts: _Verdicts
) -> Banked:
    grouped: dict[object, list[tuple[Asked, Source]]] = {}
    for asked, source in wordings:
        grouped.setdefault((asked.sort, asked.label, asked.choices), []).append((asked, source))
    last, newest = wordings[0]
    worded = []
    for some in grouped.values():
        asked, source = some[0]
        worded.append(
            Worded(
                asked.label.to(language) or asked.name,
                tuple(choice.label.to(language) for choice in asked.choices),
                tuple(one for _asked, one in some),
                None if asked is last else verdicts.between(source, newest, identity),
            )
        )
    return Banked(identity, str(SORTS.get(last.sort, last.type)), tuple(worded))
