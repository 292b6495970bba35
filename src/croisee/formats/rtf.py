"""Rich text (RTF): its paragraphs and tables, and what else it carries that is not read.

After the *Rich Text Format (RTF) Specification*, version 1.9.1 (Microsoft, 2008). Why not a
library: ``docs/decisions/0015-rich-text.md``.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, replace

from croisee.formats.docx import MAX_CHARACTERS, Row, WordText
from croisee.formats.refused import FormatRefused
from croisee.language import phrase

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])"
    r"|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_SIGNS = {
    "tab": "\t", "line": "\n", "sect": "\n", "page": "\n", "column": "\n", "lbr": "\n",
    "nestcell": "\n", "nestrow": "\n", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d",
    "zwnj": "\u200c", "~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}",
}  # fmt: skip
_ASIDE = {
    "fonttbl", "colortbl", "stylesheet", "info", "header", "headerl", "headerr", "headerf",
    "footer", "footerl", "footerr", "footerf", "footnote", "pict", "object", "nonshppict",
    "fldinst", "xe", "tc", "rxe", "listtext", "pntext", "pn", "nonesttables", "listtable",
    "listoverridetable", "revtbl", "rsidtbl", "generator", "filetbl", "template", "private", "sp",
    "shprslt",
}  # fmt: skip
"""Groups that are no words of the text, even without the sign that says so (``\\*``)."""
_COUNTED = {
    "footnote": "footnoteReference", "pict": "pict", "shppict": "pict",
    "object": "object", "annotation": "commentReference",
}  # fmt: skip
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_DEEPEST = 2_000


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until the end of a group."""

    aside: bool = False
    in_table: bool = False
    gone: str = ""
    """Why its words are not read: ``del`` (taken out), ``vanish`` (hidden)."""
    added: bool = False
    unicode_skip: int = 1
    encoding: str = ""


def is_rtf(raw: bytes) -> bool:
    """Return whether bytes are those of a rich text."""
    return raw.startswith(b"{\\rtf")


def read_rtf(raw: bytes) -> WordText:
    r"""Return the paragraphs and tables of a rich text, in NFC, and what it carries besides.

    Headers, notes, comments, pictures, text taken out with tracked changes and hidden text are
    left out and counted. ``cut``: it stops before its end; ``lost``: bytes that are no letter.
    Raises :class:`FormatRefused` for groups nested thousands deep, or too long a text.
    """
    reading = _Reading()
    reading.take(raw.decode("latin-1"))
    return reading.closed()


