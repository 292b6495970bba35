"""Files that people send are kept without what names them: position, device, author, hours."""

import base64
import hashlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.web.collection.conducting_world import AT
from tests.web.collection.pictured import (
    CANARY,
    DESCRIBED,
    SCAN,
    box,
    described_film,
    described_heic,
    described_jpeg,
    described_png,
    described_webp,
    exif,
    segment,
)
from tests.web.collection.receiving_world import asked_of

from croisee_web.collection.models import Attachment, Submission
from croisee_web.collection.rules.filled import Outcome, Refused
from croisee_web.collection.rules.pictures import orientation_of, turned_only
from croisee_web.collection.rules.traces import Cleared, cleared
from croisee_web.collection.usecases.intake.attaching import (
    attachment_path,
    hide_times,
    remove_unheld,
)

OF_THE_FILM = [b"the film itself"]
STAYS = {"film": OF_THE_FILM, "jpeg": [SCAN[:-2], SCAN[:-2]], "heic": [b"picture"]}


@pytest.mark.parametrize("kind", DESCRIBED)
def test_a_file_is_kept_without_what_names_somebody_and_is_the_same_file_twice(kind):
    sent = DESCRIBED[kind]()
    assert sent.count(CANARY) >= 1  # the control: it does name her

    kept = cleared(sent)

    assert (kept.traces, kept.content.count(CANARY), exif() in kept.content) == (False, 0, False)
    assert all(part in kept.content for part in STAYS.get(kind, []))
    assert cleared(kept.content) == kept


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("described", [described_jpeg, described_png, described_webp])
def test_a_picture_stays_turned_as_it_was_and_says_nothing_more(described, orientation):
    kept = cleared(described(orientation=orientation)).content

    assert (turned_only(orientation) in kept) == (orientation > 1)
    assert orientation_of(exif(orientation)) == orientation_of(turned_only(orientation))


def test_a_film_keeps_its_length_and_where_its_parts_lie():
    sent = described_film()

    kept = cleared(sent).content

    assert (len(kept), kept.index(OF_THE_FILM[0])) == (len(sent), sent.index(OF_THE_FILM[0]))
    assert b"\xe8\x75\x4f\x01" not in kept  # an hour


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 /Author (Mireille)", b"PK\x03\x04", b"words", b"II*\0", b"<svg/>", b"OggS",
        described_film(track=b"meta"), described_film(beside=box(b"gpmd", CANARY)),
        described_heic(extent=10**6), described_jpeg()[:60], b"\xff\xd8\xff", b"RIFF\4\0\0\0WEBP",
        b"\xff\xd8" + segment(0xFE, CANARY), b"ID3\4\0\0\0\0\0\0", b"\0\0\0\x08ftyp\0\0\0\x04moov",
        b"\x89PNG\r\n\x1a\n\0\0\0\0HIDE" + bytes(4), b"GIF89a" + bytes(7), b"fLaC\x84\0\0\x09x",
    ],
)  # fmt: skip
def test_what_cannot_be_cleared_is_kept_as_it_came_and_said_to_carry_traces(content):
    assert cleared(content) == Cleared(content, traces=True)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(DESCRIBED)),
    st.lists(st.tuples(st.integers(0, 10**4), st.binary(max_size=6)), max_size=6),
    st.integers(0, 10**4),
)
def test_bent_and_cut_files_are_cleared_or_said_not_to_be_and_never_crash(kind, bends, cut):
    content = bytearray(DESCRIBED[kind]())
    for place, bytes_ in bends:
        at = place % len(content)
        content[at : at + len(bytes_)] = bytes_
    sent = bytes(content[: len(content) - cut % len(content)] if cut % 3 == 0 else content)

    kept = cleared(sent)

    assert kept.content == sent if kept.traces else cleared(kept.content) == kept


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8" + segment(0xFE, b"") * 2_000_000, b"GIF89a" + bytes(7) + b"\x21\xfe\0" * 10**6,
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0teXt\0\0\0\0" * 700_000,
        b"\0\0\0\x08ftyp" + b"\0\0\0\x08free" * 10**6, b"ID3\4\0\0\0\0\0\0" * 800_000,
        b"\0\0\0\x08ftyp" + b"\x7f\xff\xff\xffmoov" * 10**5,
    ],
    ids=["jpeg", "gif", "png", "boxes", "mp3", "nested"],
)  # fmt: skip
def test_a_file_made_to_be_long_to_read_is_read_in_a_second(content):
    begun = time.process_time()

    assert cleared(content).traces

    assert time.process_time() - begun < 1


@pytest.fixture
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def kept_of(asked):
    one = Attachment.objects.get()
    return one, attachment_path(asked.world.study.pk, one.sha256).read_bytes()


