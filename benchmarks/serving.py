"""``croisee serve`` under load: sixteen connections at once, on SQLite, as a team would have it.

    python benchmarks/serving.py [seconds]

The reference study is imported, and its sealed report published. For 20 seconds each, sixteen
connections ask without pause for a study's home page, signed in, and for a public leaflet; then
while the site is told to stop, and while its web process is killed with ``-9``. The client runs
on the same machine and takes its share of it.
"""

from __future__ import annotations

import http.client
import os
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
CONNECTIONS = 16
EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "etude-de-reference"
CUT = "cut"
"""What is counted when an answer that had begun to be awaited never came whole."""


@dataclass
class Load:
    """What sixteen connections saw: how long each answer took, and each status."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)

    def line(self, what: str, lasted: float) -> str:
        """Return a row of the table."""
        cuts = statistics.quantiles(self.seconds, n=100)
        told = ", ".join(f"{n} × {status}" for status, n in sorted(self.statuses.items()))
        rate = len(self.seconds) / lasted
        return (
            f"| {what} | {rate:.0f} | {1000 * cuts[49]:.0f} | {1000 * cuts[98]:.0f} | "
            f"{1000 * max(self.seconds):.0f} | {told} |"
        )


def load(port: int, path: str, cookie: str, stop: threading.Event) -> Load:
    """Ask for a page from every connection until told to stop."""
    seen, lock = Load(), threading.Lock()

    def ask() -> None:
        mine, statuses = [], Counter[str]()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while not stop.is_set():
            start = time.perf_counter()
            try:
                connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
                answer = connection.getresponse()
                answer.read()
            except ConnectionRefusedError:
                connection.close()
                time.sleep(0.05)
                continue
            except (http.client.HTTPException, OSError):
                statuses[CUT] += 1
                connection.close()
                continue
            mine.append(time.perf_counter() - start)
            statuses[str(answer.status)] += 1
        connection.close()
        with lock:
            seen.seconds += mine
            seen.statuses += statuses

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def filled(home: Path) -> tuple[str, str, str]:
    """Make a site; return the path of its study, of a public leaflet, and a session's cookie."""
    os.environ.update(CROISEE_HOME=str(home), DJANGO_SETTINGS_MODULE="croisee_web.config.settings")
    import django  # noqa: PLC0415 -- the settings read where the site lies

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from croisee.run import run_study, seal_study  # noqa: PLC0415
    from croisee_web.access.http import BACKEND, BEGAN, SEEN  # noqa: PLC0415
    from croisee_web.access.usecases import first_administrator  # noqa: PLC0415
    from croisee_web.exchange.usecases import import_folder  # noqa: PLC0415
    from croisee_web.report.usecases import publish_results  # noqa: PLC0415

    at = datetime(2026, 12, 1, 15, tzinfo=UTC)
    study, results = home.parent / "etude", home.parent / "resultats"
    shutil.copytree(EXAMPLE, study, ignore=shutil.ignore_patterns("registre"))
    seal_study(study, by="Une chercheuse", at=at)
    run_study(study, results, at=at)
    call_command("migrate", verbosity=0)
    lead = first_administrator(
        email="lea@exemple.ca", name="Léa", password="une phrase longue à retenir", at=at
    )
    made = import_folder(folder=EXAMPLE, actor=lead, at=at)
    published = publish_results(folder=results, actor="console", at=at)
    leaflet = next(
        path
        for path in sorted((home / "diffusions").rglob("*.html"))
        if "feuillet" in path.as_posix()
    )
    inside = leaflet.relative_to(home / "diffusions" / published.slug).as_posix()
    client = Client()
    client.force_login(lead, backend=BACKEND)
    session = client.session
    session[BEGAN] = session[SEEN] = time.time()
    session.save()
    cookie = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
    connections.close_all()
    return f"/etudes/{made.slug}/", f"/rapports/{published.slug}/{inside}", cookie


