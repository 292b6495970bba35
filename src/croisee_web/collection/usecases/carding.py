"""Printed cards, and the short code that somebody types from one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from croisee.language import Label
from croisee.report.cards import Card, CardSet
from croisee_web.access.models import Account
from croisee_web.access.rules import page_address, tries_key
from croisee_web.access.usecases.sign_in import count_try, forgive_tries
from croisee_web.collection import vault
from croisee_web.collection.models import AnswerLink, Collecting
from croisee_web.collection.queries.held import locked_collecting
from croisee_web.collection.queries.opened import link_by_code
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.usecases.linking import Wanted, make_links, token_of
from croisee_web.collection.vocabulary import CARDS_PRINTED, LinkFor
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError
from croisee_web.study.models import Organisation

MOST_CARDS = 400


class UnknownCode(UseCaseError):
    """A short code that opens nothing."""

    http_status = 422


@dataclass(frozen=True, slots=True)
class Printed:
    """Which cards: ``number`` without a name for a network; 0: one for each named link left."""

    case: str
    number: int
    origin: str


@transaction.atomic
def print_cards(*, collecting_id: int, printed: Printed, actor: Account, at: datetime) -> CardSet:
    """Return the cards of a collection, ready to be set.

    Without a name they are interchangeable: hand them out as they come. Cards with a name are
    for an identified collection; whoever has answered gets none.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections.
        CollectingRefused: no card to print, too many, or named ones where nobody may know who.
    """
    row = locked_collecting(collecting_id, actor)
    if printed.number > MOST_CARDS:
        raise CollectingRefused(_("Imprimez au plus %(n)s cartes à la fois.") % {"n": MOST_CARDS})
    if not printed.number and row.anonymous:
        raise CollectingRefused(
            _("Anonyme, une carte ne porte aucun nom : dites combien il en faut.")
        )
    links: Iterable[AnswerLink]
    if printed.number:
        wanted = Wanted(LinkFor.NAMELESS, {printed.case: printed.number})
        made = make_links(collecting_id=row.pk, actor=actor, at=at, wanted=wanted)
        links = [link for link, _token in made]
    else:
        make_links(collecting_id=row.pk, actor=actor, at=at)
        links = _named(row, printed.case)
    names = dict(
        Organisation.objects.filter(
            case__code=printed.case, case__study_id=row.study_id, edition__in={row.edition, ""}
        ).values_list("code", "name")
    )
    cards = [
        _card(
            row,
            token_of(link=link, study_id=row.study_id, actor=actor.label, at=at),
            link,
            names,
            printed.origin,
        )
        for link in links
    ]
    if not cards:
        raise CollectingRefused(_("Il n’y a aucune carte à imprimer pour ce réseau."))
    record(
        act=CARDS_PRINTED,
        actor=actor.label,
        at=at,
        study_id=row.study_id,
        collecting=row.pk,
        cards=len(cards),
    )
    named = row.published.questionnaire
    site = page_address(printed.origin, "/s/").partition("://")[2]
    return CardSet(Label(named.name_fr, named.name_en), site, row.closes_on, cards)


def _named(row: Collecting, case: str) -> list[AnswerLink]:
    rows = AnswerLink.objects.filter(collecting=row, case__code=case, used=False)
    named = rows.exclude(organisation="", participant="")
    return list(named.order_by("organisation", "participant")[: MOST_CARDS + 1])


def _card(
    row: Collecting, token: str, link: AnswerLink, names: dict[str, str], origin: str
) -> Card:
    code = vault.new_code(row.study_id, row.pk, link.pk)
    name = link.participant or names.get(link.organisation, "") or link.organisation
    return Card(
        page_address(origin, reverse("collection:answer-start", args=[token])),
        f"{code[:5]} {code[5:]}",
        name,
    )


def enter_code(*, code: str, machine: str, actor: str, at: datetime) -> str:
    """Return the token of the link that a printed card's code opens.

    Missed tries are counted for a machine, before they are looked at: each makes the next one
    wait longer. A right code forgets them.

    Raises:
        TooManyTries: the wait is not over; the code was not looked at.
        UnknownCode: it opens nothing.
    """
    here = tries_key("carte", machine)
    count_try(here=here, actor=actor, at=at)
    told = link_by_code(code)
    if told is None:
        raise UnknownCode(_("Ce code n’ouvre rien. Vérifiez chaque signe."))
    forgive_tries(here=here, actor=actor, at=at)
    with transaction.atomic():
        link = AnswerLink.objects.select_for_update().get(pk=told.id)
        return token_of(link=link, study_id=told.collecting.study_id, actor=actor, at=at)
