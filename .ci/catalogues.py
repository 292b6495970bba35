"""Gather the French source strings, update both catalogues, compile them.

python .ci/catalogues.py                       update and compile
python .ci/catalogues.py --english FILE.tsv…   the same, taking English texts from tables
                                               (two columns, or four for plurals)
python .ci/catalogues.py --check               change nothing; exit 1 if anything is missing
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent / "src"
LIBRARY = {"phrase": None, "phrases": (1, 2)}
DJANGO = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""A compiled catalogue bears no date of its own: only a change of words changes it."""
Identity = str | tuple[str, str]


def sources(
    package: str, keywords: dict[str, object], *, templates: bool = True
) -> Iterator[Identity]:
    """Yield every source string of a package, those of its templates included."""
    for path in sorted((ROOT / package).rglob("*.py")):
        with path.open("rb") as file:
            for _line, messages, _comments, _context in extract("python", file, keywords):
                yield _identity(messages)
    if package == "croisee_web" and templates:
        yield from _django_templates(keywords)


def _sources_of_catalogue(package: str) -> Iterator[Identity]:
    """Yield what a catalogue holds: the library's also has what the platform says with a phrase."""
    yield from sources(package, KEYWORDS[package])
    if package == "croisee":
        yield from sources("croisee_web", LIBRARY, templates=False)


def _django_templates(keywords: dict[str, object]) -> Iterator[Identity]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "croisee_web.config.settings")
    os.environ.setdefault("CROISEE_SECRET_KEY", "catalogues")
    from django.utils.translation.template import templatize

    for path in sorted((ROOT / "croisee_web").rglob("templates/**/*.html")):
        python = templatize(path.read_text(encoding="utf-8"))
        for _line, messages, _comments, _context in extract(
            "python", io.BytesIO(python.encode()), keywords
        ):
            yield _identity(messages)


def _identity(messages: object) -> Identity:
    if isinstance(messages, tuple | list):
        return (str(messages[0]), str(messages[1]))
    return str(messages)


def english_tables(paths: list[Path]) -> dict[Identity, Identity]:
    """Read French → English tables."""
    found: dict[Identity, Identity] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = [cell.replace("\\n", "\n") for cell in line.split("\t")]
            if len(cells) == 2:
                found[cells[0]] = cells[1]
            elif len(cells) == 4:
                found[cells[0], cells[1]] = (cells[2], cells[3])
    return found


def updated(package: str, language: str, given: dict[Identity, Identity]) -> Catalog:
    """Return a package's catalogue of one language, filled with all that is known."""
    path = ROOT / package / "locale" / language / "LC_MESSAGES" / f"{DOMAINS[package]}.po"
    old = Catalog(locale=language)
    if path.is_file():
        with path.open("rb") as file:
            old = read_po(file, locale=language)
    new = Catalog(locale=language, project="Croisée", charset="utf-8", fuzzy=False)
    # gettext finds a word alone in its plural entry, not the reverse: the counted ones go first
    for identity in sorted(_sources_of_catalogue(package), key=lambda it: isinstance(it, str)):
        if not identity or new.get(_key(identity)):
            continue
        known = old.get(_key(identity))
        text: Identity = known.string if known and known.id == identity and known.string else ""
        if language == "fr":
            text = identity
        elif identity in given:
            text = given[identity]
        new.add(identity, string=text)
    return new


def _key(identity: Identity) -> str:
    return identity if isinstance(identity, str) else identity[0]


def po_bytes(catalogue: Catalog, language: str) -> bytes:
    """Return a .po file with no date and no place: only changes of words change it."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, sort_output=True, omit_header=True, width=100, no_location=True)
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    )
    return header.encode() + buffer.getvalue()


def mo_bytes(po: bytes, language: str) -> bytes:
    """Compile a .po file."""
    buffer = io.BytesIO()
    catalogue = read_po(io.BytesIO(po), locale=language)
    catalogue.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", PLURALS[language]),
    ]
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Return the source strings that have no text, or whose marks differ."""
    return [_key(message.id) for message in catalogue if message.id and not _is_full(message)]


def _is_full(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(texts)


DOMAINS = {"croisee": "croisee", "croisee_web": "django"}
KEYWORDS: dict[str, dict[str, object]] = {"croisee": LIBRARY, "croisee_web": DJANGO}


def main() -> int:
    """Update or check both packages' catalogues."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--english", nargs="*", type=Path, default=[])
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    given = english_tables(options.english)
    problems = []
    for package, domain in DOMAINS.items():
        for language in PLURALS:
            catalogue = updated(package, language, given)
            problems += [f"{package} {language}: {text}" for text in missing(catalogue)]
            po = po_bytes(catalogue, language)
            folder = ROOT / package / "locale" / language / "LC_MESSAGES"
            for path, content in (
                (folder / f"{domain}.po", po),
                (folder / f"{domain}.mo", mo_bytes(po, language)),
            ):
                if options.check and (not path.is_file() or path.read_bytes() != content):
                    problems.append(f"stale: {path.relative_to(ROOT)}")
                elif not options.check:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
