"""Filled forms received over eight connections, each acknowledged once it is on disk.

    python benchmarks/intake.py [seconds] [postgresql://…]

A survey of twelve questions is sent to the real web process of ``croisee serve`` as ODK Collect
does it, journal entry included: many answers in one commit, then one commit an answer, then a
page that does nothing (``sante/``, on the same process, by the same client). The client runs on
the same machine and takes its share of it.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 15.0
ADDRESS = sys.argv[2] if len(sys.argv) > 2 else ""
CONNECTIONS = 8
TOOLS = ("courriel", "visio", "texto", "papier", "reseau")
TWELVE = [
    *({"type": "select_one outils", "name": f"choix{n}", "label": f"Choix {n}"} for n in range(6)),
    {"type": "select_multiple outils", "name": "outils", "label": "Lesquels ?"},
    *({"type": "integer", "name": f"nombre{n}", "label": f"Nombre {n}"} for n in range(2)),
    *({"type": "text", "name": f"texte{n}", "label": f"Texte {n}"} for n in range(2)),
    {"type": "date", "name": "jour", "label": "Quel jour ?"},
]
PLAIN = "import asyncio, sys\nfrom croisee_web.config import web\n"
ALONE = PLAIN + "web.write_together = lambda: None\n"
RUN = "asyncio.run(web.serve('127.0.0.1', int(sys.argv[1])))\n"


def prepare(home: Path) -> tuple[str, str, int]:
    """Make a site with a collection; return its device's key, the form's version, the study."""
    from datetime import timedelta  # noqa: PLC0415

    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from croisee.formats.xlsform import Workbook, worksheet_of  # noqa: PLC0415
    from croisee_web.access.models import Account, Assignment  # noqa: PLC0415
    from croisee_web.access.vocabulary import Role  # noqa: PLC0415
    from croisee_web.collection.usecases.conducting import Plan, open_collecting  # noqa: PLC0415
    from croisee_web.collection.usecases.devices import make_key  # noqa: PLC0415
    from croisee_web.instruments.models import Questionnaire  # noqa: PLC0415
    from croisee_web.instruments.rules import grid_of  # noqa: PLC0415
    from croisee_web.instruments.usecases import publish  # noqa: PLC0415
    from croisee_web.study.models import Case, Certificate, Edition, Method, Study  # noqa: PLC0415

    home.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    at = timezone.now()
    today = at.date()
    lead = Account.objects.create(email="mesure@exemple.ca", name="Mesure", created_at=at)
    study = Study.objects.create(slug="mesure", title_fr="Mesure", created_at=at)
    Assignment.objects.create(account=lead, study_id=study.pk, role=Role.LEAD, given_at=at)
    case = Case.objects.create(study=study, code="nord", position=0, name_fr="Nord", short_fr="N")
    Edition.objects.create(study=study, code="e1", position=0, name_fr="Une")
    Certificate.objects.create(
        study=study, position=1, board="CER", number="1",
        start=today - timedelta(days=9), end=today + timedelta(days=99),
    )  # fmt: skip
    method = Method.objects.create(
        study=study, code="s", position=0, name_fr="Sondage", kind="sondage", subject="personne"
    )
    choices = [{"list_name": "outils", "name": one, "label": one} for one in TOOLS]
    book = Workbook((worksheet_of("survey", TWELVE), worksheet_of("choices", choices)))
    row = Questionnaire.objects.create(
        study=study, code="eclair", name_fr="Éclair", method=method, subject="personne",
        workbook=grid_of(book),
    )  # fmt: skip
    published = publish(questionnaire_id=row.pk, actor=lead, at=at)
    plan = Plan(published.pk, "e1", {case.code: None}, today, today + timedelta(days=30))
    collecting = open_collecting(study_id=study.pk, plan=plan, actor=lead, at=at)
    key = make_key(collecting_id=collecting.pk, label="mesure", case="nord", actor=lead, at=at)
    connection.close()
    return key.secret, published.form_version, study.pk


def request_of(key: str, version: str, number: int) -> bytes:
    """Return one filled form as ODK Collect sends it."""
    said = "".join(f"<choix{n}>{TOOLS[(number + n) % 5]}</choix{n}>" for n in range(6))
    xml = (
        '<?xml version="1.0"?><data xmlns:orx="http://openrosa.org/xforms" id="eclair" '
        f'version="{version}">{said}<outils>courriel visio</outils><nombre0>{number % 90}</nombre0>'
        f"<nombre1>3</nombre1><texte0>Une réponse courte</texte0><texte1>Une autre</texte1>"
        f"<jour>2026-11-22</jour><orx:meta><orx:instanceID>uuid:{uuid4()}</orx:instanceID>"
        "</orx:meta></data>"
    )
    body = (
        '--x\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\n'
        f"Content-Type: text/xml\r\n\r\n{xml}\r\n--x--\r\n"
    ).encode()
    return (
        f"POST /openrosa/{key}/submission HTTP/1.1\r\nHost: localhost\r\nX-OpenRosa-Version: 1.0"
        f"\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


NOTHING = b"GET /sante/ HTTP/1.1\r\nHost: localhost\r\n\r\n"


@dataclass
class Load:
    """What the connections saw: how long each answer took, each status, the time it lasted."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    lasted: float = 0.0
    worked: float = 0.0
    """Seconds of processor that the site took for all of it."""

    @property
    def rate(self) -> float:
        """Answers acknowledged a second."""
        return sum(n for status, n in self.statuses.items() if status < 300) / self.lasted

    def line(self, what: str) -> str:
        """Return a row of the table."""
        cuts = statistics.quantiles(self.seconds, n=100)
        told = ", ".join(f"{n} × {status}" for status, n in sorted(self.statuses.items()))
        return (
            f"| {what} | {self.rate:.0f} | {1000 * cuts[49]:.1f} | {1000 * cuts[98]:.1f} | "
            f"{1000 * max(self.seconds):.0f} | {1000 * self.worked / len(self.seconds):.2f} | "
            f"{told} |"
        )


