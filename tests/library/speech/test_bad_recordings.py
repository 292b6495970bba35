"""What is not a recording, or may not be heard, is refused in one sentence."""

import http.server
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from tests.library.speech.conftest import RATE, noise, silence, write_wav

from croisee.cli import main
from croisee.speech import SpeechRefused, Track, model_folder, read_recording
from croisee.speech.recording import pieces
from croisee.studyfolder import new_study

av = pytest.importorskip("av")


def video(path, *, sound):
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        heard = container.add_stream("aac", rate=RATE) if sound else None
        for _ in range(10):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if heard:
            samples = (noise(2)[None, :] * 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate = RATE
            container.mux(heard.encode(frame))
            container.mux(heard.encode(None))
    return path


def playlist(path, address):
    path.write_text(
        f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}/a.ts\n#EXT-X-ENDLIST\n"
    )
    return path


BAD = {
    "text.wav": lambda path: path.write_text("Ceci est un texte." * 50),
    "empty.mp3": lambda path: path.write_bytes(b""),
    "no samples.wav": lambda path: write_wav(path, silence(0)),
    "bytes.m4a": lambda path: path.write_bytes(np.random.default_rng(1).bytes(20_000)),
    "silent film.mp4": lambda path: video(path, sound=False),
    "list.m3u8": lambda path: playlist(path, "file:///etc"),
    "list.txt": lambda path: path.write_text("ffconcat version 1.0\nfile /etc/hostname\n"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_holds_no_sound_is_refused_in_one_line_and_nothing_is_written(name, tmp_path, capsys):
    path = tmp_path / name
    BAD[name](path)

    code = main(
        ["transcribe", str(path), "--out", str(tmp_path / "o"), "--model", "x", "--lang", "fr"]
    )

    told = capsys.readouterr()
    assert (code, told.out, told.err.count("\n"), (tmp_path / "o").exists()) == (2, "", 1, False)


def test_a_playlist_leads_nowhere(tmp_path):
    asked = []

    class Door(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        path = playlist(tmp_path / "a.wav", f"http://127.0.0.1:{server.server_port}")
        with pytest.raises(SpeechRefused):
            read_recording(path)
        server.shutdown()

    assert asked == []


def test_a_film_is_heard_by_its_sound(tmp_path):
    recording = read_recording(video(tmp_path / "film.mp4", sound=True))

    assert 1.9 < recording.seconds < 2.3
    assert 1.9 * RATE < sum(map(len, pieces(Track(recording)))) < 2.3 * RATE


def test_a_telephone_recording_is_brought_to_the_rate_of_the_model(tmp_path):
    path = write_wav(tmp_path / "a.wav", noise(2)[: 8000 * 2], rate=8000)

    assert abs(sum(map(len, pieces(Track(read_recording(path))))) - 2 * RATE) < 100


def test_a_channel_is_heard_alone_from_where_it_is_asked(tmp_path):
    tone = np.sin(np.arange(3 * RATE) * 0.1) * 0.5
    recording = read_recording(write_wav(tmp_path / "a.wav", tone, silence(3)))

    left, right = (np.concatenate(list(pieces(Track(recording, "", n)))) for n in (0, 1))
    later = np.concatenate(list(pieces(Track(recording, "", 0), RATE)))

    assert (recording.channels, float(np.abs(right).max())) == (2, 0.0)
    assert np.allclose(left, tone, atol=1e-3)
    assert np.array_equal(later, left[RATE:])


def test_a_damaged_recording_is_read_as_far_as_it_goes(tmp_path):
    path = write_wav(tmp_path / "a.wav", noise(4))
    path.write_bytes(path.read_bytes()[: 44 + 2 * RATE * 2])

    assert sum(map(len, pieces(Track(read_recording(path))))) == 2 * RATE


def test_a_model_folder_that_lacks_a_file_says_which(tmp_path):
    (tmp_path / "model.bin").write_bytes(b"x")

    with pytest.raises(SpeechRefused) as refused:
        model_folder(tmp_path)

    assert "config.json, tokenizer.json, vocabulary.txt" in str(refused.value)


def test_broken_weights_are_refused_in_a_sentence(tmp_path, capsys):
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / name).write_bytes(b"{}")
    path = write_wav(tmp_path / "a.wav", noise(2))

    code = main(["transcribe", str(path), "--model", str(tmp_path), "--out", str(tmp_path / "o")])

    told = capsys.readouterr()
    assert (code, told.out, told.err.count("\n")) == (2, "", 1)


PURPOSE = (
    '\n[[finalites]]\ncode = "transcription"\nnom = "Transcrire par machine"\nrole = "autre"\n'
)


def test_a_person_who_refused_a_machine_is_not_transcribed(tmp_path, capsys):
    study = tmp_path / "etude"
    new_study(study, "fr")
    settings = study / "etude.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + PURPOSE, encoding="utf-8")
    table = study / "participants.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    code = lines[1].split(";")[0]
    given = [f"{line};{'non' if n == 0 else 'oui'}" for n, line in enumerate(lines[1:])]
    table.write_text("\n".join([f"{lines[0]};consent_transcription", *given]), encoding="utf-8")
    path = write_wav(tmp_path / "a.wav", noise(2))

    done = main(["transcribe", "--speaker", f"{code}={path}", "--study", str(study), "--model", "x",
                 "--out", str(tmp_path / "o"), "--lang", "fr"])  # fmt: skip

    told = capsys.readouterr().err
    assert (done, told.count("\n"), code in told, (tmp_path / "o").exists()) == (2, 1, True, False)


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path):
    """In an environment made of every installed package but faster-whisper."""
    import site

    path = write_wav(tmp_path / "a.wav", noise(1))
    packages = tmp_path / "paquets"
    packages.mkdir()
    for folder in map(Path, site.getsitepackages()):
        for entry in folder.iterdir():
            if not entry.name.startswith("faster_whisper") and entry.suffix != ".pth":
                (packages / entry.name).symlink_to(entry)
    done = subprocess.run(
        [sys.executable, "-S", "-c", "from croisee.cli import main; raise SystemExit(main())",
         "transcribe", str(path), "--out", str(tmp_path / "o"), "--lang", "fr"],
        env={"PYTHONPATH": f"{Path('src').resolve()}:{packages}", "PATH": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "pip install 'croisee[speech]'" in done.stderr
