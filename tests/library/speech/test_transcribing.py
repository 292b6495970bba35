"""A recording becomes a transcript: killed, taken up again, named, kept within its bounds."""

import csv
import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from tests.library.speech.conftest import RATE, music, noise, silence, spoken, write_wav

from croisee.cli import main
from croisee.formats.transcripts import read_transcript
from croisee.speech.recogniser import Recogniser, model_folder
from croisee.studyfolder import new_study, read_study

OFFLINE = """
import sys
def refuse(event, args):
    if event in {"socket.connect", "socket.getaddrinfo", "urllib.Request"}:
        raise RuntimeError(f"the network was tried: {event} {args}")
sys.addaudithook(refuse)
from croisee.cli import main
raise SystemExit(main(sys.argv[1:]))
"""
"""The same command, where trying the network stops the process."""
ONE = "Moi, je pense que le soutien technique manque encore dans les petites municipalités."
TWO = "Après, il a fallu apprendre à se parler par écran. Ce n'était pas facile pour tout le monde."


@pytest.fixture(scope="module")
def heard(tmp_path_factory, model):
    """One voice a track, heard once by the command in a process that may not use the network.

    The process is killed once after its first window, then the same command is given again.
    """
    folder = tmp_path_factory.mktemp("pistes")
    one = spoken(ONE, folder / "brut1.wav")
    two = spoken(TWO, folder / "brut2.wav", speed=140)
    lead = write_wav(folder / "Micheline Gagnon.wav", np.concatenate([silence(4), one, noise(30)]))
    other = write_wav(folder / "b.wav", np.concatenate([two, silence(20), music(15), noise(10)]))
    out = folder / "sortie"
    command = [
        sys.executable, "-c", OFFLINE, "transcribe", "--speaker", f"Animatrice={lead}",
        "--speaker", f"p-01={other}", "--model", str(model), "--out", str(out), "--yes",
        "--to", "vtt", "--to", "srt", "--to", "txt", "--to", "docx", "--lang", "fr",
    ]  # fmt: skip
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    state = None
    for _ in range(1200):
        state = next(iter(out.glob(".transcription-*.jsonl")), None) if out.is_dir() else None
        if first.poll() is not None or (state and state.read_bytes().count(b"\n") >= 2):
            break
        time.sleep(0.05)
    os.killpg(first.pid, signal.SIGKILL) if first.poll() is None else None
    killed = first.wait()
    left = state.read_bytes() if state and state.exists() else b""
    if state and state.exists():  # a line that the kill cut short
        state.write_bytes(left + b'{"track": 1, "por')
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    return {"killed": killed, "left": left, "again": again, "out": out, "folder": folder}


def transcript(heard, ending):
    return next(heard["out"].glob(f"*{ending}"))


def test_a_killed_transcription_goes_on_where_it_stopped(heard):
    kept = [json.loads(line) for line in heard["left"].splitlines()]

    assert (heard["killed"], len(kept), kept[1]["track"]) == (-signal.SIGKILL, 2, 0)
    assert (heard["again"].returncode, heard["again"].stderr) == (0, "")
    assert "Reprise" in heard["again"].stdout


def test_nothing_is_left_beside_what_was_written(heard):
    stem = transcript(heard, ".vtt").stem
    assert sorted(path.name for path in heard["out"].iterdir()) == sorted(
        f"{stem}{ending}"
        for ending in (".a-ecouter.csv", ".docx", ".mots.json", ".srt", ".txt", ".vtt")
    )


def test_turns_of_two_tracks_are_told_apart_by_time(heard):
    turns = read_transcript(transcript(heard, ".vtt")).turns

    assert [turn.speaker for turn in turns][:1] == ["p-01"]
    assert {turn.speaker for turn in turns} == {"Animatrice", "p-01"}
    lead = [turn for turn in turns if turn.speaker == "Animatrice"]
    assert 3.5 < lead[0].start < 5.5
    assert turns[0].end > lead[0].start  # they speak together: it stays


def test_words_said_are_in_the_transcript(heard):
    words = " ".join(turn.text for turn in read_transcript(transcript(heard, ".vtt")).turns)
    wanted = ("je pense que le soutien technique", "facile pour tout le monde")

    assert [word for word in wanted if word not in words] == []


def test_silence_noise_and_music_add_no_word(heard):
    turns = read_transcript(transcript(heard, ".vtt")).turns
    last = {turn.speaker: turn.end for turn in turns}

    assert last["Animatrice"] < 14
    assert last["p-01"] < 14


@pytest.mark.parametrize("ending", [".srt", ".txt", ".docx"])
def test_every_format_gives_the_same_turns_back(heard, ending):
    said = [(t.speaker, t.text) for t in read_transcript(transcript(heard, ".vtt")).turns]

    assert [(t.speaker, t.text) for t in read_transcript(transcript(heard, ending)).turns] == said


def test_the_name_of_the_recording_is_nowhere_in_what_is_written(heard):
    assert "Micheline" in str(list(heard["folder"].iterdir()))  # it could have leaked
    told = [path.name.encode() + path.read_bytes() for path in heard["out"].iterdir()]

    assert [one[:60] for one in told if b"Gagnon" in one or b"Micheline" in one] == []


