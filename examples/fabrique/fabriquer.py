"""Write the generated parts of the reference study. Re-running gives the same bytes.

    python examples/fabrique/fabriquer.py [folder]

What people wrote themselves (``etude.toml``, the guide, the codes, the findings, the words of
the verbatims in ``textes/``) is written by hand and never touched here.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from collecte import write_collection
from groupes import write_groups
from verbatims import write_documents

SEED = 20200313
STUDY = Path(__file__).parent.parent / "etude-de-reference"


def make(folder: Path) -> None:
    """Write answers, frame, people, ballots, documents and codings into a study folder."""
    write_collection(folder, np.random.default_rng(SEED))
    write_groups(folder, np.random.default_rng(SEED + 1))
    write_documents(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else STUDY)
