"""Addresses of the people slice. A code is in an address; a name never is."""

from django.urls import path

from croisee_web.people import views

app_name = "people"
REGISTER = "etudes/<slug:slug>/ethique/registres/<slug:name>/"
urlpatterns = [
    path("etudes/<slug:slug>/participation/", views.register, name="register"),
    path("etudes/<slug:slug>/importer-des-personnes/", views.people_file, name="people-file"),
    path(
        "etudes/<slug:slug>/importer-des-personnes/confirmer/",
        views.people_confirm,
        name="people-confirm",
    ),
    path("etudes/<slug:slug>/participation/<slug:code>/", views.participant, name="participant"),
    path("etudes/<slug:slug>/participation/<slug:code>/modifier/", views.change, name="change"),
    path(
        "etudes/<slug:slug>/participation/<slug:code>/consentement/",
        views.consent,
        name="consent",
    ),
    path("etudes/<slug:slug>/participation/<slug:code>/lien/", views.link, name="link"),
    path("etudes/<slug:slug>/participation/<slug:code>/identite/", views.identity, name="identity"),
    path(
        "etudes/<slug:slug>/participation/<slug:code>/retrait/", views.withdrawal, name="withdrawal"
    ),
    path(
        "etudes/<slug:slug>/participation/<slug:code>/recu-retrait.pdf",
        views.receipt,
        name="receipt",
    ),
    path("etudes/<slug:slug>/participation/preuves/<int:number>/", views.proof, name="proof"),
    path("etudes/<slug:slug>/ethique/formulaires/", views.consent_forms, name="consent-forms"),
    path(
        "etudes/<slug:slug>/ethique/formulaires/nouveau/",
        views.consent_form_add,
        name="consent-form-add",
    ),
    path(
        "etudes/<slug:slug>/ethique/formulaires/<int:number>/",
        views.consent_form,
        name="consent-form",
    ),
    path(
        "etudes/<slug:slug>/ethique/formulaires/<int:number>/modifier/",
        views.consent_form_edit,
        name="consent-form-edit",
    ),
    path(
        "etudes/<slug:slug>/ethique/formulaires/<int:number>/publier/",
        views.consent_form_publish,
        name="consent-form-publish",
    ),
    path("etudes/<slug:slug>/ethique/avis/", views.notice, name="notice"),
    path("etudes/<slug:slug>/ethique/engagement-groupe.pdf", views.pledge, name="pledge"),
    path("etudes/<slug:slug>/ethique/incidents/<int:number>/", views.incident, name="incident"),
    path(
        "etudes/<slug:slug>/ethique/incidents/<int:number>/<slug:kind>/",
        views.incident_notice,
        name="incident-notice",
    ),
    path(
        "etudes/<slug:slug>/ethique/incidents/<int:number>/<slug:kind>/avis.pdf",
        views.incident_notice_pdf,
        name="incident-notice-pdf",
    ),
    path("etudes/<slug:slug>/ethique/vie-privee/", views.assessments, name="assessments"),
    path(
        "etudes/<slug:slug>/ethique/vie-privee/nouvelle/",
        views.assessment_add,
        name="assessment-add",
    ),
    path(
        "etudes/<slug:slug>/ethique/vie-privee/dossier-EFVP.zip",
        views.assessment_dossier,
        name="assessment-dossier",
    ),
    path(
        "etudes/<slug:slug>/ethique/vie-privee/<int:number>/", views.assessment, name="assessment"
    ),
    path(
        "etudes/<slug:slug>/ethique/vie-privee/<int:number>/modifier/",
        views.assessment_edit,
        name="assessment-edit",
    ),
    path("etudes/<slug:slug>/ethique/fin-de-conservation/", views.ending, name="ending"),
    path(
        "etudes/<slug:slug>/ethique/fin-de-conservation/<slug:name>/",
        views.destruction,
        name="destruction",
    ),
    path(
        "etudes/<slug:slug>/ethique/fin-de-conservation/certificats/<int:number>.pdf",
        views.certificate,
        name="certificate",
    ),
    path("etudes/<slug:slug>/ethique/dossier/", views.dossier, name="dossier"),
    path("etudes/<slug:slug>/ethique/registres/", views.registers, name="registers"),
    path(REGISTER, views.register_lines, name="register-lines"),
    path(f"{REGISTER}export.csv", views.register_csv, name="register-csv"),
    path(f"{REGISTER}<int:number>/", views.register_line, name="register-line"),
    path("p/<str:token>/mes-donnees/", views.own_page, name="own-page"),
    path("p/<str:token>/mes-donnees/consentement/", views.own_consent, name="own-consent"),
    path("p/<str:token>/mes-donnees/formulaire/", views.own_form, name="own-form"),
    path("p/<str:token>/mes-donnees/paquet.zip", views.own_package, name="own-package"),
    path("p/<str:token>/mes-donnees/recu-retrait.pdf", views.own_receipt, name="own-receipt"),
    path("p/<str:token>/mes-donnees/retrait/", views.own_withdrawal, name="own-withdrawal"),
]
