"""A Word transcript imported: ours beside Taguette 1.5.2 and mammoth, turn by turn in one run.

Ours: ``read_transcript``, from the file to turns with speakers, times and marks. Taguette: the
call its import makes of its own library (``convert.to_html_chunks``, then its sanitised HTML),
which runs calibre's ``ebook-convert`` in a process of its own; without calibre on the machine it
cannot read a DOCX, and its line says so. mammoth: ``convert_to_html``. Each in its own process,
its modules already imported; the words that come out are compared.

    python benchmarks/transcripts.py
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from subprocess import PIPE

from croisee.formats.transcripts import Target, read_transcript, write_transcript
from croisee.text import ParsedTurn

UV = str(Path(__file__).resolve().parent.parent / ".ci" / "uv")
SIZES = {"60 ko": 60_000, "1 Mo": 1_000_000}
SLOW = {("1 Mo", "Taguette")}
"""Not asked: nothing is promised there, and calibre takes minutes."""
PROMISED = {("60 ko", "Taguette"): 25, ("1 Mo", "mammoth"): 8}
ROUNDS = 5
SENTENCES = (
    "On a commencé par faire le tour de ce que chaque organisme utilise déjà.",
    "Chez nous, les intervenant∙e∙s se partagent deux ordinateurs, euh (..) pas plus.",
    "Le problème, ce n’est pas l’outil : c’est le temps pour l’apprendre.",
    "Ça dépend des semaines, des dossiers, et de qui est là pour répondre.",
)
PEER = """
import asyncio, json, sys, time
name = sys.argv[1]
if name == "mammoth":
    import mammoth
    def convert(path):
        with open(path, "rb") as stream:
            return mammoth.convert_to_html(stream).value
else:
    from taguette import convert as taguette_convert
    limits = ("OPF_OUT_SIZE_LIMIT", "HTML_OUT_SIZE_LIMIT")
    config = {"CONVERT_TO_HTML_TIMEOUT": 300, **dict.fromkeys(limits, 10**9)}
    def convert(path):
        with open(path, "rb") as stream:
            body = stream.read()
        return asyncio.run(taguette_convert.to_html_chunks(body, "", "a.docx", config))
print("ready", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    html = convert(line.strip())
    print(json.dumps([time.perf_counter() - start, html]), flush=True)
"""
"""A peer in its own process: for each path it is sent, the seconds and the HTML."""


def document(path: Path, letters: int) -> tuple[Path, str]:
    """Write a Word transcript of about so many letters, and return its words."""
    turns, size, number = [], 0, 0
    while size < letters:
        words = " ".join(SENTENCES[(number + place) % len(SENTENCES)] for place in range(3))
        turns.append(ParsedTurn(f"P{number % 6 + 1}", words, number * 9.0, number * 9.0 + 8.5))
        size, number = size + len(words), number + 1
    write_transcript(turns, path, Target.DOCX)
    return path, "".join(re.findall(r"\w+", " ".join(turn.text for turn in turns)))


def environment(folder: Path) -> Path:
    """Install the peers away from the project."""
    subprocess.run([UV, "venv", "-q", str(folder / "pairs")], check=True)
    python = folder / "pairs" / ("Scripts" if os.name == "nt" else "bin") / "python"
    wanted = ["mammoth==1.11.0", "taguette==1.5.2", "setuptools<80"]
    subprocess.run([UV, "pip", "install", "-q", "--python", str(python), *wanted], check=True)
    return python


def ask(peer: subprocess.Popen[str], path: Path) -> tuple[float, str]:
    assert peer.stdin is not None
    assert peer.stdout is not None
    peer.stdin.write(f"{path}\n")
    peer.stdin.flush()
    seconds, html = json.loads(peer.stdout.readline())
    plain = re.sub(r"<[^>]*>", " ", html).replace("&nbsp;", " ")
    return seconds, "".join(re.findall(r"\w+", plain))


def ours(path: Path) -> tuple[float, str]:
    start = time.perf_counter()
    found = read_transcript(path)
    seconds = time.perf_counter() - start
    return seconds, "".join(re.findall(r"\w+", " ".join(turn.text for turn in found.turns)))


def main() -> int:
    """Print medians, ratios and whether the promises hold; 1 when one does not."""
    before = os.getloadavg()[0]
    names = ["mammoth", *(["Taguette"] if shutil.which("ebook-convert") else [])]
    kept = True
    print("| DOCX | lecteur | ms (médiane) | × le nôtre | promesse |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="croisee-verbatims-") as place:
        folder = Path(place)
        python = str(environment(folder))
        peers = {
            name: subprocess.Popen(
                [python, "-c", PEER, name.lower()],
                stdin=PIPE, stdout=PIPE, stderr=subprocess.DEVNULL, text=True,
            )
            for name in names
        }  # fmt: skip
        for peer in peers.values():
            assert peer.stdout is not None
            assert peer.stdout.readline().strip() == "ready"
        for size, letters in SIZES.items():
            path, words = document(folder / f"{letters}.docx", letters)
            asked = {name: one for name, one in peers.items() if (size, name) not in SLOW}
            times: dict[str, list[float]] = {name: [] for name in ("Croisée", *asked)}
            for _ in range(ROUNDS):
                seconds, read = ours(path)
                assert read == words, "our words differ"
                times["Croisée"].append(seconds)
                for name, peer in asked.items():
                    seconds, read = ask(peer, path)
                    assert len(read) >= len(words), f"{name} lost words"
                    times[name].append(seconds)
            own = statistics.median(times["Croisée"])
            for name, spent in times.items():
                ratio = statistics.median(spent) / own
                promised = PROMISED.get((size, name))
                held = promised is None or ratio >= promised
                kept = kept and held
                told = f"≥ {promised} : {'tenue' if held else 'NON TENUE'}" if promised else ""
                median = statistics.median(spent) * 1000
                print(f"| {size} | {name} | {median:.1f} | {ratio:.1f} | {told} |")
        for peer in peers.values():
            assert peer.stdin is not None
            peer.stdin.close()
            peer.wait(timeout=60)
    print(f"\n{os.cpu_count()} processeurs, charge {before:.1f} avant.")
    if "Taguette" not in names:
        print("\nSans calibre (ebook-convert), Taguette ne lit pas un DOCX : non mesurée.")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
