"""Mails that come back: delivery status notifications (RFC 3464), hostile until read.

One is believed when it brings back the sign of a letter of ours: the unsubscribing address of its
headers, signed with the site's key. Who does not hold the letter cannot make one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser, HeaderParser
from io import BufferedReader
from pathlib import Path

LARGEST = 1_000_000
"""Bytes read of one mail: what is after is not looked at."""
MOST = 10_000
"""Mails read at a time."""
_PARTS = 50
_FROM = b"From "
_STATUS = re.compile(r"([45]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9])")
_SIGN = re.compile(r"/courriels/([A-Za-z0-9_=-]{40,200})/")
_TEXT_HEADERS = "text/rfc822-headers"
_FOLDED = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Bounce:
    """A letter that did not reach: why (an RFC 3463 status), and the sign that it is ours."""

    status: str
    sign: str


def bounce_of(content: bytes) -> Bounce | None:
    """Return what a mail says of a letter that will not arrive; ``None`` for any other mail.

    A letter that is late, or that arrived, is none; nor is a mail that does not bring its letter
    back, headers at least.
    """
    try:
        parts = _parts(BytesParser(policy=policy.compat32).parsebytes(content[:LARGEST]))
        status, sign = _failure(parts), _sign(parts)
    except (RecursionError, LookupError, ValueError, AttributeError, TypeError):
        return None  # what the standard library makes of some hostile mails
    return Bounce(status, sign) if status and sign else None


def _parts(mail: Message) -> list[Message]:
    found: list[Message] = []
    for part in mail.walk():
        found.append(part)
        if len(found) == _PARTS:
            break
    return found


def _failure(parts: list[Message]) -> str:
    """Return the status of the first recipient that was not reached, "" where none says so."""
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _blocks(part):
            action = str(block.get("Action", "")).strip().lower()
            status = _STATUS.match(str(block.get("Status", "")).strip())
            if action == "failed":
                return status[1] if status else "5.0.0"
    return ""


def _blocks(part: Message) -> Iterator[Message]:
    """Yield the fields of each recipient, however the parser held them."""
    held = part.get_payload()
    if isinstance(held, list):
        yield from (one for one in held[:_PARTS] if isinstance(one, Message))


def _sign(parts: list[Message]) -> str:
    """Return what the letter brought back is known by: in its headers, whole or alone."""
    for part in parts[1:]:
        if part.get_content_type() == _TEXT_HEADERS:
            payload = part.get_payload(decode=True)
            text = payload.decode("ascii", "replace") if isinstance(payload, bytes) else ""
            found = _signed(HeaderParser(policy=policy.compat32).parsestr(text))
        else:
            found = _signed(part)
        if found:
            return found
    return ""


def _signed(headers: Message) -> str:
    written = str(headers.get("List-Unsubscribe", ""))[:2000]
    if "=?" in written:  # how some servers write a line that is long, plain as it is
        written = str(make_header(decode_header(written)))
    found = _SIGN.search(_FOLDED.sub("", written))
    return found[1] if found else ""


def mails_in(path: Path) -> Iterator[bytes]:
    """Yield the mails of a Maildir, of a folder of files, of an mbox, or of one file.

    Links, and what is no plain file, are passed over. No more than ``LARGEST`` bytes of each,
    nor ``MOST`` of them.
    """
    for place, mail in enumerate(_mails(path)):
        if place == MOST:
            return
        yield mail


def _mails(path: Path) -> Iterator[bytes]:
    if not path.is_dir():
        yield from _mails_of(path)
        return
    for folder in [path / name for name in ("new", "cur") if (path / name).is_dir()] or [path]:
        for one in sorted(folder.iterdir()):
            if one.is_file() and not one.is_symlink():
                yield from _mails_of(one)


def _mails_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        if file.peek(len(_FROM))[: len(_FROM)] == _FROM:
            yield from _apart(file)
        else:
            yield file.read(LARGEST)


def _apart(file: BufferedReader) -> Iterator[bytes]:
    """Yield the mails of an mbox: each begins by « From » after an empty line."""
    kept: list[bytes] = []
    size, after_blank = 0, True
    while line := file.readline(LARGEST):
        if line.startswith(_FROM) and after_blank:
            if kept:
                yield b"".join(kept)
            kept, size = [], 0
        elif size < LARGEST:
            kept.append(line)
            size += len(line)
        after_blank = not line.strip(b"\r\n")
    if kept:
        yield b"".join(kept)
