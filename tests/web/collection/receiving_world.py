"""A questionnaire with photographs, a collection of it, and filled forms as they are sent."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from xml.sax.saxutils import escape

from tests.web.collection.conducting_world import AT, World, world_of

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee_web.collection.models import AnswerSheet, Collecting, Submission
from croisee_web.collection.rules.filled import Filled, SentFile
from croisee_web.collection.usecases.conducting import open_collecting
from croisee_web.collection.usecases.receiving import receive
from croisee_web.collection.vocabulary import Way
from croisee_web.instruments.models import Questionnaire
from croisee_web.instruments.rules import grid_of
from croisee_web.instruments.usecases import publish
from croisee_web.study.models import Method

BOOK = Workbook(
    (
        worksheet_of(
            "survey",
            [
                {"type": "start", "name": "debut"},
                {"type": "deviceid", "name": "appareil"},
                {"type": "select_one outils", "name": "outil", "label": "Quel outil ?",
                 "required": "yes"},
                {"type": "select_multiple outils", "name": "outils", "label": "Lesquels ?"},
                {"type": "integer", "name": "heures", "label": "Combien d’heures ?",
                 "constraint": ". >= 0 and . <= 168"},
                {"type": "text", "name": "mot", "label": "Autre chose ?"},
                {"type": "image", "name": "photo", "label": "Une photo ?"},
                {"type": "image", "name": "plan", "label": "Un plan ?"},
                {"type": "calculate", "name": "quand", "calculation": "now()"},
            ],
        ),
        worksheet_of(
            "choices",
            [
                {"list_name": "outils", "name": "courriel", "label": "Courriel"},
                {"list_name": "outils", "name": "visio", "label": "Visioconférence"},
                {"list_name": "outils", "name": "papier", "label": "Papier"},
            ],
        ),
    )
)  # fmt: skip


@dataclass
class Asked:
    """A study's world, and one collection of the questionnaire above."""

    world: World
    questionnaire: Questionnaire
    collecting: Collecting

    def publish_again(self, book):
        self.questionnaire.workbook = grid_of(book)
        self.questionnaire.save()
        return publish(questionnaire_id=self.questionnaire.pk, actor=self.world.lead, at=AT)

    def xml(self, number=1, *, corrects=0, version=None, named=None, **answers):
        """Return a filled form as ODK Collect writes it; ``number`` makes its identifier."""
        published = self.collecting.published
        answers = {"outil": "visio", "debut": f"2026-11-22T10:00:{number % 60:02}.000-05:00",
                   "appareil": f"collect:{number}", "quand": "2026-11-22T10:01:00.000-05:00",
                   **answers}  # fmt: skip
        said = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in answers.items())
        own = f"<orx:instanceID>{identifier(number)}</orx:instanceID>" if number else ""
        old = f"<orx:deprecatedID>{identifier(corrects)}</orx:deprecatedID>" if corrects else ""
        version = published.form_version if version is None else version
        return (
            f'<?xml version="1.0" ?><data xmlns:orx="http://openrosa.org/xforms" '
            f'id="{named or published.form_id}" version="{version}">{said}'
            f"<orx:meta>{own}{old}</orx:meta></data>"
        ).encode()

    def filled(self, number=1, *, files=(), way=Way.OPENROSA, token="", case="carrefours",
               receipt="", corrects=0, **answers):  # fmt: skip
        return Filled(
            self.collecting.pk,
            answers.pop("content", None) or self.xml(number, corrects=corrects, **answers),
            way,
            token=token,
            case="" if token and case == "carrefours" else case,
            receipt=receipt,
            files=tuple(SentFile(name, "image/jpeg", content=bytes_) for name, bytes_ in files),
        )

    def receive(self, number=1, *, at=AT, **given):
        return receive(self.filled(number, **given), at=at)

    def kept(self):
        """Return what is kept, but numbers drawn at random: comparable from one run to another."""
        rows = Submission.objects.filter(collecting=self.collecting)
        return sorted(
            (
                one.instance_id,
                one.state,
                tuple(one.flags),
                bytes(one.content),
                None if one.sheet is None else tuple(sorted(map(str, one.sheet.answers.items()))),
                tuple(sorted(one.attachments.values_list("name", "sha256"))),
            )
            for one in rows.select_related("sheet")
        )

    def answers(self):
        return [one.answers for one in AnswerSheet.objects.order_by("respondent")]


def identifier(number):
    return f"uuid:{UUID(int=number)}"


def asked_of(
    *, anonymous=False, subject="personne", open_link=True, world=None, book=BOOK, **planned
):
    """Return a collection that is open, of a questionnaire with photographs."""
    world = world or world_of(subject)
    method = Method.objects.get(study=world.study)
    row = Questionnaire.objects.create(
        study=world.study, code="photos", name_fr="Photos", method=method, subject=subject,
        workbook=grid_of(book),
    )  # fmt: skip
    published = publish(questionnaire_id=row.pk, actor=world.lead, at=AT)
    plan = world.plan(
        published_id=published.pk, anonymous=anonymous, open_link=open_link,
        opens_on=date(2026, 11, 20), **planned,
    )  # fmt: skip
    collecting = open_collecting(study_id=world.study.pk, plan=plan, actor=world.lead, at=AT)
    return Asked(world, row, Collecting.objects.select_related("published").get(pk=collecting.pk))
