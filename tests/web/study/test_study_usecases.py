"""Creating and changing a study, its networks and its parts: one writer at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from croisee import study as library
from croisee.language import Label
from croisee_web.access.models import Assignment
from croisee_web.access.queries import NotAllowed
from croisee_web.access.vocabulary import Role
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import (
    Activity,
    Case,
    Decision,
    Edition,
    FrameSize,
    Meeting,
    Organisation,
    Study,
)
from croisee_web.study.queries import described
from croisee_web.study.usecases import (
    AddressTaken,
    ChangedSince,
    CodeTaken,
    Description,
    RowEdit,
    RowsChangedSince,
    StillHoldsSomething,
    add_case,
    change_case,
    change_study,
    create_study,
    move_case,
    remove_case,
    save_rows,
)

AT = datetime(2022, 6, 1, 12, tzinfo=UTC)
CASE = library.Case("carrefours", Label("Carrefours", "Crossroads"), Label("Carrefours"))


def acts():
    return list(Entry.objects.order_by("pk").values_list("act", "details__content"))


# Studies


def test_create_study_makes_its_creator_the_lead(account_with):
    somebody = account_with(is_administrator=True)

    made = create_study(description=Description("Accès et usages"), actor=somebody, at=AT)

    assert (made.slug, made.title_fr, made.version) == ("acces-et-usages", "Accès et usages", 1)
    given = Assignment.objects.filter(study_id=made.pk)
    assert list(given.values_list("account", "role", "case")) == [(somebody.pk, Role.LEAD, "")]
    assert acts() == [("study.study.created", {})]


def test_lead_of_a_study_may_create_another_and_a_researcher_may_not(account_with):
    create_study(description=Description("Une"), actor=account_with(Role.LEAD), at=AT)

    with pytest.raises(NotAllowed):
        create_study(description=Description("Deux"), actor=account_with(Role.RESEARCHER), at=AT)

    assert Study.objects.filter(title_fr="Deux").count() == 0


def test_two_studies_of_one_title_have_two_addresses(account_with):
    somebody = account_with(is_administrator=True)

    slugs = [
        create_study(description=Description("Été !"), actor=somebody, at=AT).slug for _ in "ab"
    ]

    assert slugs == ["ete", "ete-2"]
    with pytest.raises(AddressTaken):
        create_study(description=Description("x"), actor=somebody, at=AT, slug="ete")


def test_second_writer_of_a_description_is_told_and_overwrites_nothing(study, account_with):
    lead, other = account_with(Role.LEAD), account_with(Role.RESEARCHER)
    told = {"study_id": study.pk, "version": 1, "at": AT}
    change_study(description=Description("Première"), actor=lead, **told)

    with pytest.raises(ChangedSince):
        change_study(description=Description("Seconde"), actor=other, **told)

    study.refresh_from_db()
    assert (study.title_fr, study.version) == ("Première", 2)
    assert acts() == [("study.study.changed", {"version": 2})]


def test_coder_may_not_change_a_study(study, account_with):
    with pytest.raises(NotAllowed):
        change_study(
            study_id=study.pk,
            description=Description("x"),
            version=1,
            actor=account_with(Role.CODER),
            at=AT,
        )


# Networks


def test_network_added_is_read_back_whole(study, account_with):
    case = replace(
        CASE,
        components=(library.Component("nord", Label("Table Nord")),),
        memberships=(library.Membership(2020, 58, "rapport annuel"),),
        individuals=False,
    )

    add_case(study_id=study.pk, case=case, actor=account_with(Role.LEAD), at=AT)

    assert described(study.pk).cases == (case,)
    assert acts()[0][0] == "study.case.added"


def test_network_of_a_code_already_taken_is_refused(study, network, account_with):
    network("carrefours")

    with pytest.raises(CodeTaken, match="carrefours"):
        add_case(study_id=study.pk, case=CASE, actor=account_with(Role.LEAD), at=AT)

    assert Case.objects.count() == 1


def test_second_writer_of_a_network_is_told(study, network, account_with):
    network("carrefours")
    told = {"study_id": study.pk, "version": 1, "actor": account_with(Role.LEAD), "at": AT}
    change_case(case=CASE, **told)

    with pytest.raises(ChangedSince):
        change_case(case=replace(CASE, name=Label("Autre")), **told)

    assert Case.objects.get().name_en == "Crossroads"


def test_component_with_members_stays(study, account_with):
    lead = account_with(Role.LEAD)
    case = replace(CASE, components=(library.Component("nord", Label("Table Nord")),))
    add_case(study_id=study.pk, case=case, actor=lead, at=AT)
    row = Case.objects.get()
    Organisation.objects.create(study=study, case=row, code="a", component="nord")

    with pytest.raises(StillHoldsSomething, match="nord"):
        change_case(study_id=study.pk, case=CASE, version=1, actor=lead, at=AT)

    assert described(study.pk).cases == (case,)


def test_networks_move_by_one_and_the_first_stays_first(study, network, account_with):
    for code in "abc":
        network(code)
    told = {"study_id": study.pk, "actor": account_with(Role.LEAD), "at": AT}

    move_case(code="c", earlier=True, **told)
    move_case(code="a", earlier=True, **told)
    move_case(code="a", earlier=False, **told)

    ordered = Case.objects.order_by("position").values_list("code", flat=True)
    assert list(ordered) == ["c", "a", "b"]


def test_empty_network_is_removed_with_the_links_to_it(study, network, account_with):
    network("a"), network("b", links=["a", "c"])

    remove_case(study_id=study.pk, code="a", actor=account_with(Role.LEAD), at=AT)

    assert list(Case.objects.values_list("code", "links")) == [("b", ["c"])]


@pytest.mark.parametrize("held", ["organisation", "size", "activity"])
def test_network_that_holds_something_stays(study, network, method, account_with, held):
    case = network("a")
    if held == "organisation":
        Organisation.objects.create(study=study, case=case, code="x")
    elif held == "size":
        FrameSize.objects.create(study=study, case=case, size=3)
    else:
        Activity.objects.create(study=study, case=case, method=method(), state="prevue")

    with pytest.raises(StillHoldsSomething):
        remove_case(study_id=study.pk, code="a", actor=account_with(Role.LEAD), at=AT)

    assert Case.objects.count() == 1


def test_network_of_another_study_does_not_exist(study, network, account_with):
    other = Study.objects.create(slug="autre", title_fr="Autre", created_at=AT)
    Case.objects.create(study=other, code="ailleurs", position=0, name_fr="x", short_fr="x")

    with pytest.raises(NotFound):
        remove_case(study_id=study.pk, code="ailleurs", actor=account_with(Role.LEAD), at=AT)


# Parts


def edition_values(**values):
    blank = {"code": "2022", "name_fr": "", "name_en": "", "start": None, "end": None}
    return {**blank, "position": 9999, **values}


def test_rows_are_added_changed_and_removed_in_one_act(study, edition, account_with):
    first, second = edition("2020"), edition("2021")
    rows = [
        RowEdit(edition_values(code="2020", name_fr="Une", position=0), first.pk, 1),
        RowEdit({}, second.pk, 1, removed=True),
        RowEdit(edition_values(code="2024", name_fr="Neuve")),
    ]

    save_rows(study_id=study.pk, part="editions", rows=rows, actor=account_with(Role.LEAD), at=AT)

    kept = Edition.objects.order_by("position").values_list(
        "code", "name_fr", "position", "version"
    )
    assert list(kept) == [("2020", "Une", 0, 2), ("2024", "Neuve", 1, 1)]
    assert acts() == [("study.part.saved", {"part": "editions", "changed": 3, "rows": 2})]


def test_rows_left_as_they_were_write_nothing(study, edition, account_with):
    row = edition("2020")

    save_rows(
        study_id=study.pk,
        part="editions",
        rows=[RowEdit(edition_values(code="2020", name_fr="2020", position=0), row.pk, 1)],
        actor=account_with(Role.LEAD),
        at=AT,
    )

    assert (Edition.objects.get().version, acts()) == (1, [])


def test_row_saved_by_somebody_else_is_told_and_nothing_of_the_page_is_written(
    study, edition, account_with
):
    late, other = edition("2020", version=2), edition("2021")
    rows = [
        RowEdit(edition_values(code="2021", name_fr="Neuf"), other.pk, 1),
        RowEdit(edition_values(code="2020", name_fr="Autre"), late.pk, 1),
    ]

    with pytest.raises(RowsChangedSince) as refused:
        save_rows(
            study_id=study.pk, part="editions", rows=rows, actor=account_with(Role.LEAD), at=AT
        )

    assert refused.value.rows == {late.pk}
    assert set(Edition.objects.values_list("name_fr", flat=True)) == {"2020", "2021"}


def test_code_of_a_row_never_changes_and_is_never_taken_twice(study, edition, account_with):
    row = edition("2020")
    told = {"study_id": study.pk, "part": "editions", "actor": account_with(Role.LEAD), "at": AT}
    save_rows(rows=[RowEdit(edition_values(code="1999", name_fr="x"), row.pk, 1)], **told)

    with pytest.raises(CodeTaken, match="2020"):
        save_rows(rows=[RowEdit(edition_values(code="2020"))], **told)

    assert list(Edition.objects.values_list("code", "name_fr")) == [("2020", "x")]


def test_row_of_another_study_is_not_found(study, account_with):
    other = Study.objects.create(slug="autre", title_fr="Autre", created_at=AT)
    row = Edition.objects.create(study=other, code="x", position=0)

    with pytest.raises(NotFound):
        save_rows(
            study_id=study.pk,
            part="editions",
            rows=[RowEdit(edition_values(name_fr="pris"), row.pk, 1)],
            actor=account_with(Role.LEAD),
            at=AT,
        )


def test_edition_that_a_list_names_stays(study, network, edition, account_with):
    row = edition("2020")
    Organisation.objects.create(study=study, case=network(), code="a", edition="2020")

    with pytest.raises(StillHoldsSomething):
        save_rows(
            study_id=study.pk,
            part="editions",
            rows=[RowEdit({}, row.pk, 1, removed=True)],
            actor=account_with(Role.LEAD),
            at=AT,
        )


def test_decision_is_kept_with_what_it_is_searched_by(study, account_with):
    meeting = Meeting.objects.create(study=study, held_on=date(2022, 5, 1), title="Première")
    values = {
        "decided_on": date(2022, 5, 1),
        "decided_by": "Le comité",
        "text": "Élargir la collecte",
        "meeting_id": meeting.pk,
    }
    told = {"study_id": study.pk, "actor": account_with(Role.COMMITTEE), "at": AT}

    save_rows(part="decisions", rows=[RowEdit(values)], **told)

    assert Decision.objects.get().searchable == "elargir la collecte le comite"
    assert acts()[0][0] == "study.committee.saved"


def test_decision_of_another_study_s_meeting_is_refused(study, account_with):
    other = Study.objects.create(slug="autre", title_fr="Autre", created_at=AT)
    meeting = Meeting.objects.create(study=other, held_on=date(2022, 5, 1), title="x")
    values = {
        "decided_on": date(2022, 5, 1),
        "decided_by": "x",
        "text": "x",
        "meeting_id": meeting.pk,
    }

    with pytest.raises(NotFound):
        save_rows(
            study_id=study.pk,
            part="decisions",
            rows=[RowEdit(values)],
            actor=account_with(Role.LEAD),
            at=AT,
        )


@pytest.mark.parametrize(
    ("part", "role"),
    [
        ("editions", Role.CODER),
        ("certificates", Role.CODER),
        ("committee", Role.CODER),
        ("editions", Role.COMMITTEE),
        ("retention", Role.FACILITATOR),
    ],
)
def test_part_is_closed_to_roles_that_do_not_keep_it(study, account_with, part, role):
    with pytest.raises(NotAllowed):
        save_rows(study_id=study.pk, part=part, rows=[], actor=account_with(role), at=AT)