class _Reading:
    """One rich text being read, token by token."""

    def __init__(self) -> None:
        self._word = WordText()
        self._now = _Group()
        self._above: list[_Group] = []
        self._ansi = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font_named: int | None = None
        self._in_fonts = 0
        self._waiting = bytearray()
        self._skip = 0
        self._last_run = ""
        self._pieces: list[str] = []
        self._cells: list[str] = []
        self._rows: list[Row] = []
        self._in_row = False
        self._starred = False
        self._seen = 0

    def take(self, text: str) -> None:
        place = 0
        while match := _TOKEN.match(text, place):
            place = match.end()
            word, number, octet, sign, brace, words = match.groups()
            if brace:
                self._brace(brace)
                if not self._above:
                    return
            elif word == "bin":
                place += max(0, int(number or 0))
            elif word:
                self._control(word, None if number is None else int(number))
            elif octet or words:
                self._say(bytes.fromhex(octet) if octet else words.encode("latin-1"))
            elif sign:
                self._symbol(sign)
        self._word.carried["cut"] += 1

    def closed(self) -> WordText:
        self._decode()
        if self._cells or (self._in_row and "".join(self._pieces).strip()):
            self._end_cell()
            self._end_row()
        if "".join(self._pieces).strip():
            self._end_paragraph()
        self._end_table()
        return self._word

    def _brace(self, brace: str) -> None:
        self._decode()
        self._skip, self._starred = 0, False
        if brace == "{":
            self._above.append(self._now)
            if len(self._above) > _DEEPEST:
                raise FormatRefused(
                    phrase("Le fichier imbrique trop de groupes."),
                    phrase("Enregistrez le texte en .docx ou en .txt."),
                )
        elif self._above:
            self._now = self._above.pop()
            if len(self._above) < self._in_fonts:
                self._in_fonts = 0

    def _symbol(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in "\r\n":
            self._control("par", None)
        elif sign in _SIGNS:
            self._add(_SIGNS[sign])

    def _control(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word in _COUNTED and not self._now.aside:
            self._word.carried[_COUNTED[word]] += 1
        if word in _ASIDE or (starred and word != "shpinst"):
            self._in_fonts = len(self._above) if word == "fonttbl" else self._in_fonts
            self._decode()
            self._now = replace(self._now, aside=True)
        elif self._in_fonts:
            self._font(word, number)
        elif self._now.aside:
            return
        elif word == "u":
            self._unicode(number or 0)
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        else:
            self._decode()
            self._shape(word, number)

    def _shape(self, word: str, number: int | None) -> None:
        on = number != 0
        if word == "par":
            self._end_paragraph()
        elif word == "cell":
            self._end_cell()
        elif word == "row":
            self._end_row()
        elif word == "trowd":
            self._in_row = True
        elif word in {"ansicpg", "mac", "pc", "pca", "uc", "f", "deff"}:
            self._letters(word, number or 0)
        elif word in {"pard", "intbl"}:
            self._now = replace(self._now, in_table=word == "intbl")
        elif word in {"deleted", "mvf", "v"}:
            gone = "vanish" if word == "v" else "del"
            self._now = replace(self._now, gone=gone if on else "")
        elif word in {"revised", "mvt"}:
            self._now = replace(self._now, added=on)
        elif word == "plain":
            self._now = replace(self._now, gone="", added=False, encoding="")

    def _letters(self, word: str, number: int) -> None:
        """Note in what alphabet the next bytes are."""
        if word == "uc":
            self._now = replace(self._now, unicode_skip=max(0, number))
        elif word == "f":
            self._now = replace(self._now, encoding=self._fonts.get(number, ""))
        elif word == "ansicpg":
            self._ansi = _known({65001: "utf-8", 10000: "mac_roman"}.get(number, f"cp{number}"))
        elif word != "deff":
            self._ansi = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]

    def _font(self, word: str, number: int | None) -> None:
        if word == "f":
            self._font_named = number
        elif word == "fcharset" and self._font_named is not None:
            self._fonts[self._font_named] = _CHARSETS.get(number or 0, "")

    def _unicode(self, number: int) -> None:
        self._add(chr(number % 0x10000))
        self._skip = self._now.unicode_skip

    def _say(self, raw: bytes) -> None:
        skipped = min(self._skip, len(raw))
        self._skip -= skipped
        if not self._now.aside:
            self._waiting += raw[skipped:]

    def _decode(self) -> None:
        """Make words of the bytes that wait; letters of several bytes come one byte at a time."""
        if not self._waiting:
            return
        raw, self._waiting = bytes(self._waiting), bytearray()
        text = raw.decode(self._now.encoding or self._ansi, "replace")
        self._word.carried["lost"] += text.count("\ufffd")
        self._write(text)

    def _add(self, text: str) -> None:
        if self._skip:
            self._skip -= 1
        elif not self._now.aside:
            self._decode()
            self._write(text)

    def _write(self, text: str) -> None:
        run = self._now.gone or ("ins" if self._now.added else "")
        if run and run != self._last_run:
            self._word.carried[run] += 1
        self._last_run = run
        if self._now.gone:
            return
        self._seen += len(text)
        if self._seen > MAX_CHARACTERS:
            raise FormatRefused(
                phrase("Le document compte plus de 50 millions de caractères."),
                phrase("Découpez-le en plusieurs documents."),
            )
        self._pieces.append(text)

    def _text(self) -> str:
        """Return what was gathered; two halves of a letter outside the first plane are one."""
        whole = "".join(self._pieces)
        self._pieces = []
        if any("\ud800" <= sign <= "\udfff" for sign in whole):
            whole = whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return unicodedata.normalize("NFC", whole)

    def _end_paragraph(self) -> None:
        if self._now.gone:
            return
        if self._now.in_table or self._in_row:
            self._pieces.append("\n")
            return
        self._end_table()
        self._word.blocks.append(self._text())

    def _end_cell(self) -> None:
        self._cells.append(self._text().strip("\n"))

    def _end_row(self) -> None:
        self._rows.append(tuple(self._cells))
        self._cells, self._in_row = [], False

    def _end_table(self) -> None:
        if self._rows:
            self._word.blocks.append(self._rows)
        self._rows = []


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
