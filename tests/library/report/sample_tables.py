"""Released tables of every kind, invented; masked values of every form among them."""

from decimal import Decimal

from croisee.disclosure.released import (
    Amount,
    Cell,
    Event,
    Fact,
    Head,
    Kind,
    Percent,
    Rank,
    ReleasedBase,
    ReleasedTable,
    Value,
    Word,
)
from croisee.disclosure.values import Chiffre, Form, Mask, exact, two_sided
from croisee.language import Label
from croisee.study import ActivityState, Subject

CASES = (
    Head("carrefours", Label("Carrefours", "Hubs")),
    Head("quartiers", Label("Quartiers", "Neighbourhoods")),
    Head("praticiens", Label("Praticien·ne·s", "Practitioners")),
    Head("tables-famille", Label("Tables famille", "Family tables")),
)
CODES = tuple(head.key for head in CASES)
OVERALL = (Head("ensemble", Label("Ensemble", "Overall")),)
ECLAIR = Label("Sondage-éclair, printemps 2020", "Flash survey, spring 2020")
GROUPS = Label("Groupes de discussion, 2021", "Focus groups, 2021")
JOURNAL = Label("Journal de l’étude", "Study log")


def base(
    case: str,
    n: int,
    frame: int | None,
    source: str = "eclair",
    subject: Subject = Subject.ORGANISATION,
) -> ReleasedBase:
    cases = tuple(case.split("+"))
    return ReleasedBase(f"{source}.2020@{case}", source, "2020", cases, subject, n, frame)


def grid(
    values: tuple[tuple[Value | None, ...], ...], question: str = "", rows: tuple[Head, ...] = ()
) -> tuple[tuple[Cell | None, ...], ...]:
    """Cells of the values; counts of a question carry their events, as the gate writes them."""
    lines = []
    for r, line in enumerate(values):
        events = (Event(question, tuple(rows[r].key.split("+"))),) if question else ()
        lines.append(
            tuple(
                None if v is None else Cell(v, events=events if isinstance(v, Chiffre) else ())
                for v in line
            )
        )
    return tuple(lines)


def head(
    key: str, fr: str, en: str = "", group: Label = Label(""), parts: tuple[Label, ...] = ()
) -> Head:
    return Head(key, Label(fr, en), group, parts)


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

AIDE_ROWS = (
    head("aucune", "Aucune aide régulière", "No regular help"),
    head(
        "parfois+souvent",
        "Une aide de temps en temps ou chaque semaine",
        "Help from time to time or every week",
        parts=(
            Label("Une aide de temps en temps", "Help from time to time"),
            Label("Une aide chaque semaine", "Help every week"),
        ),
    ),
)

AIDE = ReleasedTable(
    "F-09",
    "eclair.2020.aide",
    Kind.CASE_ROWS,
    Label("De quelle aide technique disposez-vous?", "What technical help do you have?"),
    AIDE_ROWS,
    (CASES[0], CASES[1], CASES[3]),
    grid(
        (
            (exact(31, 46), two_sided(22, 24, 5), two_sided(2, 13, 5)),
            (exact(15, 46), two_sided(2, 24, 5), two_sided(11, 13, 5)),
        ),
        "aide",
        AIDE_ROWS,
    ),
    (base("carrefours", 46, 64), base("quartiers", 24, 30), base("tables-famille", 13, 28)),
    masks=(Mask.FEWER_THAN, Mask.AT_LEAST, Mask.MERGED, Mask.OMITTED_TOTAL),
    question="aide",
    source=ECLAIR,
    ordered=True,
)

NEED_ROWS = (
    head("soutien", "Soutien sur place", "On-site support"),
    head("connexion", "Connexion Internet", "Internet connection"),
    head("portables", "Ordinateurs portables", "Laptops"),
    head("logiciels", "Logiciels de base", "Basic software"),
    head("ecran", "Deuxième écran", "Second screen"),
)

