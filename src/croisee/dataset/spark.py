"""The same expressions on Apache Spark: the workers read the shared folder, the driver little.

Needs the extra ``spark`` and Java 17 or later; neither is looked for before it is asked for.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import ibis
import pyarrow as pa

from croisee.dataset.engines import EngineRefused
from croisee.language import phrase

COLLECTED = 1_000_000
"""Lines that one expression may bring back to the driver: results, never answers."""
RESULT_BYTES = "512m"
"""Spark's own bound on what the tasks of one job send to the driver."""
PATIENCE = 30.0
"""Seconds a cluster is given to lend its first worker."""
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
        self._gateway, self._session = _session(master)
        try:
            _await_worker(self._session, master)
            with _quiet():
                self._backend = ibis.pyspark.connect(self._session)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def read(self, name: str, file: Path) -> Any:
        """Return a Parquet file as an Ibis expression: the workers open it by this same path."""
        view = f"croisee_{len(self._names)}"
        self._names[view] = name
        with _quiet():
            return self._backend.read_parquet(_address(file), table_name=view)

    def run(self, expression: Any) -> pa.Table:
        """Run an expression.

        Raises :class:`EngineRefused` where more than ``collected`` lines would come back.
        """
        with _quiet():
            found = self._backend.to_pyarrow(expression.limit(self._collected + 1))
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
        self._session.stop()
        _end(self._gateway)
        self._session = None

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


def _session(master: str) -> tuple[Any, Any]:
    """Start the Java program, then a session on a master known to answer."""
    with _quiet():
        from pyspark import SparkConf, SparkContext  # noqa: PLC0415
        from pyspark.java_gateway import launch_gateway  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415

        conf = SparkConf(loadDefaults=False).setAll([*SETTINGS.items()]).setMaster(master)
        if master.startswith("local"):
            # one machine: its executors too answer at home, whatever name the network gives it
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1")
        told = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        gateway = launch_gateway(conf, popen_kwargs=told)
        try:
            _reach(gateway, master)
            session = SparkSession(SparkContext(gateway=gateway, conf=conf))
        except EngineRefused:
            _end(gateway)
            raise
        except Exception as error:
            _end(gateway)
            raise _unreached(master) from error
        return gateway, session


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


def _await_worker(session: Any, master: str) -> None:
    """Wait until a cluster lends a worker. Raises EngineRefused."""
    if master == "local" or master.startswith("local["):
        return
    until = time.monotonic() + PATIENCE
    while session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > until:
            raise EngineRefused(
                phrase(
                    "{master} répond, mais ne prête aucun exécuteur : voyez s’il lui reste des "
                    "cœurs et de la mémoire.",
                    master=master,
                )
            )
        time.sleep(0.2)


def _unreached(master: str) -> EngineRefused:
    return EngineRefused(
        phrase("Spark ne peut pas travailler sur {master} : vérifiez --master.", master=master)
    )


def _end(gateway: Any) -> None:
    """End our Java program, and let a later session start another."""
    from pyspark import SparkContext  # noqa: PLC0415

    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None


def _quiet() -> warnings.catch_warnings[None]:
    """Keep the warnings of pyspark and of its bridge to ourselves: they are not the reader's."""
    return warnings.catch_warnings(action="ignore")
