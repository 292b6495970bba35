"""The report of the reference study, as its pages come out of a printer."""

import pytest
from pypdf import PdfReader
from tests.journeys.reading import plain

pytestmark = pytest.mark.xdist_group("journey")


@pytest.fixture(scope="module")
def pages(journey):
    found = PdfReader(journey.out / "diffusion" / "rapport.pdf").pages
    return [plain(page.extract_text()) for page in found]


def lowest(page) -> float:
    """Return how far down the last words of a page's body stand, from 0 (top) to 1."""
    heights = []

    def visit(text, _cm, matrix, _font, _size):
        if text.strip() and matrix[5] > 60:
            heights.append(matrix[5])

    page.extract_text(visitor_text=visit)
    return 1 - min(heights) / float(page.mediabox.height)


def test_first_figures_stand_together_without_holes(journey, pages):
    drawn = PdfReader(journey.out / "diffusion" / "rapport.pdf").pages
    first = next(n for n, text in enumerate(pages) if "Échelle, territoire, mission" in text)

    assert "Les étapes de l’étude" in pages[first]
    assert lowest(drawn[first]) > 0.8
