"""The study slice, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudyConfig(AppConfig):
    """Studies and their networks."""

    name = "croisee_web.study"
    label = "study"

    def ready(self) -> None:
        """Add the pages to the menu; tell the slice of accounts how studies are called."""
        from croisee_web.access.http import studies_are_found_by  # noqa: PLC0415 -- needs models
        from croisee_web.access.rules import studies_are_named_by  # noqa: PLC0415
        from croisee_web.access.vocabulary import Verb  # noqa: PLC0415
        from croisee_web.kit.menu import add_to_menu, add_to_tabs  # noqa: PLC0415
        from croisee_web.study.queries.naming import StudyDirectory, study_ref  # noqa: PLC0415

        add_to_menu("preparer", 10, _("Description"), "study:description", Verb.EDIT_STUDY)
        add_to_menu("preparer", 20, _("Réseaux et bases de sondage"), "study:cases", Verb.SEE_STUDY)
        add_to_menu("preparer", 40, _("Éthique"), "study:certificates", Verb.EDIT_ETHICS)
        add_to_menu("preparer", 50, _("Jalons"), "study:milestones", Verb.EDIT_STUDY)
        add_to_menu("preparer", 60, _("Chiffres de contexte"), "study:context", Verb.EDIT_STUDY)
        add_to_menu("recueillir", 10, _("Activités"), "study:activities", Verb.EDIT_STUDY)
        add_to_menu("agir", 10, _("Comité"), "study:meetings", Verb.COMMITTEE)
        add_to_menu("agir", 20, _("Décisions"), "study:decisions", Verb.COMMITTEE)
        for order, label, address in (
            (10, _("Certificats"), "study:certificates"),
            (20, _("Conservation"), "study:retention"),
        ):
            add_to_tabs("ethique", order, label, address, Verb.EDIT_ETHICS)
        studies_are_named_by(StudyDirectory())
        studies_are_found_by(study_ref)
