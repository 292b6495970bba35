"""What Spark could not do, in a sentence: which cluster, which table, what to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from croisee.dataset.engines import EngineRefused
from croisee.language import Phrase, phrase

_LONGEST = 200
_SPARK = ("py4j", "pyspark")
_CLASS = re.compile(r"^(?:[\w.$]+(?:Exception|Error):?\s*)+")


@contextmanager
def told_of_spark(master: str, tables: Sequence[str] = ()) -> Iterator[None]:
    """Turn what pyspark and its bridge to Java raise into :class:`EngineRefused`.

    Args:
        master: Spark's word for the cluster.
        tables: those being read, as the study calls them.
    """
    try:
        yield
    except EngineRefused:
        raise
    except Exception as error:
        if not _is_of_spark(error):
            raise
        raise EngineRefused(_said(_whole(error), master, ", ".join(tables))) from error


def _is_of_spark(error: BaseException) -> bool:
    room = type(error).__module__.partition(".")[0]
    gone = isinstance(error, ConnectionError | EOFError)
    return room in _SPARK or gone or (error.__cause__ is not None and _is_of_spark(error.__cause__))


def _whole(error: BaseException) -> str:
    """Return everything an error says, Java's words included."""
    found: list[str] = []
    one: BaseException | None = error
    while one is not None:
        java: Any = getattr(one, "java_exception", None)
        found.append(f"{type(one).__name__}: {one}")
        if java is not None:
            try:
                found.append(str(java.toString()))
            except Exception:  # noqa: BLE001 - the Java program is gone: nothing more is said
                found.append("Py4JNetworkError")
        one = one.__cause__ or one.__context__
    return "\n".join(found)


def _said(whole: str, master: str, tables: str) -> Phrase:
    for marks, sentence in _KNOWN:
        if any(mark in whole for mark in marks):
            return phrase(sentence.one, master=master, tables=tables or "?")
    lines = [_CLASS.sub("", line.strip()) for line in whole.splitlines()]
    reason = next((line for line in lines if line), "?")
    return phrase(
        "Spark a échoué sur {master}, en lisant {tables} : {reason}",
        master=master, tables=tables or "?", reason=reason[:_LONGEST],
    )  # fmt: skip


_KNOWN: tuple[tuple[tuple[str, ...], Phrase], ...] = (
    (
        ("No space left on device",),
        phrase("Le disque d’une machine de {master} est plein : libérez-en, puis relancez."),
    ),
    (
        ("PATH_NOT_FOUND", "FileNotFoundException", "FAILED_READ_FILE", "NoSuchFileException"),
        phrase(
            "Des exécuteurs de {master} ne voient pas la table {tables} : le dossier doit être "
            "partagé, au même chemin, avec chaque machine."
        ),
    ),
    (
        ("maxResultSize",),
        phrase(
            "Trop de données reviendraient de {tables} : le calcul réparti rapporte des résultats, "
            "pas des réponses."
        ),
    ),
    (
        ("OutOfMemoryError", "exit code 137", "Container killed"),
        phrase("La mémoire manque sur une machine de {master}, en lisant {tables}."),
    ),
    (
        ("Master removed our application", "All masters are unresponsive", "Application has been"),
        phrase("{master} ne répond plus, ou a retiré cette demande : vérifiez-le, puis relancez."),
    ),
    (
        ("ExecutorLostFailure", "executor lost", "Executor heartbeat timed out", "Worker lost"),
        phrase(
            "Des exécuteurs de {master} se sont arrêtés trop souvent en lisant {tables} : voyez "
            "leur mémoire et leur disque, puis relancez."
        ),
    ),
    (
        (
            "stopped SparkContext", "Py4JNetworkError", "ConnectionRefused", "ConnectionReset",
            "Answer from Java side is", "SparkContext was shut down",
        ),
        phrase(
            "Le programme Java de Spark s’est arrêté en route : voyez la mémoire de cette machine, "
            "puis relancez."
        ),
    ),
)  # fmt: skip
"""What Spark says (any of these words) → what we say; the first that fits."""
