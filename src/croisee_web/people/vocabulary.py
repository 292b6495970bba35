"""Words of the people slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee import dataset
from croisee_web.journal.vocabulary import declare


class AgeGroup(models.TextChoices):
    """An age, as far as consent needs it; values are the library's. No birth date is asked."""

    UNDER_14 = dataset.AgeGroup.UNDER_14.value, _("moins de 14 ans")
    FROM_14_TO_17 = dataset.AgeGroup.FROM_14_TO_17.value, _("14 à 17 ans")
    ADULT = dataset.AgeGroup.ADULT.value, _("18 ans ou plus")


MINORS = frozenset({AgeGroup.UNDER_14.value, AgeGroup.FROM_14_TO_17.value})


class Answerer(models.TextChoices):
    """Who answers, or holds a link: the person, or a parent or tutor of hers."""

    PERSON = "person", _("la personne elle-même")
    PARENT = "parent", _("un parent, ou la personne qui exerce la tutelle")


class Assent(models.TextChoices):
    """What a young person says herself when a parent consents; values are the library's."""

    GIVEN = dataset.Assent.GIVEN.value, _("elle est d’accord")
    REFUSED = dataset.Assent.REFUSED.value, _("elle ne veut pas")
    TOO_YOUNG = dataset.Assent.TOO_YOUNG.value, _("elle est trop jeune pour le dire")


class FormFor(models.TextChoices):
    """Who reads a consent form."""

    PARENTS = "parents", _("les parents des moins de 18 ans")
    YOUTH = "youth", _("les moins de 18 ans")


class YouthRule(models.TextChoices):
    """Who consents between 14 and 17, as the form approved by the ethics board says."""

    BOTH = "both", _("la jeune personne et un parent")
    ALONE = "alone", _("la jeune personne seule")


class Level(models.TextChoices):
    """How strong one of the elements of a risk is."""

    LOW = "1", _("faible")
    MEDIUM = "2", _("moyenne")
    HIGH = "3", _("élevée")


class ConsentMode(models.TextChoices):
    """How a consent was given."""

    WRITTEN = "written", _("par écrit")
    ORAL = "oral", _("de vive voix")
    CLICK = "click", _("à l’écran")


class WithdrawalWay(models.TextChoices):
    """Where a withdrawal came from."""

    OWN_PAGE = "own-page", _("par la personne, sur sa page")
    PARENT_PAGE = "parent-page", _("par un parent, sur sa page")
    TEAM = "team", _("par l’équipe, à sa demande")
    TEAM_PARENT = "team-parent", _("par l’équipe, à la demande d’un parent")
    LEDGER = "ledger", _("par le registre des retraits, après une restauration")
    IMPORT = "import", _("par le dossier d’étude importé")


class Asked(models.TextChoices):
    """What somebody asks for about her own data."""

    ACCESS = "access", _("accès")
    RECTIFICATION = "rectification", _("rectification")
    PORTABILITY = "portability", _("copie à emporter")
    DEINDEX = "deindex", _("cesser de diffuser")


SITE = "site"
"""The actor of what nobody did by hand: the site itself, or a participant on her own page."""

PARTICIPANT_ADDED = declare("people.participant.added", _("a inscrit une personne"))
PARTICIPANT_CHANGED = declare("people.participant.changed", _("a modifié une inscription"))
PEOPLE_IMPORTED = declare("people.participant.imported", _("a importé des personnes"))
IDENTITY_SEALED = declare(
    "people.identity.sealed", _("a déposé un nom et des coordonnées dans le coffre")
)
IDENTITY_OPENED = declare("people.identity.opened", _("a vu un nom et des coordonnées"))
CONSENT_RECORDED = declare("people.consent.recorded", _("a noté un consentement"))
PROOF_OPENED = declare("people.proof.opened", _("a ouvert la preuve d’un consentement"))
FORM_WRITTEN = declare("people.form.written", _("a écrit un formulaire de consentement"))
FORM_PUBLISHED = declare("people.form.published", _("a publié un formulaire de consentement"))
LINK_ISSUED = declare("people.link.issued", _("a remis un lien personnel"))
PARTICIPANT_WITHDRAWN = declare("people.participant.withdrawn", _("a reçu un retrait"))
PACKAGE_GIVEN = declare("people.package.given", _("a remis ses données à une personne"))
REGISTER_WRITTEN = declare("people.register.written", _("a écrit dans un registre"))
REGISTER_EXPORTED = declare("people.register.exported", _("a exporté un registre"))
DOSSIER_GIVEN = declare("people.dossier.given", _("a préparé le dossier du comité d’éthique"))
INJURY_DECIDED = declare(
    "people.incident.decided", _("a décidé si un incident présente un risque de préjudice sérieux")
)
NOTICE_GIVEN = declare("people.incident.noticed", _("a préparé un avis d’incident"))
ASSESSMENT_WRITTEN = declare(
    "people.assessment.written", _("a écrit l’évaluation de la vie privée")
)
ASSESSMENT_SIGNED = declare("people.assessment.signed", _("a signé l’évaluation de la vie privée"))
ASSESSMENT_GIVEN = declare(
    "people.assessment.given", _("a préparé le dossier de l’évaluation de la vie privée")
)
DESTROYED = declare(
    "people.retention.destroyed", _("a détruit des renseignements à la fin de leur conservation")
)
RETENTION_PAST = declare(
    "people.retention.past", _("a rappelé une conservation dont le jour est passé")
)
