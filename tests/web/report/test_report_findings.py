"""Findings written, reworded, withdrawn on screen; their versions; what the seal allows."""

import pytest
from tests.web.entrance import let_in
from tests.web.exchange.conftest import AT
from tests.web.report.test_report_computing import computed
from tests.web.report.test_report_results_views import member

from croisee_web.access.vocabulary import Role
from croisee_web.journal.models import Entry
from croisee_web.report.models import Finding, FindingVersion, NetworkStance
from croisee_web.report.queries import findings_list, written_of
from croisee_web.report.rules import compared

pytestmark = pytest.mark.django_db


def home(study):
    return f"/etudes/{study.slug}/constats/"


def fields(finding, **changed):
    """Return what the form of a finding sends when nothing but ``changed`` is."""
    lists = ("cases", "figures", "quotes", "leaflets", "references")
    named = ("title", "text", "minority", "section")
    texts = [f"{name}_{end}" for name in named for end in ("fr", "en")]
    return {
        **{name: getattr(finding, name) for name in texts},
        **{name: getattr(finding, name) for name in lists},
        "literals": "\n".join(finding.literals),
        "status": finding.status,
        "version": finding.version,
        **({"proposal": "on"} if finding.proposal else {}),
        **changed,
    }  # fmt: skip


def words(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_a_finding_is_written_before_anything_is_computed_with_free_references(small, client):
    let_in(client, member(small, Role.RESEARCHER))
    page = words(client.get(f"{home(small)}nouveau/"))
    assert 'value="C-03"' in page
    sent = {
        "code": "C-03",
        "title_fr": "Du temps manque",
        "text_fr": "Selon {tableau.a.venir/oui@potagers}, le temps manque.",
        "status": "brouillon",
        "cases": ["potagers"],
    }

    answer = client.post(f"{home(small)}nouveau/", sent)

    made = Finding.objects.get(study=small, code="C-03")
    assert answer.headers["Location"] == f"{home(small)}{made.pk}/"
    assert (made.position, made.version, made.cases) == (2, 1, ["potagers"])
    assert [one.code for one in written_of(small.pk).findings] == ["C-01", "C-02", "C-03"]
    assert Entry.objects.filter(act="report.finding.added").count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text_fr": "Nous étions 12."}, "Le nombre « 12 » est tapé dans le texte."),
        ({"minority_fr": "Pas 30 %."}, "est tapé dans le texte."),
        ({"text_en": "We were 12."}, "Le nombre « 12 » est tapé dans le texte."),
        ({"text_fr": "Une accolade {a.b/c ouverte."}, "Une accolade n’est pas refermée."),
        ({"text_fr": "Un {a.b/c|jamais} repère."}, "« jamais » n’est pas une valeur possible ici."),
        ({"title_fr": ""}, "Ce champ est obligatoire."),
        ({"code": "C-01"}, "Le code C-01 est déjà pris."),
        ({"code": "C 03"}, "lettres, chiffres et tirets"),
    ],
)
def test_what_a_study_folder_refuses_the_page_refuses(small, client, changed, said):
    let_in(client, member(small, Role.RESEARCHER))
    sent = {"code": "C-03", "title_fr": "Titre", "text_fr": "Texte.", "status": "brouillon"}

    answer = client.post(f"{home(small)}nouveau/", {**sent, **changed})

    assert (answer.status_code, said in words(answer)) == (422, True)
    assert not Finding.objects.filter(study=small, code="C-03").exists()


def test_a_number_that_somebody_reviewed_is_kept(small, client):
    let_in(client, member(small, Role.RESEARCHER))
    first = Finding.objects.get(study=small, code="C-02")
    sent = fields(first, text_fr="Deux à 3 jours par semaine.", literals="à 3 jours\n\n")

    assert client.post(f"{home(small)}{first.pk}/modifier/", sent).status_code == 302

    first.refresh_from_db()
    assert (first.text_fr, first.literals) == ("Deux à 3 jours par semaine.", ["à 3 jours"])


def test_a_wording_keeps_the_ones_before_and_a_second_writer_is_told(small, client):
    lea, bea = member(small, Role.RESEARCHER), member(small, Role.LEAD)
    finding = Finding.objects.get(study=small, code="C-02")
    before, page = finding.text_fr, f"{home(small)}{finding.pk}/modifier/"
    let_in(client, lea)
    assert client.post(page, fields(finding, text_fr="Deux réseaux.")).status_code == 302
    let_in(client, bea)

    late = client.post(page, fields(finding, text_fr="Trois réseaux."))

    assert late.status_code == 409
    assert "L’autre personne a écrit : « Deux réseaux. »" in words(late)
    assert "Trois réseaux." in words(late)
    finding.refresh_from_db()
    assert (finding.text_fr, finding.version) == ("Deux réseaux.", 2)
    again = client.post(page, fields(finding, text_fr="Trois réseaux.", status="discute"))
    assert again.status_code == 302
    kept = FindingVersion.objects.filter(finding=finding).order_by("number")
    assert [(one.number, one.by, one.content["text_fr"]) for one in kept] == [
        (1, lea.label, before),
        (2, bea.label, "Deux réseaux."),
    ]
    seen = words(client.get(f"{home(small)}{finding.pk}/"))
    assert [f"versions/{n}/" in seen for n in (1, 2, 3)] == [False, True, True]
    told = words(client.get(f"{home(small)}{finding.pk}/versions/3/"))
    assert f"{bea.name}, 22 novembre 2026" in told or bea.name in told
    assert "</span>Deux</del>" in told
    assert "</span>Trois</ins>" in told
    assert client.get(f"{home(small)}{finding.pk}/versions/1/").status_code == 404
    assert client.get(f"{home(small)}{finding.pk}/versions/4/").status_code == 404


