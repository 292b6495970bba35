"""What one may do with a study. One function an act; each is one transaction."""

from croisee_web.study.queries.description import Description
from croisee_web.study.queries.holding import StillHoldsSomething
from croisee_web.study.usecases.description import (
    AddressTaken,
    ChangedSince,
    change_study,
    create_study,
)
from croisee_web.study.usecases.networks import add_case, change_case, move_case, remove_case
from croisee_web.study.usecases.parts import (
    CodeTaken,
    RowEdit,
    RowsChangedSince,
    move_row,
    save_rows,
)
from croisee_web.study.usecases.writing import (
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
    "CodeTaken",
    "Description",
    "RowEdit",
    "RowsChangedSince",
    "StillHoldsSomething",
    "UnknownCode",
    "add_case",
    "change_case",
    "change_study",
    "create_study",
    "move_case",
    "move_row",
    "remove_case",
    "save_rows",
    "write_activities",
    "write_context",
    "write_description",
    "write_frame",
    "write_milestones",
]
