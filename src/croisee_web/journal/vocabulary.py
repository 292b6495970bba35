"""The acts that may enter the journal; each is ``slice.noun.past``."""

REPORT_PUBLISHED = "report.publication.published"
REPORT_WITHDRAWN = "report.publication.withdrawn"
ACTS = frozenset({REPORT_PUBLISHED, REPORT_WITHDRAWN})
