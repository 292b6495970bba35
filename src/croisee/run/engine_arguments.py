"""Where a run computes: ``croisee run … --engine spark --master local[2]``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from croisee.dataset import Distributed, Engine, EngineRefused
from croisee.language import Phrase, phrase

DUCKDB, SPARK = "duckdb", "spark"


def add_engine_options(options: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    """Declare ``--engine`` and ``--master``."""
    options.add_argument(
        "--engine", choices=(DUCKDB, SPARK), default=DUCKDB,
        help=say(phrase("où compter : duckdb, dans ce programme, ou spark, réparti")),
    )  # fmt: skip
    options.add_argument(
        "--master", default="", metavar=say(phrase("adresse")),
        help=say(phrase("avec spark : où il travaille, local[2] ou spark://hote:7077")),
    )  # fmt: skip


@contextmanager
def engine_asked(
    name: str, master: str, progress: Callable[[Phrase], None]
) -> Iterator[Engine | None]:
    """Give the engine asked for, closed at the end whatever happens; None is the default one.

    Raises:
        EngineRefused: Spark cannot start there, or one option is given without the other.
    """
    if name == SPARK and not master:
        raise EngineRefused(phrase("Dites où Spark travaille : --master local[2], par exemple."))
    if master and name != SPARK:
        raise EngineRefused(phrase("--master ne sert qu’avec --engine spark."))
    if name == DUCKDB:
        yield None
        return
    progress(phrase("Démarrage de Spark sur {master}", master=master))
    with Distributed(master) as engine:
        yield engine
