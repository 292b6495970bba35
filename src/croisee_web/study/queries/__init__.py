"""Questions one may ask about a study. Nothing here writes."""

from croisee_web.study.queries.described import dataset_rows, described
from croisee_web.study.queries.naming import StudyRef, reader_language, said, study_ref, study_refs

__all__ = [
    "StudyRef",
    "dataset_rows",
    "described",
    "reader_language",
    "said",
    "study_ref",
    "study_refs",
]
