"""Words of the access slice: what may be done, and who may do it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare


class Verb(models.TextChoices):
    """One thing an account may do in a study. A role is a set of verbs."""

    SEE_STUDY = "see-study", _("voir l’accueil de l’étude")
    EDIT_STUDY = "edit-study", _("modifier l’étude, ses réseaux et ses activités")
    EDIT_ETHICS = "edit-ethics", _("tenir les certificats, les consentements et la conservation")
    MANAGE_ACCESS = "manage-access", _("inviter et donner des rôles")
    READ_JOURNAL = "read-journal", _("lire qui a fait quoi")
    SEE_PARTICIPANTS = "see-participants", _("voir les personnes par leur code")
    EDIT_PARTICIPANTS = "edit-participants", _("inscrire des personnes et leurs consentements")
    SEE_IDENTITIES = "see-identities", _("voir les noms et les coordonnées")
    WITHDRAW = "withdraw", _("recevoir un retrait")
    READ_CORPUS = "read-corpus", _("lire les verbatims et les réponses")
    CODE = "code", _("coder les verbatims")
    FACILITATE = "facilitate", _("animer les groupes")
    EXCHANGE = "exchange", _("importer et exporter l’étude")
    FREEZE = "freeze", _("calculer les résultats")
    WRITE_FINDINGS = "write-findings", _("écrire les constats")
    READ_RESULTS = "read-results", _("lire les résultats de toute l’étude")
    READ_NETWORK_RESULTS = "read-network-results", _("lire les résultats de son réseau")
    DISCUSS = "discuss", _("commenter, valider ou contester un constat")
    COMMITTEE = "committee", _("tenir les rencontres et les décisions du comité")
    SEAL = "seal", _("sceller et diffuser les résultats")
    OPENED = "opened", _("voir les noms par un accès exceptionnel, pour quelques heures")


class FactorKind(models.TextChoices):
    """What a second factor is."""

    APPLICATION = "totp", _("application de codes")
    PASSKEY = "passkey", _("clé d’accès")


class Role(models.TextChoices):
    """What somebody is in a study, or in one of its networks."""

    LEAD = "lead", _("Responsable de l’étude")
    RESEARCHER = "researcher", _("Recherche")
    CODER = "coder", _("Codage")
    FACILITATOR = "facilitator", _("Animation")
    COORDINATOR = "coordinator", _("Coordination d’un réseau")
    COMMITTEE = "committee", _("Comité d’encadrement")


VERBS: dict[str, frozenset[Verb]] = {
    Role.LEAD: frozenset(Verb) - {Verb.OPENED},
    Role.RESEARCHER: frozenset(Verb)
    - {Verb.MANAGE_ACCESS, Verb.SEAL, Verb.SEE_IDENTITIES, Verb.READ_JOURNAL, Verb.OPENED},
    Role.CODER: frozenset(
        {Verb.SEE_STUDY, Verb.READ_CORPUS, Verb.CODE, Verb.READ_RESULTS, Verb.SEE_PARTICIPANTS}
    ),
    Role.FACILITATOR: frozenset({Verb.SEE_STUDY, Verb.FACILITATE, Verb.SEE_PARTICIPANTS}),
    Role.COORDINATOR: frozenset({Verb.SEE_STUDY, Verb.READ_NETWORK_RESULTS, Verb.DISCUSS}),
    Role.COMMITTEE: frozenset(
        {Verb.SEE_STUDY, Verb.READ_NETWORK_RESULTS, Verb.DISCUSS, Verb.COMMITTEE}
    ),
}
"""What each role may do. A coordinator's assignment names her network: she reads that one only.

The system administrator has no verb in any study: she runs the site and reads nothing in it.
"""

STRONG = frozenset({Verb.SEE_IDENTITIES})
"""Verbs that need a second factor, whatever the role that gives them."""

OPENING = "opening"
"""The role of somebody let in by two persons, for a few hours, for a written reason."""
VERBS[OPENING] = frozenset(
    {Verb.SEE_STUDY, Verb.SEE_PARTICIPANTS, Verb.SEE_IDENTITIES, Verb.OPENED}
)

FIRST_ADMINISTRATOR = declare("access.account.first", _("a ouvert le premier compte"))
ACCOUNT_INVITED = declare("access.account.invited", _("a invité une personne"))
ACCOUNT_JOINED = declare("access.account.joined", _("a accepté une invitation"))
INVITATION_RESENT = declare("access.invitation.resent", _("a renvoyé une invitation"))
INVITATION_CANCELLED = declare("access.invitation.cancelled", _("a annulé une invitation"))
ROLE_GIVEN = declare("access.role.given", _("a donné un rôle"))
ROLE_TAKEN = declare("access.role.taken", _("a retiré un rôle"))

SIGNED_IN = declare("access.session.opened", _("a ouvert une session"))
SESSIONS_ENDED = declare("access.session.all_ended", _("a fermé toutes ses sessions"))
ACCOUNT_CHANGED = declare("access.account.changed", _("a modifié son compte"))
ACCOUNT_CLOSED = declare("access.account.closed", _("a suspendu un compte"))
ACCOUNT_REOPENED = declare("access.account.reopened", _("a rétabli un compte"))
PASSWORD_CHANGED = declare("access.password.changed", _("a changé son mot de passe"))
FACTOR_ADDED = declare("access.factor.added", _("a ajouté une double vérification"))
FACTOR_REMOVED = declare("access.factor.removed", _("a retiré une double vérification"))
CODES_MADE = declare("access.codes.made", _("a demandé de nouveaux codes de secours"))
CODE_USED = declare("access.codes.used", _("a utilisé un code de secours"))
OPENING_ASKED = declare("access.opening.asked", _("a demandé un accès exceptionnel aux noms"))
OPENING_GRANTED = declare("access.opening.granted", _("a approuvé un accès exceptionnel aux noms"))
OPENING_REFUSED = declare("access.opening.refused", _("a refusé un accès exceptionnel aux noms"))
OPENING_ENDED = declare("access.opening.ended", _("a mis fin à un accès exceptionnel aux noms"))
RECOVERY_ASKED = declare("access.recovery.asked", _("a reçu une demande de secours d’un compte"))
RECOVERY_CONFIRMED = declare("access.recovery.confirmed", _("a confirmé une demande de secours"))
RECOVERY_REFUSED = declare("access.recovery.refused", _("a refusé une demande de secours"))
RECOVERED = declare("access.recovery.done", _("a remplacé sa double vérification perdue"))
ADMINISTRATOR_NAMED = declare(
    "access.administrator.named", _("a nommé une personne à l’administration du site")
)
ADMINISTRATOR_REMOVED = declare(
    "access.administrator.removed", _("a retiré une personne de l’administration du site")
)
