"""Addresses of the access slice."""

from django.urls import path

from croisee_web.access import views

app_name = "access"
urlpatterns = [
    path("connexion/", views.sign_in, name="sign-in"),
    path("compte/", views.account, name="account"),
]
