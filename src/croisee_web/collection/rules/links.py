"""A new link, and what it is known by."""

from __future__ import annotations

from croisee_web.collection import vault
from croisee_web.collection.models import AnswerLink, Collecting, random_number


def fresh_link(row: Collecting, case: int, **codes: str) -> tuple[AnswerLink, str]:
    """Return a link that is not kept yet, and its token."""
    number = random_number()
    token = vault.new_token(row.study_id, row.pk, number)
    code = vault.code_digest(vault.new_code(row.study_id, row.pk, number))
    link = AnswerLink(
        pk=number,
        collecting=row,
        case_id=case,
        token_sha256=vault.token_digest(token),
        code_digest=code,
        **codes,
    )
    return link, token
