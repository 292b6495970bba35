"""Recordings become a transcript: heard window by window, kept as it goes, written at the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from croisee.formats.transcripts import Target, write_transcript
from croisee.language import phrase
from croisee.speech.heard import Dropped, Why
from croisee.speech.hearing import hear_window
from croisee.speech.recogniser import ModelFolder, Recogniser
from croisee.speech.recording import Track
from croisee.speech.refused import SpeechRefused
from croisee.speech.sheets import LISTEN, VOICES, WORDS, write_listen, write_voices, write_words
from croisee.speech.state import HeardWindow, Kept, heard_window, work_key
from croisee.speech.turns import UNKNOWN, Glossary, SpokenTurn, turns_of
from croisee.speech.windows import Window, portions_of, windows_of
from croisee.text import Notice

_ENDINGS = {Target.VTT: ".vtt", Target.SRT: ".srt", Target.DOCX: ".docx", Target.TXT: ".txt"}
TARGETS = tuple(target.value for target in _ENDINGS)
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a transcription is, in seconds of recording, and what is left, in seconds of work."""

    done: float
    total: float
    left: float


class Transcription:
    """A work: its tracks, its model, its glossary, and what is kept of it in ``folder``.

    ``clock`` gives seconds that only go forward; it measures the work and decides nothing.
    """

    def __init__(
        self, tracks: Sequence[Track], model: ModelFolder, language: str,
        glossary: Glossary, folder: Path, clock: Clock,
    ) -> None:  # fmt: skip
        self.tracks = tuple(tracks)
        self.total = sum(track.recording.seconds for track in tracks)
        self._glossary = glossary
        self._clock = clock
        self._recogniser = Recogniser(model, language, glossary.terms)
        heard_by = (model.digest, language, self._recogniser.terms, version("faster-whisper"))
        told = [(one.recording.digest, one.channel) for one in tracks]
        self.kept = Kept(folder, work_key([*told, *heard_by]))
        self._sample: HeardWindow | None = None
        self._unread: set[Dropped] = set()

    @property
    def told_terms(self) -> int:
        """Return how many words of the glossary the model could be told of."""
        return len(self._recogniser.terms)

    @property
    def done(self) -> float:
        """Return the seconds of recording heard already."""
        ends = [max((one.end for one in self.kept.of(track)), default=0.0)
                for track in range(len(self.tracks))]  # fmt: skip
        return sum(ends)

    def rate(self) -> float:
        """Return the seconds of work that a second of speech takes, measured on this very work.

        On what was heard before it was stopped, else on the fullest of its first windows (a short
        one costs as much), which is not heard twice.

        Raises:
            SpeechRefused: nobody speaks in the whole of it.
        """
        if not self.kept.windows and self._sample is None:
            for track in range(len(self.tracks)):
                first = next(filter(None, portions_of(self.tracks[track])), None)
                if first:
                    self._sample = self._hear(track, max(first, key=lambda one: one.seconds))
                    break
        measured = self.kept.windows or [one for one in (self._sample,) if one]
        if not measured:
            raise _nobody()
        return sum(one.took for one in measured) / sum(one.seconds for one in measured)

    def _hear(self, track: int, window: Window) -> HeardWindow:
        began = self._clock()
        heard = hear_window(self._recogniser, window, track)
        return heard_window(track, window, round(self._clock() - began, 3), heard)

    def listen(self) -> Iterator[Advance]:
        """Hear what was not heard yet; each window is kept on the disk before the next.

        What is left is told from the pace so far, silences included.
        """
        began, known = self._clock(), self.done
        for track in range(len(self.tracks)):
            before = sum(one.recording.seconds for one in self.tracks[:track])
            for window in self._left(track):
                one = self._hear_once(track, window)
                self.kept.add(one)
                done = min(before + one.end, self.total)
                pace = (self._clock() - began) / max(1.0, done - known)
                yield Advance(done, self.total, pace * (self.total - done))

    def _left(self, track: int) -> Iterator[Window]:
        """Yield the windows that are not kept; cut again from the last portion begun."""
        known = self.kept.of(track)
        start = max((one.portion for one in known), default=0)
        have = {(one.portion, one.place) for one in known}
        for window in windows_of(self.tracks[track], start, partial(self._not_read, track)):
            if (window.portion, window.place) not in have:
                yield window

    def _not_read(self, track: int, start: float, end: float) -> None:
        self._unread.add(Dropped(track, round(start, 3), round(end, 3), "", Why.UNREAD))

    def _hear_once(self, track: int, window: Window) -> HeardWindow:
        sample = self._sample
        if sample and (sample.track, sample.portion, sample.place) == (
            track, window.portion, window.place,
        ):  # fmt: skip
            return sample
        return self._hear(track, window)

    def turns(self) -> tuple[SpokenTurn, ...]:
        """Return what was heard, in turns, near misses of the glossary written like its terms."""
        passages = [passage for one in self.kept.windows for passage in one.passages]
        found = turns_of(passages, [track.label for track in self.tracks])
        return tuple(map(self._glossary.repaired, found))

    def dropped(self) -> tuple[Dropped, ...]:
        """Return what was not kept and what could not be read, by time."""
        found = [dropped for one in self.kept.windows for dropped in one.dropped]
        return tuple(sorted((*found, *self._unread), key=lambda one: (one.start, one.track)))


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: files, places to listen to, what a format does not carry."""

    files: tuple[Path, ...]
    to_listen: int
    notices: tuple[Notice, ...]


def write_all(
    turns: Sequence[SpokenTurn], dropped: Sequence[Dropped], folder: Path, stem: str,
    targets: Sequence[Target],
) -> Written:  # fmt: skip
    """Write a transcript and what goes with it, all or nothing; no file there is replaced.

    Raises:
        SpeechRefused: nothing was heard, or a file of that name is there.
    """
    if not turns:
        raise _nobody()
    refuse_taken(folder, stem, targets)
    staged = Path(tempfile.mkdtemp(prefix=".transcription-", dir=folder))
    try:
        notices: list[Notice] = []
        for target in targets:
            path = staged / f"{stem}{_ENDINGS[target]}"
            notices += write_transcript([turn.parsed() for turn in turns], path, target)
        write_words(staged / f"{stem}{WORDS}", turns, dropped)
        if any(turn.voice == UNKNOWN for turn in turns):
            write_voices(staged / f"{stem}{VOICES}", turns)
        count = write_listen(staged / f"{stem}{LISTEN}", turns, dropped)
        files = tuple(one.rename(folder / one.name) for one in sorted(staged.iterdir()))
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return Written(files, count, tuple(notices))


def _nobody() -> SpeechRefused:
    return SpeechRefused(
        phrase("Aucune parole entendue : rien n’est écrit. Écoutez l’enregistrement.")
    )


def refuse_taken(folder: Path, stem: str, targets: Sequence[Target]) -> None:
    """Refuse where a file that would be written is there already."""
    for ending in (*(_ENDINGS[target] for target in targets), WORDS, VOICES, LISTEN):
        path = folder / f"{stem}{ending}"
        if path.exists():
            raise SpeechRefused(phrase("Ce fichier existe déjà : {file}.", file=str(path)))
