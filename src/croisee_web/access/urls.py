"""Addresses of the access slice."""

from django.urls import path

from croisee_web.access.views import account, entrance

app_name = "access"
urlpatterns = [
    path("connexion/", entrance.sign_in, name="sign-in"),
    path("deconnexion/", entrance.sign_out, name="sign-out"),
    path("premier-pas/<str:token>/", entrance.first_steps, name="first-steps"),
    path("compte/", account.account, name="account"),
]
