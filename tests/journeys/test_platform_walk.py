"""A first day on a site of one's own, from the terminal's link to a withdrawal after the seal.

``croisee serve`` as it is started, in French on SQLite and in English on PostgreSQL; a real mail
server; a person at a browser who clicks what she reads.
"""

import base64
import hashlib
import io
import re
import zipfile
from types import SimpleNamespace

import pytest
from tests.journeys.ed25519 import verifies
from tests.journeys.platform_walk import CALLED, HEADINGS, HERS, stretch, walk_it_all, walking
from tests.journeys.tongues import in_tongue, plain

pytestmark = pytest.mark.browser
FR, EN = ("fr", "sqlite"), ("en", "postgresql")


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(FR, id="fr-sqlite", marks=pytest.mark.xdist_group("walk-fr")),
        pytest.param(
            EN, id="en-postgresql", marks=[pytest.mark.xdist_group("walk-en"), pytest.mark.proof]
        ),
    ],
)
def walked(request, tmp_path_factory, chromium_path):
    """What was kept of the whole walk; the site is stopped and the browser closed."""
    language, engine = request.param
    place = tmp_path_factory.mktemp(f"walk-{language}")
    with walking(language, engine, place, chromium_path) as walk:
        walk_it_all(walk)
        people = (walk.lead, walk.coordinator, walk.public)
        complaints = {one.name: one.complaints for one in people}
    return SimpleNamespace(**vars(walk.kept), language=language, complaints=complaints, walk=walk)


def says(walked, french, text, **values):
    return plain(in_tongue(french, walked.language, **values)) in text


def where(words, texts):
    return sorted(name for name, text in texts.items() if any(one in text for one in words))


def test_no_page_of_the_walk_is_at_fault(walked):
    """None spoke the other language, was too wide, or complained to the console."""
    assert walked.complaints == {"lead": [], "coordinator": [], "public": []}


def test_member_list_is_previewed_then_kept(walked):
    assert (
        HEADINGS[walked.language][2] in walked.preview
    )  # the column that leads to persons is named, not read
    assert "bleue@exemple.ca" not in walked.preview + walked.members
    assert "Maison Bleue" in walked.members
    assert "La Maison bleue" not in walked.members
    assert "Total" not in walked.members


def test_invitations_are_received_by_mail(walked):
    english = walked.language == "en"
    titles = ("Neighbourhoods" if english else "Les maisons de quartier", walked.title)
    mails = (walked.first_mail, walked.second_mail)
    for (to, subject, text), study in zip(mails, titles, strict=True):
        assert to == HERS
        assert plain(subject) == plain(
            in_tongue("Invitation à l’étude « %(study)s »", walked.language, study=study)
        )
        assert "Léa Responsable" in text
        assert says(walked, "Coordination d’un réseau", text)
    assert CALLED[walked.language] in walked.second_mail[2]


def test_number_of_the_report_leads_to_its_provenance(walked):
    assert "F-07" in walked.report
    assert "2022a-F-07" in walked.provenance


def test_network_reads_nothing_before_the_seal(walked):
    assert "F-07" not in walked.before_the_seal
    assert str(2022) in walked.before_the_seal  # the day announced is said


def test_results_are_rebuilt_without_who_leaves_before_the_seal(walked):
    left = [stretch(one) for one in walked.first_said]
    told = zip((walked.first_said[0], walked.second_said[0]), walked.quoted, strict=True)

    assert walked.second_draft != walked.draft
    assert not walked.draft.exists()
    assert where(left, walked.rebuilt_words) == []
    assert says(walked, "Audit passé", walked.rebuilt)
    assert [one["text"][:20] in text for one, text in told] == [True, True]


def test_receipt_before_the_seal_says_what_was_removed(walked):
    assert says(walked, "Ce qui a été retiré", walked.first_receipt)
    assert says(walked, "Tours de parole", walked.first_receipt)
    assert not says(walked, "Tableaux des diffusions scellées", walked.first_receipt)


def test_leaflet_is_read_two_clicks_from_the_study(walked):
    assert says(walked, "Le feuillet à l’écran", walked.network_page)
    assert "2022a" in walked.network_page
    assert len(walked.leaflet) > 500


