"""Member lists brought by a person: previewed, confirmed, brought again; nothing by itself."""

from datetime import UTC, datetime, timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.entrance import let_in

from croisee.studyfolder.memberlist import Outcome
from croisee_web.access.queries import NotAllowed
from croisee_web.access.vocabulary import Role
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import Component, FrameSize, MemberList, Organisation
from croisee_web.study.queries.frames import Frame, frames_of
from croisee_web.study.queries.memberlists import list_preview
from croisee_web.study.queries.networks import members
from croisee_web.study.usecases import ChangedSince, CodeTaken
from croisee_web.study.usecases.members import (
    ListUnreadable,
    MemberEdit,
    MembersArePeople,
    Place,
    StillUndecided,
    choose_in_list,
    confirm_list,
    drop_list,
    forget_lists,
    read_list,
    remove_member,
    save_member,
)

AT = datetime(2022, 6, 1, 12, tzinfo=UTC)
LIST = """Regroupement des maisons;;;
Nom de l'organisme;Région;Courriel;No
Maison de l’Amitié;Nord;a@exemple.org;12
Le Phare;Sud;;
Les Phares;Sud;;
Total;3;;
"""


@pytest.fixture
def bring(study, tmp_path, lead):
    """Bring a list to a network; return its number."""

    def brought(case, text=LIST, *, actor=None, at=AT, **place):
        path = tmp_path / "liste.csv"
        path.write_bytes(text.encode("cp1252") if isinstance(text, str) else text)
        return read_list(
            study_id=study.pk,
            place=Place(case.pk, **place),
            path=path,
            file_name="liste.csv",
            actor=actor or lead,
            at=at,
        )

    return brought


@pytest.fixture
def confirm(study, lead):
    """Confirm a list, keeping every line to be looked at."""

    def confirmed(case, number, keep=True):
        told = {"study_id": study.pk, "place": Place(case.pk), "list_id": number}
        version = 1
        if keep:
            choose_in_list(**told, choices={"keep_rest": True}, version=version, actor=lead, at=AT)
            version = 2
        return confirm_list(**told, version=version, actor=lead, at=AT)

    return confirmed


def frame():
    return list(Organisation.objects.order_by("pk").values_list("code", "name", "region"))


def test_list_brought_writes_nothing_until_it_is_confirmed(study, network, bring, lead):
    case = network()

    number = bring(case)

    preview = list_preview(study_id=study.pk, case_id=case.pk, list_id=number, viewer=lead)
    assert (preview.counts.accepted, preview.counts.check, preview.counts.refused) == (2, 1, 1)
    assert preview.emptied == ("Courriel",)
    assert "a@exemple.org" not in str(MemberList.objects.values_list("lines").get())
    assert frame() == []


def test_confirmed_list_enters_the_frame_and_is_forgotten(network, bring, confirm):
    case = network()

    counts = confirm(case, bring(case))

    assert counts.added == 3
    assert frame() == [
        ("12", "Maison de l’Amitié", "Nord"),
        ("le-phare", "Le Phare", "Sud"),
        ("les-phares", "Les Phares", "Sud"),
    ]
    assert not MemberList.objects.exists()
    details = Entry.objects.filter(act="study.list.confirmed").values_list("details__content")
    assert details.get()[0]["added"] == 3


def test_line_left_undecided_stops_the_list(network, bring, confirm):
    case = network()
    number = bring(case)

    with pytest.raises(StillUndecided):
        confirm(case, number, keep=False)

    assert frame() == []
    assert MemberList.objects.count() == 1


def test_list_brought_again_adds_renames_and_removes_nobody(network, bring, confirm):
    case = network()
    confirm(case, bring(case))

    counts = confirm(case, bring(case, "Nom;No\nMaison des Amitiés;12\nTandem;14\n"))

    assert (counts.added, counts.renamed, counts.absent) == (1, 1, 2)
    assert frame() == [
        ("12", "Maison des Amitiés", "Nord"),
        ("le-phare", "Le Phare", "Sud"),
        ("les-phares", "Les Phares", "Sud"),
        ("14", "Tandem", ""),
    ]


def test_member_of_all_editions_is_known_to_a_list_of_one(network, edition, bring, confirm):
    edition("2022")
    case = network()
    confirm(case, bring(case))

    counts = confirm(case, bring(case, "Nom\nLe Phare\nTandem\n", edition="2022"))

    assert (counts.added, counts.same) == (1, 1)
    assert Organisation.objects.get(name="Tandem").edition == "2022"


