"""French first: typography, inclusive forms, transcripts, numbers in a text."""
