"""What may be done with accounts, roles and sessions. One function an act, the journal last."""

from croisee_web.access.usecases.accounts import (
    WeakPassword,
    change_account,
    change_password,
    first_administrator,
    reopen_account,
    suspend_account,
)
from croisee_web.access.usecases.administrators import (
    LastAdministrator,
    name_administrator,
    name_from_console,
    remove_administrator,
)
from croisee_web.access.usecases.invitations import (
    AlreadyThere,
    cancel_invitation,
    invite,
    join,
    join_with_new_account,
    resend_invitation,
)
from croisee_web.access.usecases.letters import (
    send_invitation,
    send_reset,
    tell_of_opening,
)
from croisee_web.access.usecases.openings import (
    TwoPersons,
    answer_opening,
    ask_opening,
    end_opening,
)
from croisee_web.access.usecases.passkeys import (
    PasskeyRefused,
    State,
    add_passkey,
    begin_adding,
    begin_signing,
    check_passkey,
)
from croisee_web.access.usecases.passwords import (
    OldLink,
    ask_for_reset,
    forget_what_is_over,
    link_holds,
    reset_password,
)
from croisee_web.access.usecases.proofs import FactorProof
from croisee_web.access.usecases.recoveries import (
    NewApplication,
    TooRecent,
    ask_for_recovery,
    confirm_recovery,
    open_recovery,
    recover,
    refuse_recovery,
)
from croisee_web.access.usecases.recovery_letters import (
    send_recovery_link,
    tell_of_administrator,
    tell_of_recovery,
)
from croisee_web.access.usecases.roles import (
    LastLead,
    NotARole,
    give_first_lead,
    give_role,
    take_role,
)
from croisee_web.access.usecases.second_factors import (
    WrongCode,
    add_application,
    check_code,
    new_codes,
    remove_factor,
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
    "AlreadyThere",
    "FactorProof",
    "LastAdministrator",
    "LastLead",
    "NewApplication",
    "NotARole",
    "OldLink",
    "PasskeyRefused",
    "State",
    "TooManyTries",
    "TooRecent",
    "TwoPersons",
    "WeakPassword",
    "WrongCode",
    "WrongPassword",
    "add_application",
    "add_passkey",
    "answer_opening",
    "ask_for_recovery",
    "ask_for_reset",
    "ask_opening",
    "begin_adding",
    "begin_signing",
    "cancel_invitation",
    "change_account",
    "change_password",
    "check_code",
    "check_passkey",
    "confirm_password",
    "confirm_recovery",
    "end_every_session",
    "end_opening",
    "first_administrator",
    "forget_what_is_over",
    "give_first_lead",
    "give_role",
    "invite",
    "join",
    "join_with_new_account",
    "link_holds",
    "name_administrator",
    "name_from_console",
    "new_codes",
    "note_sign_in",
    "open_recovery",
    "recover",
    "refuse_recovery",
    "remove_administrator",
    "remove_factor",
    "reopen_account",
    "resend_invitation",
    "reset_password",
    "send_invitation",
    "send_recovery_link",
    "send_reset",
    "sign_in",
    "suspend_account",
    "take_role",
    "tell_of_administrator",
    "tell_of_opening",
    "tell_of_recovery",
]
