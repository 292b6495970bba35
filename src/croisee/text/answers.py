"""Answers merged into one label, as they read inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WRITTEN = """
all almost always any assez at au aucun aucune autre aux avec beaucoup chaque entre environ every
fairly few jamais less little mal many moins more most moyennement much neither never no non none
not nous often on only oui par parfois pas peu plus plutôt pour presque quelques quite rarely
rarement rather sans seldom seulement some sometimes souvent toujours tous tout toute toutes
très trop un une very we with without yes à
"""
_SMALL_WORDS = frozenset(_WRITTEN.split())
"""Words that begin no name: « Très », never « Teams » nor « La Tuque »."""
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"(?:[ln][’']|(?:les?|la|une?|des|the|an?) )(?=\w)", re.IGNORECASE)


def inside_sentence(label: str, *, degree: bool = False) -> str:
    """Return a label without its capital when its first word is no name.

    ``degree``: the label is an answer on a scale, which no name begins; only an acronym keeps
    its capitals.

    >>> inside_sentence("Très satisfaite"), inside_sentence("Teams"), inside_sentence("CLSC")
    ('très satisfaite', 'Teams', 'CLSC')
    >>> inside_sentence("L’organisme"), inside_sentence("La Tuque")
    ('l’organisme', 'La Tuque')
    >>> inside_sentence("Variable", degree=True)
    'variable'
    """
    first = _FIRST_WORD.match(label)
    if first is None:
        return label
    word = first.group()
    small = word.lower() in _SMALL_WORDS or (degree and word[1:] == word[1:].lower())
    if not small and not _before_common_word(label):
        return label
    return label[:1].lower() + label[1:]


def _before_common_word(label: str) -> bool:
    """Return whether a label begins with an article and a word in lower case."""
    article = _ARTICLE.match(label)
    return article is not None and label[article.end()].islower()


def are_ranges(labels: Sequence[str]) -> bool:
    """Return whether merged answers hold numbers, so that « 1 ou 1 à 2 » would be misread."""
    return any(letter.isdigit() for label in labels for letter in label)
