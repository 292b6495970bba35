"""Where sentences begin in what somebody said."""

from __future__ import annotations

import re

_ENDS = re.compile(r"[.!?…]+(?:\s*[»”\"’')\]])*\s+(?=[^\sa-zà-öø-ÿœ])|\s*\n\s*(?=\S)")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(«\"’'])(?:Dre?|M|MM|Mr|Mrs|Ms|Mlle|Mmes?|Me|Pre?|Prof|Ste?|no|p|etc|[^\W\d_])\.\s*$"
)
"""A title, an initial: its full stop ends no sentence (« Dre Roy »)."""


def sentence_starts(text: str) -> list[int]:
    """Return where each sentence begins, in characters, 0 first; nothing is left between two.

    A sentence ends at a full stop, ! ? or … before anything that is not a small letter, and at
    the end of a line. Transcribed speech without punctuation is one sentence.

    >>> sentence_starts("Oui… on verra. Mme L. Roy vient ! Ici.")
    [0, 15, 34]
    """
    ends = (found.end() for found in _ENDS.finditer(text))
    return [0, *(at for at in ends if not _ABBREVIATED.search(text[max(0, at - 12) : at]))]
