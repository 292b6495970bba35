"""Who can meet whom and what a licence opens, organisation by organisation: for the team only."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from croisee.dataset import Dataset
from croisee.formats import write_csv
from croisee.portrait import (
    common_tools,
    is_portrait,
    latest,
    licences,
    meeting_tools,
    organisations,
)

_MOST = 400
"""Organisations beyond which pairs are not listed: they would be more than 80 000 lines."""


def write_meetings(team: Path, dataset: Dataset) -> None:
    """Write ``rencontres/<wave>.csv`` and ``<wave>.licences.csv`` for each portrait, if any.

    One line a pair of organisations with the tools they share, all networks together; one line
    an organisation and a tool whose licence would open somebody, the most useful first.
    """
    study = dataset.study
    portraits = [one for one in study.instruments if is_portrait(one)]
    for wave in latest(study, portraits, dataset.waves()):
        members = organisations(dataset, wave)
        if not 1 < len(members) <= _MOST:
            continue
        folder = team / "rencontres"
        folder.mkdir(exist_ok=True)
        write_csv(
            folder / f"{wave.name}.csv",
            ("organisme", "reseau", "autre", "reseau_autre", "outils"),
            [
                (one.code, one.case, other.code, other.case, "|".join(meeting_tools(one, other)))
                for one, other in combinations(members, 2)
            ],
        )
        write_csv(
            folder / f"{wave.name}.licences.csv",
            ("organisme", "outil", "partenaires", "lesquels"),
            [
                (one.organisation, one.tool, str(len(one.opened)), "|".join(one.opened))
                for one in licences(members, common_tools(wave))
            ],
        )
