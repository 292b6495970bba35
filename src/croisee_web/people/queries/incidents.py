"""An incident: the decision on its risk, the delay, and what the notices must say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from croisee.report import Paper, PaperPart
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.days import day_text
from croisee_web.kit.errors import NotFound
from croisee_web.people.models import Incident, InjuryAssessment
from croisee_web.people.queries.pages import reader_language
from croisee_web.people.queries.registers import REGISTERS, cells_of, column_label
from croisee_web.people.rules import TREE, Elements, Suggested, branch_of
from croisee_web.people.vocabulary import Level
from croisee_web.study.queries import described


class NoticeKind(models.TextChoices):
    """To whom a notice goes, by the name in its address."""

    COMMISSION = "commission", gettext_lazy("Avis à la Commission d’accès à l’information")
    PERSONS = "personnes", gettext_lazy("Avis aux personnes touchées")


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the risk: what it is, how strong, why."""

    name: str
    level: str
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of an incident, by whom; ``question`` is where the tree stopped."""

    serious: bool
    elements: tuple[Element, ...]
    question: str
    suggested_serious: bool
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """An incident as its page shows it. ``days``: how long the team has known."""

    id: int
    known_on: date
    days: int
    cells: tuple[tuple[str, str], ...]
    decision: Decision | None
    version: int
    values: dict[str, object]
    commission_on: date | None
    persons_on: date | None

    @property
    def waits(self) -> bool:
        """Return whether a notice is due and its date is not noted."""
        serious = self.decision is not None and self.decision.serious
        return serious and not (self.commission_on and self.persons_on)


ELEMENTS = ("sensitivity", "misuse", "consequences", "likelihood")
JUDGED = (
    *(name for element in ELEMENTS for name in (element, f"{element}_why")),
    "serious",
    "why",
    "cause",
    "in_quebec",
    "telling",
    "prevention",
    "advice",
    "elsewhere",
)
"""What the page of a decision asks, in its order."""


def incident_at(study_id: int, number: int) -> Incident:
    """Return an incident with its decision. One SQL query.

    Raises:
        NotFound: there is none in this study.
    """
    found = (
        Incident.objects.select_related("assessment").filter(study_id=study_id, pk=number).first()
    )
    if found is None:
        raise NotFound
    return found


def incident_page(*, study_id: int, number: int, viewer: Account, on: date) -> IncidentPage:
    """Return an incident, its decision and the delay since it was known. Two SQL queries.

    Raises:
        NotFound, NotAllowed: the viewer may not keep the registers, or there is no such line.
    """
    require(actor=viewer, verb=Verb.EDIT_ETHICS, study_id=study_id)
    incident = incident_at(study_id, number)
    judged = _judged(incident)
    return IncidentPage(
        incident.pk,
        incident.known_on,
        (on - incident.known_on).days,
        cells_of(REGISTERS["incidents"], incident),
        decision_of(judged) if judged else None,
        judged.version if judged else 0,
        {name: getattr(judged, name) for name in JUDGED} if judged else {},
        incident.commission_on,
        incident.persons_on,
    )


def _judged(incident: Incident) -> InjuryAssessment | None:
    return getattr(incident, "assessment", None)


def decision_of(judged: InjuryAssessment) -> Decision:
    """Return a decision in words."""
    branch = branch_of(Elements(*(getattr(judged, name) for name in ELEMENTS)))
    return Decision(
        judged.serious,
        tuple(
            Element(
                column_label(InjuryAssessment, name),
                str(Level(getattr(judged, name)).label),
                getattr(judged, f"{name}_why"),
            )
            for name in ELEMENTS
        ),
        str(TREE[branch][0]),
        TREE[branch][1] is Suggested.SERIOUS,
        judged.why,
        judged.decided_by,
        judged.decided_at,
    )


def injury_text(judged: InjuryAssessment) -> str:
    """Return the register's sixth thing: what led to the conclusion, and the conclusion."""
    decision = decision_of(judged)
    lines = [
        _("%(name)s : %(level)s. %(why)s") % {"name": one.name, "level": one.level, "why": one.why}
        for one in decision.elements
    ]
    lines.append(conclusion(serious=judged.serious))
    return "\n".join([*lines, judged.why] if judged.why else lines)


