"""Invitations and reminders through a real mail server; nobody is written to twice, or for ever."""

import re
import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.urls import reverse
from tests.web.collection.conducting_world import AT, participants, world_of
from tests.web.entrance import let_in

from croisee_web.access.queries import NotAllowed
from croisee_web.collection import vault
from croisee_web.collection.models import AnswerLink, Draft, Invitation, Letter, Unsubscribed
from croisee_web.collection.queries import link_by_token
from croisee_web.collection.rules.addressed import may_leave_at, read_addresses
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.usecases.ending import forget_what_is_over
from croisee_web.collection.usecases.inviting import (
    Pasted,
    Wording,
    ask_letter,
    use_vault_addresses,
    write_addresses,
)
from croisee_web.collection.usecases.posting import send_letter_to_all
from croisee_web.collection.vocabulary import InvitationState, LetterKind
from croisee_web.jobs.models import Job
from croisee_web.journal.models import EntryDetails
from croisee_web.people import vault as names

NIGHT = datetime(2026, 11, 23, 3, tzinfo=UTC)
ORIGIN = "https://croisee.exemple.ca/"
WORDS = Wording(
    LetterKind.INVITATION, "Votre avis", "Bonjour,\n\n{lien}\n\nJusqu’au {fin}.", "Your views",
    "Hello,\n\n{lien}\n\nUntil {fin}.", ORIGIN,
)  # fmt: skip


