"""Recueillir: the answers to questionnaires."""
