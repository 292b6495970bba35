"""An incident: its decision with reasons, the two notices, the delay, what the register says."""

from datetime import UTC, date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from tests.journeys.reading import words_of_pdf
from tests.web.entrance import let_in
from tests.web.people.incidents import judgement, made_incident

from croisee_web.access.queries import NotAllowed
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import NotFound
from croisee_web.people.models import Incident, InjuryAssessment
from croisee_web.people.queries.incidents import (
    ELEMENTS,
    NoticeKind,
    incident_page,
    notice_paper,
)
from croisee_web.people.queries.reminders import reminders
from croisee_web.people.rules import Elements, Suggested, suggested
from croisee_web.people.usecases import (
    ChangedMeanwhile,
    ReasonNeeded,
    decide_injury,
    give_notice,
)

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(sample):
    sample.study.team_fr, sample.study.contact = "L’équipe", "recherche@exemple.ca"
    sample.study.save()
    return made_incident(sample.study)


def decide(sample, incident, judged=None, version=0, actor=None):
    return decide_injury(
        study_id=sample.study.pk, number=incident.pk, judged=judged or judgement("3"),
        version=version, actor=actor or sample.lead, at=AT,
    )  # fmt: skip


def page_of(sample, incident):
    return incident_page(study_id=sample.study.pk, number=incident.pk, viewer=sample.lead, on=TODAY)


def test_tree_grows_with_every_element():
    """A stronger element never turns a serious risk into one that is not."""
    for levels in product("123", repeat=4):
        for place in range(4):
            if levels[place] == "3":
                continue
            stronger = (*levels[:place], str(int(levels[place]) + 1), *levels[place + 1 :])
            before, after = suggested(Elements(*levels)), suggested(Elements(*stronger))
            assert not (before is Suggested.SERIOUS and after is Suggested.NOT_SERIOUS)


@pytest.mark.parametrize(
    ("levels", "serious"),
    [("1111", False), ("2111", False), ("2112", True), ("1113", True), ("1131", True),
     ("3121", True), ("3211", True), ("3111", False), ("1311", False)],
)  # fmt: skip
def test_tree_leads_where_it_says(levels, serious):
    assert (suggested(Elements(*levels)) is Suggested.SERIOUS) is serious


def test_decision_is_written_in_the_register_with_its_reasons(sample, incident):
    decide(sample, incident)

    incident.refresh_from_db()
    for name in ELEMENTS:
        assert f"Motif {name}" in incident.injury
    assert "présente un risque de préjudice sérieux" in incident.injury
    assert incident.version == 2
    entry = Entry.objects.get(act="people.incident.decided")
    assert entry.actor == sample.lead.label


def test_decision_against_its_own_elements_says_why(sample, incident):
    with pytest.raises(ReasonNeeded, match="écrivez pourquoi"):
        decide(sample, incident, judgement("3", serious=False))
    assert not InjuryAssessment.objects.exists()

    decide(sample, incident, judgement("3", serious=False, why="La clé est chiffrée."))

    incident.refresh_from_db()
    assert "La clé est chiffrée." in incident.injury


def test_second_of_two_parallel_decisions_is_told(sample, incident):
    decide(sample, incident)

    with pytest.raises(ChangedMeanwhile):
        decide(sample, incident, judgement("1"))
    assert InjuryAssessment.objects.get().serious is True


def test_who_may_not_keep_the_registers_decides_nothing(sample, incident):
    with pytest.raises((NotAllowed, NotFound)):
        decide(sample, incident, actor=sample.stranger)


def test_delay_is_shown_until_both_notices_are_given(sample, incident):
    decide(sample, incident)
    page = page_of(sample, incident)
    assert (page.days, page.waits) == (3, True)
    told = [one for one in reminders(sample.study.pk, "numerique", TODAY) if one.rank == 0]
    assert [one.text for one in told] == ["depuis 3 jours, un avis manque."]

    Incident.objects.update(commission_on=TODAY, persons_on=TODAY)

    assert page_of(sample, incident).waits is False
    assert not [one for one in reminders(sample.study.pk, "numerique", TODAY) if one.rank == 0]


