"""A track cut where nobody speaks, in windows that the recogniser hears one at a time.

Memory is bounded by a portion of two minutes, whatever the length of the recording. A portion
begins at a sample that depends on the sound alone, so that work taken up again is cut alike.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from croisee.speech.heard import RATE
from croisee.speech.recording import Lost, Sound, Track, pieces

_PORTION = 120 * RATE
_TAIL = 2 * RATE
_WINDOW = 29 * RATE
_LONGEST = 28
"""Seconds of speech without a silence, after which a cut is made in the middle of it."""
_SILENCE, _AROUND, _SHORTEST = 600, 300, 200
"""Milliseconds: a silence that separates, what is kept around speech, a noise not listened to."""

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """Stretches of speech, in samples of the track, and their sound end to end.

    ``portion`` is the sample where its portion begins and ``place`` its rank there: enough to
    find it again.
    """

    portion: int
    place: int
    stretches: tuple[Stretch, ...]
    sound: Sound

    @property
    def seconds(self) -> float:
        """Return the seconds of speech."""
        return len(self.sound) / RATE

    @property
    def end(self) -> float:
        """Return where it ends in the track, in seconds."""
        return self.stretches[-1][1] / RATE

    def between(self, start: float, end: float) -> tuple[float, float]:
        """Return the times in the track of a word, from its seconds in the window’s sound.

        A word is in one stretch, where its middle is: the silence that was taken out between two
        stretches is not a part of it.
        """
        starts = [0]
        for first, last in self.stretches:
            starts.append(starts[-1] + last - first)
        middle = (start + end) / 2 * RATE
        place = min(max(bisect_right(starts, middle) - 1, 0), len(self.stretches) - 1)
        first, last = self.stretches[place]
        told = (min(max(first, first + round(at * RATE) - starts[place]), last)
                for at in (start, end))  # fmt: skip
        begins, ends = (round(sample / RATE, 3) for sample in told)
        return begins, ends

    def apart(self) -> Iterator[Window]:
        """Yield each stretch as a window of its own."""
        at = 0
        for first, last in self.stretches:
            sound = self.sound[at : at + last - first]
            at += last - first
            yield Window(self.portion, self.place, ((first, last),), sound)


def windows_of(track: Track, start: int = 0, lost: Lost | None = None) -> Iterator[Window]:
    """Yield the windows of a track from the portion that begins at ``start``.

    ``lost`` is told of what cannot be read.
    """
    for windows in portions_of(track, start, lost):
        yield from windows


def portions_of(track: Track, start: int = 0, lost: Lost | None = None) -> Iterator[list[Window]]:
    """Yield the windows of each portion; none where nobody speaks."""
    held: Sound = np.zeros(0, np.float32)
    for piece in pieces(track, start, lost):
        held = np.concatenate((held, piece))
        while len(held) >= _PORTION:
            windows, used = _portion(held[:_PORTION], start, last=False)
            yield windows
            held, start = held[used:], start + used
    if len(held):
        yield _portion(held, start, last=True)[0]


def _portion(sound: Sound, start: int, *, last: bool) -> tuple[list[Window], int]:
    """Return the windows of a portion, and how many samples are done with."""
    found = _speech(sound)
    used = len(sound)
    if not last and found and found[-1][1] > len(sound) - _TAIL:
        used = found[-1][0]
        found = found[:-1]
    groups: list[list[Stretch]] = []
    for first, end in found:
        group = groups[-1] if groups else []
        if group and sum(b - a for a, b in group) + end - first <= _WINDOW:
            group.append((first, end))
        else:
            groups.append([(first, end)])
    windows = [
        Window(
            start,
            place,
            tuple((start + first, start + end) for first, end in group),
            np.concatenate([sound[first:end] for first, end in group]),
        )
        for place, group in enumerate(groups)
    ]
    return windows, used


def _speech(sound: Sound) -> list[Stretch]:
    from faster_whisper.vad import VadOptions, get_speech_timestamps  # noqa: PLC0415

    options = VadOptions(
        min_silence_duration_ms=_SILENCE, speech_pad_ms=_AROUND, max_speech_duration_s=_LONGEST,
        min_speech_duration_ms=_SHORTEST,
    )  # fmt: skip
    return [(int(one["start"]), int(one["end"])) for one in get_speech_timestamps(sound, options)]