def started(home: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Start the site; return its process and its port once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "croisee.cli", "serve", "--home", str(home), "--port", str(port)]
    with (home.parent / "serve.log").open("wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT)
    wait_for_answer(port)
    return process, port


def wait_for_answer(port: int) -> float:
    """Return how many seconds the site took to answer."""
    start = time.perf_counter()
    while time.perf_counter() - start < 120:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/sante/")
            if connection.getresponse().status == 200:
                return time.perf_counter() - start
        except (http.client.HTTPException, OSError):
            time.sleep(0.02)
        finally:
            connection.close()
    raise TimeoutError(port)


def web_process(parent: int) -> int:
    """Return the number of the site's web process."""
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(parent)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return next(int(line.split()[0]) for line in found.splitlines() if "config.web" in line)


def during(port: int, path: str, cookie: str, seconds: float) -> Load:
    """Ask for a page during some seconds."""
    stop = threading.Event()
    threading.Timer(seconds, stop.set).start()
    return load(port, path, cookie, stop)


def while_killed(process: subprocess.Popen[bytes], port: int, path: str, cookie: str) -> Load:
    """Ask while the web process is killed, and until the one that replaces it has answered."""
    stop = threading.Event()

    def kill() -> None:
        time.sleep(3)
        killed = web_process(process.pid)
        os.kill(killed, signal.SIGKILL)
        start = time.perf_counter()
        wait_for_answer(port)
        print(
            f"\nAprès `kill -9`, le site répond de nouveau en {time.perf_counter() - start:.1f} s."
        )
        time.sleep(3)
        stop.set()

    killer = threading.Thread(target=kill)
    killer.start()
    seen = load(port, path, cookie, stop)
    killer.join()
    return seen


def while_stopped(process: subprocess.Popen[bytes], port: int, path: str, cookie: str) -> Load:
    """Ask while the site is told to stop, and until it has."""
    stop = threading.Event()

    def end() -> None:
        time.sleep(3)
        start = time.perf_counter()
        process.terminate()
        code = process.wait(60)
        lasted = time.perf_counter() - start
        print(f"\nArrêté sous la charge en {lasted:.1f} s, code {code}.")
        stop.set()

    ender = threading.Thread(target=end)
    ender.start()
    seen = load(port, path, cookie, stop)
    ender.join()
    return seen


def main() -> int:
    """Print the table; return 1 when something answered 5xx or did not stop cleanly."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "site"
        home.mkdir(mode=0o700)
        study, leaflet, cookie = filled(home)
        process, port = started(home)
        pages = {
            "accueil d’une étude, connectée": (study, cookie),
            "feuillet public": (leaflet, ""),
        }
        print("| page | requêtes/s | p50 (ms) | p99 (ms) | max (ms) | réponses |")
        print(f"|---|{'---:|' * 4}---|")
        seen = Counter[str]()
        for what, (path, carried) in pages.items():
            found = during(port, path, carried, SECONDS)
            print(found.line(what, SECONDS), flush=True)
            seen += found.statuses
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        wrong = [status for status in seen if status != "200"]
        killed = while_killed(process, port, study, cookie)
        print(f"Pendant ce temps : {dict(killed.statuses)}.")
        stopped = while_stopped(process, port, study, cookie)
        print(f"Pendant ce temps : {dict(stopped.statuses)}.")
        later = [one for one in (killed.statuses + stopped.statuses) if one not in {"200", CUT}]
        clean = process.returncode == 0 and not stopped.statuses[CUT]
        said = (Path(place) / "serve.log").read_text(encoding="utf-8")
        clean = clean and "Le site est arrêté" in said
        print(f"\nClient : {peak} Mio. {wrong or 'Rien que des 200'} ; "
              f"{'arrêt propre' if clean else 'ARRÊT SALE'}.")  # fmt: skip
    return 0 if clean and not wrong and not later else 1


if __name__ == "__main__":
    sys.exit(main())
