"""``|jour``: a day as it is said in the reader's language."""

from datetime import date

from django import template

from croisee_web.kit.days import day_text

register = template.Library()


@register.filter
def jour(day: date) -> str:
    """Return « 1er décembre 2026 » or « December 1, 2026 »."""
    return day_text(day)
