"""Codings in memory: documents of three turns, each person of two, codes a and b…"""

import numpy as np
from hypothesis import strategies as st

from croisee.qualitative import Codings

LENGTHS = (9, 4, 12)
"""Characters of the turns of each document."""
LINE = st.tuples(
    st.integers(0, 5), st.integers(0, 2), st.integers(0, 11), st.integers(1, 8),
    st.integers(0, 1), st.integers(0, 2),
)  # fmt: skip
"""Document, turn, start, size, code, coder."""


def codings_of(lines, documents, coders=3, codes="ab"):
    """Return codings in memory: (document, turn, start, size, code, coder), cut to their turn.

    Turns are numbered 1, 3, 4: somebody of the team speaks between the first two. The people are
    two, one after the other, turn after turn.
    """
    turns = len(LENGTHS)
    kept = [
        (document * turns + turn, start, min(start + size, LENGTHS[turn]), code, coder)
        for document, turn, start, size, code, coder in lines
        if start < LENGTHS[turn]
    ]
    columns = list(zip(*kept, strict=True)) if kept else [()] * 5
    turn, start, end, code, coder = (np.array(part, np.int64) for part in columns)
    places = np.arange(documents * turns)
    return Codings(
        tuple(f"d-{i}" for i in range(documents)), ("p-1", "p-2"), tuple(codes),
        tuple(f"c-{i}" for i in range(coders)), np.array((1, 3, 4) * documents), places // turns,
        np.array(LENGTHS * documents), places % 2, turn, start, end, code, coder,
    )  # fmt: skip
