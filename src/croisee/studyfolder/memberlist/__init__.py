"""A member list as a network keeps it, read line by line: what is sure, what is doubtful."""

from croisee.studyfolder.memberlist.columns import (
    Heading,
    MemberPart,
    find_heading,
    guess_columns,
    heading_at,
    without_personal_cells,
)
from croisee.studyfolder.memberlist.likeness import Likeness
from croisee.studyfolder.memberlist.reading import (
    Decision,
    Member,
    MemberReport,
    Outcome,
    ReadLine,
    read_members,
)

__all__ = [
    "Decision",
    "Heading",
    "Likeness",
    "Member",
    "MemberPart",
    "MemberReport",
    "Outcome",
    "ReadLine",
    "find_heading",
    "guess_columns",
    "heading_at",
    "read_members",
    "without_personal_cells",
]
