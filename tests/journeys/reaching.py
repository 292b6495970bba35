"""Everything that a reader can reach from a page: pages, PDF, DOCX, archives, files beside."""

import io
import re
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import urljoin
from zipfile import ZipFile, is_zipfile

from lxml import etree, html
from pypdf import PdfReader
from tests.journeys.tongues import plain

INSIDE = re.compile(r"/(en/)?(etudes/[-\w]+/reseaux|resultats|rapports|f|x)/")
"""Where results are read; the other links of a page lead to the rest of the site."""


@cache
def text_of(kind, content):
    """Return the words of a file, by its kind; the same file in an archive is read once."""
    if content.startswith(b"%PDF"):
        return plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
    if kind == ".html" or content.lstrip().lower().startswith(b"<!doctype html"):
        return plain(" ".join(html.fromstring(content).itertext()))
    if kind == ".xml":
        return plain("".join(etree.fromstring(content).itertext()))
    return plain(content.decode("utf-8", "ignore"))


def texts_of(name, content):
    """Return the words of a file and of those inside it, each by a name."""
    if not is_zipfile(io.BytesIO(content)):
        return {name: text_of(PurePosixPath(name).suffix, content)}
    found = {}
    with ZipFile(io.BytesIO(content)) as archive:
        for inner in archive.namelist():
            found.update(texts_of(f"{name}!{inner}", archive.read(inner)))
    return found


def everything_reachable(request, root, starts):
    """Return the words of each page and file that links lead to, by address."""
    found, waiting, asked = {}, [root + one for one in starts], set()
    while waiting:
        address = waiting.pop().split("#")[0]
        if address in asked:
            continue
        asked.add(address)
        answer = request.get(address)
        if answer.status != 200:
            continue
        content = answer.body()
        found.update(texts_of(address.removeprefix(root), content))
        if "html" in answer.headers.get("content-type", ""):
            links = html.fromstring(content).xpath("//@href | //@src")
            within = (urljoin(answer.url, one) for one in links)
            waiting += [one for one in within if INSIDE.match(one.removeprefix(root))]
    return found
