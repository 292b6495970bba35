"""Released tables of the study itself: cases, steps, who took part, what was done."""

from decimal import Decimal

from tests.library.report.sample_shapes import CASES, ECLAIR, JOURNAL, OVERALL, base, grid, head

from croisee.disclosure.released import (
    Fact,
    Kind,
    ReleasedTable,
)
from croisee.disclosure.values import Mask, exact, two_sided
from croisee.language import Label
from croisee.study import ActivityState, Subject

CASES_TABLE = ReleasedTable(
    "F-01",
    "cas",
    Kind.CASES,
    Label("Quatre réseaux, quatre échelles", "Four networks, four scales"),
    CASES,
    (
        head("echelle", "Échelle", "Scale"),
        head("territoire", "Territoire", "Territory"),
        head("mission", "Mission", "Mission"),
        head("membres-2020", "Membres en 2020", "Members in 2020"),
        head("membres-2022", "Membres en 2022", "Members in 2022"),
    ),
    grid(
        (
            (
                Fact(Label("nationale", "national")),
                Fact(Label("15 régions", "15 regions")),
                Fact(
                    Label("Réunir les organismes d’un territoire.", "Bring a territory together.")
                ),
                Fact(Label(""), Decimal(64)),
                Fact(Label(""), Decimal(68)),
            ),
            (
                Fact(Label("régionale", "regional")),
                Fact(Label("une grande ville", "one large city")),
                Fact(Label("Concerter les milieux de vie.", "Bring neighbours together.")),
                Fact(Label(""), Decimal(31)),
                Fact(Label(""), Decimal(32)),
            ),
            (
                Fact(Label("nationale", "national")),
                Fact(Label("toutes les régions", "all regions")),
                Fact(Label("Soutenir une pratique.", "Support a practice.")),
                Fact(Label(""), Decimal(200)),
                Fact(Label(""), Decimal(250)),
            ),
            (
                Fact(Label("locale", "local")),
                Fact(Label("deux quartiers", "two districts")),
                Fact(Label("Agir avec les familles.", "Act with families.")),
                Fact(Label(""), Decimal(54)),
                None,
            ),
        )
    ),
    (),
    source=JOURNAL,
)

TIMELINE = ReleasedTable(
    "F-02",
    "jalons",
    Kind.TIMELINE,
    Label("Dix ans, du partenariat aux feuillets", "Ten years, from partnership to leaflets"),
    tuple(
        head(f"j{i}", fr, en)
        for i, (fr, en) in enumerate(
            (
                ("Début du partenariat", "Partnership begins"),
                ("Premier questionnaire", "First questionnaire"),
                ("Deuxième questionnaire", "Second questionnaire"),
                ("Le partenariat s’élargit", "The partnership widens"),
                ("Certificat éthique", "Ethics certificate"),
                ("État d’urgence", "State of emergency"),
                ("Six groupes de discussion", "Six focus groups"),
                ("Septième groupe", "Seventh group"),
                ("Rapport et feuillets", "Report and leaflets"),
            )
        )
    ),
    (head("date", "Date", "Date"), head("volet", "Volet", "Lane")),
    grid(
        tuple(
            (Fact(Label(day)), Fact(Label(""), state=lane))
            for day, lane in (
                ("2012", "recherche"),
                ("2013", "recherche"),
                ("2018", "recherche"),
                ("2019", "action"),
                ("2020-02-10", "recherche"),
                ("2020-03-13", "action"),
                ("2021", "recherche"),
                ("2022-04", "recherche"),
                ("2023-01", "action"),
            )
        )
    ),
    (),
    source=JOURNAL,
    ordered=True,
)