def test_absent_from_a_component_s_list_are_those_of_the_component(
    study, network, bring, confirm, lead
):
    case = network()
    for code in ("nord", "sud"):
        Component.objects.create(case=case, code=code, position=0, name_fr=code)
        Organisation.objects.create(study=study, case=case, component=code, code=code, name=code)

    number = bring(case, "Nom\nTandem\n", component="nord")

    preview = list_preview(
        study_id=study.pk, case_id=case.pk, list_id=number, viewer=lead, seen="absents"
    )
    assert [one.code for one in preview.absent] == ["nord"]


def test_columns_may_be_chosen_again(study, network, bring, lead):
    case = network()
    number = bring(case, "Nom;Autre nom\nA;Maison\nB;Phare\n")
    told = {"study_id": study.pk, "place": Place(case.pk), "list_id": number, "actor": lead}

    choose_in_list(**told, choices={"columns": {"nom": 1}}, version=1, at=AT)
    preview = list_preview(
        study_id=study.pk, case_id=case.pk, list_id=number, viewer=lead, seen="acceptee"
    )
    assert [one.member.name for one in preview.lines] == ["Maison", "Phare"]

    choose_in_list(**told, choices={"header": 0}, version=2, at=AT)
    preview = list_preview(study_id=study.pk, case_id=case.pk, list_id=number, viewer=lead)
    assert preview.counts.accepted + preview.counts.check == 3


def test_two_people_at_one_list_are_told(study, network, bring, lead):
    case = network()
    told = {
        "study_id": study.pk,
        "place": Place(case.pk),
        "list_id": bring(case),
        "version": 1,
        "actor": lead,
        "at": AT,
    }
    choose_in_list(**told, choices={"decisions": {"5": "laisser"}})

    with pytest.raises(ChangedSince):
        choose_in_list(**told, choices={"decisions": {"5": "garder"}})
    with pytest.raises(ChangedSince):
        confirm_list(**told)

    assert frame() == []


def test_list_given_up_leaves_the_frame_as_it_was(study, network, bring, lead):
    case = network()
    number = bring(case)
    told = {"study_id": study.pk, "place": Place(case.pk), "list_id": number, "actor": lead}

    drop_list(**told, at=AT)

    assert not MemberList.objects.exists()
    with pytest.raises(NotFound):
        confirm_list(**told, version=1, at=AT)


def test_list_nobody_confirmed_is_forgotten_after_a_week(network, bring):
    case = network()
    bring(case)
    bring(case, at=AT + timedelta(days=1))

    assert forget_lists(actor="site", at=AT + timedelta(days=7)) == 0
    assert forget_lists(actor="site", at=AT + timedelta(days=7, seconds=1)) == 1

    assert MemberList.objects.get().started_at == AT + timedelta(days=1)


@pytest.mark.parametrize(
    ("raw", "said"),
    [(b"", "vide"), (b"\xff\xfe\x00", "."), (b"x;y\n" * 20_001, "20 000"), (b'"a\n', "guillemet")],
)
def test_file_that_is_no_list_is_refused_in_words(network, bring, raw, said):
    with pytest.raises(ListUnreadable, match=said):
        bring(network(), raw)

    assert not MemberList.objects.exists()


def test_network_of_people_takes_no_list(study, network, bring, lead):
    case = network(individuals=True)

    with pytest.raises(MembersArePeople):
        bring(case)
    with pytest.raises(MembersArePeople):
        save_member(
            study_id=study.pk,
            place=Place(case.pk),
            member=MemberEdit("x", "Nom Inventé"),
            actor=lead,
            at=AT,
        )


def test_coder_brings_no_list(network, bring, account_with):
    with pytest.raises(NotAllowed):
        bring(network(), actor=account_with(Role.CODER))


def test_unknown_edition_takes_no_list(network, bring):
    with pytest.raises(NotFound):
        bring(network(), edition="1999")


def test_member_is_added_changed_by_one_writer_and_removed(study, network, lead):
    case = network()
    told = {"study_id": study.pk, "place": Place(case.pk), "actor": lead, "at": AT}
    save_member(member=MemberEdit("phare", "Le Phare"), **told)
    number = Organisation.objects.get().pk
    with pytest.raises(CodeTaken):
        save_member(member=MemberEdit("phare", "Autre"), **told)
    save_member(member=MemberEdit("phare", "Le Grand Phare", id=number, version=1), **told)

    with pytest.raises(ChangedSince):
        save_member(member=MemberEdit("phare", "Perdu", id=number, version=1), **told)
    assert frame() == [("phare", "Le Grand Phare", "")]

    remove_member(study_id=study.pk, case_id=case.pk, member_id=number, actor=lead, at=AT)
    assert frame() == []


