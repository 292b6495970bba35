"""``marges``: what is known of the frame, by category; ``poids/``: weights worked out from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from croisee.language import phrase
from croisee.study import Instrument, QuestionKind
from croisee.studyfolder import messages, words
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import MARGINS, WEIGHTS
from croisee.studyfolder.names import Names
from croisee.studyfolder.problems import Place
from croisee.studyfolder.settings import codes
from croisee.studyfolder.table import Row

OF_THE_FRAME = words.Words(cas="case", composante="component", region="", type="")
"""Variables that every line of the frame has, so that they need no question."""
_FOLDERS = ("poids", "weights")
_STEP = Decimal(1).scaleb(-12)


@dataclass(frozen=True, slots=True)
class MarginLine:
    """One line of ``marges``: ``size`` members of a wave's frame are in a category."""

    instrument: str
    edition: str
    variable: str
    """A question's code, or ``cas``, ``composante``, ``region``, ``type``."""
    category: str
    size: int
    source: str = ""


def read_margins(folder: Folder, names: Names) -> tuple[MarginLine, ...]:
    """Read ``marges``; an empty edition is the only one of the study."""
    table = folder.table(MARGINS)
    lines: dict[tuple[str, str, str, str], int] = {}
    found = []
    for row in table.rows() if table else ():
        instrument = row.ref("instrument", names.instruments, "etude.toml")
        editions = names.editions
        edition = row.ref("edition", editions, "etude.toml", required=len(editions) > 1)
        edition = edition or (next(iter(editions)) if len(editions) == 1 else "")
        size = row.whole("nombre")
        if not row.text("nombre"):
            row.refuse("nombre", messages.empty_cell())
        if not instrument or not edition or size is None:
            continue
        variable, category = _category(row, names, names.instruments[instrument])
        key = (instrument, edition, variable, category)
        if not variable or not category:
            continue
        if key in lines:
            row.refuse("categorie", messages.twice(category, lines[key]))
            continue
        lines[key] = row.line
        found.append(MarginLine(*key, size, row.text("source")))
    return tuple(found)


def _category(row: Row, names: Names, instrument: Instrument) -> tuple[str, str]:
    """Return the variable and the category of a line, "" for what is refused."""
    text = row.required("variable")
    category = row.required("categorie")
    variable = OF_THE_FRAME.read(text) or ""
    if variable in {"region", "type"}:
        return variable, category
    if variable in {"cas", "composante"}:
        known: Sequence[str] = (
            tuple(names.cases)
            if variable == "cas"
            else tuple(part.code for case in names.cases.values() for part in case.components)
        )
        return variable, row.ref("categorie", known, "etude.toml")
    questions = {
        question.code: question
        for question in instrument.questions
        if question.kind in {QuestionKind.SINGLE, QuestionKind.ORDINAL}
    }
    code = words.read_code(text) or ""
    if code not in questions:
        near = row.near(code, [*questions, "cas", "composante", "region", "type"])
        otherwise = phrase(
            "Une marge se compte sur une question à une réponse de « {instrument} », ou sur cas, "
            "composante, region ou type.",
            instrument=instrument.code,
        )
        row.refuse(
            "variable",
            (
                phrase("« {name} » n’est pas une marge possible.", name=messages.shown(text)),
                messages.meant(near, otherwise),
            ),
        )
        return "", ""
    return code, row.ref("categorie", codes(questions[code].options), "instruments")


def warn_of_weights(folder: Folder, instrument: str, edition: str) -> None:
    """Warn of weights that nothing reads, because the instrument is not a weighted one."""
    named = tuple(f"{place}/{instrument}_{edition}" for place in _FOLDERS)
    if key := folder.find(named, (".csv", ".xlsx")):
        said = (
            phrase("Ces poids ne servent pas : « {name} » a poids = false.", name=instrument),
            phrase("Écrivez poids = true dans etude.toml, ou retirez ce fichier."),
        )
        folder.problems.warn(Place(key), said)


def read_weights(folder: Folder, instrument: str, edition: str) -> dict[str, Decimal] | None:
    """Return the weights of ``poids/<instrument>_<edition>``, ``None`` where there is no file."""
    named = tuple(f"{place}/{instrument}_{edition}" for place in _FOLDERS)
    key = folder.find(named, (".csv", ".xlsx"))
    table = folder.table(WEIGHTS, key) if key else None
    if table is None:
        return None
    found: dict[str, Decimal] = {}
    lines: dict[str, int] = {}
    for row in table.rows():
        respondent = row.code("repondant")
        weight = row.fine_number("poids")
        if respondent in lines:
            row.refuse("repondant", messages.twice(respondent, lines[respondent]))
        elif weight is not None and weight < 0:
            row.refuse("poids", messages.out_of_range(row.text("poids"), 0, "…"))
        elif respondent and weight is not None:
            found[respondent] = weight.quantize(_STEP)
        lines[respondent] = row.line
    return found
