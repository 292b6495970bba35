"""The home of a study of 3 000 organisations, all of which answered, from request to last byte.

Claim: 150 ms of server time at most, and as many SQL queries as for a study of 30.

    python benchmarks/study_home.py [organisations]

The site's own stack answers (sessions, roles, policy, templates), in this process; the median
of 30 requests is told.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CASES, METHODS, REQUESTS, MOST_MILLISECONDS = 12, 6, 30, 150


def filled(slug: str, organisations: int, actor: object) -> None:
    """Write a study of that size."""
    from croisee_web.collection.models import AnswerSheet  # noqa: PLC0415 -- settings come first
    from croisee_web.instruments.models import Instrument  # noqa: PLC0415
    from croisee_web.study.models import (  # noqa: PLC0415
        Activity,
        Case,
        Edition,
        Method,
        Organisation,
        Study,
    )
    from croisee_web.study.usecases import Description, create_study  # noqa: PLC0415

    study: Study = create_study(description=Description("Étude"), slug=slug, actor=actor, at=AT)
    Edition.objects.create(study=study, code="2026", position=0, end=date(2026, 11, 24))
    methods = [
        Method.objects.create(
            study=study, code=f"m{n}", position=n, name_fr=f"Méthode {n}", kind="sondage",
            subject="organisme",
        )
        for n in range(METHODS)
    ]  # fmt: skip
    asked = Instrument.objects.create(
        study=study, code="q", position=0, name_fr="Q", method=methods[0], subject="organisme"
    )
    for place in range(CASES):
        case = Case.objects.create(
            study=study, code=f"c{place}", position=place, name_fr=f"Réseau {place}", short_fr="R"
        )
        Organisation.objects.bulk_create(
            Organisation(
                study=study, case=case, code=f"o{n}", name=f"Maison {n}", region=f"Région {n % 17}"
            )
            for n in range(organisations // CASES)
        )
        AnswerSheet.objects.bulk_create(
            AnswerSheet(
                instrument=asked, edition="2026", respondent=f"o{place}-{n}", case=case,
                organisation=f"o{n}", answers={f"q{k}": "a" for k in range(40)},
            )
            for n in range(organisations // CASES)
        )  # fmt: skip
        Activity.objects.bulk_create(
            Activity(study=study, case=case, method=one, state="en cours", done=3)
            for one in methods
        )


def measured(client: object, slug: str) -> tuple[float, int]:
    """Return the median time of a page, in milliseconds, and its number of queries."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    times = []
    for _ in range(REQUESTS):
        start = time.perf_counter()
        answer = client.get(f"/etudes/{slug}/")  # type: ignore[attr-defined]
        times.append(1000 * (time.perf_counter() - start))
        assert answer.status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/etudes/{slug}/")  # type: ignore[attr-defined]
    return statistics.median(times), len(asked)


def main() -> int:
    """Measure both sizes; return 1 when the claim does not hold."""
    organisations = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(
            CROISEE_HOME=home,
            DJANGO_SETTINGS_MODULE="croisee_web.config.settings",
            CROISEE_HOSTS="testserver",
        )
        import django  # noqa: PLC0415 -- its settings come first

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415

        from croisee_web.access.http import BACKEND, BEGAN, SEEN  # noqa: PLC0415
        from croisee_web.access.models import Account  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        actor = Account.objects.create(
            email="admin@exemple.ca", name="Ada", is_administrator=True, created_at=AT
        )
        client = Client()
        client.force_login(actor, backend=BACKEND)
        session = client.session
        session[BEGAN] = session[SEEN] = time.time()
        session.save()
        found = {}
        for slug, size in (("petite", 36), ("grande", organisations)):
            filled(slug, size, actor)
            found[slug] = measured(client, slug)
            print(
                f"{size:>6} organisations: {found[slug][0]:6.1f} ms (median of {REQUESTS}), "
                f"{found[slug][1]} queries"
            )
    held = found["grande"][0] <= MOST_MILLISECONDS and found["grande"][1] == found["petite"][1]
    print("claim holds" if held else "CLAIM DOES NOT HOLD")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
