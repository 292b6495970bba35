"""What one may do with results. One function an act; each is one transaction."""

from croisee_web.report.usecases.computing import ResultsRefused, compute_results
from croisee_web.report.usecases.erasing import erase_participant
from croisee_web.report.usecases.publishing import (
    AlreadyPublished,
    NotAFinishedRun,
    StillADraft,
    publish_results,
    withdraw_publication,
)
from croisee_web.report.usecases.renewing import erase_results, renew_publications, take_down
from croisee_web.report.usecases.writing import write_writings

__all__ = [
    "AlreadyPublished",
    "NotAFinishedRun",
    "ResultsRefused",
    "StillADraft",
    "compute_results",
    "erase_participant",
    "erase_results",
    "publish_results",
    "renew_publications",
    "take_down",
    "withdraw_publication",
    "write_writings",
]