def conclusion(*, serious: bool) -> str:
    """Return what was concluded, in a sentence."""
    if serious:
        return _("L’incident présente un risque de préjudice sérieux.")
    return _("L’incident ne présente pas de risque de préjudice sérieux.")


CONTENTS_CHECKED: dict[NoticeKind, str | Promise] = {
    NoticeKind.COMMISSION: gettext_lazy(
        "À vérifier : cette liste (article 3 du règlement A-2.1, r. 3.1) vient de résumés, "
        "pas du texte même. La Commission a aussi son propre formulaire."
    ),
    NoticeKind.PERSONS: gettext_lazy(
        "Cette liste suit l’article 5 du règlement A-2.1, r. 3.1, lu dans sa version de 2024. "
        "Vérifiez qu’il n’a pas changé."
    ),
}
"""How sure the list of contents is, said on the page of each notice."""


def notice_paper(*, study_id: int, number: int, kind: NoticeKind, on: date) -> Paper:
    """Return a notice with what is known of the incident, in the reader's language.

    What nobody has written yet says so. About eight SQL queries. For readers that a view has
    let into the registers.

    Raises:
        NotFound: no such incident, or nothing was decided of it yet.
    """
    incident = incident_at(study_id, number)
    judged = _judged(incident)
    if judged is None:
        raise NotFound(_("Décidez d’abord si l’incident présente un risque de préjudice sérieux."))
    study, language = described(study_id), reader_language()
    who = (study.team.to(language), study.contact)
    pairs = (
        _for_commission(incident, judged, who)
        if kind == NoticeKind.COMMISSION
        else _for_persons(incident, judged, who)
    )
    told = tuple((label, value.strip() or _to_fill()) for label, value in pairs)
    return Paper(
        str(kind.label),
        study.title.to(language),
        (PaperPart("", pairs=told),),
        language,
        on,
        _("Incident %(n)s") % {"n": incident.pk},
    )


def _for_commission(
    incident: Incident, judged: InjuryAssessment, who: tuple[str, str]
) -> tuple[tuple[str, str], ...]:
    team, contact = who
    persons = _("%(all)s ; au Québec : %(here)s") % {
        "all": incident.persons,
        "here": judged.in_quebec or _to_fill(),
    }
    return (
        (_("Organisation touchée, et son numéro d’entreprise du Québec"), team),
        (_("Personne à joindre dans l’organisation"), contact),
        (_("Renseignements touchés, ou pourquoi on l’ignore"), incident.information),
        (_("Circonstances de l’incident"), incident.circumstances),
        (_("Cause, si on la connaît"), judged.cause or _("Inconnue")),
        (_("Date ou période de l’incident"), incident.occurred),
        (_("Date où l’organisation l’a appris"), day_text(incident.known_on)),
        (_("Nombre de personnes touchées"), persons),
        (_("Ce qui mène à conclure à un risque de préjudice sérieux"), injury_text(judged)),
        (_("Mesures pour aviser les personnes, et quand"), _telling(incident, judged)),
        (
            _("Mesures pour diminuer les risques et éviter que cela se reproduise, et quand"),
            f"{incident.measures}\n{judged.prevention}",
        ),
        (_("Autres autorités avisées hors du Québec"), judged.elsewhere or _("Aucune")),
    )


def _telling(incident: Incident, judged: InjuryAssessment) -> str:
    if incident.persons_on is None:
        return judged.telling
    told = _("Personnes avisées le %(day)s.") % {"day": day_text(incident.persons_on)}
    return f"{judged.telling}\n{told}"


def _for_persons(
    incident: Incident, judged: InjuryAssessment, who: tuple[str, str]
) -> tuple[tuple[str, str], ...]:
    return (
        (_("Renseignements touchés, ou pourquoi on l’ignore"), incident.information),
        (_("Ce qui est arrivé"), incident.circumstances),
        (_("Quand"), incident.occurred),
        (_("Ce que nous faisons pour diminuer les risques"), incident.measures),
        (_("Ce que vous pouvez faire"), judged.advice),
        (_("Pour en savoir plus"), "\n".join(who)),
    )


def _to_fill() -> str:
    return _("À compléter")
