"""Every mail of the site, read in English: no French spacing, quote or word of ours is left."""

import ast
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from tests.web.collection.conducting_world import AT, World, world_of
from tests.web.entrance import let_in

import croisee_web
from croisee_web.access.models import Account, Invitation, Opening, Recovery
from croisee_web.access.usecases.letters import send_invitation, send_reset, tell_of_opening
from croisee_web.access.usecases.recovery_letters import (
    send_recovery_link,
    tell_of_administrator,
    tell_of_recovery,
)
from croisee_web.access.vocabulary import Role
from croisee_web.collection.usecases.inviting import (
    Pasted,
    Wording,
    ask_letter,
    write_addresses,
)
from croisee_web.collection.usecases.posting import send_letter_to_all
from croisee_web.collection.vocabulary import LetterKind
from croisee_web.kit.letters import letter_of
from croisee_web.people.usecases import look_at_dates
from croisee_web.study.models import Retention, Study

ORIGIN = "https://etudes.exemple.test/"
TITLE = "Loisirs : « à nous » ? 75 %"
"""A title in French form that nobody has put in English."""
FRENCH_FORM = re.compile(
    r"[\s\u00a0\u202f][;:!?%](?=\s|$)|[«»]|\b\d+\s?h\s\d\d\b|\b(?:Bonjour|vous|votre|pour|avant|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b"
)


@dataclass
class Sent:
    """What a world has in English, and the mails that left, by the function that made them."""

    world: World
    mails: dict[str, list] = field(default_factory=dict)

    def by(self, function, **given):
        """Call a sender; keep what it sent under its name."""
        mail.outbox.clear()
        function(**given)
        self.keep(function.__name__)

    def keep(self, name):
        """Keep what is in the box under a name."""
        self.mails.setdefault(name, []).extend(mail.outbox)


@pytest.fixture
def sent(db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"
    settings.PUBLIC_ADDRESS = ""
    world = world_of()
    Study.objects.update(title_fr=TITLE, title_en="")
    Account.objects.update(language="en", is_administrator=True)
    made = Sent(world)
    of_access(made)
    of_recovery(made)
    of_people(made)
    of_collection(made)
    return made


def of_access(sent):
    lead, study = sent.world.lead, sent.world.study
    invited = Invitation.objects.create(
        email="new@exemple.ca", language="en", study_id=study.pk, role=Role.COORDINATOR,
        case="carrefours", invited_by=lead, invited_at=AT, expires_at=AT + timedelta(days=9),
        nonce=b"n" * 16, digest="d",
    )  # fmt: skip
    at = {"origin": ORIGIN, "actor": "x", "at": AT}
    sent.by(send_invitation, number=invited.pk, **at)
    sent.by(send_reset, number=lead.pk, **at)
    opening = Opening.objects.create(
        study_id=study.pk, asked_by=sent.world.researcher, answered_by=lead, hours=4, asked_at=AT,
        reason="To call somebody back", granted=True, until=AT + timedelta(hours=4),
    )  # fmt: skip
    sent.by(tell_of_opening, number=opening.pk, **at)


def of_recovery(sent):
    lead = sent.world.lead
    found = Recovery.objects.create(
        account=lead,
        asked_at=AT,
        expires_at=AT + timedelta(days=3),
        first_by=sent.world.researcher,
        second_by=sent.world.coordinator,
    )
    at = {"origin": ORIGIN, "actor": "x", "at": AT}
    for what in ("asked", "refused", "done"):
        sent.by(tell_of_recovery, number=found.pk, what=what, **at)
    sent.by(send_recovery_link, number=found.pk, **at)
    for named in (True, False):
        sent.by(tell_of_administrator, number=lead.pk, named=named, **at)


def of_people(sent):
    Retention.objects.create(
        study=sent.world.study, what="Recordings", covers="words", until=date(2026, 1, 1),
        fate="destroy",
    )  # fmt: skip
    mail.outbox.clear()
    look_at_dates(actor="site", at=AT)
    sent.keep("_write_to_leads")


def of_collection(sent):
    """The texts that the page proposes, sent as they stand to somebody who reads English."""
    world = sent.world
    row = world.open()
    pasted = Pasted("carrefours", "ca-01;a@exemple.ca;en")
    write_addresses(collecting_id=row.pk, pasted=pasted, actor=world.lead, at=AT)
    Study.objects.update(title_en=TITLE)
    for kind in LetterKind:
        page = let_in(Client(), world.lead).get(
            reverse("collection:letter", args=[world.study.slug, row.pk, kind])
        )
        words = page.context["form"].initial
        wording = Wording(kind, *(words[name] for name in ORDER), ORIGIN)
        letter = ask_letter(collecting_id=row.pk, wording=wording, actor=world.lead, at=AT)
        mail.outbox.clear()
        send_letter_to_all(
            letter_id=letter.pk, actor="x", at=AT, now=lambda: AT, progress=lambda done, of: None
        )
        sent.keep("_with_headers")


ORDER = ("subject_fr", "body_fr", "subject_en", "body_en")


def texts(message):
    return [message.subject, message.body, *(text for text, _type in message.alternatives)]


def test_mails_in_english_have_no_french_form(sent):
    left = {
        (name, found.group(), text)
        for name, messages in sent.mails.items()
        for message in messages
        for text in texts(message)
        for found in [FRENCH_FORM.search(text.replace(ORIGIN, ""))]
        if found
    }

    assert left == set()
    assert min(len(messages) for messages in sent.mails.values()) > 0
    assert "Invitation to the study “Loisirs: “à nous”? 75%”" in {
        message.subject for message in sent.mails["send_invitation"]
    }


def test_every_function_that_makes_a_mail_is_tried(sent):
    assert set(sent.mails) == set(makers_of_mail()) - {"send_letter"}


def test_mails_are_made_in_one_place():
    source = Path(croisee_web.__file__).parent
    assert [
        path.relative_to(source).as_posix()
        for path in sorted(source.rglob("*.py"))
        if re.search(r"\bEmailMessage\b|EmailMultiAlternatives\(|send_mail\(", path.read_text())
    ] == ["kit/letters.py"]


def makers_of_mail():
    """Return the names of the functions that call one of the two doors of mail."""
    for path in Path(croisee_web.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id in {"letter_of", "send_letter"}
                for call in ast.walk(node)
            ):
                yield node.name


@pytest.mark.parametrize(("language", "told"), [("fr", "Avis\u00a0: santé"), ("en", "Avis: santé")])
def test_a_mail_takes_the_form_of_its_language(language, told):
    with override(language):
        made = letter_of("a@exemple.ca", "Avis : \n santé", "Merci !")

    assert (made.subject, made.body) == (told, "Merci!")


def test_french_form_is_seen():
    """The search finds what it looks for: a mail left in French would not pass."""
    assert FRENCH_FORM.search("Your views : Flash survey")
    assert FRENCH_FORM.search("until 4 décembre 2026")
