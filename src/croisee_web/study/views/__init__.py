"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from croisee_web.study.views.activities import activities
from croisee_web.study.views.committee import (
    decision_add,
    decision_edit,
    decisions,
    meeting_add,
    meeting_edit,
    meetings,
)
from croisee_web.study.views.description import study_create, study_description, study_list
from croisee_web.study.views.home import study_home
from croisee_web.study.views.members import (
    list_confirm,
    list_drop,
    list_seen,
    list_upload,
    member_add,
    member_edit,
    member_page,
    member_remove,
)
from croisee_web.study.views.networks import case_add, case_edit, case_move, case_remove, cases
from croisee_web.study.views.parts import (
    certificates,
    committee,
    context,
    editions,
    methods,
    milestones,
    retention,
    sizes,
)

__all__ = [
    "activities",
    "case_add",
    "case_edit",
    "case_move",
    "case_remove",
    "cases",
    "certificates",
    "committee",
    "context",
    "decision_add",
    "decision_edit",
    "decisions",
    "editions",
    "list_confirm",
    "list_drop",
    "list_seen",
    "list_upload",
    "meeting_add",
    "meeting_edit",
    "meetings",
    "member_add",
    "member_edit",
    "member_page",
    "member_remove",
    "methods",
    "milestones",
    "retention",
    "sizes",
    "study_create",
    "study_description",
    "study_home",
    "study_list",
]
