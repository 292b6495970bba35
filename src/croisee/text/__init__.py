"""French first: typography, inclusive forms, transcripts, numbers in a text."""

from croisee.text.answers import are_ranges, inside_sentence
from croisee.text.dates import ReadDate, parse_date, parse_number
from croisee.text.folding import Folded, fold, fold_with_offsets
from croisee.text.inclusive import InclusiveForm, inclusive_forms
from croisee.text.numbers import NumberFound, say_number, spelled_numbers, typed_numbers
from croisee.text.transcripts import ParsedTurn, folded_label, is_team, parse_turns
from croisee.text.typography import Medium, typeset, typeset_html

__all__ = [
    "Folded",
    "InclusiveForm",
    "Medium",
    "NumberFound",
    "ParsedTurn",
    "ReadDate",
    "are_ranges",
    "fold",
    "fold_with_offsets",
    "folded_label",
    "inclusive_forms",
    "inside_sentence",
    "is_team",
    "parse_date",
    "parse_number",
    "parse_turns",
    "say_number",
    "spelled_numbers",
    "typed_numbers",
    "typeset",
    "typeset_html",
]
