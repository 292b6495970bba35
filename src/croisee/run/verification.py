"""``equipe/verification.html``: what was checked, masked, corrected, contradicted, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from croisee.disclosure import Breach, correction_sentence, day
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.aftermath import ACTS, aftermath
from croisee.run.package_register import ASK, Held, packages_held, place_and_day, stale_in
from croisee.run.preparation import Prepared
from croisee.run.receipts import Receipt, receipts
from croisee.text import typeset, typeset_html

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the page: a sentence, and a table when there is something to list."""

    anchor: str
    title: str
    lead: str
    header: Row
    rows: tuple[Row, ...]

    @property
    def count(self) -> int:
        """Return how many lines the section has."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page, in one language."""

    language: Language
    title: str
    secret: str
    contents: str
    verdict: str
    passed: bool
    identity: tuple[tuple[str, str], ...]
    sections: tuple[Part, ...]


def verification_html(prepared: Prepared, language: Language) -> str:
    """Return the page. It names raw values: it stays in ``equipe/``."""
    environment = Environment(
        loader=PackageLoader("croisee.run"), autoescape=True, undefined=StrictUndefined
    )

    def typo(text: object) -> Markup:
        return Markup(typeset_html(str(text), language))  # noqa: S704 -- typeset_html escapes

    def words(text: str) -> str:
        """Typeset a text for an attribute or a title: no tag; the template escapes it."""
        return typeset(text, language, medium="html")

    return environment.get_template("verification.html").render(
        page=_page(prepared, language), typo=typo, words=words
    )


def _page(prepared: Prepared, language: Language) -> Page:
    release, audit = prepared.release, prepared.audit

    def say(text: Phrase) -> str:
        return text.to(language)

    if audit.passed:
        verdict = phrase("L’audit n’a trouvé aucun moyen de reconnaître quelqu’un.")
    else:
        verdict = phrase("L’audit refuse cette diffusion : voir la section Audit.")
    state = (
        phrase("épreuve, non scellée")
        if release.sealed_on is None
        else phrase("arrêtée le {on}", on=day(release.sealed_on))
    )
    return Page(
        language,
        say(phrase("Vérification de la diffusion {code}", code=release.code)),
        say(phrase("Pour l’équipe seulement. Cette page montre des valeurs qui ne sortent pas.")),
        say(phrase("Dans cette page")),
        say(verdict),
        audit.passed,
        (
            (say(phrase("Étude")), release.study.title.to(language)),
            (say(phrase("Diffusion")), f"{release.code} ({say(state)})"),
            (say(phrase("Jeu gelé")), prepared.dataset.digest),
            (say(phrase("Empreinte à clé (publique)")), release.dataset_mac),
            (say(phrase("Logiciel")), release.software),
        ),
        tuple(_sections(prepared, language)),
    )


def _sections(prepared: Prepared, language: Language) -> Iterable[Part]:
    yield _problems(prepared, language)
    yield _contradictions(prepared, language)
    yield _corrections(prepared, language)
    yield _refusals(prepared, language)
    yield _masked(prepared, language)
    if prepared.folder.consents:
        yield _consents(prepared, language)
    if found := receipts(prepared):
        yield _left(found, language)
    if not prepared.release.draft:
        yield _aftermath(prepared, language)
    if packages := packages_held(prepared):
        yield _packages(packages, language)
    yield _deidentified(prepared, language)
    yield _audit(prepared, language)


def _part(
    anchor: str, texts: tuple[Phrase, Phrase], header: Iterable[Phrase], rows: Iterable[Row],
    language: Language,
) -> Part:  # fmt: skip
    title, lead = (text.to(language) for text in texts)
    return Part(anchor, title, lead, tuple(name.to(language) for name in header), tuple(rows))


def _problems(prepared: Prepared, language: Language) -> Part:
    problems = prepared.folder.problems
    lead = phrases(
        "{n} point à regarder dans le dossier d’étude.",
        "{n} points à regarder dans le dossier d’étude.",
        len(problems),
    )
    header = (phrase("fichier"), phrase("ligne"), phrase("colonne"), phrase("constat"),
              phrase("quoi faire"))  # fmt: skip
    rows = (
        (
            problem.file,
            "" if problem.row is None else str(problem.row),
            problem.column or "",
            problem.message.to(language),
            problem.remedy.to(language),
        )
        for problem in problems
    )
    return _part("dossier", (phrase("Dossier d’étude"), lead), header, rows, language)