NEEDS = ReleasedTable(
    "F-10",
    "eclair.2020.besoins",
    Kind.MULTIPLE,
    Label("Quels sont vos besoins?", "What do you need?"),
    NEED_ROWS,
    OVERALL,
    grid(
        (
            (two_sided(31, 46, 5),),
            (exact(21, 46),),
            (exact(17, 46),),
            (exact(12, 46),),
            (two_sided(3, 46, 5),),
        ),
        "besoins",
        NEED_ROWS,
    ),
    (base("carrefours", 46, 64),),
    masks=(Mask.FEWER_THAN,),
    question="besoins",
    source=ECLAIR,
)
NEEDS_BY_CASE = ReleasedTable(
    "F-11",
    "eclair.2020.outils",
    Kind.MULTIPLE_CASES,
    Label("Quels outils utilisez-vous ensemble?", "Which tools do you use together?"),
    NEED_ROWS[:3],
    (CASES[0], CASES[1]),
    grid(
        (
            (exact(30, 46), Chiffre(12, 24, 24, Form.HALF_OR_MORE, 5, Mask.WORDS)),
            (exact(20, 46), Chiffre(0, 11, 24, Form.UNDER_HALF, 5, Mask.WORDS)),
            (two_sided(44, 46, 5), Chiffre(12, 24, 24, Form.HALF_OR_MORE, 5, Mask.WORDS)),
        ),
        "outils",
        NEED_ROWS,
    ),
    (base("carrefours", 46, 64), base("quartiers", 24, 30)),
    masks=(Mask.AT_LEAST, Mask.WORDS),
    source=ECLAIR,
)
ORDER_ONLY = ReleasedTable(
    "F-12",
    "eclair.2020.trois-choix",
    Kind.MULTIPLE,
    Label("Vos trois premiers achats", "Your first three purchases"),
    NEED_ROWS[:4],
    OVERALL,
    grid(((Rank(1),), (Rank(2),), (Rank(3),), (Rank(4),))),
    (base("quartiers", 41, 64),),
    masks=(Mask.ORDER_ONLY,),
    source=ECLAIR,
)
FALLBACK_ROWS = (head("assez+tres", "Assez ou très à l’aise", "Fairly or very at ease"),)
FALLBACK = ReleasedTable(
    "F-13",
    "eclair.2020.aisance@quartiers",
    Kind.ONE_WAY,
    Label("Êtes-vous à l’aise avec les outils?", "Are you at ease with the tools?"),
    FALLBACK_ROWS,
    (CASES[1],),
    grid(((two_sided(22, 24, 5),),), "aisance", FALLBACK_ROWS),
    (base("quartiers", 24, 30),),
    masks=(Mask.AT_LEAST,),
    source=ECLAIR,
    fallback=True,
    ordered=True,
)
WEIGHTED_ROWS = (head("oui", "Oui", "Yes"), head("non", "Non", "No"))
WEIGHTED = ReleasedTable(
    "F-14",
    "enquete.2020.formation",
    Kind.ONE_WAY,
    Label("Avez-vous suivi une formation?", "Have you taken a training course?"),
    WEIGHTED_ROWS,
    OVERALL,
    grid(
        ((Percent(41, exact(812, 2000), 39, 43),), (Percent(59, exact(1188, 2000), 57, 61),)),
        "formation",
        WEIGHTED_ROWS,
    ),
    (
        ReleasedBase(
            "enquete.2020@carrefours",
            "enquete",
            "2020",
            ("carrefours",),
            Subject.PERSON,
            2000,
            None,
        ),
    ),
    source=Label("Enquête pondérée, 2020", "Weighted survey, 2020"),
)
NUMERIC_ROWS = (
    head("0-5", "Moins de 5 heures", "Under 5 hours"),
    head("5-15", "De 5 à 15 heures", "5 to 15 hours"),
    head("15", "15 heures ou plus", "15 hours or more"),
    head("moyenne", "Moyenne", "Mean"),
    head("mediane", "Médiane", "Median"),
)
NUMERIC = ReleasedTable(
    "F-15",
    "eclair.2020.heures",
    Kind.NUMERIC,
    Label("Combien d’heures d’aide par mois?", "How many hours of help a month?"),
    NUMERIC_ROWS,
    OVERALL,
    grid(
        (
            (exact(9, 46),),
            (exact(21, 46),),
            (exact(16, 46),),
            (Amount(Decimal("11.5"), Decimal("0.5"), "h", Mask.BUDGET),),
            (Fact(Label("De 5 à 15 heures", "5 to 15 hours")),),
        )
    ),
    (base("carrefours", 46, 64),),
    masks=(Mask.BUDGET,),
    source=ECLAIR,
    ordered=True,
)
CROSS_COLUMNS = (head("oui", "Oui", "Yes"), head("non", "Non", "No"))
CROSS = ReleasedTable(
    "F-16",
    "croisement.questionnaire.2020.age.conge",
    Kind.CROSS,
    Label("Télétravail souhaité, selon l’âge", "Telework wanted, by age"),
    (
        head("18-34", "18 à 34 ans", "18 to 34"),
        head("35-54", "35 à 54 ans", "35 to 54"),
        head("55", "55 ans et plus", "55 and over"),
    ),
    CROSS_COLUMNS,
    grid(
        (
            (exact(12, 22), exact(10, 22)),
            (exact(19, 34), exact(15, 34)),
            (exact(7, 18), exact(11, 18)),
        )
    ),
    (base("carrefours+quartiers", 74, None, "questionnaire", Subject.PERSON),),
    source=Label("Questionnaire, printemps 2020", "Questionnaire, spring 2020"),
    ordered=True,
)
RANKING = ReleasedTable(
    "F-17",
    "rangs.technologies",
    Kind.RANKING,
    Label(
        "Le soutien est premier ici, le matériel là", "Support comes first here, equipment there"
    ),
    (*NEED_ROWS[:4], head("_robustesse", "Robustesse", "Robustness")),
    CASES,
    grid(
        (
            (Rank(1), Rank(3), Rank(2), Rank(3)),
            (Rank(2), Rank(2), Rank(3), Rank(1, True)),
            (Rank(3), Rank(1), Rank(3, True), Rank(1, True)),
            (Rank(4), Rank(4), Rank(1), None),
            (Word("consensus"), Word("solide"), Word("fragile"), Word("solide")),
        )
    ),
    (base("carrefours", 11, None, "groupe", Subject.PERSON),),
    masks=(Mask.ORDER_ONLY,),
    source=GROUPS,
)
BUDGET_ROWS = (
    head("temps", "Du temps libéré pour apprendre", "Time set aside to learn"),
    head("formation", "Une formation près de chez soi", "Training close to home"),
    head("accompagnement", "Un accompagnement à distance", "Remote support"),
)


