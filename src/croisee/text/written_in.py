"""Which of our two languages texts are in, told by their small words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from croisee.language import Language
from croisee.text.folding import fold

_FRENCH = frozenset(
    "le la les un une des du de au aux et ou est sont etes vous votre vos nous notre je tu il elle"  # noqa: SIM905 -- a list of words reads better in lines
    " ils elles on que qui quoi quel quelle quels quelles combien dans avec pour par sur sans ne"
    " pas plus avez avoir etre oui non ce cette ces autre autres jamais toujours".split()
)
_ENGLISH = frozenset(
    "the an of and or is are was were you your we our he she they it this that these what which"  # noqa: SIM905 -- a list of words reads better in lines
    " who when where why how many much do does did have has had in with for from by at to not yes"
    " no other never always please if be been any there".split()
)
_WORD = re.compile(r"[a-z]+")


def written_in(texts: Iterable[str]) -> Language | None:
    """Return the language most of the small words are of; ``None`` where nothing tells.

    Limits: French or English only; a text in a third language gives ``None`` unless it shares
    small words with one of the two.

    Example:
        >>> written_in(["How old are you?", "What is your work?"])
        'en'
        >>> written_in(["Quel âge avez-vous ?"])
        'fr'
        >>> written_in(["Age", "Q1"])
    """
    words = [word for text in texts for word in _WORD.findall(fold(text))]
    french = sum(word in _FRENCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if french == english:
        return None
    return "fr" if french > english else "en"
