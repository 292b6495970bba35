"""Text as a screen shows it: typeset, escaped, its codes whole, its ordinals raised."""

from __future__ import annotations

import re
from collections.abc import Collection

from markupsafe import Markup

from croisee.language import Language
from croisee.text import heard, typeset, typeset_html

_CODE = re.compile(r"(?<![\w/#-])[FVC]-\d[\w-]*")
_WHOLE = re.compile(r'<span class="nc">([FVC]-\d[\w-]*)</span>')
_ORDINAL = re.compile(r"(?<![\w.,-])(\d{1,3})(er|re|e)(?![\w-])")


def on_screen(text: str, language: Language) -> Markup:
    """Return a text ready for a page.

    « F-07 » never breaks after its hyphen; in French, « 1er » is written with its letters raised.

    >>> on_screen("2e besoin (F-07)", "fr")
    Markup('2<sup>e</sup> besoin (<span class="nc">F-07</span>)')
    """
    made = _CODE.sub(r'<span class="nc">\g<0></span>', typeset_html(text, language))
    if language == "fr":
        made = _ORDINAL.sub(r"\1<sup>\2</sup>", made)
    return Markup(made)  # noqa: S704 -- typeset_html escapes; what is added holds no text


def as_said(text: str, language: Language) -> Markup:
    """Return words of somebody as typed; a short inclusive form is heard in full words.

    >>> as_said("élu·e", "fr")
    Markup('<span aria-hidden="true">élu·e</span><span class="vh">élue ou élu</span>')
    """
    both = Markup('<span aria-hidden="true">{}</span><span class="vh">{}</span>')
    pieces = (
        on_screen(said.shown, language)
        if said.heard is None
        else both.format(said.shown, said.heard)
        for said in heard(typeset(text, language, medium="html"))
    )
    return Markup().join(pieces)


def leading(made: Markup, codes: Collection[str]) -> Markup:
    """Return a text already on screen where each of these codes leads to its figure.

    >>> leading(on_screen("Des besoins (F-07)", "fr"), ["F-07"])
    Markup('Des besoins (<a class="nc" href="#F-07">F-07</a>)')
    """

    def link(match: re.Match[str]) -> str:
        code = match.group(1)
        return f'<a class="nc" href="#{code}">{code}</a>' if code in codes else match.group()

    return Markup(_WHOLE.sub(link, made))  # noqa: S704 -- a text on screen is escaped