def about(amount: int) -> Amount:
    return Amount(Decimal(amount), Decimal(5000), "$", Mask.BUDGET)


BUDGET = ReleasedTable(
    "F-18",
    "budget.formation",
    Kind.BUDGET,
    Label("Former, c’est d’abord libérer du temps", "Training first means freeing time"),
    (*BUDGET_ROWS, head("_etalement", "Étalement", "Spread")),
    CASES,
    grid(
        (
            (about(45000), about(40000), Rank(1), Rank(2)),
            (about(30000), about(35000), Rank(2), Rank(1)),
            (about(25000), about(25000), Rank(3), Rank(3)),
            (Word("accord"), Word("partage"), Word("accord"), Word("partage")),
        )
    ),
    (base("carrefours", 11, None, "groupe", Subject.PERSON),),
    masks=(Mask.BUDGET, Mask.ORDER_ONLY),
    source=GROUPS,
)
POSITION_ROWS = (
    head("pour", "Pour", "For"),
    head("nuance", "Avec nuances", "It depends"),
    head("contre", "Contre", "Against"),
)
POSITIONS = ReleasedTable(
    "F-19",
    "positions.teletravail",
    Kind.POSITIONS,
    Label("Le télétravail à temps plein ne convainc pas", "Full-time telework convinces few"),
    POSITION_ROWS,
    CASES,
    grid(
        (
            (Word("exprime"), exact(5, 21), Word("exprime"), Word("non-exprime")),
            (Word("majorite"), exact(9, 21), Word("exprime"), Word("exprime")),
            (Word("non-exprime"), exact(7, 21), Word("exprime"), Word("exprime")),
        )
    ),
    (
        base("carrefours", 9, None, "groupe", Subject.PERSON),
        base("quartiers", 21, None, "groupe", Subject.PERSON),
    ),
    masks=(Mask.WORDS,),
    source=GROUPS,
    ordered=True,
)


