"""Addresses of the access slice."""

from django.urls import path

from croisee_web.access.views import (
    account,
    administration,
    confirmation,
    entrance,
    invitation,
    passwords,
    recovery,
    second_factor,
    second_step,
    team,
)

app_name = "access"
_FACTOR = "compte/double-verification/"
_TEAM = "etudes/<slug:slug>/equipe/"
urlpatterns = [
    path("connexion/", entrance.sign_in, name="sign-in"),
    path("connexion/verification/", second_step.second_step, name="second-step"),
    path("connexion/cle/", second_step.passkey, name="passkey"),
    path("connexion/secours/", recovery.lost, name="lost"),
    path("connexion/secours/<str:token>/", recovery.recover, name="recover"),
    path("compte/demandes-de-secours/", recovery.recoveries, name="recoveries"),
    path("compte/demandes-de-secours/<int:number>/", recovery.recovery, name="recovery"),
    path("deconnexion/", entrance.sign_out, name="sign-out"),
    path("premier-pas/<str:token>/", entrance.first_steps, name="first-steps"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("mot-de-passe-oublie/", passwords.forgotten, name="forgotten"),
    path("mot-de-passe/<str:token>/", passwords.reset, name="reset"),
    path("compte/", account.account, name="account"),
    path("compte/confirmer/", confirmation.confirm, name="confirm"),
    path("compte/mot-de-passe/", passwords.change_password, name="change-password"),
    path("compte/sessions/", account.end_sessions, name="end-sessions"),
    path(_FACTOR, second_factor.second_factor, name="second-factor"),
    path(f"{_FACTOR}application/", second_factor.add_application, name="add-application"),
    path(f"{_FACTOR}cle/", second_factor.add_passkey, name="add-passkey"),
    path(f"{_FACTOR}codes/", second_factor.new_codes, name="new-codes"),
    path(f"{_FACTOR}<int:number>/retirer/", second_factor.remove_factor, name="remove-factor"),
    path(_TEAM, team.team, name="team"),
    path(f"{_TEAM}inviter/", team.invite, name="invite"),
    path(f"{_TEAM}invitations/<int:number>/renvoyer/", team.resend, name="resend"),
    path(f"{_TEAM}invitations/<int:number>/annuler/", team.cancel, name="cancel"),
    path(f"{_TEAM}<int:number>/roles/", team.give_role, name="give-role"),
    path(f"{_TEAM}roles/<int:number>/retirer/", team.take_role, name="take-role"),
    path(f"{_TEAM}acces-exceptionnel/", team.ask_opening, name="ask-opening"),
    path(f"{_TEAM}acces-exceptionnel/<int:number>/", team.answer_opening, name="answer-opening"),
    path("administration/comptes/", administration.accounts, name="accounts"),
    path("administration/comptes/<int:number>/", administration.suspend, name="suspend"),
    path(
        "administration/comptes/<int:number>/administration/",
        administration.administrator,
        name="administrator",
    ),
    path("administration/acces-exceptionnels/", administration.openings, name="openings"),
    path(
        "administration/acces-exceptionnels/<int:number>/",
        administration.answer_opening,
        name="answer-any-opening",
    ),
]
