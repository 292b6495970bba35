"""What LimeSurvey's types, lists and settings are called here."""

from __future__ import annotations

from croisee.formats.limesurvey import Texts
from croisee.language import Phrase, phrase

OTHER = "-oth-"
"""Their code of « other », and ours."""
PREFIX = "limesurvey::"
"""Beginning of the columns of ``survey`` that keep what XLSForm does not say."""
LANGUAGES = {"fr": "Français (fr)", "en": "English (en)"}

FIXED: dict[str, tuple[tuple[str, Texts], ...]] = {
    "Y": (("Y", (("fr", "Oui"), ("en", "Yes"))), ("N", (("fr", "Non"), ("en", "No")))),
    "G": (("F", (("fr", "Femme"), ("en", "Female"))), ("M", (("fr", "Homme"), ("en", "Male")))),
    "5": tuple((str(n), (("fr", str(n)), ("en", str(n)))) for n in range(1, 6)),
    "B": tuple((str(n), (("fr", str(n)), ("en", str(n)))) for n in range(1, 11)),
    "C": (
        ("Y", (("fr", "Oui"), ("en", "Yes"))),
        ("U", (("fr", "Incertain"), ("en", "Uncertain"))),
        ("N", (("fr", "Non"), ("en", "No"))),
    ),
    "E": (
        ("I", (("fr", "Augmentation"), ("en", "Increase"))),
        ("S", (("fr", "Identique"), ("en", "Same"))),
        ("D", (("fr", "Diminution"), ("en", "Decrease"))),
    ),
}
"""Choices of the types whose choices are not written in the survey; ``A`` has those of ``5``."""
FIXED["A"] = FIXED["5"]
SCALES = frozenset({"5", "A", "B", "E"})
ARRAYS = frozenset("ABCEFH1:;KQ")
"""Types whose parts are questions of their own here, in a group."""
LISTS = frozenset("L!O")
OTHER_LABEL: Texts = (("fr", "Autre"), ("en", "Other"))
COMMENT_LABEL: Texts = (("fr", "Commentaire"), ("en", "Comment"))

DEFAULTS = frozenset(
    {
        ("statistics_showgraph", "1"), ("time_limit_action", "1"), ("save_as_default", "N"),
        ("assessment_value", "1"), ("other_position", "end"), ("scale_export", "0"),
        ("display_columns", "1"), ("location_mapwidth", "500"),
    }
)  # fmt: skip
"""Settings that say what is so anyway; an empty one and a ``0`` do too."""

LOST_SETTINGS: dict[str, Phrase] = {
    "array_filter": phrase("Le filtre des lignes par une autre question n’est pas repris."),
    "array_filter_exclude": phrase("Le filtre des lignes par une autre question n’est pas repris."),
    "random_order": phrase("L’ordre au hasard n’est pas repris."),
    "answer_order": phrase("L’ordre au hasard n’est pas repris."),
    "subquestion_order": phrase("L’ordre au hasard n’est pas repris."),
    "random_group": phrase("Le tirage au hasard des questions n’est pas repris."),
    "time_limit": phrase("La limite de temps n’est pas reprise."),
    "em_validation_q": phrase("La condition de validation n’est pas reprise."),
    "em_validation_sq": phrase("La condition de validation n’est pas reprise."),
    "min_num_value": phrase("La somme au moins demandée n’est pas reprise."),
    "max_num_value": phrase("La somme au plus permise n’est pas reprise."),
    "max_subquestions": phrase("Le nombre de rangs permis n’est pas repris : tout se classe."),
    "prefix": phrase("Le texte placé avant la réponse n’est pas repris."),
    "suffix": phrase("Le texte placé après la réponse n’est pas repris."),
}
"""Settings that change what is asked, and are kept in a column without effect."""
LOST_TABLES: dict[str, Phrase] = {
    "quota": phrase("Les quotas ne sont pas repris."),
    "QTA": phrase("Les quotas ne sont pas repris."),
    "assessments": phrase("Les évaluations ne sont pas reprises."),
    "AS": phrase("Les évaluations ne sont pas reprises."),
}


def language_name(code: str) -> str:
    """Return a language as a column of a workbook names it.

    Example:
        >>> [language_name(code) for code in ("fr", "de-informal")]
        ['Français (fr)', 'de-informal (de)']
    """
    return LANGUAGES.get(code) or f"{code} ({code.partition('-')[0]})"


def said_in(texts: Texts, language: str) -> str:
    """Return a text in a language; English, then the first, where it is not said in it."""
    known = dict(texts)
    return known.get(language) or known.get("en") or next(iter(known.values()), "")
