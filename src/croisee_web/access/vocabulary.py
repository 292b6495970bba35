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
    READ_RESULTS = "read-results", _("lire les résultats de toute l’étude")
    READ_NETWORK_RESULTS = "read-network-results", _("lire les résultats de son réseau")
    DISCUSS = "discuss", _("commenter, valider ou contester un constat")
    COMMITTEE = "committee", _("tenir les rencontres et les décisions du comité")
    SEAL = "seal", _("sceller et diffuser les résultats")


class Role(models.TextChoices):
    """What somebody is in a study, or in one of its networks."""

    LEAD = "lead", _("Responsable de l’étude")
    RESEARCHER = "researcher", _("Recherche")
    CODER = "coder", _("Codage")
    FACILITATOR = "facilitator", _("Animation")
    COORDINATOR = "coordinator", _("Coordination d’un réseau")
    COMMITTEE = "committee", _("Comité d’encadrement")


VERBS: dict[str, frozenset[Verb]] = {
    Role.LEAD: frozenset(Verb),
    Role.RESEARCHER: frozenset(Verb)
    - {Verb.MANAGE_ACCESS, Verb.SEAL, Verb.SEE_IDENTITIES, Verb.READ_JOURNAL},
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

ACCOUNT_INVITED = declare("access.account.invited", _("a invité une personne"))
ACCOUNT_JOINED = declare("access.account.joined", _("a accepté une invitation"))
ROLE_GIVEN = declare("access.role.given", _("a donné un rôle"))
ROLE_TAKEN = declare("access.role.taken", _("a retiré un rôle"))
