"""The same expressions on Apache Spark: the workers read the shared folder, the driver little.

Needs the extra ``spark`` and Java 17 or later; neither is looked for before it is asked for.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
import time
import warnings
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import ibis
import pyarrow as pa

from croisee.dataset.engines import EngineRefused
from croisee.dataset.spark_failures import told_of_spark
from croisee.language import Phrase, phrase

COLLECTED = 1_000_000
"""Lines that one expression may bring back to the driver: results, never answers."""
RESULT_BYTES = "512m"
"""Spark's own bound on what the tasks of one job send to the driver."""
PATIENCE = 30.0
"""Seconds a cluster is given to lend its first worker."""
_GLANCE = 0.2
"""Seconds between two looks at the executors."""
_CONNECTING = 5_000
"""Milliseconds a master is given to open its port."""
SETTINGS = {
    "spark.app.name": "croisee",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.driver.memory": "1g",
    "spark.executor.memory": "1g",
    "spark.driver.maxResultSize": RESULT_BYTES,
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.session.timeZone": "UTC",
    # A product keeps all its decimals, or fails: by default Spark rounds those it has no room for.
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # No table is ever written: no warehouse, no Hive base is left in the folder one stands in.
    "spark.sql.catalogImplementation": "in-memory",
}


class Distributed:
    """A Spark session. Use as a context manager, or call :meth:`close`.

    ``master`` is Spark's own word for a cluster: ``local[2]``, ``spark://host:7077``.

    Raises:
        EngineRefused: the extra or Java is missing, the master cannot be reached, or it lends
            no worker within :data:`PATIENCE` seconds.
    """

    def __init__(self, master: str, *, collected: int = COLLECTED) -> None:
        _refuse_missing()
        self._collected = collected
        self._names: dict[str, str] = {}
        self._master = master
        with _quiet():
            self._gateway = _gateway(master)
            try:
                with told_of_spark(master):
                    self._session = _aside(lambda: _session(self._gateway, master))
                    self._backend = _aside(lambda: self._connected(master))
            except BaseException:
                _end(self._gateway)
                raise

    def _connected(self, master: str) -> Any:
        _await_worker(self._session, master)
        return ibis.pyspark.connect(self._session)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def read(self, name: str, file: Path) -> Any:
        """Return a Parquet file as an Ibis expression: the workers open it by this same path.

        Raises :class:`EngineRefused` where Spark cannot, as :meth:`run` does.
        """
        view = f"croisee_{len(self._names)}"
        self._names[view] = name
        with _quiet(), told_of_spark(self._master, [name]):
            return self._watched(
                lambda: self._backend.read_parquet(_address(file), table_name=view)
            )

    def run(self, expression: Any) -> pa.Table:
        """Run an expression.

        Raises :class:`EngineRefused` where more than ``collected`` lines would come back, and
        where Spark cannot: executors or master lost, a folder they do not see, a full disk.
        """
        with _quiet(), told_of_spark(self._master, self._tables(expression)):
            found = self._watched(
                lambda: self._backend.to_pyarrow(expression.limit(self._collected + 1))
            )
        if found.num_rows > self._collected:
            raise EngineRefused(
                phrase(
                    "Trop de lignes à rapporter de {table} : plus de {limit}. Le calcul réparti "
                    "rapporte des résultats, pas des réponses.",
                    table=", ".join(self._tables(expression)),
                    limit=self._collected,
                )
            )
        return found

    def close(self) -> None:
        """Stop the session and its Java program."""
        if self._session is None:
            return
        session, self._session = self._session, None
        try:
            with suppress(Exception):  # its Java program may be gone, which ends it too
                _aside(session.stop)
        finally:
            _end(self._gateway)

    def _watched(self, act: Callable[[], Any]) -> Any:
        """Return what Spark gives; end its job where the last executor is gone, or we are.

        Spark itself would wait for ever for an executor that does not come back.
        """
        ended, lost = threading.Event(), threading.Event()
        guard = threading.Thread(target=self._guard, args=(ended, lost), daemon=True)
        guard.start()
        try:
            return _aside(act, lost=lost, cancel=self._cancel)
        except Exception as error:
            if lost.is_set():
                raise EngineRefused(_without_executor(self._master)) from error
            raise
        finally:
            ended.set()
            guard.join(PATIENCE)

    def _guard(self, ended: threading.Event, lost: threading.Event) -> None:
        """Set ``lost`` where no executor is there for :data:`PATIENCE` seconds."""
        since = time.monotonic()
        while not _on_one_machine(self._master) and not ended.wait(_GLANCE):
            try:
                there = _executors(self._session) > 0
            except Exception:  # noqa: BLE001 - the Java program is gone: the job itself says so
                return
            now = time.monotonic()
            since = now if there else since
            if now - since > PATIENCE:
                lost.set()
                return

    def _cancel(self) -> None:
        with suppress(Exception):  # the Java program may be gone
            self._session.sparkContext.cancelAllJobs()

    def _tables(self, expression: Any) -> list[str]:
        """Return the names of the tables an expression reads."""
        views = expression.op().find(ibis.expr.operations.DatabaseTable)
        return sorted({self._names.get(view.name, view.name) for view in views})