def test_word_times_and_doubts_are_kept(heard):
    told = json.loads(transcript(heard, ".mots.json").read_text(encoding="utf-8"))
    words = [word for turn in told["turns"] for word in turn["words"]]

    assert all(0 <= word["sure"] <= 1 and word["start"] <= word["end"] for word in words)
    assert [t["words"][0]["start"] for t in told["turns"]] == sorted(
        t["words"][0]["start"] for t in told["turns"]
    )


def test_a_transcript_enters_a_study_folder(heard, tmp_path):
    study = tmp_path / "etude"
    new_study(study, "fr")
    before = {str(problem) for problem in read_study(study).problems}
    vtt = transcript(heard, ".vtt")
    (study / "documents" / "transcrit.vtt").write_bytes(vtt.read_bytes())
    table = study / "documents.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    header = lines[0].split(";")
    row = dict(zip(header, lines[1].split(";"), strict=False))
    row |= {"fichier": "transcrit.vtt"}
    row |= {name: "" for name in ("document", "participant", "seance") if name in row}
    table.write_text("\n".join([*lines, ";".join(row[n] for n in header)]) + "\n", encoding="utf-8")
    folder = read_study(study)

    turns = [t for t in folder.tables["turns"].to_pylist() if t["document"] == "transcrit"]
    assert (folder.refused, len(turns)) == (False, len(read_transcript(vtt).turns))
    new = [p for p in folder.problems if str(p) not in before]
    assert [problem.severity for problem in new if problem.severity == "refusal"] == []


def tagged(path, sound):
    """Write a recording whose file says who made it, where and when."""
    import av

    with av.open(str(path), "w") as container:
        container.metadata.update(artist="Nadège Thériault", title="Entretien de Nadège")
        stream = container.add_stream("flac", rate=RATE)
        stream.layout = "mono"
        for first in range(0, len(sound), 4096):
            part = (sound[None, first : first + 4096] * 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(part, layout="mono")
            frame.sample_rate, frame.pts = RATE, first
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert b"Th\xc3\xa9riault" in path.read_bytes()
    return path


def test_mixed_voices_are_announced_heard_then_named_by_hand(model, tmp_path, capsys):
    first = spoken(ONE, tmp_path / "1.wav")
    second = spoken(TWO, tmp_path / "2.wav", voice="fr+f3")
    path = tagged(tmp_path / "Nadège.flac", np.concatenate([first, silence(1), second]))
    out = tmp_path / "o"

    assert main(["transcribe", str(path), "--model", str(model), "--out", str(out), "--yes",
                 "--name", "e-01", "--lang", "en"]) == 0  # fmt: skip
    told = capsys.readouterr().out
    assert 0 < told.index("Time:") < told.index("Written:")  # how long, before it starts

    sheet = out / "e-01.voix.csv"
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert len(rows) > 2  # a header, and a break proposed between the two voices
    rows[1][4], rows[-1][4] = "Animatrice", "p-02"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)

    assert main(["transcribe", "--voices", str(sheet), "--out", str(tmp_path / "n")]) == 0
    turns = read_transcript(tmp_path / "n" / "e-01.vtt").turns
    assert {turn.speaker for turn in turns} == {"Animatrice", "p-02"}
    written = [*out.iterdir(), *(tmp_path / "n").iterdir()]
    leaked = ("Nadège", "Thériault", str(tmp_path))
    assert not any(word in one.read_text("utf-8") for one in written for word in leaked)


def test_a_glossary_is_told_to_the_model(model, tmp_path):
    sound = spoken("Hier, la Fédération des carrefours nous a aidés.", tmp_path / "a.wav")
    told = Recogniser(model_folder(model), "fr", ["Fédération des carrefours"])

    with_it, without = (
        " ".join(one.text for one in told.hear(sound, glossary=glossary))
        for glossary in (True, False)
    )
    assert "Fédération des carrefours" in with_it
    assert "carrefours" not in without


def test_the_same_window_is_heard_the_same_way_twice(recogniser, tmp_path):
    sound = spoken("Les ateliers de cuisine se font dans la grande salle.", tmp_path / "a.wav")

    assert recogniser.hear(sound) == recogniser.hear(sound)


PEAK = """
import pathlib, re, sys
from croisee.cli import main
place, *arguments = sys.argv[1:]
code = main(arguments)
said = pathlib.Path("/proc/self/status").read_text()
pathlib.Path(place).write_text(re.search(r"VmHWM:\\s+(\\d+)", said)[1])
sys.exit(code)
"""
"""A run that says its own peak: what ``wait4`` says starts at that of who launched it."""


@pytest.mark.proof
def test_memory_is_bounded_on_three_hours(tmp_path, model):
    """Three hours, ten seconds spoken in every two minutes; the process stays under 1 GiB."""
    import wave

    talk = spoken(f"{ONE} {TWO}", tmp_path / "a.wav")
    path, count = tmp_path / "long.wav", 0
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        while count < 3 * 3600 * RATE:
            for part in (talk, noise(60, 0.01), silence(30), music(30)):
                file.writeframes((part * 32767).astype("<i2").tobytes())
                count += len(part)
    run = subprocess.run(
        [sys.executable, "-c", PEAK, str(tmp_path / "peak"), "transcribe", str(path),
         "--model", str(model), "--out", str(tmp_path / "o"), "--yes"],
        check=False,
    )  # fmt: skip

    peak = int((tmp_path / "peak").read_text())
    assert (run.returncode, peak / 1024 < 1024) == (0, True)
