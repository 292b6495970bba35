"""Recordings heard by a recogniser on this machine, with the times and the doubts of every word."""

from croisee.speech.heard import Dropped, HeardWord, Passage, Why
from croisee.speech.recogniser import ModelFolder, model_folder
from croisee.speech.recording import Recording, Track, read_recording, require_speech
from croisee.speech.refused import SpeechRefused
from croisee.speech.sheets import named_turns, read_words
from croisee.speech.transcribing import (
    TARGETS,
    Advance,
    Transcription,
    Written,
    refuse_taken,
    write_all,
)
from croisee.speech.turns import UNKNOWN, Glossary, SpokenTurn, turns_of

__all__ = [
    "TARGETS",
    "UNKNOWN",
    "Advance",
    "Dropped",
    "Glossary",
    "HeardWord",
    "ModelFolder",
    "Passage",
    "Recording",
    "SpeechRefused",
    "SpokenTurn",
    "Track",
    "Transcription",
    "Why",
    "Written",
    "model_folder",
    "named_turns",
    "read_recording",
    "read_words",
    "refuse_taken",
    "require_speech",
    "turns_of",
    "write_all",
]
