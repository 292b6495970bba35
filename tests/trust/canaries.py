"""A participant with a word of her own in every place that a site may keep; and a search for it.

A canary is ``canari-`` and the place's name. What is looked for is the prefix, everywhere.
"""

from datetime import UTC, date, datetime, timedelta

from django.apps import apps  # noqa: TID251 -- every table there is, none by its name
from django.db import connection

from croisee_web.analysis.models import Freeze, Run
from croisee_web.analysis.queries import study_files
from croisee_web.coding.models import Code, Coding, Excerpt
from croisee_web.collection import vault as letters
from croisee_web.collection.models import (
    AnswerLink,
    AnswerSheet,
    Attachment,
    Bringing,
    Collecting,
    Draft,
    DraftFile,
    HandEntry,
    Invitation,
    Settlement,
    Submission,
)
from croisee_web.collection.rules.brought import brought_folder
from croisee_web.collection.rules.drafts import place_of
from croisee_web.collection.usecases.intake.attaching import attachment_path
from croisee_web.corpus.models import Document, ReviewDecision, ReviewedPassage, Turn
from croisee_web.disclosure.models import Amendment
from croisee_web.exchange.models import Upload
from croisee_web.exchange.queries import exports_folder
from croisee_web.fieldwork.models import (
    Allocation,
    Mention,
    MentionGroup,
    Position,
    Presence,
    Ranking,
    Session,
)
from croisee_web.instruments.models import Instrument, PublishedVersion, Questionnaire, Theme
from croisee_web.people import vault
from croisee_web.people.models import Consent, Participant, PersonalLink, Purpose
from croisee_web.people.vocabulary import ConsentMode
from croisee_web.report.models import Finding, FindingVersion, LeafletContent, Publication
from croisee_web.report.queries import publication_folder
from croisee_web.study.models import Case, MemberList, Method, Organisation

AT_FIRST = datetime(2026, 11, 1, 12, tzinfo=UTC)
PREFIX = "canari-"
WHO = "p-002"

NOTHING_OF_ANYBODY = {
    "access": "accounts are the team's",
    "admin": "not installed",
    "auth": "accounts are the team's",
    "contenttypes": "names of tables",
    "disclosure": "thresholds and decisions; what is only tried goes",
    "instruments": "questions, asked to all",
    "journal": "numbers and counts; searched like the rest",
    "sessions": "searched like the rest",
}
"""Slices whose tables hold no line of a participant, and why; they are searched all the same."""

HERS = {
    Participant, Consent, PersonalLink, vault.SealedIdentity,
    AnswerSheet, Submission, Attachment, AnswerLink, Invitation, Draft, DraftFile, HandEntry,
    Settlement,
    Presence, Position, Ranking, Allocation, Mention,
    Document, Turn, ReviewDecision, ReviewedPassage, Coding, Excerpt,
    Bringing, Upload, Organisation, MemberList, Freeze, Run, Publication, Finding, FindingVersion,
    LeafletContent, Amendment,
}  # fmt: skip
"""Tables where something of hers is planted."""

NOT_HERS = {
    "collection.Collecting", "collection.CollectingCase", "collection.DayCount",
    "collection.DeviceKey", "collection.GoneSubmission", "collection.Letter",
    "collection.Unsubscribed",
    "jobs.Job", "people.Purpose", "people.ConsentForm", "people.Receipt",
    "people.Incident", "people.InjuryAssessment", "people.PrivacyAssessment",
    "people.Destruction", "people.Communication", "people.Anonymisation", "people.RightsRequest",
    "fieldwork.Session", "fieldwork.MentionGroup", "corpus.MaskedName", "coding.Code",
    "report.Comment", "report.NetworkStance", "report.Reference",
    "report.ReportedNumber", "study.Study", "study.Case", "study.Component", "study.Membership",
    "study.Edition", "study.Method", "study.Certificate", "study.FrameSize", "study.Activity",
    "study.Milestone", "study.ContextFigure", "study.CommitteeMember", "study.Meeting",
    "study.Decision", "study.Retention",
}  # fmt: skip
"""Tables of the other slices that hold what the team or a network wrote, or counts."""


def undecided_tables():
    """Return the tables of which nobody said whether they hold something of a participant."""
    known = {model._meta.label for model in HERS} | NOT_HERS
    return sorted(
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label not in NOTHING_OF_ANYBODY and model._meta.label not in known
    )


