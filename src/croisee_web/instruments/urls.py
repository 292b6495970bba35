"""Addresses of questionnaires. French slugs; a code names a questionnaire for good."""

from django.urls import path

from croisee_web.instruments import views

app_name = "instruments"
LIST = "etudes/<slug:slug>/instruments/"
ONE = f"{LIST}q/<slug:instrument>/"
QUESTION = f"{ONE}questions/<str:question>/"
urlpatterns = [
    path(LIST, views.listing, name="list"),
    path(f"{LIST}nouveau/", views.start, name="start"),
    path(f"{LIST}importer/", views.take_in, name="import"),
    path(f"{LIST}banque/", views.bank, name="bank"),
    path(f"{LIST}banque/reprendre/", views.borrow, name="borrow"),
    path(f"{LIST}nouvelle-edition/", views.edition, name="edition"),
    path(ONE, views.edit, name="edit"),
    path(f"{ONE}apercu/", views.preview, name="preview"),
    path(f"{ONE}annuler/", views.undo, name="undo"),
    path(f"{ONE}nom/", views.rename, name="rename"),
    path(f"{ONE}retirer/", views.remove, name="remove"),
    path(f"{ONE}classeur/", views.workbook, name="workbook"),
    path(f"{ONE}remplacer/", views.take_back, name="replace"),
    path(f"{ONE}publier/", views.publish, name="publish"),
    path(f"{ONE}versions/", views.versions, name="versions"),
    path(f"{ONE}versions/<int:number>/", views.differences, name="differences"),
    path(f"{ONE}versions/<int:number>/classeur/", views.workbook_published, name="published-book"),
    path(f"{ONE}versions/<int:number>/papier/", views.paper, name="paper"),
    path(f"{ONE}ajouter/", views.question_add, name="question-add"),
    path(QUESTION, views.question_edit, name="question"),
    path(f"{QUESTION}condition/", views.condition, name="condition"),
    path(f"{QUESTION}deplacer/", views.question_move, name="question-move"),
    path(f"{QUESTION}retirer/", views.question_remove, name="question-remove"),
]
