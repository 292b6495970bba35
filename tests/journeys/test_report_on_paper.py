"""The report of the reference study, as its pages come out of a printer."""

import pytest
from pypdf import PdfReader
from tests.journeys.reading import plain

pytestmark = pytest.mark.xdist_group("journey")


@pytest.fixture(scope="module")
def pages(journey):
    found = PdfReader(journey.out / "diffusion" / "rapport.pdf").pages
    return [plain(page.extract_text()) for page in found]


def test_first_figures_stand_together_without_a_hole(pages):
    first = next(n for n, text in enumerate(pages) if "Échelle, territoire, mission" in text)

    assert "Les étapes de l’étude" in pages[first]