def test_incident_without_serious_risk_waits_for_no_notice(sample, incident):
    decide(sample, incident, judgement("1"))

    assert page_of(sample, incident).waits is False


PERSONS = [
    "Renseignements touchés, ou pourquoi on l’ignore",
    "Ce qui est arrivé",
    "Quand",
    "Ce que nous faisons pour diminuer les risques",
    "Ce que vous pouvez faire",
    "Pour en savoir plus",
]


def test_notice_to_persons_has_the_six_things_of_the_regulation(sample, incident):
    decide(sample, incident, judgement("3", advice="Changez votre mot de passe."))

    paper = notice_paper(
        study_id=sample.study.pk, number=incident.pk, kind=NoticeKind.PERSONS, on=TODAY
    )

    told = dict(paper.parts[0].pairs)
    assert list(told) == PERSONS
    assert told["Ce que vous pouvez faire"] == "Changez votre mot de passe."
    assert "recherche@exemple.ca" in told["Pour en savoir plus"]


def test_notice_to_the_commission_says_what_is_still_to_be_written(sample, incident):
    decide(sample, incident, judgement("3", cause="Une perte", in_quebec="11"))

    paper = notice_paper(
        study_id=sample.study.pk, number=incident.pk, kind=NoticeKind.COMMISSION, on=TODAY
    )

    told = dict(paper.parts[0].pairs)
    assert len(told) == 12
    assert told["Nombre de personnes touchées"] == "12 ; au Québec : 11"
    assert told["Mesures pour aviser les personnes, et quand"] == "À compléter"


def test_no_notice_before_a_decision(sample, incident):
    with pytest.raises(NotFound, match="Décidez"):
        give_notice(
            study_id=sample.study.pk, number=incident.pk, kind=NoticeKind.PERSONS,
            actor=sample.lead, at=AT, on=TODAY,
        )  # fmt: skip


@pytest.mark.parametrize(("language", "title"), [("fr", "Avis aux personnes"), ("en", "Notice")])
def test_notice_is_a_file_in_both_languages(sample, incident, tmp_path, language, title):
    decide(sample, incident)

    with translation.override(language):
        content = give_notice(
            study_id=sample.study.pk, number=incident.pk, kind=NoticeKind.PERSONS,
            actor=sample.lead, at=AT, on=TODAY,
        )  # fmt: skip

    path = tmp_path / "avis.pdf"
    path.write_bytes(content)
    words = words_of_pdf(path)
    assert title in words
    assert "Clé USB perdue" in words
    assert Entry.objects.filter(act="people.incident.noticed").count() == 1


def test_decision_and_notices_from_their_pages(sample, incident, client):
    team = let_in(client, sample.lead)
    home = f"/etudes/numerique/ethique/incidents/{incident.pk}/"
    listed = team.get("/etudes/numerique/ethique/registres/incidents/").content.decode()
    assert f'href="{home}"' in listed
    sent = {**judgement("3"), "serious": "non", "version": 0}
    refused = team.post(home, sent)
    assert refused.status_code == 422
    assert "écrivez pourquoi" in refused.content.decode()

    answer = team.post(home, {**sent, "serious": "oui"})

    assert answer["Location"] == home
    page = team.get(home).content.decode()
    assert "Avis à donner" in page
    today = timezone.localtime(timezone.now(), ZoneInfo(sample.study.timezone)).date()
    assert f"Appris depuis {(today - incident.known_on).days} jours" in page
    for kind, checked in (("commission", "À vérifier"), ("personnes", "article 5")):
        notice = team.get(f"{home}{kind}/").content.decode()
        assert checked in notice
        assert "Une liste de courriels" in notice
        given = team.post(f"{home}{kind}/avis.pdf")
        assert given.content[:5] == b"%PDF-"
    assert team.get(f"{home}ailleurs/").status_code == 404


def test_incident_of_another_study_is_not_found(sample, incident, client):
    from croisee_web.study.models import Study

    Incident.objects.update(
        study=Study.objects.create(slug="autre", title_fr="Autre", created_at=AT)
    )

    assert (
        let_in(client, sample.lead)
        .get(f"/etudes/numerique/ethique/incidents/{incident.pk}/")
        .status_code
        == 404
    )