def test_quote_of_the_leaflet_leads_to_its_provenance(walked):
    assert "2022a-V-01" in walked.her_provenance
    assert walked.second_said[0]["code"] in walked.leaflet


def test_sealed_tables_are_byte_equal_after_a_withdrawal(walked):
    released, drawn = walked.tables_before

    assert len(released) > 10_000
    assert len(drawn) > 100
    assert walked.tables_after == (released, drawn)


def test_words_of_who_left_are_on_no_page_and_in_no_file(walked):
    said, before, after = (
        [stretch(one) for one in walked.second_said],
        walked.read_before,
        walked.read_after,
    )

    for part in ("her", "anybody", "circle", "published"):
        assert where(said, getattr(before, part)) != []  # the search finds them before
        assert len(getattr(after, part)) == len(getattr(before, part))
        assert where(said, getattr(after, part)) == []


def test_other_quotes_of_the_same_source_leave_with_hers(walked):
    quotes = {quote["key"]: quote for quote in walked.release_before["quotes"]}
    now = {quote["key"] for quote in walked.release_after["quotes"]}
    hers = {quote["key"] for quote in walked.second_said}
    gone, source = set(quotes) - now, walked.second_said[0]

    assert hers <= gone
    assert len({walked.speaker[key] for key in gone - hers}) >= 4
    assert {(quotes[key]["case"], quotes[key]["method"]) for key in gone} == {
        (source["case"], source["method"])
    }


def test_receipt_after_the_seal_says_what_stands_and_why(walked):
    receipt = walked.second_receipt

    assert says(walked, "Ce qui a été retiré", receipt)
    assert says(walked, "Ce qui reste, et pourquoi", receipt)
    assert says(walked, "Tableaux des diffusions scellées", receipt)
    assert says(walked, "Rapports diffusés, remis à jour sans ces paroles", receipt)


ACTS = (
    "a ouvert une session", "a importé un dossier d’étude", "a invité une personne",
    "a accepté une invitation", "a demandé le calcul des résultats",
    "a fini le calcul des résultats", "a reçu un retrait", "a détruit un jeu gelé",
    "a scellé une diffusion", "a diffusé un rapport", "a remis à jour un rapport diffusé",
)  # fmt: skip


def test_journal_lists_what_was_done(walked):
    in_the_study = ACTS[1:]

    assert [one for one in in_the_study if not says(walked, one, walked.journal)] == []
    assert [one for one in in_the_study if not says(walked, one, plain(walked.journal_table))] == []
    assert walked.second_said[0]["text"] not in walked.journal + walked.journal_table


def test_doors_she_was_not_invited_through_are_shut(walked):
    assert set(walked.doors.values()) <= {403, 404}
    assert walked.doors["reseaux/quartiers/"] == walked.doors["reseaux/nulle-part/"]
    assert set(walked.nobody.values()) == {"/connexion/"}


def test_archive_is_checked_with_nothing_of_ours(walked):
    archive, signature, public = walked.archive
    _, signed, trusted, both = signature.decode().splitlines()
    key, told = base64.b64decode(public.decode().splitlines()[1]), base64.b64decode(signed)
    comment = trusted.removeprefix("trusted comment: ").encode()

    assert key[2:10] == told[2:10]
    assert verifies(key[10:], hashlib.blake2b(archive).digest(), told[10:])
    assert verifies(key[10:], told[10:] + comment, base64.b64decode(both))
    assert not verifies(key[10:], hashlib.blake2b(archive[:-1]).digest(), told[10:])
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        lines = opened.read("SHA256SUMS").decode().splitlines()
        for line in lines:
            digest, name = line.split("  ")
            assert hashlib.sha256(opened.read(name)).hexdigest() == digest


def test_verification_of_signatures_is_that_of_the_standard():
    """RFC 8032 §7.1, second test; and a letter changed."""
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )

    assert (verifies(key, b"r", signature), verifies(key, b"s", signature)) == (True, False)


def test_public_pages_are_reached_by_their_short_addresses(walked):
    assert walked.short == {"/resultats/": 200, "/f/carrefours-2022a/": 200, "/x/2022a-F-07": 200}
    assert re.search(r"2022", walked.shown)
