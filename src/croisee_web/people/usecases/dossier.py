"""The ethics dossier: what a research ethics board asks for, in one archive, without a name."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.queries import lines
from croisee_web.journal.usecases import record
from croisee_web.kit.templatetags.typography import typo_plain
from croisee_web.people.models import ConsentForm, Participant
from croisee_web.people.queries.notice import collection_notice, notice_text
from croisee_web.people.queries.pages import reader_language
from croisee_web.people.queries.registers import REGISTERS, register_table
from croisee_web.people.rules import DossierFile, dossier_parts, packed
from croisee_web.people.vocabulary import DOSSIER_GIVEN, FORM_PUBLISHED
from croisee_web.study.models import Case, Certificate
from croisee_web.study.queries import described

AMENDED = ("study.certificate.", "study.retention.", "study.study.", "people.form.")
"""Acts that change what a board approved begin so."""


@transaction.atomic
def give_dossier(*, study_id: int, actor: Account, at: datetime) -> bytes:
    """Return ``dossier-CER.zip``: description, certificates, forms, instruments, counts, registers.

    Counts of people, never their codes; acts by their kind and day, never by who did them.

    Raises:
        NotFound, NotAllowed: the actor may not keep this study's ethics.
    """
    require(actor=actor, verb=Verb.EDIT_ETHICS, study_id=study_id)
    files = (
        _description(study_id),
        _certificates(study_id),
        *_forms(study_id),
        _participation(study_id),
        _amendments(study_id),
        *_registers(study_id),
        DossierFile("avis-de-collecte.txt", text=notice_text(collection_notice(study_id=study_id))),
        *(file for part in dossier_parts() for file in part(study_id)),
    )
    record(act=DOSSIER_GIVEN, actor=actor.label, at=at, study_id=study_id, files=len(files))
    return packed(files)


def _description(study_id: int) -> DossierFile:
    study, language = described(study_id), reader_language()
    parts = [
        (_("Titre"), study.title),
        (_("Question de recherche"), study.question),
        (_("Équipe"), study.team),
    ]
    text = [typo_plain(f"{title} : {label.to(language)}") for title, label in parts]
    text += [_("Réseaux :")] + [
        f"- {case.name.to(language)} ({case.scale.to(language)})" for case in study.cases
    ]
    text += [_("Méthodes :")] + [f"- {method.name.to(language)}" for method in study.methods]
    return DossierFile("description.txt", text="\n".join(text) + "\n")


def _certificates(study_id: int) -> DossierFile:
    rows = Certificate.objects.filter(study_id=study_id).order_by("position", "pk")
    return DossierFile(
        "certificats.csv",
        (_("comité d’éthique"), _("numéro"), _("du"), _("au")),
        tuple(rows.values_list("board", "number", "start", "end")),
    )


def _forms(study_id: int) -> tuple[DossierFile, ...]:
    rows = ConsentForm.objects.filter(study_id=study_id, published_at__isnull=False)
    return tuple(
        DossierFile(
            f"formulaires/{form.pk}-{form.language}.txt",
            text="\n\n".join(
                (
                    f"{form.version}, {form.published_at:%Y-%m-%d}",
                    form.get_audience_display() or _("pour toutes les personnes"),
                    _("De 14 à 17 ans : %(who)s") % {"who": form.get_youth_display()},
                    form.brief,
                    form.text,
                    form.announced,
                )
            )
            + "\n",
        )
        for form in rows.order_by("published_at", "pk")
    )


def _participation(study_id: int) -> DossierFile:
    people = Participant.objects.filter(study_id=study_id).values_list("case_id", "withdrawn_on")
    joined: Counter[int] = Counter()
    left: Counter[int] = Counter()
    for case, withdrawn_on in people:
        joined[case] += 1
        left[case] += withdrawn_on is not None
    cases = Case.objects.filter(study_id=study_id).order_by("position", "pk")
    return DossierFile(
        "participation.csv",
        (_("réseau"), _("personnes inscrites"), _("dont retirées")),
        tuple((name, joined[pk], left[pk]) for pk, name in cases.values_list("pk", "name_fr")),
    )


def _amendments(study_id: int) -> DossierFile:
    found = [
        (line.at.date().isoformat(), line.sentence)
        for line in lines(study_id=study_id)
        if line.act.startswith(AMENDED) or line.act == FORM_PUBLISHED
    ]
    return DossierFile("modifications.csv", (_("date"), _("acte")), tuple(reversed(found)))


def _registers(study_id: int) -> tuple[DossierFile, ...]:
    """Return the incidents, the communications and the anonymisations; requests are counted."""
    return tuple(
        DossierFile(
            f"registre-{register.name}.csv",
            tuple(register.label(column) for column in register.columns),
            register_table(study_id, register),
        )
        for register in REGISTERS.values()
        if register.name != "demandes"
    )
