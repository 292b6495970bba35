"""What people are told when information is collected about them, from what the study says."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from croisee_web.kit.days import day_text
from croisee_web.people.models import Communication
from croisee_web.people.queries.announcing import announcements
from croisee_web.people.queries.pages import reader_language
from croisee_web.people.queries.register import described_purposes
from croisee_web.study.models import Retention
from croisee_web.study.queries import described


@dataclass(frozen=True, slots=True)
class NoticePart:
    """One thing people must be told: its title, its sentences. ``missing``: to be filled in."""

    title: str
    sentences: tuple[str, ...]
    missing: bool = False


def collection_notice(*, study_id: int) -> tuple[NoticePart, ...]:
    """Return the notice of a study, in the reader's language (RLRQ, c. P-39.1, s. 8).

    About seventeen SQL queries. For readers that a view has let into the study.
    """
    study, language = described(study_id), reader_language()
    purposes = [one.name.to(language) for one in described_purposes(study_id=study_id)]
    methods = [one.name.to(language) for one in study.methods]
    announced, unset = announcements(study_id=study_id)
    told = Communication.objects.filter(study_id=study_id).order_by("pk")
    recipients = sorted(set(told.values_list("recipient", flat=True)))
    outside = sorted(set(told.exclude(outside_quebec="").values_list("outside_quebec", flat=True)))
    kept = Retention.objects.filter(study_id=study_id, done_on=None).order_by("until", "pk")
    retention = tuple(
        _("%(what)s : jusqu’au %(until)s.") % {"what": what, "until": day_text(until)}
        for what, until in kept.values_list("what", "until")
    )
    return (
        _part(_("Qui recueille"), study.team.to(language)),
        _part(_("Pourquoi"), study.question.to(language), *purposes),
        _part(_("Comment"), *methods),
        NoticePart(
            _("Vos droits"),
            (
                _("Vous pouvez voir ce que l’étude garde de vous, et le faire corriger."),
                _("Vous pouvez en avoir une copie, dans un format courant."),
                _("Vous pouvez refuser un usage, ou vous retirer, sans dire pourquoi."),
                _("Sous 14 ans, un parent exerce ces droits ; vous aussi pouvez vous retirer."),
            ),
        ),
        NoticePart(_("Se retirer, et ce qui ne se reprend pas"), announced, missing=unset),
        NoticePart(
            _("Qui d’autre les reçoit"),
            tuple(recipients) or (_("Personne hors de l’équipe de recherche."),),
        ),
        NoticePart(
            _("Hors du Québec"), tuple(outside) or (_("Rien n’est communiqué hors du Québec."),)
        ),
        NoticePart(_("Combien de temps"), retention or (_to_fill(),), missing=not retention),
        _part(_("À qui s’adresser"), study.contact),
    )


def notice_text(parts: tuple[NoticePart, ...]) -> str:
    """Return the notice as a text to paste in a form or a letter."""
    return "\n\n".join("\n".join([part.title.upper(), *part.sentences]) for part in parts) + "\n"


def _part(title: str, *sentences: str) -> NoticePart:
    kept = tuple(sentence for sentence in sentences if sentence)
    return NoticePart(title, kept or (_to_fill(),), missing=not kept)


def _to_fill() -> str:
    return _("À compléter dans l’étude.")
