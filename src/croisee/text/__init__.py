"""French first: typography, inclusive forms, transcripts, numbers in a text."""

from croisee.text.folding import Folded, fold, fold_with_offsets
from croisee.text.inclusive import InclusiveForm, inclusive_forms
from croisee.text.numbers import NumberFound, say_number, spelled_numbers, typed_numbers
from croisee.text.typography import Medium, typeset, typeset_html

__all__ = [
    "Folded",
    "InclusiveForm",
    "Medium",
    "NumberFound",
    "fold",
    "fold_with_offsets",
    "inclusive_forms",
    "say_number",
    "spelled_numbers",
    "typed_numbers",
    "typeset",
    "typeset_html",
]