def word(place):
    return f"{PREFIX}{place}"


def plant(study, at, account):
    """Give one participant of the reference study a word of her own everywhere."""
    person = Participant.objects.get(study=study, code=WHO)
    person.organisation, person.component = word("organisme"), word("composante")
    person.save()
    _in_the_register(study, person, at)
    _in_answers(study)
    session = Session.objects.create(
        study=study, code="s-seule", method=Method.objects.filter(study=study).first(),
        case=person.case,
    )  # fmt: skip
    _in_what_she_sent(study, at)
    _in_the_field(study, person, session)
    _in_words(study, person, session)
    _in_results(study, at)
    _in_exchanges(study, at, account)
    return person


def _in_the_register(study, person, at):
    purpose = Purpose.objects.filter(study=study).first()
    proof = vault.put_file(study_id=study.pk, participant=WHO, content=word("preuve").encode())
    Consent.objects.create(
        participant=person, purpose=purpose, given=True, form_version=word("formulaire"),
        mode=ConsentMode.WRITTEN, recorded_at=at, proof_sha256=proof,
    )  # fmt: skip
    vault.put(study_id=study.pk, participant=WHO, identity={"nom": word("nom")}, at=at)
    people = Case.objects.create(
        study=study, code="gens", position=99, name_fr="Des gens", short_fr="Gens",
        individuals=True,
    )  # fmt: skip
    Organisation.objects.create(study=study, case=people, code=WHO, name=word("cadre"))
    MemberList.objects.create(
        study=study, case=people, file_name="liste.csv", started_by="équipe", started_at=at,
        lines=[[2, WHO, word("liste")], [3, "p-003", "une autre personne"]],
    )  # fmt: skip


def _in_answers(study):
    sheet = AnswerSheet.objects.filter(instrument__study=study, respondent=WHO).first()
    sheet.organisation = word("repondant")
    sheet.answers = {**sheet.answers, "libre": word("reponse")}
    sheet.save()


def _in_what_she_sent(study, at):
    """A link of hers, a draft begun at it, a filled form with a file, typed by hand too."""
    instrument = Instrument.objects.filter(study=study, subject="personne").first()
    questionnaire = Questionnaire.objects.create(
        study=study, code="envoi", method=instrument.method, subject="personne"
    )
    published = PublishedVersion.objects.create(
        questionnaire=questionnaire, instrument=instrument, number=1, workbook=[], xform=b"",
        form_id="envoi", published_at=at,
    )  # fmt: skip
    collecting = Collecting.objects.create(
        study=study, published=published, edition="e", opens_on=at.date(), closes_on=at.date()
    )
    case = Case.objects.filter(study=study).first()
    link = AnswerLink.objects.create(
        collecting=collecting, case=case, participant=WHO, organisation=word("lien"), used=True
    )
    Invitation.objects.create(link=link, sealed=word("adresse").encode())
    token = letters.new_token(study.pk, collecting.pk, link.pk)
    draft = Draft.objects.create(
        collecting=collecting, place=place_of(token), sealed=word("brouillon").encode()
    )
    DraftFile.objects.create(draft=draft, name=word("image"), sealed=b"")
    sent = Submission.objects.create(
        collecting=collecting, published=published, case=case, instance_id=word("identifiant"),
        content=word("formulaire").encode(), way="page", link=link, digest="3" * 64,
    )  # fmt: skip
    HandEntry.objects.create(submission=sent, seed=1, differences=[["/a", word("saisie"), ""]])
    Settlement.objects.create(
        submission=sent, decision="corrigee", reason=word("raison"), decided_by="Léa",
        before={"flags": [], "state": "complete", "sheet": {"answers": {"q": word("avant")}}},
        received=word("recu").encode(),
    )  # fmt: skip
    Attachment.objects.create(submission=sent, name=word("piece"), sha256="4" * 64)
    _write(attachment_path(study.pk, "4" * 64), word("photo"))


def _in_the_field(study, person, session):
    theme = Theme.objects.filter(study=study).first()
    said = {"session": session, "theme": theme, "participant": person}
    Presence.objects.create(session=session, participant=person)
    Position.objects.create(**said, position="pour", justification=word("raison"))
    Ranking.objects.create(**said, option=word("rang"), rank=1)
    Allocation.objects.create(**said, option=word("budget"), amount="5")
    Mention.objects.create(
        group=MentionGroup.objects.filter(study=study).first(), case=person.case,
        session=session, participant=person, name_fr=word("technologie"),
    )  # fmt: skip


