"""What one may do with results. One function an act; each is one transaction."""

from croisee_web.report.usecases.computing import ResultsRefused, compute_results
from croisee_web.report.usecases.discussing import (
    ChangedMeanwhile,
    NothingSaid,
    answer_finding,
    comment_finding,
)
from croisee_web.report.usecases.erasing import erase_participant
from croisee_web.report.usecases.publishing import (
    AlreadyPublished,
    NotAFinishedRun,
    StillADraft,
    publish_results,
    withdraw_publication,
)
from croisee_web.report.usecases.renewing import erase_results, renew_publications, take_down
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
    "NotAFinishedRun",
    "NotSealed",
    "NothingSaid",
    "ResultsRefused",
    "StillADraft",
    "answer_finding",
    "ask_to_seal",
    "comment_finding",
    "compute_results",
    "erase_participant",
    "erase_results",
    "publish_results",
    "publish_sealed",
    "renew_publications",
    "seal_results",
    "take_down",
    "withdraw_publication",
    "write_writings",
]
