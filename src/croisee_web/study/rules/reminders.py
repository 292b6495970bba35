"""« À faire maintenant »: what a study asks of its team today, the most pressing first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee.study import ActivityState
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.days import day_text
from croisee_web.study.rules.state import Standing

MOST = 3
SOON = 30
"""Days within which a certificate's end, a destruction or the arrest date is near."""
CLOSING = 14
"""Days within which an edition is closing."""
MEETING_SOON = 14


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to do: a word, what it is about, what there is to do, and one link.

    ``rank``: the smaller, the sooner. ``verb``: who is reminded. ``case``: a network's code when
    it concerns one only.
    """

    rank: int
    tone: str
    word: str
    about: str
    text: str
    label: str
    address: str
    verb: str
    case: str = ""


Rule = Callable[[Standing], Iterator[Reminder]]
Source = Callable[[int, str, date], Iterable[Reminder]]
_SOURCES: list[Source] = []


def add_reminders(source: Source) -> None:
    """Let a slice above add reminders; called once by its ``AppConfig.ready``.

    ``source(study_id, slug, on)`` makes a number of queries that does not grow with the study.
    """
    if source not in _SOURCES:
        _SOURCES.append(source)


def reminders_of(standing: Standing, study_id: int) -> Iterator[Reminder]:
    """Yield every reminder of a study, by this slice's rules and the others'."""
    for rule in RULES:
        yield from rule(standing)
    for source in _SOURCES:
        yield from source(study_id, standing.slug, standing.on)


def most_pressing(
    found: Iterator[Reminder], verbs: frozenset[str], cases: frozenset[str] | None
) -> tuple[Reminder, ...]:
    """Return at most three reminders for somebody with these verbs; ``cases`` her networks.

    ``cases`` is ``None`` for whoever sees the whole study; else what concerns another network,
    or the whole study, is left out.
    """
    kept = [
        one
        for one in found
        if one.verb in verbs and (cases is None or (one.case and one.case in cases))
    ]
    return tuple(sorted(kept, key=lambda one: (one.rank, one.about))[:MOST])


def days_left(days: int) -> str:
    """Return in how many days something happens."""
    if days < 2:
        return _("Demain") if days else _("Aujourd’hui")
    return ngettext("Dans %(n)s jour", "Dans %(n)s jours", days) % {"n": days}


def no_network(standing: Standing) -> Iterator[Reminder]:
    """A study starts with its networks."""
    if not standing.cases:
        yield Reminder(
            0,
            "info",
            _("Pour commencer"),
            _("Vos réseaux"),
            _("un nom suffit, puis leur fichier de membres."),
            _("Ajouter un réseau"),
            reverse("study:case-add", args=[standing.slug]),
            Verb.EDIT_STUDY,
        )


def certificate(standing: Standing) -> Iterator[Reminder]:
    """A certificate that is missing, over, or soon over, while something is to be collected."""
    to_do = any(
        work.state in {ActivityState.ONGOING.value, ActivityState.PLANNED.value}
        for work in standing.works
    )
    if not to_do:
        return
    address = reverse("study:certificates", args=[standing.slug])
    about, label = _("Certificat d’éthique"), _("Voir les certificats")
    if standing.why_closed:
        why = standing.why_closed
        yield Reminder(1, "attn", _("Fermé"), why, "", label, address, Verb.EDIT_ETHICS)
    elif standing.certified_until and (standing.certified_until - standing.on).days <= SOON:
        left = (standing.certified_until - standing.on).days
        text = _("il prend fin le %(day)s : demandez son renouvellement.") % {
            "day": day_text(standing.certified_until)
        }
        yield Reminder(2, "attn", days_left(left), about, text, label, address, Verb.EDIT_ETHICS)


def under_half(standing: Standing) -> Iterator[Reminder]:
    """An edition that closes soon, and a survey that has not reached half of its frame."""
    for work in standing.works:
        end = work.ends_on
        if work.state != ActivityState.ONGOING.value or not work.survey:
            continue
        if not work.aim or end is None or not 0 <= (end - standing.on).days <= CLOSING:
            continue
        missing = -(-work.aim // 2) - (work.done or 0)
        if missing <= 0:
            continue
        left = (end - standing.on).days
        word = (
            _("Ferme aujourd’hui")
            if left == 0
            else ngettext("Ferme dans %(n)s jour", "Ferme dans %(n)s jours", left) % {"n": left}
        )
        text = ngettext(
            "il manque %(n)s réponse pour atteindre la moitié.",
            "il manque %(n)s réponses pour atteindre la moitié.",
            missing,
        ) % {"n": missing}
        yield Reminder(
            10 + left,
            "attn",
            word,
            f"{work.method_name}, {work.case_name}",
            text,
            _("Voir le réseau"),
            reverse("study:members", args=[standing.slug, work.case]),
            Verb.EDIT_STUDY if standing.delicate else Verb.SEE_STUDY,
            work.case,
        )


def frame_missing(standing: Standing) -> Iterator[Reminder]:
    """Networks without a frame: no rate can be computed."""
    if not standing.frameless:
        return
    code, name = standing.frameless[0]
    others = len(standing.frameless) - 1
    about = (
        ngettext("%(name)s et %(n)s autre réseau", "%(name)s et %(n)s autres réseaux", others)
        % {"name": name, "n": others}
        if others
        else name
    )
    address = (
        reverse("study:cases", args=[standing.slug])
        if others
        else reverse("study:members", args=[standing.slug, code])
    )
    yield Reminder(
        30,
        "attn",
        _("Base de sondage"),
        about,
        _("sans liste ni nombre, aucun taux ne se calcule."),
        _("Importer la liste") if not others else _("Voir les réseaux"),
        address,
        Verb.EDIT_STUDY,
    )


def arrest_near(standing: Standing) -> Iterator[Reminder]:
    """The arrest date is near: after it, numbers stop changing."""
    if standing.arrest_on is None or not 0 <= (standing.arrest_on - standing.on).days <= SOON:
        return
    left = (standing.arrest_on - standing.on).days
    yield Reminder(
        3 if left < 2 else 20,
        "attn",
        days_left(left),
        _("Date d’arrêt le %(day)s") % {"day": day_text(standing.arrest_on)},
        _("ensuite, les chiffres ne changent plus."),
        _("Voir les activités"),
        reverse("study:activities", args=[standing.slug]),
        Verb.EDIT_STUDY,
    )


def meeting_soon(standing: Standing) -> Iterator[Reminder]:
    """The committee meets soon."""
    if standing.meeting_on is None:
        return
    left = (standing.meeting_on - standing.on).days
    if not 0 <= left <= MEETING_SOON:
        return
    yield Reminder(
        40,
        "",
        _("Comité"),
        _("Rencontre du %(day)s") % {"day": day_text(standing.meeting_on, year=False)},
        _("préparez l’ordre du jour."),
        _("Voir la rencontre"),
        reverse("study:meeting-edit", args=[standing.slug, standing.meeting_id]),
        Verb.COMMITTEE,
    )


def invitations_pending(standing: Standing) -> Iterator[Reminder]:
    """People invited who have not come."""
    if not standing.invitations:
        return
    text = ngettext(
        "%(n)s personne invitée n’a pas encore répondu.",
        "%(n)s personnes invitées n’ont pas encore répondu.",
        standing.invitations,
    ) % {"n": standing.invitations}
    yield Reminder(
        50,
        "info",
        _("En attente"),
        _("Invitations"),
        text,
        _("Voir l’équipe"),
        reverse("access:team", args=[standing.slug]),
        Verb.MANAGE_ACCESS,
    )


def destruction_near(standing: Standing) -> Iterator[Reminder]:
    """Something kept is at its end, or past it."""
    if standing.destroy_on is None or (standing.destroy_on - standing.on).days > SOON:
        return
    late = standing.destroy_on < standing.on
    yield Reminder(
        5 if late else 35,
        "attn",
        _("Conservation"),
        standing.destroy_what,
        _("à conserver jusqu’au %(day)s.") % {"day": day_text(standing.destroy_on)},
        _("Voir le calendrier"),
        reverse("study:retention", args=[standing.slug]),
        Verb.EDIT_ETHICS,
    )


RULES: tuple[Rule, ...] = (
    no_network,
    certificate,
    under_half,
    frame_missing,
    arrest_near,
    meeting_soon,
    invitations_pending,
    destruction_near,
)
