"""No file that we write bears who wrote what it was read from, on which machine, in which folder.

The verbatim comes as a Word file with an author, a company, a comment, tracked changes and a
custom property, in a folder that bears the same name; nothing of them may be in any output, once
every archive, page of PDF and table is opened.
"""

import re
import socket
import zipfile
import zlib
from io import BytesIO

import pyarrow.parquet as pq
import pytest

from croisee.cli import main
from croisee.formats.transcripts import Target, read_transcript, write_transcript

AUTHOR = "Zorglub Quidamme"
CANARY = b"zorglub"
CORE = f"""<?xml version="1.0" encoding="UTF-8"?>
<cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Chez {AUTHOR}</dc:title>
<dc:creator>{AUTHOR}</dc:creator><cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy>
</cp:coreProperties>"""
APP = f"""<?xml version="1.0" encoding="UTF-8"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Company>Ferme {AUTHOR}</Company></Properties>"""
COMMENTS = f"""<?xml version="1.0" encoding="UTF-8"?>
<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:comment w:id="0" w:author="{AUTHOR}"><w:p><w:r><w:t>note de {AUTHOR}</w:t></w:r></w:p>
</w:comment></w:comments>"""
CHANGE = (
    f'<w:del w:id="7" w:author="{AUTHOR}"><w:r><w:delText>{AUTHOR} a dit</w:delText></w:r></w:del>'
    f'<w:ins w:id="8" w:author="{AUTHOR}"><w:r><w:t xml:space="preserve"> </w:t></w:r></w:ins>'
)


def signed(plain):
    """Return a Word file’s bytes with everything that Word says of its author."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(plain)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            body = before.read(name)
            if name == "word/document.xml":
                body = body.replace(b"</w:p>", CHANGE.encode() + b"</w:p>", 3)
            if name not in {"docProps/core.xml", "docProps/app.xml"}:
                after.writestr(name, body)
        for name, body in (
            ("docProps/core.xml", CORE), ("docProps/app.xml", APP),
            ("word/comments.xml", COMMENTS),
        ):  # fmt: skip
            after.writestr(name, body)
    return out.getvalue()


def opened(path):
    """Yield all that a file holds: itself, what its archive, its pages or its columns hold."""
    raw = path.read_bytes()
    yield raw
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield name.encode() + b"\n" + archive.read(name)
    if raw.startswith(b"%PDF"):
        for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", raw, re.DOTALL):
            try:
                yield zlib.decompress(match.group(1))
            except zlib.error:
                continue
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        yield repr((table.schema, table.schema.metadata, table.to_pylist())).encode()


def saying(folder, needle):
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if needle in path.name.lower().encode()
        or (path.is_file() and any(needle in part.lower() for part in opened(path)))
    ]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    root = tmp_path_factory.mktemp(AUTHOR.replace(" ", "-"))
    study = root / "etude"
    assert main(["new", str(study)]) == 0
    said = study / "documents" / "groupe-1.txt"
    plain = root / "plain.docx"
    write_transcript(read_transcript(said).turns, plain, Target.DOCX)
    said.unlink()
    (study / "documents" / "groupe-1.docx").write_bytes(signed(plain.read_bytes()))
    for table in study.rglob("*.csv"):
        text = table.read_text(encoding="utf-8-sig")
        table.write_text(text.replace("groupe-1.txt", "groupe-1.docx"), encoding="utf-8")
    assert main(["key", str(study), "--out", str(root / "cle.txt")]) == 0
    assert main(["run", str(study), "--out", str(root / "resultats")]) == 0
    return root


def test_the_canary_is_really_there(world):
    assert saying(world / "etude" / "documents", CANARY) == ["groupe-1.docx"]


def test_no_result_says_who_wrote_what_it_was_read_from(world):
    assert (world / "resultats" / "diffusion" / "rapport.docx").is_file()
    assert saying(world / "resultats", CANARY) == []


def test_no_result_says_on_which_machine_or_where_it_was_made(world):
    machine = socket.gethostname().lower().encode()

    assert saying(world / "resultats", str(world).lower().encode()) == []
    assert len(machine) < 4 or saying(world / "resultats", machine) == []


@pytest.mark.parametrize("target", ["txt", "docx", "docx-table", "iramuteq", "refi"])
def test_no_converted_verbatim_says_it_either(world, tmp_path, target):
    source = world / "etude" / "documents" / "groupe-1.docx"
    folder = tmp_path / "sortie"
    folder.mkdir()
    ending = "docx" if target.startswith("docx") else "qdpx" if target == "refi" else "txt"

    assert main(["convert", str(source), str(folder / f"v.{ending}"), "--to", target]) == 0

    assert list(folder.iterdir())
    assert saying(folder, CANARY) == []
