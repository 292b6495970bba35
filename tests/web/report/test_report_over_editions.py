"""Two editions of one questionnaire, its words changed between: the trend, its break, its trace."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.web.collection.conducting_world import AT, FR, world_of
from tests.web.collection.receiving_world import identifier
from tests.web.entrance import let_in

from croisee import trace
from croisee.disclosure import Kind, load_release
from croisee.formats.xlsform import worksheet_of
from croisee.study import Verdict
from croisee.studyfolder import read_study
from croisee_web.analysis.queries import results_of
from croisee_web.analysis.usecases import ask_for_run
from croisee_web.collection.rules.filled import Filled
from croisee_web.collection.usecases.conducting import open_collecting
from croisee_web.collection.usecases.receiving import receive
from croisee_web.collection.vocabulary import Way
from croisee_web.exchange.usecases import export_folder
from croisee_web.instruments.models import Questionnaire
from croisee_web.instruments.rules import book_of, grid_of
from croisee_web.instruments.usecases import publish
from croisee_web.report.queries import study_folder
from croisee_web.report.usecases import compute_results
from croisee_web.study.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"
    settings.STUDIES_ROOT, settings.PUBLISHED_ROOT = tmp_path / "etudes", tmp_path / "site"
    made = world_of()
    made.study.release_code = "2027a"
    made.study.save()
    return made


def reworded(world, published=None, **labels):
    """Publish the questionnaire again, some of its labels changed."""
    row = Questionnaire.objects.get(study=world.study, code="eclair")
    book = book_of(row.workbook)
    survey = book.sheet("survey")
    records = [
        {**one, **({FR: labels[one["name"]]} if one["name"] in labels else {})}
        for one in survey.records()
    ]
    row.workbook = grid_of(book.with_sheet(worksheet_of("survey", records)))
    row.save()
    return publish(questionnaire_id=row.pk, actor=world.lead, at=AT)


def edition(world, code, published, said):
    """Ask an edition, and receive ``said`` (a tool, how many times) from each network."""
    Edition.objects.get_or_create(
        study=world.study, code=code, defaults={"name_fr": code, "position": int(code)}
    )
    plan = world.plan(edition=code, published_id=published.pk, anonymous=True, open_link=True)
    row = open_collecting(study_id=world.study.pk, plan=plan, actor=world.lead, at=AT)
    number = 0
    for case in ("carrefours", "quartiers"):
        for tool, times in said:
            for _time in range(times):
                number += 1
                one = identifier(int(code) * 1000 + number)
                xml = (
                    f'<data id="{published.form_id}" version="{published.form_version}">'
                    f"<outil>{tool}</outil><heures>{number % 7}</heures><mot/>"
                    f"<meta><instanceID>{one}</instanceID></meta></data>"
                )
                receive(
                    Filled(row.pk, xml.encode(), Way.IMPORTED, case=case),
                    at=AT + timedelta(minutes=number),
                )
    return row


def computed(world):
    run = ask_for_run(study_id=world.study.pk, actor=world.lead, at=AT)
    compute_results(run_id=run.pk, actor=world.lead.label, at=AT, progress=lambda step: None)
    return results_of(study_id=world.study.pk)


@pytest.fixture
def two(world):
    edition(world, "2026", world.published, (("courriel", 22), ("visio", 18)))
    again = reworded(world, outil="Quel outil utilisez-vous le plus ?")
    edition(world, "2027", again, (("courriel", 12), ("visio", 28)))
    return world


def test_what_changed_between_the_versions_of_two_editions_is_a_break(two):
    (instrument,) = study_folder(two.study.pk).study.instruments
    (one,) = instrument.breaks
    assert (one.question, one.before, one.after, one.verdict) == (
        "outil", "2026", "2027", Verdict.WITH_CARE,
    )  # fmt: skip
    assert "dite autrement" in one.why.fr
    assert "worded differently" in one.why.en


def test_a_version_that_changed_nothing_there_is_no_break(world):
    edition(world, "2026", world.published, (("courriel", 2),))
    edition(world, "2027", reworded(world), (("courriel", 2),))
    (instrument,) = study_folder(world.study.pk).study.instruments
    assert instrument.breaks == ()


def test_breaks_go_out_in_the_folder_and_come_back(two, tmp_path):
    before = study_folder(two.study.pk).study.instruments
    out = tmp_path / "sorti"
    export_folder(study_id=two.study.pk, out=out, actor=two.lead, at=AT)
    assert read_study(out).study.instruments == before
    assert [one.identity != "" for one in before[0].questions] == [False] * 3


def test_the_trend_is_drawn_on_the_platform_and_its_code_is_traced(two, client):
    run = computed(two)
    release = load_release(run.folder / "equipe" / "release.json")
    tables = [table for table in release.tables if table.kind is Kind.TREND]
    table = next(one for one in tables if one.key == "tendance.eclair.outil")
    assert [note.fr for note in table.notes if "avec prudence" in note.fr] != []
    let_in(client, two.lead)
    page = client.get(reverse("report:results", args=["numerique"])).content.decode()
    assert table.code in page

    told = "\n".join(trace(run.folder, table.code, "fr"))
    for said in ("tendance.eclair.outil", "Règle appliquée", "Écart", "2026", "2027"):
        assert said in told
    assert "Épreuve" in told or "épreuve" in told


def test_results_of_a_study_that_has_no_release_code_yet_are_read(world, client):
    world.study.release_code = ""
    world.study.save()
    edition(world, "2026", world.published, (("courriel", 22), ("visio", 18)))
    computed(world)
    let_in(client, world.lead)
    page = client.get(reverse("report:results", args=["numerique"]))
    assert page.status_code == 200
    assert "provenance.html#F-01" in page.content.decode()
