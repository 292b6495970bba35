"""``|named``: the name of a code, from what the page was given."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """Return a code's name, or the code itself when nobody gave it one."""
    return names.get(code, code)
