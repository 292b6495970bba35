"""The menu of a study, as its reader may see it."""

from django import template
from django.http import HttpRequest
from django.urls import reverse

from croisee_web.kit.menu import menu_for

register = template.Library()


@register.inclusion_tag("kit/study_menu.html", takes_context=True)
def study_menu(context: template.Context) -> dict[str, object]:
    """Show the five verbs and the pages under each. Makes no query.

    The context holds ``study`` (with ``slug`` and ``verbs``) and the request.
    """
    request: HttpRequest = context["request"]
    study = context["study"]
    steps = [
        (
            step,
            [
                {
                    "label": entry.label,
                    "href": reverse(entry.address, args=[study.slug]),
                    "here": request.path == reverse(entry.address, args=[study.slug]),
                }
                for entry in entries
            ],
        )
        for step, entries in menu_for(frozenset(study.verbs))
    ]
    home = reverse("study:home", args=[study.slug])
    return {"steps": steps, "home": home, "at_home": request.path == home}
