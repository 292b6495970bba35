"""The acts that may enter the journal; each is ``slice.noun.past``, with its sentence."""

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

_ACTS: dict[str, str | Lazy] = {}


def declare(act: str, sentence: str | Lazy) -> str:
    """Add an act to the vocabulary; ``sentence`` follows a person's name: « a scellé … ».

    Raises:
        ValueError: two slices declared the same act with different sentences.
    """
    if _ACTS.setdefault(act, sentence) is not sentence:
        raise ValueError(act)
    return act


def is_declared(act: str) -> bool:
    """Return whether an act may be recorded."""
    return act in _ACTS


def sentence_of(act: str) -> str:
    """Return how an act reads after a name; the act itself once its slice is gone."""
    return str(_ACTS.get(act, act))


SITE_STARTED = declare("journal.site.started", _("a démarré le site"))
DETAILS_ERASED = declare("journal.details.erased", _("a effacé des détails du journal"))
