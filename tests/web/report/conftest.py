"""A finished run on disk, sealed or not."""

from datetime import date

import pytest
from tests.library.report.sample_release import release_of, sample_release
from tests.web.exchange.conftest import AT, REFERENCE, admin, begun, imported  # noqa: F401 -- for the tests here

from croisee.disclosure import save_release
from croisee_web.analysis.queries import latest_run
from croisee_web.exchange.usecases import import_folder
from croisee_web.report.usecases import compute_results, seal_results

EXAMPLE = REFERENCE.parents[1] / "src" / "croisee" / "studyfolder" / "example" / "fr"


@pytest.fixture
def results_of(tmp_path, settings):
    """Return a maker of results folders; the site keeps what it publishes beside them."""
    settings.PUBLISHED_ROOT = tmp_path / "site"
    settings.KEYS_ROOT = tmp_path / "cles"

    def make(code="2026a", *, sealed=True, extra=()):
        folder = tmp_path / code
        public = folder / "diffusion"
        (public / "figures").mkdir(parents=True)
        on = date(2026, 11, 15) if sealed else None
        release = release_of(sample_release().tables, code=code, sealed_on=on)
        save_release(release, public / "release.json")
        for name in ("index.html", "rapport.html", "provenance.html"):
            page = f'<style>p{{}}</style><p id="F-07">{name}</p><p id="V-12"></p>'
            (public / name).write_text(page, encoding="utf-8")
        (public / "figures" / "F-07.svg").write_text("<svg/>", encoding="utf-8")
        for name in extra:
            (public / name).write_text("x", encoding="utf-8")
        return folder

    return make


@pytest.fixture
def small(admin):  # noqa: F811 -- a fixture of another folder
    """The study that « croisee new » writes, imported."""
    return import_folder(folder=EXAMPLE, actor=admin, at=AT)


@pytest.fixture
def sealed(small, admin):  # noqa: F811 -- a fixture of another folder
    """The small study, computed, sealed, computed again: its documents are the sealed ones."""
    seal_results(study_id=small.pk, actor=admin, at=AT, progress=lambda step: None)
    run = latest_run(study_id=small.pk)
    compute_results(run_id=run.id, actor=admin.label, at=AT, progress=lambda step: None)
    return small
