"""An incident for the tests, and a decision on it."""

from datetime import UTC, date, datetime, timedelta

from croisee_web.people.models import Incident
from croisee_web.people.queries.incidents import ELEMENTS, JUDGED

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def made_incident(study):
    """A key lost three days ago."""
    return Incident.objects.create(
        study=study, information="Une liste de courriels", circumstances="Clé USB perdue",
        occurred="le 10 novembre", known_on=TODAY - timedelta(days=3), persons="12",
        injury="à voir", measures="Mots de passe changés", noted_at=AT, noted_by="équipe",
    )  # fmt: skip


def judgement(level="1", **more):
    reasons = {f"{name}_why": f"Motif {name}" for name in ELEMENTS}
    told = dict.fromkeys(ELEMENTS, level) | reasons
    rest = {name: "" for name in JUDGED if name not in told}
    return rest | told | {"serious": level == "3"} | more