PROFILE = ReleasedTable(
    "F-03",
    "profil.profil.2021",
    Kind.PROFILE,
    Label("Qui a participé aux groupes", "Who took part in the groups"),
    (
        head("age:18-34", "18 à 34 ans", "18 to 34", Label("Âge", "Age")),
        head("age:35-54", "35 à 54 ans", "35 to 54", Label("Âge", "Age")),
        head("age:55", "55 ans et plus", "55 and over", Label("Âge", "Age")),
        head(
            "fonction:com+interv",
            "Intervention, organisation, projet ou communication",
            "Practice, organising, project or communication",
            Label("Fonction", "Role"),
            (
                Label("Communication", "Communication"),
                Label("Intervention, organisation, projet", "Practice, organising, project"),
            ),
        ),
        head(
            "fonction:dir",
            "Direction ou coordination",
            "Management or coordination",
            Label("Fonction", "Role"),
        ),
        head(
            "experience:0-5", "Moins de 5 ans", "Under 5 years", Label("Expérience", "Experience")
        ),
        head("experience:5-10", "5 à 10 ans", "5 to 10 years", Label("Expérience", "Experience")),
        head("experience:10", "Plus de 10 ans", "Over 10 years", Label("Expérience", "Experience")),
    ),
    OVERALL,
    grid(tuple((two_sided(x, 28, 5),) for x in (8, 13, 7, 16, 12, 11, 6, 11))),
    (base("carrefours+quartiers+praticiens+tables-famille", 28, 33, "profil", Subject.PERSON),),
    masks=(Mask.MERGED,),
    source=Label("Fiches de profil des groupes, 2021", "Profile forms of the groups, 2021"),
    ordered=True,
)

PARTICIPATION = ReleasedTable(
    "F-04",
    "participation.eclair.2020",
    Kind.PARTICIPATION,
    Label("Qui a répondu au sondage-éclair", "Who answered the flash survey"),
    (CASES[0], CASES[1], CASES[3], head("total", "Ensemble", "Overall")),
    (
        head("repondu", "Ont répondu", "Answered"),
        head("organismes", "Organismes rejoints", "Organisations reached"),
    ),
    grid(
        (
            (exact(46, 64), None),
            (exact(24, 30), None),
            (exact(13, 28), None),
            (exact(83, 122), None),
        )
    ),
    (base("carrefours", 46, 64), base("quartiers", 24, 30), base("tables-famille", 13, 28)),
    source=ECLAIR,
)

PEOPLE = ReleasedTable(
    "F-05",
    "participation.questionnaire.2020",
    Kind.PARTICIPATION,
    Label("Qui a répondu au questionnaire", "Who answered the questionnaire"),
    (
        CASES[0],
        CASES[1],
        head(
            "nord",
            "Table famille Nord",
            "North family table",
            Label("Tables famille", "Family tables"),
        ),
        head(
            "sud",
            "Table famille Sud",
            "South family table",
            Label("Tables famille", "Family tables"),
        ),
    ),
    (
        head("repondu", "Ont répondu", "Answered"),
        head("organismes", "Organismes rejoints", "Organisations reached"),
    ),
    grid(
        (
            (exact(47), exact(41, 64)),
            (exact(27), exact(24, 30)),
            (exact(10), exact(10, 23)),
            (exact(10), exact(10, 31)),
        )
    ),
    (
        base("carrefours", 47, None, "questionnaire", Subject.PERSON),
        base("quartiers", 27, None, "questionnaire", Subject.PERSON),
        base("tables-famille", 20, None, "questionnaire", Subject.PERSON),
    ),
    source=Label("Questionnaire, printemps 2020", "Questionnaire, spring 2020"),
    masks=(Mask.POOLED_CASES,),
)


def done(
    number: int, of: int | None, fr: str, en: str, state: ActivityState = ActivityState.DONE
) -> Fact:
    return Fact(Label(fr, en), Decimal(number), None if of is None else Decimal(of), state.value)


def exempt(fr: str, en: str) -> Fact:
    return Fact(Label(fr, en), state=ActivityState.NOT_APPLICABLE.value)


