"""What may be done with accounts, roles and sessions. One function an act, the journal last."""

from croisee_web.access.usecases.accounts import (
    WeakPassword,
    change_account,
    change_password,
    first_administrator,
    reopen_account,
    suspend_account,
)
from croisee_web.access.usecases.sign_in import (
    TooManyTries,
    WrongPassword,
    confirm_password,
    end_every_session,
    note_sign_in,
    sign_in,
)

__all__ = [
    "TooManyTries",
    "WeakPassword",
    "WrongPassword",
    "change_account",
    "change_password",
    "confirm_password",
    "end_every_session",
    "first_administrator",
    "note_sign_in",
    "reopen_account",
    "sign_in",
    "suspend_account",
]
