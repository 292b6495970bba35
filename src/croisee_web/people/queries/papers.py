"""The papers a person keeps: her receipt, a certificate of destruction, a group's pledge."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from croisee.report import Paper, PaperPart
from croisee_web.kit.days import day_text, moment_text
from croisee_web.people.queries.announcing import pledge
from croisee_web.people.queries.ending import Certificate
from croisee_web.people.queries.pages import ReceiptLine, ReceiptPage, reader_language
from croisee_web.study.models import Study


def receipt_paper(receipt: ReceiptPage, *, study_id: int) -> Paper:
    """Return a withdrawal's receipt, in the reader's language. No name, no code. One SQL query."""
    title, contact = _study(study_id)
    at = localtime(receipt.issued_at)
    return Paper(
        _("Reçu de retrait nº %(n)s") % {"n": receipt.number},
        title,
        (
            PaperPart(_("Retrait fait le"), (moment_text(at),)),
            _removed(_("Ce qui a été retiré"), receipt.removed),
            *_standing(receipt.standing),
            PaperPart(_("Ce qui ne se reprend pas"), (_at_last(),)),
            *_contact(contact),
        ),
        reader_language(),
        at.date(),
        title,
    )


def _at_last() -> str:
    """Return the last sentence of a receipt."""
    return _(
        "Ce qui a déjà été imprimé, ou compté avec les réponses des autres, ne peut pas être "
        "repris : le formulaire de consentement le disait. La prochaine édition se fera sans vous."
    )


def certificate_paper(certificate: Certificate, *, study_id: int) -> Paper:
    """Return a certificate of destruction, in the reader's language. One SQL query."""
    title = _study(study_id)[0]
    at = localtime(certificate.destroyed_at)
    return Paper(
        _("Certificat de destruction nº %(n)s") % {"n": certificate.number},
        title,
        (
            PaperPart(
                "",
                pairs=(
                    (_("Renseignements détruits"), certificate.covers),
                    (_("Conservés jusqu’au"), day_text(certificate.until)),
                    (_("Fondement"), certificate.basis),
                    (_("Personnes dans l’étude"), str(certificate.people)),
                    (_("Détruits le"), moment_text(at)),
                    (_("Par"), certificate.by),
                ),
            ),
            _removed(_("Ce qui a été détruit"), certificate.removed),
            *_standing(certificate.standing),
            PaperPart(
                _("Comment"),
                (
                    _(
                        "Les lignes sont effacées et leurs pages récrites ; les clés sont "
                        "recouvertes d’octets au hasard, puis supprimées."
                    ),
                    _(
                        "Un registre tenu hors de la base refait cette destruction après la "
                        "restauration d’une vieille sauvegarde."
                    ),
                    _(
                        "Restent les sauvegardes jusqu’à leur fin, et ce qui était imprimé, "
                        "téléchargé ou diffusé."
                    ),
                ),
            ),
        ),
        reader_language(),
        at.date(),
        title,
    )


def pledge_paper(*, study_id: int, on: date) -> Paper:
    """Return the pledge that each member of a group signs. One SQL query."""
    title, contact = _study(study_id)
    return Paper(
        _("Engagement de confidentialité du groupe"),
        title,
        (
            PaperPart("", items=pledge()),
            PaperPart(_("Signature"), (_("Nom : ____________________   Date : __________"),)),
            *_contact(contact),
        ),
        reader_language(),
        on,
        title,
    )


def _study(study_id: int) -> tuple[str, str]:
    """Return a study's title in the reader's language, and whom to ask."""
    study = Study.objects.get(pk=study_id)
    english = reader_language() == "en" and study.title_en
    return english or study.title_fr, study.contact


def _contact(contact: str) -> tuple[PaperPart, ...]:
    return (PaperPart(_("À qui s’adresser"), (contact,)),) if contact else ()


def _removed(title: str, lines: tuple[ReceiptLine, ...]) -> PaperPart:
    if not lines:
        return PaperPart(title, (_("Rien n’avait été gardé."),))
    return PaperPart(title, items=tuple(f"{line.what} : {line.count}" for line in lines))


def _standing(lines: tuple[ReceiptLine, ...]) -> tuple[PaperPart, ...]:
    if not lines:
        return ()
    items = tuple(f"{line.what} : {line.count}. {line.stands}" for line in lines)
    return (PaperPart(_("Ce qui reste, et pourquoi"), items=items),)
