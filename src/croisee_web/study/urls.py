"""Addresses of the study slice."""

from django.urls import path

from croisee_web.study import views

app_name = "study"
urlpatterns = [
    path("etudes/", views.study_list, name="list"),
    path("etudes/<slug:slug>/", views.study_home, name="home"),
]
