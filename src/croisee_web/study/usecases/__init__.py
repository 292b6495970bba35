"""What one may do with a study. One function an act; each is one transaction."""

from croisee_web.study.usecases.description import (
    AddressTaken,
    ChangedSince,
    Description,
    change_study,
    create_study,
)
from croisee_web.study.usecases.writing import (
    StillHoldsSomething,
    UnknownCode,
    write_activities,
    write_context,
    write_description,
    write_frame,
    write_milestones,
)

__all__ = [
    "AddressTaken",
    "ChangedSince",
    "Description",
    "StillHoldsSomething",
    "UnknownCode",
    "change_study",
    "create_study",
    "write_activities",
    "write_context",
    "write_description",
    "write_frame",
    "write_milestones",
]
