"""The attacker: finds what a release gives away, certifies what it does not, refuses the rest.

See ``docs/methods/attaquant.md``. Team only: a report of the audit never leaves.
"""

from croisee.disclosure.attacker.choices import closed_form
from croisee.disclosure.attacker.findings import (
    AuditReport,
    Breach,
    Doubt,
    Harm,
    Step,
    Target,
    Undecided,
    judge,
)
from croisee.disclosure.attacker.from_dataset import DatasetWorlds, records_from_dataset
from croisee.disclosure.attacker.procedure import audit
from croisee.disclosure.attacker.worlds import Records, Variable, records

__all__ = [
    "AuditReport",
    "Breach",
    "DatasetWorlds",
    "Doubt",
    "Harm",
    "Records",
    "Step",
    "Target",
    "Undecided",
    "Variable",
    "audit",
    "closed_form",
    "judge",
    "records",
    "records_from_dataset",
]
