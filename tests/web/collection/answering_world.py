"""A collection that is open today, and the links somebody answers it by."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee_web.access.models import Account, Assignment
from croisee_web.access.vocabulary import Role
from croisee_web.collection import vault
from croisee_web.collection.models import AnswerLink, Collecting, CollectingCase, random_number
from croisee_web.instruments.models import PublishedVersion, Questionnaire
from croisee_web.instruments.queries import forget_published
from croisee_web.instruments.rules import grid_of
from croisee_web.instruments.usecases import publish
from croisee_web.people.models import ConsentForm
from croisee_web.study.models import Case, Certificate, Edition, Method, Study

FR, EN = "label::Français (fr)", "label::English (en)"
HINT = "hint::Français (fr)"


def row(kind, name, french="", english="", **more):
    """Return one line of a questionnaire."""
    return {"type": kind, "name": name, FR: french, EN: english, **more}


def choices(name, *options):
    """Return the lines of one list of choices: (code, French, English)."""
    return [
        {"list_name": name, "name": code, FR: french, EN: english}
        for code, french, english in options
    ]


def book(survey, listed=(), **settings):
    """Return a questionnaire."""
    told = {"form_title": "Sondage-éclair", "default_language": "Français (fr)", **settings}
    return Workbook(
        (
            worksheet_of("survey", list(survey)),
            worksheet_of("choices", list(listed)),
            worksheet_of("settings", [told]),
        )
    )


YES_NO = choices("oui_non", ("oui", "Oui", "Yes"), ("non", "Non", "No"))
FLASH = book(
    [
        row("select_one aide", "aide", "Qui vous aide quand un outil ne marche pas ?",
            "Who helps you when a tool fails?"),
        row("select_multiple manques", "manque", "Qu’est-ce qui vous manque le plus ?",
            "What do you lack most?"),
        row("integer", "personnes", "Combien de personnes travaillent avec vous ?",
            "How many people work with you?"),
        row("text", "outil", "Quel outil vous aide le plus ?", "Which tool helps you most?",
            relevant="${personnes} > 1"),
        row("text", "mot", "Autre chose à dire ?", "Anything else to say?", appearance="multiline"),
    ],
    [
        *choices("aide", ("equipe", "Une personne de mon équipe", "Somebody on my team"),
                 ("payee", "Une personne payée de l’extérieur", "Somebody paid from outside"),
                 ("personne", "Personne", "Nobody")),
        *choices("manques", ("temps", "Du temps", "Time"), ("ecran", "Un deuxième écran",
                 "A second screen"), ("formation", "Une formation", "Training")),
    ],
)  # fmt: skip
"""Five questions, one of which depends on another."""

EVERY_KIND = book(
    [
        row("begin_group", "accord", "Votre accord", "Your consent", appearance="croisee-consent"),
        row("select_one oui_non", "accepte", "Acceptez-vous de participer ?",
            "Do you agree to take part?"),
        row("select_one oui_non", "citer", "Peut-on citer vos mots ?", "May we quote you?"),
        row("end_group", ""),
        row("note", "avis", "Voici la suite.", "Here is the rest."),
        row("select_one oui_non", "seul", "Travaillez-vous de la maison ?", "Do you work at home?"),
        row("select_multiple outils", "outils", "Quels outils utilisez-vous ?",
            "Which tools do you use?"),
        row("integer", "ans", "Depuis combien d’années ?", "For how many years?",
            constraint=". >= 0 and . < 80"),
        row("decimal", "heures", "Combien d’heures par jour ?", "How many hours a day?"),
        row("range", "note_sur", "Quelle note donnez-vous ?", "Which mark do you give?",
            parameters="start=0 end=10 step=1"),
        row("select_one echelle", "aise", "Vous sentez-vous à l’aise ?", "Do you feel at ease?",
            appearance="croisee-echelle"),
        row("rank outils", "ordre", "Classez ces outils.", "Rank these tools."),
        row("text", "mot", "Que changeriez-vous ?", "What would you change?"),
        row("date", "jour", "Quel jour ?", "Which day?"),
        row("time", "heure", "À quelle heure ?", "At what time?"),
        row("begin_group", "partage", "Partagez 200 000 $", "Share $200,000",
            appearance="croisee-budget", **{"croisee::total": "200000"}),
        row("integer", "materiel", "Du matériel", "Equipment"),
        row("integer", "cours", "Des cours", "Training"),
        row("end_group", ""),
        row("begin_group", "avis_sur", "Faut-il un outil commun ?", "Is a shared tool needed?",
            appearance="croisee-position"),
        row("select_one oui_non", "pour", "Votre position", "Your position"),
        row("text", "raison", "Pourquoi ?", "Why?"),
        row("end_group", ""),
        row("begin_repeat", "poste", "Un ordinateur", "A computer"),
        row("text", "marque", "Quelle marque ?", "Which make?"),
        row("integer", "age", "Quel âge a-t-il ?", "How old is it?"),
        row("end_repeat", ""),
        row("image", "photo", "Une photo de votre bureau ?", "A picture of your desk?"),
        row("geopoint", "lieu", "Où travaillez-vous ?", "Where do you work?"),
        row("acknowledge", "lu", "J’ai tout lu.", "I have read everything."),
    ],
    [
        *YES_NO,
        *choices("outils", ("courriel", "Le courriel", "E-mail"), ("visio", "La visioconférence",
                 "Video calls"), ("texto", "Les textos", "Texts")),
        *choices("echelle", ("bas", "Pas du tout", "Not at all"), ("moyen", "Un peu", "A little"),
                 ("haut", "Beaucoup", "A lot")),
    ],
)  # fmt: skip
"""One question of each kind that somebody may be asked."""


@dataclass(frozen=True)
class Answering:
    """A collection, and what leads to it."""

    study: Study
    collecting: Collecting
    published: PublishedVersion
    token: str
    link: AnswerLink | None

    @property
    def own(self):
        return f"/p/{self.token}/"

    @property
    def open(self):
        return f"/s/{self.collecting.open_slug}/"


def today():
    """Return the day it is where the studies of these tests are held."""
    return timezone.localtime(timezone.now()).date()


def answering(questionnaire=FLASH, *, cases=("carrefours", "quartiers"), consent=False, **changed):
    """Return an open collection of this questionnaire, with one personal link and an open one."""
    forget_published()
    at = timezone.now()
    study = Study.objects.create(
        slug="numerique", title_fr="Le numérique au travail", title_en="Digital tools at work",
        team_fr="Une équipe de recherche", contact="equipe@exemple.ca", created_at=at,
        timezone="UTC",
    )  # fmt: skip
    networks = [
        Case.objects.create(
            study=study, code=code, position=place, name_fr=code.title(), short_fr=code.title()
        )
        for place, code in enumerate(cases)
    ]
    Edition.objects.create(study=study, code="2026", position=0, name_fr="2026")
    day = today()
    Certificate.objects.create(
        study=study, position=1, board="CER", number="2026-1",
        start=day - timedelta(days=400), end=day + timedelta(days=400),
    )  # fmt: skip
    if consent:
        ConsentForm.objects.create(
            study=study, version="1", language="fr", published_at=at,
            brief="Nous étudions les outils numériques.\nVous pouvez refuser.",
            text="Le texte entier du formulaire.",
        )  # fmt: skip
    published = _published(study, questionnaire, at)
    collecting = Collecting.objects.create(
        study=study, published=published, edition="2026", open_slug="ouvert",
        **{"opens_on": day - timedelta(days=2), "closes_on": day + timedelta(days=12), **changed},
    )  # fmt: skip
    for case in networks:
        CollectingCase.objects.create(collecting=collecting, case=case)
    token, link = another_link(collecting, networks[0])
    return Answering(study, collecting, published, token, link)


def another_link(collecting, case):
    """Make one more personal link: (token, row)."""
    number = random_number()
    token = vault.new_token(collecting.study_id, collecting.pk, number)
    link = AnswerLink.objects.create(
        pk=number, collecting=collecting, case=case, organisation=f"o-{number}",
        token_sha256=vault.token_digest(token),
    )  # fmt: skip
    return token, link


def _published(study, questionnaire, at: datetime):
    method = Method.objects.create(
        study=study, code="eclair", position=0, name_fr="Sondage-éclair", kind="sondage",
        subject="organisme",
    )  # fmt: skip
    lead = Account.objects.create(email="lea@exemple.ca", name="Léa", created_at=at)
    Assignment.objects.create(account=lead, study_id=study.pk, role=Role.LEAD, given_at=at)
    written = Questionnaire.objects.create(
        study=study, code="eclair", name_fr="Sondage-éclair", method=method,
        subject="organisme", workbook=grid_of(questionnaire),
    )  # fmt: skip
    return publish(questionnaire_id=written.pk, actor=lead, at=at)
