"""The reference study, taken to its results once for all the journeys."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from croisee.run import run_study, seal_study

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples" / "etude-de-reference"
AT = datetime(2026, 12, 1, 15, tzinfo=UTC)


def copy_of_the_example(target: Path) -> Path:
    shutil.copytree(EXAMPLE, target, ignore=shutil.ignore_patterns("registre"))
    return target


class Journey:
    """One study folder, its draft results, its sealed results."""

    def __init__(self, place: Path) -> None:
        self.study = copy_of_the_example(place / "etude")
        self.draft = place / "epreuve"
        self.out = place / "resultats"
        self.drafted = run_study(self.study, self.draft, at=AT)
        self.sealed = seal_study(self.study, by="Une chercheuse", at=AT)
        self.result = run_study(self.study, self.out, at=AT)
