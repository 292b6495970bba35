"""Words of the upkeep slice."""

from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

ENTERED_ONCE = declare(
    "upkeep.entry.used", _("a ouvert une session par le lien affiché à la console")
)
BACKUP_MADE = declare("upkeep.backup.made", _("a fait une sauvegarde"))
SITE_RESTORED = declare("upkeep.site.restored", _("a remis une sauvegarde en place"))
SITE_MOVED = declare("upkeep.site.moved", _("a déplacé le site vers une autre base"))
