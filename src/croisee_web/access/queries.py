"""Questions one may ask about who may do what. Nothing here writes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from croisee_web.access.models import Account, Assignment
from croisee_web.access.vocabulary import VERBS, Verb
from croisee_web.kit.errors import NotFound, UseCaseError


class NotAllowed(UseCaseError):
    """The account is in this study, and its roles do not allow this."""

    http_status = 403


def verbs_in(
    *, account: Account, study_id: int, case: str = "", anywhere: bool = False
) -> frozenset[Verb]:
    """Return what an account may do in a study, or in one of its networks. One SQL query.

    A role given for one network counts there only; a role given for the study counts
    everywhere. With ``case=""``: the verbs held for the whole study; with ``anywhere``,
    those held for at least one network too.
    """
    if not account.is_active or account.pk is None:
        return frozenset()
    rows = Assignment.objects.filter(account_id=account.pk, study_id=study_id)
    if not anywhere:
        rows = rows.filter(case__in={"", case})
    return frozenset().union(*(VERBS[role] for role in rows.values_list("role", flat=True)))


def cases_with(*, account: Account, study_id: int, verb: Verb) -> tuple[bool, tuple[str, ...]]:
    """Return whether a verb is held for the whole study, and else for which networks.

    One SQL query.
    """
    rows = [
        case
        for case, role in Assignment.objects.filter(
            account_id=account.pk, study_id=study_id
        ).values_list("case", "role")
        if verb in VERBS[role]
    ]
    return "" in rows, tuple(sorted({case for case in rows if case}))


def studies_of(*, account: Account) -> tuple[int, ...]:
    """Return the numbers of the studies where an account has a role. One SQL query."""
    rows = Assignment.objects.filter(account_id=account.pk).values_list("study_id", flat=True)
    return tuple(sorted(set(rows))) if account.is_active else ()


def require(*, actor: Account, verb: Verb, study_id: int, case: str = "") -> None:
    """Stop whoever may not do this. One SQL query, two when refused.

    ``case=""`` asks for the verb in the whole study; a network's code, in that network.

    Raises:
        NotFound: the account has no role in this study: that it exists is not said.
        NotAllowed: it has one, and its roles do not allow this.
    """
    if verb in verbs_in(account=actor, study_id=study_id, case=case):
        return
    if not Assignment.objects.filter(account_id=actor.pk, study_id=study_id).exists():
        raise NotFound(_("Il n’y a rien à cette adresse. Le lien a peut-être changé."))
    raise NotAllowed(
        _("Votre rôle dans cette étude ne permet pas cela. Demandez à la personne responsable.")
    )
