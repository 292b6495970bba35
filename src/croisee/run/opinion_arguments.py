"""The words and options of ``croisee opinion``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from croisee.language import Phrase, phrase


def add_opinion_words(given: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    """Add what the command is given."""
    given.add_argument(
        "source", type=Path, metavar=say(phrase("votes")),
        help=say(phrase("dossier exporté de Polis, ou tableau de votes (.csv, .xlsx)")),
    )  # fmt: skip


def add_opinion_options(options: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    """Add the options of the command."""
    options.add_argument(
        "--all", action="store_true", help=say(phrase("montrer chaque affirmation"))
    )
    options.add_argument(
        "--frame", type=int, default=0, metavar=say(phrase("nombre")),
        help=say(phrase("combien de personnes pouvaient voter, si on le sait")),
    )  # fmt: skip
    for name, about in (
        ("--out", phrase("dossier où écrire les tableaux")),
        ("--polis", phrase("dossier où écrire les votes comme Polis les exporte")),
    ):
        options.add_argument(name, type=Path, metavar=say(phrase("dossier")), help=say(about))