@pytest.fixture
def world(db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"
    settings.PUBLIC_ADDRESS = ""
    return world_of()


class Box:
    """What a mail server took; it refuses some addresses for good, and one for now."""

    def __init__(self):
        self.received, self.busy = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address.startswith("parti"):
            return "550 5.1.1 nobody here"
        if address in self.busy:
            return "451 4.3.0 later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def box(settings):
    """A real SMTP server."""
    made = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(made, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield made
    server.stop()


def paste(world, row, text, case="carrefours"):
    return write_addresses(collecting_id=row.pk, pasted=Pasted(case, text), actor=world.lead, at=AT)


def post(world, row, kind=LetterKind.INVITATION, now=AT):
    wording = Wording(kind, *(getattr(WORDS, name) for name in WORDS.__slots__[1:]))
    letter = ask_letter(collecting_id=row.pk, wording=wording, actor=world.lead, at=now)
    run(letter, now)
    letter.refresh_from_db()
    return letter


def run(letter, now=AT):
    send_letter_to_all(
        letter_id=letter.pk, actor="worker", at=now, now=lambda: now, progress=lambda done, of: None
    )


def token_in(mail):
    body = mail.get_body(("plain",)).get_content()
    return re.search(r"/p/([\w-]+)/", body)[1]


def test_lines_are_read_one_by_one_and_each_says_what_is_wrong():
    members = {"ca-01": "Maison Bleue", "ca-02": "L’Étape"}
    read = read_addresses(
        "code;courriel;langue\n"
        "ca-01;a@exemple.ca;en\n"
        "Jo <b@exemple.ca>;l'etape\n"
        "c@exemple.ca\n"
        "ca-01;d@exemple.ca\n"
        "A@exemple.ca\n"
        "Maison Rouge;e@exemple.ca\n"
        "ca-02;f@@exemple\n"
        "ca-02\n",
        members,
    )
    assert [(line.line, line.code, line.language, line.why) for line in read] == [
        (2, "ca-01", "en", ""),
        (3, "ca-02", "", ""),
        (4, "", "", ""),
        (5, "ca-01", "", "ce membre a déjà une adresse plus haut"),
        (6, "", "", "cette adresse est déjà plus haut"),
        (7, "", "", "ni ce code ni ce nom ne sont dans la base de ce réseau"),
        (8, "ca-02", "", "cette adresse ne s’écrit pas ainsi"),
        (9, "ca-02", "", "aucune adresse sur cette ligne"),
    ]


def test_a_line_typed_with_spaces_alone_is_read_too():
    read = read_addresses(
        "a@exemple.ca Maison Bleue fr\nL’Étape b@exemple.ca\nJo <c@exemple.ca>\nd@exemple.ca en\n",
        {"ca-01": "Maison Bleue", "ca-02": "L’Étape"},
    )
    assert [(line.address, line.code, line.language, line.why) for line in read] == [
        ("a@exemple.ca", "ca-01", "fr", ""),
        ("b@exemple.ca", "ca-02", "", ""),
        ("c@exemple.ca", "", "", ""),
        ("d@exemple.ca", "", "en", ""),
    ]


def test_an_address_is_in_no_table_and_no_journal(world):
    row = world.open()
    paste(world, row, "ca-01;secrete@exemple.ca\nlibre@exemple.ca")
    kept = Invitation.objects.select_related("link").order_by("link__organisation")
    assert [one.link.organisation for one in kept] == ["", "ca-01"]
    assert all(b"exemple" not in bytes(one.sealed) for one in kept)
    assert vault.open_address(world.study.pk, row.pk, bytes(kept[1].sealed)) == (
        "secrete@exemple.ca"
    )
    assert not any("exemple" in str(one.content) for one in EntryDetails.objects.all())


def test_an_invitation_carries_its_link_both_languages_and_a_way_out(world, box):
    row = world.open()
    paste(world, row, "ca-01;a@exemple.ca\nca-02;b@exemple.ca;en")
    letter = post(world, row)
    assert (letter.sent, letter.refused, letter.done_at) == (2, 0, AT)
    by_subject = {mail["Subject"]: mail for mail in box.received}
    french = by_subject["Votre avis"].get_body(("plain",)).get_content()
    english = by_subject["Your views"].get_body(("plain",)).get_content()
    assert "Jusqu’au 4\u00a0décembre 2026." in french
    assert "Until December 4, 2026." in english
    assert f"{ORIGIN}p/" in french
    assert f"{ORIGIN}en/p/" in english
    assert link_by_token(token_in(by_subject["Votre avis"])).organisation == "ca-01"
    for mail in box.received:
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Unsubscribe"].strip().startswith(f"<{ORIGIN}")
        html = mail.get_body(("html",)).get_content()
        assert "<img" not in html
        assert not Invitation.objects.exclude(last_letter=None).exists()


def test_what_a_server_refuses_for_good_is_noted_and_a_new_address_mends_it(world, box):
    row = world.open()
    paste(world, row, "ca-01;parti@exemple.ca\nca-02;b@exemple.ca")
    letter = post(world, row)
    assert (letter.sent, letter.refused) == (1, 1)
    refused = Invitation.objects.get(state=InvitationState.REFUSED)
    assert (refused.link.organisation, refused.refusal) == ("ca-01", "550")
    link = refused.link_id
    paste(world, row, "ca-01;a@exemple.ca")
    post(world, row)
    assert Invitation.objects.get(link=link).state == InvitationState.SENT
    assert len(box.received) == 2


def test_what_a_server_cannot_take_now_is_tried_again_and_the_others_are_not(world, box):
    row = world.open()
    paste(world, row, "\n".join(f"ca-{n:02};m{n}@exemple.ca" for n in range(6)))
    box.busy = {"m3@exemple.ca"}
    letter = ask_letter(collecting_id=row.pk, wording=WORDS, actor=world.lead, at=AT)
    with pytest.raises(Exception, match="later"):
        run(letter)
    assert len(box.received) == 5
    box.busy = set()
    run(letter)
    run(letter)
    assert sorted(mail["To"] for mail in box.received) == [f"m{n}@exemple.ca" for n in range(6)]


def test_a_reminder_carries_the_same_link_to_those_who_have_not_answered(world, box):
    row = world.open(anonymous=True)
    paste(world, row, "\n".join(f"ca-{n:02};m{n}@exemple.ca" for n in range(4)))
    post(world, row)
    first = {mail["To"]: token_in(mail) for mail in box.received}
    AnswerLink.objects.filter(organisation="ca-00").update(used=True)
    box.received.clear()
    letter = post(world, row, LetterKind.REMINDER)
    assert letter.sent == 3
    assert {mail["To"]: token_in(mail) for mail in box.received} == {
        to: token for to, token in first.items() if to != "m0@exemple.ca"
    }
    told = [str(one.content) for one in EntryDetails.objects.all()]
    assert not any("ca-0" in one for one in told)
    assert not Invitation.objects.exclude(last_letter=None).exists()


def test_nothing_leaves_at_night_and_the_rest_leaves_in_the_morning(world, box):
    row = world.open()
    paste(world, row, "ca-01;a@exemple.ca")
    assert may_leave_at(NIGHT, "America/Toronto") == datetime(2026, 11, 23, 13, tzinfo=UTC)
    letter = ask_letter(collecting_id=row.pk, wording=WORDS, actor=world.lead, at=NIGHT)
    assert Job.objects.get(name="collection.letter").not_before == datetime(
        2026, 11, 23, 13, tzinfo=UTC
    )
    run(letter, NIGHT)
    assert box.received == []
    assert Job.objects.filter(name="collection.letter").count() == 2


def test_nobody_is_written_to_once_the_collection_is_closed(world, box):
    row = world.open()
    paste(world, row, "ca-01;a@exemple.ca")
    letter = ask_letter(collecting_id=row.pk, wording=WORDS, actor=world.lead, at=AT)
    with pytest.raises(Exception, match="aucun courriel n’est parti"):
        run(letter, AT + timedelta(days=20))
    assert box.received == []


def test_leaving_needs_no_account_and_is_respected(world, box, client):
    row = world.open()
    paste(world, row, "ca-01;a@exemple.ca\nca-02;b@exemple.ca")
    post(world, row)
    mail = next(one for one in box.received if one["To"] == "a@exemple.ca")
    address = mail["List-Unsubscribe"].strip(" <>").removeprefix(ORIGIN.rstrip("/"))
    assert client.get(address).status_code == 200
    assert not Unsubscribed.objects.exists()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    box.received.clear()
    post(world, row, LetterKind.REMINDER)
    assert [one["To"] for one in box.received] == ["b@exemple.ca"]
    report = paste(world, row, "ca-03;A@exemple.ca")
    assert [line.why for line in report] == ["cette adresse est déjà inscrite"]
    guessed = reverse("collection:leave", args=["jeton-invente"])
    assert client.post(guessed).content == client.post(address).content


def test_nobody_left_to_write_to_is_said(world):
    row = world.open()
    with pytest.raises(CollectingRefused, match="Il n’y a personne à qui écrire"):
        ask_letter(collecting_id=row.pk, wording=WORDS, actor=world.lead, at=AT)


def test_addresses_of_the_vault_serve_without_being_seen(world, box):
    people = participants(world)
    for person, address in zip(people, ("a@exemple.ca", "", "c@exemple.ca"), strict=True):
        names.put(
            study_id=world.study.pk, participant=person.code,
            identity={"nom": "Quelqu’un", "courriel": address}, at=AT,
        )  # fmt: skip
    row = world.open()
    with pytest.raises(NotAllowed):
        use_vault_addresses(collecting_id=row.pk, actor=world.researcher, at=AT)
    assert use_vault_addresses(collecting_id=row.pk, actor=world.lead, at=AT) == 2
    assert use_vault_addresses(collecting_id=row.pk, actor=world.lead, at=AT) == 0
    post(world, row)
    assert sorted(mail["To"] for mail in box.received) == ["a@exemple.ca", "c@exemple.ca"]


def test_a_week_after_the_closing_addresses_drafts_and_key_are_gone(world):
    row = world.open()
    paste(world, row, "ca-01;a@exemple.ca")
    Draft.objects.create(collecting=row, place="p", sealed=b"x")
    closing = datetime(2026, 12, 5, 5, tzinfo=UTC)
    assert forget_what_is_over(actor="site", at=closing + timedelta(days=6)) == 0
    assert Invitation.objects.count() == Draft.objects.count() == 1
    assert forget_what_is_over(actor="site", at=closing + timedelta(days=7, minutes=1)) == 1
    assert Invitation.objects.count() == Draft.objects.count() == 0
    assert AnswerLink.objects.count() == 1


def test_the_page_reads_addresses_shows_the_letter_and_sends_it(world, client, box):
    row = world.open()
    let_in(client, world.lead)
    page = reverse("collection:inviting", args=["numerique", row.pk])
    told = client.post(
        page, {"case": "carrefours", "language": "fr", "text": "ca-01;a@exemple.ca\nx@"}
    ).content.decode()
    assert "1 adresse inscrite" in told
    assert "ligne 2, « x@ »" in told.replace("\u202f", " ").replace("\u00a0", " ")
    write = reverse("collection:letter", args=["numerique", row.pk, "invitation"])
    proposed = client.get(write).context["form"].initial
    assert proposed["subject_en"] == "Your views: Flash survey"
    preview = client.post(write, proposed).content.decode()
    assert 'name="envoyer"' in preview
    assert Letter.objects.count() == 0
    assert client.post(write, {**proposed, "envoyer": "oui"}).status_code == 302
    assert Letter.objects.count() == 1
