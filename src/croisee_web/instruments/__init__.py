"""Préparer: questionnaires and their codebooks, the guide of the groups."""
