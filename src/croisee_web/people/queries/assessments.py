"""A study's privacy impact assessment: its versions, and what the study already says for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee.report import Paper, PaperPart
from croisee_web.access.models import Account, Assignment
from croisee_web.access.queries import in_force, require
from croisee_web.access.vocabulary import Role, Verb
from croisee_web.kit.days import day_text
from croisee_web.kit.errors import NotFound
from croisee_web.kit.templatetags.typography import typo_plain
from croisee_web.people.models import Communication, Participant, PrivacyAssessment
from croisee_web.people.queries.pages import reader_language
from croisee_web.people.queries.register import described_purposes
from croisee_web.people.queries.registers import column_label
from croisee_web.people.vocabulary import MINORS
from croisee_web.study.models import Retention, Study
from croisee_web.study.queries import described
from croisee_web.study.vocabulary import Fate

TEXTS = (
    "project",
    "information",
    "purposes",
    "flows",
    "access",
    "places",
    "retention",
    "risks",
    "measures",
    "portability",
    "outside_quebec",
    "conclusion",
)
"""What an assessment says, in its order."""


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """One version; ``signed_on`` is ``None`` for a draft."""

    id: int
    number: int
    revision: int
    texts: dict[str, str]
    written_by: str
    written_at: datetime
    signed_by: str
    signed_title: str
    signed_on: date | None

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return each title with what is said under it."""
        return tuple((_title(name), self.texts[name]) for name in TEXTS)


def _title(name: str) -> str:
    return column_label(PrivacyAssessment, name)


def assessment_pages(*, study_id: int, viewer: Account) -> tuple[AssessmentPage, ...]:
    """Return every version of a study's assessment, latest first. Three SQL queries.

    Raises:
        NotFound, NotAllowed: the viewer may not keep this study's ethics.
    """
    require(actor=viewer, verb=Verb.EDIT_ETHICS, study_id=study_id)
    zone = ZoneInfo(Study.objects.values_list("timezone", flat=True).get(pk=study_id))
    rows = PrivacyAssessment.objects.filter(study_id=study_id).order_by("-number")
    return tuple(_page(row, zone) for row in rows)


def assessment_page(*, study_id: int, number: int, viewer: Account) -> AssessmentPage:
    """Return one version. Three SQL queries.

    Raises:
        NotFound, NotAllowed: the viewer may not keep this study's ethics, or there is none.
    """
    pages = assessment_pages(study_id=study_id, viewer=viewer)
    found = next((page for page in pages if page.number == number), None)
    if found is None:
        raise NotFound
    return found


def _page(row: PrivacyAssessment, zone: ZoneInfo) -> AssessmentPage:
    return AssessmentPage(
        row.pk,
        row.number,
        row.revision,
        {name: getattr(row, name) for name in TEXTS},
        row.written_by,
        row.written_at,
        row.signed_by,
        row.signed_title,
        row.signed_at.astimezone(zone).date() if row.signed_at else None,
    )


def assessment_paper(page: AssessmentPage, *, title: str, on: date) -> Paper:
    """Return a version as a paper, in the reader's language; its signature, or that it has none."""
    signature = (
        (
            page.signed_by,
            page.signed_title,
            _("Signée le %(day)s") % {"day": day_text(page.signed_on)},
        )
        if page.signed_on
        else (_("Brouillon : pas encore signée."),)
    )
    parts = [PaperPart(name, (text or _("À compléter"),)) for name, text in page.parts]
    return Paper(
        _("Évaluation des facteurs relatifs à la vie privée"),
        _("%(title)s, version %(n)s") % {"title": title, "n": page.number},
        (*parts, PaperPart(_("Signature"), tuple(line for line in signature if line))),
        reader_language(),
        page.signed_on or on,
        title,
    )


def prefilled(*, study_id: int) -> dict[str, str]:
    """Return what the study already says for an assessment, in the reader's language.

    About twenty SQL queries. Nothing here is a person's: counts, roles, dates.
    """
    study, language = described(study_id), reader_language()
    told = Communication.objects.filter(study_id=study_id).order_by("on", "pk")
    outside = told.exclude(outside_quebec="")
    return {
        "project": _lines(
            study.title.to(language),
            study.question.to(language),
            study.team.to(language),
            *(case.name.to(language) for case in study.cases),
        ),
        "information": _lines(
            *(method.name.to(language) for method in study.methods), *_whose(study_id)
        ),
        "purposes": _lines(
            *(one.name.to(language) for one in described_purposes(study_id=study_id))
        ),
        "flows": _lines(
            _("Recueillis auprès des personnes, par les méthodes ci-dessus."),
            *(
                _("%(day)s, à %(who)s : %(what)s")
                % {"day": day_text(one.on), "who": one.recipient, "what": one.information}
                for one in told
            ),
        ),
        "access": _access(study_id),
        "places": _lines(
            _("Sur le serveur de ce site. Les noms sont chiffrés, leurs clés rangées à part."),
            _("Sauvegardes chiffrées, en deux archives gardées à deux endroits."),
        ),
        "retention": _kept(study_id),
        "risks": _lines(
            _("Qu’un proche ou une collègue reconnaisse quelqu’un, dans un petit réseau."),
            _("Une perte ou un vol de fichiers ; un accès sans droit."),
        ),
        "measures": _measures(),
        "portability": _(
            "La personne télécharge ses données depuis sa page : JSON, CSV et une page à lire."
        ),
        "outside_quebec": _lines(
            *(typo_plain(f"{one.recipient} : {one.outside_quebec}") for one in outside)
        )
        or _("Rien n’est communiqué hors du Québec."),
        "conclusion": "",
    }


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _whose(study_id: int) -> tuple[str, ...]:
    ages = Counter(
        Participant.objects.filter(study_id=study_id, withdrawn_on=None).values_list(
            "age_group", flat=True
        )
    )
    count = sum(ages.values())
    told = [
        ngettext("%(n)s personne inscrite, par un code.", "%(n)s personnes inscrites, par un code.",
                 count) % {"n": count}
    ]  # fmt: skip
    if any(ages[age] for age in MINORS):
        told.append(_("Des personnes de moins de 18 ans participent : renseignements sensibles."))
    return tuple(told)


def _access(study_id: int) -> str:
    roles = Counter(
        Assignment.objects.filter(in_force(), study_id=study_id).values_list("role", flat=True)
    )
    named = [(role, roles[role.value]) for role in Role if roles[role.value]]
    return _lines(*(typo_plain(f"{role.label} : {count}") for role, count in named))


def _kept(study_id: int) -> str:
    rows = Retention.objects.filter(study_id=study_id, done_on=None).order_by("until", "pk")
    return _lines(
        *(
            _("%(what)s : jusqu’au %(day)s, puis %(fate)s.")
            % {"what": what, "day": day_text(until), "fate": Fate(fate).label}
            for what, until, fate in rows.values_list("what", "until", "fate")
        )
    )


def _measures() -> str:
    return _lines(
        _("Codes au lieu des noms ; noms chiffrés, ouverts avec une double vérification."),
        _("Verbatims désidentifiés et relus avant d’être cités."),
        _("Petits nombres protégés avant toute diffusion, vérifiés par un audit."),
        _("Journal de chaque acte, retrait en moins d’une minute, destruction à date fixe."),
    )
