"""``croisee run --engine spark`` on executors of their own: the files of DuckDB's run."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.library.run.test_stopped import LISTENING

from croisee.dataset import Distributed, EngineRefused, spark

STUDY = Path("examples/etude-de-reference")
HERE = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1"}
"""Of a cluster whose every machine is this one."""
pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(
        find_spec("pyspark") is None or shutil.which("java") is None,
        reason="no pyspark or no Java on this machine",
    ),
]


def run(out, *options):
    """Run the reference study in a program of its own, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "croisee.cli", "run", str(STUDY), "--out", str(out), "--lang", "fr",
         *options],
        capture_output=True, text=True, check=False, env=HERE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def files(folder):
    """Return every file of the results, the moment of the freeze taken out of its manifest."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            if path.name == "manifest.json":
                told = json.loads(content)
                content = {key: told[key] for key in told if key != "frozen_at"}
                content = {key: value for key, value in content.items() if key != "manifest_sha256"}
            found[path.relative_to(folder).as_posix()] = content
    return found


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    out = tmp_path_factory.mktemp("duckdb") / "resultats"
    run(out)
    return files(out)


def differing(embedded, out):
    found = files(out)
    assert found.keys() == embedded.keys()
    return [name for name in found if found[name] != embedded[name]]


def test_two_executors_in_programs_of_their_own(embedded, tmp_path):
    told = run(tmp_path / "r", "--engine", "spark", "--master", "local-cluster[2,1,1024]")
    assert "Démarrage de Spark" in told
    assert differing(embedded, tmp_path / "r") == []


@pytest.fixture
def cluster():
    """The programs of a standalone cluster: its master, then its workers."""
    return []


@pytest.fixture
def standalone(tmp_path, cluster):
    """A standalone master and two workers of one core, ended with the test."""
    import pyspark

    home = Path(pyspark.__file__).parent
    port = free_port()
    master = f"spark://127.0.0.1:{port}"
    kinds = [["master.Master", "--host", "127.0.0.1", "--port", str(port)]]
    kinds += [
        ["worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g",
         "--work-dir", str(tmp_path / f"w{place}"), master]
        for place in range(2)
    ]  # fmt: skip
    started = cluster
    try:
        for kind, *words in kinds:
            command = [home / "bin" / "spark-class", f"org.apache.spark.deploy.{kind}",
                       "--webui-port", str(free_port()), *words]  # fmt: skip
            started.append(subprocess.Popen(
                command, env=HERE | {"SPARK_HOME": str(home)},
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            ))  # fmt: skip
            if len(started) == 1:
                await_port(port)
        yield master
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait(timeout=30)


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def await_port(port):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("no master")


def test_a_standalone_master_with_two_workers(standalone, embedded, tmp_path):
    run(tmp_path / "r", "--engine", "spark", "--master", standalone)
    assert differing(embedded, tmp_path / "r") == []


def test_a_master_that_does_not_answer_is_said_in_a_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "croisee.cli", "run", str(STUDY), "--out", str(tmp_path / "r"),
         "--engine", "spark", "--master", f"spark://127.0.0.1:{free_port()}", "--lang", "fr"],
        capture_output=True, text=True, check=False, env=HERE,
    )  # fmt: skip
    assert done.returncode == 2
    assert "vérifiez --master" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "r").exists()


def table_of(folder, rows=2000):
    path = folder / "nombres.parquet"
    pq.write_table(pa.table({"n": list(range(rows))}), path)
    return path


def total(engine, path):
    table = engine.read("answers", path)
    return engine.run(table.aggregate(total=table.n.sum())).to_pydict()


def refusal(act):
    with pytest.raises(EngineRefused) as refused:
        act()
    return refused.value.message.to("fr")


def test_a_folder_the_executors_do_not_see_is_said(tmp_path):
    path = table_of(tmp_path)
    with Distributed("local[2]") as engine:
        table = engine.read("answers", path)
        path.unlink()
        said = refusal(lambda: engine.run(table.aggregate(total=table.n.sum())))
    assert "ne voient pas la table answers" in said
    with Distributed("local[2]") as engine:
        said = refusal(lambda: engine.read("answers", tmp_path / "absent.parquet"))
    assert "ne voient pas la table answers" in said


def test_a_java_program_that_dies_is_said_and_another_can_start(tmp_path):
    path = table_of(tmp_path)
    engine = Distributed("local[1]")
    assert total(engine, path) == {"total": [1999000]}
    engine._gateway.proc.kill()
    engine._gateway.proc.wait()
    assert "programme Java" in refusal(lambda: total(engine, path))
    engine.close()
    with Distributed("local[1]") as again:
        assert total(again, path) == {"total": [1999000]}


def test_workers_that_die_end_the_wait_in_a_sentence(standalone, cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(spark, "PATIENCE", 3.0)
    path = table_of(tmp_path)
    with Distributed(standalone) as engine:
        assert total(engine, path) == {"total": [1999000]}
        for worker in cluster[1:]:
            worker.kill()
        assert "ne prête aucun exécuteur" in refusal(lambda: total(engine, path))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_on_spark_that_is_stopped_leaves_no_java(tmp_path, number, code):
    partial = tmp_path / ".r.partiel"
    process = subprocess.Popen(
        [sys.executable, "-c", LISTENING, "run", str(STUDY), "--out", str(tmp_path / "r"),
         "--engine", "spark", "--master", "local[2]", "--lang", "fr"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=HERE,
    )  # fmt: skip
    while process.poll() is None and not java_of(process.pid):
        time.sleep(0.05)
    time.sleep(6 if number is signal.SIGTERM else 1)
    java = java_of(process.pid)
    process.send_signal(number)
    _, err = process.communicate(timeout=90)
    assert (process.returncode, "Arrêté" in err, "Traceback" in err) == (code, True, False), err
    assert not partial.exists()
    assert not (tmp_path / "r").exists()
    assert not [one for one in java if Path(f"/proc/{one}").exists()]


def java_of(process):
    """Return the Java programs below a process."""
    found = []
    for one in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        name = Path(f"/proc/{one}/comm")
        found += [one] if name.exists() and name.read_text().strip() == "java" else []
        with suppress(FileNotFoundError):
            found += java_of(one)
    return found
