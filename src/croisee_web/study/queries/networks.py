"""The networks of a study, their frames, and their members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from croisee import study as library
from croisee_web.access.models import Account
from croisee_web.access.queries import cases_with, require
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import Case, Component, Edition, Method, Organisation
from croisee_web.study.queries.described import cases_described
from croisee_web.study.queries.frames import frames_of
from croisee_web.study.queries.naming import said
from croisee_web.study.rules.state import Frame

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A thing by its code, and its name in the reader's language."""

    code: str
    name: str

    def __str__(self) -> str:
        return self.name or self.code


@dataclass(frozen=True, slots=True)
class EditionFrame:
    """The frame of one edition, ``None`` where there is none yet."""

    edition: NamedCode
    frame: Frame | None


@dataclass(frozen=True, slots=True)
class NetworkCard:
    """One network of the list."""

    id: int
    code: str
    name: str
    scale: str
    territory: str
    individuals: bool
    components: tuple[str, ...]
    frames: tuple[EditionFrame, ...]


@dataclass(frozen=True, slots=True)
class Networks:
    """The networks a reader may see, and what they are crossed with."""

    cases: tuple[NetworkCard, ...]
    editions: tuple[NamedCode, ...]
    methods: tuple[NamedCode, ...]


def networks(*, study_id: int, viewer: Account) -> Networks:
    """Return the networks, in the study's order; a coordinator sees hers only. Seven SQL queries.

    Raises:
        NotAllowed: the viewer may see no network.
    """
    everywhere, codes = cases_with(account=viewer, study_id=study_id, verb=Verb.SEE_STUDY)
    if not everywhere and not codes:
        require(actor=viewer, verb=Verb.SEE_STUDY, study_id=study_id)
    editions = _named(Edition, study_id)
    frames = frames_of(study_id, [edition.code for edition in editions])
    components: dict[int, list[str]] = {}
    for case, french, english in (
        Component.objects.filter(case__study_id=study_id)
        .order_by("position", "pk")
        .values_list("case_id", "name_fr", "name_en")
    ):
        components.setdefault(case, []).append(said(french, english))
    rows = Case.objects.filter(study_id=study_id).order_by("position", "pk")
    if not everywhere:
        rows = rows.filter(code__in=codes)
    return Networks(
        tuple(
            NetworkCard(
                row.pk,
                row.code,
                said(row.name_fr, row.name_en),
                said(row.scale_fr, row.scale_en),
                said(row.territory_fr, row.territory_en),
                row.individuals,
                tuple(components.get(row.pk, ())),
                tuple(EditionFrame(one, frames.get((row.pk, one.code))) for one in editions),
            )
            for row in rows
        ),
        editions,
        _named(Method, study_id),
    )


def _named(model: type[Edition | Method], study_id: int) -> tuple[NamedCode, ...]:
    rows = (
        model._default_manager.filter(study_id=study_id)
        .order_by("position", "pk")
        .values_list("code", "name_fr", "name_en")
    )
    return tuple(NamedCode(code, said(french, english)) for code, french, english in rows)


@dataclass(frozen=True, slots=True)
class NetworkForm:
    """One network as its form shows it, with the version to give back; the others by code."""

    id: int
    version: int
    case: library.Case
    others: tuple[NamedCode, ...]


