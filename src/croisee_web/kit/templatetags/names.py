"""``|named``: the name of a code. ``in_the_other_language``: the same page, in it."""

from collections.abc import Mapping

from django import template
from django.http import HttpRequest
from django.urls import translate_url

register = template.Library()


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """Return a code's name, or the code itself when nobody gave it one."""
    return names.get(code, code)


@register.simple_tag(takes_context=True)
def in_the_other_language(context: template.Context, language: str) -> str:
    """Return the address of this page in another language, "" where it has only one."""
    request: HttpRequest = context["request"]
    here = request.get_full_path()
    there = translate_url(here, language)
    return "" if there == here else there
