"""What one may do with results. One function an act; each is one transaction."""

from croisee_web.report.rules import ChangedMeanwhile
from croisee_web.report.usecases.amending import (
    NoReason,
    NotAmended,
    Wish,
    decide_amendment,
    drop_amendment,
    propose_amendment,
)
from croisee_web.report.usecases.changing import make_amendment, try_amendment
from croisee_web.report.usecases.computing import ResultsRefused, compute_results
from croisee_web.report.usecases.discussing import (
    NothingSaid,
    answer_finding,
    comment_finding,
)
from croisee_web.report.usecases.editing import (
    FindingRefused,
    SealedFinding,
    add_finding,
    change_finding,
    restore_finding,
    withdraw_finding,
)
from croisee_web.report.usecases.erasing import erase_participant
from croisee_web.report.usecases.publishing import (
    AlreadyPublished,
    NotAFinishedRun,
    StillADraft,
    publish_results,
    withdraw_publication,
)
from croisee_web.report.usecases.renewing import (
    erase_results,
    refresh_publication,
    renew_publications,
    take_down,
)
from croisee_web.report.usecases.sealing import (
    NotSealed,
    ask_to_seal,
    publish_sealed,
    seal_results,
)
from croisee_web.report.usecases.writing import write_writings

__all__ = [
    "AlreadyPublished",
    "ChangedMeanwhile",
    "FindingRefused",
    "NoReason",
    "NotAFinishedRun",
    "NotAmended",
    "NotSealed",
    "NothingSaid",
    "ResultsRefused",
    "SealedFinding",
    "StillADraft",
    "Wish",
    "add_finding",
    "answer_finding",
    "ask_to_seal",
    "change_finding",
    "comment_finding",
    "compute_results",
    "decide_amendment",
    "drop_amendment",
    "erase_participant",
    "erase_results",
    "make_amendment",
    "propose_amendment",
    "publish_results",
    "publish_sealed",
    "refresh_publication",
    "renew_publications",
    "restore_finding",
    "seal_results",
    "take_down",
    "try_amendment",
    "withdraw_finding",
    "withdraw_publication",
    "write_writings",
]
