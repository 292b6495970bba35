"""Transcripts in and out, each format in its module; the shape is in ``croisee.text``."""

from croisee.formats.transcripts.reading import read_transcript
from croisee.formats.transcripts.writing import Target, write_transcript

__all__ = ["Target", "read_transcript", "write_transcript"]
