"""Addresses of the study slice."""

from django.urls import path

from croisee_web.study import views

app_name = "study"
CASE = "etudes/<slug:slug>/cas/<slug:code>/"
LIST = f"{CASE}membres/listes/<int:number>/"
urlpatterns = [
    path("etudes/", views.study_list, name="list"),
    path("nouvelle-etude/", views.study_create, name="create"),
    path("etudes/<slug:slug>/", views.study_home, name="home"),
    path("etudes/<slug:slug>/description/", views.study_description, name="description"),
    path("etudes/<slug:slug>/cas/", views.cases, name="cases"),
    path("etudes/<slug:slug>/nouveau-cas/", views.case_add, name="case-add"),
    path(f"{CASE}modifier/", views.case_edit, name="case-edit"),
    path(f"{CASE}deplacer/", views.case_move, name="case-move"),
    path(f"{CASE}retirer/", views.case_remove, name="case-remove"),
    path(f"{CASE}membres/", views.member_page, name="members"),
    path(f"{CASE}membres/ajouter/", views.member_add, name="member-add"),
    path(f"{CASE}membres/importer/", views.list_upload, name="list-upload"),
    path(f"{CASE}membres/<int:member>/", views.member_edit, name="member-edit"),
    path(f"{CASE}membres/<int:member>/retirer/", views.member_remove, name="member-remove"),
    path(LIST, views.list_seen, name="list-preview"),
    path(f"{LIST}enregistrer/", views.list_confirm, name="list-confirm"),
    path(f"{LIST}abandonner/", views.list_drop, name="list-drop"),
    path("etudes/<slug:slug>/editions/", views.editions, name="editions"),
    path("etudes/<slug:slug>/methodes/", views.methods, name="methods"),
    path("etudes/<slug:slug>/tailles/", views.sizes, name="sizes"),
    path("etudes/<slug:slug>/activites/", views.activities, name="activities"),
    path("etudes/<slug:slug>/ethique/", views.certificates, name="certificates"),
    path("etudes/<slug:slug>/ethique/conservation/", views.retention, name="retention"),
    path("etudes/<slug:slug>/comite/", views.meetings, name="meetings"),
    path("etudes/<slug:slug>/comite/membres/", views.committee, name="committee"),
    path("etudes/<slug:slug>/comite/nouvelle/", views.meeting_add, name="meeting-add"),
    path("etudes/<slug:slug>/comite/<int:meeting>/", views.meeting_edit, name="meeting-edit"),
    path("etudes/<slug:slug>/decisions/", views.decisions, name="decisions"),
    path("etudes/<slug:slug>/decisions/nouvelle/", views.decision_add, name="decision-add"),
    path("etudes/<slug:slug>/decisions/<int:decision>/", views.decision_edit, name="decision-edit"),
    path("etudes/<slug:slug>/jalons/", views.milestones, name="milestones"),
    path("etudes/<slug:slug>/contexte/", views.context, name="context"),
]
