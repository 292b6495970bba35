"""Words of the collection slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

ANSWERS_WRITTEN = declare("collection.answers.written", _("a écrit des réponses"))
ANSWER_RECEIVED = declare("collection.answer.received", _("a reçu une réponse"))
ANSWER_DISPUTED = declare("collection.answer.disputed", _("a gardé à part une réponse en double"))
ANSWER_REFUSED = declare("collection.answer.refused", _("a refusé une réponse retirée"))
ANSWER_WITHDRAWN = declare("collection.answer.withdrawn", _("a retiré une réponse"))
ANSWERS_COUNTED = declare("collection.answers.counted", _("a compté les réponses d’un jour"))
KEY_MADE = declare("collection.key.made", _("a créé une clé d’appareil"))
KEY_REVOKED = declare("collection.key.revoked", _("a retiré une clé d’appareil"))

COLLECTING_OPENED = declare("collection.collecting.opened", _("a ouvert une collecte"))
COLLECTING_CHANGED = declare("collection.collecting.changed", _("a modifié une collecte"))
COLLECTING_CLOSED = declare("collection.collecting.closed", _("a fermé une collecte"))
COLLECTING_REOPENED = declare("collection.collecting.reopened", _("a rouvert une collecte"))
LINKS_MADE = declare("collection.links.made", _("a fait des liens de réponse"))
ADDRESSES_WRITTEN = declare(
    "collection.addresses.written", _("a inscrit des adresses où envoyer une collecte")
)
LETTER_ASKED = declare("collection.letter.asked", _("a envoyé des invitations ou des rappels"))
BOUNCES_NOTED = declare(
    "collection.bounces.noted", _("a noté des adresses que des courriels n’ont pas atteintes")
)
ENTERED_BY_HAND = declare("collection.sheet.entered", _("a saisi une feuille"))
ENTERED_TWICE = declare("collection.sheet.twice", _("a saisi une feuille une seconde fois"))
DIFFERENCES_DECIDED = declare(
    "collection.sheet.decided", _("a décidé des différences entre deux saisies")
)
ANSWER_SETTLED = declare("collection.answer.settled", _("a décidé d’une réponse à regarder"))
ANSWER_UNSETTLED = declare("collection.answer.unsettled", _("est revenu sur une décision"))
ANSWERS_BROUGHT = declare("collection.answers.brought", _("a apporté un fichier de réponses"))
ANSWERS_TAKEN = declare("collection.answers.taken", _("a téléchargé des réponses"))
CARDS_PRINTED = declare("collection.cards.printed", _("a préparé des cartes d’invitation"))


class LetterKind(models.TextChoices):
    """Why the team writes."""

    INVITATION = "invitation", _("invitation")
    REMINDER = "rappel", _("rappel")


class InvitationState(models.TextChoices):
    """Where an invitation by e-mail stands."""

    WAITING = "a-envoyer", _("à envoyer")
    SENT = "envoyee", _("envoyée")
    REFUSED = "refusee", _("adresse refusée")


class LinkFor(models.TextChoices):
    """Whom personal links are made for."""

    ORGANISATIONS = "organismes", _("un lien par organisme de la base")
    PARTICIPANTS = "personnes", _("un lien par personne inscrite")
    NAMELESS = "sans-nom", _("des liens sans nom, à distribuer")


class BringingState(models.TextChoices):
    """Where a file of answers stands."""

    READING = "lecture", _("lecture du fichier")
    READY = "lu", _("lu, rien n’est encore reçu")
    RECEIVING = "reception", _("réception des réponses")
    DONE = "fini", _("fini")
    REFUSED = "refuse", _("le fichier n’est pas lu")


class Openness(models.TextChoices):
    """Whether a collection takes answers."""

    COMING = "a-venir", _("à venir")
    OPEN = "ouverte", _("ouverte")
    PAUSED = "en-pause", _("en pause")
    CLOSED = "fermee", _("fermée")


class Way(models.TextChoices):
    """How answers came."""

    PAGE = "page", _("en ligne")
    PHONE = "telephone", _("gardées dans le téléphone, puis envoyées")
    PAPER = "papier", _("sur papier, puis saisies")
    INTERVIEW = "entrevue", _("par entrevue téléphonique")
    OPENROSA = "openrosa", _("par une application de collecte")
    IMPORTED = "import", _("importées d’un fichier")


class SubmissionState(models.TextChoices):
    """Where a filled form stands."""

    WHOLE = "complete", _("complète")
    AWAITED = "attendue", _("des fichiers joints manquent")
    REPLACED = "remplacee", _("remplacée par une plus récente")
    ASIDE = "ecartee", _("écartée des résultats par l’équipe")
    DISPUTED = "double", _("un autre envoi porte le même identifiant")


class Decision(models.TextChoices):
    """What the team decides of a filled form to look at."""

    KEPT = "telle-quelle", _("acceptée telle quelle")
    CORRECTED = "corrigee", _("corrigée à la main")
    ASIDE = "ecartee", _("écartée des résultats")


class Flag(models.TextChoices):
    """What the team should look at in a filled form."""

    LATE = "hors-delai", _("arrivée après la fermeture, ou avant l’ouverture")
    UNKNOWN = "inconnus", _("contient des réponses que le questionnaire ne connaît pas")
    INCOMPLETE = "incomplet", _("une réponse demandée manque")
    UNFIT = "a-verifier", _("une réponse ne convient pas à sa question")
    TWICE = "double", _("un autre envoi dit autre chose")
    EXTRA_FILES = "fichiers", _("des fichiers joints ne sont pas nommés dans les réponses")
    ALIKE = "pareilles", _("des réponses pareilles sont arrivées le même jour")
    TRACES = "traces", _("un fichier joint peut dire qui l’a fait : rien n’a pu en être ôté")
