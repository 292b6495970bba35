"""What nobody said is not written: silence, noise, music, credits of films, endless loops."""

import numpy as np
import pytest
from tests.library.speech.conftest import RATE, music, noise, silence, spoken

from croisee.speech import Dropped, Passage, Why
from croisee.speech.heard import HeardWord
from croisee.speech.hearing import _circles, _sorted_out, hear_window
from croisee.speech.recogniser import Recogniser, Said, model_folder
from croisee.speech.windows import Window, _speech


def window(sound):
    return Window(0, 0, ((0, len(sound)),), sound)


def said(text, sure=0.9, logprob=-0.3, no_speech=0.05, repeated=1.0, lasts=4.0):
    words = text.split()
    step = lasts / len(words)
    times = [(f" {word}", at * step, (at + 1) * step, sure) for at, word in enumerate(words)]
    return Said(tuple(times), text, logprob, no_speech, repeated)


def sorted_out(*sentences, terms=()):
    return _sorted_out(sentences, window(silence(10)), 0, terms)


SOUNDS = {
    "silence": lambda: silence(12),
    "noise": lambda: noise(12),
    "loud noise": lambda: noise(12, 0.3),
    "music": lambda: music(12),
    "music in noise": lambda: music(12) + noise(12),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_voice_detection_hears_nobody(name):
    pytest.importorskip("faster_whisper")
    assert _speech(SOUNDS[name]()) == []


@pytest.mark.parametrize("name", ["silence", "loud noise", "music"])
def test_a_recogniser_made_to_listen_to_nobody_writes_nothing(recogniser, name):
    """Voice detection is passed by: only the guards are left."""
    assert hear_window(recogniser, window(SOUNDS[name]()), 0)[0] == []


def test_the_recogniser_invents_where_nothing_guards_it(recogniser):
    """The broken control: without the guards, words come out of noise or music."""
    written = [recogniser.hear(SOUNDS[name]()) for name in ("silence", "loud noise", "music")]

    assert any(one.text.strip(" .") for sentences in written for one in sentences)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        (said("Sous-titres réalisés par la communauté d’Amara.org"), Why.INVENTED),
        (said("Sous-titrage Société Radio-Canada"), Why.INVENTED),
        (said("Merci d’avoir regardé cette vidéo !", no_speech=0.8, logprob=-0.4), Why.INVENTED),
        (said("non " * 40, repeated=12.0, lasts=20), Why.LOOP),
        (said("voilà donc quelque chose", no_speech=0.7, logprob=-1.2), Why.NO_SPEECH),
        (said("voilà donc quelque chose", sure=0.05), Why.UNSURE),
        (said("Fédération CDC", sure=0.3), Why.INVENTED),
    ],
)
def test_what_nobody_can_have_said_is_listed_not_written(sentence, why):
    passages, dropped = sorted_out(sentence, terms=("Fédération des carrefours", "CDC"))

    assert (passages, [one.why for one in dropped]) == ([], [why])
    assert dropped[0].text == " ".join(sentence.text.split())


@pytest.mark.parametrize(
    "sentence",
    [
        said("Merci d’avoir regardé cette vidéo avec nous hier."),
        said("Thank you."),
        said("On a fait sous-titrer la capsule par une stagiaire."),
        said("La Fédération des carrefours"),
        said("oui oui oui oui", sure=0.6),
    ],
)
def test_what_somebody_may_have_said_is_kept(sentence):
    passages, dropped = sorted_out(sentence, terms=("Fédération des carrefours",))

    assert ([one.text for one in passages], dropped) == ([sentence.text], [])


def test_a_sign_after_a_space_belongs_to_the_word_before():
    one = Said(((" Vrai", 0, 1, 0.8), (" !", 1, 1.2, 0.01), (" L'", 1.2, 1.3, 0.9),
                ("eau", 1.3, 2, 0.7)), " Vrai ! L'eau", -0.2, 0.0, 1.0)  # fmt: skip

    assert sorted_out(one) == (
        [Passage(0, (HeardWord("Vrai !", 0, 1.2, 0.8), HeardWord("L'eau", 1.2, 2, 0.7)))],
        [],
    )


def test_times_of_a_window_are_those_of_the_recording():
    stretches = ((16_000, 32_000), (80_000, 96_000))
    one = Window(0, 0, stretches, np.zeros(32_000, np.float32))

    assert [one.between(*word) for word in ((0, 0.5), (0.5, 1.0), (1.0, 1.5), (1.9, 2.2))] == [
        (1.0, 1.5), (1.5, 2.0), (5.0, 5.5), (5.9, 6.0),
    ]  # fmt: skip
    assert [(len(part.sound), part.stretches) for part in one.apart()] == [
        (RATE, ((16_000, 32_000),)),
        (RATE, ((80_000, 96_000),)),
    ]


def test_a_word_does_not_last_through_the_silence_taken_out_of_a_window():
    """A recogniser hears the stretches end to end: its word may run a little into the next."""
    one = Window(0, 0, ((16_000, 32_000), (80_000, 96_000)), silence(2))

    assert [one.between(*word) for word in ((0.6, 1.1), (0.95, 1.4))] == [(1.6, 2.0), (5.0, 5.4)]


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("à la CDC, Saint-Alphonse, à la CDC, Saint-Alphonse, à la CDC, Saint-Alphonse.", True),
        ("oui oui oui oui", False),
        ("c’est ça, c’est ça, on l’a dit", False),
        ("on a fait le tour de la ville et de la ville voisine", False),
    ],
)
def test_words_said_three_times_in_a_row_are_heard_again(text, again):
    assert _circles(said(text)) is again


def test_a_glossary_that_the_model_recites_is_not_written(model, tmp_path):
    """Base weights recited terms, four times over, on this very sentence."""
    told = Recogniser(model_folder(model), "fr", [
        "Maison Belzile", "CDC des Érables", "Saint-Alphonse", "Fédération des carrefours",
    ])  # fmt: skip
    one = window(
        spoken(
            "Nous autres, à la CDC des Érables, c'était plutôt le transport. Les gens de "
            "Saint-Alphonse ne pouvaient plus venir.", tmp_path / "a.wav", voice="fr+f3",
        )
    )  # fmt: skip

    passages, _ = hear_window(told, one, 0)
    assert passages
    assert not any(_circles(said(passage.text)) for passage in passages)


def test_a_dropped_passage_says_where_and_why():
    assert Dropped(0, 1.0, 2.0, "merci", Why.LOOP).why == "boucle"
