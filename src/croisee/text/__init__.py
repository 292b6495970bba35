"""French first: typography, inclusive forms, transcripts, numbers in a text."""

from croisee.text.answers import are_ranges, inside_sentence
from croisee.text.dates import ReadDate, parse_date, parse_number
from croisee.text.folding import Folded, fold, fold_with_offsets
from croisee.text.inclusive import InclusiveForm, inclusive_forms
from croisee.text.layouts import Cut, cut_turns, parse_turns
from croisee.text.marks import find_marks
from croisee.text.numbers import NumberFound, say_number, spelled_numbers, typed_numbers
from croisee.text.transcripts import (
    Mark,
    MarkKind,
    Notice,
    ParsedTurn,
    Spoken,
    Transcript,
    folded_label,
    is_team,
    merged,
    stored_label,
    stored_text,
)
from croisee.text.typography import Medium, typeset, typeset_html

__all__ = [
    "Cut",
    "Folded",
    "InclusiveForm",
    "Mark",
    "MarkKind",
    "Medium",
    "Notice",
    "NumberFound",
    "ParsedTurn",
    "ReadDate",
    "Spoken",
    "Transcript",
    "are_ranges",
    "cut_turns",
    "find_marks",
    "fold",
    "fold_with_offsets",
    "folded_label",
    "inclusive_forms",
    "inside_sentence",
    "is_team",
    "merged",
    "parse_date",
    "parse_number",
    "parse_turns",
    "say_number",
    "spelled_numbers",
    "stored_label",
    "stored_text",
    "typed_numbers",
    "typeset",
    "typeset_html",
]
