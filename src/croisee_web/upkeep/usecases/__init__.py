"""What may be done to the site as a whole."""

from croisee_web.upkeep.usecases.entry import use_entry_link
from croisee_web.upkeep.usecases.moving import move_site
from croisee_web.upkeep.usecases.saving import back_up, restore

__all__ = ["back_up", "move_site", "restore", "use_entry_link"]
