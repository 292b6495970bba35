"""A whole session of use of a served site, by HTTP alone: ``session_of_use.py HOME PORT URLS``.

Everything typed that a person could be known by begins with ``canari``: names, addresses, words
said, notes. Each address asked for, followed or given is added to ``URLS``.
"""

import http.cookiejar
import io
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
import zipfile
from pathlib import Path

CANARY = "canari"
ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "src" / "croisee" / "studyfolder" / "example" / "fr"
WORDS = f"{CANARY} phrase que personne ne devine"
EMAIL = f"{CANARY}-compte@exemple.ca"
PATIENCE = 240.0


class Person:
    """Somebody at a browser, as far as HTTP goes: cookies kept, forms sent with their mark."""

    def __init__(self, root, urls):
        self.root, self.urls, self.page = root, urls, ""
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)

    def get(self, address):
        return self._ask(urllib.request.Request(self.root + address))

    def post(self, address, fields=(), files=()):
        """Send a form of the page last read at this address, or of the one before."""
        mark = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', self.page)
        given = {**dict(fields), "csrfmiddlewaretoken": mark[1] if mark else ""}
        body, kind = _multipart(given, dict(files))
        headers = {"Content-Type": kind, "Referer": self.root + address, "Origin": self.root}
        return self._ask(urllib.request.Request(self.root + address, body, headers))

    def _ask(self, request):
        self._note(request.full_url)
        try:
            with self.opener.open(request, timeout=60) as answer:
                content, status = answer.read(), answer.status
                self._note(answer.url)
        except urllib.error.HTTPError as refused:
            content, status = refused.read(), refused.code
        self.page = content.decode("utf-8", "replace")
        for found in re.findall(r'(?:href|action)="([^"#]+)"', self.page):
            self._note(found)
        if status >= 500:
            raise AssertionError(f"{status} {request.full_url}")
        return status

    def _note(self, address):
        with self.urls.open("a", encoding="utf-8") as file:
            file.write(urllib.parse.unquote(address) + "\n")

    def wait_for(self, address, words):
        """Read a page again and again until it says some words."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.get(address)
            if re.search(words, self.page):
                return
            time.sleep(0.5)
        raise AssertionError(f"{address}: {words}: {self.page[-2000:]}")


def _multipart(fields, files):
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    parts += [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n'
        f"Content-Type: application/octet-stream\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, (called, content) in files.items()
    ]
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


def folder_sent():
    """Return the example study in a zip; what one person says in it holds a canary."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in sorted(EXAMPLE.rglob("*")):
            if path.is_file():
                content = path.read_bytes().replace(b"carottes", b"canaricarottes")
                archive.writestr(path.relative_to(EXAMPLE).as_posix(), content)
    return stream.getvalue()


def live(person, root, said):
    """Do what a team does, and a participant; try what must be refused too."""
    link = re.search(r"/premier-pas/[\w-]+/", said)[0]
    person.get(link)
    account = {"email": EMAIL, "name": f"{CANARY} Prudence", "language": "fr"}
    assert person.post(link, {**account, "password": "court", "again": "court"}) == 422
    assert person.post(link, {**account, "password": WORDS, "again": WORDS}) == 200
    stranger = Person(root, person.urls)
    stranger.get("/connexion/")
    assert stranger.post("/connexion/", {"email": EMAIL, "password": f"{CANARY} faux"}) in {
        403,
        422,
    }
    person.get("/importer/")
    person.post("/importer/", files={"folder": (f"{CANARY}.zip", b"pas un zip")})
    person.get("/importer/")
    assert person.post("/importer/", files={"folder": (f"{CANARY}.zip", folder_sent())}) == 200
    person.wait_for("/etudes/", "le-numerique-dans-nos-reseaux")
    study = re.search(r"/etudes/(le-numerique[\w-]*)/", person.page)[1]
    _compute(person, study)
    _people(person, study)


def _compute(person, study):
    page = f"/etudes/{study}/resultats/"
    person.get(page)
    assert person.post(page) == 200
    person.wait_for(page, r"rapport\.html")
    report = re.search(rf"{page}\d+/[\w./-]*rapport\.html", person.page)[0]
    assert person.get(report) == 200
    assert person.get(report.replace("/lire/", "/")) == 200
    assert "<table" in person.page, person.page[:1500]


def _people(person, study):
    home = f"/etudes/{study}/participation/"
    person.get(home)
    case = re.search(r'<option value="([\w-]+)"', person.page)[1]
    given = {"code": "z-01", "case": case, "organisation": "", "component": ""}
    assert person.post(home, {**given, "code": f"{CANARY} Nom Propre"}) == 422
    assert person.post(home, given) == 200
    page = f"{home}z-01/"
    person.get(f"{page}identite/")
    person.post(f"{page}identite/", {"nom": f"{CANARY} Nom", "courriel": f"{CANARY}@exemple.ca"})
    team = f"/etudes/{study}/equipe/"
    person.get(f"{team}inviter/")
    invited = {
        "email": f"{CANARY}-invitee@exemple.ca",
        "role": "coder",
        "language": "fr",
        "case": "",
    }
    person.post(f"{team}inviter/", invited)
    person.get(page)
    assert person.post(f"{page}lien/") == 200
    own = re.search(r"/p/[\w-]+/mes-donnees/", person.page)[0]
    herself = Person(person.root, person.urls)
    assert herself.get(own) == 200
    herself.get(f"{own}retrait/")
    assert herself.post(f"{own}retrait/", {"sure": "on"}) == 200
    person.get(f"/etudes/{study}/journal/")
    person.get("/rien-de-tel/")


def main(home, port, urls):
    """Serve, live, stop; then print all that the site wrote on its outputs."""
    log = urls.with_name("site.log")
    with log.open("w") as out:
        serving = subprocess.Popen(
            [sys.executable, "-m", "croisee.cli", "serve", "--home", str(home), "--port",
             str(port), "--lang", "fr"],
            stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    end = time.monotonic() + PATIENCE
    root = f"http://127.0.0.1:{port}"
    try:
        while "Pour arrêter" not in log.read_text("utf-8") and time.monotonic() < end:
            time.sleep(0.2)
        live(Person(root, urls), root, log.read_text("utf-8"))
        _wait_for_letters(home)
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(60)
        sys.stdout.write(log.read_text("utf-8"))


def _wait_for_letters(home):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not any((home / "courriels").glob("*")):
        time.sleep(0.5)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
