"""What a telephone loads before the first question, ours beside three others.

Ours: the pages of a survey of twelve questions, as the site answers them, and its script for
working offline. The others: the files of their packages on npm that a page must load to show a
form, compressed alike (gzip 9), without the form itself, its language files or its fonts.
Enketo is distributed as sources to assemble: what is counted is its own, as written, without
jQuery nor its other dependencies, and is only there to give an order.

    python benchmarks/page_weight.py
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST, WHOLE = 10_000, 30_000
OTHERS = {
    "SurveyJS 2.5.38": [
        ("survey-core@2.5.38", r"survey.core.min.js"),
        ("survey-core@2.5.38", r"survey-core.min.css"),
        ("survey-js-ui@2.5.38", r"survey-js-ui.min.js"),
    ],
    "ODK Web Forms 0.22.0": [
        ("@getodk/web-forms@0.22.0", "dist/index.js"),
        ("@getodk/web-forms@0.22.0", "dist/index-DlGh9P5C.js"),
        ("vue@3.5.29", "dist/vue.runtime.esm-browser.prod.js"),
    ],
    "Enketo (enketo-core 9.0.1, sources)": [("enketo-core@9.0.1", "src/js/")],
}
"""Name → the files (or a folder of scripts) of each package that a page loads first."""


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def ours() -> tuple[int, int, int]:
    """Return the bytes of a first page with its script, of a survey without, of a survey with."""
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="croisee-poids-") as home:
        os.environ.update(
            CROISEE_HOME=home, DJANGO_SETTINGS_MODULE="croisee_web.config.settings",
            CROISEE_SECRET_KEY="only-for-a-benchmark",
        )  # fmt: skip
        import django  # noqa: PLC0415

        django.setup()
        from django.contrib.staticfiles import finders  # noqa: PLC0415
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415
        from django.test.utils import setup_test_environment  # noqa: PLC0415
        from tests.web.collection.answering_world import (  # noqa: PLC0415
            answering,
            book,
            choices,
            row,
        )

        setup_test_environment()
        call_command("migrate", verbosity=0)
        asked = [
            row("select_one avis", f"q{n}", f"Que pensez-vous de l’outil numéro {n} ?")
            for n in range(1, 13)
        ]
        listed = choices("avis", *((f"c{n}", f"Une réponse possible, la {n}", "") for n in "12345"))
        world, client = answering(book(asked, listed), consent=True), Client()
        first = client.get(world.own)
        client.post(world.own)
        steps = [f"{world.own}{n}/" for n in range(1, 13)]
        pages = [client.get(address) for address in steps]
        by_script = {"headers": {"Croisee-Page": "1"}}  # which keeps the style of the first one
        shown = [client.get(address, **by_script) for address in steps[1:]]
        assert {page.status_code for page in (first, *pages, *shown)} == {200}
        script = Path(str(finders.find("collection/hors-ligne.js"))).read_bytes()
        connection.close()
    start, one = weight(first.content), weight(pages[0].content)
    plain = start + sum(weight(page.content) for page in pages)
    light = start + one + sum(weight(page.content) for page in shown)
    return one + weight(script), plain, light + weight(script)


def of_package(name: str, wanted: str, place: Path) -> int:
    """Return what files of a package weigh; npm brings it once."""
    done = subprocess.run(
        ["npm", "pack", "--silent", name], cwd=place, check=True, stdout=subprocess.PIPE, text=True
    )
    with tarfile.open(place / done.stdout.split()[-1]) as archive:
        inside = {one.name.partition("/")[2]: one for one in archive.getmembers() if one.isfile()}
        names = [
            known for known in inside
            if known == wanted or (wanted.endswith("/") and known.startswith(wanted)
                                   and known.endswith(".js"))
        ]  # fmt: skip
        assert names, f"{wanted} is not in {name}"
        found = [archive.extractfile(inside[one]) for one in sorted(names)]
        return weight(b"".join(one.read() for one in found if one is not None))


def line(name: str, size: int) -> str:
    return f"| {name} | {size / 1000:.1f} |"


def main() -> None:
    first, plain, whole = ours()
    print("| ce qui se charge | ko, compressés |\n|---|---|")
    print(line("Croisée, première question, script hors ligne compris", first))
    print(line("Croisée, sondage entier de douze questions, sans script", plain))
    print(line("Croisée, sondage entier de douze questions, script compris", whole))
    if shutil.which("npm") is None:
        print("\nSans npm, les autres ne se mesurent pas.")
    else:
        with tempfile.TemporaryDirectory(prefix="croisee-paquets-") as place:
            for name, files in OTHERS.items():
                sizes = [of_package(package, wanted, Path(place)) for package, wanted in files]
                print(line(name, sum(sizes)))
    held = first <= FIRST and whole <= WHOLE
    print(f"\nPromesse : page 10 ko, sondage et script 30 ko : {'tenue' if held else 'NON TENUE'}.")


if __name__ == "__main__":
    main()
