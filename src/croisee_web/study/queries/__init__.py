"""Questions one may ask about a study. Nothing here writes."""

from croisee_web.study.queries.described import dataset_rows, described
from croisee_web.study.queries.description import Description, Versioned, description_of
from croisee_web.study.queries.ethics import collection_open, next_destruction
from croisee_web.study.queries.naming import (
    StudyRef,
    may_create_studies,
    reader_language,
    said,
    study_ref,
    study_refs,
)
from croisee_web.study.queries.parts import PartRow, part_rows

__all__ = [
    "Description",
    "PartRow",
    "StudyRef",
    "Versioned",
    "collection_open",
    "dataset_rows",
    "described",
    "description_of",
    "may_create_studies",
    "next_destruction",
    "part_rows",
    "reader_language",
    "said",
    "study_ref",
    "study_refs",
]
