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
from croisee.run.speech_consents import check_consents
from croisee.speech import Recording, SpeechRefused, Track, model_folder, read_recording
from croisee.speech.recording import pieces
from croisee.studyfolder import new_study, read_study

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


def test_a_film_in_two_languages_says_that_it_has_another_track(tmp_path):
    path = tmp_path / "a.mka"
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("pcm_s16le", rate=RATE) for _ in range(2)]
        for stream in streams:
            stream.layout = "mono"
        for stream in streams:
            frame = av.AudioFrame.from_ndarray(np.zeros((1, RATE), np.int16), layout="mono")
            frame.sample_rate, frame.pts = RATE, 0
            container.mux(stream.encode(frame))

    assert read_recording(path).others == 1


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


def encoded(path, codec, rate=RATE, lost=(0.0, 0.0)):
    """Write thirty seconds: silence, then a tone from 25 s on; packets of ``lost`` are left out."""
    at = np.arange(30 * RATE) / RATE
    sound = (np.sin(at * 2 * np.pi * 440) * (at >= 25) * 16_000).astype(np.int16)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        stream.layout = "mono"
        packets = []
        for first in range(0, len(sound), 1600):
            frame = av.AudioFrame.from_ndarray(sound[None, first : first + 1600], layout="mono")
            frame.sample_rate, frame.pts = RATE, first
            packets += stream.encode(frame)
        for packet in [*packets, *stream.encode(None)]:
            if not lost[0] <= float(packet.pts * packet.time_base) < lost[1]:
                container.mux(packet)
    return path


def read_with_holes(path):
    lost = []
    track = Track(read_recording(path))
    sound = np.concatenate(list(pieces(track, lost=lambda *hole: lost.append(hole))))
    return sound, [(round(start), round(end)) for start, end in lost]


@pytest.mark.parametrize(("name", "codec"), [("a.m4a", "aac"), ("a.mka", "flac")])
def test_what_is_missing_is_told_and_what_follows_keeps_its_time(name, codec, tmp_path):
    sound, lost = read_with_holes(encoded(tmp_path / name, codec, lost=(8.0, 18.0)))
    first = np.flatnonzero(np.abs(sound) > 0.1)[0] / RATE

    assert (lost, round(len(sound) / RATE, 1)) == ([(8, 18)], 30)
    assert abs(first - 25) < 0.2


def test_bytes_that_decode_to_nothing_are_a_hole_not_an_end(tmp_path):
    path = encoded(tmp_path / "a.flac", "flac")
    whole = bytearray(path.read_bytes())
    place = len(whole) // 3
    whole[place : place + 300] = np.random.default_rng(1).bytes(300)
    path.write_bytes(whole)
    sound, lost = read_with_holes(path)

    assert np.abs(sound[26 * RATE :]).max() > 0.1
    assert all(end < 26 for _, end in lost)


def test_a_file_cut_short_says_where(tmp_path):
    path = encoded(tmp_path / "a.mka", "pcm_s16le")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    sound, lost = read_with_holes(path)

    assert (lost, round(len(sound) / RATE)) == ([(15, 30)], 15)


def test_a_clock_that_jumps_adds_no_hours(tmp_path):
    """A track whose packets say that it begins again a thousand hours later."""
    path = tmp_path / "a.mka"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=RATE)
        stream.layout = "mono"
        for start in (0, 1000 * 3600 * RATE):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, RATE), np.int16), layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            for packet in stream.encode(frame):
                packet.pts = packet.dts = start
                container.mux(packet)
    recording = read_recording(path)
    track = Track(Recording(path, recording.digest, 2.0, 1))

    assert sum(map(len, pieces(track))) == 2 * RATE


@pytest.mark.parametrize("name", ["a/b", "../b", "..", "C:x", "-\n-", " a"])
def test_a_name_that_leads_elsewhere_is_refused(name, tmp_path, model, capsys):
    path = write_wav(tmp_path / "a.wav", noise(1))
    code = main(
        ["transcribe", str(path), "--name", name, "--model", str(model), "--out", str(tmp_path)]
    )

    told = capsys.readouterr()
    assert (code, told.out, told.err.count("\n")) == (2, "", 1)
    assert [one.name for one in tmp_path.iterdir()] == ["a.wav"]


def test_where_nobody_speaks_nothing_is_written_at_all(tmp_path, model, capsys):
    path = write_wav(tmp_path / "a.wav", noise(5))
    code = main(
        ["transcribe", str(path), "--model", str(model), "--out", str(tmp_path / "o"), "--yes",
         "--lang", "fr"]
    )  # fmt: skip

    told = capsys.readouterr().err
    assert (code, told.count("\n"), (tmp_path / "o").exists()) == (2, 1, False)
    assert "Aucune parole" in told


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
    study, code = tmp_path / "etude", "p-01"
    with_transcription(study, code)
    path = write_wav(tmp_path / "a.wav", noise(2))

    done = main(["transcribe", "--speaker", f"{code}={path}", "--study", str(study), "--model", "x",
                 "--out", str(tmp_path / "o"), "--lang", "fr"])  # fmt: skip

    told = capsys.readouterr().err
    assert (done, told.count("\n"), code in told, (tmp_path / "o").exists()) == (2, 1, True, False)


def with_transcription(study, refusing):
    """Write a purpose « transcription » in a new study, accepted by all but one; return it."""
    new_study(study, "fr")
    settings = study / "etude.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + PURPOSE, encoding="utf-8")
    table = study / "participants.csv"
    header, *lines = table.read_text(encoding="utf-8-sig").splitlines()
    given = [f"{line};{'non' if line.startswith(refusing) else 'oui'}" for line in lines]
    table.write_text("\n".join([f"{header};consent_transcription", *given]), encoding="utf-8")
    return read_study(study)


def test_a_session_where_somebody_refused_is_not_transcribed(tmp_path):
    folder = with_transcription(tmp_path / "etude", "p-04")

    with pytest.raises(SpeechRefused, match="p-04"):
        list(check_consents(folder, "groupe-1", ["Animatrice"]))
    assert list(check_consents(folder, "", ["p-01"])) == []


def test_a_session_that_all_accepted_is_transcribed_and_one_that_is_not_there_refused(tmp_path):
    folder = with_transcription(tmp_path / "etude", "p-07")

    assert list(check_consents(folder, "groupe-1", [])) == []
    with pytest.raises(SpeechRefused, match="groupe-9"):
        list(check_consents(folder, "groupe-9", []))


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
