"""A study folder comes in all or nothing, and goes out as it came."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from tests.library.studyfolder.test_write_study import content, digest, folders
from tests.web.exchange.conftest import AT, REFERENCE

from croisee.studyfolder import read_study, write_study
from croisee.studyfolder.deposit import Deposit
from croisee_web.access.models import Account, Assignment
from croisee_web.access.queries import NotAllowed
from croisee_web.analysis.queries import register_folder
from croisee_web.collection.models import AnswerSheet
from croisee_web.corpus.models import MaskedName, Turn
from croisee_web.corpus.queries import reviews
from croisee_web.exchange.usecases import FolderRefused, export_folder, import_folder
from croisee_web.journal.models import Entry
from croisee_web.people.models import Participant
from croisee_web.report.queries import study_folder
from croisee_web.study.models import Study

WRITTEN = ("study", "findings", "leaflets", "references", "reported", "registry", "contradictions")
"""What no withdrawal changes: somebody left the reference study, and comes as a code and a day."""


def test_the_reference_study_in_the_database_freezes_as_its_folder_does(imported, tmp_path):
    folder = read_study(REFERENCE)
    ours = study_folder(imported.pk)
    said = content(folder)
    assert {name: content(ours)[name] for name in WRITTEN} == {n: said[n] for n in WRITTEN}
    assert digest(ours, tmp_path / "a") == digest(folder, tmp_path / "b")


def test_the_reference_study_comes_out_as_it_came_in(imported, begun, admin, tmp_path):
    export_folder(study_id=imported.pk, out=tmp_path / "out", actor=admin, at=AT)
    after = read_study(tmp_path / "out")
    assert after.problems == ()
    assert content(after) == content(study_folder(imported.pk))
    assert digest(after, tmp_path / "a") == digest(read_study(REFERENCE), tmp_path / "b")
    for name in ("cle.bin", "codes.csv"):
        ours = register_folder(imported.pk) / name
        assert ours.read_bytes() == (begun / "registre" / name).read_bytes()
        assert ours.read_bytes() == (tmp_path / "out" / "registre" / name).read_bytes()


def test_reading_a_study_asks_as_many_queries_whatever_its_size(
    imported, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60) as first:
        before = study_folder(imported.pk)
    for model in (AnswerSheet, Turn):
        row = model.objects.order_by("pk").last()
        for number in range(3):
            row.pk, row.respondent, row.number = None, f"autre-{number}", 900 + number
            row.save()
    with django_assert_num_queries(len(first)):
        after = study_folder(imported.pk)
    assert after.tables["turns"].num_rows == before.tables["turns"].num_rows + 3


def test_names_to_mask_are_encrypted_where_they_lie(imported):
    rows = [bytes(one) for one in MaskedName.objects.values_list("sealed", flat=True)]
    names = [entry.text for entry in read_study(REFERENCE).registry]
    assert len(rows) == len(names)
    assert not any(name.encode() in row for name in names for row in rows)
    assert [entry.text for entry in study_folder(imported.pk).registry] == names


def test_a_folder_with_something_to_correct_leaves_nothing(admin, tmp_path):
    shutil.copytree(REFERENCE, tmp_path / "study")
    path = tmp_path / "study" / "positions.csv"
    path.write_text(path.read_text("utf-8").replace("p-002", "p-nobody"), encoding="utf-8")
    with pytest.raises(FolderRefused) as refused:
        import_folder(folder=tmp_path / "study", actor=admin, at=AT)
    assert {problem.file for problem in refused.value.problems} == {"positions.csv"}
    assert not Study.objects.exists()


def test_an_import_that_fails_half_way_leaves_nothing(admin, begun, settings):
    (begun / "registre" / "lien").symlink_to("/etc/hostname")
    with pytest.raises(Exception, match="contient un lien"):
        import_folder(folder=begun, actor=admin, at=AT)
    assert not Study.objects.exists()
    assert not Turn.objects.exists()
    assert list(settings.STUDIES_ROOT.iterdir()) == []


def test_who_withdrew_in_the_folder_comes_as_a_code_and_a_day(admin, tmp_path):
    before = read_study(REFERENCE)
    said = {row["participant"] for row in before.tables["turns"].to_pylist()}
    assert "e-01" in said
    shutil.copytree(REFERENCE, tmp_path / "study")
    path = tmp_path / "study" / "participants.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    lines = [f"{line}2020-05-02" if line.startswith("e-01;") else line for line in lines]
    path.write_text("\n".join(lines), encoding="utf-8")
    study = import_folder(folder=tmp_path / "study", actor=admin, at=AT)
    person = Participant.objects.get(study=study, code="e-01")
    assert (person.withdrawn_on, person.component) == (date(2020, 5, 2), "")
    assert not Turn.objects.filter(participant=person).exists()
    ours = study_folder(study.pk)
    theirs = read_study(tmp_path / "study")
    assert digest(ours, tmp_path / "a") == digest(theirs, tmp_path / "b")


def test_only_who_may_open_studies_imports_and_each_act_is_noted(imported, admin, tmp_path):
    stranger = Account.objects.create(email="s@exemple.ca", name="S", created_at=AT)
    with pytest.raises(NotAllowed):
        import_folder(folder=REFERENCE, actor=stranger, at=AT)
    with pytest.raises(Exception, match="rien à cette adresse"):
        export_folder(study_id=imported.pk, out=tmp_path / "out", actor=stranger, at=AT)
    assert not (tmp_path / "out").exists()
    assert Assignment.objects.filter(account=admin, study_id=imported.pk, role="lead").exists()
    acts = list(Entry.objects.order_by("pk").values_list("act", flat=True))
    assert acts[-1] == "exchange.study.imported"
    assert "people.participant.imported" in acts or "people.people.imported" in acts


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(folder=folders())
def test_any_study_comes_out_as_it_came_in(admin, tmp_path_factory, folder):
    where = tmp_path_factory.mktemp("exchange")
    write_study(folder, where / "in")
    study = import_folder(folder=where / "in", actor=admin, at=AT)
    ours = study_folder(study.pk)
    # The platform does not keep depot.toml, and says so (left_in_the_folder).
    read = replace(read_study(where / "in"), deposit=Deposit())
    assert content(ours) == content(read)
    export_folder(study_id=study.pk, out=where / "out", actor=admin, at=AT)
    again = read_study(where / "out")
    assert content(again) == content(read)
    assert digest(again, where / "a") == digest(read, where / "b")


def test_words_hidden_everywhere_stay_hidden_once_in_the_platform(tmp_path, admin):
    """The platform keeps decisions by place: those taken everywhere come in at their places."""
    folder = tmp_path / "etude"
    shutil.copytree(REFERENCE, folder, ignore=shutil.ignore_patterns("registre"))
    (folder / "relectures" / "partout.csv").write_text(
        "texte;type;decision;remplacement\nZoom;autre;changer;[un mot]\n", encoding="utf-8"
    )
    read = read_study(folder)
    said = sum(
        text.lower().split().count("zoom") for text in read.tables["turns"]["text"].to_pylist()
    )

    study = import_folder(folder=folder, actor=admin, at=AT)

    kept = [one for one in reviews(study.pk).decisions if one.replacement == "[un mot]"]
    assert len(kept) >= said > 0
    assert {one.text.lower() for one in kept} <= {"zoom", "zooms"}
