"""What a study says of itself, its frames, and what its committee follows."""

from croisee_web.study.models.collecting import Activity, FrameSize, MemberList, Organisation
from croisee_web.study.models.description import (
    Case,
    Certificate,
    Component,
    Edition,
    Membership,
    Method,
    Study,
)
from croisee_web.study.models.following import (
    CommitteeMember,
    ContextFigure,
    Decision,
    Meeting,
    Milestone,
    Retention,
)

__all__ = [
    "Activity",
    "Case",
    "Certificate",
    "CommitteeMember",
    "Component",
    "ContextFigure",
    "Decision",
    "Edition",
    "FrameSize",
    "Meeting",
    "MemberList",
    "Membership",
    "Method",
    "Milestone",
    "Organisation",
    "Retention",
    "Study",
]
