"""The words of a language, and what a page says in the other one by mistake."""

import re
from functools import cache
from gettext import translation
from pathlib import Path

import polib

ROOT = Path(__file__).parent.parent.parent / "src"
CATALOGUES = (
    ROOT / "croisee" / "locale" / "en" / "LC_MESSAGES" / "croisee.po",
    ROOT / "croisee_web" / "locale" / "en" / "LC_MESSAGES" / "django.po",
)
PLACE = re.compile(r"%\(\w+\)[sd]|\{[^{}]*\}|<[^<>]*>|\n")
SPACES = re.compile(r"[\s\u00a0\u202f]+")
LONG = 20
"""A shorter piece of a sentence may be found inside another by chance."""

READ_ALL = """() => {
  const found = [], walk = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  const tongue = one => (one && one.closest('[lang]')?.lang || '').slice(0, 2);
  while (walk.nextNode()) {
    const inside = walk.currentNode.parentElement;
    if (inside && !inside.closest('script,style,textarea,pre,code'))
      found.push([tongue(inside), walk.currentNode.data]);
  }
  for (const one of document.querySelectorAll('[aria-label],[title],[alt],[placeholder],[data-m]'))
    for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'data-m'])
      if (one.hasAttribute(name)) found.push([tongue(one), one.getAttribute(name)]);
  return found;
}"""
"""Every text of a page with the language it says it is in, what is folded included."""


def plain(text):
    return SPACES.sub(" ", text).strip()


@cache
def _catalogue(language):
    return translation("django", ROOT / "croisee_web" / "locale", [language])


def in_tongue(french, language, *, many="", count=1, **values):
    """Return one of the site's sentences in a language, as its own catalogue has it."""
    catalogue = _catalogue(language)
    said = catalogue.ngettext(french, many, count) if many else catalogue.gettext(french)
    assert language == "fr" or said not in {french, many} or french in SAME, f"not there: {french}"
    return said % values if values else said


SAME = {"signature", "Description", "Code", "Participation", "Note", "Type", "Instruments"}
"""Words that both languages write alike."""


@cache
def _sentences(language):
    """Return what the site says in a language and not in the other: whole, and long pieces."""
    pairs = []
    for path in CATALOGUES:
        for one in polib.pofile(str(path)):
            forms = [(one.msgid, one.msgstr)]
            if one.msgid_plural:
                forms = [
                    (one.msgid, one.msgstr_plural[0]),
                    (one.msgid_plural, one.msgstr_plural[1]),
                ]
            pairs += [pair if language == "fr" else pair[::-1] for pair in forms]
    ours = {plain(mine) for mine, _theirs in pairs}
    others = {plain(theirs) for _mine, theirs in pairs}
    whole = {text for text in ours - others if not PLACE.search(text) and len(text) > 1}
    beside = "\n".join(others)
    pieces = {plain(piece) for text in ours for piece in PLACE.split(text)}
    whole -= {"English", "Français"}  # a language is named in its own
    return whole, {one for one in pieces if len(one) >= LONG and " " in one and one not in beside}


def foreign(page, language):
    """Return what an open page, or a frame of it, says in the other language than the reader's.

    What a study itself says stays in its own language, marked as such by ``lang``.
    """
    other = "en" if language == "fr" else "fr"
    whole, pieces = _sentences(other)
    read = [plain(text) for lang, text in page.evaluate(READ_ALL) if lang != other]
    found = {text for text in read if text in whole}
    everything = "\n".join(read)
    return sorted(found | {piece for piece in pieces if piece in everything})
