"""Results as the team and each network read them; the seal, and what follows."""

import re
from datetime import date

import pytest
from tests.web.entrance import let_in
from tests.web.exchange.conftest import AT
from tests.web.report.test_report_computing import computed

from croisee_web.access.models import Account, Assignment, SecondFactor
from croisee_web.access.vocabulary import FactorKind, Role
from croisee_web.analysis.queries import latest_run, results_of
from croisee_web.disclosure.models import SealedRelease, Waiver
from croisee_web.journal.models import Entry
from croisee_web.people.models import Participant
from croisee_web.people.usecases import withdraw
from croisee_web.people.vocabulary import WithdrawalWay
from croisee_web.report.models import Comment, Finding, FindingVersion, Publication
from croisee_web.report.queries import written_of
from croisee_web.report.usecases import compute_results, publish_sealed, seal_results
from croisee_web.study.models import Study

pytestmark = pytest.mark.django_db


def silent(step):
    del step


def member(study, role, case=""):
    account = Account.objects.create(
        email=f"{role}-{case}@exemple.ca", name=f"Personne {role}", created_at=AT
    )
    Assignment.objects.create(account=account, study_id=study.pk, role=role, case=case, given_at=AT)
    SecondFactor.objects.create(
        account=account, kind=FactorKind.APPLICATION, name="codes", added_at=AT
    )
    return account


def test_the_team_computes_and_reads(small, admin, client):
    let_in(client, member(small, Role.RESEARCHER))
    home = f"/etudes/{small.slug}/resultats/"
    assert "Rien n’est encore calculé" in client.get(home).content.decode()
    assert client.post(home).status_code == 302
    assert latest_run(study_id=small.pk).state == "waiting"
    run = latest_run(study_id=small.pk)
    page = client.get(home)
    assert "Calcul en cours" in page.content.decode()
    assert page.headers["Refresh"] == "4"
    compute_results(run_id=run.id, actor="site", at=AT, progress=silent)
    page = client.get(home).content.decode()
    assert "Audit passé" in page
    assert run.digest in page
    report = client.get(f"{home}1/diffusion/rapport.html")
    assert (report.status_code, "default-src 'none'" in report["Content-Security-Policy"]) == (
        200,
        True,
    )
    for name in ("2/diffusion/rapport.html", "1/equipe/dataset/manifest.json", "1/../registre"):
        assert client.get(home + name).status_code == 404
    code = results_of(study_id=small.pk).release_code
    provenance = client.get(f"/x/{code}-F-01").content.decode()
    assert results_of(study_id=small.pk).digest in provenance
    assert client.get(f"/x/{code}-F-999").status_code == 404


def test_a_list_of_results_asks_as_many_queries_whatever_it_holds(
    small, admin, django_assert_max_num_queries
):
    from croisee_web.report.queries import results_page

    computed(small, admin)
    with django_assert_max_num_queries(10):
        results_page(study_id=small.pk, viewer=admin)


def test_results_say_since_when_they_are_stale(small, admin, client):
    computed(small, admin)
    let_in(client, admin)
    home = f"/etudes/{small.slug}/resultats/"
    assert "Périmé" not in client.get(home).content.decode()
    Entry.objects.filter(study_id=small.pk, act="study.study.written").update(
        happened_at=date(2027, 1, 1).isoformat() + "T00:00:00Z"
    )
    assert "Périmé" in client.get(home).content.decode()


def test_a_network_reads_nothing_of_a_draft(small, admin, client):
    computed(small, admin)
    case = small.cases.order_by("position").first().code
    let_in(client, member(small, Role.COORDINATOR, case))
    home = f"/etudes/{small.slug}/reseaux/"
    assert client.get(home).headers["Location"] == f"{home}{case}/"
    page = client.get(f"{home}{case}/").content.decode()
    assert "quand ils seront arrêtés" in page
    assert client.get(f"{home}{case}/lire/index.html").status_code == 404
    assert client.get(f"/etudes/{small.slug}/resultats/").status_code in {403, 404}
    code = results_of(study_id=small.pk).release_code
    assert client.get(f"/x/{code}-F-01").status_code == 404


