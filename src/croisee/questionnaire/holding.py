"""What holds a questionnaire together: no question speaks of one that is not there, or not yet."""

from __future__ import annotations

from croisee.language import Label, Phrase, phrase
from croisee.questionnaire.asked import list_of
from croisee.questionnaire.checking import REFERENCE
from croisee.questionnaire.conditions import read_condition
from croisee.questionnaire.grid import Grid

Said = tuple[Phrase, Phrase]


class EditRefused(ValueError):
    """A change that cannot be made. ``message`` says why, ``remedy`` what to do."""

    def __init__(self, message: Phrase, remedy: Phrase) -> None:
        super().__init__(message.to("fr"))
        self.message = message
        self.remedy = remedy


def broken(survey: Grid, choices: Grid) -> dict[tuple[str, str, str], Said]:
    """Return what hangs in the air: (who, what it waits for, why), and the words for it."""
    places = {
        name: place
        for place, row in reversed(list(enumerate(survey.rows)))
        if (name := survey.get(row, "name"))
    }
    codes = _codes(survey, choices)
    found: dict[tuple[str, str, str], Said] = {}
    for place, row in enumerate(survey.rows):
        who = survey.get(row, "name") or f"#{place}"
        shown = _shown(survey, row)
        for cell in row:
            for other in REFERENCE.findall(cell) if "${" in cell else ():
                if other not in places:
                    found[who, other, "absent"] = _absent(shown, other)
        relevant = survey.get(row, "relevant")
        for other in REFERENCE.findall(relevant):
            if places.get(other, -1) >= place:
                found[who, other, "later"] = _later(
                    shown, _shown(survey, survey.rows[places[other]])
                )
        condition = read_condition(relevant) if relevant else None
        if condition and condition.question in codes:
            for code in condition.codes:
                if code not in codes[condition.question]:
                    other_shown = _shown(survey, survey.rows[places[condition.question]])
                    found[who, condition.question, code] = _no_code(shown, other_shown, code)
    return found


def _codes(survey: Grid, choices: Grid) -> dict[str, set[str]]:
    """Return the codes of each question with a list of its own."""
    lists: dict[str, set[str]] = {}
    for row in choices.rows:
        lists.setdefault(choices.get(row, "list_name"), set()).add(choices.get(row, "name"))
    listed = ((survey.get(row, "name"), list_of(survey.get(row, "type"))) for row in survey.rows)
    return {name: lists.get(one, set()) for name, one in listed if one}


def _shown(survey: Grid, row: list[str]) -> Label:
    label = survey.label(row, "label")
    return label if label.fr or label.en else Label(survey.get(row, "name"))


def _absent(shown: Label, other: str) -> Said:
    return (
        phrase("« {question} » dépend de « {other} », qui n’y serait plus.",
               question=shown, other=other),
        phrase("Changez d’abord la condition de cette question."),
    )  # fmt: skip


def _later(shown: Label, other: Label) -> Said:
    return (
        phrase("« {question} » dépend de « {other} », qui doit venir avant.",
               question=shown, other=other),
        phrase("Placez-la après cette question, ou changez sa condition."),
    )  # fmt: skip


def _no_code(shown: Label, other: Label, code: str) -> Said:
    return (
        phrase("« {question} » attend la réponse « {code} » à « {other} », qui n’y serait plus.",
               question=shown, code=code, other=other),
        phrase("Changez d’abord la condition de cette question."),
    )  # fmt: skip
