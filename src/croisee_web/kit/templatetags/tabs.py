"""Pages of one subject, side by side."""

from django import template
from django.http import HttpRequest
from django.urls import reverse

from croisee_web.kit.menu import tabs_for

register = template.Library()


@register.inclusion_tag("kit/tabs.html", takes_context=True)
def tabs(context: template.Context, group: str, title: str) -> dict[str, object]:
    """Show the tabs of a group; a page under a tab's own address is that tab's. No query.

    The context holds ``study`` (with ``slug`` and ``verbs``) and the request.
    """
    request: HttpRequest = context["request"]
    study = context["study"]
    shown = [
        (entry.label, reverse(entry.address, args=[study.slug]))
        for entry in tabs_for(group, frozenset(study.verbs))
    ]
    under = [href for _label, href in shown if request.path.startswith(href)]
    here = max(under, key=len, default="")
    return {
        "title": title,
        "tabs": [{"label": label, "href": href, "here": href == here} for label, href in shown],
    }
