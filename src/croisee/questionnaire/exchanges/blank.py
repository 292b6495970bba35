"""A filling nobody answers: what a form says of itself, its choices, its labels."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from croisee.questionnaire.filling import Filling
from croisee.questionnaire.sheet import Prepared

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def empty_filling(prepared: Prepared) -> Filling:
    """Return a filling whose choices can be listed; the time it is matters to nothing."""
    return Filling(prepared, at=_EPOCH, chance=np.random.default_rng(0))
