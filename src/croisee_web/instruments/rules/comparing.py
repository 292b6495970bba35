"""What may be compared between two wordings, as a page says it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from croisee.language import Language
from croisee.questionnaire.crosswalk import Match, Verdict

_WORDS: dict[Verdict, tuple[Promise, str]] = {
    Verdict.COMPARABLE: (gettext_lazy("oui"), "ok"),
    Verdict.WITH_CARE: (gettext_lazy("avec prudence"), "attn"),
    Verdict.NO: (gettext_lazy("non"), "err"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict: its word, the colour of its label, and why."""

    word: str
    tone: str
    why: str


def told_of(match: Match, language: Language) -> Told:
    """Return what is said of a question in two wordings, in the reader's language."""
    if match.old is None or match.new is None:
        return Told(_("retirée") if match.old else _("nouvelle"), "info", "")
    word, tone = _WORDS[match.verdict]
    return Told(str(word), tone, match.why.to(language))
