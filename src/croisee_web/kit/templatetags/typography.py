"""``|typo``: the spaces of the reader's language, at display only."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from croisee.language import Language
from croisee.text import typeset_html

register = template.Library()


@register.filter
def typo(text: str) -> SafeString:
    """Return the text escaped, with no-break spaces where the language wants them."""
    language: Language = "en" if (get_language() or "fr").startswith("en") else "fr"
    return mark_safe(typeset_html(str(text), language))  # noqa: S308 -- typeset_html escapes
