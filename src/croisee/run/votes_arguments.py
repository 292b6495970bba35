"""The words and options of ``croisee votes``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from croisee.language import Phrase, phrase


def add_votes_words(given: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    """Add what the command is given."""
    given.add_argument(
        "source", type=Path, metavar=say(phrase("dossier")),
        help=say(phrase("dossier d’étude, bulletins de PrefLib ou tableau de rangs (.csv, .xlsx)")),
    )  # fmt: skip


def add_votes_options(options: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    """Add the options of the command."""
    options.add_argument(
        "--choose", type=int, default=3, metavar=say(phrase("nombre")),
        help=say(phrase("combien d’objets choisir par parts égales (3 par défaut)")),
    )  # fmt: skip
    for name, about in (
        ("--before", phrase("le thème d’avant la discussion, à comparer")),
        ("--after", phrase("le thème d’après")),
    ):
        options.add_argument(name, default="", metavar=say(phrase("thème")), help=say(about))
    options.add_argument(
        "--out", type=Path, metavar=say(phrase("fichier")),
        help=say(phrase("où écrire les résultats (.csv)")),
    )  # fmt: skip
    options.add_argument(
        "--preflib", type=Path, metavar=say(phrase("dossier")),
        help=say(phrase("où écrire les bulletins, un fichier de PrefLib par choix")),
    )  # fmt: skip
