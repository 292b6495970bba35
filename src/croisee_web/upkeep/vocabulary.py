"""Words of the upkeep slice."""

from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

ENTERED_ONCE = declare(
    "upkeep.entry.used", _("a ouvert une session par le lien affiché à la console")
)
BACKUP_MADE = declare("upkeep.backup.made", _("a fait une sauvegarde"))
SITE_RESTORED = declare("upkeep.site.restored", _("a remis une sauvegarde en place"))
SITE_MOVED = declare("upkeep.site.moved", _("a déplacé le site vers une autre base"))

DETAILS = {
    "account": _("compte"),
    "activities": _("activités"),
    "added": _("ajoutés"),
    "addresses": _("adresses"),
    "amendment": _("changement"),
    "cards": _("cartes"),
    "case": _("réseau"),
    "cases": _("réseaux"),
    "changed": _("changés"),
    "codes": _("codes"),
    "codings": _("codages"),
    "collecting": _("collecte"),
    "consent": _("consentement"),
    "dataset": _("jeu gelé"),
    "documents": _("documents"),
    "editions": _("éditions"),
    "entries": _("actes"),
    "figures": _("chiffres de contexte"),
    "files": _("fichiers"),
    "finding": _("constat"),
    "findings": _("constats"),
    "form": _("formulaire"),
    "hours": _("heures"),
    "how": _("par"),
    "instrument": _("instrument"),
    "instruments": _("instruments"),
    "invitation": _("invitation"),
    "letter": _("courriel"),
    "key": _("clé"),
    "kind": _("genre"),
    "line": _("ligne"),
    "links": _("liens"),
    "lines": _("lignes"),
    "members": _("membres"),
    "methods": _("méthodes"),
    "milestones": _("jalons"),
    "modified": _("mis à jour"),
    "opening": _("demande"),
    "organisations": _("organismes"),
    "part": _("partie"),
    "participant": _("personne"),
    "people": _("personnes"),
    "proof": _("preuve"),
    "publication": _("rapport"),
    "purposes": _("finalités"),
    "questionnaire": _("questionnaire"),
    "questionnaires": _("questionnaires"),
    "recovery": _("demande de secours"),
    "refused": _("refusées"),
    "register": _("registre"),
    "release": _("diffusion"),
    "removed": _("retirés"),
    "renamed": _("renommés"),
    "role": _("rôle"),
    "rows": _("rangées"),
    "run": _("calcul"),
    "sessions": _("séances"),
    "sheets": _("feuilles de réponses"),
    "sizes": _("nombres de membres"),
    "stance": _("réponse"),
    "submission": _("formulaire rempli"),
    "tables": _("tableaux"),
    "themes": _("thèmes"),
    "turns": _("tours de parole"),
    "upload": _("dossier envoyé"),
    "version": _("version"),
    "waivers": _("exceptions"),
}
"""How the details of an act read on a page; the journal itself keeps the names in the code."""
