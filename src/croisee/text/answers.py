"""Answers merged into one label, as they read inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WRITTEN = """
all almost always any assez at aucun aucune autre avec beaucoup chaque entre environ every fairly
few jamais less little mal many moins more most moyennement much neither never no non none not
often only oui par parfois pas peu plus plutôt pour presque quelques quite rarely rarement rather
sans seldom seulement some sometimes souvent toujours tous tout toute toutes très trop un une very
with without yes
"""
_SMALL_WORDS = frozenset(_WRITTEN.split())
"""Words that begin no name: « Très », never « Teams » nor « La Tuque »."""
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def inside_sentence(label: str) -> str:
    """Return a label without its capital when its first word is no name.

    >>> inside_sentence("Très satisfaite"), inside_sentence("Teams"), inside_sentence("CLSC")
    ('très satisfaite', 'Teams', 'CLSC')
    """
    first = _FIRST_WORD.match(label)
    if first is None or first.group().lower() not in _SMALL_WORDS:
        return label
    return label[:1].lower() + label[1:]


def are_ranges(labels: Sequence[str]) -> bool:
    """Return whether merged answers hold numbers, so that « 1 ou 1 à 2 » would be misread."""
    return any(letter.isdigit() for label in labels for letter in label)
