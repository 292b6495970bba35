"""The options of the commands on answers: ``estimates``, ``tests``, ``weights``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from croisee.language import Phrase, phrase


def add_survey_options(
    options: dict[str, argparse._ArgumentGroup], say: Callable[[Phrase], str]
) -> None:
    """Add the options of each command on answers."""
    _wave_options(options["estimates"], say)
    options["estimates"].add_argument(
        "--question", default="", metavar="code",
        help=say(phrase("tout de cette question, et par cas")),
    )  # fmt: skip
    options["estimates"].add_argument(
        "--out", type=Path, metavar=say(phrase("fichier")),
        help=say(phrase("où écrire toutes les estimations (.csv)")),
    )  # fmt: skip
    _wave_options(options["tests"], say)
    options["tests"].add_argument(
        "--by", default="", metavar=say(phrase("question")),
        help=say(phrase("comparer selon les réponses à cette question, dans chaque réseau")),
    )  # fmt: skip
    options["tests"].add_argument(
        "--question", default="", metavar="code", help=say(phrase("cette question seulement"))
    )
    options["tests"].add_argument(
        "--out", type=Path, metavar=say(phrase("fichier")),
        help=say(phrase("où écrire tous les tests (.csv)")),
    )  # fmt: skip
    _wave_options(options["weights"], say)
    options["weights"].add_argument(
        "--by", action="append", default=[], metavar=say(phrase("variable")),
        help=say(phrase("caler aussi sur region ou type, comptés dans cadre (se répète)")),
    )  # fmt: skip
    options["weights"].add_argument(
        "--limit", type=float, metavar=say(phrase("nombre")),
        help=say(phrase("le plus grand poids permis, en fois le poids moyen")),
    )  # fmt: skip
    options["weights"].add_argument(
        "--out", type=Path, metavar=say(phrase("dossier")),
        help=say(phrase("où écrire les poids, un fichier par vague : poids/ du dossier d’étude")),
    )  # fmt: skip


def _wave_options(options: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    options.add_argument(
        "--instrument", default="", metavar="code", help=say(phrase("ce questionnaire seulement"))
    )
    options.add_argument(
        "--edition", default="", metavar="code", help=say(phrase("cette édition seulement"))
    )
