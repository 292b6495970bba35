"""Read what a person would read: the words of a page, of a PDF, of a whole folder."""

import re
from functools import cache
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from lxml import etree, html
from pypdf import PdfReader

SPACES = re.compile(r"[\s\u00a0\u202f]+")


def plain(text: str) -> str:
    return SPACES.sub(" ", text).strip()


def words_of_page(path: Path) -> str:
    page = html.fromstring(path.read_bytes())
    for hidden in page.xpath("//style|//script"):
        hidden.drop_tree()
    return plain(" ".join(page.itertext()))


def words_of_pdf(path: Path) -> str:
    return plain(" ".join(page.extract_text() for page in PdfReader(path).pages))


def words_of_word(path: Path) -> str:
    with ZipFile(path) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    return plain("".join(document.itertext()))


@cache
def every_text(folder: Path) -> dict[str, str]:
    """Return the readable words of every file of a folder, by relative path (Parquet aside)."""
    readers = {".html": words_of_page, ".pdf": words_of_pdf, ".docx": words_of_word}
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".parquet":
            reader = readers.get(path.suffix)
            text = reader(path) if reader else plain(path.read_text(encoding="utf-8"))
            found[path.relative_to(folder).as_posix()] = text
    return found


def every_byte(folder: Path) -> dict[str, bytes]:
    """Return the content of every file, archives opened."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        found[name] = path.read_bytes()
        if is_zipfile(path):
            with ZipFile(path) as archive:
                for inner in archive.namelist():
                    found[f"{name}!{inner}"] = archive.read(inner)
    return found
