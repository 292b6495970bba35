"""The codebook of a package: what each questionnaire asked, in CSV and in DDI-Codebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from croisee.disclosure import ReleasedTable
from croisee.formats import write_csv
from croisee.formats.ddi import Archived, Described, write_ddi
from croisee.formats.labelled import Labelled, Multiple, Variable
from croisee.language import Label, Language, Phrase, phrase
from croisee.run.labelled_answers import variables_of
from croisee.run.package_metadata import KIND, Metadata, citation_line
from croisee.study import Instrument, Subject, Theme

_CODEBOOK = (
    "instrument", "question", "libelle", "libelle_en", "type", "nature", "option", "option_libelle",
    "option_libelle_en",
)  # fmt: skip
_GUIDE = (
    "ordre", "theme", "genre", "libelle", "libelle_en", "cas", "option", "option_libelle",
    "option_libelle_en",
)  # fmt: skip
_TABLES = (
    "fichier",
    "figure",
    "cle",
    "genre",
    "titre",
    "titre_en",
    "base",
    "n",
    "cadre",
    "edition",
)
_UNITS = {Subject.PERSON: phrase("Personne"), Subject.ORGANISATION: phrase("Organisme")}
NO_ROWS = phrase(
    "Aucune ligne par personne ni par organisme : les tableaux sont agrégés, et passés par les "
    "règles de divulgation de l’étude."
)
Sections = tuple[tuple[str, dict[str, str], tuple[str, ...]], ...]


def write_codebooks(folder: Path, instruments: Iterable[Instrument]) -> None:
    """Write a CSV for each questionnaire: a line a question, or a line an option."""
    folder.mkdir()
    for one in instruments:
        write_csv(folder / f"{one.code}.csv", _CODEBOOK, _lines(one))


def _lines(instrument: Instrument) -> Iterator[Sequence[str]]:
    for one in instrument.questions:
        asked = (instrument.code, one.code, one.label.fr, one.label.en, one.kind.value,
                 one.nature.value)  # fmt: skip
        for option in one.options:
            yield (*asked, option.code, option.label.fr, option.label.en)
        if not one.options:
            yield (*asked, "", "", "")


def write_guide(path: Path, themes: Iterable[Theme]) -> None:
    """Write the guide of the groups and interviews: a line a theme, a wording or an option.

    ``cas`` names the network that was asked otherwise.
    """
    write_csv(path, _GUIDE, (line for one in themes for line in _guide_lines(one)))


def _guide_lines(theme: Theme) -> Iterator[Sequence[object]]:
    asked = (theme.order, theme.code, theme.kind)
    yield (*asked, theme.label.fr, theme.label.en, "", "", "", "")
    for case, wording in theme.wording:
        yield (*asked, wording.fr, wording.en, case, "", "", "")
    for option in theme.options:
        said = (option.code, option.label.fr, option.label.en)
        yield (*asked, theme.label.fr, theme.label.en, "", *said)


def write_table_list(path: Path, tables: Iterable[ReleasedTable]) -> None:
    """Write what each file of numbers shows: its title, and each base it counts."""
    lines = [
        (f"{one.code}.csv", one.code, one.key, one.kind.value, one.title.fr, one.title.en, *base)
        for one in tables
        for base in _bases(one)
    ]
    write_csv(path, _TABLES, sorted(lines, key=lambda line: (line[0], str(line[6]))))


def _bases(one: ReleasedTable) -> list[tuple[object, ...]]:
    """Return the bases of a table as readers may know them; a line of nothing without any."""
    told: list[tuple[object, ...]] = [
        (base.id, base.n, base.frame, base.edition) for base in one.bases
    ]
    return told or [("", None, None, "")]


def asked_of(one: Metadata, language: Language) -> tuple[Labelled, Sections]:
    """Return the variables of every questionnaire, named ``<instrument>.<question>``."""
    variables: list[Variable] = []
    multiples: list[Multiple] = []
    sections = []
    for instrument in one.study.instruments:
        table = variables_of(instrument, language)
        start = f"{instrument.code}."
        named = [replace(v, name=f"{start}{v.name}") for v in table.variables]
        variables += named
        multiples += [
            Multiple(f"{start}{m.name}", m.label, tuple(f"{start}{n}" for n in m.variables))
            for m in table.multiples
        ]
        if named:
            names = tuple(v.name for v in named)
            sections.append((instrument.code, one.by_language(instrument.name), names))
    title = one.study.title.to(language)
    return Labelled(title, tuple(variables), tuple(multiples)), tuple(sections)


def ddi_of(one: Metadata, materials: Sequence[tuple[str, Label | Phrase]]) -> bytes:
    """Return the DDI-Codebook of the package, whose files are ``materials``, in its languages."""
    study, first = one.study, one.first
    table, sections = asked_of(one, first)
    others: dict[str, Labelled] = {code: asked_of(one, code)[0] for code in one.languages[1:]}
    described = Described(
        one.release.code,
        study.title.to(first),
        one.description.to(first),
        study.team.to(first),
        first,
    )
    licence, terms = one.deposit.licence, one.deposit.conditions.to(first)
    subjects = dict.fromkeys(method.subject for method in study.methods)
    archived = Archived(
        titles=one.by_language(study.title),
        abstracts=one.by_language(one.description),
        authors=tuple((author.name, author.affiliation) for author in one.authors),
        contact=one.contact,
        software=one.release.software,
        produced=one.sealed_on.isoformat(),
        version=one.release.code,
        citation=citation_line(one, first),
        subject=one.deposit.subject,
        keywords=(
            *(("fr", word) for word in one.deposit.keywords),
            *(("en", word) for word in one.deposit.keywords_en),
        ),
        collected=one.collected(),
        units=tuple(
            {code: _UNITS[subject].to(code) for code in one.languages} for subject in subjects
        ),
        universes=tuple(one.by_language(case.name) for case in study.cases),
        kind=KIND.to(first),
        modes=tuple(one.by_language(method.name) for method in study.methods),
        authorised=tuple((board.board, board.number) for board in study.certificates),
        restriction=NO_ROWS.to(first),
        conditions=" ".join(text for text in (licence, terms) if text),
        sections=sections,
        materials=tuple(
            (path, {code: label.to(code) for code in one.languages}) for path, label in materials
        ),
    )
    return write_ddi(table, described, others=others, archived=archived)