def test_a_finding_is_withdrawn_and_put_back(small, client):
    let_in(client, member(small, Role.RESEARCHER))
    finding = Finding.objects.get(study=small, code="C-02")
    page = f"{home(small)}{finding.pk}/retirer/"
    assert "Il ne sera plus dans les documents" in words(client.get(page))

    assert client.post(page, {"version": "7"}).status_code == 409
    assert client.post(page, {"version": "1"}).status_code == 302

    assert [one.code for one in written_of(small.pk).findings] == ["C-01"]
    assert "Constats retirés" in words(client.get(home(small)))
    edited = client.post(f"{home(small)}{finding.pk}/modifier/", fields(finding, version=2))
    assert (edited.status_code, "Ce constat est retiré" in words(edited)) == (409, True)
    assert client.post(page, {"version": "2"}).status_code == 302
    assert [one.code for one in written_of(small.pk).findings] == ["C-01", "C-02"]
    acts = Entry.objects.filter(act__startswith="report.finding.").order_by("pk")
    assert [one.act for one in acts][-2:] == ["report.finding.withdrawn", "report.finding.restored"]


def test_after_the_seal_only_sealed_numbers_are_cited_and_no_sealed_finding_leaves_here(
    sealed,
    client,
):
    let_in(client, member(sealed, Role.RESEARCHER))
    finding = Finding.objects.get(study=sealed, code="C-01")
    page = f"{home(sealed)}{finding.pk}/modifier/"
    free = client.post(page, fields(finding, text_fr="Selon {tableau.a.venir/oui@potagers}."))
    assert (free.status_code, "aucun tableau diffusé n’a cette clé" in words(free)) == (422, True)
    figure = fields(finding, figures=[*finding.figures, "tableau.a.venir"])
    assert client.post(page, figure).status_code == 422
    assert client.post(page, fields(finding, title_fr="Autrement dit")).status_code == 302
    out = client.post(f"{home(sealed)}{finding.pk}/retirer/", {"version": "2"})
    assert (out.status_code, "Après le sceau" in words(out)) == (409, True)
    finding.refresh_from_db()
    assert (finding.title_fr, finding.withdrawn_at) == ("Autrement dit", None)


def test_notes_of_networks_are_printed_after_the_authors_own_and_never_written_over(
    sealed,
    client,
):
    case = sealed.cases.order_by("position").first()
    finding = next(f for f in Finding.objects.filter(study=sealed) if case.code in f.cases)
    who = member(sealed, Role.COORDINATOR, case.code)
    NetworkStance.objects.create(
        finding=finding, case=case, stance="disputed", note="Pas chez nous.", author=who, at=AT
    )
    let_in(client, member(sealed, Role.RESEARCHER))
    page = f"{home(sealed)}{finding.pk}/modifier/"
    sent = fields(finding, minority_fr="Une voix sur toutes.", minority_en="One voice.")

    assert client.post(page, sent).status_code == 302

    (told,) = [one for one in written_of(sealed.pk).findings if one.code == finding.code]
    note = f"{case.short_fr} : Pas chez nous."
    assert told.minority.fr == f"Une voix sur toutes.\n\n{note}"
    assert told.minority.en == f"One voice.\n\n{note}"
    finding.refresh_from_db()
    assert finding.minority_fr == "Une voix sur toutes."


def test_a_coder_reads_findings_and_writes_none(small, client):
    let_in(client, member(small, Role.CODER))
    finding = Finding.objects.get(study=small, code="C-02")
    page = words(client.get(home(small)))
    assert ("Écrire un constat" in page, "C-02" in page) == (False, True)
    assert client.get(f"{home(small)}{finding.pk}/").status_code == 200
    for part in ("nouveau/", f"{finding.pk}/modifier/", f"{finding.pk}/retirer/"):
        assert client.post(f"{home(small)}{part}", fields(finding)).status_code == 403


def test_a_list_of_findings_asks_as_many_queries_whatever_it_holds(
    small, admin, django_assert_num_queries
):
    computed(small, admin)
    with django_assert_num_queries(7):
        findings_list(study_id=small.pk, viewer=admin)
    first = Finding.objects.filter(study=small).first()
    for number in range(5):
        first.pk, first.code = None, f"D-{number}"
        first.save(force_insert=True)
    with django_assert_num_queries(7):
        assert len(findings_list(study_id=small.pk, viewer=admin).lines) == 7


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("Deux réseaux.", "Trois réseaux."),
        ("Un {a.b/c@d} sur.", "Un {a.b/e@d} sur trois."),
        ("Rien.", ""),
    ],
)
def test_a_comparison_gives_both_texts_back(before, after):
    pieces = compared(before, after)

    assert "".join(text for change, text in pieces if change != "gone") == after
    assert "".join(text for change, text in pieces if change != "new") == before
    assert ("gone", "Deux") in pieces or "Deux" not in before
