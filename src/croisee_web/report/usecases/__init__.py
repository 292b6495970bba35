"""What one may do with results. One function an act; each is one transaction."""

from croisee_web.report.usecases.publishing import (
    AlreadyPublished,
    NotAFinishedRun,
    StillADraft,
    publish_results,
    withdraw_publication,
)
from croisee_web.report.usecases.writing import write_writings

__all__ = [
    "AlreadyPublished",
    "NotAFinishedRun",
    "StillADraft",
    "publish_results",
    "withdraw_publication",
    "write_writings",
]
