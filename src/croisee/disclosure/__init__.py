"""The gate between a table and a reader, the register of what left, the attacker."""

from croisee.disclosure.attacker import (
    AuditReport,
    Breach,
    DatasetWorlds,
    Harm,
    Target,
    Undecided,
    audit,
)
from croisee.disclosure.beside import (
    Range,
    change,
    others_beside,
)
from croisee.disclosure.estimates import (
    interval_of,
)
from croisee.disclosure.gate import (
    Draft,
    draft_release,
)
from croisee.disclosure.groupings import (
    GroupingRefused,
    cut_of,
    grouping_problem,
    partitions_of,
)
from croisee.disclosure.lock import (
    seal,
)
from croisee.disclosure.marks import (
    Mark,
    MarkRefused,
    mark_problems,
    marks_in,
    read_mark,
    resolve_marks,
    value_of,
)
from croisee.disclosure.multiple import (
    halves,
)
from croisee.disclosure.numeric import (
    rounding_step,
)
from croisee.disclosure.register import (
    Register,
    RegisterRefused,
)
from croisee.disclosure.released import (
    PUBLIC,
    Amount,
    Cell,
    Correction,
    Event,
    Fact,
    GateLog,
    Head,
    Kind,
    Percent,
    Rank,
    Refusal,
    Release,
    ReleasedBase,
    ReleasedFinding,
    ReleasedQuote,
    ReleasedTable,
    Value,
    Word,
)
from croisee.disclosure.sentences import (
    base_words,
    correction_sentence,
    day,
    points,
    sentence,
    sentence_of,
)
from croisee.disclosure.statements import (
    finding_problems,
)
from croisee.disclosure.stored import (
    ReleaseUnreadable,
    load_release,
    release_from_json,
    release_json,
    save_release,
)
from croisee.disclosure.thresholds import (
    PolicyRefused,
    circle,
    policy_problems,
    threshold,
)
from croisee.disclosure.values import (
    Chiffre,
    Form,
    Mask,
    absent,
    exact,
    two_sided,
)
from croisee.disclosure.wording import (
    FORMS,
    WORDS,
    CannotSay,
    number,
    percentage,
    place,
    say,
    with_unit,
)

__all__ = [
    "FORMS",
    "PUBLIC",
    "WORDS",
    "Amount",
    "AuditReport",
    "Breach",
    "CannotSay",
    "Cell",
    "Chiffre",
    "Correction",
    "DatasetWorlds",
    "Draft",
    "Event",
    "Fact",
    "Form",
    "GateLog",
    "GroupingRefused",
    "Harm",
    "Head",
    "Kind",
    "Mark",
    "MarkRefused",
    "Mask",
    "Percent",
    "PolicyRefused",
    "Range",
    "Rank",
    "Refusal",
    "Register",
    "RegisterRefused",
    "Release",
    "ReleaseUnreadable",
    "ReleasedBase",
    "ReleasedFinding",
    "ReleasedQuote",
    "ReleasedTable",
    "Target",
    "Undecided",
    "Value",
    "Word",
    "absent",
    "audit",
    "base_words",
    "change",
    "circle",
    "correction_sentence",
    "cut_of",
    "day",
    "draft_release",
    "exact",
    "finding_problems",
    "grouping_problem",
    "halves",
    "interval_of",
    "load_release",
    "mark_problems",
    "marks_in",
    "number",
    "others_beside",
    "partitions_of",
    "percentage",
    "place",
    "points",
    "policy_problems",
    "read_mark",
    "release_from_json",
    "release_json",
    "resolve_marks",
    "rounding_step",
    "save_release",
    "say",
    "seal",
    "sentence",
    "sentence_of",
    "threshold",
    "two_sided",
    "value_of",
    "with_unit",
]
