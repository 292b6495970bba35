"""Digital access of organisations, telework, training: portraits, and drafts to discuss."""

from croisee.portrait.drafting import Evidence, Rule, Said, Statement, draft
from croisee.portrait.meeting import (
    Licence,
    Organisation,
    connected,
    licences,
    meeting_tools,
    organisations,
    together,
)
from croisee.portrait.plan import digital_plan
from croisee.portrait.recognising import Wave, is_portrait, is_telework, is_training, latest
from croisee.portrait.telework import clauses
from croisee.portrait.tools import common_tools, tool_tables
from croisee.portrait.training import training_plan

__all__ = [
    "Evidence",
    "Licence",
    "Organisation",
    "Rule",
    "Said",
    "Statement",
    "Wave",
    "clauses",
    "common_tools",
    "connected",
    "digital_plan",
    "draft",
    "is_portrait",
    "is_telework",
    "is_training",
    "latest",
    "licences",
    "meeting_tools",
    "organisations",
    "together",
    "tool_tables",
    "training_plan",
]
