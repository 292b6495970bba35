"""``|typo``, ``|typo_plain``: the spaces of the reader's language, at display only."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from croisee.language import Language
from croisee.text import typeset, typeset_html

register = template.Library()


@register.filter
def typo(text: str) -> SafeString:
    """Return the text escaped, with no-break spaces where the language wants them."""
    return mark_safe(typeset_html(str(text), _language()))  # noqa: S308 -- typeset_html escapes


@register.filter
def typo_plain(text: str) -> str:
    """Return the text as ``|typo``, for a page whose fonts are unknown: no narrow space."""
    return typeset(str(text), _language(), medium="text")


def _language() -> Language:
    return "en" if (get_language() or "fr").startswith("en") else "fr"
