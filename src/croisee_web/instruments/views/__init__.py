"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from croisee_web.instruments.views.bank import bank, borrow
from croisee_web.instruments.views.editing import (
    edit,
    question_move,
    question_remove,
    rename,
    undo,
)
from croisee_web.instruments.views.editions import edition
from croisee_web.instruments.views.listing import listing, remove, start, take_in
from croisee_web.instruments.views.printing import paper
from croisee_web.instruments.views.publishing import (
    differences,
    publish,
    take_back,
    versions,
    workbook,
    workbook_published,
)
from croisee_web.instruments.views.questions import condition, question_add, question_edit
from croisee_web.instruments.views.trying import preview

__all__ = [
    "bank",
    "borrow",
    "condition",
    "differences",
    "edit",
    "edition",
    "listing",
    "paper",
    "preview",
    "publish",
    "question_add",
    "question_edit",
    "question_move",
    "question_remove",
    "remove",
    "rename",
    "start",
    "take_back",
    "take_in",
    "undo",
    "versions",
    "workbook",
    "workbook_published",
]
