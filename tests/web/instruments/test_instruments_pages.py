"""The pages of questionnaires as they are seen: both widths, both themes, axe, the policy."""

import pytest
from django.urls import reverse
from tests.web.entrance import let_in
from tests.web.instruments.conftest import AT
from tests.web.looking import cookies_of, faults_of

from croisee.questionnaire.templates import template
from croisee_web.access.vocabulary import Role
from croisee_web.instruments.models import Questionnaire
from croisee_web.instruments.rules import grid_of
from croisee_web.instruments.usecases import publish


@pytest.mark.django_db(transaction=True)
def test_every_page_is_clean_wide_and_narrow(
    browser, live_server, client, study, questionnaire, account_with
):
    lead = account_with(Role.LEAD)
    empty = reverse("instruments:list", args=["veille"])
    cookies = cookies_of(let_in(client, lead), live_server.url)
    publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    book = template("eclair").workbook
    long = (
        "Est-ce que vous pensez que le CLSC de votre quartier vous a, depuis la pandémie et "
        "jusqu’à aujourd’hui, donné tout l’appui technique dont votre équipe avait besoin ?"
    )
    sheet = book.sheet("survey")
    rows = [
        tuple(long if cell == "De quoi avez-vous le plus besoin ?" else cell for cell in row)
        for row in sheet.rows
    ]
    Questionnaire.objects.filter(pk=questionnaire.pk).update(
        workbook=grid_of(book.with_sheet(type(sheet)(sheet.name, sheet.columns, tuple(rows)))),
        previous=questionnaire.workbook,
        version=2,
    )
    publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    one = f"{empty}q/eclair/"
    addresses = [
        empty,
        f"{empty}nouveau/",
        f"{empty}importer/",
        f"{empty}banque/?pour=eclair",
        f"{empty}nouvelle-edition/",
        one,
        f"{one}apercu/",
        f"{one}nom/",
        f"{one}publier/",
        f"{one}versions/",
        f"{one}versions/2/",
        f"{one}questions/aide/",
        f"{one}questions/priorites/",
        f"{one}questions/aide/condition/?selon=equipement",
        f"{one}ajouter/?genre=budget",
        f"/en{one}",
        f"/en{empty}",
    ]
    assert faults_of(browser, live_server.url, addresses, cookies=cookies) == []


@pytest.mark.django_db(transaction=True)
def test_the_empty_page_is_clean(browser, live_server, client, study, account_with):
    cookies = cookies_of(let_in(client, account_with(Role.LEAD)), live_server.url)
    addresses = [reverse("instruments:list", args=["veille"])]
    assert faults_of(browser, live_server.url, addresses, cookies=cookies) == []
