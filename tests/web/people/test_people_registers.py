"""The registers, the collection notice, the ethics dossier."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from tests.web.entrance import let_in

from croisee_web.access.queries import NotAllowed
from croisee_web.kit.errors import NotFound
from croisee_web.people import vault
from croisee_web.people.models import Communication, Incident, RightsRequest
from croisee_web.people.queries.notice import collection_notice, notice_text
from croisee_web.people.queries.registers import REGISTERS, register_entries
from croisee_web.people.usecases import (
    ChangedMeanwhile,
    give_dossier,
    withdraw,
    write_in_register,
)
from croisee_web.people.vocabulary import WithdrawalWay
from croisee_web.study.models import Retention

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HOME = "/etudes/numerique/ethique/registres/"
INCIDENT = {
    "information": "Une liste de courriels",
    "circumstances": "=HYPERLINK(1)",
    "occurred": "hier",
    "known_on": "2026-11-21",
    "persons": "3",
    "injury": "Faible",
    "commission_on": None,
    "persons_on": None,
    "public_notice": "",
    "measures": "Liste détruite",
}
pytestmark = pytest.mark.django_db


def _write(sample, name, values, **more):
    return write_in_register(
        study_id=sample.study.pk, register=REGISTERS[name], values=values,
        actor=more.pop("actor", sample.lead), at=AT, **more,
    )  # fmt: skip


def _entries(sample, name, on=TODAY):
    return register_entries(
        study_id=sample.study.pk, register=REGISTERS[name], viewer=sample.lead, on=on
    )


def test_registers_have_the_things_that_regulations_ask_for():
    """Eight for an incident: the dates of two notices and the public notice are one of them."""
    assert {name: len(register.columns) for name, register in REGISTERS.items()} == {
        "incidents": 10, "communications": 6, "anonymisations": 5, "demandes": 5,
    }  # fmt: skip


@pytest.mark.parametrize("name", list(REGISTERS))
def test_register_is_two_clicks_from_the_page_of_ethics(sample, client, name):
    team = let_in(client, sample.lead)
    ethics = team.get("/etudes/numerique/ethique/").content.decode()
    assert f'href="{HOME}"' in ethics

    assert f'href="{HOME}{name}/"' in team.get(HOME).content.decode()
    assert team.get(f"{HOME}{name}/").status_code == 200


def test_line_is_added_corrected_and_exported_from_its_pages(sample, client):
    team = let_in(client, sample.lead)
    sent = {key: value for key, value in INCIDENT.items() if value is not None}
    assert team.post(f"{HOME}incidents/", sent)["Location"] == f"{HOME}incidents/"
    line = Incident.objects.get()
    sent = {**sent, "persons_on": "2026-11-22", "version": 1}

    assert team.post(f"{HOME}incidents/{line.pk}/", sent).status_code == 302
    assert team.post(f"{HOME}incidents/{line.pk}/", sent).status_code == 409

    line.refresh_from_db()
    assert (line.persons_on, line.version) == (TODAY, 2)
    content = team.post(f"{HOME}incidents/export.csv").content.decode("utf-8-sig")
    assert content.splitlines()[1].startswith("Une liste de courriels;'=HYPERLINK(1);hier;2026-11")


def test_line_without_its_parts_is_told_and_not_kept(sample, client):
    answer = let_in(client, sample.lead).post(f"{HOME}incidents/", {"information": "x"})

    assert answer.status_code == 422
    assert answer.content.decode().count('class="faute"') == 6
    assert Incident.objects.count() == 0


@pytest.mark.parametrize("address", ["autre/", "incidents/99/", "demandes/x/"])
def test_address_of_nothing_says_so(sample, client, address):
    assert let_in(client, sample.lead).get(f"{HOME}{address}").status_code == 404


def test_second_of_two_parallel_corrections_is_told(sample):
    values = {**INCIDENT, "known_on": TODAY}
    line = _write(sample, "incidents", values)
    _write(sample, "incidents", values, line_id=line, version=1)

    with pytest.raises(ChangedMeanwhile):
        _write(sample, "incidents", values, line_id=line, version=1)


def test_line_of_another_study_is_not_found(sample):
    line = _write(sample, "incidents", {**INCIDENT, "known_on": TODAY})
    Incident.objects.filter(pk=line).update(study=_other_study())

    with pytest.raises(NotFound):
        _write(sample, "incidents", INCIDENT, line_id=line, version=1)


def _other_study():
    from croisee_web.study.models import Study

    return Study.objects.create(slug="autre", title_fr="Autre", created_at=AT)


def test_unanswered_request_says_the_day_it_is_due(sample):
    values = {
        "participant": "p-01", "asked": "access", "received_on": date(2026, 10, 1),
        "answered_on": None, "answer": "",
    }  # fmt: skip
    _write(sample, "demandes", values)
    assert [(one.due, one.late) for one in _entries(sample, "demandes", date(2026, 10, 31))] == [
        (date(2026, 10, 31), False)
    ]
    assert _entries(sample, "demandes")[0].late is True

    RightsRequest.objects.update(answered_on=TODAY)

    assert _entries(sample, "demandes")[0].due is None


def test_who_may_not_keep_ethics_reads_no_register(sample):
    with pytest.raises(NotFound):
        register_entries(
            study_id=sample.study.pk, register=REGISTERS["incidents"],
            viewer=sample.stranger, on=TODAY,
        )  # fmt: skip
    with pytest.raises(NotFound):
        _write(sample, "incidents", INCIDENT, actor=sample.stranger)


def test_entries_take_the_same_queries_for_one_or_many(sample, django_assert_num_queries):
    for _ in range(3):
        _write(sample, "incidents", {**INCIDENT, "known_on": TODAY})
        with django_assert_num_queries(2):
            _entries(sample, "incidents")


def test_notice_says_what_the_law_asks_and_what_is_missing(sample):
    missing = [part.title for part in collection_notice(study_id=sample.study.pk) if part.missing]
    sample.study.contact, sample.study.team_fr = "recherche@exemple.ca", "L’équipe"
    sample.study.question_fr = "Comment va-t-on ?"
    sample.study.save()
    Retention.objects.create(study=sample.study, what="Réponses", until=TODAY, fate="destroy")
    Communication.objects.create(
        study=sample.study, on=TODAY, recipient="Une firme de transcription", information="x",
        purpose="x", basis="x", outside_quebec="Ontario", noted_at=AT, noted_by="équipe",
    )  # fmt: skip

    text = notice_text(collection_notice(study_id=sample.study.pk))

    assert missing == [
        "Qui recueille", "Comment", "Se retirer, et ce qui ne se reprend pas",
        "Combien de temps", "À qui s’adresser",
    ]  # fmt: skip
    for word in (
        "recherche@exemple.ca",
        "firme de transcription",
        "Ontario",
        "Réponses",
        "retirer",
    ):
        assert word in text


@pytest.mark.django_db(transaction=True)
def test_dossier_holds_what_a_board_asks_for_and_nobody(sample, client):
    vault.put(study_id=sample.study.pk, participant="p-01", identity={"nom": "canari-nom"}, at=AT)
    _write(sample, "incidents", {**INCIDENT, "known_on": TODAY})
    withdraw(
        participant_id=sample.bo.pk, way=WithdrawalWay.TEAM, actor=sample.lead, on=TODAY, at=AT
    )

    answer = let_in(client, sample.lead).post("/etudes/numerique/ethique/dossier/")

    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    files = {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    form = next(name for name in files if name.startswith("formulaires/"))
    assert set(files) - {form} == {
        "description.txt", "certificats.csv", "participation.csv", "modifications.csv",
        "registre-incidents.csv", "registre-communications.csv", "registre-anonymisations.csv",
        "avis-de-collecte.txt", "instruments.csv", "guide.csv",
    }  # fmt: skip
    assert "carrefours;2;1" in files["participation.csv"]
    assert "CER;2026-1" in files["certificats.csv"]
    assert "Le texte." in files[form]
    assert [
        (name, word)
        for name, text in files.items()
        for word in ("p-01", "p-02", "canari", "lea@", "maison-bleue")
        if word in text
    ] == []


def test_dossier_is_for_who_keeps_ethics(sample):
    with pytest.raises((NotAllowed, NotFound)):
        give_dossier(study_id=sample.study.pk, actor=sample.stranger, at=AT)
