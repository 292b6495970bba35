import pytest

from croisee.run.output import MARK, OutputRefused, results_folder


def _half_written(out):
    with results_folder(out, "fr") as folder:
        (folder / "rapport.html").write_text("moitié")
        raise ZeroDivisionError


def test_results_folder_appears_complete(tmp_path):
    out = tmp_path / "resultats"

    with results_folder(out, "fr") as folder:
        (folder / "rapport.html").write_text("neuf")
        assert not out.exists()

    assert sorted(p.name for p in out.iterdir()) == [MARK, "rapport.html"]


def test_results_folder_leaves_nothing_when_a_step_fails(tmp_path):
    out = tmp_path / "resultats"

    with pytest.raises(ZeroDivisionError):
        _half_written(out)

    assert list(tmp_path.iterdir()) == []


def test_results_folder_keeps_the_earlier_results_when_a_step_fails(tmp_path):
    out = tmp_path / "resultats"
    with results_folder(out, "fr") as folder:
        (folder / "rapport.html").write_text("premier")

    with pytest.raises(ZeroDivisionError):
        _half_written(out)

    assert (out / "rapport.html").read_text() == "premier"


def test_results_folder_replaces_earlier_results_whole(tmp_path):
    out = tmp_path / "resultats"
    with results_folder(out, "fr") as folder:
        (folder / "ancien.html").write_text("premier")

    with results_folder(out, "fr") as folder:
        (folder / "rapport.html").write_text("second")

    assert sorted(p.name for p in out.iterdir()) == [MARK, "rapport.html"]


def test_results_set_aside_by_a_run_killed_between_two_moves_come_back(tmp_path):
    out = tmp_path / "resultats"
    with results_folder(out, "fr") as folder:
        (folder / "rapport.html").write_text("premier")
    out.rename(tmp_path / ".resultats.ancien")

    with pytest.raises(ZeroDivisionError):
        _half_written(out)

    assert (out / "rapport.html").read_text() == "premier"
    assert [one.name for one in tmp_path.iterdir()] == ["resultats"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_results_folder_never_touches_what_is_not_ours(tmp_path, kind):
    out = tmp_path / "photos"
    kept = out if kind == "file" else out / "vacances.jpg"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("précieux")

    with pytest.raises(OutputRefused), results_folder(out, "fr"):
        pass

    assert kept.read_text() == "précieux"
