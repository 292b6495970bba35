"""A recording read piece by piece, never whole; what its file says of people is not read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from croisee.language import Phrase, phrase
from croisee.speech.heard import RATE
from croisee.speech.refused import SpeechRefused

if TYPE_CHECKING:
    import av
    from av.audio.frame import AudioFrame
    from av.container import InputContainer

Sound = npt.NDArray[np.float32]
Lost = Callable[[float, float], None]
"""Told of the seconds between which nothing can be read."""

_CONTAINERS = (
    "wav,w64,rf64,aiff,au,caf,mp3,aac,ac3,eac3,flac,ogg,amr,asf,avi,mov,mp4,m4a,3gp,matroska,webm,"
    "mpeg,mpegts,flv"
)
"""What may be opened: no playlist, no text, nothing that leads to another file or address."""
_PIECE = 30 * RATE
_HOLE, _TOLD, _BEYOND = 0.25, 1.0, 60.0
"""Seconds: a hole filled with silence, one that is told, and how far past its end a file may go."""
_INSTALL = "pip install 'croisee[speech]'"


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that can be listened to. ``seconds`` is what its file announces.

    ``others``: the sound tracks that the file has besides the first, which is the one heard.
    """

    path: Path
    digest: str
    seconds: float
    channels: int
    others: int = 0


@dataclass(frozen=True, slots=True)
class Track:
    """One voice, or several mixed: a recording, or one ``channel`` of it (from 0).

    ``label`` is empty where nobody said who speaks.
    """

    recording: Recording
    label: str = ""
    channel: int | None = None


def require_speech() -> None:
    """Refuse, in one sentence, where the extra is not installed."""
    if find_spec("faster_whisper") is None:
        raise SpeechRefused(
            phrase("La transcription demande un extra. Installez-le : {command}", command=_INSTALL)
        )


def read_recording(path: Path) -> Recording:
    """Return what a recording is, without listening to it.

    Raises:
        SpeechRefused: absent, empty, not a sound, or a container without a sound track.
    """
    require_speech()
    if not path.is_file():
        raise _refused(phrase("Ce fichier n’existe pas : {file}.", file=str(path)))
    if path.stat().st_size == 0:
        raise _refused(phrase("Ce fichier est vide : {file}.", file=str(path)))
    with _opened(path) as container:
        if not container.streams.audio:
            raise _refused(phrase("Aucune piste de son dans {file}.", file=str(path)))
        stream = container.streams.audio[0]
        others = len(container.streams.audio) - 1
        channels = stream.codec_context.layout.nb_channels
        seconds = _announced(container)
    if not seconds or seconds <= 0:
        seconds = _counted(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if seconds <= 0:
        raise _unreadable(path)
    return Recording(path, digest, seconds, channels, others)


def pieces(track: Track, start: int = 0, lost: Lost | None = None) -> Iterator[Sound]:
    """Yield the sound of a track from a sample on, mono, in pieces of half a minute.

    Times are those of the file: what is damaged or missing is silence, and ``lost`` is told of it.

    Raises:
        SpeechRefused: no sound at all can be read.
    """
    import av  # noqa: PLC0415 -- an extra, loaded only where it is used

    path = track.recording.path
    kept: list[Sound] = []
    held, seen = 0, 0
    with _opened(path) as container:
        try:
            for part in _resampled(container, track, lost):
                before, seen = seen, seen + len(part)
                useful = part[max(0, start - before) :]
                if not len(useful):
                    continue
                kept.append(useful)
                held += len(useful)
                if held >= _PIECE:
                    yield np.concatenate(kept)
                    kept, held = [], 0
        except (av.FFmpegError, ValueError):
            if not seen:
                raise _unreadable(path) from None
    if not seen:
        raise _unreadable(path)
    if kept:
        yield np.concatenate(kept)
    if lost and track.recording.seconds - seen / RATE > _TOLD:
        lost(seen / RATE, track.recording.seconds)


def _opened(path: Path) -> InputContainer:
    import av  # noqa: PLC0415

    try:
        return av.open(
            str(path.resolve()),
            metadata_errors="ignore",
            options={"format_whitelist": _CONTAINERS, "protocol_whitelist": "file"},
        )
    except (av.FFmpegError, ValueError):
        raise _unreadable(path) from None


def _announced(container: InputContainer) -> float:
    stream = container.streams.audio[0]
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / 1_000_000


def _counted(path: Path) -> float:
    """Return the length of a recording whose file does not say it, from its packets."""
    import av  # noqa: PLC0415

    last = 0.0
    with _opened(path) as container:
        stream = container.streams.audio[0]
        try:
            for packet in container.demux(stream):
                if packet.pts is not None and packet.time_base:
                    last = max(
                        last, float((packet.pts + (packet.duration or 0)) * packet.time_base)
                    )
        except av.FFmpegError:
            pass
    return last


def _frames(container: InputContainer) -> Iterator[AudioFrame]:
    """Yield what can be decoded."""
    import av  # noqa: PLC0415

    stream = container.streams.audio[0]
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            continue


def _resampled(container: InputContainer, track: Track, lost: Lost | None) -> Iterator[Sound]:
    import av  # noqa: PLC0415

    count = container.streams.audio[0].codec_context.layout.nb_channels
    layout = "mono" if track.channel is None else container.streams.audio[0].codec_context.layout
    resampler = av.AudioResampler(format="s16", layout=layout, rate=RATE)
    zero, at = (container.start_time or 0) / 1_000_000, 0.0
    for frame in _frames(container):
        hole = frame.time - zero - at if frame.time is not None else 0.0
        if abs(hole) > _HOLE:
            if 0 < hole <= track.recording.seconds + _BEYOND - at:
                if lost and at and hole > _TOLD:
                    lost(at, at + hole)
                yield from _silence(round(hole * RATE))
                at += hole
            else:  # a clock that jumps: what follows goes on from here
                zero += hole
        at += frame.samples / frame.sample_rate
        frame.pts = None
        yield from _samples(resampler.resample(frame), track.channel, count)
    yield from _samples(resampler.resample(None), track.channel, count)


def _silence(samples: int) -> Iterator[Sound]:
    for first in range(0, samples, _PIECE):
        yield np.zeros(min(_PIECE, samples - first), np.float32)


def _samples(frames: list[av.AudioFrame], channel: int | None, count: int) -> Iterator[Sound]:
    for frame in frames:
        whole = frame.to_ndarray().reshape(-1)
        mono = whole if channel is None else whole[channel::count]
        yield mono.astype(np.float32) / np.float32(32768)


def _unreadable(path: Path) -> SpeechRefused:
    return _refused(
        phrase("Aucun son ne se lit dans {file} : fichier abîmé, ou d’une autre nature.",
               file=str(path))
    )  # fmt: skip


def _refused(message: Phrase) -> SpeechRefused:
    return SpeechRefused(message)
