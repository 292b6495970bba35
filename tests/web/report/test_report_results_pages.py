"""The pages of results and exchange, in a real browser."""

import pytest
from tests.web.entrance import let_in
from tests.web.exchange.conftest import AT
from tests.web.looking import cookies_of, faults_of
from tests.web.report.test_report_computing import computed

from croisee_web.exchange.models import Upload
from croisee_web.report.models import Finding
from croisee_web.report.usecases import publish_sealed, seal_results

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pages_of_results_have_no_fault(small, admin, browser, live_server, client):
    study = f"/etudes/{small.slug}/"
    refused = Upload.objects.create(
        account=admin,
        sha256="0" * 64,
        state="refused",
        sent_at=AT,
        problems=[
            {
                "severity": "refus",
                "file": "cadre.csv",
                "row": 4,
                "column": "organisme",
                "message": ["« x » n’est pas un code.", "“x” is not a code."],
                "remedy": ["Corrigez la cellule.", "Correct the cell."],
            }
        ],
    )
    cookies = cookies_of(let_in(client, admin), live_server.url)
    empty = [f"{study}resultats/", "/importer/", f"/importer/{refused.pk}/", f"{study}exporter/"]
    assert faults_of(browser, live_server.url, empty, cookies=cookies) == []

    seal_results(study_id=small.pk, actor=admin, at=AT, progress=lambda step: None)
    run = computed(small, admin)
    publish_sealed(study_id=small.pk, actor=admin, at=AT)
    case = next(iter(Finding.objects.filter(study=small).first().cases))
    pages = [
        f"{study}resultats/",
        f"{study}sceller/",
        f"{study}reseaux/",
        f"{study}reseaux/{case}/",
        f"/x/{run.release_code}-F-01",
        f"/en{study}resultats/",
        "/resultats/",
    ]
    assert faults_of(browser, live_server.url, pages, cookies=cookies) == []