def network_form(*, study_id: int, code: str, viewer: Account) -> NetworkForm:
    """Return one network to be edited. Five SQL queries.

    Raises:
        NotAllowed: the viewer may not edit the study.
        NotFound: no such network in it.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = Case.objects.filter(study_id=study_id, code=code).values_list("pk", "version").first()
    if row is None:
        raise NotFound
    cases = cases_described(study_id)
    case = next(one for one in cases if one.code == code)
    return NetworkForm(row[0], row[1], case, _others(cases, code))


def other_networks(*, study_id: int, viewer: Account) -> tuple[NamedCode, ...]:
    """Return the networks that a new one may be linked to. Four SQL queries."""
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    return _others(cases_described(study_id), "")


def _others(cases: tuple[library.Case, ...], code: str) -> tuple[NamedCode, ...]:
    return tuple(
        NamedCode(one.code, said(one.name.fr, one.name.en)) for one in cases if one.code != code
    )


@dataclass(frozen=True, slots=True)
class NetworkRef:
    """A network as its pages name it; ``parts`` and ``editions`` are what its lists are cut by."""

    id: int
    code: str
    name: str
    individuals: bool
    parts: tuple[NamedCode, ...]
    editions: tuple[NamedCode, ...]


def network_ref(
    *, study_id: int, code: str, viewer: Account, verb: Verb = Verb.SEE_STUDY
) -> NetworkRef:
    """Return a network for somebody who may do ``verb`` in it. Four SQL queries.

    Raises:
        NotAllowed: the viewer may not, in this network.
        NotFound: no such network.
    """
    require(actor=viewer, verb=verb, study_id=study_id, case=code)
    row = Case.objects.filter(study_id=study_id, code=code).first()
    if row is None:
        raise NotFound
    parts = (
        Component.objects.filter(case=row)
        .order_by("position", "pk")
        .values_list("code", "name_fr", "name_en")
    )
    return NetworkRef(
        row.pk,
        row.code,
        said(row.name_fr, row.name_en),
        row.individuals,
        tuple(NamedCode(one, said(french, english)) for one, french, english in parts),
        _named(Edition, study_id),
    )


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One line of a network's frame."""

    id: int
    code: str
    name: str
    region: str
    type: str
    component: str
    edition: str


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A page of a frame. ``total`` counts all that was looked for; pages start at 1."""

    rows: tuple[MemberRow, ...]
    total: int
    page: int
    pages: int

    @property
    def before(self) -> int:
        """Return the page before."""
        return self.page - 1

    @property
    def after(self) -> int:
        """Return the page after."""
        return self.page + 1


def members(*, case_id: int, edition: str = "", text: str = "", page: int = 1) -> MemberPage:
    """Return a page of a network's members by name; the caller holds its ``NetworkRef``.

    ``edition``: those of this edition and those of all; "" for every line. ``text`` is looked
    for in names and codes. Two SQL queries, whatever their number.
    """
    rows = Organisation.objects.filter(case_id=case_id)
    if edition:
        rows = rows.filter(edition__in={edition, ""})
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__icontains=text))
    total = rows.count()
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PER_PAGE
    kept = rows.order_by("name", "code", "pk").values_list(
        "pk", "code", "name", "region", "type", "component", "edition"
    )[first : first + PER_PAGE]
    return MemberPage(tuple(MemberRow(*row) for row in kept), total, page, pages)


def member_of(*, case_id: int, member_id: int) -> tuple[int, dict[str, Any]]:
    """Return a member's version and columns, to be edited. One SQL query.

    Raises:
        NotFound: no such member in this network.
    """
    row = (
        Organisation.objects.filter(case_id=case_id, pk=member_id)
        .values("version", "code", "name", "region", "type", "component", "edition")
        .first()
    )
    if row is None:
        raise NotFound
    values: dict[str, Any] = dict(row)
    return values.pop("version"), values


def places_of(*, study_id: int, viewer: Account) -> tuple[tuple[str, str], ...]:
    """Return the networks and their components as ``number:component`` and a name. Three queries.

    Raises:
        NotAllowed: the viewer may not edit the study.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    parts: dict[int, list[tuple[str, str]]] = {}
    for case, code, french, english in (
        Component.objects.filter(case__study_id=study_id)
        .order_by("position", "pk")
        .values_list("case_id", "code", "name_fr", "name_en")
    ):
        parts.setdefault(case, []).append((code, said(french, english)))
    found = []
    for number, french, english in (
        Case.objects.filter(study_id=study_id)
        .order_by("position", "pk")
        .values_list("pk", "name_fr", "name_en")
    ):
        name = said(french, english)
        found.append((f"{number}:", name))
        found += [(f"{number}:{code}", f"{name} – {part}") for code, part in parts.get(number, ())]
    return tuple(found)


def editions_of(study_id: int) -> tuple[NamedCode, ...]:
    """Return the editions of a study, in its order. One SQL query."""
    return _named(Edition, study_id)