def test_frame_counts_lists_then_sizes_component_by_component(study, network):
    case, other = network("a"), network("b")
    rows = [("nord", "", "1"), ("nord", "2022", "2"), ("nord", "2020", "3")]
    for component, wave, code in rows:
        Organisation.objects.create(
            study=study, case=case, component=component, edition=wave, code=code
        )
    for place, component, size in ((case, "nord", 99), (case, "sud", 7), (other, "", 40)):
        FrameSize.objects.create(study=study, case=place, component=component, size=size)

    assert frames_of(study.pk, ["2022"]) == {
        (case.pk, "2022"): Frame(9, listed=True),
        (other.pk, "2022"): Frame(40, listed=False),
    }


@pytest.mark.parametrize("many", [1, 120])
def test_page_of_members_makes_two_queries(study, network, many, django_assert_num_queries):
    case = network()
    Organisation.objects.bulk_create(
        Organisation(study=study, case=case, code=f"m{n}", name=f"Maison {n}") for n in range(many)
    )

    with django_assert_num_queries(2):
        page = members(case_id=case.pk, page=2)

    assert (page.total, page.page, len(page.rows)) == (
        many,
        min(2, page.pages),
        1 if many == 1 else 50,
    )


@pytest.mark.parametrize("many", [1, 300])
def test_preview_makes_three_queries(study, network, bring, lead, many, django_assert_num_queries):
    case = network()
    text = "Nom\n" + "".join(f"Maison {n}\n" for n in range(many))
    number = bring(case, text)

    with django_assert_num_queries(3):
        preview = list_preview(
            study_id=study.pk,
            case_id=case.pk,
            list_id=number,
            viewer=lead,
            seen=Outcome.ACCEPTED,
        )

    assert preview.counts.accepted == many


# In the browser's place


def test_xlsx_is_brought_looked_at_and_kept_by_hand(client, study, network, lead, tmp_path):
    case = network("carrefours")
    path = tmp_path / "membres.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "Membres 2022")
        sheet.write_row(1, 0, ["Nom", "Région", "Téléphone"])
        sheet.merge_range(2, 1, 3, 1, "Nord")
        sheet.write_column(2, 0, ["Maison de l’Amitié", "Maison de l’Amitie (MA)"])
        sheet.write_column(2, 2, ["514 555-0123", "514 555-0124"])
        sheet.write_row(4, 0, ["Total", 2])
    let_in(client, lead)
    sent = SimpleUploadedFile("membres.xlsx", path.read_bytes())
    upload = reverse("study:list-upload", args=["veille", "carrefours"])

    response = client.post(upload, {"file": sent, "edition": ""})
    page = client.get(response.url)
    client.post(response.url, {"version": 1, "ligne-4": "laisser"})
    done = client.post(f"{response.url}enregistrer/", {"version": 2}, follow=True)

    assert "Ressemble à la ligne 3." in page.content.decode()
    assert "555-0123" not in page.content.decode()
    assert "1 membre ajouté" in done.content.decode()
    rows = Organisation.objects.filter(case=case).values_list("code", "name", "region")
    assert list(rows) == [("maison-de-l-amitie", "Maison de l’Amitié", "Nord")]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.pdf", b"%PDF", "ni un CSV ni un XLSX"),
        ("a.xlsx", b"PK\x03\x04", "abîmé"),
        ("a.csv", b"", "vide"),
        ("a.csv", b"a\x00b", "pas du texte"),
    ],
)
def test_file_that_is_no_list_is_answered_with_a_sentence(
    client, study, network, lead, name, raw, said
):
    network("carrefours")
    let_in(client, lead)
    upload = reverse("study:list-upload", args=["veille", "carrefours"])

    response = client.post(upload, {"file": SimpleUploadedFile(name, raw), "edition": ""})

    assert response.status_code == 422
    assert said in response.content.decode()


def test_list_asked_to_be_kept_too_early_is_answered_on_its_page(
    client, study, network, bring, lead
):
    case = network("carrefours")
    number = bring(case)
    let_in(client, lead)
    page = reverse("study:list-preview", args=["veille", "carrefours", number])

    done = client.post(f"{page}enregistrer/", {"version": 1}, follow=True)

    assert done.redirect_chain == [(page, 302)]
    assert "Il reste des lignes à vérifier." in done.content.decode()
    assert frame() == []
