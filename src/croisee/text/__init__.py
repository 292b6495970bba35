"""French first: typography, inclusive forms, transcripts, numbers in a text."""

from croisee.text.answers import are_ranges, inside_sentence
from croisee.text.dates import ReadDate, parse_date, parse_number, parse_time
from croisee.text.folding import Folded, fold, fold_with_offsets
from croisee.text.inclusive import (
    POINTS,
    Analysed,
    InclusiveForm,
    Manner,
    Reading,
    Said,
    Writing,
    analysed,
    heard,
    heard_html,
    inclusive_forms,
    rewritten,
    word_places,
)
from croisee.text.layouts import Cut, cut_turns, parse_turns
from croisee.text.marks import find_marks
from croisee.text.numbers import NumberFound, say_number, spelled_numbers, typed_numbers
from croisee.text.searching import Nearness, Passage, Search
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
    "POINTS",
    "Analysed",
    "Cut",
    "Folded",
    "InclusiveForm",
    "Manner",
    "Mark",
    "MarkKind",
    "Medium",
    "Nearness",
    "Notice",
    "NumberFound",
    "ParsedTurn",
    "Passage",
    "ReadDate",
    "Reading",
    "Said",
    "Search",
    "Spoken",
    "Transcript",
    "Writing",
    "analysed",
    "are_ranges",
    "cut_turns",
    "find_marks",
    "fold",
    "fold_with_offsets",
    "folded_label",
    "heard",
    "heard_html",
    "inclusive_forms",
    "inside_sentence",
    "is_team",
    "merged",
    "parse_date",
    "parse_number",
    "parse_time",
    "parse_turns",
    "rewritten",
    "say_number",
    "spelled_numbers",
    "stored_label",
    "stored_text",
    "typed_numbers",
    "typeset",
    "typeset_html",
    "word_places",
]