def _in_words(study, person, session):
    group = Turn.objects.filter(participant=person).first()
    group.text, group.speaker = f"{group.text} {word('parole')}", word("etiquette")
    group.save()
    alone = Document.objects.create(
        study=study, code=word("document"), file=word("fichier.docx"), case=person.case,
        method=session.method, session=session,
    )  # fmt: skip
    asked = Turn.objects.create(document=alone, number=1, text=word("question"))
    said = Turn.objects.create(
        document=alone, number=2, participant=person, text=word("entretien") * 20
    )
    ReviewDecision.objects.create(
        turn=said, start=0, end=9, kind="nom", decision="accepter", replacement=word("masque")
    )
    ReviewedPassage.objects.create(document=alone, turn=said, reviewed=True, by=word("relecture"))
    code = Code.objects.filter(study=study).first()
    for turn in (asked, said, group):
        Coding.objects.create(code=code, turn=turn, start=0, end=5, coder=word("codage"))
        Excerpt.objects.create(
            study=study, key=word(f"extrait-{turn.pk}"), turn=turn, start=0, end=5
        )
    finding = Finding.objects.filter(study=study).first()
    FindingVersion.objects.create(
        finding=finding, number=1, by="équipe", at=AT_FIRST,
        content={"title_fr": "Titre", "quotes": ["autre", word(f"extrait-{said.pk}")]},
    )  # fmt: skip
    for one in (
        finding,
        LeafletContent.objects.filter(case__study=study).first(),
    ):
        one.quotes = [*one.quotes, word(f"extrait-{said.pk}")]
        one.save()


def _in_results(study, at):
    """Results as a run leaves them: a Dataset, figures, a report, a publication of it."""
    frozen = Freeze.objects.create(study=study, digest="0" * 64, frozen_at=at)
    Run.objects.create(
        study=study, number=1, state="done", freeze=frozen, asked_at=at - timedelta(hours=1),
        finished_at=at, release_code="2026a",
    )  # fmt: skip
    for name in ("equipe/dataset/turns.parquet", "diffusion/figures/F-01.svg", "cercles/a.html"):
        _write(study_files(study.pk) / "resultats" / "1" / name, word("resultat"))
    Amendment.objects.create(
        study=study, release_code="2026a", act="ajoute", state="ready", reason="Vu en comité",
        decided_by="Léa", asked_at=at, proposal={"tables": [word("essai")]},
    )  # fmt: skip
    Publication.objects.create(
        study=study, slug="etude-2026a", release_code="2026a", title_fr="Étude",
        arrested_on=date(2026, 11, 1), published_at=at,
    )  # fmt: skip
    _write(publication_folder("etude-2026a") / "rapport.html", word("diffusion"))


def _in_exchanges(study, at, account):
    """An export kept on the site, a folder refused whose problems quote a cell."""
    Upload.objects.create(
        account=account, sha256="1" * 64, state="refused", sent_at=at,
        problems=[{"message": [word("cellule"), ""]}],
    )  # fmt: skip
    brought = Bringing.objects.create(
        collecting=Collecting.objects.filter(study=study).first(), account=account, sent_at=at,
        name="reponses.csv", folder="apport", state="lu",
        told={"troubles": [{"message": {"fr": word("cellule apportee"), "en": ""}}]},
    )  # fmt: skip
    _write(brought_folder(brought) / "reponses.csv", word("fichier apporte"))
    _write(exports_folder(study.pk) / "etude.zip", word("export"))


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def hits_in_rows(prefix=PREFIX):
    """Return the tables where a canary is read, whatever the column, bytes included."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                if any(prefix.encode() in _bytes(value) for value in row):
                    found.add(table)
    return sorted(found)


def _bytes(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def hits_in_files(*roots, prefix=PREFIX):
    """Return the files under some folders where a canary is read, or in whose name it is."""
    return sorted(
        str(path)
        for root in roots
        if root.exists()
        for path in ([root] if root.is_file() else root.rglob("*"))
        if prefix in path.name or (path.is_file() and prefix.encode() in path.read_bytes())
    )