def _connection(port: int, key: str, version: str, until: float, seen: Load, lock: Any) -> None:
    mine, statuses, number = [], Counter[int](), 0
    with socket.create_connection(("127.0.0.1", port)) as line:
        while time.perf_counter() < until:
            number += 1
            sent = request_of(key, version, number) if key else NOTHING
            start = time.perf_counter()
            line.sendall(sent)
            statuses[_status(line)] += 1
            mine.append(time.perf_counter() - start)
    with lock:
        seen.seconds += mine
        seen.statuses += statuses


def _status(line: socket.socket) -> int:
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(line)
    head, _rule, body = received.partition(b"\r\n\r\n")
    length = next(
        (
            int(one.split(b":")[1])
            for one in head.lower().split(b"\r\n")
            if one.startswith(b"content-length:")
        ),
        0,
    )
    while len(body) < length:
        body += _more(line)
    return int(head.split(b" ", 2)[1])


def _more(line: socket.socket) -> bytes:
    found = line.recv(65536)
    if not found:
        raise ConnectionResetError
    return found


def _client(port: int, key: str, version: str, connections: int, told: Any) -> None:
    seen, lock = Load(), threading.Lock()
    start = time.perf_counter()
    threads = [
        threading.Thread(target=_connection, args=(port, key, version, start + SECONDS, seen, lock))
        for _connection_number in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen.lasted = time.perf_counter() - start
    told.send(seen)


def load(port: int, key: str, version: str, connections: int) -> Load:
    """Send from a process of its own: the server keeps its interpreter to itself."""
    here, there = multiprocessing.Pipe()
    client = multiprocessing.Process(target=_client, args=(port, key, version, connections, there))
    client.start()
    seen: Load = here.recv()
    client.join()
    return seen


class Web:
    """The web process of a site, as ``croisee serve`` starts it."""

    def __init__(self, code: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process = subprocess.Popen([sys.executable, "-P", "-c", code + RUN, str(self.port)])

    def __enter__(self) -> Web:
        for _turn in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        return self

    @property
    def worked(self) -> float:
        """Seconds of processor it took so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        self.process.wait()


def at_home(made: str) -> None:
    """Say where the site is, to this process and to those it starts."""
    os.environ.update(
        CROISEE_HOME=made,
        DJANGO_SETTINGS_MODULE="croisee_web.config.settings",
        CROISEE_SECRET_KEY="mesure",
        CROISEE_HOSTS="localhost",
        **({"DATABASE_URL": ADDRESS} if ADDRESS else {}),
    )


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        at_home(made)
        key, version, _study = prepare(home)
        print(f"charge de la machine au départ : {os.getloadavg()[0]:.2f}\n")
        print("| | par seconde | p50 (ms) | p99 (ms) | le pire (ms) | processeur (ms) | réponses |")
        print("|---|---|---|---|---|---|---|")
        rows = {}
        for what, code, sent in (
            ("plusieurs réponses par écriture", PLAIN, key),
            ("une écriture par réponse", ALONE, key),
            ("une page qui ne fait rien", PLAIN, ""),
        ):
            with Web(code) as web:
                load_short(web.port, sent, version)
                before = web.worked
                rows[what] = load(web.port, sent, version, CONNECTIONS)
                rows[what].worked = web.worked - before
            print(rows[what].line(what), flush=True)
        together, _alone, nothing = rows.values()
        print(f"\n{together.rate / 193:.1f} × ODK Central (193/s), ", end="")
        print(f"{100 * together.rate / nothing.rate:.0f} % d’une page qui ne fait rien.")
        print(f"mémoire : {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} Mo")


def load_short(port: int, key: str, version: str) -> None:
    """Send a little, so that what is read once is read."""
    global SECONDS  # noqa: PLW0603 -- the client's own process reads it
    whole, SECONDS = SECONDS, 1.0
    load(port, key, version, CONNECTIONS)
    SECONDS = whole


if __name__ == "__main__":
    main()