def _address(file: Path) -> str:
    """Return a path as Hadoop reads it: not quoted as a URI is, its own signs escaped."""
    return "file://" + re.sub(r"([][{}*?\\])", r"\\\1", str(file.resolve()))


def _refuse_missing() -> None:
    if find_spec("pyspark") is None:
        raise EngineRefused(
            phrase(
                "Spark n’est pas installé ici. Installez-le : {command}",
                command="pip install 'croisee[spark]'",
            )
        )
    home = os.environ.get("JAVA_HOME")
    if shutil.which(str(Path(home, "bin", "java")) if home else "java") is None:
        raise EngineRefused(
            phrase("Spark a besoin de Java 17 ou plus, qui n’est pas trouvé ici : installez-le.")
        )


def _aside(
    act: Callable[[], Any],
    *,
    lost: threading.Event | None = None,
    cancel: Callable[[], None] | None = None,
) -> Any:
    """Return what ``act`` gives, in a thread of its own; a signal finds us waiting, and no more.

    Where ``lost`` is set, or we are stopped, ``cancel`` is called and ``act`` is given
    :data:`PATIENCE` seconds to end: what it raises then is raised.
    """
    job: Future[Any] = Future()

    def through() -> None:
        try:
            with _quiet():
                job.set_result(act())
        except BaseException as error:  # noqa: BLE001 - raised again by whoever waits
            job.set_exception(error)

    threading.Thread(target=through, daemon=True).start()
    try:
        while not job.done() and not (lost is not None and lost.is_set()):
            wait([job], _GLANCE)
        if not job.done() and cancel is not None:
            cancel()
        return job.result(PATIENCE if lost is not None and lost.is_set() else None)
    except BaseException:
        if not job.done():
            if cancel is not None:
                cancel()
            wait([job], PATIENCE)
        raise


def _gateway(master: str) -> Any:
    """Start the Java program. Raises EngineRefused where it does not start."""
    from pyspark import SparkConf  # noqa: PLC0415
    from pyspark.java_gateway import launch_gateway  # noqa: PLC0415

    told = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started: list[Any] = []
    try:
        _aside(lambda: started.append(launch_gateway(_conf(SparkConf, master), popen_kwargs=told)))
    except Exception as error:
        raise _unreached(master) from error
    except BaseException:  # stopped while it starts: it has been waited for
        for one in started:
            _end(one)
        raise
    return started[0]


def _conf(kind: Any, master: str) -> Any:
    conf = kind(loadDefaults=False).setAll([*SETTINGS.items()]).setMaster(master)
    if master.startswith("local"):
        # one machine: its executors too answer at home, whatever name the network gives it
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1")
    return conf


def _session(gateway: Any, master: str) -> Any:
    """Return a session on a master known to answer."""
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    _reach(gateway, master)
    try:
        return SparkSession(SparkContext(gateway=gateway, conf=_conf(SparkConf, master)))
    except Exception as error:
        raise _unreached(master) from error


def _reach(gateway: Any, master: str) -> None:
    """Knock at a standalone master, for Spark would wait a minute. Raises EngineRefused."""
    if not master.startswith("spark://"):
        return
    for address in master.removeprefix("spark://").split(","):
        door = gateway.jvm.java.net.Socket()
        try:
            place = urlsplit(f"//{address}")
            where = gateway.jvm.java.net.InetSocketAddress(place.hostname, place.port or 7077)
            door.connect(where, _CONNECTING)
        except Exception:  # noqa: BLE001, S112 - Java's or ours: this one does not answer
            continue
        finally:
            door.close()
        return
    raise _unreached(master)


def _on_one_machine(master: str) -> bool:
    return master == "local" or master.startswith("local[")


def _executors(session: Any) -> int:
    """Return how many executors there are, the driver not counted."""
    return int(session.sparkContext._jsc.sc().getExecutorMemoryStatus().size()) - 1


def _await_worker(session: Any, master: str) -> None:
    """Wait until a cluster lends a worker. Raises EngineRefused."""
    if _on_one_machine(master):
        return
    until = time.monotonic() + PATIENCE
    while _executors(session) < 1:
        if time.monotonic() > until:
            raise EngineRefused(_without_executor(master))
        time.sleep(_GLANCE)


def _without_executor(master: str) -> Phrase:
    return phrase(
        "{master} répond, mais ne prête aucun exécuteur : voyez s’il lui reste des "
        "cœurs et de la mémoire.",
        master=master,
    )


def _unreached(master: str) -> EngineRefused:
    return EngineRefused(
        phrase("Spark ne peut pas travailler sur {master} : vérifiez --master.", master=master)
    )


def _end(gateway: Any) -> None:
    """End our Java program, and let a later session start another."""
    from pyspark import SparkContext  # noqa: PLC0415

    with suppress(Exception):  # a program that is gone cannot be told to go
        gateway.shutdown()
    with suppress(OSError):
        gateway.proc.stdin.close()
    try:
        gateway.proc.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        gateway.proc.kill()
        gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None


def _quiet() -> warnings.catch_warnings[None]:
    """Keep the warnings of pyspark and of its bridge to ourselves: they are not the reader's."""
    return warnings.catch_warnings(action="ignore")
