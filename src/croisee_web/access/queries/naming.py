"""What somebody is called who did something: acts bear a label, an account may be renamed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from croisee_web.access.models import Account

_ACCOUNT = "compte:"


def names_of_actors(labels: Iterable[str]) -> dict[str, str]:
    """Return the name of each label, in the reader's language. One SQL query.

    An account that is gone keeps its label.
    """
    asked = tuple(labels)
    numbers = [int(one.removeprefix(_ACCOUNT)) for one in asked if one.startswith(_ACCOUNT)]
    names = dict(Account.objects.filter(pk__in=numbers).values_list("pk", "name"))
    said = {"console": _("La console du serveur"), "site": _("Le site")}
    said |= {f"{_ACCOUNT}{number}": name for number, name in names.items()}
    return {label: said.get(label, label) for label in asked}
