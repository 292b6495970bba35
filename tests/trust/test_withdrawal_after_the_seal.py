"""The reference study on a site, sealed and published; then an interviewed person withdraws.

What is real here: the computed results, the PDF, the DOCX, the Parquet tables, the public pages.
"""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile, is_zipfile

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.utils import translation
from tests.journeys.reading import words_of_pdf
from tests.trust.test_withdrawal_canaries import FOLDERS, REFERENCE

from croisee import load_release
from croisee_web.access.models import Account, SecondFactor
from croisee_web.analysis.queries import latest_run, register_folder, results_of
from croisee_web.coding.models import Excerpt
from croisee_web.corpus.models import Turn
from croisee_web.disclosure.models import SealedRelease
from croisee_web.exchange.usecases import import_folder
from croisee_web.people.models import Participant
from croisee_web.people.usecases import withdraw
from croisee_web.people.vocabulary import WithdrawalWay
from croisee_web.report.models import Finding
from croisee_web.report.queries import publication_folder
from croisee_web.report.usecases import compute_results, publish_sealed, seal_results

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = [pytest.mark.proof, pytest.mark.django_db(transaction=True)]


def silent(step):
    del step


def compute(study):
    compute_results(run_id=latest_run(study_id=study.pk).id, actor="site", at=AT, progress=silent)


@pytest.fixture
def published(settings, tmp_path):
    translation.activate("fr")
    for name in FOLDERS:
        setattr(settings, name, tmp_path / "site" / name.lower())
        getattr(settings, name).mkdir(parents=True)
    lead = Account.objects.create(
        email="lea@exemple.ca", name="Léa", is_administrator=True, created_at=AT
    )
    SecondFactor.objects.create(account=lead, kind="totp", name="codes", added_at=AT)
    study = import_folder(folder=REFERENCE, actor=lead, at=AT)
    seal_results(study_id=study.pk, actor=lead, at=AT, progress=silent)
    compute(study)
    publication = publish_sealed(study_id=study.pk, actor=lead, at=AT)
    public = publication_folder(publication.slug)
    person, word = somebody_quoted(study, load_release(public / "release.json"))
    return SimpleNamespace(
        study=study, lead=lead, public=public, person=person, word=word, site=tmp_path / "site"
    )


def words(text):
    return set(re.findall(r"\w{6,}", text.lower()))


def somebody_quoted(study, release):
    """Return somebody interviewed and quoted, with a word that nobody else says or writes."""
    spoken = dict(Excerpt.objects.filter(study=study).values_list("key", "turn__participant__code"))
    turns = list(
        Turn.objects.filter(document__study=study).values_list("participant__code", "text")
    )
    written = set().union(
        *(words(text) for text in Finding.objects.values_list("text_fr", flat=True)),
        *(words(path.read_text("utf-8")) for path in REFERENCE.rglob("*.csv")),
        *(words(path.read_text("utf-8")) for path in REFERENCE.glob("*.toml")),
    )
    for quote in release.quotes:
        code = spoken[quote.key]
        others = set().union(*(words(text) for who, text in turns if who != code))
        rest = set().union(*(words(q.text) for q in release.quotes if spoken[q.key] != code))
        mine = words(quote.text) - others - rest - written
        if quote.method == "entretien" and mine:
            return Participant.objects.get(study=study, code=code), min(mine)
    raise AssertionError("nobody interviewed has a word of her own")


def where(word, site):
    """Return the tables and the files of a site where a word is read, whole."""
    sought = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(sought.search(str(row)) for row in cursor.fetchall()):
                found.append(table)
    found += [
        path.relative_to(site).as_posix()
        for path in sorted(site.rglob("*"))
        if path.is_file() and any(sought.search(text) for text in _texts(path))
    ]
    return found


def _texts(path):
    if path.suffix == ".parquet":
        return [str(pq.read_table(path).to_pylist())]
    if path.suffix == ".pdf":
        return [words_of_pdf(path)]
    if is_zipfile(path):
        with ZipFile(path) as archive:
            return [archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()]
    return [path.read_bytes().decode("utf-8", "ignore")]


def numbers(public):
    return {path.name: path.read_bytes() for path in sorted((public / "figures").iterdir())}


def test_words_of_who_leaves_after_the_seal_are_nowhere_and_tables_stand(published):
    kinds = {Path(name).suffix for name in where(published.word, published.site)}
    assert kinds >= {"", ".html", ".pdf", ".docx", ".parquet", ".json"}
    before, figures = load_release(published.public / "release.json"), numbers(published.public)
    assert len(figures) > 20

    receipt = withdraw(
        participant_id=published.person.pk, way=WithdrawalWay.TEAM, actor=published.lead,
        on=date(2026, 11, 22), at=AT,
    )  # fmt: skip
    at_once = where(published.word, published.site)
    compute(published.study)

    assert at_once == []
    assert where(published.word, published.site) == []
    now = load_release(published.public / "release.json")
    assert now.tables == before.tables
    assert numbers(published.public) == figures
    assert len({quote.key for quote in before.quotes} - {quote.key for quote in now.quotes}) >= 5
    assert SealedRelease.objects.get().code == now.code
    standing = {what: stands for what, _count, stands in receipt.lines if stands}
    assert standing["Tableaux des diffusions scellées"].startswith("Ces chiffres étaient arrêtés")
    assert results_of(study_id=published.study.pk).sealed_on == before.sealed_on
    assert register_folder(published.study.pk).is_dir()
