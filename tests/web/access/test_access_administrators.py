"""Who administers the site: one more named, one removed, never the last one."""

from datetime import timedelta
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from tests.web.access.conftest import AT
from tests.web.entrance import let_in

from croisee_web.access.http import BEGAN
from croisee_web.access.models import Account
from croisee_web.access.queries import SecondFactorNeeded
from croisee_web.access.usecases import (
    LastAdministrator,
    name_administrator,
    remove_administrator,
    suspend_account,
)
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(strong):
    """Return a maker of accounts that administer the site with a second factor."""

    def make(name="max", **columns):
        return strong(name, is_administrator=True, **columns)

    return make


def administrators():
    rows = Account.objects.filter(is_administrator=True).order_by("email")
    return list(rows.values_list("email", flat=True))


def acts():
    rows = Entry.objects.filter(act__startswith="access.administrator").order_by("pk")
    return list(rows.values_list("act", "actor"))


def test_second_administrator_is_named_once_and_everyone_is_told(runs, account_of, letters):
    first, second = runs(), account_of()
    for _ in range(2):
        name_administrator(actor=first, number=second.pk, at=AT)
    call_command("work", until_empty=True)

    second.refresh_from_db()
    assert (second.is_administrator, second.administrator_since) == (True, AT)
    assert acts() == [("access.administrator.named", first.label)]
    assert [mail["To"] for mail in letters] == ["ada@exemple.test", "max@exemple.test"]


def test_administrator_is_removed_and_told(runs, letters):
    first, second = runs(), runs("zoe")
    remove_administrator(actor=first, number=second.pk, at=AT)
    call_command("work", until_empty=True)

    second.refresh_from_db()
    assert (administrators(), second.administrator_since) == (["max@exemple.test"], None)
    assert acts() == [("access.administrator.removed", first.label)]
    assert [mail["To"] for mail in letters] == ["zoe@exemple.test", "max@exemple.test"]


def test_last_administrator_stays_even_beside_a_suspended_one(runs):
    first, absent = runs(), runs("absente")
    suspend_account(actor=first, number=absent.pk, at=AT)

    for act in (remove_administrator, suspend_account):
        with pytest.raises(LastAdministrator):
            act(actor=first, number=first.pk, at=AT)

    remove_administrator(actor=first, number=absent.pk, at=AT)
    assert administrators() == ["max@exemple.test"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [remove_administrator, suspend_account])
def test_two_who_remove_each_other_leave_one(runs, act):
    pair, together, refused = [runs(), runs("zoe")], Barrier(2), []

    def go(mine, other):
        together.wait()
        try:
            act(actor=mine, number=other.pk, at=AT)
        except (LastAdministrator, NotFound) as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=go, args=[*pair]), Thread(target=go, args=[*reversed(pair)])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    left = Account.objects.filter(is_administrator=True, is_active=True)
    assert (left.count(), len(refused)) == (1, 1)


def test_only_who_administers_names(runs, account_of):
    first, other = runs(), account_of()
    with pytest.raises(NotFound):
        name_administrator(actor=other, number=other.pk, at=AT)
    former = Account.objects.get(pk=first.pk)
    Account.objects.filter(pk=first.pk).update(is_administrator=False)

    with pytest.raises(NotFound):
        name_administrator(actor=former, number=other.pk, at=AT)


def test_naming_takes_a_second_factor_and_an_open_account(runs, account_of):
    weak = account_of("faible@exemple.test", is_administrator=True)
    shut = account_of("fermee@exemple.test", is_active=False)

    with pytest.raises(SecondFactorNeeded):
        name_administrator(actor=weak, number=shut.pk, at=AT)
    with pytest.raises(NotFound):
        name_administrator(actor=runs(), number=shut.pk, at=AT)


def test_pages_name_and_remove_after_the_password_is_given_again(runs, account_of):
    first, second = runs(), account_of()
    client = let_in(Client(), first)
    address = f"/administration/comptes/{second.pk}/administration/"
    alone = client.get("/administration/comptes/").content.decode()

    asked = client.get(address).content.decode()
    client.post(address)
    named = administrators()
    two = client.get("/administration/comptes/").content.decode()
    client.post(address)
    session = client.session
    session[BEGAN] -= timedelta(minutes=11).total_seconds()
    session.save()
    led = client.post(address).headers["Location"]

    assert ["Une seule personne administre" in page for page in (alone, two)] == [True, False]
    assert ("Nommer Ada" in asked, named) == (True, ["ada@exemple.test", "max@exemple.test"])
    assert administrators() == ["max@exemple.test"]
    assert led == f"/compte/confirmer/?next={address.replace('/', '%2F')}"


def test_console_names_when_nobody_can_sign_in(account_of):
    account_of()
    said = StringIO()
    call_command("name_administrator", "ADA@exemple.test", stdout=said)

    assert (administrators(), acts()) == (
        ["ada@exemple.test"],
        [("access.administrator.named", "console")],
    )
    with pytest.raises(CommandError):
        call_command("name_administrator", "personne@exemple.test")