def _contradictions(prepared: Prepared, language: Language) -> Part:
    found = prepared.folder.contradictions
    lead = phrases(
        "{n} endroit où deux fichiers se contredisent. À trancher avant de sceller.",
        "{n} endroits où deux fichiers se contredisent. À trancher avant de sceller.",
        len(found),
    )
    rows = ((c.about, c.message.to(language), ", ".join(c.where)) for c in found)
    header = (phrase("sujet"), phrase("contradiction"), phrase("où"))
    return _part("contradictions", (phrase("Contradictions"), lead), header, rows, language)


def _corrections(prepared: Prepared, language: Language) -> Part:
    found = prepared.release.corrections
    lead = phrases(
        "{n} chiffre imprimé ailleurs est corrigé.",
        "{n} chiffres imprimés ailleurs sont corrigés.",
        len(found),
    )
    rows = ((c.key, c.where.to(language), correction_sentence(c).to(language)) for c in found)
    header = (phrase("clé"), phrase("où"), phrase("correction"))
    return _part("corrections", (phrase("Chiffres corrigés"), lead), header, rows, language)


def _refusals(prepared: Prepared, language: Language) -> Part:
    found = prepared.draft.log.refusals
    lead = phrases(
        "{n} chose ne sort pas, et voici la règle qui le dit.",
        "{n} choses ne sortent pas, et voici la règle qui le dit.",
        len(found),
    )
    rows = ((r.about, r.rule, r.reason.to(language) if r.reason else r.detail) for r in found)
    header = (phrase("quoi"), phrase("règle"), phrase("détail"))
    return _part("refus", (phrase("Ce qui ne sort pas"), lead), header, rows, language)


def _masked(prepared: Prepared, language: Language) -> Part:
    found = prepared.draft.log.masked
    lead = phrases(
        "{n} valeur est élargie ou réunie ; sa valeur brute est ici et nulle part ailleurs.",
        "{n} valeurs sont élargies ou réunies ; leur valeur brute est ici et nulle part ailleurs.",
        len(found),
    )
    rows = ((key, _text(what, language)) for key, what in found)
    header = (phrase("clé"), phrase("valeur brute"))
    return _part("masques", (phrase("Ce qui est masqué"), lead), header, rows, language)


def _consents(prepared: Prepared, language: Language) -> Part:
    people = list(prepared.folder.consents.values())
    scope = prepared.dataset.consent
    lead = phrases(
        "{n} personne inscrite. Ces nombres restent dans l’équipe.",
        "{n} personnes inscrites. Ces nombres restent dans l’équipe.",
        len(people),
    )
    unquoted = sum(consent.stands and not consent.quote for consent in people)
    rows = [
        (phrase("réponses et paroles analysées"), scope.kept),
        (phrase("refus de l’analyse"), scope.refused),
        (phrase("refus des citations (analysées quand même)"), unquoted),
        (phrase("retraits"), scope.withdrawn),
        (phrase("codes que personne n’a inscrits, laissés de côté"), scope.unknown),
    ]
    told = ((name.to(language), str(n)) for name, n in rows)
    header = (phrase("quoi"), phrase("personnes"))
    return _part("consentements", (phrase("Consentements"), lead), header, told, language)


def _left(found: tuple[Receipt, ...], language: Language) -> Part:
    lead = phrases(
        "{n} personne est partie, ou ne veut plus être citée, depuis le scellement. "
        "Son reçu est dans recus/. Effacez du dossier d’étude ce qui y reste d’elle.",
        "{n} personnes sont parties, ou ne veulent plus être citées, depuis le scellement. "
        "Leurs reçus sont dans recus/. Effacez du dossier d’étude ce qui y reste d’elles.",
        len(found),
    )
    rows = ((r.participant, ", ".join(r.quotes), ", ".join(r.kept)) for r in found)
    header = (phrase("personne"), phrase("extraits partis"), phrase("reste dans le dossier"))
    return _part("departs", (phrase("Depuis le scellement : départs"), lead), header, rows,
                 language)  # fmt: skip