@pytest.mark.django_db
@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize("anonymous", [False, True])
def test_a_photograph_is_on_disk_without_its_position_and_known_again_when_it_comes_back(anonymous):
    asked, photo = asked_of(anonymous=anonymous), described_jpeg()

    asked.receive(1, photo="a.jpg", files=[("a.jpg", photo)])

    one, kept = kept_of(asked)
    assert kept == cleared(photo).content
    assert (one.sha256, one.size) == (hashlib.sha256(kept).hexdigest(), len(kept))
    assert Submission.objects.get().flags == []
    again = asked.receive(1, photo="a.jpg", files=[("a.jpg", photo)])
    assert (again.outcome, Attachment.objects.count()) == (Outcome.ALREADY, 1)
    with pytest.raises(Refused):
        asked.receive(1, photo="a.jpg", files=[("a.jpg", described_png())])


@pytest.mark.django_db
@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize(("anonymous", "flags"), [(False, []), (True, ["traces"])])
def test_a_document_in_anonymous_answers_is_kept_and_the_team_told_it_may_name(anonymous, flags):
    asked, written = asked_of(anonymous=anonymous), b"%PDF-1.7 /Author (Mireille)"

    told = asked.receive(1, photo="a.pdf", files=[("a.pdf", written)])

    assert (told.outcome, kept_of(asked)[1]) == (Outcome.RECEIVED, written)
    assert Submission.objects.get().flags == flags


@pytest.mark.django_db
@pytest.mark.usefixtures("_files")
def test_a_document_that_comes_later_is_said_to_carry_traces_too():
    asked = asked_of(anonymous=True)
    asked.receive(1, photo="a.pdf")

    asked.receive(1, photo="a.pdf", files=[("a.pdf", b"%PDF-1.7")])

    assert Submission.objects.get().flags == ["traces"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_files")
def test_no_hour_of_arrival_is_left_on_the_files_of_anonymous_answers():
    asked = asked_of(anonymous=True)
    for number in range(1, 4):
        content = b"%PDF" + bytes([number])
        asked.receive(number, photo=f"{number}.pdf", files=[(f"{number}.pdf", content)])
    paths = [attachment_path(asked.world.study.pk, one.sha256) for one in Attachment.objects.all()]

    assert {path.stat().st_mtime for path in paths} == {0}
    before = {path: path.stat().st_ino for path in paths}
    assert hide_times() == 3
    assert {path.stat().st_mtime for path in paths} == {1}
    assert not set(before.items()) & {(path, path.stat().st_ino) for path in paths}
    assert hide_times() == 3
    assert remove_unheld(at=AT) == 0


@pytest.mark.browser
def test_a_picture_shows_the_same_before_and_after(browser):
    page = browser.new_page()
    drawn = page.evaluate(DRAW)
    plain = {kind: base64.b64decode(content) for kind, content in drawn.items()}
    sent = {
        "jpeg": described_jpeg(plain["jpeg"]), "png": described_png(plain["png"]),
        "webp": described_webp(plain["webp"], size=(24, 16)),
    }  # fmt: skip

    for kind, content in sent.items():
        kept = cleared(content)
        assert (kept.traces, CANARY in kept.content) == (False, False)
        seen = [page.evaluate(SEE, [kind, base64.b64encode(one).decode()])
                for one in (content, kept.content)]  # fmt: skip
        assert seen[0] == seen[1]
        assert seen[0].startswith("16x24:" if kind == "jpeg" else ("16x24:", "24x16:"))
    page.close()


DRAW = """async () => {
  const drawn = document.createElement('canvas'); drawn.width = 24; drawn.height = 16;
  const at = drawn.getContext('2d');
  for (let x = 0; x < 24; x++) for (let y = 0; y < 16; y++) {
    at.fillStyle = `rgb(${x * 10} ${y * 15} ${(x * y) % 255})`; at.fillRect(x, y, 1, 1); }
  const found = {};
  for (const kind of ['jpeg', 'png', 'webp']) {
    const url = drawn.toDataURL('image/' + kind, 0.9);
    found[kind] = url.split(',')[1]; }
  return found; }"""
SEE = """async ([kind, content]) => {
  const image = new Image(); image.src = `data:image/${kind};base64,${content}`;
  await image.decode();
  const drawn = document.createElement('canvas');
  drawn.width = image.naturalWidth; drawn.height = image.naturalHeight;
  const at = drawn.getContext('2d'); at.drawImage(image, 0, 0);
  const pixels = at.getImageData(0, 0, drawn.width, drawn.height).data;
  return `${drawn.width}x${drawn.height}:${Array.from(pixels).join(' ')}`; }"""
