"""The tables a portrait gives the gate beside its questions: which printed ones speak of tools."""

from __future__ import annotations

from collections.abc import Iterator

from croisee.dataset import Dataset
from croisee.language import Label, Phrase, phrase
from croisee.portrait.recognising import HOST, JOIN, Wave, is_portrait, latest
from croisee.study import QuestionKind
from croisee.survey import wave_sizes
from croisee.tables import MeetingTable, RawTable, ToolTable

NO_TOOL = frozenset({"aucun", "autre"})
"""Options that name no tool."""
USES: dict[str, Phrase] = {
    JOIN: phrase("Réunions à distance"),
    "partage": phrase("Dossiers en ligne"),
    "echanges": phrase("Messages en équipe"),
    "bureautique": phrase("Documents"),
    "comptes": phrase("Comptes"),
    "membres": phrase("Liste des membres"),
    "public": phrase("Paroles au public"),
}
"""The questions of the portrait that name tools, and the use each asks about."""


def tool_tables(dataset: Dataset) -> Iterator[tuple[str, RawTable]]:
    """Yield, for the last edition of each portrait, what the gate draws the tools from."""
    study = dataset.study
    portraits = [one for one in study.instruments if is_portrait(one)]
    for wave in latest(study, portraits, dataset.waves()):
        bases = wave_sizes(dataset, wave.instrument.code, wave.edition)
        asked = {one.code for one in wave.instrument.questions if one.kind is QuestionKind.MULTIPLE}
        uses = tuple((code, _label(name)) for code, name in USES.items() if code in asked)
        source, edition = wave.instrument.code, wave.edition
        yield f"outils.{wave.name}", ToolTable(source, edition, uses, bases)
        tools = common_tools(wave)
        if tools:
            meeting = MeetingTable(source, edition, HOST, JOIN, tools, bases)
            yield f"rencontres.{wave.name}", meeting


def common_tools(wave: Wave) -> tuple[str, ...]:
    """Return the tools that both questions on meetings name, in the questionnaire's order."""
    hosted = {option.code for option in wave.instrument.question(HOST).options}
    return tuple(
        option.code
        for option in wave.instrument.question(JOIN).options
        if option.code in hosted and option.code not in NO_TOOL
    )


def _label(words: Phrase) -> Label:
    return Label(words.to("fr"), words.to("en"))
