"""Read and check a study folder; say everything that is wrong with it, at once."""

from croisee.studyfolder.problems import Problem
from croisee.studyfolder.reading import StudyFolder, read_study

__all__ = ["Problem", "StudyFolder", "read_study"]