def test_a_network_reads_its_own_sealed_results_and_no_other(sealed, client):
    cases = [case.code for case in sealed.cases.order_by("position")]
    let_in(client, member(sealed, Role.COORDINATOR, cases[0]))
    home = f"/etudes/{sealed.slug}/reseaux/"
    page = client.get(f"{home}{cases[0]}/")
    assert page.status_code == 200
    assert client.get(f"{home}{cases[0]}/lire/index.html").status_code == 200
    assert client.get(f"{home}{cases[1]}/").status_code == 403
    assert client.get(f"{home}{cases[1]}/lire/index.html").status_code == 403


def test_a_network_comments_and_answers(sealed, client):
    case = sealed.cases.order_by("position").first()
    finding = next(f for f in Finding.objects.filter(study=sealed) if case.code in f.cases)
    let_in(client, member(sealed, Role.COORDINATOR, case.code))
    home = f"/etudes/{sealed.slug}/reseaux/{case.code}/"
    assert client.post(home, {"finding": finding.pk, "text": "C’est bien nous."}).status_code == 302
    assert Comment.objects.get().text == "C’est bien nous."
    empty = client.post(home, {"finding": finding.pk, "text": "  "})
    assert empty.status_code == 422
    answer = {"finding": finding.pk, "stance": "disputed", "version": finding.version}
    assert client.post(home, {**answer, "note": ""}).status_code == 422
    assert client.post(home, {**answer, "note": "Nous étions 12."}).status_code == 422
    assert client.post(home, {**answer, "note": "Pas chez nous."}).status_code == 302
    before = finding.status
    finding.refresh_from_db()
    assert (finding.status, finding.version) == ("dispute", 2)
    (told,) = [one for one in written_of(sealed.pk).findings if one.code == finding.code]
    assert told.minority.fr.endswith(f"{case.short_fr} : Pas chez nous.")
    kept = FindingVersion.objects.get(finding=finding)
    assert (kept.number, kept.content["status"]) == (1, before)
    assert client.post(home, {**answer, "note": "Encore."}).status_code == 409
    assert "Pas chez nous." in client.get(home).content.decode()


def test_a_release_is_sealed_once_and_only_after_its_date(small, admin, client):
    Study.objects.filter(pk=small.pk).update(release_arrest_on=date(2030, 1, 1))
    with pytest.raises(Exception, match="2030"):
        seal_results(study_id=small.pk, actor=admin, at=AT, progress=silent)
    assert not SealedRelease.objects.exists()
    Study.objects.filter(pk=small.pk).update(release_arrest_on=date(2026, 11, 1))
    seal_results(study_id=small.pk, actor=admin, at=AT, progress=silent)
    seal_results(study_id=small.pk, actor=admin, at=AT, progress=silent)
    row = SealedRelease.objects.get()
    assert (row.arrested_on, row.sealed_by) == (date(2026, 11, 1), admin.name)
    assert Entry.objects.filter(act="disclosure.release.sealed").count() == 1
    let_in(client, admin)
    answer = client.post(f"/etudes/{small.slug}/sceller/", {"sure": "on"})
    assert (answer.status_code, "déjà scellée" in answer.content.decode()) == (409, True)


def test_sealing_is_asked_for_knowingly(small, admin, client):
    let_in(client, admin)
    page = f"/etudes/{small.slug}/sceller/"
    assert "Cochez cette case" in client.post(page).content.decode()
    told = {"sure": "on", "warnings_reason": "Tout le monde le sait déjà."}
    assert client.post(page, told).status_code == 302
    waiver = Waiver.objects.get(study=small, about="avertissements")
    assert (waiver.reason, waiver.decided_by) == ("Tout le monde le sait déjà.", admin.name)


