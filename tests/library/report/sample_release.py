"""A rich synthetic Release: every kind of table, every form of value, four networks."""

from dataclasses import replace
from datetime import date

from tests.library.report.sample_study import STUDY
from tests.library.report.sample_tables import TABLES

from croisee.disclosure.released import (
    _GATE,
    Correction,
    Kind,
    Release,
    ReleasedFinding,
    ReleasedQuote,
    ReleasedTable,
)
from croisee.disclosure.values import Mask, exact
from croisee.findings import KeyNumber, Leaflet, Reference
from croisee.language import Label

QUOTES = (
    ReleasedQuote(
        "V-12",
        "machine",
        "Avant le soutien, il faut une machine qui marche.",
        "quartiers",
        "groupe",
        "2021",
    ),
    ReleasedQuote(
        "V-44",
        "quelquun",
        "Je veux quelqu'un qui vient s'asseoir avec nous, qui revient le mois d'après.",
        "carrefours",
        "groupe",
        "2021",
    ),
    ReleasedQuote(
        "V-45",
        "ensemble",
        "Chez nous, [organisme] a tout changé en une fin de semaine.",
        "tables-famille",
        "",
        "2021",
        masks=(Mask.QUOTE_LABEL,),
    ),
    ReleasedQuote(
        "V-46",
        "ailleurs",
        "On se parle moins, c'est sûr.",
        "",
        "",
        "2021",
        masks=(Mask.QUOTE_LABEL,),
    ),
    ReleasedQuote(
        "V-47",
        "cercle",
        "Notre fonds est petit, mais il tient.",
        "carrefours",
        "groupe",
        "2021",
        audience="cercle:carrefours",
    ),
)

FINDINGS = (
    ReleasedFinding(
        "C-01",
        Label(
            "Une personne qui revient vaut mieux qu’une formation de plus",
            "Someone who comes back beats one more course",
        ),
        Label(
            "Parmi les carrefours, {eclair.2020.aide/aucune@carrefours|pct} n’ont aucune aide "
            "régulière. Le matériel est là, l’aide manque.\n\nDans la Coalition des "
            "quartiers, c’est le cas de {eclair.2020.aide/aucune@quartiers}.",
            "Among hubs, {eclair.2020.aide/aucune@carrefours|pct} have no regular help. The "
            "equipment is there, help is missing.\n\nAmong neighbourhood tables: "
            "{eclair.2020.aide/aucune@quartiers}.",
        ),
        "Accès et soutien",
        ("carrefours", "quartiers"),
        "valide",
        ("eclair.2020.aide", "rangs.technologies"),
        ("quelquun", "machine"),
        leaflets=("carrefours", "quartiers"),
        references=("lebrun2019",),
    ),
    ReleasedFinding(
        "C-02",
        Label("Le soutien d’abord, ou le matériel?", "Support first, or equipment?"),
        Label(
            "Le soutien sur place arrive {rangs.technologies/soutien@carrefours|rang} chez "
            "les carrefours.",
            "On-site support comes {rangs.technologies/soutien@carrefours|rang} among hubs.",
        ),
        "Accès et soutien",
        ("carrefours", "tables-famille"),
        "dispute",
        ("rangs.technologies",),
        ("ensemble",),
        minority=Label(
            "Des personnes trouvent que le matériel doit passer avant le soutien.",
            "Some people think equipment should come before support.",
        ),
        leaflets=("carrefours", "tables-famille"),
    ),
    ReleasedFinding(
        "C-03",
        Label(
            "Ni tout à la maison, ni tout au bureau", "Neither all at home nor all at the office"
        ),
        Label(
            "Personne ne défend le bureau à temps plein. Les arguments pour l’alternance "
            "viennent de tous les réseaux.",
            "No one defends the office full-time. Arguments for hybrid work come from all "
            "networks.",
        ),
        "Télétravail",
        ("carrefours", "quartiers", "praticiens", "tables-famille"),
        "valide",
        ("positions.teletravail", "arguments.teletravail"),
        ("ailleurs",),
        leaflets=("praticiens",),
    ),
    ReleasedFinding(
        "C-04",
        Label(
            "Un poste de soutien partagé entre les régions",
            "A support position shared between regions",
        ),
        Label(
            "Une personne-ressource mobile, portée par plusieurs réseaux.",
            "A mobile resource person, shared by several networks.",
        ),
        "Propositions",
        ("carrefours",),
        "valide",
        (),
        (),
        leaflets=("carrefours",),
        proposal=True,
    ),
    ReleasedFinding(
        "C-05",
        Label("Un fonds pour la connexion", "A fund for connections"),
        Label("Rembourser la connexion des personnes membres.", "Refund members’ connections."),
        "Propositions",
        ("carrefours", "praticiens"),
        "discute",
        (),
        (),
        leaflets=("carrefours", "praticiens"),
        proposal=True,
    ),
)

