"""Who may do what."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from croisee_web.access.models import Account, Assignment, SecondFactor
from croisee_web.access.vocabulary import STRONG, VERBS, Verb
from croisee_web.kit.errors import NotFound, UseCaseError


class NotAllowed(UseCaseError):
    """The account is in this study, and its roles do not allow this."""

    http_status = 403


class SecondFactorNeeded(NotAllowed):
    """The role allows it, once the account signs in with a second factor."""

    address = "access:second-factor"


def verbs_in(
    *, account: Account, study_id: int, case: str = "", anywhere: bool = False
) -> frozenset[Verb]:
    """Return what an account may do in a study, or in one of its networks. One SQL query.

    A role given for one network counts there only; a role given for the study counts
    everywhere. With ``case=""``: the verbs held for the whole study; with ``anywhere``,
    those held for at least one network too. The verbs of ``STRONG`` count only for an
    account that has a second factor; an exceptional access counts until its end.
    """
    held = _held(account, study_id)
    return frozenset().union(*(verbs for where, verbs in held if anywhere or where in {"", case}))


def cases_with(*, account: Account, study_id: int, verb: Verb) -> tuple[bool, tuple[str, ...]]:
    """Return whether a verb is held for the whole study, and else for which networks.

    One SQL query.
    """
    cases = {where for where, verbs in _held(account, study_id) if verb in verbs}
    return "" in cases, tuple(sorted(cases - {""}))


def studies_of(*, account: Account) -> tuple[int, ...]:
    """Return the numbers of the studies where an account has a role. One SQL query."""
    if not account.is_active or account.pk is None:
        return ()
    rows = Assignment.objects.filter(in_force(), account_id=account.pk)
    return tuple(sorted(set(rows.values_list("study_id", flat=True))))


def may_see_identities(*, account: Account, study_id: int) -> bool:
    """Return whether the names of a study's participants may be shown to an account.

    By role or by an exceptional access under way, and with a second factor. One SQL query.
    """
    return Verb.SEE_IDENTITIES in verbs_in(account=account, study_id=study_id)


def require(*, actor: Account, verb: Verb, study_id: int, case: str = "") -> None:
    """Stop whoever may not do this. One SQL query, two when refused.

    ``case=""`` asks for the verb in the whole study; a network's code, in that network.

    Raises:
        NotFound: the account has no role in this study: that it exists is not said.
        SecondFactorNeeded: its role would allow it, with a second factor.
        NotAllowed: it has one, and its roles do not allow this.
    """
    if verb in verbs_in(account=actor, study_id=study_id, case=case):
        return
    roles = Assignment.objects.filter(in_force(), account_id=actor.pk, study_id=study_id)
    given = set(roles.filter(case__in={"", case}).values_list("role", flat=True))
    if not actor.is_active or not roles.exists():
        raise NotFound
    if verb in STRONG and any(verb in VERBS[role] for role in given):
        raise SecondFactorNeeded(
            _(
                "Pour voir les noms, votre compte a besoin d’une double vérification. "
                "Ajoutez-la dans votre compte : il faut deux minutes."
            )
        )
    raise NotAllowed(
        _("Votre rôle dans cette étude ne permet pas cela. Demandez à la personne responsable.")
    )


def _held(account: Account, study_id: int) -> list[tuple[str, frozenset[Verb]]]:
    """Return the verbs of each role in force, with the network it is given for."""
    if not account.is_active or account.pk is None:
        return []
    factor = SecondFactor.objects.filter(account_id=OuterRef("account_id"))
    rows = (
        Assignment.objects.filter(in_force(), account_id=account.pk, study_id=study_id)
        .annotate(strong=Exists(factor))
        .values_list("case", "role", "strong")
    )
    return [(case, VERBS[role] if strong else VERBS[role] - STRONG) for case, role, strong in rows]


def in_force() -> Q:
    """Return what picks roles, and exceptional accesses under way by the database's clock."""
    return Q(until=None) | Q(until__gt=Now())
