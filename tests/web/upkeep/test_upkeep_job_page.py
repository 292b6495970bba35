"""The page of a job: each state is a sentence, in both languages."""

from datetime import UTC, datetime

import pytest
from tests.web.entrance import let_in

from croisee_web.access.models import Account
from croisee_web.jobs.models import Job

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db

STEP = {"fr": "Scellement", "en": "Sealing"}
REFUSED = {"fr": "La date d’arrêt est plus tard.", "en": "The arrest date is later."}
SAID = {
    "waiting": ("en attente Le travail commence dans un moment.", "waiting The work begins in a"),
    "running": ("en cours Scellement", "under way Sealing"),
    "done": ("fini Tout est enregistré.", "finished Everything is saved."),
    "failed": ("arrêté La date d’arrêt est plus tard.", "stopped The arrest date is later."),
}


def words(page):
    """Return the words of a page, without its tags."""
    text = page.partition("<main")[2].partition("</main>")[0]
    kept = "".join(part.partition(">")[2] for part in text.split("<"))
    return " ".join(kept.replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.mark.parametrize("state", SAID)
def test_each_state_of_a_job_is_a_sentence_in_both_languages(client, state):
    lea = Account.objects.create(email="lea@exemple.ca", name="Léa", created_at=AT)
    job = Job.objects.create(
        name="report.seal", asked_by=lea.label, asked_at=AT, not_before=AT, state=state,
        lease_until=AT, step=STEP, done=6, of=7, message=REFUSED if state == "failed" else {},
        leads_to="/etudes/parole/resultats/",
    )  # fmt: skip
    let_in(client, lea)

    pages = [
        words(client.get(f"{prefix}/travaux/{job.pk}/").content.decode()) for prefix in ("", "/en")
    ]

    titles = ("Scellement de la diffusion", "Sealing the release")
    for page, title, said in zip(pages, titles, SAID[state], strict=True):
        assert page.startswith(title)
        assert said in page
    # A step is said while it is being done, and no longer: « C’est fait fini Scellement » was read.
    assert [
        STEP[code] in page.removeprefix(title)
        for code, page, title in zip(STEP, pages, titles, strict=True)
    ] == [state == "running"] * 2
    english = client.get(f"/en/travaux/{job.pk}/").content.decode()
    assert ('href="/en/etudes/parole/resultats/"' in english) == (state == "done")
