"""What people are told before they consent: how long they may leave, what stays, the group."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from croisee.study import MethodKind
from croisee_web.kit.days import day_text
from croisee_web.study.models import Method, Study

GROUPS = frozenset({MethodKind.FOCUS_GROUP.value})


def announcements(*, study_id: int) -> tuple[tuple[str, ...], bool]:
    """Return the sentences that a form and a notice must say, and whether one is missing.

    In the language of the moment. The arrest date and what it changes, what cannot be undone,
    and, where groups meet, the limits of confidentiality among their members
    (docs/methods/divulgation.md §3.9 and §7.2.1). Two SQL queries.
    """
    arrest = Study.objects.values_list("release_arrest_on", flat=True).get(pk=study_id)
    told = (
        [
            _("Jusqu’au %(day)s, un retrait enlève tout : paroles, réponses et nombres.")
            % {"day": day_text(arrest - timedelta(days=1))},
            _(
                "Le %(day)s, les chiffres sont arrêtés. Ensuite, vos paroles partent "
                "toujours aussitôt ; les nombres comptés avec ceux des autres restent."
            )
            % {"day": day_text(arrest)},
        ]
        if arrest
        else [_("La date d’arrêt des chiffres n’est pas encore fixée.")]
    )
    told += [
        _("Ce qui est déjà imprimé, téléchargé ou envoyé ne peut pas être repris."),
        _("Dans un petit réseau, quelqu’un qui vous connaît pourrait reconnaître vos mots."),
    ]
    if in_groups(study_id=study_id):
        told += [
            _("Dans un groupe, les autres entendent ce que vous dites."),
            _("Chaque personne s’engage à ne pas le répéter ; l’équipe ne peut pas le garantir."),
            _("Les personnes de votre groupe pourraient reconnaître une citation de vous."),
            _("Si vous vous retirez, vos paroles partent ; ce que les autres ont dit reste."),
        ]
    return tuple(told), arrest is None


def in_groups(*, study_id: int) -> bool:
    """Return whether a study has people talk in groups. One SQL query."""
    return Method.objects.filter(study_id=study_id, kind__in=GROUPS).exists()


def pledge() -> tuple[str, ...]:
    """Return what each member of a group promises the others, before it begins."""
    return (
        _("Je garde pour moi ce que les autres personnes du groupe diront."),
        _("Je ne dis à personne qui était là."),
        _("Je n’enregistre pas et je ne prends pas de photo."),
        _("Je sais que l’équipe ne peut pas garantir le silence des autres."),
        _("Je peux me taire, sortir ou me retirer, sans dire pourquoi."),
    )
