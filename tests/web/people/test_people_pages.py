"""The pages about people, in a real browser."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from tests.web.entrance import let_in
from tests.web.looking import cookies_of, faults_of
from tests.web.people.incidents import judgement, made_incident

from croisee_web.people.models import Destruction, Participant
from croisee_web.people.queries.assessments import TEXTS
from croisee_web.people.queries.registers import REGISTERS
from croisee_web.people.rules import ShownForm
from croisee_web.people.usecases import (
    Belonging,
    FormText,
    add_participant,
    decide_injury,
    issue_link,
    record_consent,
    withdraw,
    write_assessment,
    write_form,
    write_in_register,
)
from croisee_web.people.vocabulary import (
    AgeGroup,
    Answerer,
    Assent,
    ConsentMode,
    WithdrawalWay,
)
from croisee_web.study.models import Method, Retention

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
    draft = write_form(
        study_id=sample.study.pk, written=FormText("2026-2", "fr", "Bref.", "Tout."),
        actor=sample.lead, at=AT,
    )  # fmt: skip
    write_in_register(
        study_id=sample.study.pk, register=REGISTERS["demandes"], actor=sample.lead, at=AT,
        values={"participant": "p-01", "asked": "access", "received_on": date(2026, 9, 1),
                "answered_on": None, "answer": ""},
    )  # fmt: skip
    ethics = "/etudes/numerique/ethique/"
    more = [
        *(
            f"{ethics}{end}"
            for end in ("formulaires/", "formulaires/nouveau/", "avis/", "registres/")
        ),
        f"{ethics}formulaires/{draft.pk}/",
        *(f"{ethics}registres/{name}/" for name in REGISTERS),
        "/etudes/numerique/importer-des-personnes/",
        f"{own}formulaire/",
    ]
    home = "/etudes/numerique/participation/"
    team = [home, *(f"{home}p-01/{end}" for end in ("", "modifier/", "consentement/", "retrait/"))]
    return [
        *team,
        *_of_minors(sample),
        *_of_the_law(sample),
        f"{home}p-02/",
        own,
        f"{own}consentement/",
        f"{own}retrait/",
        gone,
        f"/en{home}",
        *more,
    ]


def _of_minors(sample):
    """The pages of a child: the team's, hers, her parent's."""
    add_participant(
        study_id=sample.study.pk, code="p-09", actor=sample.lead, at=AT,
        belonging=Belonging("carrefours", age_group=AgeGroup.UNDER_14),
    )  # fmt: skip
    child = Participant.objects.get(code="p-09")
    record_consent(
        participant_id=child.pk, answers={"analyse": True}, at=AT, actor=sample.lead,
        form=ShownForm(
            ConsentMode.ORAL, "2026-1", by=Answerer.PARENT, assent=Assent.TOO_YOUNG.value
        ),
    )  # fmt: skip
    home = "/etudes/numerique/participation/p-09/"
    own = [
        f"/p/{token}/mes-donnees/"
        for token in (
            issue_link(participant_id=child.pk, actor=sample.lead, at=AT, holder=holder)
            for holder in Answerer.values
        )
    ]
    return [
        home, f"{home}consentement/", f"{home}retrait/",
        *(f"{one}{end}" for one in own for end in ("", "consentement/", "retrait/")),
        f"/en{own[1]}",
    ]  # fmt: skip


def _of_the_law(sample):
    """An incident decided, its notices, the assessment, the end of a retention."""
    study = sample.study
    incident = made_incident(study)
    decide_injury(
        study_id=study.pk, number=incident.pk, judged=judgement("3"), version=0,
        actor=sample.lead, at=AT,
    )  # fmt: skip
    write_assessment(
        study_id=study.pk, texts={name: f"Texte {name}" for name in TEXTS},
        actor=sample.lead, at=AT,
    )  # fmt: skip
    Method.objects.create(
        study=study, code="groupe", position=1, name_fr="Groupe", kind="groupe", subject="personne"
    )
    for covers, day in (("identities", 1), ("words", 31)):
        Retention.objects.create(
            study=study, what=f"Ligne {covers}", covers=covers, until=date(2026, 1, day),
            fate="destroy",
        )  # fmt: skip
    Destruction.objects.create(
        study=study, covers="register", until=date(2026, 1, 1), people=2, by="équipe",
        destroyed_at=AT, lines=[["Consentements notés", 2, ""]],
    )  # fmt: skip
    ethics = "/etudes/numerique/ethique/"
    one = f"{ethics}incidents/{incident.pk}/"
    return [
        f"{ethics}registres/incidents/", one, f"{one}commission/", f"{one}personnes/",
        f"{ethics}vie-privee/", f"{ethics}vie-privee/1/", f"{ethics}vie-privee/1/modifier/",
        f"{ethics}vie-privee/nouvelle/", f"{ethics}fin-de-conservation/",
        f"{ethics}fin-de-conservation/words/", f"{ethics}conservation/",
        f"/en{one}", f"/en{one}commission/", f"/en{ethics}fin-de-conservation/",
        f"/en{ethics}vie-privee/1/",
    ]  # fmt: skip


def test_pages_about_people_have_no_fault(pages, sample, browser, live_server, client):
    cookies = cookies_of(let_in(client, sample.lead), live_server.url)

    assert faults_of(browser, live_server.url, pages, cookies=cookies) == []


def test_preview_of_a_list_has_no_fault(sample, browser, live_server, client, tmp_path):
    cookies = cookies_of(let_in(client, sample.lead), live_server.url)
    path = tmp_path / "liste.csv"
    path.write_text("code;réseau;nom\np-20;carrefours;Ada\nA B;ailleurs;Bo\n", encoding="utf-8")
    for width in (1366, 360):
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        context.add_cookies(cookies)
        page = context.new_page()
        page.goto(f"{live_server.url}/etudes/numerique/importer-des-personnes/")
        page.set_input_files("input[type=file]", path)
        page.get_by_role("button", name="Lire le fichier").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Relire la liste"
        assert page.evaluate("document.documentElement.scrollWidth > innerWidth") is False
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        page.get_by_role("button", name="Inscrire ces personnes").focus()
        context.close()


def test_somebody_withdraws_by_keyboard_alone(sample, browser, live_server):
    token = issue_link(participant_id=sample.ada.pk, actor=sample.lead, at=AT)
    page = browser.new_page()
    page.goto(f"{live_server.url}/p/{token}/mes-donnees/")
    _reach(page, "Voir ce que fait un retrait")
    page.keyboard.press("Enter")
    page.wait_for_url("**/retrait/")
    _reach(page, "sure")
    page.keyboard.press("Space")
    _reach(page, "Me retirer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mes-donnees/")

    assert "Reçu de retrait" in page.content()
    page.close()


def _reach(page, what):
    """Press Tab until the focus is on something that says, or is called, ``what``."""
    for _ in range(40):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.innerText || document.activeElement.name")
        if said and said.strip() == what:
            return
    raise AssertionError(what)


def test_own_pages_weigh_ten_kilobytes_at_most_with_their_style(sample, client):
    token = issue_link(participant_id=sample.ada.pk, actor=sample.lead, at=AT)
    style = gzip.compress(Path(finders.find("kit/croisee.css")).read_bytes())
    for end in ("", "consentement/", "formulaire/", "retrait/"):
        page = client.get(f"/p/{token}/mes-donnees/{end}").content
        assert b"<script" not in page
        assert len(gzip.compress(page)) + len(style) <= 10_000
