"""What ``croisee transcribe`` is given: a model, recordings, a glossary, a name for its files."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from croisee.formats import read_text
from croisee.formats.refused import FormatRefused
from croisee.language import phrase, phrases
from croisee.speech import SpeechRefused, Track, read_recording
from croisee.studyfolder import StudyFolder
from croisee.text import stored_label

MODEL = "CROISEE_MODEL"
"""The environment variable where an administrator says, once, which folder holds the model."""


def stem_of(options: argparse.Namespace, otherwise: str) -> str:
    """Return how what is written is named: a name alone, which leads to no other folder.

    Raises:
        SpeechRefused: it cannot be the name of a file.
    """
    stem: str = options.name or options.session or otherwise
    if stem != stored_label(stem) or stem.startswith(".") or set(stem) & set('/\\:*?"<>|'):
        raise SpeechRefused(
            phrase("Ce nom ne peut pas être celui d’un fichier : {name}.", name=stem)
        )
    return stem


def model_path(options: argparse.Namespace) -> Path:
    """Return the folder of the model, from the option or the environment.

    Raises:
        SpeechRefused: neither says it.
    """
    given = options.model or os.environ.get(MODEL, "")
    if not given:
        raise SpeechRefused(
            phrase("Dites le dossier du modèle : --model, ou la variable {name}.", name=MODEL)
        )
    return Path(given)


def tracks_of(options: argparse.Namespace) -> list[Track]:
    """Return the tracks to hear: one a voice, one a channel, or one where voices are mixed.

    Raises:
        SpeechRefused: nothing to hear, or names that do not fit what is given.
    """
    if bool(options.recordings) == bool(options.speaker) or len(options.recordings) > 1:
        raise SpeechRefused(
            phrase("Donnez un enregistrement, ou une piste par voix : --speaker NOM=FICHIER.")
        )
    if options.speaker:
        pairs = [one.partition("=") for one in options.speaker]
        if any(not label.strip() or not file for label, _, file in pairs):
            raise SpeechRefused(phrase("Une piste s’écrit NOM=FICHIER."))
        return [Track(read_recording(Path(file)), stored_label(name)) for name, _, file in pairs]
    recording = read_recording(Path(options.recordings[0]))
    if not options.channels:
        return [Track(recording)]
    labels = [stored_label(one) for one in options.channels.split(",")]
    if len(labels) != recording.channels or not all(labels):
        raise SpeechRefused(
            phrases(
                "Cet enregistrement a {n} canal : donnez autant de noms à --channels.",
                "Cet enregistrement a {n} canaux : donnez autant de noms à --channels.",
                recording.channels,
            )
        )
    return [Track(recording, label, place) for place, label in enumerate(labels)]


def terms_of(path: Path | None) -> list[str]:
    """Return the words of a glossary, one a line; what follows a ``#`` is a note.

    Raises:
        SpeechRefused: the file cannot be read as text.
    """
    if path is None:
        return []
    try:
        lines = read_text(path).split("\n")
    except FormatRefused as refused:
        raise SpeechRefused(
            phrase("Le glossaire {file} : {message}", file=str(path), message=refused.message)
        ) from refused
    return [term for line in lines if (term := line.partition("#")[0].strip())]


def study_terms(folder: StudyFolder | None) -> Iterator[str]:
    """Yield the names that a study knows: networks, organisations, names to mask."""
    if folder is None or folder.study is None:
        return
    for case in folder.study.cases:
        yield case.name.fr
        yield case.short.fr
    for entry in folder.registry:
        yield entry.text
        yield from entry.variants
