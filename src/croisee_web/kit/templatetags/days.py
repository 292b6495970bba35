"""``|jour`` and ``|moment``: a day, and a time, as they are said in the reader's language."""

from datetime import date, datetime

from django import template

from croisee_web.kit.days import day_text, moment_text

register = template.Library()


@register.filter(expects_localtime=True)
def jour(day: date) -> str:
    """Return « 1er décembre 2026 » or « December 1, 2026 »."""
    return day_text(day)


@register.filter(expects_localtime=True)
def moment(at: datetime) -> str:
    """Return « 1er décembre 2026, 8 h 05 » or « December 1, 2026, 8:05 a.m. »."""
    return moment_text(at)
