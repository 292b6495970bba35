"""One engine for what is written for both genders: found, analysed, searched, said."""

from croisee.text.inclusive.analysis import Analysed, Reading, analysed, word_places
from croisee.text.inclusive.forms import InclusiveForm, Writing, inclusive_forms
from croisee.text.inclusive.sentences import Manner, Said, heard, heard_html, rewritten
from croisee.text.inclusive.signs import POINTS

__all__ = [
    "POINTS",
    "Analysed",
    "InclusiveForm",
    "Manner",
    "Reading",
    "Said",
    "Writing",
    "analysed",
    "heard",
    "heard_html",
    "inclusive_forms",
    "rewritten",
    "word_places",
]
