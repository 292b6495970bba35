"""Words of the people slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare


class ConsentMode(models.TextChoices):
    """How a consent was given."""

    WRITTEN = "written", _("par écrit")
    ORAL = "oral", _("de vive voix")
    CLICK = "click", _("à l’écran")


class WithdrawalWay(models.TextChoices):
    """Where a withdrawal came from."""

    OWN_PAGE = "own-page", _("par la personne, sur sa page")
    TEAM = "team", _("par l’équipe, à sa demande")
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
