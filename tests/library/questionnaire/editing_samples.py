"""Questions to edit, one of each sort."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from croisee.language import Label
from croisee.questionnaire.asked import Asked, Choice, Sort
from croisee.questionnaire.conditions import Limits

YES_NO = (Choice("", Label("Oui", "Yes")), Choice("", Label("Non, merci", "No, thanks")))


def chance():
    return np.random.default_rng(1)


def sample(sort):
    """One question of each common sort, as somebody would ask it."""
    listed = {Sort.SINGLE, Sort.SCALE, Sort.MULTIPLE, Sort.RANKING, Sort.BUDGET}
    return Asked(
        sort=sort,
        label=Label("Aimez-vous cela ?", "Do you like it?"),
        hint=Label("Dites-le.", "Say so.") if sort is not Sort.BUDGET else Label(""),
        choices=YES_NO if sort in listed else (),
        required=sort not in {Sort.NOTE, Sort.SECTION, Sort.BUDGET},
        limits={
            Sort.MULTIPLE: Limits(high=Decimal(2), alone="non-merci"),
            Sort.INTEGER: Limits(Decimal(0), Decimal(10)),
            Sort.DECIMAL: Limits(low=Decimal("0.5")),
        }.get(sort),
        total=Decimal(100) if sort is Sort.BUDGET else None,
        columns=(("nature", "ordinaire"),) if sort not in {Sort.NOTE, Sort.SECTION} else (),
    )