LEAFLETS = (
    Leaflet(
        "carrefours",
        Label(
            "Une personne qui revient vaut mieux qu’une formation de plus",
            "Someone who comes back beats one more course",
        ),
        Label(
            "Les équipes ont des appareils. Ce qui manque, c’est quelqu’un pour aider, sur "
            "place et dans la durée.",
            "Teams have devices. What is missing is someone to help, on site and over time.",
        ),
        (
            KeyNumber(
                "{participation.eclair.2020/carrefours@repondu}",
                Label(
                    "carrefours ont répondu au sondage-éclair.", "hubs answered the flash survey."
                ),
            ),
            KeyNumber(
                "{eclair.2020.aide/aucune@carrefours|dix}",
                Label("n’ont aucune aide technique régulière.", "have no regular technical help."),
            ),
            KeyNumber(
                "{eclair.2020.besoins/connexion}",
                Label("demandent une meilleure connexion.", "ask for a better connection."),
            ),
        ),
        "eclair.2020.besoins",
        ("quelquun", "machine"),
        ("C-04", "C-05"),
        "C-02",
    ),
)

REFERENCES = (
    Reference(
        "lebrun2019",
        Label(
            "Lebrun, A. (2019). Le numérique au quotidien (ouvrage inventé).",
            "Lebrun, A. (2019). Le numérique au quotidien (invented).",
        ),
        "https://exemple.ca/lebrun",
    ),
)
CORRECTIONS = (
    Correction(
        "participation.eclair.2020/carrefours@repondu",
        "75 %",
        Label("p. 12 du rapport précédent", "p. 12 of the previous report"),
        exact(46, 64),
    ),
)


def release_of(tables: tuple[ReleasedTable, ...], **changes: object) -> Release:
    """A sealed Release of these tables and of all quotes and findings, with ``changes``."""
    parts: dict[str, object] = {
        "code": "2026a",
        "study": STUDY,
        "tables": tables,
        "quotes": QUOTES,
        "findings": FINDINGS,
        "leaflets": LEAFLETS,
        "references": REFERENCES,
        "corrections": CORRECTIONS,
        "dataset_mac": "5f" * 32,
        "software": "croisee 0.1.0",
        "sealed_on": date(2026, 12, 1),
    }
    return Release(_gate=_GATE, **(parts | changes))


def sample_release() -> Release:
    """Everything, sealed."""
    return release_of(TABLES)


def draft_sample() -> Release:
    """The same, unsealed: « épreuve » on every page."""
    return release_of(TABLES, sealed_on=None)


def survey_only() -> Release:
    """A study that has nothing but one survey: no quote, no finding, no group."""
    kinds = {Kind.PARTICIPATION, Kind.CASE_ROWS, Kind.ONE_WAY, Kind.MULTIPLE}
    return release_of(
        tuple(t for t in TABLES if t.kind in kinds),
        quotes=(),
        findings=(),
        leaflets=(),
        references=(),
        corrections=(),
    )


def interviews_only() -> Release:
    """A study of one network that has nothing but interviews: a code matrix and two quotes."""
    study = replace(
        STUDY, cases=STUDY.cases[:1], instruments=(), themes=(), languages=("fr",), certificates=()
    )
    return release_of(
        tuple(t for t in TABLES if t.kind is Kind.CODE_CASE),
        study=study,
        quotes=QUOTES[1:2],
        findings=(),
        leaflets=(),
        references=(),
        corrections=(),
    )


def bare() -> Release:
    """Nothing released at all: the report still has its method."""
    return release_of((), quotes=(), findings=(), leaflets=(), references=(), corrections=())