def arguments(*labels: str) -> Fact:
    return Fact(Label(" · ".join(labels)), Decimal(len(labels)))


ARGUMENTS = ReleasedTable(
    "F-20",
    "arguments.teletravail",
    Kind.ARGUMENTS,
    Label(
        "Les arguments contre viennent de deux réseaux", "Arguments against come from two networks"
    ),
    POSITION_ROWS,
    CASES,
    grid(
        (
            (
                arguments("Concentration", "Trajets évités", "Loyer"),
                arguments("Concentration", "Trajets évités"),
                None,
                None,
            ),
            (
                arguments(
                    "Selon la tâche",
                    "Selon le logement",
                    "Selon l’équipe",
                    "Nouvelles personnes",
                    "Deux ou trois jours",
                ),
                arguments("Selon la tâche", "Selon le logement", "Mobilisation"),
                arguments("Selon la tâche", "Fatigue"),
                arguments("Selon l’équipe"),
            ),
            (
                None,
                None,
                arguments("Liens informels", "Action politique", "Rôle de passeur"),
                arguments(
                    "Non-verbal", "Mobilisation des jeunes", "Liens informels", "Espace à la maison"
                ),
            ),
        )
    ),
    (base("carrefours", 9, None, "groupe", Subject.PERSON),),
    source=GROUPS,
    ordered=True,
)
CODE_COLUMNS = tuple(
    column
    for case in CASES
    for column in (
        case,
        head(f"{case.key}.passages", f"{case.label.fr}, passages", f"{case.label.en}, passages"),
    )
)
CODE_CASE = ReleasedTable(
    "F-21",
    "codes",
    Kind.CODE_CASE,
    Label("De quoi l’on parle, et où", "What is talked about, and where"),
    (
        head("acces", "Accès aux appareils", "Access to devices", Label("Accès", "Access")),
        head("connexion", "Connexion", "Connection", Label("Accès", "Access")),
        head("passeur", "Rôle de passeur", "Go-between role", Label("Travail", "Work")),
        head("fatigue", "Fatigue des écrans", "Screen fatigue", Label("Travail", "Work")),
    ),
    CODE_COLUMNS,
    grid(
        (
            (
                exact(11, 17),
                exact(31),
                exact(9, 16),
                exact(20),
                Word("exprime"),
                None,
                Word("presque-tous"),
                None,
            ),
            (
                exact(7, 17),
                exact(12),
                Word("exprime"),
                None,
                Word("silence"),
                None,
                Word("exprime"),
                None,
            ),
            (
                Word("exprime"),
                None,
                Word("silence"),
                None,
                exact(10, 18),
                exact(26),
                Word("silence"),
                None,
            ),
            (
                Word("silence"),
                None,
                Word("exprime"),
                None,
                Word("presque-tous"),
                None,
                Word("exprime"),
                None,
            ),
        )
    ),
    (
        base("carrefours", 17, None, "propos", Subject.PERSON),
        base("quartiers", 16, None, "propos", Subject.PERSON),
        base("praticiens", 18, None, "propos", Subject.PERSON),
        base("tables-famille", 6, None, "propos", Subject.PERSON),
    ),
    masks=(Mask.WORDS,),
    source=Label("Entretiens et groupes, 2020 et 2021", "Interviews and groups, 2020 and 2021"),
    ordered=True,
)
CROSS_CASE = ReleasedTable(
    "F-22",
    "lecture-croisee",
    Kind.CROSS_CASE,
    Label("Ce que les réseaux disent ensemble", "What the networks say together"),
    CODE_CASE.rows,
    (head("verdict", "Lecture", "Reading"), *CASES),
    grid(
        (
            (Word("converge"), Word("present"), Word("present"), Word("present"), Word("present")),
            (Word("diverge"), Word("present"), Word("present"), Word("silence"), Word("present")),
            (
                Word("ici-seulement"),
                Word("silence"),
                Word("silence"),
                Word("present"),
                Word("silence"),
            ),
            (Word("silence"), Word("silence"), Word("silence"), Word("silence"), Word("silence")),
        )
    ),
    (),
    source=Label("Entretiens et groupes, 2020 et 2021", "Interviews and groups, 2020 and 2021"),
)
_OFFICE, _SOCIAL = (
    Label("Travail à plusieurs", "Collaboration"),
    Label("Réseaux sociaux", "Social media"),
)
LANDSCAPE = ReleasedTable(
    "F-23",
    "paysage",
    Kind.LANDSCAPE,
    Label("Des outils nombreux, peu partagés", "Many tools, few shared"),
    tuple(
        head(key, name, "", group)
        for key, name, group in (
            ("teams", "Teams", _OFFICE),
            ("ardoise", "Ardoise partagée", _OFFICE),
            ("tableur", "Tableur en ligne", _OFFICE),
            ("reseau-bleu", "Le réseau bleu", _SOCIAL),
            ("fil", "Le fil", _SOCIAL),
        )
    ),
    (*CASES, head("etude", "Dans l’étude", "In the study")),
    grid(
        (
            (Word("present"),) * 5,
            (Word("present"), None, Word("present"), None, Word("present")),
            (None, None, None, None, Word("present")),
            (Word("present"), Word("present"), None, Word("present"), Word("present")),
            (None, None, None, Word("present"), Word("present")),
        )
    ),
    (),
    source=GROUPS,
)
SECRET_CIRCLE = ReleasedTable(
    "F-24",
    "eclair.2020.fonds@carrefours",
    Kind.ONE_WAY,
    Label("Avez-vous un fonds pour le matériel?", "Do you have an equipment fund?"),
    WEIGHTED_ROWS,
    (CASES[0],),
    grid(((two_sided(43, 46, 3),), (two_sided(3, 46, 3),)), "fonds", WEIGHTED_ROWS),
    (base("carrefours", 46, 64),),
    audience="cercle:carrefours",
    masks=(Mask.ORGANISATIONS,),
    source=ECLAIR,
)
TOO_FEW = ReleasedTable(
    "F-25",
    "questionnaire.2020.sante",
    Kind.CASE_ROWS,
    Label(
        "Avez-vous mal au dos après une journée d’écran?",
        "Does your back hurt after a day of screens?",
    ),
    WEIGHTED_ROWS,
    (CASES[0], CASES[1], CASES[3]),
    grid(
        (
            (
                Chiffre(0, 9, 47, Form.FEWER_THAN, 10, Mask.FEWER_THAN),
                exact(12, 27),
                Word("trop-peu", Mask.TOO_FEW),
            ),
            (
                Chiffre(38, 47, 47, Form.AT_LEAST, 10, Mask.AT_LEAST),
                exact(15, 27),
                Word("trop-peu", Mask.TOO_FEW),
            ),
        )
    ),
    (
        base("carrefours", 47, None, "questionnaire", Subject.PERSON),
        base("quartiers", 27, None, "questionnaire", Subject.PERSON),
    ),
    masks=(Mask.SENSITIVE, Mask.TOO_FEW),
    source=Label("Questionnaire, printemps 2020", "Questionnaire, spring 2020"),
)

TABLES = (
    CASES_TABLE,
    TIMELINE,
    PROFILE,
    PARTICIPATION,
    PEOPLE,
    ACTIVITIES,
    OBJECTIVES,
    CONTEXT,
    AIDE,
    NEEDS,
    NEEDS_BY_CASE,
    ORDER_ONLY,
    FALLBACK,
    WEIGHTED,
    NUMERIC,
    CROSS,
    RANKING,
    BUDGET,
    POSITIONS,
    ARGUMENTS,
    CODE_CASE,
    CROSS_CASE,
    LANDSCAPE,
    SECRET_CIRCLE,
    TOO_FEW,
)
