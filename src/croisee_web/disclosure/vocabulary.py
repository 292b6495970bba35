"""Words of the disclosure slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare


class WaiverKind(models.TextChoices):
    """A threshold lifted by a decision; a cell that those counted in it agreed to show."""

    EXCEPTION = "exception", _("exception")
    AGREEMENT = "accord", _("accord écrit")


class AmendmentAct(models.TextChoices):
    """What is asked of a sealed release, as the register writes it."""

    REMOVE = "ote", _("retirer")
    CORRECT = "corrige", _("corriger une erreur de notre part")
    ADD = "ajoute", _("ajouter un tableau")
    REVISE = "reedite", _("rééditer avec d’autres réponses")


class AmendmentState(models.TextChoices):
    """Where a change to a sealed release stands."""

    TRYING = "trying", _("à l’essai")
    READY = "ready", _("à décider")
    REFUSED = "refused", _("refusé")
    DECIDED = "decided", _("décidé, en cours")
    DONE = "done", _("fait")
    DROPPED = "dropped", _("abandonné")


RELEASE_SEALED = declare("disclosure.release.sealed", _("a scellé une diffusion"))
POLICY_WRITTEN = declare("disclosure.policy.written", _("a écrit la politique de divulgation"))
WARNINGS_DECIDED = declare(
    "disclosure.warnings.decided", _("a décidé que les avertissements de l’audit peuvent rester")
)
AMENDMENT_TRIED = declare(
    "disclosure.amendment.tried", _("a essayé un changement à une diffusion scellée")
)
AMENDMENT_REFUSED = declare(
    "disclosure.amendment.refused", _("n’a pas pu changer une diffusion scellée")
)
AMENDMENT_DROPPED = declare(
    "disclosure.amendment.dropped", _("a abandonné un changement à une diffusion scellée")
)
AMENDMENT_DECIDED = declare(
    "disclosure.amendment.decided", _("a décidé un changement à une diffusion scellée")
)
AMENDMENT_DONE = declare("disclosure.amendment.done", _("a changé une diffusion scellée"))
