"""What the team writes: findings, leaflets, milestones, context, reported figures, masks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pyarrow as pa

from croisee.deidentify import MaskEntry
from croisee.findings import Finding, KeyNumber, Leaflet, Reported
from croisee.language import Label, phrase
from croisee.studyfolder import messages, words
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import CONTEXT, MASK, MILESTONES, REPORTED
from croisee.studyfolder.names import Names, as_table
from croisee.studyfolder.problems import Said
from croisee.studyfolder.toml_source import Section, read_toml
from croisee.text import folded_label, spelled_numbers, typed_numbers

FORMS = (
    "sur",
    "pct",
    "nombre",
    "base",
    "points",
    "dix",
    "fraction",
    "rang",
    "montant",
    "mot",
)
_MARK = re.compile(r"\{([^{}]*)\}")
_INSIDE = re.compile(r"[^\s{}|/@]+(?:/[^\s{}|@]+)?(?:@[^\s{}|]+)?(?:\|([a-z]+))?")
_MOST_KEY_NUMBERS = 3
Near = Callable[[str, Iterable[str]], str]


class Writings:
    """``constats.toml``, checked against what the rest of the folder declares."""

    def __init__(
        self, folder: Folder, names: Names, excerpts: tuple[str, ...], references: tuple[str, ...]
    ) -> None:
        self.cases = tuple(names.cases)
        self.excerpts = excerpts
        self.references = references
        self.literals: tuple[str, ...] = ()
        self.findings: tuple[Finding, ...] = ()
        self.leaflets: tuple[Leaflet, ...] = ()
        key = folder.find(("constats", "findings"), (".toml",))
        top = read_toml(folder, key) if key else None
        if top:
            self._read(top)
            top.warn_of_the_rest()

    def _read(self, top: Section) -> None:
        sections = list(top.sections("constats", "findings"))
        self.literals = tuple(
            literal for section in sections for literal in section.texts("litteraux", "literals")
        )
        findings: dict[str, Finding] = {}
        for section in sections:
            finding = self._finding(section)
            if finding.code in findings:
                section.refuse("code", messages.twice(finding.code, None))
            elif finding.code:
                findings[finding.code] = finding
        self.findings = tuple(findings.values())
        leaflets: dict[str, Leaflet] = {}
        for section in top.sections("feuillets", "leaflets"):
            leaflet = self._leaflet(section, findings)
            if leaflet.case in leaflets:
                section.refuse("cas", messages.twice(leaflet.case, None))
            elif leaflet.case:
                leaflets[leaflet.case] = leaflet
        self.leaflets = tuple(leaflets.values())

    def _finding(self, section: Section) -> Finding:
        literals = section.texts("litteraux", "literals")
        finding = Finding(
            code=section.text("code", required=True),
            title=self._prose(section, ("titre", "title"), literals, required=True),
            text=self._prose(section, ("texte", "text"), literals, required=True),
            section=section.text("section"),
            section_en=section.text("section_en"),
            cases=section.refs("cas", "cases", known=self.cases) or self.cases,
            status=section.word("etat", "status", words=words.STATUSES, default="brouillon"),
            figures=section.texts("figures"),
            quotes=self._known(
                section, ("extraits", "quotes", "excerpts"), self.excerpts, "extraits"
            ),
            minority=self._prose(section, ("dissidence", "minority"), literals),
            leaflets=section.refs("feuillets", "leaflets", known=self.cases),
            references=self._known(section, ("references",), self.references, "references.bib"),
            literals=literals,
            proposal=section.flag("proposition", "proposal"),
        )
        section.warn_of_the_rest()
        return finding

    def _leaflet(self, section: Section, findings: dict[str, Finding]) -> Leaflet:
        numbers = tuple(
            KeyNumber(
                self._mark(line),
                self._prose(line, ("texte", "caption"), self.literals, required=True),
            )
            for line in section.sections("chiffres", "numbers")
        )
        if len(numbers) > _MOST_KEY_NUMBERS:
            section.refuse("chiffres", messages.out_of_range(str(len(numbers)), 0, 3))
        codes = tuple(findings)
        minority = self._known(section, ("dissidence", "minority"), codes, "constats.toml")
        leaflet = Leaflet(
            case=section.ref("cas", "case", known=self.cases),
            title=self._prose(section, ("titre", "title"), self.literals),
            lead=self._prose(section, ("chapeau", "lead"), self.literals),
            numbers=numbers[:_MOST_KEY_NUMBERS],
            figure=section.text("figure"),
            quotes=self._known(
                section, ("extraits", "quotes", "excerpts"), self.excerpts, "extraits"
            ),
            proposals=self._known(section, ("propositions", "proposals"), codes, "constats.toml"),
            minority=minority[0] if minority else "",
        )
        section.warn_of_the_rest()
        return leaflet

    def _mark(self, line: Section) -> str:
        mark = line.text("repere", "mark", required=True)
        found = _MARK.fullmatch(mark)
        if mark and found is None:
            line.refuse("repere", _not_a_mark(mark))
        elif found and (fault := _fault_of_mark(found[1], line.source.problems.near)):
            line.refuse("repere", fault)
        return mark

    def _known(
        self, section: Section, keys: tuple[str, ...], known: Iterable[str], source: str
    ) -> tuple[str, ...]:
        """Read keys declared elsewhere, as written there (case aside)."""
        by_key = {folded_label(one): one for one in known}
        found: list[str] = []
        for text in section.texts(*keys):
            one = by_key.get(folded_label(text))
            if one is None:
                near = section.source.problems.near(text, by_key.values())
                section.refuse(section.named(*keys), messages.unknown_code(text, near, source))
            else:
                found.append(one)
        return tuple(found)

    def _prose(
        self,
        section: Section,
        keys: tuple[str, ...],
        literals: tuple[str, ...],
        *,
        required: bool = False,
    ) -> Label:
        """Read a text that may hold marks; refuse its typed numbers, flag those in letters."""
        label = section.label(*keys, required=required)
        key = section.named(*keys)
        for language, text in (("fr", label.fr), ("en", label.en)):
            where = key if language == "fr" else f"{key}_en"
            for fault in prose_faults(text, literals, near=section.source.problems.near):
                section.refuse(where, fault)
            for number in spelled_numbers(text, "fr" if language == "fr" else "en"):
                section.warn(where, _spelled(number.text))
        return label


def _no_guess(word: str, known: Iterable[str]) -> str:
    del word, known
    return ""


def prose_faults(
    text: str, literals: Iterable[str] = (), *, near: Near = _no_guess
) -> tuple[Said, ...]:
    """Return what must be corrected in a text that may hold marks: what is wrong, what to do.

    Marks badly written, a brace left open, numbers typed by hand (not those of ``literals``).
    ``near`` finds the word somebody may have meant.
    """
    found = [_fault_of_mark(mark[1], near) for mark in _MARK.finditer(text)]
    if set(_MARK.sub("", text)) & {"{", "}"}:
        found.append(_open_brace())
    found += [_typed(number.text) for number in typed_numbers(text, literals=literals)]
    return tuple(fault for fault in found if fault is not None)


def _fault_of_mark(inside: str, near: Near) -> Said | None:
    found = _INSIDE.fullmatch(inside)
    if found is None:
        return _not_a_mark(f"{{{inside}}}")
    if found[1] and found[1] not in FORMS:
        return messages.unknown_word(found[1], near(found[1], FORMS), FORMS)
    return None


def _not_a_mark(mark: str) -> Said:
    return (
        phrase("« {mark} » n’est pas un repère.", mark=messages.shown(mark)),
        phrase("Écrivez {example}.", example="{eclair.2020.aide/aucune@carrefours|fraction}"),
    )


def _open_brace() -> Said:
    return (
        phrase("Une accolade n’est pas refermée."),
        phrase("Écrivez {example}.", example="{eclair.2020.aide/aucune@carrefours}"),
    )


def _typed(number: str) -> Said:
    return (
        phrase("Le nombre « {number} » est tapé dans le texte.", number=number),
        phrase("Remplacez-le par un repère, ou ajoutez l’expression relue dans « litteraux »."),
    )


def _spelled(number: str) -> Said:
    return (
        phrase("« {number} » est un nombre écrit en lettres.", number=number),
        phrase("Vérifiez-le : il ne sera pas recalculé."),
    )


def read_masks(folder: Folder) -> tuple[MaskEntry, ...]:
    """Read ``masquer``: the names to mask, and their other writings."""
    table = folder.table(MASK)
    entries: list[MaskEntry] = []
    lines: dict[str, int] = {}
    for row in table.rows() if table else ():
        text = row.required("texte")
        kind = row.word("type", words.MASK_KINDS)
        if folded_label(text) in lines:
            row.refuse("texte", messages.twice(text, lines[folded_label(text)]))
        elif text:
            lines[folded_label(text)] = row.line
            replacement = row.text("remplacement")
            entries.append(
                MaskEntry(text, kind or "autre", replacement, tuple(row.listed("variantes")))
            )
    return tuple(entries)


def read_milestones(folder: Folder) -> pa.Table:
    """Read ``jalons``."""
    table = folder.table(MILESTONES)
    rows = []
    for row in table.rows() if table else ():
        row.required("date")
        on, lane = row.date("date"), row.word("volet", words.LANES)
        label = row.required("libelle")
        if on and lane:
            rows.append(
                {
                    "on": on.text,
                    "lane": lane,
                    "label_fr": label,
                    "label_en": row.text("libelle_en"),
                }
            )
    return as_table("milestones", rows)


def read_context(folder: Folder, references: tuple[str, ...]) -> pa.Table:
    """Read ``contexte``: figures from elsewhere, each with its source."""
    table = folder.table(CONTEXT)
    rows = []
    lines: dict[str, int] = {}
    for row in table.rows() if table else ():
        code = row.code("code")
        row.required("valeur")
        reference = row.text("reference")
        if reference and reference not in references:
            near = row.near(reference, references)
            row.refuse("reference", messages.unknown_code(reference, near, "references.bib"))
        if code in lines:
            row.refuse("code", messages.twice(code, lines[code]))
        elif code:
            lines[code] = row.line
            rows.append(
                {
                    "code": code,
                    "group_fr": row.text("groupe"),
                    "group_en": row.text("groupe_en"),
                    "statement_fr": row.required("enonce"),
                    "statement_en": row.text("enonce_en"),
                    "value": row.number("valeur"),
                    "unit": row.text("unite"),
                    "source_fr": row.required("source"),
                    "source_en": row.text("source_en"),
                    "reference": reference,
                    "year": row.text("annee"),
                }
            )
    return as_table("context", rows)


def read_reported(folder: Folder) -> tuple[Reported, ...]:
    """Read ``rapportes``: figures as another document printed them."""
    table = folder.table(REPORTED)
    return tuple(
        Reported(
            row.required("cle"),
            row.required("imprime"),
            Label(row.text("ou"), row.text("ou_en")),
        )
        for row in (table.rows() if table else ())
    )