def test_sealed_results_are_published_by_a_named_act_and_follow_a_withdrawal(
    sealed, admin, client, django_capture_on_commit_callbacks
):
    with pytest.raises(Exception, match="rien à cette adresse"):
        publish_sealed(
            study_id=sealed.pk,
            actor=Account.objects.create(email="x@exemple.ca", name="X", created_at=AT),
            at=AT,
        )
    publication = publish_sealed(study_id=sealed.pk, actor=admin, at=AT)
    page = f"/rapports/{publication.slug}/"
    tables = (
        results_of(study_id=sealed.pk).folder / "diffusion" / "figures" / "F-01.csv"
    ).read_bytes()
    assert client.get(page).status_code == 200
    assert client.get("/resultats/").status_code == 200
    case = sealed.cases.order_by("position").first().code
    leaflet = client.get(f"/f/{case}-{publication.release_code}/")
    assert client.get(leaflet["Location"]).status_code == 200
    person = Participant.objects.filter(study=sealed, turns__excerpts__isnull=False).first()
    with django_capture_on_commit_callbacks(execute=True):
        receipt = withdraw(
            participant_id=person.pk, way=WithdrawalWay.TEAM, actor=admin,
            on=date(2026, 11, 22), at=AT,
        )  # fmt: skip
    assert client.get(page).status_code == 404
    assert any("arrêtés" in stands for _what, _count, stands in receipt.lines)
    run = latest_run(study_id=sealed.pk)
    compute_results(run_id=run.id, actor="site", at=AT, progress=silent)
    assert client.get(page).status_code == 200
    after = results_of(study_id=sealed.pk)
    assert after.sealed_on == publication.arrested_on
    assert (after.folder / "diffusion" / "figures" / "F-01.csv").read_bytes() == tables
    assert Publication.objects.get(pk=publication.pk).state == "public"


def test_a_code_printed_by_another_study_of_the_site_is_not_sealed_again(
    small, sealed_elsewhere, admin, client
):
    let_in(client, admin)
    answer = client.post(f"/etudes/{small.slug}/sceller/", {"sure": "on"})

    assert (answer.status_code, "sert déjà sur ce site" in answer.content.decode()) == (409, True)


@pytest.fixture
def sealed_elsewhere(small):
    other = Study.objects.create(slug="autre", title_fr="Une autre étude", created_at=AT)
    code = Study.objects.get(pk=small.pk).release_code
    return SealedRelease.objects.create(
        study=other, code=code, arrested_on=date(2026, 11, 1), sealed_at=AT, sealed_by="Bo",
        dataset_mac="0",
    )  # fmt: skip


def test_each_link_of_the_results_leads_somewhere_where_no_code_is_chosen_yet(small, admin, client):
    """A study that nothing was written of: no code of a release, nothing for a network alone."""
    Study.objects.filter(pk=small.pk).update(release_code="")
    small.findings.all().delete()
    run = computed(small, admin)
    code = small.cases.order_by("position").first().code
    (run.folder / "cercles" / code / "index.html").unlink(missing_ok=True)
    let_in(client, admin)
    page = client.get(f"/etudes/{small.slug}/resultats/").content.decode().partition("<main")[2]
    links = re.findall(r'href="(/etudes/[^"#]+)(#[^"]+)?"', page)

    pages = {address for address, _ in links if not address.endswith((".pdf", ".docx"))}
    read = {address: client.get(address) for address in pages}

    assert {one: read[one].status_code for one in read} == dict.fromkeys(pages, 200)
    assert f"cercles/{code}/{code}.html" in page
    explained = [(address, mark[1:]) for address, mark in links if mark]
    assert "F-01" in {mark for _, mark in explained}
    for address, mark in explained:
        assert f'id="{mark}"'.encode() in read[address].content
