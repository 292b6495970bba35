"""What the slices above put among the three things to do, and where each leads."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from tests.web.entrance import let_in

from croisee_web.access.vocabulary import Role
from croisee_web.analysis.models import Freeze, Run
from croisee_web.analysis.vocabulary import RunState
from croisee_web.corpus.models import Document, ReviewedPassage
from croisee_web.disclosure.models import SealedRelease
from croisee_web.journal.usecases import record
from croisee_web.people.models import Consent, Participant, Purpose, RightsRequest
from croisee_web.people.queries.reminders import reminders as of_people
from croisee_web.report.models import Finding, FindingVersion, NetworkStance
from croisee_web.report.queries.reminders import reminders as of_results
from croisee_web.report.vocabulary import FindingStatus, Stance
from croisee_web.study.models import Study

RETENTION = "Conservation"
"""Asked of every study with people in it: see the tests of the people slice."""
TODAY = date(2022, 6, 1)
AT = datetime(2022, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def said(study):
    """Return what both slices recall: word, what it is about, and where it leads."""

    def told(on=TODAY):
        found = (*of_people(study.pk, "veille", on), *of_results(study.pk, "veille", on))
        return [(one.word, one.about, one.address) for one in found if one.about != RETENTION]

    return told


@pytest.fixture
def somebody(study, network):
    """Return a participant of the study."""
    case = network()

    def made(code="p-1", **values):
        return Participant.objects.create(
            study=study, case=case, code=code, created_at=AT, **values
        )

    return made


def _done(study, at=AT):
    freeze = Freeze.objects.create(study=study, digest="a" * 64, frozen_at=at)
    return Run.objects.create(
        study=study, number=1, freeze=freeze, state=RunState.DONE, asked_at=at, finished_at=at
    )


def test_study_that_holds_nothing_is_recalled_nothing(said):
    assert said() == []


def test_people_who_answered_no_purpose_are_recalled(study, somebody, said):
    answered = somebody()
    somebody("p-2")
    somebody("p-3", withdrawn_on=TODAY)
    assert said() == []  # nothing is asked of them yet

    purpose = Purpose.objects.create(
        study=study, code="analyse", position=0, name_fr="Analyse", role="analyse"
    )
    Consent.objects.create(participant=answered, purpose=purpose, given=False, recorded_at=AT)

    assert said() == [("Consentement", "1 personne", reverse("people:register", args=["veille"]))]


@pytest.mark.parametrize(
    ("received", "word"),
    [
        (date(2022, 5, 12), "Dans 10 jours"),
        (date(2022, 5, 3), "Demain"),
        (date(2022, 5, 1), "En retard"),
    ],
)
def test_request_that_must_be_answered_soon_is_recalled(study, said, received, word):
    row = RightsRequest.objects.create(
        study=study, received_on=received, asked="Voir ses données", noted_at=AT, noted_by="a"
    )

    assert [one[0] for one in said()] == [word]
    assert said()[0][2] == reverse("people:register-lines", args=["veille", "demandes"])
    assert said(on=received + timedelta(days=19)) == []
    RightsRequest.objects.filter(pk=row.pk).update(answered_on=TODAY)
    assert said() == []


def test_verbatims_nobody_read_for_names_are_recalled(study, network, method, said):
    talk, case = method("entretiens", kind="entretien"), network()
    read, _unread = (
        Document.objects.create(study=study, code=code, file=code, case=case, method=talk)
        for code in ("e-1", "e-2")
    )
    ReviewedPassage.objects.create(document=read, reviewed=True)

    assert said() == [("À relire", "1 verbatim", reverse("report:results", args=["veille"]))]


def test_results_older_than_the_study_are_recalled(study, said):
    _done(study)
    assert said() == []

    record(act="study.case.changed", actor="a", at=AT + timedelta(hours=1), study_id=study.pk)

    assert said() == [("Périmé", "Résultats", reverse("report:results", args=["veille"]))]


def test_computation_that_stopped_is_recalled(study, said):
    Run.objects.create(study=study, number=1, state=RunState.REFUSED, asked_at=AT)

    assert [one[:2] for one in said()] == [("Arrêté", "Calcul des résultats")]


def test_release_whose_day_has_come_is_to_be_sealed(study, said):
    Study.objects.update(release_code="2022a", release_arrest_on=TODAY)
    assert said(on=date(2022, 5, 31)) == []
    assert said() == [("À sceller", "Diffusion 2022a", reverse("report:results", args=["veille"]))]

    _done(study)
    assert said()[0][2] == reverse("report:seal", args=["veille"])
    SealedRelease.objects.create(
        study=study, code="2022a", arrested_on=TODAY, sealed_at=AT, sealed_by="a"
    )
    assert said() == []


def test_withdrawal_after_the_seal_is_recalled_for_a_month(study, somebody, said):
    SealedRelease.objects.create(
        study=study, code="2022a", arrested_on=TODAY, sealed_at=AT, sealed_by="a"
    )
    somebody("p-1", withdrawn_on=date(2022, 5, 31))
    assert said() == []

    somebody("p-2", withdrawn_on=date(2022, 6, 10))

    address = reverse("people:participant", args=["veille", "p-2"])
    assert said(on=date(2022, 6, 12)) == [("Après le sceau", "1 retrait", address)]
    assert said(on=date(2022, 7, 10)) == [("Après le sceau", "1 retrait", address)]
    assert said(on=date(2022, 7, 11)) == []


def test_disputed_finding_is_recalled_until_its_wording_changes(study, network, account_with, said):
    case, author = network("quartiers"), account_with(Role.COORDINATOR, case="quartiers")
    finding = Finding.objects.create(
        study=study, code="c-1", position=0, title_fr="T", text_fr="X", status=FindingStatus.DRAFT
    )

    def answered(stance, hours):
        NetworkStance.objects.create(
            finding=finding, case=case, stance=stance, note="Non", author=author,
            at=AT + timedelta(hours=hours),
        )  # fmt: skip

    answered(Stance.VALIDATED, 0)
    assert said() == []
    answered(Stance.DISPUTED, 1)
    assert said() == [
        ("Contesté", "Constat c-1", reverse("report:network", args=["veille", "quartiers"]))
    ]
    FindingVersion.objects.create(finding=finding, number=1, by="a", at=AT + timedelta(hours=2))
    assert said() == []


def test_three_at_most_are_shown_the_most_urgent_first(
    client, study, network, method, somebody, account_with
):
    Study.objects.update(release_code="2022a", release_arrest_on=TODAY)
    Run.objects.create(study=study, number=1, state=RunState.REFUSED, asked_at=AT)
    RightsRequest.objects.create(
        study=study, received_on=TODAY, asked="x", noted_at=AT, noted_by="a"
    )
    talk, case = method("entretiens", kind="entretien"), network("autre")
    Document.objects.create(study=study, code="e", file="e", case=case, method=talk)

    def shown(role):
        let_in(client, account_with(role))
        page = client.get(reverse("study:home", args=["veille"])).content.decode()
        return page.replace("\xa0", " ").split('<ul class="faire">')[1].split("</ul>")[0]

    lead, coder = shown(Role.LEAD), shown(Role.CODER)

    words = ("En retard", "À sceller", "Arrêté")
    assert lead.count("<li>") == 3
    assert [lead.index(one) for one in words] == sorted(lead.index(one) for one in words)
    assert coder.count("<li>") == 1
    assert "À relire" in coder
