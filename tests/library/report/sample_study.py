"""An invented study of four networks, for the tests of the report."""

from datetime import date
from decimal import Decimal

from croisee.language import Label
from croisee.study import (
    Case,
    Certificate,
    Component,
    Diffusion,
    Edition,
    Instrument,
    Membership,
    Method,
    MethodKind,
    Nature,
    Option,
    Question,
    QuestionKind,
    Study,
    Subject,
    Theme,
)

CASES = (
    Case(
        "carrefours",
        Label("Réseau des carrefours", "Network of hubs"),
        Label("Carrefours", "Hubs"),
        scale=Label("nationale", "national"),
        territory=Label("15 régions", "15 regions"),
        mission=Label("Réunir les organismes d’un territoire.", "Bring a territory together."),
        unit=Label("carrefour", "hub"),
        units=Label("carrefours", "hubs"),
        memberships=(Membership(2020, 64), Membership(2022, 68)),
    ),
    Case(
        "quartiers",
        Label("Coalition des quartiers", "Coalition of neighbourhoods"),
        Label("Quartiers", "Neighbourhoods"),
        scale=Label("régionale", "regional"),
        territory=Label("une grande ville", "one large city"),
        mission=Label("Concerter les milieux de vie.", "Bring neighbours together."),
        unit=Label("table de quartier", "neighbourhood table"),
        units=Label("tables de quartier", "neighbourhood tables"),
        memberships=(Membership(2020, 31), Membership(2022, 32)),
    ),
    Case(
        "praticiens",
        Label("Association des praticiennes et praticiens", "Association of practitioners"),
        Label("Praticien·ne·s", "Practitioners"),
        scale=Label("nationale", "national"),
        territory=Label("toutes les régions", "all regions"),
        mission=Label("Soutenir une pratique.", "Support a practice."),
        unit=Label("personne membre", "member"),
        units=Label("personnes membres", "members"),
        individuals=True,
        memberships=(Membership(2020, 200), Membership(2022, 250)),
    ),
    Case(
        "tables-famille",
        Label("Tables famille", "Family tables"),
        Label("Tables famille", "Family tables"),
        scale=Label("locale", "local"),
        territory=Label("deux quartiers", "two districts"),
        mission=Label("Agir avec les familles.", "Act with families."),
        unit=Label("organisme", "organisation"),
        units=Label("organismes", "organisations"),
        links=("praticiens",),
        components=(
            Component("nord", Label("Table famille Nord", "North family table")),
            Component("sud", Label("Table famille Sud", "South family table")),
        ),
        memberships=(Membership(2020, 54),),
    ),
)

METHODS = (
    Method(
        "eclair", Label("Sondage-éclair", "Flash survey"), MethodKind.SURVEY, Subject.ORGANISATION
    ),
    Method("questionnaire", Label("Questionnaire", "Questionnaire"), MethodKind.SURVEY),
    Method("entretien", Label("Entretiens", "Interviews"), MethodKind.INTERVIEW),
    Method("observation", Label("Observations", "Observations"), MethodKind.OBSERVATION),
    Method("groupe", Label("Groupes de discussion", "Focus groups"), MethodKind.FOCUS_GROUP),
)

AIDE = Question(
    "aide",
    Label("De quelle aide technique disposez-vous?", "What technical help do you have?"),
    QuestionKind.ORDINAL,
    (
        Option("aucune", Label("Aucune aide régulière", "No regular help")),
        Option("parfois", Label("Une aide de temps en temps", "Help from time to time")),
        Option("souvent", Label("Une aide chaque semaine", "Help every week")),
    ),
    nature=Nature.ORDINARY,
    subject=Subject.ORGANISATION,
)

STUDY = Study(
    title=Label("Le numérique dans nos réseaux", "Digital technology in our networks"),
    question=Label(
        "Comment les équipes justifient-elles leurs usages du numérique?",
        "How do teams justify their uses of digital technology?",
    ),
    languages=("fr", "en"),
    cases=CASES,
    editions=(
        Edition(
            "2020", Label("Printemps 2020", "Spring 2020"), date(2020, 3, 15), date(2020, 10, 30)
        ),
        Edition("2021", Label("Année 2021", "Year 2021"), date(2021, 1, 15), date(2021, 12, 10)),
    ),
    methods=METHODS,
    diffusion=Diffusion("2026a", date(2026, 11, 30), ("2020", "2021")),
    instruments=(
        Instrument("eclair", METHODS[0].name, "eclair", Subject.ORGANISATION, (AIDE,)),
        Instrument(
            "profil", Label("Fiche de profil", "Profile form"), "groupe", Subject.PERSON, ()
        ),
    ),
    themes=(
        Theme(
            "technologies",
            2,
            "rang",
            Label(
                "Trois technologies, par ordre de besoin", "Three technologies, in order of need"
            ),
        ),
        Theme(
            "teletravail",
            3,
            "position",
            Label("Le télétravail à temps plein", "Full-time telework"),
        ),
        Theme(
            "formation",
            4,
            "budget",
            Label("Un budget de formation de 100 000 $", "A training budget of $100,000"),
            total=Decimal(100000),
        ),
    ),
    certificates=(Certificate("Comité d’éthique", "2020-000", date(2020, 2, 1), date(2024, 2, 1)),),
    team=Label("Équipe de recherche sur le numérique", "Research team on digital technology"),
    contact="recherche@exemple.ca",
)