def _aftermath(prepared: Prepared, language: Language) -> Part:
    found = aftermath(prepared)
    lead = phrases(
        "{n} acte au registre pour cette diffusion.",
        "{n} actes au registre pour cette diffusion.",
        len(found),
    )
    rows = (
        (
            _on(at, prepared).to(language) if at else "",
            ACTS[act].to(language) if act in ACTS else act,
            f"{code} {key}".strip(),
            detail,
        )
        for at, act, code, key, detail in found
    )
    header = (phrase("quand"), phrase("acte"), phrase("quoi"), phrase("qui et pourquoi"))
    return _part("suites", (phrase("Registre de la diffusion"), lead), header, rows, language)


def _packages(found: tuple[Held, ...], language: Language) -> Part:
    stale = sum(one.stale for one in found)
    lead = phrases(
        "{n} dépôt préparé porte encore ce qui ne doit plus se lire. {ask}",
        "{n} dépôts préparés portent encore ce qui ne doit plus se lire. {ask}",
        stale,
        ask=ASK,
    ) if stale else phrase("Aucun dépôt préparé ne porte ce qui ne doit plus se lire.")  # fmt: skip
    rows = (
        (
            place_and_day(one).to(language),
            one.deposit.release,
            one.deposit.digest[:16],
            str(len(one.deposit.quotes)),
            " ".join(said.to(language) for said in stale_in(one)),
            str(one.counted or ""),
        )
        for one in found
    )
    header = (
        phrase("quand"),
        phrase("diffusion"),
        phrase("empreinte du zip"),
        phrase("extraits"),
        phrase("à reprendre"),
        phrase("personnes parties, comptées dans ses nombres"),
    )
    return _part("depots", (phrase("Dépôts préparés"), lead), header, rows, language)


def _on(at: str, prepared: Prepared) -> Phrase:
    """Return the day of a line of the register, where the study is."""
    zone = ZoneInfo(prepared.release.study.timezone)
    return day(datetime.fromisoformat(at).astimezone(zone).date())


def _deidentified(prepared: Prepared, language: Language) -> Part:
    summary, stale = prepared.masked.summary, prepared.masked.stale
    lead = phrase(
        "Passages qui pourraient nommer quelqu’un : {candidates} ; sans décision, donc "
        "masqués : {undecided} ; décisions qui ne valent plus, car le texte a changé : {stale}. "
        "Tout est dans relectures/candidats.html.",
        candidates=summary.candidates,
        undecided=summary.undecided,
        stale=len(stale),
    )
    rows = (
        (name, str(turns), str(candidates), str(undecided))
        for name, turns, candidates, undecided in summary.documents
    )
    header = (phrase("document"), phrase("tours"), phrase("candidats"), phrase("sans décision"))
    title = phrase("Désidentification")
    return _part("desidentification", (title, lead), header, rows, language)


def _audit(prepared: Prepared, language: Language) -> Part:
    audit = prepared.audit
    lead = phrase(
        "Cibles prouvées sûres : {certified} ; failles : {breaches} ; indécises, refusées "
        "aussi : {undecided} ; avertissements qui demandent une décision nommée : {warnings}. "
        "Détail dans audit.json.",
        certified=sum(audit.certified.values()),
        breaches=len(audit.breaches),
        undecided=len(audit.undecided),
        warnings=len(audit.warnings),
    )
    rows = [
        *((_target(b), b.says().to(language), ", ".join(b.tables)) for b in audit.breaches),
        *((_target(u), u.says().to(language), ", ".join(u.tables)) for u in audit.undecided),
        *(("", warning, "") for warning in sorted(audit.warnings)),
    ]
    header = (phrase("cible"), phrase("constat"), phrase("tableaux"))
    return _part("audit", (phrase("Audit"), lead), header, rows, language)


def _target(found: Breach | object) -> str:
    target = getattr(found, "target", None)
    names = ("group", "question", "level")
    return " · ".join(str(getattr(target, name)) for name in names if getattr(target, name, ""))


def _text(value: object, language: Language) -> str:
    return value.to(language) if isinstance(value, Phrase) else str(value)
