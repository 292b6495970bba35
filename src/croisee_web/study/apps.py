"""The study slice, as Django knows it."""

from django.apps import AppConfig


class StudyConfig(AppConfig):
    """Studies and their networks."""

    name = "croisee_web.study"
    label = "study"

    def ready(self) -> None:
        """Tell the slice of accounts how studies are called and found."""
        from croisee_web.access.http import studies_are_found_by  # noqa: PLC0415 -- needs models
        from croisee_web.access.rules import studies_are_named_by  # noqa: PLC0415
        from croisee_web.study.queries.naming import StudyDirectory, study_ref  # noqa: PLC0415

        studies_are_named_by(StudyDirectory())
        studies_are_found_by(study_ref)
