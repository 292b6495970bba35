"""Rules of the study slice: plain values in, plain values out."""

from croisee_web.study.rules.addresses import propose_slug
from croisee_web.study.rules.reminders import Reminder, add_reminders

__all__ = ["Reminder", "add_reminders", "propose_slug"]
