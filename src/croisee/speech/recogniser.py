"""The recogniser and the folder it is read from; nothing is ever downloaded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from croisee.language import phrase
from croisee.speech.heard import RATE
from croisee.speech.recording import Sound, require_speech
from croisee.speech.refused import SpeechRefused

_NEEDED = (("model.bin",), ("config.json",), ("tokenizer.json",),
           ("vocabulary.txt", "vocabulary.json"))  # fmt: skip
_EDGE = 1 << 20
PROMPT_TOKENS = 120
"""The glossary’s share of what the model reads before each window (half of 448 at most)."""
LOOPING = 1.1
"""How much words already said are held back at a second hearing, when the first one looped."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder that an administrator filled. ``digest`` names what it holds."""

    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as the recogniser gives it; times in seconds of the window."""

    words: tuple[tuple[str, float, float, float], ...]
    text: str
    logprob: float
    no_speech: float
    repeated: float
    """How much its text shrinks when compressed: above 2.4, it goes round in circles."""


def model_folder(path: Path) -> ModelFolder:
    """Return a model folder, checked.

    Raises:
        SpeechRefused: a file is missing. The tokenizer is needed too: without it, the library
            underneath would look for it on the network.
    """
    require_speech()
    missing = [names[0] for names in _NEEDED if not any((path / name).is_file() for name in names)]
    if missing:
        raise SpeechRefused(
            phrase(
                "Il manque {files} dans le dossier du modèle ({folder}) : mettez-y un modèle "
                "Whisper au format CTranslate2, tous ses fichiers ensemble.",
                files=", ".join(missing), folder=str(path),
            )
        )  # fmt: skip
    digest = hashlib.sha256()
    for file in sorted(path.iterdir()):
        if file.is_file() and not file.name.startswith("."):
            digest.update(f"{file.name} {file.stat().st_size}\n".encode())
            digest.update(_edges(file))
    return ModelFolder(path, digest.hexdigest())


def _edges(file: Path) -> bytes:
    """Return the first and the last mebibyte: weights of gigabytes are told apart at once."""
    with file.open("rb") as opened:
        first = opened.read(_EDGE)
        opened.seek(max(0, file.stat().st_size - _EDGE))
        return first + opened.read(_EDGE)


class Recogniser:
    """Whisper, ready to hear windows of half a minute in one language, always the same way.

    No chance is drawn: the same window gives the same words on the same machine.
    """

    def __init__(self, folder: ModelFolder, language: str, terms: Sequence[str] = ()) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        from faster_whisper import BatchedInferencePipeline, WhisperModel  # noqa: PLC0415

        try:
            self._model: Any = WhisperModel(
                str(folder.path), compute_type="int8", local_files_only=True,
                cpu_threads=_threads(),
            )  # fmt: skip
        except Exception as failed:
            raise _unreadable(folder) from failed
        if language not in self._model.supported_languages:
            raise SpeechRefused(
                phrase("Ce modèle n’entend pas cette langue : {language}.", language=language)
            )
        if self._model.feature_extractor.mel_filters.shape[0] != self._model.model.n_mels:
            raise SpeechRefused(
                phrase("Il manque preprocessor_config.json dans le dossier du modèle ({folder}).",
                       folder=str(folder.path))
            )  # fmt: skip
        self._pipeline: Any = BatchedInferencePipeline(self._model)
        self._language = language
        self.terms = self._bounded(terms)
        """Those of the glossary that the model is told of: the first ones, as many as it reads."""

    def _bounded(self, terms: Iterable[str]) -> tuple[str, ...]:
        kept: list[str] = []
        for term in dict.fromkeys(terms):
            told = ", ".join([*kept, term])
            if len(self._model.hf_tokenizer.encode(told, add_special_tokens=False)) > PROMPT_TOKENS:
                break
            kept.append(term)
        return tuple(kept)

    def hear(self, sound: Sound, *, again: bool = False, glossary: bool = True) -> list[Said]:
        """Return what is said in a window of 30 s at most.

        ``again``: held back from loops; without the ``glossary``, the model is told no word.
        """
        told = ", ".join(self.terms) if glossary else ""
        segments, _ = self._pipeline.transcribe(
            sound,
            language=self._language,
            clip_timestamps=[{"start": 0, "end": len(sound) / RATE}],
            batch_size=1,
            temperature=0.0,
            without_timestamps=False,
            word_timestamps=True,
            repetition_penalty=LOOPING if again else 1,
            hotwords=told or None,
        )
        return [
            Said(
                tuple(
                    (word.word, float(word.start), float(word.end), float(word.probability))
                    for word in one.words or ()
                ),
                one.text, float(one.avg_logprob), float(one.no_speech_prob),
                float(one.compression_ratio),
            )
            for one in segments
        ]  # fmt: skip


def _threads() -> int:
    """Return how many processors this process may use; not every system tells."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _unreadable(folder: ModelFolder) -> SpeechRefused:
    return SpeechRefused(
        phrase("Le modèle ne se lit pas ({folder}) : ses fichiers sont abîmés, ou ne vont pas "
               "ensemble.", folder=str(folder.path))
    )  # fmt: skip
