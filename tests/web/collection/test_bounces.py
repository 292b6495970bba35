"""Mails that come back mark an address as not reached; a forged one marks nothing."""

import io
import mailbox
import sys
from email import policy

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.web.collection.conducting_world import AT
from tests.web.collection.returned_mails import GMAIL, SHAPES, returned
from tests.web.collection.test_inviting import box, paste, post, world  # noqa: F401 -- fixtures
from tests.web.entrance import let_in

from croisee_web.collection.models import AnswerLink, Invitation
from croisee_web.collection.rules.bounces import LARGEST, Bounce, bounce_of, mails_in
from croisee_web.collection.usecases.bounced import BouncesRead, note_bounces
from croisee_web.collection.vocabulary import BOUNCES_NOTED, InvitationState, LetterKind
from croisee_web.journal.models import Entry


@pytest.fixture
def sent(world, box):  # noqa: F811
    """Two letters that a relay took, and what it took."""
    row = world.open()
    paste(world, row, "ca-01;ana@exemple.org\nca-02;bea@exemple.org")
    post(world, row)
    as_taken = policy.default.clone(refold_source="none")
    return row, {mail["To"]: mail.as_bytes(policy=as_taken) for mail in box.received}


def noted(*mails):
    return note_bounces(mails=mails, actor="site", at=AT)


def state(row, organisation):
    found = Invitation.objects.get(link__collecting=row, link__organisation=organisation)
    return found.state, found.refusal


@pytest.mark.parametrize("shape", SHAPES)
def test_a_letter_that_comes_back_is_noted_by_the_code_of_the_member(sent, shape, world, client):  # noqa: F811
    row, letters = sent
    mail = returned(shape, letters["ana@exemple.org"], to="ana@exemple.org", status="5.1.10")
    assert noted(mail) == BouncesRead(1, 1, 1)
    assert state(row, "ca-01") == (InvitationState.REFUSED, "5.1.10")
    assert state(row, "ca-02") == (InvitationState.SENT, "")
    assert noted(mail) == BouncesRead(1, 1, 0)
    (entry,) = Entry.objects.filter(act=BOUNCES_NOTED)
    assert entry.details.content == {"addresses": 1}
    let_in(client, world.lead)
    page = client.get(reverse("collection:inviting", args=["numerique", row.pk])).content.decode()
    assert "ca-01" in page
    assert "(5.1.10)" in page
    assert "ana@exemple.org" not in page


def test_a_letter_whose_headers_a_server_wrote_again_is_known(sent, box):  # noqa: F811
    row, letters = sent
    (again,) = [mail.as_bytes() for mail in box.received if mail["To"] == "ana@exemple.org"]
    assert b"=?utf-8?q?=3Chttps" in again
    assert b"=?utf-8?q?=3Chttps" not in letters["ana@exemple.org"]
    assert noted(returned("postfix", again, to="ana@exemple.org")) == BouncesRead(1, 1, 1)
    assert state(row, "ca-01") == (InvitationState.REFUSED, "5.1.1")


def test_an_address_not_reached_is_not_reminded_and_a_new_one_is_written_to(sent, world, box):  # noqa: F811
    row, letters = sent
    noted(returned("gmail", letters["ana@exemple.org"], to="ana@exemple.org"))
    post(world, row, LetterKind.REMINDER)
    assert [mail["To"] for mail in box.received[2:]] == ["bea@exemple.org"]
    paste(world, row, "ca-01;anna@exemple.org")
    post(world, row)
    assert box.received[-1]["To"] == "anna@exemple.org"
    noted(returned("gmail", letters["ana@exemple.org"], to="ana@exemple.org"))
    assert state(row, "ca-01") == (InvitationState.SENT, "")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_a_letter_that_is_late_or_arrived_is_not_noted(sent, action):
    row, letters = sent
    mail = returned("postfix", letters["ana@exemple.org"], to="ana@exemple.org", action=action)
    assert noted(mail) == BouncesRead(1, 0, 0)
    assert state(row, "ca-01") == (InvitationState.SENT, "")


