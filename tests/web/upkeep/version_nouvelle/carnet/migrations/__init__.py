"""The notes’ migrations."""
