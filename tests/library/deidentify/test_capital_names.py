"""Names outside every list: by their capital, their sound, and what stands around. All invented."""

import pytest

from croisee.deidentify import CandidateFinder, MaskEntry, Turn
from croisee.deidentify.capitals import CapitalNames
from croisee.deidentify.likeness import alike_words
from croisee.deidentify.ordinary import is_everyday, is_known, is_ordinary

REGISTRY = (
    MaskEntry("Solange Thériault", "personne", ""),
    MaskEntry("Rose Belzile", "personne", ""),
    MaskEntry("Maison des Grands-Vents", "organisme", ""),
)


def shown(*texts: str, registry: tuple[MaskEntry, ...] = ()) -> list[str]:
    """Return what is left of the turns of one document once every candidate is blotted out."""
    turns = [Turn("d", number, "", "", text) for number, text in enumerate(texts, start=1)]
    left = {turn.turn: list(turn.text) for turn in turns}
    for found in CandidateFinder(registry).document(turns):
        left[found.turn][found.start : found.end] = "█" * (found.end - found.start)
    return ["".join(letters) for letters in left.values()]


def hides(text: str, name: str, *, registry: tuple[MaskEntry, ...] = ()) -> bool:
    """Return whether every letter of ``name`` is hidden, and whoever reads it sees the rest."""
    (left,) = shown(text, registry=registry)
    place = text.index(name)
    return set(left[place : place + len(name)]) <= {"█", " "}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("On l’a demandé à Zumaïla hier.", "Zumaïla"),
        ("Kevv, veux-tu lui parler?", "Kevv"),
        ("Oui mais J-S, le loyer monte.", "J-S"),
        ("C’est Ti-Gus qui l’a.", "Ti-Gus"),
        ("Rose, viens-tu?", "Rose"),
        ("Avec monsieur Chowdrury, du huit.", "monsieur Chowdrury"),
        ("J’ai vu Mme Karoutchine.", "Mme Karoutchine"),
        ("Tu demandes à Me Gendron.", "Me Gendron"),
        ("Sœur Yolande gardait les lentilles.", "Sœur Yolande"),
        ("C’est le petit Samuel, ça.", "le petit Samuel"),
        ("Allô Jeanne d’Arc, ça va?", "Jeanne d’Arc"),
        ("C’est Réjean à Léo qui l’a.", "Réjean à Léo"),
        ("Franca D’Amico l’a signé.", "Franca D’Amico"),
        ("C’est Ginette C. qui l’a.", "Ginette C"),
        # As speech recognition writes it, without any capital.
        ("je vais demander à jinette", "jinette"),
        ("là odett a répondu", "odett"),
        ("c’était clovis qui parlait", "clovis"),
        ("bonjour madame karoutchine", "madame karoutchine"),
        ("c’est nadia benkhalède de la table", "nadia benkhalède"),
    ],
)
def test_a_name_of_no_list_is_hidden_whole(text: str, name: str) -> None:
    assert hides(text, name)


@pytest.mark.parametrize(
    "text",
    [
        "Parfait. Ben, joyeux Noël. Officiellement, non.",
        "On a pris Zoom, Basecamp pis le Wi-Fi en Norvège.",
        "Les Québécois, les Françaises, un Gaspésien.",
        "Assoyez-vous. Laissez-moi finir. Décentralisé, oui.",
        "Aaaah. Hein? Euh… Non!",
        "TOUT LE MONDE DEHORS TOUT DE SUITE",
        "Au siècle dernier, la République.",
        "les lois, lors d’un débat, l’espérance et le lycée",
        "le chômage, la quincaillerie, on marchait, vous chantiez",
    ],
)
def test_a_capital_that_says_nothing_is_left(text: str) -> None:
    assert shown(text) == [text]


def test_without_its_rule_the_name_of_no_list_would_show() -> None:
    turn = Turn("d", 1, "", "", "On l’a demandé à Zumaïla hier.")
    assert CandidateFinder((), recognisers=()).document([turn]) == ()
    assert [f.replacement for f in CapitalNames().find(turn.text)] == ["[un nom]"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ça c’est solange, l’autre", "solange"),
        ("demande à tériot pour ça", "tériot"),
        ("le chat de belle sile dort", "belle sile"),
        ("à la ma ison des grand vents", "ma ison des grand vents"),
        ("solanje térieau arrive", "solanje térieau"),
    ],
)
def test_a_name_of_the_list_is_found_as_it_is_misheard(text: str, name: str) -> None:
    assert hides(text, name, registry=REGISTRY)


@pytest.mark.parametrize(
    "text",
    ["une robe rose", "la maison du grand-père", "il était marié", "des grands vents d’ouest"],
)
def test_an_ordinary_word_that_sounds_like_a_name_stays(text: str) -> None:
    registry = (*REGISTRY, MaskEntry("Marie Côté", "personne", ""))
    assert shown(text, registry=registry) == [text]


def test_a_word_alone_that_sounds_like_somebody_is_nobody_in_particular() -> None:
    (found,) = CandidateFinder(REGISTRY, recognisers=()).document(
        [Turn("d", 1, "", "", "demande à tériot pour ça")]
    )
    assert (found.replacement, found.source) == ("[personne]", "semblable")


def test_a_name_hidden_once_is_hidden_wherever_it_comes_back() -> None:
    alone = "Espérance voit que je bois."
    assert shown(alone) == [alone]
    assert shown("J’ai vu Espérance Nkulu.", alone)[1] == "█████████ voit que je bois."
    lower = shown("j’ai vu rose belzile", "une robe rose", registry=REGISTRY)
    assert lower == ["j’ai vu ████████████", "une robe ████"]


def test_words_are_alike_by_sound_or_by_a_letter() -> None:
    assert alike_words("teriot", "theriault")
    assert alike_words("belzil", "belzile")
    assert alike_words("desruiseot", "desruisseaux")
    assert not alike_words("pelletier", "bolduc")
    assert not alike_words("roy", "roc")


def test_ordinary_words_are_told_with_their_regular_forms() -> None:
    assert all(map(is_everyday, ("marchait", "grilles", "chantiez", "ordinateurs")))
    assert not any(map(is_everyday, ("theriault", "zumaila", "julie")))
    assert is_ordinary("rose")
    assert is_known("norvege")
    assert not is_known("longueuil")