def test_a_mail_without_the_sign_of_our_letter_marks_nothing(sent):
    """Whoever knows an address, and not its letter, cannot keep its reminders away."""
    row, letters = sent
    letter = letters["ana@exemple.org"]
    whole = returned("exchange", letter, to="ana@exemple.org")
    start = whole.index(b"/courriels/") + 11
    swapped = b"A" if whole[start + 30 : start + 31] != b"A" else b"B"
    forged = [
        returned("exchange", b"From: x@exemple.ca\nTo: ana@exemple.org\n\nx", to="ana@exemple.org"),
        whole[: start + 30] + swapped + whole[start + 31 :],
        b"Content-Type: text/plain\r\n\r\n" + letter,
        letter,
        GMAIL.replace("{letter}", "").encode(),
    ]
    assert noted(*forged) == BouncesRead(5, 0, 0)
    assert state(row, "ca-01") == (InvitationState.SENT, "")
    assert noted(whole).noted == 1


def test_what_came_back_tells_nobody_who_answered(world, box):  # noqa: F811
    """Anonymous: an address is noted alike whether its link served or not, and nothing else."""
    row = world.open(anonymous=True)
    paste(world, row, "ca-01;ana@exemple.org\nca-02;bea@exemple.org")
    post(world, row)
    AnswerLink.objects.filter(collecting=row, organisation="ca-01").update(used=True)
    mails = [returned("gmail", mail.as_bytes(), to=mail["To"]) for mail in box.received]
    assert noted(*mails) == BouncesRead(2, 2, 2)
    rows = Invitation.objects.filter(link__collecting=row).values_list("state", "refusal")
    assert set(rows) == {(InvitationState.REFUSED, "5.1.1")}
    (entry,) = Entry.objects.filter(act=BOUNCES_NOTED)
    assert entry.details.content == {"addresses": 2}


def test_mails_are_read_from_every_usual_place(sent, tmp_path, monkeypatch, capsys):
    _row, letters = sent
    mail = returned("postfix", letters["ana@exemple.org"], to="ana@exemple.org")
    other = returned("gmail", letters["bea@exemple.org"], to="bea@exemple.org")
    one = tmp_path / "un.eml"
    one.write_bytes(mail)
    folder = mailbox.Maildir(tmp_path / "boite")
    folder.add(mail)
    folder.add(other)
    kept = mailbox.mbox(tmp_path / "boite.mbox")
    kept.add(mail)
    kept.add(other)
    kept.close()
    loose = tmp_path / "vrac"
    loose.mkdir()
    (loose / "a.eml").write_bytes(mail)
    (loose / "lien.eml").symlink_to(one)
    (loose / "dossier").mkdir()
    places = {"un.eml": 1, "boite": 2, "boite.mbox": 2, "vrac": 1}
    for name, count in places.items():
        found = [bounce_of(content) for content in mails_in(tmp_path / name)]
        assert (name, len(found), None in found) == (name, count, False)

    call_command("bounces", str(tmp_path / "boite.mbox"))
    assert "Courriels lus : 2. Retours : 2. Adresses notées : 2." in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(mail)))
    call_command("bounces", "-")
    assert "Courriels lus : 1. Retours : 1. Adresses notées : 0." in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("bounces", str(tmp_path / "absent"))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00" * 1000, b"From \n\n", b"Content-Type: multipart/report\n\nx",
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n)
                 for n in range(3000)),
        b"Content-Type: message/rfc822\n\n" * 3000,
        b"Content-Type: message/delivery-status\n\nAction: failed\nStatus: 9.9.9\n",
        b'Content-Type: text/plain; charset="nulle-part"\nList-Unsubscribe: </courriels/'
        + b"A" * 100 + b"/>\n\nx",
        b"Subject: =?utf-8?b?////?=\nContent-Type: multipart/report; boundary*=\xff\n\n--\n",
    ],
)  # fmt: skip
def test_a_hostile_mail_says_nothing_and_stops_nothing(content):
    assert bounce_of(content) is None


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_mail_is_read_or_left_never_more(data):
    letter = b"List-Unsubscribe: <https://x.ca/courriels/" + b"Z" * 75 + b"/>\n\nBonjour"
    mail = bytearray(returned(data.draw(st.sampled_from([*SHAPES])), letter, to="a@exemple.org"))
    for place in data.draw(st.lists(st.integers(0, len(mail) - 1), max_size=20)):
        mail[place] = data.draw(st.integers(0, 255))
    found = bounce_of(bytes(mail[: data.draw(st.integers(0, len(mail)))]))
    assert found is None or isinstance(found, Bounce)


def test_a_huge_mail_is_read_to_its_bound(tmp_path):
    path = tmp_path / "a.eml"
    path.write_bytes(b"Subject: x\n\n" + b"x" * (LARGEST * 2))
    assert [len(mail) for mail in mails_in(path)] == [LARGEST]
