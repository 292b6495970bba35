"""After the seal, on screen: removed, corrected, added, issued again; and what is refused."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from tests.web.entrance import let_in
from tests.web.exchange.conftest import AT
from tests.web.report.test_report_results_views import member, silent

from croisee.disclosure import Register, day, load_release
from croisee_web.access.vocabulary import Role
from croisee_web.analysis.queries import latest_run, register_folder, results_of
from croisee_web.disclosure.models import Amendment
from croisee_web.jobs.models import Job
from croisee_web.journal.models import Entry
from croisee_web.people.models import Participant
from croisee_web.people.usecases import withdraw
from croisee_web.people.vocabulary import WithdrawalWay
from croisee_web.report.models import Finding, Publication
from croisee_web.report.queries import publication_folder
from croisee_web.report.rules import removal_of
from croisee_web.report.usecases import (
    compute_results,
    make_amendment,
    publish_sealed,
    try_amendment,
)
from croisee_web.study.models import ContextFigure

pytestmark = pytest.mark.django_db


def home(study):
    return f"/etudes/{study.slug}/apres-le-sceau/"


def words(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def compute(study):
    run = latest_run(study_id=study.pk)
    compute_results(run_id=run.id, actor="site", at=AT, progress=silent)


def release_of(study):
    return load_release(results_of(study_id=study.pk).folder / "equipe" / "release.json")


def work(actor, run):
    """Do the job that was asked for last, as the worker would."""
    job = Job.objects.order_by("-pk").first()
    run(amendment_id=job.arguments["amendment"], actor=actor, at=AT, progress=silent)
    return Amendment.objects.get(pk=job.arguments["amendment"])


def day_of(row):
    """Return the day a change was decided, where its study is: a view reads the clock."""
    return day(row.decided_at.astimezone(ZoneInfo(row.study.timezone)).date()).to("fr")


def mend(study, value):
    """Change a figure of context, as if the one sealed had been badly copied."""
    first = ContextFigure.objects.filter(study=study).order_by("pk").first()
    ContextFigure.objects.filter(pk=first.pk).update(value=value)


def ask(client, study, act, **sent):
    """Send the form of a change; return the change and its page."""
    answer = client.post(f"{home(study)}{act}/", {"reason": "Vu en comité.", **sent})
    assert answer.status_code == 302, words(answer)
    row = Amendment.objects.order_by("-pk").first()
    assert answer.headers["Location"] == f"{home(study)}changements/{row.pk}/"
    return row, answer.headers["Location"]


@pytest.fixture
def public(sealed, admin):
    """The sealed study, shown to everybody."""
    return publish_sealed(study_id=sealed.pk, actor=admin, at=AT)


def test_a_table_leaves_every_page_at_once_by_a_signed_decision(
    sealed,
    public,
    admin,
    client,
    django_capture_on_commit_callbacks,
):
    let_in(client, admin)
    before = release_of(sealed)
    table = next(one for one in before.tables if one.key == "accueil.2024.poste")
    others = [one for one in before.tables if not one.key.startswith(table.key)]
    row, page = ask(client, sealed, "retirer", tables=[table.key])
    told = words(client.get(page))
    assert ("On ne peut pas revenir en arrière" in told, table.code in told) == (True, True)
    # C-01 says a number of this table: it is said before the decision.
    assert "C-01" in told
    assert (row.state, Register.open(register_folder(sealed.pk)).removed("2024a")) == (
        "ready", frozenset(),
    )  # fmt: skip
    assert client.post(page, {}).status_code == 422
    assert client.get(f"/rapports/{public.slug}/").status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, {"sure": "on"}).status_code == 302

    assert results_of(study_id=sealed.pk) is None
    down = client.get(f"/rapports/{public.slug}/")
    assert (down.status_code, "en mise à jour" in words(down)) == (404, True)
    network = words(client.get(f"/etudes/{sealed.slug}/reseaux/{sealed.cases.first().code}/"))
    assert "en mise à jour" in network
    row = work(admin, make_amendment)
    compute(sealed)

    assert (row.state, table.code in row.codes, row.decided_by) == ("done", True, admin.name)
    after = release_of(sealed)
    assert [one.key for one in after.tables] == [one.key for one in others]
    assert after.tables == tuple(others)
    shown = load_release(publication_folder(public.slug) / "release.json")
    assert table.key not in {one.key for one in shown.tables}
    gone = client.get(f"/x/{before.code}-{table.code}")
    client.logout()
    assert gone.status_code == 200  # the team reads who decided, and why
    anybody = client.get(f"/x/{before.code}-{table.code}")
    never = client.get(f"/x/{before.code}-F-999")
    assert (anybody.status_code, "n’est pas, ou n’est plus" in words(anybody)) == (404, True)
    assert words(never).replace("F-999", table.code) == words(anybody)
    assert f"Retiré le 22 novembre 2026 : {table.code}" in words(client.get("/resultats/"))
    assert "Vu en comité" not in words(client.get("/resultats/"))
    acts = list(Entry.objects.filter(act__startswith="disclosure.amendment").order_by("pk"))
    assert [one.act.rpartition(".")[2] for one in acts] == ["tried", "decided", "done"]


def test_a_removal_done_twice_is_done_once(sealed, admin, client):
    let_in(client, admin)
    _row, page = ask(client, sealed, "retirer", findings=["C-02"])
    client.post(page, {"sure": "on"})
    row = work(admin, make_amendment)
    Amendment.objects.filter(pk=row.pk).update(state="decided")

    again = work_again(admin, row)

    assert (again.state, again.codes) == ("done", ["C-02"])
    lines = [
        line for line in Register.open(register_folder(sealed.pk)).journal() if line[1] == "ote"
    ]
    assert len(lines) == 1
    assert Finding.objects.get(study=sealed, code="C-02").withdrawn_at is not None
    page = f"/etudes/{sealed.slug}/constats/{Finding.objects.get(code='C-02').pk}/retirer/"
    back = client.post(page, {"version": "2"})
    assert (back.status_code, "il ne revient pas" in words(back)) == (409, True)


def work_again(actor, row):
    make_amendment(amendment_id=row.pk, actor=actor, at=AT, progress=silent)
    return Amendment.objects.get(pk=row.pk)


def test_a_quote_leaves_without_any_public_notice(sealed, public, admin, client):
    let_in(client, admin)
    quote = release_of(sealed).quotes[0]
    _row, page = ask(client, sealed, "retirer", quotes=[quote.key])
    client.post(page, {"sure": "on"})
    row = work(admin, make_amendment)
    compute(sealed)

    assert (row.state, row.codes) == ("done", [quote.code])
    assert quote.key not in {one.key for one in release_of(sealed).quotes}
    client.logout()
    assert "Retiré" not in words(client.get("/resultats/"))
    shown = publication_folder(public.slug).rglob("*.html")
    assert [path.name for path in shown if quote.text in path.read_text("utf-8")] == []


def test_an_error_of_ours_is_tried_shown_and_corrected(sealed, public, admin, client):
    let_in(client, admin)
    key = next(one.key for one in release_of(sealed).tables if one.key.startswith("contexte"))
    mend(sealed, "127")
    row, page = ask(client, sealed, "corriger")
    assert row.state == "trying"
    waiting = client.get(page)
    assert waiting.headers["Refresh"] == "4"

    row = work(admin, try_amendment)

    assert [one["key"] for one in row.proposal["tables"]] == [key]
    told = words(client.get(page))
    assert ("Deviendrait" in told, "127" in told) == (True, True)
    assert len(Register.open(register_folder(sealed.pk)).everything_out()) == 1
    archive = (publication_folder(public.slug) / "archive.zip.minisig").read_bytes()
    client.post(page, {"sure": "on"})
    assert client.get(f"/rapports/{public.slug}/").status_code == 200
    row = work(admin, make_amendment)
    compute(sealed)
    assert (row.state, row.keys) == ("done", [key])
    table = release_of(sealed).table(key)
    assert f"Erratum du {day_of(row)}" in table.notes[-1].fr
    folder = publication_folder(public.slug)
    assert "Erratum" in (folder / "rapport.html").read_text("utf-8")
    assert (folder / "archive.zip.minisig").read_bytes() != archive
    publication = Publication.objects.get(pk=public.pk)
    assert (publication.state, publication.renewal_asked, publication.run_number) == (
        "public", False, results_of(study_id=sealed.pk).number,
    )  # fmt: skip
    client.logout()
    assert "Erratum du 22 novembre 2026" in words(client.get("/resultats/"))  # the job’s day, AT


def test_what_has_changed_since_the_trial_is_not_adopted(sealed, admin, client):
    let_in(client, admin)
    mend(sealed, "127")
    _row, page = ask(client, sealed, "corriger")
    work(admin, try_amendment)
    mend(sealed, "128")
    client.post(page, {"sure": "on"})

    row = work(admin, make_amendment)

    assert (row.state, "ont changé depuis l’essai" in row.message["fr"]) == ("refused", True)
    assert "data have changed" in row.message["en"]
    assert len(Register.open(register_folder(sealed.pk)).everything_out()) == 1
    assert "Rien n’est changé" in words(client.get(page))


def test_a_table_is_added_beside_those_that_are_sealed(small, admin, client):
    from croisee_web.report.usecases import seal_results

    kept = list(ContextFigure.objects.filter(study=small).values())
    ContextFigure.objects.filter(study=small).delete()
    seal_results(study_id=small.pk, actor=admin, at=AT, progress=silent)
    compute(small)
    let_in(client, admin)
    assert "Aucun tableau n’attend" in words(client.get(f"{home(small)}ajouter/"))
    ContextFigure.objects.bulk_create(ContextFigure(**one) for one in kept)
    client.post(f"/etudes/{small.slug}/resultats/")
    compute(small)
    before = release_of(small)
    offered = words(client.get(f"{home(small)}ajouter/"))
    assert 'value="contexte"' in offered

    _row, page = ask(client, small, "ajouter", tables=["contexte"])
    work(admin, try_amendment)
    client.post(page, {"sure": "on"})
    row = work(admin, make_amendment)
    compute(small)

    after = release_of(small)
    assert (row.state, row.keys) == ("done", ["contexte"])
    assert after.tables[: len(before.tables)] == before.tables
    assert f"ajouté le {day_of(row)}" in after.table("contexte").notes[-1].fr


@pytest.mark.parametrize(
    ("act", "said"), [("corriger", "rien à corriger"), ("reediter", "rien à rééditer")]
)
def test_a_refusal_is_said_in_words_in_both_languages(sealed, admin, client, act, said):
    let_in(client, admin)
    _row, page = ask(client, sealed, act)

    row = work(admin, try_amendment)

    assert (row.state, said in row.message["fr"]) == ("refused", True)
    assert row.message["en"] != row.message["fr"]
    assert "Rien n’est changé" in words(client.get(page))
    assert "Nothing has changed" in words(client.get(f"/en{page}"))
    assert words(client.post(page, {"sure": "on"})).count("n’attend pas de décision") == 1


def test_a_withdrawal_destroys_what_an_undecided_change_would_do(
    sealed,
    admin,
    client,
    django_capture_on_commit_callbacks,
):
    let_in(client, admin)
    mend(sealed, "127")
    _row, page = ask(client, sealed, "corriger")
    row = work(admin, try_amendment)
    assert row.proposal["tables"] != []
    person = Participant.objects.filter(study=sealed, turns__excerpts__isnull=False).first()

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(
            participant_id=person.pk, way=WithdrawalWay.TEAM, actor=admin,
            on=date(2026, 11, 22), at=AT,
        )  # fmt: skip

    row.refresh_from_db()
    assert (row.state, row.proposal) == ("refused", {})
    assert "Quelqu’un s’est retiré" in words(client.get(page))


def test_who_leaves_after_a_change_leaves_every_version_and_the_tables_stand(
    sealed, admin, client, django_capture_on_commit_callbacks
):
    let_in(client, admin)
    mend(sealed, "127")
    _row, page = ask(client, sealed, "corriger")
    work(admin, try_amendment)
    client.post(page, {"sure": "on"})
    work(admin, make_amendment)
    compute(sealed)
    before = release_of(sealed)
    versions = list(register_folder(sealed.pk).rglob("release.json"))
    quote = before.quotes[0]
    person = Participant.objects.get(study=sealed, turns__excerpts__key=quote.key)
    words_of_hers = quote.text.strip("«» .")[:20]
    assert [words_of_hers in path.read_text("utf-8") for path in versions] == [True, True]

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(
            participant_id=person.pk, way=WithdrawalWay.TEAM, actor=admin,
            on=date(2026, 11, 22), at=AT,
        )  # fmt: skip

    assert [words_of_hers in path.read_text("utf-8") for path in versions] == [False, False]
    compute(sealed)
    assert release_of(sealed).tables == before.tables
    assert quote.key not in {one.key for one in release_of(sealed).quotes}


def test_somebody_who_leaves_during_a_change_stops_it(sealed, admin, client):
    let_in(client, admin)
    mend(sealed, "127")
    _row, page = ask(client, sealed, "corriger")
    row = work(admin, try_amendment)
    client.post(page, {"sure": "on"})

    def leave(step):
        if "Audit de tout" in step.to("fr"):
            first = Participant.objects.filter(study=sealed, withdrawn_on=None).first()
            Participant.objects.filter(pk=first.pk).update(withdrawn_on=date(2026, 11, 22))

    make_amendment(amendment_id=row.pk, actor=admin, at=AT, progress=leave)

    row.refresh_from_db()
    assert (row.state, "s’est retiré" in row.message["fr"]) == ("refused", True)
    assert len(Register.open(register_folder(sealed.pk)).everything_out()) == 1


def test_one_change_at_a_time_and_one_that_waits_gives_way(sealed, admin, client):
    let_in(client, admin)
    first, page = ask(client, sealed, "retirer", findings=["C-02"])
    second, _page = ask(client, sealed, "corriger")
    first.refresh_from_db()
    assert (first.state, first.proposal, second.state) == ("dropped", {}, "trying")
    assert client.post(page, {"sure": "on"}).status_code == 409

    third = client.post(f"{home(sealed)}reediter/", {"reason": "Encore."})

    assert (third.status_code, "Un autre changement est en cours" in words(third)) == (409, True)
    client.post(f"{home(sealed)}changements/{second.pk}/", {"drop": "1"})
    second.refresh_from_db()
    assert second.state == "dropped"


def test_nothing_is_asked_without_a_reason_or_a_choice(sealed, admin, client):
    let_in(client, admin)
    for act, sent, said in (
        ("retirer", {"reason": "Regret."}, "Cochez ce qui est retiré."),
        ("retirer", {"findings": ["C-02"]}, "Écrivez pourquoi."),
        ("retirer", {"findings": ["C-99"], "reason": "Regret."}, "C-99"),
        ("corriger", {"reason": "   "}, "Écrivez pourquoi."),
    ):
        answer = client.post(f"{home(sealed)}{act}/", sent)
        assert (answer.status_code, said in words(answer)) == (422, True)
    assert client.get(f"{home(sealed)}detruire/").status_code == 404
    assert not Amendment.objects.exists()


def test_only_the_study_lead_changes_a_sealed_release(sealed, client):
    row = Amendment.objects.create(
        study=sealed, release_code="2024a", act="ote", state="ready", reason="Regret.",
        decided_by="Léa", asked_at=AT, about=["C-02"],
    )  # fmt: skip
    for role in (Role.RESEARCHER, Role.CODER, Role.COMMITTEE):
        let_in(client, member(sealed, role))
        for part in ("", "retirer/", f"changements/{row.pk}/"):
            assert client.get(home(sealed) + part).status_code == 403
        sent = client.post(f"{home(sealed)}changements/{row.pk}/", {"sure": "on"})
        assert sent.status_code == 403
    row.refresh_from_db()
    assert row.state == "ready"


def test_before_the_seal_the_page_says_to_compute_again(small, admin, client):
    let_in(client, admin)
    assert "Rien n’est scellé encore" in words(client.get(home(small)))
    answer = client.post(f"{home(small)}corriger/", {"reason": "Une faute."})
    assert (answer.status_code, "calculez de nouveau" in words(answer)) == (409, True)


def test_a_removal_names_what_goes_with_a_table(sealed):
    release = release_of(sealed)

    found = removal_of(release, ["accueil.2024.poste"])

    keys = {one["key"] for one in found["tables"]}
    assert keys == {
        one.key for one in release.tables if one.key.partition("@")[0] == "accueil.2024.poste"
    }
    assert (found["findings"], found["quotes"], found["silenced"]) == ([], [], ["C-01"])
