"""The pages of a study in a real browser: both widths, both themes, the keyboard alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from tests.web.entrance import let_in
from tests.web.looking import cookies_of, faults_of

from croisee_web.study.models import Activity, Certificate, Decision, Meeting, Organisation
from croisee_web.study.usecases.members import Place, read_list

AT = datetime(2022, 6, 1, 12, tzinfo=UTC)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ("Carrefours", "Quartiers", "Praticiennes et praticiens", "Tables famille")
LIST = "Nom;Région\nMaison de l’Amitié;Nord\nMaison de l’Amitie (MA);Nord\nTotal;2\n"


@pytest.fixture
def pages(study, network, method, edition, lead, tmp_path):
    """A study as drawn: four networks, five methods, three things to do. Returns its addresses."""
    today = timezone.localdate()
    edition("2022", name_fr="Édition 2022", start=today, end=today + timedelta(days=2))
    cases = [network(name.split()[0].lower(), name_fr=name, short_fr=name) for name in NAMES]
    methods = [
        method("eclair", name_fr="Sondage-éclair"),
        method("questionnaire", subject="personne"),
        method("entretiens", kind="entretien", subject="personne"),
        method("observations", kind="observation", subject="personne"),
        method("groupes", name_fr="Groupes de discussion", kind="groupe", subject="personne"),
    ]
    for place, case in enumerate(cases):
        for one in methods:
            apart = place == 2 and one is methods[0]
            Activity.objects.create(
                study=study, case=case, method=one, edition="2022", planned=27, done=11,
                state="sans objet" if apart else "en cours",
                reason_fr="Le réseau n’a pas d’organismes membres." if apart else "",
            )  # fmt: skip
        Organisation.objects.bulk_create(
            Organisation(study=study, case=case, code=f"m{n}", name=f"Maison {n}")
            for n in range(60)
        )
    Certificate.objects.create(study=study, position=0, board="CER", number="1")
    meeting = Meeting.objects.create(study=study, held_on=today, title="Première")
    Decision.objects.create(
        study=study, decided_on=today, decided_by="Le comité", text="Oui", searchable="oui"
    )
    path = tmp_path / "liste.csv"
    path.write_text(LIST, encoding="utf-8")
    number = read_list(
        study_id=study.pk, place=Place(cases[1].pk), path=path, file_name="liste.csv",
        actor=lead, at=AT,
    )  # fmt: skip
    own = (
        "", "description/", "cas/", "cas/quartiers/modifier/", "cas/quartiers/membres/",
        "cas/quartiers/membres/importer/", f"cas/quartiers/membres/listes/{number}/",
        "editions/", "methodes/", "activites/", "ethique/", "comite/",
        f"comite/{meeting.pk}/", "decisions/",
    )  # fmt: skip
    return [
        "/etudes/",
        "/nouvelle-etude/",
        "/etude-exemple/",
        *(f"/etudes/veille/{end}" for end in own),
    ]


def test_pages_of_a_study_have_no_fault(pages, lead, browser, live_server, client):
    cookies = cookies_of(let_in(client, lead), live_server.url)

    assert faults_of(browser, live_server.url, pages, cookies=cookies) == []


def test_the_whole_matrix_is_seen_without_scrolling(pages, lead, browser, live_server, client):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.add_cookies(cookies_of(let_in(client, lead), live_server.url))
    page = context.new_page()
    page.goto(f"{live_server.url}/etudes/veille/")

    box = page.locator(".matrice").bounding_box()

    assert page.locator(".faire li").count() == 3
    assert page.locator(".matrice td").count() == 20
    assert box["y"] + box["height"] <= 768


def _reach(page, words):
    """Press Tab until what has the focus says these words."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
        if words in (page.evaluate(focused) or ""):
            return
    raise AssertionError(words)


def test_a_study_and_its_first_network_are_made_with_the_keyboard_alone(
    db, account_with, browser, live_server, client
):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    somebody = account_with(is_administrator=True)
    context.add_cookies(cookies_of(let_in(client, somebody), live_server.url))
    page = context.new_page()
    page.goto(f"{live_server.url}/etudes/")

    _reach(page, "Créer une étude")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nouvelle-etude/")
    _reach(page, "Titre")
    page.keyboard.type("Accès et usages")
    page.keyboard.press("Enter")
    page.wait_for_url("**/etudes/acces-et-usages/")
    _reach(page, "Ajouter un réseau")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nouveau-cas/")
    _reach(page, "Nom")
    page.keyboard.type("Carrefours")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cas/carrefours/membres/")

    assert page.locator("h1").inner_text() == "Carrefours"
    assert "Le réseau est ajouté" in page.locator(".faits").inner_text()


@pytest.mark.parametrize(("prefix", "ticked"), [("", ["fr"]), ("/en", ["fr", "en"])])
def test_a_new_study_writes_its_documents_in_the_language_of_who_makes_it(
    db, account_with, client, prefix, ticked
):
    let_in(client, account_with(is_administrator=True))
    page = client.get(f"{prefix}/nouvelle-etude/").content.decode()
    boxes = [one for one in page.split("<input") if 'name="languages"' in one.partition(">")[0]]
    found = [one.partition('value="')[2][:2] for one in boxes if "checked" in one.partition(">")[0]]

    assert found == ticked
