"""The files of a study folder and their columns: ``docs/dossier-d-etude.md`` §3, as a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its French name, the others it may have, whether it must be there."""

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of the folder. ``open`` are the beginnings of columns named by the study."""

    names: tuple[str, ...]
    columns: tuple[Column, ...]
    open: tuple[str, ...] = ()

    @property
    def known(self) -> dict[str, str]:
        """Return every accepted name, and the French one it stands for."""
        return {
            word: column.name for column in self.columns for word in (column.name, *column.aliases)
        }


def _layout(names: str, columns: str, opened: str = "") -> Layout:
    """Read ``name!=alias/alias other``: ``!`` for required."""
    read = []
    for word in columns.split():
        name, _, aliases = word.partition("=")
        others = tuple(alias for alias in aliases.split("/") if alias)
        read.append(Column(name.rstrip("!"), others, name.endswith("!")))
    return Layout(tuple(names.split()), tuple(read), tuple(opened.split()))


_CASE, _PART, _EDITION = "cas!=case", "composante=component", "edition"
_LABEL = "libelle!=label libelle_en=label_en"

FRAME = _layout(
    "cadre frame", f"organisme!=organisation/organization {_CASE} {_PART} {_EDITION} region type"
)
PARTICIPANTS = _layout(
    "participants",
    f"code! {_CASE} {_PART} organisme=organisation/organization seances=sessions "
    "retrait=withdrawal age=age_group consenti_par=consented_by assentiment=assent",
    "consent_",
)
SESSIONS = _layout(
    "seances sessions",
    f"seance!=session methode!=method {_CASE} {_PART} {_EDITION} date minutes",
)
ACTIVITIES = _layout(
    "activites activities",
    f"methode!=method {_CASE} {_PART} {_EDITION} prevu=planned fait=done etat=state unite=unit "
    "unite_en=unit_en motif=reason motif_en=reason_en debut=start fin=end",
)
CODEBOOK = _layout(
    "instruments",
    f"question! {_LABEL} type! options options_en nature sujet=subject coupe=cut "
    "groupements=groupings commun=common exactement=exactly max min lecture=read "
    "sans_reponse=missing unite=unit pas=step classes identite=identity",
)
ANSWERS = _layout(
    "reponses answers",
    f"repondant!=respondent {_CASE} {_PART} organisme=organisation/organization poids=weight",
)
NO_QUESTION = frozenset(ANSWERS.known)
"""Codes that no question may have: a column of ``reponses/`` says something else under them."""
MARGINS = _layout(
    "marges margins",
    "instrument! edition variable! categorie!=category nombre!=number/count source",
)
WEIGHTS = _layout("poids weights", "repondant!=respondent poids!=weight")
DOCUMENTS = _layout(
    "documents",
    f"document fichier!=file {_CASE} methode!=method {_PART} seance=session {_EDITION} date "
    "participant fusion=merge",
)
SPEAKERS = _layout("locuteurs speakers", "document! etiquette!=label participant")
TURNS = _layout(
    "tours turns",
    "document! tour!=turn etiquette=label participant texte!=text debut=start fin=end",
)
GUIDE = _layout(
    "guide",
    f"theme! ordre!=order genre!=kind {_LABEL} options options_en total pas=step nature",
    "libelle@ label@ libelle_en@ label_en@",
)
POSITIONS = _layout("positions", "seance!=session theme! participant! position! justification")
RANKINGS = _layout("rangs rankings", "seance!=session theme! participant objet!=option rang!=rank")
BUDGETS = _layout("budgets", "seance!=session theme! participant! objectif!=option montant!=amount")
TECHNOLOGIES = _layout(
    "technologies",
    f"{_CASE} technologie!=name technologie_en=name_en classe!=group participant seance=session "
    "commun=common",
)
GROUPS = _layout("classes groups", f"classe!=group {_LABEL} ordre=order")
SESSION_LOG = _layout(
    "journal-de-seance session-log", "seance!=session theme!=question heure!=time"
)
CODES = _layout(
    "codes codebook",
    f"code! {_LABEL} definition definition_en parent genre=kind sensible=sensitive",
)
CODINGS = _layout("codages codings", "document! tour!=turn debut=start fin=end code! codeur=coder")
EXCERPTS = _layout(
    "extraits excerpts", "extrait!=key/excerpt document! tour!=turn debut=start fin=end texte=text"
)
MASK = _layout("masquer mask", "texte!=text type! remplacement!=replacement variantes=variants")
MILESTONES = _layout("jalons milestones", f"date! volet!=lane {_LABEL}")
CONTEXT = _layout(
    "contexte context",
    "code! enonce!=statement enonce_en=statement_en valeur!=value unite=unit source! source_en "
    "groupe=group groupe_en=group_en reference annee=year",
)
REPORTED = _layout("rapportes reported", "cle!=key imprime!=printed ou=where ou_en=where_en")
REFERENCES = _layout("references", "cle!=key texte!=text texte_en=text_en adresse=url/address")
CANDIDATES = _layout(
    "relectures/candidats reviews/candidates relectures/candidates reviews/candidats",
    "document! tour!=turn debut!=start fin!=end texte!=text type! proposition=proposal "
    "decision! remplacement=replacement par=by le=on source",
)
PASSAGES = _layout(
    "relectures/passages reviews/passages", "document! tour!=turn relu!=reviewed par=by le=on"
)
CUTS = _layout(
    "relectures/coupes reviews/cuts relectures/cuts reviews/coupes",
    "document! theme!=question tour=turn heure=time surete=sureness fondement=ground paroles=words "
    "decision vers=to par=by le=on",
)
EVERYWHERE = _layout(
    "relectures/partout reviews/everywhere relectures/everywhere reviews/partout",
    "texte!=text type! proposition=proposal decision! remplacement=replacement documents par=by "
    "le=on niveau=level fois=times phrase=sentence raison=reason",
)
