"""What one may do about participants. One function an act; each is one transaction."""

from croisee_web.people.usecases.giving import give_package
from croisee_web.people.usecases.importing import write_people
from croisee_web.people.usecases.registering import (
    ChangedMeanwhile,
    CodeTaken,
    add_participant,
    change_participant,
    issue_link,
    open_identity,
    record_consent,
    seal_identity,
)
from croisee_web.people.usecases.withdrawing import (
    CLEAN,
    PagesBusy,
    clean_freed_pages,
    reapply_withdrawals,
    withdraw,
)

__all__ = [
    "CLEAN",
    "ChangedMeanwhile",
    "CodeTaken",
    "PagesBusy",
    "add_participant",
    "change_participant",
    "clean_freed_pages",
    "give_package",
    "issue_link",
    "open_identity",
    "reapply_withdrawals",
    "record_consent",
    "seal_identity",
    "withdraw",
    "write_people",
]
