"""The report of the reference study as a tagged PDF, beside WeasyPrint on the same content.

Claim: from the document tree, at least eight times faster than WeasyPrint on the page rendered
from that same tree, charts already drawn for both, both asked for PDF/UA-1. Sections are taken in
order until there are twenty charts (on the whole report, WeasyPrint 70 stops at an assertion). It
has an environment of its own, made by this script, and lays the page out with our style sheet:
pages are counted for both. Ours is rendered each time in a process that has rendered nothing:
Typst keeps what it laid out, and a second time would cost thirty milliseconds.

    python benchmarks/report_pdf.py [STUDY]
"""

from __future__ import annotations

import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from pypdf import PdfReader

from croisee.disclosure import load_release
from croisee.report import Document, compose_report, render_html
from croisee.report.typst_report import figures_of, report_pdf

UV = str(Path(__file__).resolve().parent.parent / ".ci" / "uv")
PEER = ("weasyprint==70.0", "pypdf>=6")
ROUNDS, CHARTS = 5, 20
WEASYPRINT = r"""
import io, json, logging, sys, time
logging.disable(logging.CRITICAL)
from pypdf import PdfReader
from weasyprint import HTML
page = open(sys.argv[1], encoding="utf-8").read()
spent = []
for _ in range(int(sys.argv[2])):
    start, work = time.perf_counter(), time.process_time()
    made = HTML(string=page, base_url=sys.argv[1]).write_pdf(pdf_variant="pdf/ua-1")
    spent.append([time.perf_counter() - start, time.process_time() - work])
print(json.dumps({"spent": spent, "pages": len(PdfReader(io.BytesIO(made)).pages),
                  "kilobytes": len(made) / 1000}))
"""


def pages_of(made: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(PdfReader(io.BytesIO(made)).pages)


def composed(study: str, folder: Path) -> Document:
    """Return the report of a study run here, cut after the section of its twentieth chart."""
    subprocess.run(
        [sys.executable, "-m", "croisee.cli", "run", study, "--out", str(folder / "r")],
        stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    whole = compose_report(load_release(folder / "r" / "equipe" / "release.json"), "fr")
    for count in range(1, len(whole.sections) + 1):
        document = replace(whole, sections=whole.sections[:count])
        if len(figures_of(document)) >= CHARTS:
            return document
    return whole


def timed(document: Document) -> tuple[list[float], bytes]:
    """Return the seconds of one rendering (clock, processor), and the file."""
    start, work = time.perf_counter(), time.process_time()
    made = report_pdf(document)
    return [time.perf_counter() - start, time.process_time() - work], made


def main() -> None:
    """Print the table."""
    study = sys.argv[1] if len(sys.argv) > 1 else "examples/etude-de-reference"
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = composed(study, folder)
        page, script = folder / "rapport.html", folder / "peer.py"
        page.write_text(render_html(document), encoding="utf-8")
        script.write_text(WEASYPRINT, encoding="utf-8")
        with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as fresh:
            done = [fresh.submit(timed, document).result() for _ in range(ROUNDS)]
        spent, made = [one for one, _ in done], done[-1][1]
        mine = {"spent": spent, "pages": pages_of(made), "kilobytes": len(made) / 1000}
        python = folder / "venv" / "bin" / "python"
        subprocess.run([UV, "venv", "-q", str(folder / "venv")], check=True)
        subprocess.run([UV, "pip", "install", "-q", "--python", str(python), *PEER], check=True)
        told = subprocess.run(
            [python, script, page, str(ROUNDS)], stdout=subprocess.PIPE, text=True, check=True
        )
        theirs = json.loads(told.stdout)
    charts = len(figures_of(document))
    print(f"{charts} graphiques, {os.cpu_count()} processeurs, charge {before:.1f} avant\n")
    print("| | pages | ko | secondes (médiane) | cpu, s |\n|---|---:|---:|---:|---:|")
    walls = []
    for label, one in (("Croisée (Typst)", mine), ("WeasyPrint 70", theirs)):
        wall, work = (statistics.median(times) for times in zip(*one["spent"], strict=True))
        walls.append(wall)
        print(f"| {label} | {one['pages']} | {one['kilobytes']:.0f} | {wall:.2f} | {work:.2f} |")
    ratio = walls[1] / walls[0]
    kept = "tenue" if ratio >= 8 else "non tenue"
    print(f"\nPromesse : au moins 8 fois plus vite : {ratio:.1f}, {kept}.")


if __name__ == "__main__":
    main()