ACTIVITIES = ReleasedTable(
    "F-06",
    "activites",
    Kind.ACTIVITIES,
    Label("Cinq méthodes dans quatre réseaux", "Five methods in four networks"),
    (
        head("eclair", "Sondage-éclair", "Flash survey"),
        head("questionnaire", "Questionnaire", "Questionnaire"),
        head("entretien", "Entretiens", "Interviews"),
        head("observation", "Observations", "Observations"),
        head("groupe", "Groupes de discussion", "Focus groups"),
    ),
    CASES,
    grid(
        (
            (
                done(46, 64, "carrefours", "hubs"),
                done(24, 30, "tables de quartier", "neighbourhood tables"),
                exempt(
                    "Le réseau n’a pas d’organismes membres.",
                    "The network has no member organisations.",
                ),
                done(13, 28, "organismes", "organisations"),
            ),
            (
                done(47, None, "personnes", "people"),
                done(27, None, "personnes", "people"),
                done(0, 1, "édition", "edition", ActivityState.PLANNED),
                done(20, None, "personnes", "people"),
            ),
            (
                done(8, 8, "entretiens", "interviews"),
                done(7, 7, "entretiens", "interviews"),
                done(9, 9, "entretiens", "interviews"),
                None,
            ),
            (
                done(4, 4, "séances", "sessions"),
                done(1, 1, "séance", "session"),
                done(1, 1, "séance", "session"),
                done(1, 2, "séance", "session", ActivityState.ONGOING),
            ),
            (
                done(2, 2, "groupes", "groups"),
                done(2, 2, "groupes", "groups"),
                done(2, 2, "groupes", "groups"),
                done(1, 2, "groupe", "group"),
            ),
        )
    ),
    (),
    source=JOURNAL,
    ordered=True,
)

OBJECTIVES = ReleasedTable(
    "F-07",
    "objectifs",
    Kind.OBJECTIVES,
    Label("Ce qui était prévu, ce qui est fait", "What was planned, what was done"),
    CASES,
    (head("fait", "Réalisé", "Done"),),
    grid(
        (
            (done(2, 2, "groupes", "groups"),),
            (done(2, 2, "groupes", "groups"),),
            (done(2, 2, "groupes", "groups"),),
            (done(1, 2, "groupes", "groups"),),
        )
    ),
    (),
    source=JOURNAL,
)

CONTEXT = ReleasedTable(
    "F-08",
    "contexte",
    Kind.CONTEXT,
    Label("Le contexte, chiffré par d’autres", "The context, in others’ figures"),
    (
        head(
            "teletravail",
            "Part du personnel en télétravail",
            "Share of staff teleworking",
            Label("Travail", "Work"),
        ),
        head(
            "rejoint-moins",
            "Rejoignent moins de personnes",
            "Reach fewer people",
            Label("Personnes rejointes", "People reached"),
        ),
        head(
            "rejoint-autant",
            "En rejoignent autant",
            "Reach as many",
            Label("Personnes rejointes", "People reached"),
        ),
        head(
            "rejoint-plus",
            "En rejoignent plus",
            "Reach more",
            Label("Personnes rejointes", "People reached"),
        ),
        head(
            "budget",
            "Coût moyen d’un poste informatique",
            "Average cost of a workstation",
            Label("Argent", "Money"),
        ),
    ),
    (head("valeur", "Valeur", "Value"),),
    grid(
        tuple(
            (
                Fact(
                    Label(
                        "Enquête provinciale, 2020 (exemple)", "Provincial survey, 2020 (example)"
                    ),
                    Decimal(v),
                    None,
                    u,
                ),
            )
            for v, u in (("63", "%"), ("60", "%"), ("11", "%"), ("29", "%"), ("1250.5", "$"))
        )
    ),
    (),
    source=Label(
        "Sources extérieures, nommées à chaque ligne", "Outside sources, named on each line"
    ),
)
