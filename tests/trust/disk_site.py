"""A site in a process of its own, that tries to open its first account: ``disk_site.py HOME HOW``.

``HOW``: prepare, plain, full (the process may not write larger files), read-only. Prints what the
page answered, then how many accounts there are.
"""

import os
import resource
import sys

os.umask(0o077)
home, how = sys.argv[1:]
os.environ.update(CROISEE_HOME=home, DJANGO_SETTINGS_MODULE="croisee_web.config.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from croisee_web.access.models import Account  # noqa: E402
from croisee_web.access.rules import write_first_steps  # noqa: E402

settings.ALLOWED_HOSTS = ["testserver"]
WORDS = "une phrase que personne ne devine"


def answer(token):
    return Client(raise_request_exception=False).post(
        f"/premier-pas/{token}/",
        {
            "email": "lea@exemple.ca",
            "name": "Léa",
            "password": WORDS,
            "again": WORDS,
            "language": "fr",
        },
    )


if how == "prepare":
    call_command("migrate", verbosity=0)
    connection.close()
    write_first_steps()
    raise SystemExit

token = (settings.HOME / "premier-pas.txt").read_text()
Account.objects.exists()
if how == "full":
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, resource.RLIM_INFINITY))
elif how == "read-only":
    connection.cursor().execute("PRAGMA query_only=ON")
answered = answer(token)
page = answered.content.decode()
if how == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
connection.close()
said = "gardé" if "n’est pas gardé" in page else "-"
sys.stdout.write(f"{answered.status_code} {said} {Account.objects.count()}\n")
