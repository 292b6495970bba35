"""Addresses of the collection. A token or a code may be in one; what somebody answers never is."""

from django.urls import path

from croisee_web.collection.views import (
    answering,
    bringing,
    by_hand,
    cards,
    conducting,
    devices,
    inviting,
    offline,
    openrosa,
    printing,
    settling,
    taking,
)

app_name = "collection"
OWN, OPEN = "p/<str:token>/", "s/<slug:slug>/<str:token>/"
answering_urls = [
    path("retrait/", answering.withdrawal, name="withdrawal"),
    path(OWN, answering.start, name="answer-start"),
    path(f"{OWN}<int:step>/", answering.step, name="answer-step"),
    path(f"{OWN}verifier/", answering.check, name="answer-check"),
    path(f"{OWN}plus-tard/", answering.later, name="answer-later"),
    path(f"{OWN}droits/", answering.rights, name="answer-rights"),
    path(f"{OWN}effacer/", answering.erase, name="answer-erase"),
    path(f"{OWN}hors-ligne/", offline.carried, name="answer-carried"),
    path("s/<slug:slug>/", answering.start, name="open-door-start"),
    path("s/<slug:slug>/droits/", answering.rights, name="open-door-rights"),
    path(OPEN, answering.start, name="open-start"),
    path(f"{OPEN}<int:step>/", answering.step, name="open-step"),
    path(f"{OPEN}verifier/", answering.check, name="open-check"),
    path(f"{OPEN}plus-tard/", answering.later, name="open-later"),
    path(f"{OPEN}droits/", answering.rights, name="open-rights"),
    path(f"{OPEN}effacer/", answering.erase, name="open-erase"),
    path(f"{OPEN}hors-ligne/", offline.carried, name="open-carried"),
    path("hors-ligne/", offline.shell, name="shell"),
    path("hors-ligne.js", offline.worker, name="worker"),
]
LIST = "etudes/<slug:slug>/collecte/"
ONE = f"{LIST}<int:number>/"
conducting_urls = [
    path(LIST, conducting.collecting_list, name="list"),
    path(f"{LIST}ouvrir/", conducting.collecting_open, name="collecting-open"),
    path(ONE, conducting.collecting, name="collecting"),
    path(f"{ONE}modifier/", conducting.collecting_change, name="collecting-change"),
    path(f"{ONE}fermer/", conducting.collecting_close, name="close"),
    path(f"{ONE}rouvrir/", conducting.collecting_reopen, name="reopen"),
    path(f"{ONE}sans-reponse/", conducting.collecting_silent, name="silent"),
    path(f"{ONE}inviter/", inviting.invite, name="inviting"),
    path(f"{ONE}inviter/coffre/", inviting.invite_from_vault, name="invite-from-vault"),
    path(f"{ONE}inviter/liens/", inviting.links_file, name="links-file"),
    path(f"{ONE}inviter/courriel/<slug:kind>/", inviting.letter, name="letter"),
    path(f"{ONE}inviter/cartes/", cards.cards, name="cards"),
    path(f"{ONE}regarder/", settling.look, name="look"),
    path(f"{ONE}regarder/<int:submission>/", settling.look_at_one, name="look-one"),
    path(f"{ONE}saisie/", by_hand.entry, name="entry"),
    path(f"{ONE}saisie/tirer/", by_hand.draw, name="entry-draw"),
    path(f"{ONE}saisie/<int:entry>/", by_hand.second, name="entry-second"),
    path(f"{ONE}saisie/<int:entry>/differences/", by_hand.compared, name="entry-compared"),
    path("s/", cards.code, name="code"),
    path("courriels/<str:token>/", inviting.leave, name="leave"),
]
BROUGHT = f"{ONE}apporter/"
exchange_urls = [
    path(BROUGHT, bringing.bring_answers, name="bring"),
    path(f"{BROUGHT}<int:bringing>/", bringing.brought, name="brought"),
    path(f"{ONE}telecharger/", taking.take_answers, name="take"),
    path(f"{ONE}papier/", printing.paper, name="paper"),
]
OPENROSA = "openrosa/<str:key>/"
openrosa_urls = [
    path(f"{OPENROSA}formList", openrosa.form_list, name="openrosa-forms"),
    path(f"{OPENROSA}formulaires/<int:number>.xml", openrosa.form, name="openrosa-form"),
    path(f"{OPENROSA}formulaires/<int:number>/manifest", openrosa.manifest,
         name="openrosa-manifest"),
    path(f"{OPENROSA}formulaires/<int:number>/<str:name>", openrosa.media, name="openrosa-media"),
    path(f"{OPENROSA}submission", openrosa.submission, name="openrosa-submission"),
]  # fmt: skip
DEVICES = f"{ONE}appareils/"
device_urls = [
    path(DEVICES, devices.device_keys, name="devices"),
    path(f"{DEVICES}<int:key_number>/retirer/", devices.device_revoke, name="device-revoke"),
]
urlpatterns = [
    *answering_urls,
    *openrosa_urls,
    *device_urls,
    *conducting_urls,
    *exchange_urls,
]
