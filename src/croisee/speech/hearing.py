"""One window heard: its words, and what the recogniser wrote where nobody spoke."""

from __future__ import annotations

import re
from collections.abc import Iterable

from croisee.speech.heard import Dropped, HeardWord, Passage, Why
from croisee.speech.recogniser import Recogniser, Said
from croisee.speech.windows import Window
from croisee.text import fold

CIRCLES = 2.4
"""Compression above which a text goes round in circles (Whisper’s own threshold)."""
_POOR, _VERY_POOR = -1.0, -1.7
_NO_SPEECH, _NO_SPEECH_SURE = 0.6, 0.9
_LEAST_SURE = 0.12
_FASTEST = 9.0
"""Words a second: nobody speaks faster."""
_NEVER_SAID = (
    "amara.org", "sous-titres realises par", "sous-titrage realise par", "soustitreur",
    "sous-titrage societe radio-canada", "sous-titrage st' 501", "sous-titrage fr",
    "sous-titres par",
)  # fmt: skip
"""Credits of films that Whisper learned with; folded."""
_NEVER_ALONE = {
    "merci d'avoir regarde cette video", "merci d'avoir regarde la video", "abonnez-vous",
    "n'oubliez pas de vous abonner", "merci d'avoir regarde", "a bientot", "merci a tous",
    "thank you for watching", "thanks for watching", "thank you",
}  # fmt: skip
"""Not kept when they are all that a doubtful stretch holds: somebody may say them."""
_LETTERS = re.compile(r"\w")
_SAID_THRICE = re.compile(r"\b(\w+(?:\W+\w+){1,7}?)(?:\W+\1\b){2}")
"""Two to eight words three times in a row: heard again, never left out for that alone."""


def hear_window(
    recogniser: Recogniser, window: Window, track: int
) -> tuple[list[Passage], list[Dropped]]:
    """Return what is said in a window and what was not kept of it.

    A window that loops or is heard badly is heard again, stretch by stretch, held back from
    repeating; a stretch that still loops, once more without the glossary, which a model recites
    when it does not understand. Only what is still impossible is left out, and listed.
    """
    said = recogniser.hear(window.sound)
    if not any(map(_to_hear_again, said)):
        return _sorted_out(said, window, track, recogniser.terms)
    passages: list[Passage] = []
    dropped: list[Dropped] = []
    for part in window.apart():
        alone = recogniser.hear(part.sound, again=True)
        if recogniser.terms and any(map(_circles, alone)):
            alone = recogniser.hear(part.sound, again=True, glossary=False)
        kept, left = _sorted_out(alone, part, track, recogniser.terms)
        passages += kept
        dropped += left
    return passages, dropped


def _to_hear_again(said: Said) -> bool:
    return _circles(said) or said.logprob < _POOR or _too_fast(said)


def _circles(said: Said) -> bool:
    return said.repeated > CIRCLES or _SAID_THRICE.search(fold(said.text)) is not None


def _too_fast(said: Said) -> bool:
    if not said.words:
        return False
    lasts = max(said.words[-1][2] - said.words[0][1], 0.1)
    return len(said.words) > 2 and len(said.words) / lasts > _FASTEST


def _sorted_out(
    said: Iterable[Said], window: Window, track: int, terms: tuple[str, ...]
) -> tuple[list[Passage], list[Dropped]]:
    passages, dropped = [], []
    for one in said:
        words = tuple(_words(one, window))
        if not words or not _LETTERS.search(one.text):
            continue
        why = _why_not(one, words, terms)
        if why is None:
            passages.append(Passage(track, words))
        else:
            text = " ".join(word.text for word in words)
            dropped.append(Dropped(track, words[0].start, words[-1].end, text, why))
    return passages, dropped


def _why_not(said: Said, words: tuple[HeardWord, ...], terms: tuple[str, ...]) -> Why | None:
    """Return why a sentence cannot have been said, or ``None``."""
    text = fold(" ".join(word.text for word in words)).replace("’", "'").strip(" .!,…")
    sure = sum(word.sure for word in words) / len(words)
    doubtful = said.no_speech > _NO_SPEECH or said.logprob < _POOR
    if any(credit in text for credit in _NEVER_SAID):
        return Why.INVENTED
    if text in _NEVER_ALONE and (doubtful or sure < 0.5):
        return Why.INVENTED
    if said.repeated > CIRCLES or _too_fast(said):
        return Why.LOOP
    if said.no_speech > _NO_SPEECH and (said.logprob < _POOR or said.no_speech > _NO_SPEECH_SURE):
        return Why.NO_SPEECH
    if _only_the_glossary(words, terms) and (doubtful or sure < 0.4):
        return Why.INVENTED
    return Why.UNSURE if said.logprob < _VERY_POOR or sure < _LEAST_SURE else None


def _only_the_glossary(words: tuple[HeardWord, ...], terms: tuple[str, ...]) -> bool:
    told = {part for term in terms for part in re.findall(r"\w+", fold(term))}
    heard = {part for word in words for part in re.findall(r"\w+", fold(word.text))}
    return bool(told) and heard <= told


def _words(said: Said, window: Window) -> Iterable[HeardWord]:
    """Yield the words of a sentence at their times in the track, what sticks together as one."""
    glued: list[list[tuple[str, float, float, float]]] = []
    for piece in said.words:
        mark = not _LETTERS.search(piece[0])  # « ! » after its space is no word
        if glued and (mark or not piece[0].startswith(" ")):
            glued[-1].append(piece)
        else:
            glued.append([piece])
    for pieces in glued:
        text = "".join(piece[0] for piece in pieces).strip()
        if text:
            start, end = window.between(pieces[0][1], pieces[-1][2])
            yield HeardWord(text, start, max(start, end), round(_sureness(pieces), 3))


def _sureness(pieces: Iterable[tuple[str, float, float, float]]) -> float:
    """Return how sure the least sure piece of a word is; punctuation does not count."""
    told = [piece[3] for piece in pieces if _LETTERS.search(piece[0])]
    return min(told, default=0.0)
