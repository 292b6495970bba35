"""Read and check a study folder, say everything that is wrong with it, at once; write one."""

from croisee.studyfolder.exporting import write_study
from croisee.studyfolder.gathering import Written, gather_study
from croisee.studyfolder.margins import MarginLine
from croisee.studyfolder.problems import Problem
from croisee.studyfolder.reading import StudyFolder, read_study
from croisee.studyfolder.sessionlog import CutDecision, NotedOpening, left_in_the_folder
from croisee.studyfolder.starting import StudyExists, new_study
from croisee.studyfolder.writings import prose_faults

__all__ = [
    "CutDecision",
    "MarginLine",
    "NotedOpening",
    "Problem",
    "StudyExists",
    "StudyFolder",
    "Written",
    "gather_study",
    "left_in_the_folder",
    "new_study",
    "prose_faults",
    "read_study",
    "write_study",
]
