from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from tests.web.entrance import let_in

from croisee_web.access.models import Account
from croisee_web.report.usecases import publish_results, withdraw_publication

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reports", [1, 3])
def test_publication_list_makes_one_query_however_many_reports(
    client, results_of, reports, django_assert_num_queries
):
    for number in range(reports):
        publish_results(folder=results_of(f"2026{number}"), actor="Ada", at=AT)

    with django_assert_num_queries(1):  # publications; of no study, so of no network
        page = client.get("/").content.decode()

    assert page.count('<li class="carte">') == reports


def test_publication_list_says_how_to_publish_to_whoever_has_an_account(client):
    stranger = client.get("/").content.decode()
    account = Account.objects.create(email="lea@exemple.ca", name="Léa", created_at=AT)
    page = let_in(client, account).get("/").content.decode()

    assert [
        ("page Résultats de l’étude" in one, "n’est encore diffusé" in one)
        for one in (stranger, page)
    ] == [(False, True), (True, True)]


def test_publication_list_is_read_in_english_under_en(client):
    page = client.get("/en/").content.decode()

    assert ('<html lang="en-CA">' in page, "Published reports" in page) == (True, True)


def test_publication_file_brings_its_own_style_and_no_script(client, results_of):
    publication = publish_results(folder=results_of(), actor="Ada", at=AT)

    answer = client.get(f"/rapports/{publication.slug}/rapport.html")

    policy = answer.headers["Content-Security-Policy"]
    assert (answer.status_code, "script" in policy, "sha256-" in policy) == (200, False, True)


@pytest.mark.parametrize(
    "name", ["../../secret.txt", "%2e%2e/secret.txt", "absent.html", ".x.html"]
)
def test_publication_file_answers_nothing_outside_the_publication(client, results_of, name):
    publication = publish_results(folder=results_of(), actor="Ada", at=AT)

    answer = client.get(f"/rapports/{publication.slug}/{name}")

    assert answer.status_code == 404


def test_publication_file_is_gone_once_withdrawn(client, results_of):
    publication = publish_results(folder=results_of(), actor="Ada", at=AT)
    withdraw_publication(slug=publication.slug, actor="Ada", at=AT)

    answer = client.get(f"/rapports/{publication.slug}/rapport.html")

    assert answer.status_code == 404


def test_provenance_leads_from_a_printed_code_to_its_source(client, results_of):
    publication = publish_results(folder=results_of(), actor="Ada", at=AT)

    answer = client.get("/x/2026a-F-07")

    assert answer.headers["Location"] == f"/rapports/{publication.slug}/provenance.html#F-07"


def test_every_page_refuses_script_and_frames(client):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; script-src 'nonce-")


def test_publish_command_says_the_address_or_why_not(results_of, capsys):
    call_command("publish_results", results_of(), actor="Ada")
    address = capsys.readouterr().out.strip()

    with pytest.raises(CommandError, match="déjà sur le site"):
        call_command("publish_results", results_of("2026a-bis").with_name("2026a"), actor="Ada")

    assert address.startswith("/rapports/")


def test_provenance_understands_a_release_code_with_a_hyphen(client, results_of):
    publication = publish_results(folder=results_of("2026-b"), actor="Ada", at=AT)

    answer = client.get("/x/2026-b-V-12")

    assert answer.headers["Location"] == f"/rapports/{publication.slug}/provenance.html#V-12"


@pytest.mark.parametrize("code", ["2031z-F-07", "F-07", "2026a-F-", "2026a"])
def test_provenance_of_an_unknown_code_is_a_page_not_found(client, results_of, code):
    publish_results(folder=results_of(), actor="Ada", at=AT)

    assert client.get(f"/x/{code}").status_code == 404


def test_publication_list_leads_to_the_files_of_the_readers_language(client, results_of):
    folder = results_of()
    for name in ("index", "rapport", "provenance"):
        (folder / "diffusion" / f"{name}.en.html").write_text(
            f'<p id="F-07">{name}</p>', encoding="utf-8"
        )
    slug = publish_results(folder=folder, actor="Ada", at=AT).slug

    french, english = (client.get(url).content.decode() for url in ("/", "/en/"))
    moved = client.get("/en/x/2026a-F-07").headers["Location"]
    first = b"".join(client.get(f"/en/rapports/{slug}/"))

    assert first == b'<p id="F-07">index</p>'
    assert (
        f"/rapports/{slug}/rapport.html" in french,
        f"/en/rapports/{slug}/rapport.en.html" in english,
        f"/en/rapports/{slug}/index.en.html" in english,
        moved,
    ) == (True, True, True, f"/en/rapports/{slug}/provenance.en.html#F-07")
