"""The pages about people, in a real browser."""

from datetime import UTC, date, datetime

import pytest
from tests.web.entrance import let_in
from tests.web.looking import cookies_of, faults_of

from croisee_web.people.rules import ShownForm
from croisee_web.people.usecases import issue_link, record_consent, withdraw
from croisee_web.people.vocabulary import ConsentMode, WithdrawalWay

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(sample, live_server, client):
    own, gone = (
        f"/p/{issue_link(participant_id=person.pk, actor=sample.lead, at=AT)}/mes-donnees/"
        for person in (sample.ada, sample.bo)
    )
    record_consent(
        participant_id=sample.ada.pk,
        answers={"analyse": True, "citation": False},
        form=ShownForm(ConsentMode.ORAL, "2026-1"),
        at=AT,
        actor=sample.lead,
    )
    withdraw(
        participant_id=sample.bo.pk,
        way=WithdrawalWay.TEAM,
        actor=sample.lead,
        on=date(2026, 11, 22),
        at=AT,
    )
    home = "/etudes/numerique/participation/"
    team = [home, *(f"{home}p-01/{end}" for end in ("", "modifier/", "consentement/", "retrait/"))]
    return [*team, f"{home}p-02/", own, f"{own}consentement/", f"{own}retrait/", gone, f"/en{home}"]


def test_pages_about_people_have_no_fault(pages, sample, browser, live_server, client):
    cookies = cookies_of(let_in(client, sample.lead), live_server.url)

    assert faults_of(browser, live_server.url, pages, cookies=cookies) == []
